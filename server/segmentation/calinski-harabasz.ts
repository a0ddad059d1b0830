import { compensatedSum } from "../statistics/sum.ts";
import { completeRows } from "./complete-rows.ts";

export type CalinskiHarabaszQuestion = {
  /** Row-major points, NaN = missing. */
  points: Float64Array;
  dimensions: number;
  /** Cluster of each row, 0 … k − 1. */
  labels: Int32Array;
  clusters: number;
};

/**
 * Calinski & Harabasz's index: how far apart the clusters lie, beside how spread they are. Higher is more separate; it has
 * no scale of its own and is shown for information only.
 *
 *   CH = (B/(k − 1)) / (V/(n − k)),   B = Σ_c n_c·‖μ_c − μ‖²,   V = Σ_i ‖z_i − μ_c(i)‖²         Calinski & Harabasz (1974)
 *
 * Complete rows only, n of them, unweighted as the silhouette is. Clusters without a complete row do not count in k. Null
 * where fewer than two clusters have one, where n = k, or where V = 0.
 */
export function calinskiHarabasz(question: CalinskiHarabaszQuestion): number | null {
  const { points, dimensions, labels, clusters } = question;
  const rows = completeRows(points, dimensions);
  const sizes = new Int32Array(clusters);
  for (const row of rows) sizes[labels[row]!]!++;
  const held = sizes.filter((size) => size > 0).length;
  if (held < 2 || rows.length === held) return null;
  let between = 0;
  let within = 0;
  for (let d = 0; d < dimensions; d++) {
    const coordinate = (row: number) => points[row * dimensions + d]!;
    const means = new Float64Array(clusters);
    for (const row of rows) means[labels[row]!]! += coordinate(row) / sizes[labels[row]!]!;
    const middle = compensatedSum(rows.length, (index) => coordinate(rows[index]!)) / rows.length;
    between += compensatedSum(clusters, (cluster) => sizes[cluster]! * (means[cluster]! - middle) ** 2);
    within += compensatedSum(rows.length, (index) => (coordinate(rows[index]!) - means[labels[rows[index]!]!]!) ** 2);
  }
  return within > 0 ? between / (held - 1) / (within / (rows.length - held)) : null;
}
