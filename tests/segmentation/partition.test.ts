import { describe, expect, it } from "vitest";
import { observePoints } from "../../server/segmentation/observed-points.ts";
import { createPartition, moveCentroids, recentre, sumChanged } from "../../server/segmentation/partition.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { largestDifference, readReference, type ScoreTable, toPoints, toScores } from "./reference.ts";

const profile = readReference<{
  input: { scores: ScoreTable; w: number[]; segment: number[] };
  expected: { pop_mean: number[]; pop_sd: number[]; seg_z: number[][] };
}>("segment_profile");

describe("centroids of given segments", () => {
  it("are the z-profiles that base R gives: (segment mean − mean of all)/deviation of all, weighted", () => {
    const scores = toScores(profile.input.scores);
    const weights = Float64Array.from(profile.input.w);
    const { usable } = usableDimensions(scores, weights);
    expect(
      largestDifference(
        usable.map(({ mean }) => mean),
        profile.expected.pop_mean,
      ),
    ).toBeLessThan(1e-9);
    expect(
      largestDifference(
        usable.map(({ deviation }) => deviation),
        profile.expected.pop_sd,
      ),
    ).toBeLessThan(1e-9);
    const observed = observePoints(standardise(scores, usable).points, weights, usable.length);
    const partition = createPartition(observed, 4);
    partition.labels.set(profile.input.segment.map((segment) => segment - 1));
    recentre(partition, observed);
    expect(largestDifference(partition.centroids, profile.expected.seg_z.flat())).toBeLessThan(1e-9);
  });
});

describe("a cluster that a row leaves", () => {
  it("keeps the mean of those who stay, though the row outweighed them 10¹⁵ times", () => {
    const weights = Float64Array.of(1e15, 1, 2, 1);
    const observed = observePoints(toPoints([[700], [0.1], [0.4], [9]]), weights, 1);
    const partition = createPartition(observed, 2);
    partition.labels.set([0, 0, 0, 1]);
    recentre(partition, observed);
    partition.labels[0] = 1;
    partition.kernel.changed[0] = 0;
    partition.kernel.left[0] = 0;
    sumChanged(partition, observed, 1);
    moveCentroids(partition, observed);
    expect(partition.centroids[0]).toBeCloseTo(0.3, 12);
    expect(partition.centroids[1]).toBeCloseTo(700, 9);
    expect([...partition.sizes]).toEqual([2, 2]);
  });
});
