import { describe, expect, it } from "vitest";
import { kMeans } from "../../server/segmentation/k-means.ts";
import {
  assignSegments,
  freezeModel,
  nearestSegment,
  orderLabels,
  placePersons,
  type SegmentModel,
  squaredDistanceToSegment,
} from "../../server/segmentation/model.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { readReference, type ScoreTable, seed, toScores } from "./reference.ts";

type Wave = { scores: ScoreTable; weights: number[] };
const synth = readReference<{
  input: { wave1: Wave; wave2: Wave };
  expected: {
    mean: number[];
    sd: number[];
    by_k: Record<string, { centroids: number[][]; labels: number[] | null; objective: number }>;
    frozen_k4: { wave2_labels: number[]; wave2_unclassified: number; wave2_weighted_share: number[] };
  };
}>("segments_synth");

const wave1 = toScores(synth.input.wave1.scores);
const wave2 = toScores(synth.input.wave2.scores);
const frozen: SegmentModel = {
  dimensions: wave1.map(({ dimension }) => dimension),
  means: synth.expected.mean,
  deviations: synth.expected.sd,
  centroids: synth.expected.by_k[4]!.centroids,
  labels: ["A", "B", "C", "D"],
  referenceWave: "1",
};

describe("the frozen model", () => {
  it("gives the reference's segments to the people of the next wave", () => {
    const segments = assignSegments(frozen, wave2);
    expect([...segments]).toEqual(synth.expected.frozen_k4.wave2_labels);
    expect(segments.filter((segment) => segment < 0)).toHaveLength(synth.expected.frozen_k4.wave2_unclassified);
  });

  it("shares the next wave out by weight as the reference does", () => {
    const segments = assignSegments(frozen, wave2);
    const weights = synth.input.wave2.weights;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    synth.expected.frozen_k4.wave2_weighted_share.forEach((expected, segment) => {
      const own = weights.reduce((sum, weight, row) => sum + (segments[row] === segment ? weight : 0), 0);
      expect(Math.abs(own / total - expected)).toBeLessThan(1e-12);
    });
  });

  it("says how far each person lies from the own segment, over what is observed: the objective adds up", () => {
    const weights = Float64Array.from(synth.input.wave1.weights);
    const { squaredDistances, observed } = placePersons(frozen, wave1);
    const objective = squaredDistances.reduce((sum, square, row) => sum + weights[row]! * square, 0);
    expect(Math.abs(objective / synth.expected.by_k[4]!.objective - 1)).toBeLessThan(1e-9);
    expect(new Set(observed)).toEqual(new Set([6, 7, 8]));
    const lacking = placePersons(frozen, wave2.slice(3));
    expect(new Set(lacking.squaredDistances)).toEqual(new Set([Number.NaN]));
    expect(new Set(lacking.observed)).toEqual(new Set([0]));
    expect(squaredDistanceToSegment([1, 5, 2], Float64Array.of(4, Number.NaN, 2))).toBe(9);
    expect(squaredDistanceToSegment([1], Float64Array.of(Number.NaN))).toBe(0);
  });

  it("of nobody places nobody", () => {
    expect([...assignSegments(frozen, [])]).toEqual([]);
    expect([...assignSegments({ ...frozen, dimensions: [], means: [], deviations: [] }, wave2.slice(0, 1))]).toEqual(
      new Array(1100).fill(-1),
    );
  });

  it("gives the people it was made of the segments it was made with, through JSON and back", () => {
    const weights = Float64Array.from(synth.input.wave1.weights);
    const { usable } = usableDimensions(wave1, weights);
    const { points, dimensions } = standardise(wave1, usable);
    const solution = kMeans({ points, weights, dimensions, clusters: 4, random: createRandom(seed(4)) });
    const order = orderLabels({ labels: solution.labels, weights, subjective: null, scores: wave1, clusters: 4 });
    const made = freezeModel(usable, solution, { order, referenceWave: "1" });
    const model = JSON.parse(JSON.stringify(made)) as SegmentModel;
    expect(model).toEqual(made);
    expect(model.labels).toEqual(["A", "B", "C", "D"]);
    const segments = assignSegments(model, wave1);
    expect([...segments].map((segment) => order[segment])).toEqual([...solution.labels]);
    expect([...segments].map((segment) => order[segment])).toEqual(synth.expected.by_k[4]!.labels);
    const heights = model.centroids.map((centroid) => {
      return centroid.reduce((sum, z, d) => sum + model.means[d]! + z * model.deviations[d]!, 0);
    });
    expect(heights).toEqual(heights.toSorted((left, right) => right - left));
  });

  it("reads scores by the name of the dimension, not by their place", () => {
    expect(assignSegments(frozen, wave2.toReversed())).toEqual(assignSegments(frozen, wave2));
  });

  it("gives no segment to who has 5 of 8 dimensions, and one to who has 6", () => {
    const lacking = (count: number) => {
      return wave2.map(({ dimension, values }, index) => ({
        dimension,
        values: values.map((value) => (index < count ? Number.NaN : Number.isNaN(value) ? 50 : value)),
      }));
    };
    expect(new Set(assignSegments(frozen, lacking(2))).has(-1)).toBe(false);
    expect(new Set(assignSegments(frozen, lacking(3)))).toEqual(new Set([-1]));
    expect(new Set(assignSegments(frozen, wave2.slice(3)))).toEqual(new Set([-1]));
  });

  it("counts observed coordinates only, unscaled, and takes the first of equally near segments", () => {
    const centroids = [
      [2, 0, 0, 0],
      [0, 1.5, 1.5, 0],
      [0, 1.5, 1.5, 0],
    ];
    expect(nearestSegment(centroids, Float64Array.of(0, 0, 0, 0))).toBe(0);
    expect(nearestSegment(centroids, Float64Array.of(0, Number.NaN, 0, 0))).toBe(1);
    expect(nearestSegment(centroids, Float64Array.of(0, Number.NaN, Number.NaN, 0))).toBe(-1);
  });

  it("has at most 26 segments, and a centroid for each", () => {
    const usable = [{ dimension: "health" as const, mean: 0, deviation: 1 }];
    const order = Array.from({ length: 27 }, (_, index) => index);
    expect(() => freezeModel(usable, { centroids: new Float64Array(27) }, { order, referenceWave: "1" })).toThrow(
      RangeError,
    );
    expect(() =>
      freezeModel(usable, { centroids: new Float64Array(3) }, { order: [0, 1], referenceWave: "1" }),
    ).toThrow(RangeError);
    const model = freezeModel(
      usable,
      { centroids: Float64Array.of(-1, 1, 0) },
      { order: [1, 2, 0], referenceWave: "1" },
    );
    expect(model.centroids).toEqual([[1], [0], [-1]]);
    expect(model.labels).toEqual(["A", "B", "C"]);
  });
});

describe("the order of letters", () => {
  const labels = Int32Array.of(0, 0, 1, 1, 2, -1);
  const weights = Float64Array.of(1, 3, 1, 1, 1, 9);
  const scores = toScores({ health: [10, 10, 50, 50, 40, 100], voice: [null, 20, 50, null, 80, 100] });

  it("is by weighted mean of the subjective score, high to low", () => {
    const subjective = Float64Array.of(0, 80, 55, 60, 58, 0);
    // Cluster 0: (0 + 3·80)/4 = 60; unweighted it would be 40.
    expect(orderLabels({ labels, weights, subjective, scores, clusters: 3 })).toEqual([0, 2, 1]);
  });

  it("is by the mean of the dimension means where the subjective score is not asked, or unknown for a cluster", () => {
    expect(orderLabels({ labels, weights, subjective: null, scores, clusters: 3 })).toEqual([2, 1, 0]);
    const subjective = Float64Array.of(90, 90, 10, 10, Number.NaN, 0);
    expect(orderLabels({ labels, weights, subjective, scores, clusters: 3 })).toEqual([2, 1, 0]);
  });

  it("keeps the lower number first among equals", () => {
    const subjective = Float64Array.of(50, 50, 50, 50, 50, 0);
    expect(orderLabels({ labels, weights, subjective, scores, clusters: 3 })).toEqual([0, 1, 2]);
  });
});
