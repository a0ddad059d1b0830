import { readFileSync } from "node:fs";
import type { DimensionId } from "../../data/contracts/names.ts";
import type { DimensionScores } from "../../server/segmentation/standardise.ts";

/** A fixture of tests/reference: numbers made by another program. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8")) as T;
}

/** Rows of numbers as row-major points; null = missing. */
export function toPoints(rows: readonly (readonly (number | null)[])[]): Float64Array {
  return Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
}

export type ScoreTable = Partial<Record<DimensionId, (number | null)[]>>;

/** A column-wise table as scores by dimension. */
export function toScores(table: ScoreTable): DimensionScores[] {
  return Object.entries(table).map(([dimension, values]) => ({
    dimension: dimension as DimensionId,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
  }));
}

/** A seed of 64 hexadecimal characters, as SHA-256 gives. */
export function seed(number: number): string {
  return (number + 1).toString(16).padStart(8, "0").repeat(8);
}

/** z-scores with the weighted (or plain) mean and ML standard deviation. */
export function standardisedRows(rows: readonly (readonly number[])[], weights: ArrayLike<number>): Float64Array {
  const dimensions = rows[0]!.length;
  const points = new Float64Array(rows.length * dimensions);
  const total = rows.reduce((sum, _, row) => sum + weights[row]!, 0);
  for (let d = 0; d < dimensions; d++) {
    const mean = rows.reduce((sum, values, row) => sum + weights[row]! * values[d]!, 0) / total;
    const variance = rows.reduce((sum, values, row) => sum + weights[row]! * (values[d]! - mean) ** 2, 0) / total;
    rows.forEach((values, row) => {
      points[row * dimensions + d] = (values[d]! - mean) / Math.sqrt(variance);
    });
  }
  return points;
}

export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return Array.from(left).reduce((most, value, at) => Math.max(most, Math.abs(value - right[at]!)), 0);
}
