import { lloyd } from "./lloyd.ts";
import { type ObservedPoints, observePoints } from "./observed-points.ts";
import { createPartition, type Partition, recentre, withinSum } from "./partition.ts";
import { movePoints } from "./point-moves.ts";
import type { Random } from "./random.ts";
import { rowsToSeedFrom, seedCentroids } from "./seed-centroids.ts";

export type KMeansQuestion = {
  /** z-scores, row-major, NaN = missing. Rows in canonical order (METHOD §0). */
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  clusters: number;
  random: Random;
  starts?: number;
};

export type KMeansSolution = {
  /** Cluster of each row: 0 … k − 1, numbered in the lexicographic order of their centroids. */
  labels: Int32Array;
  /** μ_cd, row-major by cluster. */
  centroids: Float64Array;
  objective: number;
};

const STARTS = 100;

/**
 * Weighted k-means over what is observed: the division into k clusters with the smallest
 *
 *   Σ_i w_i Σ_{d∈O_i} (z_id − μ_{c(i)d})²,   μ_cd = weighted mean of the members that have d, 0 where none has
 *
 * Each start: k-means++ seeds, Lloyd, point moves, Lloyd again. Of all starts (100) the lowest objective wins; of equal
 * ones the lexicographically smallest centroids. Missing coordinates are left out and partial distances never rescaled.
 * The same rows, weights and seed give the same bits. Every cluster has a member.
 *
 * Refused (RangeError): k < 1, fewer rows than k, fewer than one start, and what `observePoints` refuses.
 * Source: METHOD §3.3; Lloyd (1982), Arthur & Vassilvitskii (2007), Chi, Chi & Baraniuk (2016).
 */
export function kMeans({
  points,
  weights,
  dimensions,
  clusters,
  random,
  starts = STARTS,
}: KMeansQuestion): KMeansSolution {
  const observed = observePoints(points, weights, dimensions);
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= observed.rows)) {
    throw new RangeError("clusters are at least 1 and at most as many as rows");
  }
  if (!(starts >= 1)) throw new RangeError("at least one start");
  const candidates = rowsToSeedFrom(observed, clusters);
  let best: KMeansSolution | null = null;
  for (let start = 0; start < starts; start++) {
    const partition = createPartition(observed.rows, dimensions, clusters);
    seedCentroids(partition.centroids, observed, candidates, random);
    lloyd(partition, observed);
    if (movePoints(partition, observed) > 0) {
      recentre(partition, observed);
      lloyd(partition, observed);
    }
    const solution = inCentroidOrder(partition, observed);
    if (best === null || isBetter(solution, best)) best = solution;
  }
  return best!;
}

function isBetter(one: KMeansSolution, other: KMeansSolution): boolean {
  if (one.objective !== other.objective) return one.objective < other.objective;
  for (let at = 0; at < one.centroids.length; at++) {
    if (one.centroids[at] !== other.centroids[at]) return one.centroids[at]! < other.centroids[at]!;
  }
  return false;
}

/**
 * The partition with its clusters numbered by centroid, lexicographically, of equal centroids by first member; centroids and
 * objective are made anew from the labels, so that one division has one set of bits, whatever start found it.
 */
function inCentroidOrder(partition: Partition, points: ObservedPoints): KMeansSolution {
  const { clusters, labels } = partition;
  const { dimensions } = points;
  recentre(partition, points);
  const firstMember = Array.from({ length: clusters }, (_, cluster) => labels.indexOf(cluster));
  const order = Array.from({ length: clusters }, (_, cluster) => cluster).sort((left, right) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = partition.centroids[left * dimensions + d]! - partition.centroids[right * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return firstMember[left]! - firstMember[right]!;
  });
  const place = new Int32Array(clusters);
  order.forEach((cluster, index) => {
    place[cluster] = index;
  });
  const sorted = createPartition(points.rows, dimensions, clusters);
  for (let row = 0; row < points.rows; row++) sorted.labels[row] = place[labels[row]!]!;
  recentre(sorted, points);
  return { labels: sorted.labels, centroids: sorted.centroids, objective: withinSum(sorted, points) };
}
