import { compensatedSum } from "../statistics/sum.ts";
import type { ObservedPoints } from "./observed-points.ts";

/** Points divided into clusters, with what each cluster knows of its members. */
export type Partition = {
  clusters: number;
  /** Cluster of each row, −1 before the first assignment. */
  labels: Int32Array;
  /** μ_cd, row-major by cluster. */
  centroids: Float64Array;
  /** W_cd: weight of the members of c that have d. */
  weightAt: Float64Array;
  /** How many members of c have d. */
  membersAt: Int32Array;
  /** How many members c has. */
  sizes: Int32Array;
};

/** A partition before anything is assigned. */
export function createPartition(rows: number, dimensions: number, clusters: number): Partition {
  return {
    clusters,
    labels: new Int32Array(rows).fill(-1),
    centroids: new Float64Array(clusters * dimensions),
    weightAt: new Float64Array(clusters * dimensions),
    membersAt: new Int32Array(clusters * dimensions),
    sizes: new Int32Array(clusters),
  };
}

/**
 * Sets each centroid to the weighted mean of what its members have.
 *
 *   μ_cd = Σ_{i∈c, d∈O_i} w_i·z_id / W_cd,   W_cd = Σ_{i∈c, d∈O_i} w_i                              METHOD §3.3
 *
 * Where W_cd = 0, μ_cd := 0, the mean of everyone. Every row must have a label.
 */
export function recentre(partition: Partition, points: ObservedPoints): void {
  const { labels, centroids, weightAt, membersAt, sizes } = partition;
  const { rows, dimensions, values, observed, weights } = points;
  centroids.fill(0);
  weightAt.fill(0);
  membersAt.fill(0);
  sizes.fill(0);
  for (let row = 0; row < rows; row++) {
    const cluster = labels[row]!;
    const weight = weights[row]!;
    const from = row * dimensions;
    const to = cluster * dimensions;
    sizes[cluster]!++;
    for (let d = 0; d < dimensions; d++) {
      const seen = observed[from + d]!;
      centroids[to + d]! += weight * values[from + d]!;
      weightAt[to + d]! += weight * seen;
      membersAt[to + d]! += seen;
    }
  }
  for (let at = 0; at < centroids.length; at++) {
    if (membersAt[at] !== 0) centroids[at]! /= weightAt[at]!;
  }
}

/**
 * What k-means makes small: the weighted squared distance of the points to the centroids of their clusters, over what is
 * observed.
 *
 *   Σ_i w_i Σ_{d∈O_i} (z_id − μ_{c(i)d})²                          METHOD §3.3; k-POD, Chi, Chi & Baraniuk (2016)
 *
 * The partial distance is not rescaled by |O_i|. Summed in row order with compensation.
 */
export function withinSum(partition: Partition, points: ObservedPoints): number {
  const { labels, centroids } = partition;
  const { dimensions, weights } = points;
  return compensatedSum(points.rows, (row) => {
    return weights[row]! * squaredDistance(points, row, centroids, labels[row]! * dimensions);
  });
}

/**
 * Squared distance of a row to the centroid that starts at `from`, over the coordinates that the row has:
 * Σ_{d∈O_i} (z_id − μ_d)².
 */
export function squaredDistance(points: ObservedPoints, row: number, centroids: Float64Array, from: number): number {
  const { dimensions, values, observed } = points;
  const start = row * dimensions;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = (values[start + d]! - centroids[from + d]!) * observed[start + d]!;
    sum += difference * difference;
  }
  return sum;
}
