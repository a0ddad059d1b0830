import { eigenOfSymmetric } from "../segmentation/correlation.ts";
import { correlationsOf, type WeightedSpread } from "./weighted-covariance.ts";

/** Inverse of the columns' correlations, columns × columns, row-major. */
export type PrecisionMatrix = {
  columns: number;
  inverse: Float64Array;
  /** Largest eigenvalue of the correlations over the smallest. */
  conditionNumber: number;
};

/** A column left out: it does not vary, or it follows so nearly from the others that what is its own is noise. */
export type DroppedColumn = {
  column: number;
  reason: "no-variance" | "follows-from-others";
  /** How many times its variance is inflated; null where it has none. */
  varianceInflation: number | null;
};

/** METHOD §4.8. */
const GREATEST_CONDITION = 1000;
/** An eigenvalue below this is rounding. */
const LEAST_EIGENVALUE = 1e-15;
/** Inflations as near as this count as equal. */
const EQUAL = 1e-6;

/**
 * The columns that can be told apart, and those left out.
 *
 *   while λ_max/λ_min of the correlations > 1,000: leave out the column of the largest VIF_j = (R⁻¹)_jj   METHOD §4.8
 *
 * First those that do not vary but for rounding. Of equal inflations the last column goes, as of two copies.
 */
export function separableColumns(spread: WeightedSpread): { kept: number[]; dropped: DroppedColumn[] } {
  const dropped: DroppedColumn[] = [];
  let kept: number[] = [];
  for (let column = 0; column < spread.columns; column++) {
    if (correlationsOf(chosen(spread, [column]))) kept.push(column);
    else dropped.push({ column, reason: "no-variance", varianceInflation: null });
  }
  while (kept.length > 1) {
    const { inverse, conditionNumber, columns } = precisionOf(chosen(spread, kept))!;
    if (conditionNumber <= GREATEST_CONDITION) break;
    const inflations = kept.map((_, place) => inverse[place * columns + place]!);
    const largest = Math.max(...inflations);
    const place = inflations.findLastIndex((inflation) => inflation >= largest * (1 - EQUAL));
    const column = kept[place]!;
    dropped.push({ column, reason: "follows-from-others", varianceInflation: inflations[place]! });
    kept = kept.filter((other) => other !== column);
  }
  return { kept, dropped };
}

/**
 * Inverse of the correlations by their eigenvalues, and how near they are to having none.
 *
 *   R = Σ λ v vᵀ,   R⁻¹ = Σ v vᵀ/max(λ, 1e-15),   κ = λ_max/max(λ_min, 1e-15)
 *
 * Correlations and not covariances, so that the scale of a column is no matter. Null where a column does not vary.
 */
export function precisionOf(spread: WeightedSpread): PrecisionMatrix | null {
  const correlations = correlationsOf(spread);
  if (correlations === null) return null;
  const { columns } = spread;
  const { values, vectors } = eigenOfSymmetric(correlations, columns);
  const lifted = values.map((value) => Math.max(value, LEAST_EIGENVALUE));
  const inverse = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++)
    for (let k = 0; k < columns; k++)
      for (let at = 0; at < columns; at++)
        inverse[j * columns + k]! += (vectors[j * columns + at]! * vectors[k * columns + at]!) / lifted[at]!;
  return { columns, inverse, conditionNumber: Math.max(...lifted) / Math.min(...lifted) };
}

/** Means and covariances of some columns; `centred` stays behind. */
function chosen({ rows, columns, means, covariances }: WeightedSpread, some: readonly number[]): WeightedSpread {
  return {
    rows,
    columns: some.length,
    means: Float64Array.from(some, (column) => means[column]!),
    centred: new Float64Array(0),
    covariances: Float64Array.from(some.flatMap((j) => some.map((k) => covariances[j * columns + k]!))),
  };
}
