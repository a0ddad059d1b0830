import { completeRows } from "./complete-rows.ts";

export type CalinskiHarabaszQuestion = {
  /** Row-major points, NaN = missing. */
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  /** Cluster of each row, 0 … k − 1. */
  labels: Int32Array;
  clusters: number;
};

/**
 * Calinski & Harabasz's index: how far apart the clusters lie, beside how spread they are. Higher is more separate; it has
 * no scale of its own and is shown for information only.
 *
 *   CH = (B/(k − 1)) / (V/(n − k)),   B = Σ_c W_c·‖μ_c − μ‖²,   V = Σ_i w_i·‖z_i − μ_c(i)‖²      Calinski & Harabasz (1974)
 *
 * Complete rows only, n of them, with their weights (all equal: the textbook's). Clusters without a complete row do not
 * count in k. Null where fewer than two clusters have one, where n = k, or where V = 0.
 */
export function calinskiHarabasz({
  points,
  weights,
  dimensions,
  labels,
  clusters,
}: CalinskiHarabaszQuestion): number | null {
  const rows = completeRows(points, dimensions);
  const totals = new Float64Array(clusters);
  const means = new Float64Array(clusters * dimensions);
  const middle = new Float64Array(dimensions);
  let total = 0;
  for (const row of rows) {
    const weight = weights[row]!;
    total += weight;
    totals[labels[row]!]! += weight;
    for (let d = 0; d < dimensions; d++) {
      const part = weight * points[row * dimensions + d]!;
      means[labels[row]! * dimensions + d]! += part;
      middle[d]! += part;
    }
  }
  for (let at = 0; at < means.length; at++) means[at]! /= totals[Math.floor(at / dimensions)]! || 1;
  for (let d = 0; d < dimensions; d++) middle[d]! /= total;
  const held = totals.filter((weight) => weight > 0).length;
  let between = 0;
  for (let at = 0; at < means.length; at++) {
    const cluster = Math.floor(at / dimensions);
    between += totals[cluster]! * (means[at]! - middle[at % dimensions]!) ** 2;
  }
  let within = 0;
  for (const row of rows) {
    for (let d = 0; d < dimensions; d++) {
      within += weights[row]! * (points[row * dimensions + d]! - means[labels[row]! * dimensions + d]!) ** 2;
    }
  }
  if (held < 2 || rows.length <= held || !(within > 0)) return null;
  return between / (held - 1) / (within / (rows.length - held));
}
