import { compensatedSum } from "./sum.ts";

/** Columns over the same rows, each about its weighted mean, and how they vary together. */
export type WeightedSpread = {
  /** The rows of the design that stand here, and how many columns. */
  rows: Int32Array;
  columns: number;
  means: Float64Array;
  /** Row by row: value less the column's mean. */
  centred: Float64Array;
  /** columns × columns, row-major. */
  covariances: Float64Array;
};

/**
 * Weighted covariances of columns over the rows in which all of them are valid.
 *
 *   x̄_j = Σ w x_j / W,   s_jk = Σ w (x_j − x̄_j)(x_k − x̄_k) / W,   W = Σ w             divisor W, as R's cov.wt(…, "ML")
 *
 * Two passes, in the order of `rows`. RangeError: no rows, a row without a finite value in some column.
 */
export function weightedSpread(
  columns: readonly Float64Array[],
  weights: Float64Array,
  rows: Int32Array,
): WeightedSpread {
  if (rows.length === 0) throw new RangeError("no rows have no mean");
  const count = columns.length;
  const total = compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  const means = Float64Array.from(columns, (column) => {
    const mean = compensatedSum(rows.length, (index) => weights[rows[index]!]! * column[rows[index]!]!) / total;
    if (!Number.isFinite(mean)) throw new RangeError("every row given has a finite value in every column");
    return mean;
  });
  const centred = new Float64Array(rows.length * count);
  for (let index = 0; index < rows.length; index++)
    for (let j = 0; j < count; j++) centred[index * count + j] = columns[j]![rows[index]!]! - means[j]!;
  const covariances = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    for (let k = 0; k <= j; k++) {
      const products = compensatedSum(
        rows.length,
        (index) => weights[rows[index]!]! * centred[index * count + j]! * centred[index * count + k]!,
      );
      covariances[j * count + k] = products / total;
      covariances[k * count + j] = products / total;
    }
  }
  return { rows, columns: count, means, centred, covariances };
}

/**
 * The same columns over the same rows by other weights, 0 or more, as resampled and replicate designs have them.
 *
 *   d_j = Σ w c_j / W,   s_jk = Σ w c_j c_k / W − d_j d_k,   c = what `centred` holds
 *
 * Made very many times, hence in one pass and by plain sums: what is squared is already about a mean nearby. Null where
 * the weights leave nobody.
 */
export function reweighted(spread: WeightedSpread, weights: Float64Array): WeightedSpread | null {
  const { rows, columns, centred } = spread;
  const shifts = new Float64Array(columns);
  const covariances = new Float64Array(columns * columns);
  let total = 0;
  for (let index = 0; index < rows.length; index++) {
    const weight = weights[rows[index]!]!;
    if (weight === 0) continue;
    total += weight;
    const from = index * columns;
    for (let j = 0; j < columns; j++) {
      const part = weight * centred[from + j]!;
      shifts[j]! += part;
      for (let k = 0; k <= j; k++) covariances[j * columns + k]! += part * centred[from + k]!;
    }
  }
  if (!(total > 0)) return null;
  for (let j = 0; j < columns; j++) shifts[j]! /= total;
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      const covariance = covariances[j * columns + k]! / total - shifts[j]! * shifts[k]!;
      covariances[j * columns + k] = covariance;
      covariances[k * columns + j] = covariance;
    }
  }
  return { rows, columns, centred, covariances, means: spread.means.map((mean, j) => mean + shifts[j]!) };
}

/**
 * Correlations of the columns, columns × columns, row-major.
 *
 *   r_jk = s_jk / √(s_jj s_kk)
 *
 * Null where a column does not vary but for rounding: s_jj ≤ (10⁻¹⁰ x̄_j)².
 */
export function correlationsOf({ columns, means, covariances }: WeightedSpread): Float64Array | null {
  const deviations = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    const variance = covariances[j * columns + j]!;
    if (!(variance > (1e-10 * means[j]!) ** 2)) return null;
    deviations[j] = Math.sqrt(variance);
  }
  return covariances.map((covariance, at) => {
    const [j, k] = [Math.floor(at / columns), at % columns];
    return j === k ? 1 : Math.max(-1, Math.min(1, covariance / (deviations[j]! * deviations[k]!)));
  });
}
