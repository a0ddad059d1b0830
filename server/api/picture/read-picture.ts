import { join } from "node:path";
import type { Places } from "../../../data/contracts/places.ts";
import type { Reference } from "../../../data/contracts/reference.ts";
import type { Pointer } from "../../../data/contracts/release.ts";
import { env } from "../../env.ts";
import { type Story, storyOf } from "../../findings/story.ts";
import { readPlaces } from "../../store/published/read-places.ts";
import { readPointer, wasShown } from "../../store/published/read-pointer.ts";
import { readReferences } from "../../store/published/read-references.ts";
import { type LoadedRelease, readRelease } from "../../store/published/read-release.ts";

export type PictureAsked = { lifeEvent: string; release?: string; wave?: string };
export type Picture = {
  loaded: LoadedRelease;
  view: Story;
  /** Null when the address names a release other than the one that is shown now. */
  pointer: Pointer | null;
  /** The release shown now, when the address names another. */
  current: string | null;
};
export type PictureProblem = { code: "no-such-picture" | "no-such-release" | "no-such-wave" };

/** The picture of a life event: the pointer is read once, and its release is carried through the request. */
export async function readPicture(
  asked: PictureAsked,
  published = env.published(),
  data = dataFolder(),
): Promise<Picture | PictureProblem> {
  const pointer = await readPointer(published, asked.lifeEvent);
  const id = asked.release ?? pointer?.release;
  if (!id) return { code: "no-such-picture" };
  const loaded = (await wasShown(published, id)) ? await readRelease(published, id) : null;
  if (!loaded || loaded.release.lifeEvent.id !== asked.lifeEvent) return { code: "no-such-release" };
  const view = storyOf(loaded, asked.wave, ...(await beside(data)));
  if (!view) return { code: "no-such-wave" };
  const shown = pointer?.release === id;
  return { loaded, view, pointer: shown ? pointer : null, current: shown ? null : (pointer?.release ?? null) };
}

/** What stands beside a release and is none of it: national references, and how places lie. */
function beside(data: string): Promise<[Reference[], Places]> {
  return Promise.all([readReferences(join(data, "references")), readPlaces(data)]);
}

function dataFolder(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), "data");
}
