import type { DimensionId } from "../../data/contracts/names.ts";
import { compensatedSum } from "../statistics/sum.ts";

/** One dimension's scores, 0–100, a row each; NaN = no valid score. */
export type DimensionScores = { dimension: DimensionId; values: Float64Array };

/** A usable dimension with the weighted mean and standard deviation that its scores are measured by. */
export type UsableDimension = { dimension: DimensionId; mean: number; deviation: number };

export type LeftOutReason = "few-valid" | "constant" | "coarse" | "absent";
export type LeftOutDimension = { dimension: DimensionId; reason: LeftOutReason };

export type Standardised = {
  /** z-scores, row-major: row i, dimension d stands at i·D + d. NaN = missing. */
  points: Float64Array;
  dimensions: number;
  /** The rows with enough dimensions, in row order. */
  enough: Int32Array;
};

const LEAST_VALID_SHARE = 0.6;
const LEAST_DISTINCT_VALUES = 5;
const GREATEST_SHARE_OF_ONE_VALUE = 0.6;
/** Scores nearer to each other than this are one value: the same answers summed in another order. */
const SAME_VALUE = 1e-9;

/** Fewer usable dimensions than this: no segmentation and no summary index (METHOD §0.1). */
export const FEWEST_DIMENSIONS = 5;

/**
 * How many of the D usable dimensions a person must have: ⌈0.75·D⌉ (METHOD §0.1).
 */
export function neededDimensions(usable: number): number {
  return Math.ceil(0.75 * usable);
}

/**
 * Which dimensions can carry a segmentation, with what their scores are standardised by, and why the others cannot.
 *
 *   m = Σ w·s / W,   σ = √(Σ w·(s − m)² / W),   W = Σ w, over the rows with a valid score      METHOD §0.1, §3.2
 *
 * Left out, the first that applies: `absent` no valid score; `few-valid` fewer than 60 % of the rows valid; `constant`
 * one value, so σ = 0; `coarse` fewer than 5 values, or one value held by more than 60 % of the valid rows.
 * Shares count rows, not weights. The order of `scores` is kept. `subjective` is the outcome and never an input;
 * a weight ≤ 0, or as many weights as there are not scores, is a caller's mistake (RangeError).
 */
export function usableDimensions(
  scores: readonly DimensionScores[],
  weights: Float64Array,
): { usable: UsableDimension[]; leftOut: LeftOutDimension[] } {
  if (!weights.every((weight) => weight > 0)) throw new RangeError("weights are above 0");
  const usable: UsableDimension[] = [];
  const leftOut: LeftOutDimension[] = [];
  for (const { dimension, values } of scores) {
    if (dimension === "subjective") throw new RangeError("subjective is the outcome, never an input");
    if (values.length !== weights.length) throw new RangeError(`${dimension}: one score a weight`);
    const reason = reasonToLeaveOut(values);
    if (reason === null) usable.push({ dimension, ...weightedMoments(values, weights) });
    else leftOut.push({ dimension, reason });
  }
  return { usable, leftOut };
}

/**
 * Scores as z = (s − m_d)/σ_d, and which rows have at least ⌈0.75·D⌉ of them (METHOD §3.2).
 *
 * The columns stand in the order of `usable`; a dimension that `scores` lacks is missing for every row (a later wave
 * that did not ask it). D = 0 gives no points, and no row has enough.
 */
export function standardise(scores: readonly DimensionScores[], usable: readonly UsableDimension[]): Standardised {
  const rows = scores[0]?.values.length ?? 0;
  const dimensions = usable.length;
  const points = new Float64Array(rows * dimensions).fill(Number.NaN);
  const valid = new Int32Array(rows);
  usable.forEach(({ dimension, mean, deviation }, column) => {
    const values = scores.find((score) => score.dimension === dimension)?.values;
    if (values === undefined) return;
    if (values.length !== rows) throw new RangeError(`${dimension}: as many scores as the other dimensions`);
    for (let row = 0; row < rows; row++) {
      const z = (values[row]! - mean) / deviation;
      points[row * dimensions + column] = z;
      if (!Number.isNaN(z)) valid[row]!++;
    }
  });
  const needed = neededDimensions(dimensions);
  const enough = Int32Array.from(valid.keys()).filter((row) => dimensions > 0 && valid[row]! >= needed);
  return { points, dimensions, enough };
}

/**
 * The points of some rows, in the order of `rows`: what `kMeans` is given are the rows with enough dimensions.
 */
export function pointsOfRows({ points, dimensions }: Standardised, rows: Int32Array): Float64Array {
  const chosen = new Float64Array(rows.length * dimensions);
  rows.forEach((row, index) => {
    chosen.set(points.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
  });
  return chosen;
}

function reasonToLeaveOut(values: Float64Array): LeftOutReason | null {
  const held = new Map<number, number>();
  let valid = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    valid++;
    const key = Math.round(value / SAME_VALUE);
    held.set(key, (held.get(key) ?? 0) + 1);
  }
  if (valid === 0) return "absent";
  if (valid < LEAST_VALID_SHARE * values.length) return "few-valid";
  if (held.size === 1) return "constant";
  const most = Math.max(...held.values());
  if (held.size < LEAST_DISTINCT_VALUES || most > GREATEST_SHARE_OF_ONE_VALUE * valid) return "coarse";
  return null;
}

function weightedMoments(values: Float64Array, weights: Float64Array): { mean: number; deviation: number } {
  const rows = values.length;
  const present = (row: number) => !Number.isNaN(values[row]!);
  const total = compensatedSum(rows, (row) => (present(row) ? weights[row]! : 0));
  const mean = compensatedSum(rows, (row) => (present(row) ? weights[row]! * values[row]! : 0)) / total;
  const squares = compensatedSum(rows, (row) => {
    const difference = present(row) ? values[row]! - mean : 0;
    return weights[row]! * difference * difference;
  });
  return { mean, deviation: Math.sqrt(squares / total) };
}
