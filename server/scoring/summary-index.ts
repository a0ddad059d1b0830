import { FEWEST_DIMENSIONS, neededDimensions } from "../segmentation/standardise.ts";
import { compensatedSum } from "../statistics/sum.ts";

/** How dimensions make one number. Weights: one per dimension, ≥ 0, some above 0, in any unit; equal when left out. */
export type IndexRule = { mean: "arithmetic" | "geometric"; weights?: readonly number[] };

export const EQUAL_WEIGHTS: IndexRule = { mean: "arithmetic" };

/**
 * The summary index of each person: one number out of the usable dimensions among D1–D8. An option, never the default.
 *
 *   arithmetic: Σ v_d s_d;   geometric: exp(Σ v_d ln max(s_d, 1))     v: weights, normalised to 1 over the person's
 *   valid dimensions          OECD/JRC Handbook (2008); METHOD §1.7. Geometric: a low dimension is harder to make up for
 *
 * `dimensions`: the D usable ones' 0–100 scores, a place per person. A person needs ⌈.75 D⌉ of them, else NaN; NaN too
 * where the weights of all that person's valid dimensions are 0. Null: D < 5, no index. RangeError: columns of unequal
 * length, weights that are no rule.
 */
export function summaryIndex(dimensions: readonly Float64Array[], rule: IndexRule): Float64Array | null {
  const weights = weightsOf(rule, dimensions.length);
  if (dimensions.length < FEWEST_DIMENSIONS) return null;
  const persons = dimensions[0]!.length;
  if (dimensions.some(({ length }) => length !== persons)) throw new RangeError("dimensions have one place per person");
  return Float64Array.from({ length: persons }, (_, person) => {
    const valid = [...dimensions.keys()].filter((dimension) => !Number.isNaN(dimensions[dimension]![person]!));
    if (valid.length < neededDimensions(dimensions.length)) return Number.NaN;
    return indexOf(
      valid.map((dimension) => dimensions[dimension]![person]!),
      valid.map((dimension) => weights[dimension]!),
      rule.mean,
    );
  });
}

/**
 * One number out of a profile of scores without gaps: the weighted arithmetic or geometric mean (see summaryIndex).
 *
 * NaN where the weights add up to 0.
 */
export function indexOf(scores: readonly number[], weights: readonly number[], mean: IndexRule["mean"]): number {
  const worth = mean === "arithmetic" ? scores : scores.map((score) => Math.log(Math.max(score, 1)));
  const total = compensatedSum(weights.length, (place) => weights[place]!);
  const average = compensatedSum(worth.length, (place) => weights[place]! * worth[place]!) / total;
  return mean === "arithmetic" ? average : Math.exp(average);
}

/** The rule's weights; a RangeError where they are not one per dimension, ≥ 0 and some above 0. */
export function weightsOf({ weights }: IndexRule, dimensions: number): readonly number[] {
  if (weights === undefined) return new Array<number>(dimensions).fill(1);
  if (weights.length !== dimensions) throw new RangeError(`${weights.length} weights for ${dimensions} dimensions`);
  if (!weights.every((weight) => weight >= 0 && Number.isFinite(weight)) || !weights.some((weight) => weight > 0))
    throw new RangeError("weights are 0 or more, and some above 0");
  return weights;
}
