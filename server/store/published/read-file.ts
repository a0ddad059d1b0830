import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent } from "./read-pointer.ts";
import { RELEASE_ID } from "./read-release.ts";

/** The files of a release that anyone may fetch, with what they are. Nothing else in the folder is served. */
const SERVED = {
  "release.json": "application/json; charset=utf-8",
  "cells.csv": "text/csv; charset=utf-8",
} as const;

export type PublishedFile = { bytes: Uint8Array<ArrayBuffer>; contentType: string };

/** The exact bytes of a release's file; null when the id or the name is not one that is served. */
export async function readPublishedFile(published: string, id: string, name: string): Promise<PublishedFile | null> {
  if (!RELEASE_ID.test(id) || !Object.hasOwn(SERVED, name)) return null;
  try {
    const bytes = new Uint8Array(await readFile(join(published, id, name)));
    return { bytes, contentType: SERVED[name as keyof typeof SERVED] };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
