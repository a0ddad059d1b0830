import { describe, expect, it } from "vitest";
import { observePoints } from "../../server/segmentation/observed-points.ts";
import { createPartition, recentre } from "../../server/segmentation/partition.ts";
import { standardise, usableDimensions } from "../../server/segmentation/standardise.ts";
import { largestDifference, readReference, type ScoreTable, toScores } from "./reference.ts";

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
