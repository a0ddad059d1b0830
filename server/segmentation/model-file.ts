import type { DimensionId } from "../../data/contracts/names.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { simpleDesign } from "../statistics/design.ts";
import { weightedQuantile } from "../statistics/quantile.ts";
import { type Placed, placePersons, type SegmentModel } from "./model.ts";
import type { DimensionScores } from "./standardise.ts";

/** What the maker of a model knows about it beside its numbers. */
export type ModelOrigin = {
  /** 1, 2, …: a refit is a new version, never a silent change. */
  version: number;
  items: { dimension: DimensionId; items: string[] }[];
  codebooks: { id: string; version: number; hash: string }[];
  verdict: Verdict;
  /** Starts, resamples, references, who chose k: as the maker names them. */
  settings: Record<string, number | string | boolean | null>;
};

/** How far the reference wave's people lay from their segments. */
export type DistanceLimits = {
  /** Of those with one |O_i|: how many, and the 99th percentile of their squared distances. By |O_i|. */
  byObserved: { observed: number; persons: number; limit: number }[];
  /** 99th percentile of squared distance·D/|O_i| of all; null where nobody had a segment. */
  scaled: number | null;
};

/** The frozen model as it is kept, JSON: METHOD §3.6. It can stand wherever a `SegmentModel` is asked for. */
export type ModelFile = SegmentModel &
  ModelOrigin & { format: "tilannekuva.segment-model/1"; distanceLimits: DistanceLimits };

/** A wave of which a larger share is atypical is marked amber (METHOD §3.6). */
export const GREATEST_ATYPICAL_SHARE = 0.03;

const PERCENTILE = 0.99;
const FEWEST_TO_COMPARE = 300;

/**
 * The model file: a frozen model with its origin and how far the reference wave's people lay from their segments.
 *
 *   limit(o) = weighted 99th percentile of δ_i² over reference persons with |O_i| = o
 *   scaled   = weighted 99th percentile of δ_i²·D/|O_i| over all of them                              METHOD §3.6, §2.4
 *   δ_i² = Σ_{d∈O_i} (z_id − μ_{c(i)d})²
 *
 * METHOD says "distance": squares are what k-means adds up, and D/|O_i| puts sums of squares, not their roots, on one scale.
 * A percentile is one person's distance, so the file stays with the steward. Weights as many as rows and > 0 (RangeError).
 */
export function modelFile(
  model: SegmentModel,
  reference: { scores: readonly DimensionScores[]; weights: Float64Array },
  origin: ModelOrigin,
): ModelFile {
  const { version, items, codebooks, verdict, settings } = origin;
  const placed = placePersons(model, reference.scores);
  return {
    format: "tilannekuva.segment-model/1",
    version,
    items,
    codebooks,
    verdict,
    settings,
    ...model,
    distanceLimits: limitsOf(placed, model.dimensions.length, reference.weights),
  };
}

/**
 * Who lies farther from every segment than the reference wave did: 1 or 0 a row, NaN without a segment.
 *
 *   δ_i² > limit(|O_i|)                  where the reference wave had 300 persons or more with that |O_i|
 *   δ_i²·D/|O_i| > scaled                otherwise                                                  METHOD §3.6
 *
 * A column for the estimators: its share is shown for a wave, amber above 3 %, and never a person's own. In the reference
 * wave at most 1 % of the weight of each compared group is atypical, by construction.
 */
export function atypicalPersons(file: ModelFile, scores: readonly DimensionScores[]): Float64Array {
  const { byObserved, scaled } = file.distanceLimits;
  const limits = new Map(
    byObserved.filter(({ persons }) => persons >= FEWEST_TO_COMPARE).map(({ observed, limit }) => [observed, limit]),
  );
  const { segments, squaredDistances, observed } = placePersons(file, scores);
  return Float64Array.from(segments, (segment, row) => {
    if (segment < 0) return Number.NaN;
    const limit = limits.get(observed[row]!);
    if (limit !== undefined) return squaredDistances[row]! > limit ? 1 : 0;
    const compared = scaledDistance({ squaredDistances, observed }, row, file.dimensions.length);
    return scaled === null || compared > scaled ? 1 : 0;
  });
}

function limitsOf(placed: Placed, dimensions: number, weights: Float64Array): DistanceLimits {
  const { segments, squaredDistances, observed } = placed;
  if (weights.length !== segments.length) throw new RangeError("one weight a row of the reference wave");
  const design = simpleDesign(weights);
  const classified = Int32Array.from(segments.keys()).filter((row) => segments[row]! >= 0);
  const counts = [...new Set(Array.from(classified, (row) => observed[row]!))].sort((left, right) => left - right);
  const scaledDistances = Float64Array.from(segments, (_, row) => scaledDistance(placed, row, dimensions));
  return {
    byObserved: counts.map((count) => {
      const rows = classified.filter((row) => observed[row] === count);
      const limit = weightedQuantile(design, squaredDistances, rows, PERCENTILE)!;
      return { observed: count, persons: rows.length, limit };
    }),
    scaled: weightedQuantile(design, scaledDistances, classified, PERCENTILE),
  };
}

function scaledDistance(
  { squaredDistances, observed }: Pick<Placed, "squaredDistances" | "observed">,
  row: number,
  dimensions: number,
): number {
  return (squaredDistances[row]! * dimensions) / observed[row]!;
}
