import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LifeEvent, SourceRole } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { Release } from "../../data/contracts/release.ts";
import { canonicalJson } from "../store/canonical.ts";
import { writeThrough } from "../store/durable-file.ts";
import type { Home } from "../store/home.ts";
import { everPublished } from "../store/published/read-pointer.ts";
import { readPointers } from "../store/published/write-release.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";

/** Who was in which group of a published release, for its steward alone: what a later release is protected together with. */
export type Members = {
  waves: {
    wave: string;
    /** Hash of each person's answers. */
    hashes: readonly string[];
    /** Of the answers alone. */
    answers: readonly string[];
    /** Who handed over each person's row. */
    contributors: readonly string[];
    /** A character a person: 1 who counts. */
    present: string;
    /** By variable: the place of each person's code, −1 for none. */
    codes: Record<string, { codes: readonly string[]; places: readonly number[] }>;
    users: Record<string, readonly number[]>;
  }[];
};

/** A release that readers have been shown. */
export type EarlierRelease = {
  id: string;
  document: Release;
  members: Members;
  /** By wave: keys of cells that it showed as the release before it had. */
  asBefore: Readonly<Record<string, readonly string[]>>;
};

const FILE = "members.json";

export function keepMembers(folder: string, waves: readonly CutWave[], lattice: Lattice): void {
  const members: Members = {
    waves: waves.map(({ wave, hashes, answers, contributors, present, codes, users }) => ({
      wave,
      hashes,
      answers,
      contributors,
      present: present.join(""),
      codes: Object.fromEntries(
        [...lattice.codes].map(([variable, list]) => {
          const place = new Map(list.map((code, index) => [code, index]));
          const held = codes.get(variable) ?? hashes.map(() => null);
          return [variable, { codes: list, places: held.map((code) => place.get(code ?? "") ?? -1) }];
        }),
      ),
      users: Object.fromEntries([...users].map(([service, places]) => [service, [...places]])),
    })),
  };
  writeThrough(join(folder, FILE), `${canonicalJson(members)}\n`, 0o600);
}

/**
 * The releases of a life event that readers have been shown, first shown first. Those of the time before audits protect
 * nobody against computing, so nothing can be protected together with them: they are left out.
 */
export function earlierReleases(home: Home, lifeEvent: string): EarlierRelease[] {
  return everPublished(readPointers(home)[lifeEvent]).flatMap((id): EarlierRelease[] => {
    const release = keptRelease(home, id);
    return release?.document.protection === "audited" ? [release] : [];
  });
}

/** A release with its members; null where it is of another time, or not there. */
export function keptRelease(home: Home, id: string): EarlierRelease | null {
  const [document, members] = [join(home.published, id, "release.json"), join(home.releases, id, FILE)];
  if (!existsSync(document) || !existsSync(members)) return null;
  const parsed = Release.safeParse(JSON.parse(readFileSync(document, "utf8")));
  if (!parsed.success) return null;
  return {
    id,
    document: parsed.data,
    members: JSON.parse(readFileSync(members, "utf8")) as Members,
    asBefore: readMadeOf(home, id)?.asBefore ?? {},
  };
}

/** What a release was made of, for its audit. */
export type MadeOf = {
  event: LifeEvent;
  policy: DisclosurePolicy;
  extracts: { id: string; role: SourceRole; speaksFor: string[] }[];
  earlier: string[];
  asBefore: Record<string, string[]>;
};

const MADE_OF = "made-of.json";

export function keepMadeOf(folder: string, madeOf: MadeOf): void {
  writeThrough(join(folder, MADE_OF), `${canonicalJson(madeOf)}\n`, 0o600);
}

export function readMadeOf(home: Home, id: string): MadeOf | null {
  const file = join(home.releases, id, MADE_OF);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as MadeOf) : null;
}
