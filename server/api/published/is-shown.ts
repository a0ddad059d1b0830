import { access } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../../env.ts";
import { readPointer } from "../../store/published/read-pointer.ts";
import { RELEASE_ID } from "../../store/published/read-release.ts";

/** Whether there is a picture to show: of the release that is asked, else of the one pointed to. It reads no cells. */
export async function isShown(lifeEvent: string, asked: string | null, published = env.published()): Promise<boolean> {
  const release = asked ?? (await readPointer(published, lifeEvent))?.release;
  if (!release || !RELEASE_ID.test(release) || !release.startsWith(`${lifeEvent}.`)) return false;
  return access(join(published, release, "release.json")).then(
    () => true,
    () => false,
  );
}
