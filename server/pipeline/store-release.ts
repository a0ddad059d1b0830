import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { canonicalJson, sha256 } from "../store/canonical.ts";
import { replaceFile, syncFolder } from "../store/durable-file.ts";
import type { Home } from "../store/home.ts";
import { type PublishedRelease, writeRelease } from "../store/published/write-release.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import { keepMadeOf, keepMembers, type MadeOf } from "./earlier-releases.ts";
import { keepForSteward, type StewardCopy } from "./keep-for-steward.ts";
import { type KeptGroupings, keepGroupings } from "./kept-groupings.ts";

/** What of a release stays with its steward: to be inspected, and for the releases that come after it. */
export type Kept = StewardCopy & {
  cut: readonly CutWave[];
  lattice: Lattice;
  madeOf: MadeOf;
  made: Omit<KeptGroupings, keyof StewardCopy["groupings"]>;
};

/** The steward's copy first, then the readers': a release that readers see can always be inspected. */
export function storeRelease(
  {
    home,
    event,
    forced,
    newModel,
  }: { home: Home; event: LifeEvent; forced?: { reason: string }; newModel?: { reason: string } },
  release: PublishedRelease,
  kept: Kept,
): void {
  const folder = join(home.releases, release.id);
  const partial = `${folder}.partial`;
  const eventFile = join(home.lifeEvents, `${sha256(canonicalJson(event))}.json`);
  const eventKnown = existsSync(eventFile);
  try {
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    keepForSteward(partial, release, kept, forced?.reason ?? newModel?.reason ?? null);
    keepMembers(partial, kept.cut, kept.lattice);
    keepMadeOf(partial, kept.madeOf);
    keepGroupings(partial, kept.made, kept.groupings);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    syncFolder(home.releases);
    replaceFile(eventFile, `${canonicalJson(event)}\n`);
    writeRelease(home, release);
  } catch (error) {
    // A full disk, say: the home is left as it was.
    for (const path of [
      partial,
      folder,
      join(home.published, `${release.id}.partial`),
      ...(eventKnown ? [] : [eventFile]),
    ])
      rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
