import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adjustedRandIndex } from "../../server/segmentation/adjusted-rand.ts";
import { kMeans } from "../../server/segmentation/k-means.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { pointsOfRows, standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { SHARED } from "../command.ts";
import { ones } from "./point-sets.ts";
import {
  largestDifference,
  readReference,
  type ScoreTable,
  seed,
  standardisedRows,
  toPoints,
  toScores,
} from "./reference.ts";

type Clusters = { inertia: number; centroids: number[][]; labels: number[] };
type ObservedClusters = { objective: number; centroids: number[][]; labels: number[] | null };

const iris = readReference<{
  input: { X: number[][]; weights: number[] };
  expected: Record<"iris_raw" | "iris_std" | "iris_std_weighted", Record<string, Clusters>>;
}>("kmeans_iris");
const kpod = readReference<{ input: { Z: (number | null)[][] }; expected: Record<string, ObservedClusters> }>(
  "kpod_iris",
);
const synth = readReference<{
  input: { wave1: { scores: ScoreTable; weights: number[] } };
  expected: { by_k: Record<string, ObservedClusters> };
}>("segments_synth");

const irisR = readReference<{ expected: { by_k: Record<string, { inertia: number; sizes: number[] }> } }>(
  "kmeans_iris_R",
);
const more = readReference<{
  cases: Record<string, { points: number[][]; weights: number[] | null; k: number; inertia: number; labels: number[] }>;
}>("kmeans_more");

describe("k-means agrees with scikit-learn's best of many starts on iris", () => {
  const equal = new Array<number>(150).fill(1);
  const cases = {
    iris_raw: { points: toPoints(iris.input.X), weights: equal },
    iris_std: { points: standardisedRows(iris.input.X, equal), weights: equal },
    iris_std_weighted: {
      points: standardisedRows(iris.input.X, iris.input.weights),
      weights: iris.input.weights,
    },
  };
  for (const name of ["iris_raw", "iris_std", "iris_std_weighted"] as const) {
    it.each(Object.keys(iris.expected[name]).map(Number))(`${name}, k = %i`, (clusters) => {
      const weights = Float64Array.from(cases[name].weights);
      const random = createRandom(seed(clusters));
      const solution = kMeans({ points: cases[name].points, weights, dimensions: 4, clusters, random });
      const expected = iris.expected[name][clusters]!;
      expect(solution.objective).toBeLessThanOrEqual(expected.inertia * (1 + 1e-6));
      reportIfLower(`${name} k=${clusters}`, solution.objective, expected.inertia);
      expect([...solution.labels]).toEqual(expected.labels);
      expect(largestDifference(solution.centroids, expected.centroids.flat())).toBeLessThan(1e-9);
    });
  }
});

describe("k-means agrees with others' best of many starts", () => {
  it.each(Object.keys(irisR.expected.by_k).map(Number))("R's Hartigan & Wong on iris, k = %i", (clusters) => {
    const points = toPoints(iris.input.X);
    const { labels, objective } = kMeans({
      points,
      weights: ones(150),
      dimensions: 4,
      clusters,
      random: createRandom(seed(1)),
    });
    const expected = irisR.expected.by_k[clusters]!;
    expect(objective).toBeLessThanOrEqual(expected.inertia * (1 + 1e-6));
    reportIfLower(`iris in R k=${clusters}`, objective, expected.inertia);
    const sizes = Array.from({ length: clusters }, (_, cluster) => labels.filter((label) => label === cluster).length);
    expect(sizes.sort((left, right) => left - right)).toEqual(expected.sizes);
  });

  it.each(Object.keys(more.cases))("scikit-learn on %s: as low, and the same groups (ARI at least .95)", (name) => {
    const { points, weights, k, inertia, labels } = more.cases[name]!;
    const solution = kMeans({
      points: toPoints(points),
      weights: weights === null ? ones(points.length) : Float64Array.from(weights),
      dimensions: points[0]!.length,
      clusters: k,
      random: createRandom(seed(k)),
    });
    expect(solution.objective).toBeLessThanOrEqual(inertia * (1 + 1e-6));
    reportIfLower(name, solution.objective, inertia);
    expect(adjustedRandIndex(solution.labels, Int32Array.from(labels))).toBeGreaterThanOrEqual(0.95);
  });

  const file = join(SHARED, "oracles", "fixtures", "kmeans_public.json");
  it.skipIf(!existsSync(file))("scikit-learn on two public samples of R packages (needs ../shared/oracles)", () => {
    const { input, expected } = JSON.parse(readFileSync(file, "utf8")) as {
      input: { bfi_scores: number[][]; eusilc: { X: number[][]; w: number[] } };
      expected: Record<"bfi" | "eusilc_weighted", Record<string, { inertia: number }>>;
    };
    const equal = new Array<number>(input.bfi_scores.length).fill(1);
    const cases = {
      bfi: { points: standardisedRows(input.bfi_scores, equal), weights: equal, dimensions: 5 },
      eusilc_weighted: {
        points: standardisedRows(input.eusilc.X, input.eusilc.w),
        weights: input.eusilc.w,
        dimensions: 3,
      },
    };
    for (const name of ["bfi", "eusilc_weighted"] as const) {
      for (const [k, { inertia }] of Object.entries(expected[name])) {
        const question = { ...cases[name], weights: Float64Array.from(cases[name].weights), clusters: Number(k) };
        // The reference is the best of up to 8,000 starts on bfi.
        const starts = name === "bfi" ? 4000 : 300;
        const { objective } = kMeans({ ...question, random: createRandom(seed(Number(k))), starts });
        expect(objective, `${name} k=${k}`).toBeLessThanOrEqual(inertia * (1 + 1e-6));
        reportIfLower(`${name} k=${k}`, objective, inertia);
      }
    }
  });
});

describe("k-means over what is observed agrees with the reference k-POD", () => {
  it.each([2, 3, 4])("iris with a tenth of the coordinates masked, k = %i", (clusters) => {
    const random = createRandom(seed(clusters));
    const points = toPoints(kpod.input.Z);
    const solution = kMeans({ points, weights: ones(150), dimensions: 4, clusters, random });
    const expected = kpod.expected[clusters]!;
    expect(solution.objective).toBeLessThanOrEqual(expected.objective * (1 + 1e-6));
    reportIfLower(`kpod k=${clusters}`, solution.objective, expected.objective);
    expect([...solution.labels]).toEqual(expected.labels);
    expect(largestDifference(solution.centroids, expected.centroids.flat())).toBeLessThan(1e-9);
  });

  const scores = toScores(synth.input.wave1.scores);
  const allWeights = Float64Array.from(synth.input.wave1.weights);
  const standardised = standardise(scores, usableDimensions(scores, allWeights).usable);
  const points = pointsOfRows(standardised, standardised.enough);
  const weights = Float64Array.from(standardised.enough, (row) => allWeights[row]!);
  it.each([2, 3, 4, 5, 6])("1,200 weighted synthetic answers, k = %i", (clusters) => {
    const solution = kMeans({ points, weights, dimensions: 8, clusters, random: createRandom(seed(clusters)) });
    const expected = synth.expected.by_k[clusters]!;
    expect(solution.objective).toBeLessThanOrEqual(expected.objective * (1 + 1e-5));
    reportIfLower(`synth k=${clusters}`, solution.objective, expected.objective);
    if (solution.objective < expected.objective * (1 - 1e-9)) return;
    expect(largestDifference(solution.centroids, expected.centroids.flat())).toBeLessThan(1e-6);
    if (expected.labels !== null) expect([...solution.labels]).toEqual(expected.labels);
  });
});

/** A lower objective than the reference is a finding, not a failure. */
function reportIfLower(what: string, found: number, reference: number): void {
  if (found < reference * (1 - 1e-9)) console.info(`${what}: ${found} is below the reference ${reference}`);
}
