import { describe, expect, it } from "vitest";
import { calinskiHarabasz } from "../../server/segmentation/calinski-harabasz.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { readReference, type ScoreTable, standardisedRows, toPoints, toScores } from "./reference.ts";

const iris = readReference<{
  input: { X: number[][] };
  expected: Record<"iris_raw" | "iris_std", Record<string, { labels: number[]; calinski_harabasz: number }>>;
}>("kmeans_iris");
const irisR = readReference<{ expected: { calinski_harabasz_k3: number } }>("kmeans_iris_R");
const synth = readReference<{
  input: { wave1: { scores: ScoreTable; weights: number[] } };
  expected: { by_k: Record<string, { labels: number[] | null; calinski_harabasz_complete_cases: number }> };
}>("segments_synth");

const indexOf = (points: Float64Array, labels: readonly number[], clusters: number) =>
  calinskiHarabasz({
    points,
    dimensions: points.length / labels.length,
    labels: Int32Array.from(labels),
    clusters,
  });

describe("Calinski & Harabasz's index", () => {
  const points = {
    iris_raw: toPoints(iris.input.X),
    iris_std: standardisedRows(iris.input.X, new Array<number>(150).fill(1)),
  };
  for (const name of ["iris_raw", "iris_std"] as const) {
    it.each([2, 3, 4, 5, 6])(`is scikit-learn's on ${name}, k = %i`, (k) => {
      const { labels, calinski_harabasz } = iris.expected[name][k]!;
      expect(Math.abs(indexOf(points[name], labels, k)! - calinski_harabasz)).toBeLessThan(1e-6);
    });
  }

  it("is fpc's on iris, k = 3", () => {
    const { labels } = iris.expected.iris_raw[3]!;
    expect(Math.abs(indexOf(points.iris_raw, labels, 3)! - irisR.expected.calinski_harabasz_k3)).toBeLessThan(1e-6);
  });

  it("is scikit-learn's on the complete rows of the synthetic answers, k = 4", () => {
    const scores = toScores(synth.input.wave1.scores);
    const { usable } = usableDimensions(scores, Float64Array.from(synth.input.wave1.weights));
    const { labels, calinski_harabasz_complete_cases } = synth.expected.by_k[4]!;
    const found = indexOf(standardise(scores, usable).points, labels!, 4);
    expect(Math.abs(found! - calinski_harabasz_complete_cases)).toBeLessThan(1e-6);
  });

  it("is not defined for one group, for groups of one row each, or where groups have no spread", () => {
    expect(indexOf(toPoints([[0], [1]]), [1, 1], 2)).toBeNull();
    expect(indexOf(toPoints([[0], [1]]), [0, 1], 2)).toBeNull();
    expect(indexOf(toPoints([[0], [0], [1]]), [0, 0, 1], 2)).toBeNull();
    expect(indexOf(toPoints([[null], [null]]), [0, 1], 2)).toBeNull();
    expect(indexOf(toPoints([[0], [1], [9], [null]]), [0, 0, 1, 2], 3)).not.toBeNull();
  });
});
