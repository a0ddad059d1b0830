import { describe, expect, it } from "vitest";
import { kMeans } from "../../server/segmentation/k-means.ts";
import { assignSegments, freezeModel } from "../../server/segmentation/model.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { refitCheck } from "../../server/segmentation/refit.ts";
import {
  type DimensionScores,
  standardise,
  type UsableDimension,
  usableDimensions,
} from "../../server/segmentation/standardise.ts";
import { readReference, type ScoreTable, seed, toScores } from "./reference.ts";
import { readWineq, WINEQ_IS_HERE } from "./wineq.ts";

const synth = readReference<{
  input: Record<"wave1" | "wave2", { scores: ScoreTable; weights: number[] }>;
  expected: {
    mean: number[];
    sd: number[];
    by_k: Record<string, { centroids: number[][] }>;
    frozen_k4: { wave2_labels: number[] };
  };
}>("segments_synth");

/** The wave grouped freely in the frozen z. */
const freeGroups = (
  wave: { scores: DimensionScores[]; weights: Float64Array },
  usable: UsableDimension[],
  k: number,
) => {
  const { points, dimensions } = standardise(wave.scores, usable);
  const random = createRandom(seed(2));
  return kMeans({ points, weights: wave.weights, dimensions, clusters: k, random, starts: 20 });
};
const labels = (...values: number[]) => Int32Array.from(values);

describe("the refit check", () => {
  it("holds for the same groups under other numbers, and matches them", () => {
    const check = refitCheck(labels(0, 0, 1, 1, 2, 2, 2), labels(2, 2, 0, 0, 1, 1, 1))!;
    expect(check).toEqual({
      persons: 7,
      agreement: 1,
      reading: "holds",
      matches: [
        { frozen: 0, refit: 2, jaccard: 1 },
        { frozen: 1, refit: 0, jaccard: 1 },
        { frozen: 2, refit: 1, jaccard: 1 },
      ],
    });
  });

  it("asks for a new version below .60: scikit-learn's index of one of its examples is .43", () => {
    const check = refitCheck(labels(0, 0, 0, 1, 1, 1, 2, 2, 2, 2), labels(0, 0, 1, 1, 1, 1, 2, 2, 0, 2))!;
    expect(check.agreement).toBeCloseTo(0.4318181818181818, 12);
    expect(check.reading).toBe("consider-new-version");
    expect(check.matches.map(({ refit }) => refit)).toEqual([0, 1, 2]);
    expect(check.matches.map(({ jaccard }) => jaccard)).toEqual([0.5, 0.75, 0.75]);
  });

  it("matches for the greatest sum, not segment by segment", () => {
    // Segment 0 shares 5 with group 0 and 4 with group 1; segment 1 shares 4 with group 0 and none with group 1.
    const frozen = labels(...new Array(9).fill(0), ...new Array(4).fill(1));
    const refit = labels(...new Array(5).fill(0), ...new Array(4).fill(1), ...new Array(4).fill(0));
    expect(refitCheck(frozen, refit)!.matches.map((match) => match.refit)).toEqual([1, 0]);
  });

  it("of equally good matchings takes the one that gives the first segment the lowest group", () => {
    expect(refitCheck(labels(0, 0, 1, 1), labels(1, 0, 0, 1))!.matches.map(({ refit }) => refit)).toEqual([0, 1]);
  });

  it("leaves a segment unmatched where there are fewer new groups, or none shares a person with it", () => {
    const fewer = refitCheck(labels(0, 0, 1, 2, 2), labels(1, 1, 0, 0, 0))!;
    expect(fewer.matches).toEqual([
      { frozen: 0, refit: 1, jaccard: 1 },
      { frozen: 1, refit: null, jaccard: 0 },
      { frozen: 2, refit: 0, jaccard: 2 / 3 },
    ]);
    const gone = refitCheck(labels(0, 0, 2, 2), labels(0, 0, 1, 1))!;
    expect(gone.matches[1]).toEqual({ frozen: 1, refit: null, jaccard: 0 });
    const left = refitCheck(labels(0, 0, 0, 1), labels(0, 0, 1, 0))!;
    expect(left.matches.map(({ refit }) => refit)).toEqual([0, null]);
  });

  it("counts who has a group in both, and is null of fewer than two", () => {
    expect(refitCheck(labels(0, 0, 1, 1, -1), labels(1, 1, 0, 0, 0))).toMatchObject({ persons: 4, agreement: 1 });
    expect(refitCheck(labels(0, -1), labels(0, 0))).toBeNull();
    expect(refitCheck(labels(), labels())).toBeNull();
    expect(() => refitCheck(labels(0), labels(0, 1))).toThrow(RangeError);
    expect(() => refitCheck(labels(0, 12), labels(0, 1))).toThrow(RangeError);
  });

  it("of everyone in one group on both sides is a number, not NaN", () => {
    expect(refitCheck(labels(0, 0, 0), labels(0, 0, 0))!.agreement).not.toBeNaN();
  });

  it("of the synthetic second wave reads its four frozen segments against four made anew", () => {
    const scores = toScores(synth.input.wave2.scores);
    const usable = scores.map(({ dimension }, d) => {
      return { dimension, mean: synth.expected.mean[d]!, deviation: synth.expected.sd[d]! };
    });
    const anew = freeGroups({ scores, weights: Float64Array.from(synth.input.wave2.weights) }, usable, 4);
    const check = refitCheck(labels(...synth.expected.frozen_k4.wave2_labels), anew.labels)!;
    expect(check.persons).toBe(1100);
    expect(new Set(check.matches.map(({ refit }) => refit)).size).toBe(4);
    expect(check.reading).toBe(check.agreement < 0.6 ? "consider-new-version" : "holds");
  });

  it.skipIf(!WINEQ_IS_HERE)(
    "of wineq: the 2015 segments hold in 2019 with .83, the prototype .82 (needs ../shared/data)",
    () => {
      const [before, after] = [readWineq("2015"), readWineq("2019")];
      const { usable } = usableDimensions(before.scores, before.weights);
      const solution = freeGroups(before, usable, 3);
      const anew = freeGroups(after, usable, 3);
      const model = freezeModel(usable, solution, { order: [0, 1, 2], referenceWave: "2015" });
      const check = refitCheck(assignSegments(model, after.scores), anew.labels)!;
      // METHOD §3.10 prints .82. scikit-learn's starts end in .81 (10 of them) and .83 (100), at objectives of 2604.793 and
      // 3165.809 persons' squares; ours are lower, so theirs had not yet found the best division.
      expect(solution.objective / 850).toBeLessThan(2604.793);
      expect(anew.objective / 850).toBeLessThan(3165.809);
      expect(check.agreement.toFixed(2)).toBe("0.83");
      expect(check.reading).toBe("holds");
    },
  );
});
