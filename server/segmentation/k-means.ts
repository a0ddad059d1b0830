import { lloyd } from "./lloyd.ts";
import { numberByCentroid } from "./number-by-centroid.ts";
import { type ObservedPoints, observePoints } from "./observed-points.ts";
import { createPartition, type Partition, recentre, roughWithinSum, withinSum } from "./partition.ts";
import { movePoints } from "./point-moves.ts";
import { createRandom, drawSeed, type Random } from "./random.ts";
import { rowsToSeedFrom, seedCentroids } from "./seed-centroids.ts";

export type KMeansProblem = {
  /** z-scores, row-major, NaN = missing. Rows in canonical order (METHOD §0). */
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  clusters: number;
  /** Which starts end with point moves and Lloyd again: every one unless told, or only the best of those asked for. */
  polish?: "every" | "best" | "none";
};

export type KMeansQuestion = KMeansProblem & { random: Random; starts?: number };

export type KMeansSolution = {
  /** Cluster of each row: 0 … k − 1, numbered in the lexicographic order of their centroids. */
  labels: Int32Array;
  /** μ_cd, row-major by cluster. */
  centroids: Float64Array;
  objective: number;
};

const STARTS = 100;
/** A start whose rough objective is above the best by this part of it is worse, whatever its last digits. */
const CLEARLY_WORSE = 1e-9;

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
export function kMeans({ random, starts = STARTS, ...problem }: KMeansQuestion): KMeansSolution {
  return bestOfStarts(problem, startSeeds(random, starts));
}

/** A seed a start. Starts know nothing of each other, so any share of them may be made elsewhere (`betterOf`). */
export function startSeeds(random: Random, starts: number): string[] {
  if (!(starts >= 1)) throw new RangeError("at least one start");
  return Array.from({ length: starts }, () => drawSeed(random));
}

/**
 * The best solution of the starts with these seeds: that of `kMeans` where they are all of its seeds. A start that comes to a
 * division where an earlier one was would go on as that one did, and ends there. Refuses what `kMeans` refuses.
 */
export function bestOfStarts(problem: KMeansProblem, seeds: readonly string[]): KMeansSolution {
  const { clusters, polish = "every" } = problem;
  const points = observePoints(problem.points, problem.weights, problem.dimensions);
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= points.rows)) {
    throw new RangeError("clusters are at least 1 and at most as many as rows");
  }
  if (seeds.length === 0) throw new RangeError("at least one start");
  const candidates = rowsToSeedFrom(points, clusters);
  const partition = createPartition(points, clusters);
  const ends = new Set<string>();
  let best: KMeansSolution | null = null;
  for (const seed of seeds) {
    seedCentroids(partition, points, candidates, createRandom(seed));
    lloyd(partition, points, true);
    numberByCentroid(partition, points);
    const end = fingerprint(partition.labels);
    if (ends.has(end)) continue;
    ends.add(end);
    if (polish === "every") polishOnce(partition, points);
    if (best !== null && roughWithinSum(partition, points) > best.objective + CLEARLY_WORSE * points.squares) continue;
    best = best === null ? solutionOf(partition, points) : betterOf(best, solutionOf(partition, points));
  }
  if (polish === "best") {
    partition.labels.set(best!.labels);
    recentre(partition, points);
    polishOnce(partition, points);
    best = solutionOf(partition, points);
  }
  partition.kernel.release();
  return best!;
}

function polishOnce(partition: Partition, points: ObservedPoints): void {
  if (movePoints(partition, points) > 0) lloyd(partition, points);
}

function solutionOf(partition: Partition, points: ObservedPoints): KMeansSolution {
  numberByCentroid(partition, points);
  const { labels, centroids } = partition;
  return { labels: labels.slice(), centroids: centroids.slice(), objective: withinSum(partition, points) };
}

/** The lower objective; of equal ones the lexicographically smaller centroids, of those the smaller labels. */
export function betterOf(one: KMeansSolution, other: KMeansSolution): KMeansSolution {
  if (one.objective !== other.objective) return one.objective < other.objective ? one : other;
  for (let at = 0; at < one.centroids.length; at++) {
    const difference = one.centroids[at]! - other.centroids[at]!;
    if (difference !== 0) return difference < 0 ? one : other;
  }
  const row = one.labels.findIndex((label, index) => label !== other.labels[index]);
  return row < 0 || one.labels[row]! < other.labels[row]! ? one : other;
}

/** A number of 64 bits for a division, so that one that was there before is known again. */
function fingerprint(labels: Int32Array): string {
  let high = 0x9e3779b9;
  let low = 0xf39cc060;
  for (let row = 0; row < labels.length; row++) {
    high = Math.imul(high ^ labels[row]!, 0x85ebca6b);
    high ^= high >>> 15;
    low = Math.imul(low ^ labels[row]!, 0xc2b2ae35);
    low ^= low >>> 13;
  }
  return `${high}|${low}`;
}
