import { effectiveSampleSize } from "./design.ts";
import type { LinearisedMean } from "./mean.ts";
import { sum } from "./sum.ts";

/**
 * Full design effect of a mean: its variance beside that of as many answers drawn singly and at random.
 *
 *   deff = V / V_SRS,  V_SRS = [n/(n − 1) · Σ w (y − ȳ)²/W] / n         METHOD §2.2; R survey, deff = "replace"
 *
 * Draws with replacement, so without finite population correction. Null for one answer and for answers all equal.
 */
export function designEffect({ z, weights, weight, mean, variance }: LinearisedMean): number | null {
  const n = z.length;
  if (n < 2) return null;
  const squares = sum(z.map((part, index) => (part * part * weight) / weights[index]!)); // w (y − ȳ)²/W = z² W/w
  const single = squares / (n - 1);
  return single > (1e-12 * mean) ** 2 ? variance / single : null; // below that it is rounding
}

/**
 * Kish's design effect of weighting alone: how much unequal weights widen an error.
 *
 *   deff_w = n / ESS = 1 + CV²(w)                                        Kish (1965), §11.7; METHOD §2.2
 *
 * Null for no weights. A weight ≤ 0 is a RangeError.
 */
export function weightingEffect(weights: Float64Array): number | null {
  return weights.length > 0 ? weights.length / effectiveSampleSize(weights) : null;
}
