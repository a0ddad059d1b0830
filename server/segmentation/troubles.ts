import type { DimensionId } from "../../data/contracts/names.ts";
import { roundTo } from "../statistics/rounding.ts";
import { type DimensionScores, neededDimensions } from "./standardise.ts";

/** Groups by number of troubles: no low dimension, one, two, three or more. */
export const TROUBLE_CODES = ["0", "1", "2", "3+"] as const;

/** A score below this is low: an allowed cut (METHOD §7.3). */
export const LOW_BELOW = 40;

/** Scores nearer than this are one score: 39.999999999 summed in another order is 40. */
const SAME_SCORE = 1e-9;

/**
 * Pile-up of troubles: the group of each row, index into `TROUBLE_CODES`, −1 where it has too few dimensions.
 *
 *   t_i = #{d valid : s_id < 40};  group = min(3, round(D·t_i / valid_i)),  halves away from zero        METHOD §3.9
 *
 * `dimensions` are the D usable ones of the reference wave, frozen with the release (METHOD §0.1: not coarse, ≥ 60 % valid,
 * σ > 0), for the three groupings alike; persons have at least ⌈0.75·D⌉ of them. Why coarse ones do not count although no
 * segments are made here: D in D·t/valid is §0.1's, and a dimension of two or three answers is low or not by one answer to
 * one question: whether 40 falls under half of the people or a tenth is then the question's doing. Its share low is still
 * told on its own. (wineq has none such; sd2011 has three of seven, so its troubles are of four: METHOD §3.10.) The count needs no test of structure, as it claims no types; it depends on how many items a dimension
 * has, so waves of one instrument are compared, never instruments.
 *
 * Any D ≥ 1 will do: METHOD §0.1 asks five for segments, not for troubles. With D < 3 nobody is in `3+`, with D = 1
 * nobody in `2`. D = 0: nobody has a group. A dimension that `scores` lacks is missing for every row.
 */
export function troubleGroups(dimensions: readonly DimensionId[], scores: readonly DimensionScores[]): Int32Array {
  const rows = scores[0]?.values.length ?? 0;
  const valid = new Int32Array(rows);
  const low = new Int32Array(rows);
  for (const column of lowColumns(dimensions, scores)) {
    for (let row = 0; row < rows; row++) {
      if (Number.isNaN(column[row]!)) continue;
      valid[row]!++;
      low[row]! += column[row]!;
    }
  }
  const needed = Math.max(1, neededDimensions(dimensions.length));
  return Int32Array.from(valid, (count, row) => {
    if (count < needed) return -1;
    return Math.min(TROUBLE_CODES.length - 1, roundTo((dimensions.length * low[row]!) / count, 0));
  });
}

/**
 * Low or not, a column a dimension for the estimators: 1 = score below 40, 0 = not, NaN = no valid score.
 *
 * In the order of `dimensions`; all NaN for one that `scores` lacks. RangeError: scores of unequal length.
 */
export function lowColumns(dimensions: readonly DimensionId[], scores: readonly DimensionScores[]): Float64Array[] {
  const rows = scores[0]?.values.length ?? 0;
  return dimensions.map((dimension) => {
    const values = scores.find((score) => score.dimension === dimension)?.values;
    if (values === undefined) return new Float64Array(rows).fill(Number.NaN);
    if (values.length !== rows) throw new RangeError(`${dimension}: as many scores as the other dimensions`);
    return values.map((score) => (Number.isNaN(score) ? score : score < LOW_BELOW - SAME_SCORE ? 1 : 0));
  });
}
