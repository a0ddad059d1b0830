import type { Design } from "./design.ts";
import { type Contributions, designDegreesOfFreedom, linearisedVariance } from "./linearised-variance.ts";
import { type LinearisedMean, linearise, type MeanEstimate, studentInterval } from "./mean.ts";

export type DifferenceEstimate = {
  difference: number;
  standardError: number;
  degreesOfFreedom: number;
  /** 95 % interval; null where degrees of freedom are below 1. */
  low: number | null;
  high: number | null;
  /** ρ of the two sides, for the interval of a difference of shares (mover.ts). 0 where a side has no variance. */
  correlation: number;
  understated: boolean;
};

/**
 * Difference of two groups of one wave, left minus right, with its 95 % interval. The groups may overlap or nest.
 *
 *   θ = ȳ_left − ȳ_right,  z = z_left − z_right over all rows of the design, so that their covariance is in V
 *   θ ± t(.975, df) √V,  df = (#units − #strata among the valid rows of both) − 1        METHOD §5.2; R svyttest
 *   ρ = (V_left + V_right − V) / (2 SE_left SE_right)
 *
 * Against "everyone" and against "all others" have one sign, since ȳ_A − ȳ = (1 − π)(ȳ_A − ȳ_others), and one df; but
 * not one t, as π is an estimate too: the verdict is that of the test against others (METHOD §8.2–8.3). Shares: with
 * `values` of 0 and 1 this is θ, SE and test; their interval is MOVER's with ρ (mover.ts).
 * Null when a side has no valid answer; no interval when df < 1.
 */
export function differenceOfMeans(
  design: Design,
  values: Float64Array,
  left: Int32Array,
  right: Int32Array,
): DifferenceEstimate | null {
  const leftSide = linearise(design, values, left);
  const rightSide = linearise(design, values, right);
  return leftSide && rightSide ? differenceOfSides(design, leftSide, rightSide) : null;
}

/** `differenceOfMeans` of sides already linearised in the same design: everyone is linearised once for many groups. */
export function differenceOfSides(
  design: Design,
  leftSide: LinearisedMean,
  rightSide: LinearisedMean,
): DifferenceEstimate {
  const both = subtract(design, leftSide, rightSide);
  const { variance, understated } = linearisedVariance(design, both);
  const [leftVariance, rightVariance] = [leftSide.variance, rightSide.variance];
  const scale = 2 * Math.sqrt(leftVariance * rightVariance);
  const correlation = scale > 0 ? (leftVariance + rightVariance - variance) / scale : 0;
  const difference = leftSide.mean - rightSide.mean;
  const standardError = Math.sqrt(variance);
  const degreesOfFreedom = designDegreesOfFreedom(design, both.rows) - 1;
  return {
    difference,
    standardError,
    degreesOfFreedom,
    ...studentInterval(difference, standardError, degreesOfFreedom),
    correlation: Math.max(-1, Math.min(1, correlation)),
    understated,
  };
}

/**
 * Difference between two waves that asked different persons, left minus right, with its 95 % interval.
 *
 *   θ = ȳ₁ − ȳ₂,  V = V₁ + V₂                                 METHOD §6.2
 *   df = V² / (V₁²/df₁ + V₂²/df₂)                             Satterthwaite (1946): Welch's test where weights are equal
 *
 * METHOD §6.2 names no df; this one never exceeds df₁ + df₂ and heeds the wave with fewer units. df = df₁ + df₂ where
 * both variances are 0. No interval when either wave has df < 1. Wrong where persons answered in both waves.
 */
export function differenceBetweenWaves(left: MeanEstimate, right: MeanEstimate): DifferenceEstimate {
  const difference = left.mean - right.mean;
  const leftVariance = left.standardError ** 2;
  const rightVariance = right.standardError ** 2;
  const variance = leftVariance + rightVariance;
  const standardError = Math.sqrt(variance);
  const degreesOfFreedom = satterthwaite(left, right);
  return {
    difference,
    standardError,
    degreesOfFreedom,
    ...studentInterval(difference, standardError, degreesOfFreedom),
    correlation: 0,
    understated: left.understated || right.understated,
  };
}

function satterthwaite(left: MeanEstimate, right: MeanEstimate): number {
  if (left.degreesOfFreedom < 1 || right.degreesOfFreedom < 1) return 0;
  const larger = Math.max(left.standardError, right.standardError);
  if (larger === 0) return left.degreesOfFreedom + right.degreesOfFreedom;
  const leftShare = (left.standardError / larger) ** 2;
  const rightShare = (right.standardError / larger) ** 2;
  return (
    (leftShare + rightShare) ** 2 / (leftShare ** 2 / left.degreesOfFreedom + rightShare ** 2 / right.degreesOfFreedom)
  );
}

/** z_left − z_right, one entry a row, in the order of the design. */
function subtract(design: Design, left: Contributions, right: Contributions): Contributions {
  const net = new Float64Array(design.weights.length);
  const takesPart = new Uint8Array(design.weights.length);
  for (let index = 0; index < left.rows.length; index++) {
    net[left.rows[index]!]! += left.z[index]!;
    takesPart[left.rows[index]!] = 1;
  }
  for (let index = 0; index < right.rows.length; index++) {
    net[right.rows[index]!]! -= right.z[index]!;
    takesPart[right.rows[index]!] = 1;
  }
  const rows = new Int32Array(net.length);
  const z = new Float64Array(net.length);
  let count = 0;
  for (let row = 0; row < net.length; row++) {
    if (!takesPart[row]) continue;
    rows[count] = row;
    z[count++] = net[row]!;
  }
  return { rows: rows.slice(0, count), z: z.slice(0, count) };
}
