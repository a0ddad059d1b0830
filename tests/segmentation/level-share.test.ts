import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelShare, oneQuestionGroups } from "../../server/segmentation/level-share.ts";
import { readReference } from "./reference.ts";

const synth = readReference<{
  expected: { by_k: Record<string, { centroids: number[][]; weighted_share: number[] }> };
}>("segments_synth");

const z = fc.double({ min: -3, max: 3, noNaN: true });

describe("the level share", () => {
  it("is 1 for low, middle and high on everything, 0 for groups that are as much above as below", () => {
    const level = [-0.9, 0, 0.9].map((height) => new Array<number>(8).fill(height));
    expect(levelShare(level, [0.3, 0.4, 0.3])).toBeCloseTo(1, 14);
    expect(
      levelShare(
        [
          [1, -1],
          [-1, 1],
        ],
        [0.5, 0.5],
      ),
    ).toBe(0);
  });

  it("is worked out by hand for two groups: half of the length lies along the level", () => {
    // Centred already: ½·(1, 0) and ½·(−1, 0). Level: 2·(½)² = ½; length: 1.
    expect(
      levelShare(
        [
          [1, 0],
          [-1, 0],
        ],
        [0.5, 0.5],
      ),
    ).toBeCloseTo(0.5, 14);
  });

  it("is of centred centroids: where everyone's middle lies does not count", () => {
    const profile = fc.array(fc.tuple(z, z, z), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(profile, z, (centroids, shift) => {
        const shares = centroids.map((_, index) => index + 1);
        const moved = centroids.map((centroid) => centroid.map((value) => value + shift));
        const [one, other] = [levelShare(centroids, shares), levelShare(moved, shares)];
        fc.pre(one !== null && other !== null);
        fc.pre(centroids.some((centroid) => Math.abs(centroid[0]! - centroids[0]![0]!) > 0.01));
        expect(other!).toBeCloseTo(one!, 6);
        expect(one!).toBeGreaterThanOrEqual(0);
        expect(one!).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("of two groups of the synthetic answers says level, of six says kind", () => {
    const of = (k: number) => levelShare(synth.expected.by_k[k]!.centroids, synth.expected.by_k[k]!.weighted_share)!;
    expect(of(2)).toBeGreaterThan(0.9);
    expect(of(4)).toBeLessThan(0.9);
    expect(of(6)).toBeLessThan(of(2));
  });

  it("is null where the groups do not differ, and needs a share above 0 for each", () => {
    expect(levelShare([[0.4, 0.4]], [1])).toBeNull();
    expect(levelShare([[0], [0]], [0.5, 0.5])).toBeNull();
    expect(() => levelShare([], [])).toThrow(RangeError);
    expect(() => levelShare([[1], [0]], [1])).toThrow(RangeError);
    expect(() => levelShare([[1], [0]], [1, 0])).toThrow(RangeError);
    expect(() => levelShare([[1], [0, 1]], [1, 1])).toThrow(RangeError);
  });
});

describe("a one-question group", () => {
  it("is the sd2011 segment with z = 2.07 in one question and at most .34 elsewhere", () => {
    const trusting = [0.34, 0.1, 2.07, -0.2, 0.3, 0, 0.1];
    const rest = trusting.map((value) => (-value * 0.16) / 0.84);
    const groups = oneQuestionGroups([rest, trusting], [0.84, 0.16]);
    expect(groups.map(({ segment, dimension }) => [segment, dimension])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(groups[1]!.share).toBeGreaterThan(0.9);
  });

  it("has more than .70 of its length in one dimension: .70 itself is not enough", () => {
    const made = (share: number) => {
      const one = [Math.sqrt(share), Math.sqrt(1 - share)];
      return oneQuestionGroups([one, one.map((value) => -value)], [0.5, 0.5]);
    };
    expect(made(0.6999)).toEqual([]);
    expect(made(0.7001)).toHaveLength(2);
  });

  it("is not a group that lies where everyone does", () => {
    expect(
      oneQuestionGroups(
        [
          [1, 1],
          [0, 0],
          [-1, -1],
        ],
        [1, 1, 1],
      ),
    ).toEqual([]);
  });
});
