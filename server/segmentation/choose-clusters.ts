import { type KMeansSolution, kMeans } from "./k-means.ts";
import { createRandom } from "./random.ts";
import { meanSilhouette } from "./silhouette.ts";

export type ClustersQuestion = {
  /** z-scores of the persons with enough dimensions, row-major, NaN = missing, in canonical order. */
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  /** A seed, hexadecimal: SHA-256(release content hash, purpose, k). */
  seedFor: (purpose: "kmeans" | "silhouette", k: number) => string;
  /** Take this k, whatever the silhouettes say. */
  forced?: number;
  starts?: number;
};

export type TriedClusters = { k: number; silhouette: number | null; solution: KMeansSolution };

const MOST_CLUSTERS = 6;
const PERSONS_A_CLUSTER = 100;

/**
 * How many clusters: of k = 2 … min(6, ⌊n/100⌋) the one with the largest mean silhouette, of equal ones the smallest k.
 * This is the rule of the first release; stability and level share (METHOD §3.4) come to stand beside it.
 *
 * `tried` holds every k with its silhouette, the forced one too, by k. `chosen` is null where no k can be tried (n < 200)
 * or none has a silhouette. A forced k is tried and chosen even beyond the range. The silhouettes of all k are of the
 * same sample of people: its seed is that of k = 0.
 */
export function bySilhouette(question: ClustersQuestion): { tried: TriedClusters[]; chosen: TriedClusters | null } {
  const { points, weights, dimensions, seedFor, forced, starts } = question;
  const tried = clustersToTry(weights.length, forced).map((k): TriedClusters => {
    const random = createRandom(seedFor("kmeans", k));
    const solution = kMeans({ points, weights, dimensions, clusters: k, random, starts });
    const sampling = createRandom(seedFor("silhouette", 0));
    const silhouette = meanSilhouette({ points, dimensions, labels: solution.labels, random: sampling });
    return { k, silhouette, solution };
  });
  if (forced !== undefined) return { tried, chosen: tried.find(({ k }) => k === forced)! };
  let chosen: TriedClusters | null = null;
  for (const one of tried) {
    if (one.silhouette !== null && (chosen === null || one.silhouette > chosen.silhouette!)) chosen = one;
  }
  return { tried, chosen };
}

function clustersToTry(persons: number, forced: number | undefined): number[] {
  const most = Math.min(MOST_CLUSTERS, Math.floor(persons / PERSONS_A_CLUSTER));
  const clusters = new Set(forced === undefined ? [] : [forced]);
  for (let k = 2; k <= most; k++) clusters.add(k);
  return [...clusters].sort((left, right) => left - right);
}
