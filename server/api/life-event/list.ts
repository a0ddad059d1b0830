import { join } from "node:path";
import type { LifeEvent } from "../../../data/contracts/life-event.ts";
import type { Names } from "../../../data/contracts/names.ts";
import type { Pointer } from "../../../data/contracts/release.ts";
import { env } from "../../env.ts";
import { type Story, storyOf } from "../../findings/story.ts";
import { readLifeEvents } from "../../store/published/read-life-events.ts";
import { readPointers } from "../../store/published/read-pointer.ts";
import { readRelease } from "../../store/published/read-release.ts";

export type Listed = {
  id: string;
  name: Names;
  purpose: Names;
  ownerName: Names | null;
  needs: Names[];
  /** Null when nothing has been published of it yet. */
  picture: { pointer: Pointer; view: Story } | null;
};

/** Every life event of the catalogue and every one that has a picture; those with a picture first. */
export async function listLifeEvents(published = env.published(), catalogue = catalogueFolder()): Promise<Listed[]> {
  const [lifeEvents, pointers] = await Promise.all([readLifeEvents(catalogue), readPointers(published)]);
  const listed = await Promise.all(
    lifeEvents.map((lifeEvent) => withPicture(published, lifeEvent, pointers[lifeEvent.id])),
  );
  const others = Object.entries(pointers).filter(([id]) => !lifeEvents.some((lifeEvent) => lifeEvent.id === id));
  const beside = await Promise.all(others.map(([id, pointer]) => withoutCatalogue(published, id, pointer)));
  const all = [...listed, ...beside.filter((one) => one !== null)];
  return [...all.filter(({ picture }) => picture), ...all.filter(({ picture }) => !picture)];
}

async function withPicture(published: string, lifeEvent: LifeEvent, pointer: Pointer | undefined): Promise<Listed> {
  const { id, name, purpose, ownerName = null, needs = [] } = lifeEvent;
  return { id, name, purpose, ownerName, needs, picture: pointer ? await pictureOf(published, pointer) : null };
}

/** A picture of a life event that the catalogue does not hold: its release says what it is. */
async function withoutCatalogue(published: string, id: string, pointer: Pointer): Promise<Listed | null> {
  const picture = await pictureOf(published, pointer);
  if (!picture) return null;
  const { name, purpose, ownerName } = picture.view.cells.release.lifeEvent;
  return { id, name, purpose, ownerName, needs: [], picture };
}

async function pictureOf(published: string, pointer: Pointer): Promise<Listed["picture"]> {
  const loaded = await readRelease(published, pointer.release);
  const view = loaded && storyOf(loaded);
  return view ? { pointer, view } : null;
}

function catalogueFolder(): string {
  return join(/* turbopackIgnore: true */ process.cwd(), "data", "life-events");
}
