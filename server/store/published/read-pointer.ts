import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Id } from "../../../data/contracts/names.ts";
import { Pointer } from "../../../data/contracts/release.ts";

/** What is shown now for a life event; null when nothing has been published. Read once by each request. */
export async function readPointer(published: string, lifeEvent: string): Promise<Pointer | null> {
  if (!Id.safeParse(lifeEvent).success) return null;
  try {
    return Pointer.parse(JSON.parse(await readFile(join(published, "current", `${lifeEvent}.json`), "utf8")));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** The pointers of every life event, by id. Empty before the first publication. */
export async function readPointers(published: string): Promise<Record<string, Pointer>> {
  const pointers: Record<string, Pointer> = {};
  for (const name of await namesOf(join(published, "current"))) {
    if (!name.endsWith(".json")) continue;
    const lifeEvent = name.slice(0, -".json".length);
    const pointer = await readPointer(published, lifeEvent);
    if (pointer) pointers[lifeEvent] = pointer;
  }
  return pointers;
}

/**
 * Whether readers have ever been shown a release. One that was made and not published is protected together with what was
 * shown, not with others like it: it is nobody's to read.
 */
export async function wasShown(published: string, id: string): Promise<boolean> {
  const pointer = await readPointer(published, id.split(".")[0] ?? "");
  return pointer !== null && everPublished(pointer).includes(id);
}

/** Every release that readers have been shown, in the order of their first time. */
export function everPublished(pointer: Pointer | undefined): string[] {
  return pointer ? (pointer.everPublished ?? [pointer.release]) : [];
}

export async function namesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** What the system says of a path that cannot be there; a name too long for any file is one. */
const ABSENT = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"];

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && ABSENT.includes(String(error.code));
}
