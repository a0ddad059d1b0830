import { compensatedSum } from "../statistics/sum.ts";
import { type Bounds, forgetDistances } from "./bounds.ts";
import { createKernel, type Kernel } from "./kernel.ts";
import type { ObservedPoints } from "./observed-points.ts";

/** Points divided into clusters, with what each cluster knows of its members. */
export type Partition = {
  clusters: number;
  /** Cluster of each row; 0 before the first assignment. */
  labels: Int32Array;
  /** μ_cd, row-major by cluster. */
  centroids: Float64Array;
  /** W_cd: weight of the members of c that have d. */
  weightAt: Float64Array;
  /** W_cd when the sums were last made from all members. */
  weightSummed: Float64Array;
  /** How many members of c have d. */
  membersAt: Int32Array;
  /** How many members c has. */
  sizes: Int32Array;
  bounds: Bounds;
  kernel: Kernel;
};

/** Where a cluster has less than this of what it had when its sums were last made, the rounding of what has gone weighs. */
const LITTLE_LEFT = 1 / 2;

/** A partition before anything is assigned. */
export function createPartition(points: ObservedPoints, clusters: number): Partition {
  const cells = clusters * points.dimensions;
  const kernel = createKernel(points, clusters);
  const { labels, near, margin, travelled, closing, faces } = kernel;
  const bounds = { near, margin, travelled, closing, faces, before: new Float64Array(cells) };
  labels.fill(0);
  faces.fill(0);
  forgetDistances(bounds);
  return {
    clusters,
    labels,
    centroids: new Float64Array(cells),
    weightAt: new Float64Array(cells),
    weightSummed: new Float64Array(cells),
    membersAt: new Int32Array(cells),
    sizes: new Int32Array(clusters),
    bounds,
    kernel,
  };
}

/**
 * Sets each centroid to the weighted mean of what its members have.
 *
 *   μ_cd = Σ_{i∈c, d∈O_i} w_i·z_id / W_cd,   W_cd = Σ_{i∈c, d∈O_i} w_i                              METHOD §3.3
 *
 * Where W_cd = 0, μ_cd := 0, the mean of everyone. What was known of distances is forgotten.
 */
export function recentre(partition: Partition, points: ObservedPoints): void {
  sumMembers(partition, points);
  moveCentroids(partition, points);
  forgetDistances(partition.bounds);
}

/** Makes sums, W_cd and sizes anew from the labels, in row order. */
export function sumMembers(partition: Partition, points: ObservedPoints): void {
  partition.kernel.sumRows();
  holdByCoordinate(partition, points);
  partition.weightSummed.set(partition.weightAt);
}

/** Brings sums, W_cd and sizes up to date with the changes of the last assignment. */
export function sumChanged(partition: Partition, points: ObservedPoints, changes: number): void {
  const { kernel, weightAt, weightSummed } = partition;
  kernel.sumChanges(changes);
  holdByCoordinate(partition, points);
  for (let at = 0; at < weightAt.length; at++) {
    if (weightAt[at]! < LITTLE_LEFT * weightSummed[at]!) {
      sumMembers(partition, points);
      return;
    }
  }
}

/** W_cd and members by coordinate, from what the clusters hold by pattern. */
function holdByCoordinate({ clusters, kernel, weightAt, membersAt, sizes }: Partition, points: ObservedPoints): void {
  const { dimensions, width, masks, observedCount } = points;
  const { heavy, many } = kernel;
  const patterns = observedCount.length;
  weightAt.fill(0);
  membersAt.fill(0);
  sizes.fill(0);
  for (let cluster = 0, cell = 0; cluster < clusters; cluster++) {
    for (let pattern = 0; pattern < patterns; pattern++, cell++) {
      const members = many[cell]!;
      if (members === 0) continue;
      sizes[cluster]! += members;
      for (let d = 0; d < dimensions; d++) {
        const seen = masks[pattern * width + d]!;
        weightAt[cluster * dimensions + d]! += heavy[cell]! * seen;
        membersAt[cluster * dimensions + d]! += members * seen;
      }
    }
  }
}

/** Moves the centroids to the means of their members: μ_cd of the sums; 0 where no member has d. */
export function moveCentroids({ centroids, kernel, weightAt, membersAt }: Partition, points: ObservedPoints): void {
  const { dimensions, width } = points;
  for (let at = 0; at < centroids.length; at++) {
    const d = at % dimensions;
    const sum = kernel.sums[((at - d) / dimensions) * width + d]!;
    centroids[at] = membersAt[at] === 0 ? 0 : sum / weightAt[at]!;
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
 * The same sum without looking at the rows, where the centroids are the means of their members:
 *
 *   Σ_i w_i Σ_{d∈O_i} z_id² − Σ_cd W_cd·μ_cd²                                             Huygens & Steiner
 *
 * It loses digits where the clusters are tight, so it sorts out starts that are clearly worse and settles nothing.
 */
export function roughWithinSum({ centroids, weightAt }: Partition, points: ObservedPoints): number {
  let between = 0;
  for (let at = 0; at < centroids.length; at++) between += weightAt[at]! * centroids[at]! * centroids[at]!;
  return points.squares - between;
}

/**
 * Squared distance of a row to the centroid that starts at `from`, over the coordinates that the row has:
 * Σ_{d∈O_i} (z_id − μ_d)².
 */
export function squaredDistance(points: ObservedPoints, row: number, centroids: Float64Array, from: number): number {
  const { dimensions, width, values, pattern, masks } = points;
  const start = row * width;
  const mask = pattern[row]! * width;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = (values[start + d]! - centroids[from + d]!) * masks[mask + d]!;
    sum += difference * difference;
  }
  return sum;
}
