import { describe, expect, it } from "vitest";
import { createRandom } from "../../server/segmentation/random.ts";
import { meanSilhouette } from "../../server/segmentation/silhouette.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { readReference, type ScoreTable, seed, standardisedRows, toPoints, toScores } from "./reference.ts";

type Clusters = { labels: number[]; silhouette: number };
const iris = readReference<{
  input: { X: number[][] };
  expected: Record<"iris_raw" | "iris_std", Record<string, Clusters>>;
}>("kmeans_iris");
const synth = readReference<{
  input: { wave1: { scores: ScoreTable; weights: number[] } };
  expected: { by_k: Record<string, { labels: number[] | null; silhouette_complete_cases: number }> };
}>("segments_synth");

const silhouetteOf = (points: Float64Array, labels: number[], mostRows?: number) => {
  const dimensions = points.length / labels.length;
  return meanSilhouette({
    points,
    dimensions,
    labels: Int32Array.from(labels),
    random: createRandom(seed(1)),
    mostRows,
  });
};

describe("mean silhouette", () => {
  const points = {
    iris_raw: toPoints(iris.input.X),
    iris_std: standardisedRows(iris.input.X, new Array<number>(150).fill(1)),
  };
  for (const name of ["iris_raw", "iris_std"] as const) {
    it.each([2, 3, 4, 5, 6])(`is scikit-learn's on ${name}, k = %i`, (k) => {
      const expected = iris.expected[name][k]!;
      expect(Math.abs(silhouetteOf(points[name], expected.labels)! - expected.silhouette)).toBeLessThan(1e-9);
    });
  }

  it("is scikit-learn's on the complete rows of the synthetic answers, k = 4", () => {
    const scores = toScores(synth.input.wave1.scores);
    const { usable } = usableDimensions(scores, Float64Array.from(synth.input.wave1.weights));
    const expected = synth.expected.by_k[4]!;
    const found = silhouetteOf(standardise(scores, usable).points, expected.labels!);
    expect(Math.abs(found! - expected.silhouette_complete_cases)).toBeLessThan(1e-6);
  });

  it("counts an only member as 0, leaves incomplete rows out, and is not defined for one cluster", () => {
    // 0 and 1 together, 4 alone: (1 − 1/4 … ) s = 3/4, 2/3, 0.
    expect(silhouetteOf(toPoints([[0], [1], [4]]), [0, 0, 1])).toBeCloseTo((3 / 4 + 2 / 3) / 3, 12);
    const lacking = toPoints([
      [0, 0],
      [1, 0],
      [null, 0],
      [4, 0],
    ]);
    expect(silhouetteOf(lacking, [0, 0, 0, 1])).toBeCloseTo((3 / 4 + 2 / 3) / 3, 12);
    expect(silhouetteOf(toPoints([[0], [1]]), [1, 1])).toBeNull();
    expect(silhouetteOf(toPoints([[null], [1]]), [0, 1])).toBeNull();
    expect(silhouetteOf(toPoints([[2], [2], [2], [2]]), [0, 0, 1, 1])).toBe(0);
  });

  it("of many rows is that of a sample: the same for one seed, near the whole, other for another seed", () => {
    const { labels, silhouette } = iris.expected.iris_raw[3]!;
    const random = (number: number) => createRandom(seed(number));
    const of = (number: number) =>
      meanSilhouette({
        points: points.iris_raw,
        dimensions: 4,
        labels: Int32Array.from(labels),
        random: random(number),
        mostRows: 100,
      });
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
    expect(Math.abs(of(1)! - silhouette)).toBeLessThan(0.05);
    expect(silhouetteOf(points.iris_raw, labels, 150)).toBeCloseTo(silhouette, 9);
  });
});
