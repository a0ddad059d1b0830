import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DimensionId } from "../../data/contracts/names.ts";
import type { Goalposts } from "../scoring/rescale.ts";
import type { BandModel } from "../segmentation/bands.ts";
import type { ModelFile } from "../segmentation/model-file.ts";
import { canonicalJson } from "../store/canonical.ts";
import { writeThrough } from "../store/durable-file.ts";
import type { Home } from "../store/home.ts";
import type { FoundSegments, Tried } from "./find-segments.ts";
import type { Groupings } from "./group-survey.ts";

/**
 * The groupings of a published release as a later release takes them over: frozen, with what was found out when they were made.
 * They are made anew only when somebody asks for it, as the next version (METHOD §3.3, §3.6).
 */
export type KeptGroupings = {
  version: number;
  referenceWave: string;
  /** Hash of the reference wave's answers when the groupings were made. */
  content: string;
  items: readonly string[];
  goalposts: Record<string, Goalposts>;
  forcedK: number | null;
  found: FoundSegments;
  model: ModelFile | null;
  bands: BandModel | null;
  dimensions: DimensionId[];
};

const FILE = "groupings.json";

export function keepGroupings(folder: string, made: Omit<KeptGroupings, keyof Groupings>, groupings: Groupings): void {
  const { found, model, bands, dimensions } = groupings;
  const kept = { ...made, found: withoutPersons(found), model, bands, dimensions };
  writeThrough(join(folder, FILE), `${canonicalJson(kept)}\n`, 0o600);
}

/** Null where the release kept none. */
export function readGroupings(home: Home, release: string): KeptGroupings | null {
  const file = join(home.releases, release, FILE);
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, "utf8")) as KeptGroupings;
  const { found } = kept;
  const tried = found.tried.map(readTried);
  const chosen = tried.find(({ k }) => k === found.chosen?.k) ?? null;
  return { ...kept, found: { ...found, tried, chosen, grouped: new Int32Array() } };
}

/** Nobody's group is kept here: centroids and what was found out about them. */
function withoutPersons(found: FoundSegments) {
  const without = (tried: Tried) => ({
    ...tried,
    solution: { ...tried.solution, centroids: [...tried.solution.centroids], labels: [] },
  });
  return {
    ...found,
    grouped: [],
    tried: found.tried.map(without),
    chosen: found.chosen && { k: found.chosen.k },
    analysts: null,
  };
}

function readTried(tried: Tried): Tried {
  const { solution } = tried;
  return {
    ...tried,
    stability: [...tried.stability].map((jaccard) => jaccard ?? Number.NaN),
    solution: { ...solution, centroids: Float64Array.from(solution.centroids), labels: new Int32Array() },
  };
}
