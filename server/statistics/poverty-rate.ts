import type { Design } from "./design.ts";
import { type ProportionEstimate, weightedProportion } from "./proportion.ts";
import { weightedQuantile } from "./quantile.ts";

/**
 * The income below which a person is at risk of poverty.
 *
 *   0.6 · weighted median of equivalised income                METHOD §1.2; Eurostat; R laeken, arpt
 *
 * `incomes` are the persons' equivalised incomes, NaN = missing. Null when no member has one.
 */
export function povertyThreshold(design: Design, incomes: Float64Array, members: Int32Array): number | null {
  const median = weightedQuantile(design, incomes, members, 0.5);
  return median === null ? null : 0.6 * median;
}

/**
 * Share of a group at risk of poverty: with less than the threshold, which is the whole population's.
 *
 *   Σ_{x < threshold} w / Σ w                                  R laeken, arpr
 *
 * The interval takes the threshold as known. Null when no member has an income.
 */
export function povertyRate(
  design: Design,
  incomes: Float64Array,
  members: Int32Array,
  threshold: number,
): ProportionEstimate | null {
  const poor = incomes.map((income) => (Number.isNaN(income) ? income : Number(income < threshold)));
  return weightedProportion(design, poor, members);
}
