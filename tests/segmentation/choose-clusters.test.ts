import { describe, expect, it } from "vitest";
import { bySilhouette } from "../../server/segmentation/choose-clusters.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { readReference, type ScoreTable, seed, toScores } from "./reference.ts";

const synth = readReference<{
  input: { wave1: { scores: ScoreTable; weights: number[] } };
  expected: { by_k: Record<string, { silhouette_complete_cases: number; objective: number }> };
}>("segments_synth");

const seedFor = (purpose: string, k: number) => seed(purpose.length * 100 + k);

/** People around `centres` on a line of two dimensions, far enough apart to be found. */
function groups(people: number, centres: number): { points: Float64Array; weights: Float64Array; dimensions: number } {
  const random = createRandom(seed(9));
  const points = new Float64Array(people * 2);
  for (let person = 0; person < people; person++) {
    const angle = (2 * Math.PI * (person % centres)) / centres;
    points[2 * person] = 5 * Math.cos(angle) + random.next();
    points[2 * person + 1] = 5 * Math.sin(angle) + random.next();
  }
  return { points, weights: new Float64Array(people).fill(1), dimensions: 2 };
}

describe("how many clusters", () => {
  it("takes the largest silhouette of k = 2 … 6, on the synthetic answers with scikit-learn's silhouettes", () => {
    const scores = toScores(synth.input.wave1.scores);
    const weights = Float64Array.from(synth.input.wave1.weights);
    const { points, dimensions } = standardise(scores, usableDimensions(scores, weights).usable);
    const { tried, chosen } = bySilhouette({ points, weights, dimensions, seedFor });
    expect(tried.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6]);
    for (const { k, silhouette, solution } of tried) {
      const expected = synth.expected.by_k[k]!;
      expect(solution.objective).toBeLessThanOrEqual(expected.objective * (1 + 1e-5));
      // Where a lower objective than the reference's is found, the division is another one, and so is its silhouette.
      const sameDivision = solution.objective > expected.objective * (1 - 1e-9);
      const difference = Math.abs(silhouette! - expected.silhouette_complete_cases);
      expect(difference, `k = ${k}`).toBeLessThan(sameDivision ? 1e-6 : 0.005);
    }
    expect(chosen!.k).toBe(2);
  });

  it.each([2, 3, 4, 5, 6])("finds %i groups that are there", (centres) => {
    expect(bySilhouette({ ...groups(700, centres), seedFor, starts: 10 }).chosen!.k).toBe(centres);
  });

  it("tries no k with fewer than 100 people a cluster, and none under 200 people", () => {
    const ks = (people: number) => {
      const { tried } = bySilhouette({ ...groups(people, 3), seedFor, starts: 1 });
      return tried.map(({ k }) => k);
    };
    expect(ks(399)).toEqual([2, 3]);
    expect(ks(400)).toEqual([2, 3, 4]);
    expect(bySilhouette({ ...groups(199, 3), seedFor, starts: 1 })).toEqual({ tried: [], chosen: null });
  });

  it("takes a forced k, whatever the silhouettes say, and still shows them", () => {
    const within = bySilhouette({ ...groups(400, 3), seedFor, starts: 3, forced: 4 });
    expect(within.chosen!.k).toBe(4);
    expect(within.tried.map(({ k }) => k)).toEqual([2, 3, 4]);
    expect(within.tried[1]!.silhouette).toBeGreaterThan(within.chosen!.silhouette!);
    const beyond = bySilhouette({ ...groups(199, 3), seedFor, starts: 3, forced: 3 });
    expect(beyond.chosen!.k).toBe(3);
    expect(beyond.tried.map(({ k }) => k)).toEqual([3]);
  });

  it("gives the same bits twice", () => {
    const question = { ...groups(300, 3), seedFor, starts: 3 };
    expect(bySilhouette(question)).toEqual(bySilhouette(question));
  });
});
