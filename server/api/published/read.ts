import type { Pointer } from "../../../data/contracts/release.ts";
import { env } from "../../env.ts";
import { type PublishedFile, readPublishedFile } from "../../store/published/read-file.ts";
import { readPointers, wasShown } from "../../store/published/read-pointer.ts";
import { readRelease } from "../../store/published/read-release.ts";

/** The pointers of all life events. */
export function pointers(published = env.published()): Promise<Record<string, Pointer>> {
  return readPointers(published);
}

/** One file of a release that was ever shown, byte for byte. */
export async function publishedFile(
  release: string,
  name: string,
  published = env.published(),
): Promise<PublishedFile | null> {
  return (await wasShown(published, release)) ? readPublishedFile(published, release, name) : null;
}

/** Whether every picture that is pointed to can be shown. Nothing published yet is a state, not a fault. */
export async function isReady(published = env.published()): Promise<boolean> {
  try {
    const found = await Promise.all(
      Object.values(await readPointers(published)).map(({ release }) => readRelease(published, release)),
    );
    return found.every((release) => release !== null);
  } catch {
    return false;
  }
}
