import type { JudgedClusters } from "../segmentation/choose-clusters.ts";
import { betterOf, type KMeansSolution, startSeeds } from "../segmentation/k-means.ts";
import { levelShare } from "../segmentation/level-share.ts";
import { createRandom } from "../segmentation/random.ts";
import { summariseResamples } from "../segmentation/stability.ts";
import type { Tried, Work } from "./find-segments.ts";
import type { PointsToGroup } from "./threads/tasks.ts";

const STARTS_A_TASK = 25;
const RESAMPLES_A_TASK = 5;

/** Every k: the best of all starts, how separate its groups are, and how far resamples find them again. */
export async function tryClusters(
  shared: PointsToGroup,
  ks: readonly number[],
  { starts, resamples: count }: { starts: number; resamples: number },
  work: Work,
): Promise<(Omit<Tried, keyof JudgedClusters> & { k: number })[]> {
  const { pool, seedFor, progress } = work;
  const solutions = await bestSolutions(ks, { shared: "points", purpose: "kmeans", starts }, work);
  const labelled = ks.map((clusters, index) => ({ clusters, labels: (solutions[index] as KMeansSolution).labels }));
  // One seed for all k: they are judged by the same people.
  const separations = await pool.map(
    "separation",
    "points",
    labelled.map((one) => ({ ...one, seed: seedFor("silhouette", 0) })),
  );
  const inputs = labelled.flatMap((one) =>
    chunks(startSeeds(createRandom(seedFor("bootstrap", one.clusters)), count), RESAMPLES_A_TASK).map((seeds) => ({
      ...one,
      seeds,
    })),
  );
  const resamples = await pool.map("resamples", "points", inputs, (done, of) => progress("stability", done, of));
  return labelled.map(({ clusters, labels }, index) => {
    const own = resamples.flatMap((some, task) => (inputs[task]?.clusters === clusters ? some : []));
    const { jaccard, meanAri } = summariseResamples(own);
    const solution = solutions[index] as KMeansSolution;
    const { shares, persons } = sizesOf(labels, shared.weights, clusters);
    const centroids = centroidsOf({ k: clusters, solution }, shared.dimensions);
    return {
      k: clusters,
      solution,
      silhouette: separations[index]?.silhouette ?? null,
      calinskiHarabasz: separations[index]?.calinskiHarabasz ?? null,
      stability: [...jaccard],
      agreement: meanAri,
      shares,
      persons,
      // Groups that do not differ are one level, if anything.
      levelShare: levelShare(centroids, shares) ?? 1,
    };
  });
}

/** The best of all starts for each k, of points shared by name. */
export async function bestSolutions(
  ks: readonly number[],
  { shared, purpose, starts }: { shared: string; purpose: string; starts: number },
  { pool, seedFor, progress }: Work,
): Promise<KMeansSolution[]> {
  const inputs = ks.flatMap((clusters) =>
    chunks(startSeeds(createRandom(seedFor(purpose, clusters)), starts), STARTS_A_TASK).map((seeds) => ({
      clusters,
      seeds,
    })),
  );
  const solutions = await pool.map("starts", shared, inputs, (done, of) => progress("groups", done, of));
  return ks.map((k) => solutions.filter((_, task) => inputs[task]?.clusters === k).reduce(betterOf));
}

export function centroidsOf({ k, solution }: Pick<Tried, "k" | "solution">, dimensions: number): number[][] {
  return Array.from({ length: k }, (_, cluster) => [
    ...solution.centroids.subarray(cluster * dimensions, (cluster + 1) * dimensions),
  ]);
}

function sizesOf(labels: Int32Array, weights: Float64Array, clusters: number) {
  const persons = new Array<number>(clusters).fill(0);
  const weight = new Array<number>(clusters).fill(0);
  labels.forEach((label, row) => {
    persons[label] = (persons[label] as number) + 1;
    weight[label] = (weight[label] as number) + (weights[row] as number);
  });
  const total = weight.reduce((sum, part) => sum + part, 0);
  return { persons, shares: weight.map((part) => part / total) };
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
