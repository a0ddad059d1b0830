import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betweenSegments, overlapColumn } from "../../server/segmentation/borderline.ts";
import { assignSegments, type SegmentModel } from "../../server/segmentation/model.ts";
import { readReference, type ScoreTable, toScores } from "./reference.ts";

const synth = readReference<{
  input: { wave2: { scores: ScoreTable } };
  expected: { mean: number[]; sd: number[]; by_k: Record<string, { centroids: number[][] }> };
}>("segments_synth");
const wave2 = toScores(synth.input.wave2.scores);
const frozen: SegmentModel = {
  dimensions: wave2.map(({ dimension }) => dimension),
  means: synth.expected.mean,
  deviations: synth.expected.sd,
  centroids: synth.expected.by_k[4]!.centroids,
  labels: ["A", "B", "C", "D"],
  referenceWave: "1",
};

/** Segments on a line, in z as it is. */
const line = (...centroids: number[]): SegmentModel => ({
  dimensions: ["health"],
  means: [0],
  deviations: [1],
  centroids: centroids.map((centroid) => [centroid]),
  labels: centroids.map((_, index) => "ABCDEFGH"[index]!),
  referenceWave: "1",
});

describe("who lies at a border", () => {
  it("is who is more than .9 times as far from the own segment as from the next: 9 from 0, 10 from 19 is not yet", () => {
    const between = betweenSegments(line(0, 19), toScores({ health: [9, 9.01, 9.5, 10, 0, null] }));
    expect([...between.nearest]).toEqual([0, 0, 0, 1, 0, -1]);
    expect([...between.second]).toEqual([1, 1, 1, 0, 1, -1]);
    expect([...between.borderline]).toEqual([0, 1, 1, 0, 0, Number.NaN]);
  });

  it("counts distances, not their squares: .85 of the way squared is .72", () => {
    expect([...betweenSegments(line(0, 37), toScores({ health: [17, 17.6] })).borderline]).toEqual([0, 1]);
  });

  it("has a border where two segments are one, none where there is but one", () => {
    expect([...betweenSegments(line(3, 3), toScores({ health: [3] })).borderline]).toEqual([1]);
    const alone = betweenSegments(line(3), toScores({ health: [3, 90] }));
    expect([...alone.borderline]).toEqual([0, 0]);
    expect([...alone.second]).toEqual([-1, -1]);
  });

  it("says the segment that the model gives, and a second one no nearer (1,100 people of the reference)", () => {
    const between = betweenSegments(frozen, wave2);
    expect([...between.nearest]).toEqual([...assignSegments(frozen, wave2)]);
    expect([...between.second].every((second, row) => second >= 0 && second !== between.nearest[row])).toBe(true);
    // Outside the code: distances anew, over what is observed.
    const distances = (row: number) =>
      frozen.centroids.map((centroid) =>
        Math.hypot(
          ...wave2.map(({ values }, d) => {
            const z = (values[row]! - frozen.means[d]!) / frozen.deviations[d]!;
            return Number.isNaN(z) ? 0 : z - centroid[d]!;
          }),
        ),
      );
    between.borderline.forEach((borderline, row) => {
      const [first = 0, second = 1] = distances(row).sort((left, right) => left - right);
      expect(borderline).toBe(first / second > 0.9 ? 1 : 0);
    });
    expect(between.borderline.some((value) => value === 1)).toBe(true);
  });

  it("is the more the nearer the own border: never less for a row between the middle and another row", () => {
    const at = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(at, at, (one, other) => {
        const [nearer, farther] = [Math.max(one, other), Math.min(one, other)];
        const { borderline } = betweenSegments(line(0, 20), toScores({ health: [farther, nearer] }));
        expect(borderline[1]!).toBeGreaterThanOrEqual(borderline[0]!);
      }),
    );
  });
});

describe("the overlap of a segment with another", () => {
  it("is a column of the segment's own people, and the overlaps add up to who is at a border", () => {
    const between = betweenSegments(frozen, wave2);
    for (let segment = 0; segment < 4; segment++) {
      const columns = [0, 1, 2, 3]
        .filter((other) => other !== segment)
        .map((other) => overlapColumn(between, segment, other));
      between.nearest.forEach((nearest, row) => {
        const sum = columns.reduce((total, column) => total + column[row]!, 0);
        if (nearest === segment) expect(sum).toBe(between.borderline[row]);
        else expect(sum).toBeNaN();
      });
    }
  });

  it("is not the same from both sides", () => {
    const between = betweenSegments(line(0, 10), toScores({ health: [4.9, 4.95, 9, 10] }));
    expect([...overlapColumn(between, 0, 1)]).toEqual([1, 1, Number.NaN, Number.NaN]);
    expect([...overlapColumn(between, 1, 0)]).toEqual([Number.NaN, Number.NaN, 0, 0]);
  });
});
