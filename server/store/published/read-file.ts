import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent } from "./read-pointer.ts";

/** The files of a release that anyone may fetch, with what they are. Nothing else in the folder is served. */
const SERVED = {
  "release.json": "application/json; charset=utf-8",
  "cells.csv": "text/csv; charset=utf-8",
  "cells.arrow": "application/vnd.apache.arrow.stream",
} as const;

export type PublishedFile = { bytes: Uint8Array<ArrayBuffer>; contentType: string };

export const RELEASE_ID = /^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/;

/**
 * A file of a release as it was written: its folder names the file's SHA-256 in SHA256SUMS, or it is no release. Null
 * when id, file or sum is absent or does not agree.
 */
export async function readWhole(published: string, id: string, name: string): Promise<Buffer | null> {
  if (!RELEASE_ID.test(id)) return null;
  try {
    const [bytes, sums] = await Promise.all([
      readFile(join(published, id, name)),
      readFile(join(published, id, "SHA256SUMS"), "utf8"),
    ]);
    const sum = createHash("sha256").update(bytes).digest("hex");
    return sums.split("\n").includes(`${sum}  ${name}`) ? bytes : null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** The exact bytes of a release's file; null when the id or the name is not one that is served. */
export async function readPublishedFile(published: string, id: string, name: string): Promise<PublishedFile | null> {
  if (!Object.hasOwn(SERVED, name)) return null;
  const bytes = await readWhole(published, id, name);
  return bytes && { bytes: new Uint8Array(bytes), contentType: SERVED[name as keyof typeof SERVED] };
}
