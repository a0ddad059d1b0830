import { type Design, designShape, effectiveSampleSize } from "./design.ts";
import { criticalStudent } from "./distributions/student.ts";
import { type Contributions, designDegreesOfFreedom, linearisedVariance } from "./linearised-variance.ts";
import { replicateMeans, replicateVariance } from "./replicate-variance.ts";
import { sum } from "./sum.ts";

export type MeanEstimate = {
  /** Unweighted number of valid answers. */
  n: number;
  /** W: their weights together. */
  weight: number;
  effectiveSampleSize: number;
  mean: number;
  standardError: number;
  degreesOfFreedom: number;
  /** 95 % interval; null where degrees of freedom are below 1. */
  low: number | null;
  high: number | null;
  /** A stratum of one unit hides some variance. */
  understated: boolean;
};

/**
 * Weighted mean of a group with its 95 % interval.
 *
 *   ȳ = Σ w y / W,  W = Σ w        over the group's valid answers
 *   z = w (y − ȳ)/W for these, 0 for every other row of the design;  V by linearised-variance.ts
 *   ȳ ± t(.975, df) √V,  df = #units − #strata among the valid rows          METHOD §2.2; R survey, svymean
 *   with replicate weights: V by replicate-variance.ts, df by replicate-degrees.ts
 *
 * `values` has one entry per design row, NaN = missing; `members` are the group's rows, each once, in a fixed order.
 * Null when no member has a valid answer; no interval when df < 1.
 */
export function weightedMean(design: Design, values: Float64Array, members: Int32Array): MeanEstimate | null {
  const linearised = linearise(design, values, members);
  return linearised && estimateOf(design, linearised);
}

/** `weightedMean` of a group already linearised. */
export function estimateOf(design: Design, linearised: LinearisedMean): MeanEstimate {
  const standardError = Math.sqrt(linearised.variance);
  const degreesOfFreedom = designDegreesOfFreedom(design, linearised.rows);
  return {
    n: linearised.rows.length,
    weight: linearised.weight,
    effectiveSampleSize: effectiveSampleSize(linearised.weights),
    mean: linearised.mean,
    standardError,
    degreesOfFreedom,
    ...studentInterval(linearised.mean, standardError, degreesOfFreedom),
    understated: linearised.understated,
  };
}

/** The mean of a group taken apart: which rows stand behind it, and how much each moves it. */
export type LinearisedMean = Contributions & {
  mean: number;
  weight: number;
  weights: Float64Array;
  /** Of the mean. */
  variance: number;
  understated: boolean;
  /** The same mean by each replicate's weights, where the design has them; NaN where a replicate leaves none. */
  replicates?: Float64Array;
};

/**
 * Linearises a weighted mean: ȳ = Σ w y / W and z = w (y − ȳ)/W of the valid rows (METHOD §2.2).
 *
 * Null when no member has a valid answer. RangeError: a column that is not as long as the design, a row it lacks, an
 * infinite answer.
 */
export function linearise(design: Design, values: Float64Array, members: Int32Array): LinearisedMean | null {
  if (values.length !== design.weights.length) throw new RangeError("values have one entry per row of the design");
  const rows = validRows(values, members);
  if (rows.length === 0) return null;
  const weights = new Float64Array(rows.length);
  const products = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    weights[index] = design.weights[rows[index]!]!;
    products[index] = weights[index]! * values[rows[index]!]!;
  }
  const weight = sum(weights);
  const mean = sum(products) / weight;
  if (!Number.isFinite(mean)) throw new RangeError("answers are finite, or NaN where missing");
  const z = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++)
    z[index] = (weights[index]! * (values[rows[index]!]! - mean)) / weight;
  if (!design.replicates) return { rows, z, mean, weight, weights, ...linearisedVariance(design, { rows, z }) };
  designShape(design); // refuses replicates that do not fit the rows
  const replicates = replicateMeans(design.replicates, values, rows);
  const variance = replicateVariance(design.replicates, replicates, mean);
  return { rows, z, mean, weight, weights, replicates, ...variance };
}

/**
 * Student's 95 % interval of an estimate: θ ± t(.975, df)·SE. Two nulls when df < 1.
 */
export function studentInterval(
  estimate: number,
  standardError: number,
  degreesOfFreedom: number,
): { low: number; high: number } | { low: null; high: null } {
  if (degreesOfFreedom < 1) return { low: null, high: null };
  const reach = criticalStudent(degreesOfFreedom) * standardError;
  return { low: estimate - reach, high: estimate + reach };
}

function validRows(values: Float64Array, members: Int32Array): Int32Array {
  const rows = new Int32Array(members.length);
  let valid = 0;
  for (let index = 0; index < members.length; index++) {
    const row = members[index]!;
    if (row < 0 || row >= values.length) throw new RangeError(`member ${row} is no row of the design`);
    if (!Number.isNaN(values[row]!)) rows[valid++] = row;
  }
  return rows.slice(0, valid);
}
