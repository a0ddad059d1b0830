import { completeRows, sampleRows } from "./complete-rows.ts";
import type { Random } from "./random.ts";

export type SilhouetteQuestion = {
  /** Row-major points, NaN = missing. */
  points: Float64Array;
  dimensions: number;
  /** Cluster of each row, 0 … k − 1. */
  labels: Int32Array;
  random: Random;
  /** At most this many complete rows are compared with each other. */
  mostRows?: number;
};

const MOST_ROWS = 3000;

/**
 * Mean silhouette: how much nearer the points are to their own cluster than to the next one.
 *
 *   s(i) = (b − a)/max(a, b),  a = mean Euclidean distance to the others of the own cluster,
 *                              b = least mean distance to another cluster                   Rousseeuw (1987)
 *
 * −1 … 1. Complete rows only, unweighted; of more than 3 000 a sample without replacement, drawn with `random`. The only
 * member of a cluster has s = 0, as has a point with a = b = 0. Null where fewer than two clusters have a complete row.
 * One seed draws the same rows whatever the labels, so that different k are judged by the same people.
 */
export function meanSilhouette({
  points,
  dimensions,
  labels,
  random,
  mostRows = MOST_ROWS,
}: SilhouetteQuestion): number | null {
  const rows = sampleRows(completeRows(points, dimensions), mostRows, random);
  const clusters = rows.reduce((most, row) => Math.max(most, labels[row]! + 1), 0);
  const sizes = new Int32Array(clusters);
  for (const row of rows) sizes[labels[row]!]!++;
  if (sizes.filter((size) => size > 0).length < 2) return null;

  const toClusters = distancesToClusters(rows, { points, dimensions, labels }, clusters);
  let sum = 0;
  for (let index = 0; index < rows.length; index++) {
    const distances = toClusters.subarray(index * clusters, (index + 1) * clusters);
    sum += silhouetteOf(distances, sizes, labels[rows[index]!]!);
  }
  return sum / rows.length;
}

function silhouetteOf(distances: Float64Array, sizes: Int32Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const within = distances[own]! / (sizes[own]! - 1);
  let between = Number.POSITIVE_INFINITY;
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    if (cluster === own || sizes[cluster] === 0) continue;
    between = Math.min(between, distances[cluster]! / sizes[cluster]!);
  }
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}

/** Sum of the distances of each row to all rows of each cluster, row-major. */
function distancesToClusters(
  rows: Int32Array,
  { points, dimensions, labels }: { points: Float64Array; dimensions: number; labels: Int32Array },
  clusters: number,
): Float64Array {
  const sums = new Float64Array(rows.length * clusters);
  for (let i = 0; i < rows.length; i++) {
    const left = rows[i]! * dimensions;
    const ownCluster = labels[rows[i]!]!;
    for (let j = 0; j < i; j++) {
      const right = rows[j]! * dimensions;
      let square = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = points[left + d]! - points[right + d]!;
        square += difference * difference;
      }
      const distance = Math.sqrt(square);
      sums[i * clusters + labels[rows[j]!]!]! += distance;
      sums[j * clusters + ownCluster]! += distance;
    }
  }
  return sums;
}
