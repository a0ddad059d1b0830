import type { DimensionId } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { assignBands, BAND_CODES, type BandModel, freezeBands } from "../segmentation/bands.ts";
import { type BetweenSegments, betweenSegments } from "../segmentation/borderline.ts";
import { assignSegments, freezeModel, orderLabels } from "../segmentation/model.ts";
import { atypicalPersons, type ModelFile, type ModelOrigin, modelFile } from "../segmentation/model-file.ts";
import { type Refit, refitCheck } from "../segmentation/refit.ts";
import { pointsOfRows, standardise } from "../segmentation/standardise.ts";
import { TROUBLE_CODES, troubleGroups } from "../segmentation/troubles.ts";
import type { GroupingId } from "./cut-waves.ts";
import {
  agreementWithFree,
  type FoundSegments,
  findSegments,
  RESAMPLES,
  STARTS,
  segmentingScores,
  type Work,
} from "./find-segments.ts";
import type { KeptGroupings } from "./kept-groupings.ts";
import type { ScoredWave } from "./score-survey.ts";

/** One wave in the frozen groupings: the group of each person as an index, −1 without one. */
export type GroupedPersons = {
  wave: string;
  groups: Map<GroupingId, Int32Array>;
  /** 1 = farther from every segment than the reference wave's people, 0 = not, NaN = no segment. */
  atypical: Float64Array | null;
  between: BetweenSegments | null;
  refit: Refit | null;
};

/** The three frozen groupings of a release (METHOD §3.9). */
export type Groupings = {
  found: FoundSegments;
  /** The frozen model of segments; null where none is admissible. It stands even where the verdict publishes no segments. */
  model: ModelFile | null;
  bands: BandModel | null;
  /** The dimensions that bands and troubles are made of. */
  dimensions: DimensionId[];
  /** What is published: codes by grouping, in their order. */
  codes: Map<GroupingId, readonly string[]>;
  waves: GroupedPersons[];
};

/** Verdicts under which segments are shown; under the others the picture leads with bands or troubles (METHOD §3.9). */
const SHOWS_SEGMENTS: readonly Verdict[] = ["segments", "profiles-on-a-continuum", "untested"];

/**
 * Groups every wave's people by what the reference wave holds: segments as the verdict allows, level bands, troubles. The
 * groupings are made in the reference wave, frozen, and applied to all waves; each later wave is also grouped freely, to
 * see whether the frozen segments still hold (METHOD §3.6).
 */
export async function groupSurvey(
  waves: readonly ScoredWave[],
  referenceWave: string,
  {
    forced,
    origin,
    kept,
  }: {
    forced: number | undefined;
    origin: Pick<ModelOrigin, "version" | "items" | "codebooks">;
    /** Frozen groupings that an earlier release made, taken over as they are. */
    kept: KeptGroupings | null;
  },
  work: Work,
): Promise<Groupings | Problem[]> {
  const reference = waves.find(({ wave }) => wave === referenceWave) as ScoredWave;
  const made = kept ?? (await makeGroupings(reference, { forced, origin }, work));
  if (Array.isArray(made)) return made;
  const { found, model, bands, dimensions } = made;
  const isAsMade = (wave: ScoredWave) => wave === reference && (!kept || kept.content === wave.content);
  const codes: Groupings["codes"] = new Map();
  if (model && SHOWS_SEGMENTS.includes(found.verdict)) codes.set("segment", model.labels);
  if (bands) codes.set("band", BAND_CODES);
  if (dimensions.length > 0) codes.set("troubles", TROUBLE_CODES);
  const grouped: GroupedPersons[] = [];
  for (const wave of waves) {
    const own = segmentingScores(wave);
    const groups: GroupedPersons["groups"] = new Map();
    if (model) groups.set("segment", assignSegments(model, own));
    if (bands) groups.set("band", assignBands(bands, own));
    if (dimensions.length > 0) groups.set("troubles", troubleGroups(dimensions, own));
    grouped.push({
      wave: wave.wave,
      groups,
      atypical: model ? atypicalPersons(model, own) : null,
      between: model ? betweenSegments(model, own) : null,
      refit: model && !isAsMade(wave) ? await refitOf(wave, found, groups.get("segment") as Int32Array, work) : null,
    });
  }
  return { found, model, bands, dimensions, codes, waves: grouped };
}

/** Finds and freezes what the reference wave holds. */
async function makeGroupings(
  reference: ScoredWave,
  { forced, origin }: { forced: number | undefined; origin: Pick<ModelOrigin, "version" | "items" | "codebooks"> },
  work: Work,
): Promise<Pick<Groupings, "found" | "model" | "bands" | "dimensions"> | Problem[]> {
  const found = await findSegments(reference, forced, work);
  if (Array.isArray(found)) return found;
  const frozenBy = { scores: segmentingScores(reference), weights: reference.design.weights, wave: reference.wave };
  return {
    found,
    model: freezeSegments(found, reference, origin),
    bands: freezeBands(found.usable, frozenBy),
    dimensions: found.usable.map(({ dimension }) => dimension),
  };
}

/** The code of each person in a grouping; null without one. */
export function codesOfGrouping(groups: Int32Array, codes: readonly string[]): (string | null)[] {
  return Array.from(groups, (group) => codes[group] ?? null);
}

function freezeSegments(
  found: FoundSegments,
  reference: ScoredWave,
  origin: Pick<ModelOrigin, "version" | "items" | "codebooks">,
): ModelFile | null {
  const { chosen, grouped, usable } = found;
  if (!chosen) return null;
  const take = (values: Float64Array) => Float64Array.from(grouped, (row) => values[row] as number);
  const subjective = reference.modelScores.get("subjective");
  const scores = segmentingScores(reference);
  const order = orderLabels({
    labels: chosen.solution.labels,
    weights: take(reference.design.weights),
    subjective: subjective ? take(subjective) : null,
    scores: scores
      .filter((score) => usable.some(({ dimension }) => dimension === score.dimension))
      .map(({ dimension, values }) => ({ dimension, values: take(values) })),
    clusters: chosen.k,
  });
  return modelFile(
    freezeModel(usable, chosen.solution, { order, referenceWave: reference.wave }),
    { scores, weights: reference.design.weights },
    {
      ...origin,
      verdict: found.verdict,
      settings: { starts: STARTS, resamples: RESAMPLES, k: chosen.k, chosenBy: found.chosenBy },
    },
  );
}

/** A later wave grouped freely into as many groups, beside the frozen segments of the same people. */
async function refitOf(
  wave: ScoredWave,
  found: FoundSegments,
  segments: Int32Array,
  work: Work,
): Promise<Refit | null> {
  const standardised = standardise(segmentingScores(wave), found.usable);
  const rows = standardised.enough;
  const k = found.chosen?.k ?? 0;
  if (rows.length < k * 2) return null;
  const take = (values: Int32Array) => Int32Array.from(rows, (row) => values[row] as number);
  const shared = {
    points: pointsOfRows(standardised, rows),
    weights: Float64Array.from(rows, (row) => wave.design.weights[row] as number),
    dimensions: found.usable.length,
    design: { strata: take(wave.design.strata), units: take(wave.design.units) },
  };
  const asked = { k, name: "refit", purpose: `kmeans-refit ${wave.content}` };
  const frozen = take(segments);
  const { labels } = await agreementWithFree(shared, frozen, asked, work);
  return refitCheck(frozen, labels);
}
