import { type Design, designShape } from "./design.ts";
import { studentCdf } from "./distributions/student.ts";
import { type Contributions, designDegreesOfFreedom, linearisedVariance } from "./linearised-variance.ts";
import { type LinearisedMean, linearise, type MeanEstimate, studentInterval } from "./mean.ts";
import { replicateVariance } from "./replicate-variance.ts";
import { sum } from "./sum.ts";

export type DifferenceEstimate = {
  difference: number;
  standardError: number;
  degreesOfFreedom: number;
  /** 95 % interval; null where degrees of freedom are below 1. */
  low: number | null;
  high: number | null;
  /** Of no difference, two-sided; null where degrees of freedom are below 1. */
  pValue: number | null;
  /** ρ of the two sides, for the interval of a difference of shares (mover.ts). 0 where a side has no variance. */
  correlation: number;
  understated: boolean;
};

/**
 * Difference of two groups of one wave, left minus right, with its 95 % interval. The groups may overlap or nest.
 *
 *   θ = ȳ_left − ȳ_right,  z = z_left − z_right over all rows of the design, so that their covariance is in V
 *   θ ± t(.975, df) √V,  df = (#units − #strata among the valid rows of both) − 1        METHOD §5.2; R svyttest
 *   p = 2 P(T ≤ −|θ|/√V)
 *   ρ = (V_left + V_right − V) / (2 SE_left SE_right)
 *   with replicate weights: V of the replicates' own differences, df by replicate-degrees.ts, less 1
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
  const difference = leftSide.mean - rightSide.mean;
  const { variance, understated, degreesOfFreedom } = varianceOfDifference(design, leftSide, rightSide);
  const [leftVariance, rightVariance] = [leftSide.variance, rightSide.variance];
  const scale = 2 * Math.sqrt(leftVariance * rightVariance);
  const correlation = scale > 0 ? (leftVariance + rightVariance - variance) / scale : 0;
  const standardError = Math.sqrt(variance);
  const size = Math.max(Math.abs(leftSide.mean), Math.abs(rightSide.mean));
  return {
    difference,
    standardError,
    degreesOfFreedom,
    ...studentInterval(difference, standardError, degreesOfFreedom),
    pValue: differencePValue(difference, standardError, degreesOfFreedom, size),
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
    pValue: differencePValue(
      difference,
      standardError,
      degreesOfFreedom,
      Math.max(Math.abs(left.mean), Math.abs(right.mean)),
    ),
    correlation: 0,
    understated: left.understated || right.understated,
  };
}

/** Two-sided p of no difference. Sides that agree but for rounding differ by nothing: p = 1, whatever their error. */
function differencePValue(
  difference: number,
  standardError: number,
  degreesOfFreedom: number,
  size: number,
): number | null {
  if (degreesOfFreedom < 1) return null;
  if (Math.abs(difference) <= 1e-12 * size) return 1;
  return 2 * studentCdf(-Math.abs(difference) / standardError, degreesOfFreedom);
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

type VarianceOfDifference = { variance: number; understated: boolean; degreesOfFreedom: number };

function varianceOfDifference(design: Design, left: LinearisedMean, right: LinearisedMean): VarianceOfDifference {
  if (designShape(design).simple && !design.replicates) return overRows(design, left, right);
  const both = subtract(left, right);
  const degreesOfFreedom = designDegreesOfFreedom(design, both.rows) - 1;
  if (!design.replicates || !left.replicates || !right.replicates)
    return { ...linearisedVariance(design, both), degreesOfFreedom };
  const differences = left.replicates.map((estimate, replicate) => estimate - right.replicates![replicate]!);
  return { ...replicateVariance(design.replicates, differences, left.mean - right.mean), degreesOfFreedom };
}

/**
 * The same where each row is its own unit, without laying the sides beside each other:
 *
 *   V = f Σ (z_left − z_right)² over the rows of either,  f = n/(n − 1) of linearised-variance.ts; Σ z = 0 on each side
 */
function overRows(design: Design, left: LinearisedMean, right: LinearisedMean): VarianceOfDifference {
  const { factorOfStratum } = designShape(design);
  const { rows, squares } = netSquares(design, left, right);
  return {
    variance: factorOfStratum[design.strata[0]!]! * squares,
    understated: left.understated || right.understated,
    degreesOfFreedom: rows - 2,
  };
}

/** Room for one z a row of a design, made once: all unmarked between uses. */
const room = new WeakMap<Design, { z: Float64Array; marked: Uint8Array }>();
const [NOT_IN, IN_FEW, IN_BOTH] = [0, 1, 2];

/** How many rows stand on either side, and Σ (z_left − z_right)² over them. */
function netSquares(design: Design, left: Contributions, right: Contributions): { rows: number; squares: number } {
  const [few, many] = left.rows.length <= right.rows.length ? [left, right] : [right, left];
  const size = design.weights.length;
  const held = room.get(design) ?? { z: new Float64Array(size), marked: new Uint8Array(size) };
  room.set(design, held);
  for (let index = 0; index < few.rows.length; index++) {
    held.z[few.rows[index]!] = few.z[index]!;
    held.marked[few.rows[index]!] = IN_FEW;
  }
  const squares = new Float64Array(few.rows.length + many.rows.length);
  let rows = 0;
  for (let index = 0; index < many.rows.length; index++) {
    const row = many.rows[index]!;
    const inBoth = held.marked[row] !== NOT_IN;
    squares[rows++] = (inBoth ? held.z[row]! - many.z[index]! : many.z[index]!) ** 2;
    if (inBoth) held.marked[row] = IN_BOTH;
  }
  for (let index = 0; index < few.rows.length; index++) {
    const row = few.rows[index]!;
    if (held.marked[row] === IN_FEW) squares[rows++] = few.z[index]! ** 2;
    held.marked[row] = NOT_IN;
  }
  return { rows, squares: sum(squares.subarray(0, rows)) };
}

/** z_left − z_right, one entry a row, in the order of the design. */
function subtract(left: Contributions, right: Contributions): Contributions {
  const [one, other] = [inOrder(left), inOrder(right)];
  const rows = new Int32Array(one.rows.length + other.rows.length);
  const z = new Float64Array(rows.length);
  let [count, here, there] = [0, 0, 0];
  while (here < one.rows.length || there < other.rows.length) {
    const row = Math.min(one.rows[here] ?? Number.POSITIVE_INFINITY, other.rows[there] ?? Number.POSITIVE_INFINITY);
    let net = 0;
    if (one.rows[here] === row) net += one.z[here++]!;
    if (other.rows[there] === row) net -= other.z[there++]!;
    rows[count] = row;
    z[count++] = net;
  }
  return { rows: rows.slice(0, count), z: z.slice(0, count) };
}

/** The same by ascending row, as groups mostly are already. */
function inOrder(contributions: Contributions): Contributions {
  const { rows, z } = contributions;
  if (rows.every((row, index) => index === 0 || rows[index - 1]! < row)) return contributions;
  const order = Uint32Array.from(rows.keys()).sort((one, other) => rows[one]! - rows[other]!);
  return { rows: Int32Array.from(order, (index) => rows[index]!), z: Float64Array.from(order, (index) => z[index]!) };
}
