import type { DimensionId } from "../../data/contracts/names.ts";
import { simpleDesign } from "../statistics/design.ts";
import { weightedQuantile } from "../statistics/quantile.ts";
import { compensatedSum } from "../statistics/sum.ts";
import { frozenDimensions } from "./model.ts";
import { type DimensionScores, standardise, type UsableDimension } from "./standardise.ts";

/** Five level bands, 1 = lowest. */
export const BAND_CODES = ["1", "2", "3", "4", "5"] as const;

/** The frozen bands: all that is needed to give new people a band, as JSON. */
export type BandModel = {
  dimensions: DimensionId[];
  means: number[];
  deviations: number[];
  /** Four levels, not falling: band b + 1 begins above cut b. */
  cuts: number[];
  referenceWave: string;
};

/** Levels nearer than this are one level: the same answers summed in another order. */
const SAME_LEVEL = 1e-9;

/**
 * Freezes the level bands: five bands of the level, cut at the weighted quintiles of the reference wave.
 *
 *   cut_b = Q(b/5),  b = 1 … 4,   of  level_i = mean of z_id over the usable dimensions that i has        METHOD §3.9
 *   Q = inverse weighted distribution function, METHOD §2.4
 *
 * Persons with at least ⌈0.75·D⌉ of the D usable dimensions; others have no level. Any D ≥ 1 will do: METHOD §0.1 asks five
 * for segments, not for bands, and with D = 1 the bands are those of one dimension's scores. Where many share one level,
 * cuts coincide and a band may be empty. Null without a usable dimension or without a person that has enough of them.
 */
export function freezeBands(
  usable: readonly UsableDimension[],
  reference: { scores: readonly DimensionScores[]; weights: Float64Array; wave: string },
): BandModel | null {
  if (usable.length === 0) return null;
  const values = levels(usable, reference.scores);
  const everyone = Int32Array.from(values.keys());
  const design = simpleDesign(reference.weights);
  const cuts = [1, 2, 3, 4].flatMap((fifth) => weightedQuantile(design, values, everyone, fifth / 5) ?? []);
  if (cuts.length === 0) return null;
  return {
    dimensions: usable.map(({ dimension }) => dimension),
    means: usable.map(({ mean }) => mean),
    deviations: usable.map(({ deviation }) => deviation),
    cuts,
    referenceWave: reference.wave,
  };
}

/**
 * The band of each row: index into `BAND_CODES`, −1 where the row has too few dimensions.
 *
 *   band_i = #{b : level_i > cut_b}                           with the frozen m, σ and cuts; METHOD §3.9
 *
 * Who stands at a cut (within 1e-9) belongs to the lower band, in every wave alike. A dimension that `scores` lacks is
 * missing for every row.
 */
export function assignBands(model: BandModel, scores: readonly DimensionScores[]): Int32Array {
  return Int32Array.from(levels(frozenDimensions(model), scores), (level) => {
    if (Number.isNaN(level)) return -1;
    return model.cuts.reduce((band, cut) => band + (level > cut + SAME_LEVEL ? 1 : 0), 0);
  });
}

/**
 * The level of each row: the mean of the z-scores that it has, NaN where it has fewer than ⌈0.75·D⌉ of the D dimensions.
 */
export function levels(usable: readonly UsableDimension[], scores: readonly DimensionScores[]): Float64Array {
  const { points, dimensions, enough } = standardise(scores, usable);
  const values = new Float64Array(scores[0]?.values.length ?? 0).fill(Number.NaN);
  for (const row of enough) {
    const known = points.subarray(row * dimensions, (row + 1) * dimensions).filter((z) => !Number.isNaN(z));
    values[row] = compensatedSum(known.length, (index) => known[index]!) / known.length;
  }
  return values;
}
