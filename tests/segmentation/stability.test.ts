import { describe, expect, it } from "vitest";
import { kMeans, startSeeds } from "../../server/segmentation/k-means.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import {
  judgeDraw,
  type Resample,
  resampleStability,
  summariseResamples,
} from "../../server/segmentation/stability.ts";
import { largestDifference, readReference, seed, toPoints } from "./reference.ts";

const given = readReference<{
  input: { X: number[][]; bootstrap_indices: number[][]; original_labels: number[] };
  expected: { jaccard_mean: number[]; jaccard_by_boot: number[][]; ari_by_boot: number[] };
}>("clusterboot_iris");
const fpc = readReference<{ expected: { bootmean: number[] } }>("clusterboot_iris_R");

const ones = (rows: number) => new Float64Array(rows).fill(1);
const iris = {
  points: toPoints(given.input.X),
  weights: ones(150),
  dimensions: 4,
  labels: Int32Array.from(given.input.original_labels),
  clusters: 3,
};

describe("a resample whose rows are given", () => {
  const found = given.input.bootstrap_indices.map((rows, number) => {
    const times = new Int32Array(150);
    for (const row of rows) times[row]!++;
    return judgeDraw(iris, times, startSeeds(createRandom(seed(number)), 20));
  });

  it("finds of each iris group what the reference finds, repeats counted, and agrees with it as far", () => {
    found.forEach(({ jaccard, ari }, number) => {
      expect(largestDifference(jaccard, given.expected.jaccard_by_boot[number]!), `resample ${number}`).toBeLessThan(
        1e-6,
      );
      expect(Math.abs(ari - given.expected.ari_by_boot[number]!)).toBeLessThan(1e-6);
    });
  });

  it("is averaged over the resamples", () => {
    const { jaccard, meanAri } = summariseResamples(found);
    expect(largestDifference(jaccard, given.expected.jaccard_mean)).toBeLessThan(1e-6);
    expect(meanAri).toBeCloseTo(given.expected.ari_by_boot.reduce((sum, ari) => sum + ari, 0) / 20, 9);
    expect(() => summariseResamples([])).toThrow(RangeError);
  });

  it("counts a row drawn m times as m rows of it", () => {
    const times = Int32Array.from({ length: 150 }, (_, row) => row % 4);
    const rows = [...times.keys()].flatMap((row) => new Array<number>(times[row]!).fill(row));
    const written = {
      ...iris,
      points: toPoints(rows.map((row) => given.input.X[row]!)),
      weights: ones(rows.length),
      labels: Int32Array.from(rows, (row) => iris.labels[row]!),
    };
    const seeds = startSeeds(createRandom(seed(1)), 40);
    const once = judgeDraw(iris, times, seeds);
    expect(judgeDraw(written, new Int32Array(rows.length).fill(1), seeds)).toEqual(once);
  });

  it("has 0 for a group of which nobody is drawn, and stands with fewer different rows than groups", () => {
    const times = Int32Array.from(iris.labels, (label) => (label === 2 ? 0 : 1));
    expect(judgeDraw(iris, times, startSeeds(createRandom(seed(1)), 5)).jaccard[2]).toBe(0);
    const two = new Int32Array(150);
    two[0] = 149;
    two[149] = 1;
    const { jaccard, ari } = judgeDraw(iris, two, startSeeds(createRandom(seed(1)), 5));
    expect([...jaccard]).toEqual([1, 1, 0]);
    expect(ari).toBe(1);
  });
});

describe("resamples", () => {
  const many = (question: Partial<Parameters<typeof resampleStability>[0]>, count: number): Resample[] =>
    startSeeds(createRandom(seed(9)), count).map((own) => resampleStability({ ...iris, ...question, seed: own }));

  it("of iris give fpc::clusterboot's means within its Monte-Carlo error of .06 (100 resamples)", () => {
    const { jaccard } = summariseResamples(many({}, 100));
    expect(largestDifference(jaccard, fpc.expected.bootmean)).toBeLessThan(0.06);
  });

  it("are the same for one seed and others for another", () => {
    expect(many({}, 3)).toEqual(many({}, 3));
    expect(new Set(many({}, 5).map(({ ari }) => ari)).size).toBeGreaterThan(1);
  });

  it("draw whole units: where each group is one unit of its own stratum, every group comes back whole", () => {
    const apart = { units: iris.labels, strata: iris.labels };
    const { points, weights, dimensions, clusters } = iris;
    const { labels } = kMeans({ points, weights, dimensions, clusters, random: createRandom(seed(3)) });
    for (const { jaccard, ari } of many({ ...apart, labels }, 3)) {
      expect([...jaccard]).toEqual([1, 1, 1]);
      expect(ari).toBe(1);
    }
  });

  it("of whole units in one stratum lose whole groups: some group in 21 of 27 resamples", () => {
    // Three units drawn thrice: all three come with 6/27, so some group is lost in 21/27 of resamples.
    const lost = many({ units: iris.labels, starts: 1 }, 200).filter(({ jaccard }) => jaccard.includes(0)).length;
    expect(Math.abs(lost / 200 - 21 / 27)).toBeLessThan(0.1);
  });

  it("do not depend on how units and strata are numbered", () => {
    const units = Int32Array.from({ length: 150 }, (_, row) => Math.floor(row / 5));
    const strata = Int32Array.from({ length: 150 }, (_, row) => Math.floor(row / 50));
    const renumbered = { units: units.map((unit) => 900 - 7 * unit), strata: strata.map((stratum) => 5 - stratum) };
    expect(many(renumbered, 3)).toEqual(many({ units, strata }, 3));
  });

  it("stand where all rows are equal", () => {
    const labels = Int32Array.from({ length: 60 }, (_, row) => row % 2);
    const equal = { points: new Float64Array(240), weights: ones(60), labels, clusters: 2 };
    for (const { jaccard, ari } of many(equal, 3)) {
      expect(jaccard.every((value) => value > 0 && value <= 1)).toBe(true);
      expect(Number.isFinite(ari)).toBe(true);
    }
  });
});
