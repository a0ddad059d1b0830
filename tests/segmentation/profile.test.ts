import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { type Contrast, distinguishing, proposedName, segmentProfiles } from "../../server/segmentation/profile.ts";
import { largestDifference, readReference, type ScoreTable, toScores } from "./reference.ts";

const reference = readReference<{
  input: { scores: ScoreTable; w: number[]; segment: number[] };
  expected: { seg_share: number[]; seg_mean: number[][]; seg_z: number[][]; d_vs_rest: number[][] };
}>("segment_profile");

const columnsOf = (table: ScoreTable) =>
  toScores(table).map(({ dimension, values }) => ({ measure: `dimension.${dimension}`, values }));
const ones = (rows: number) => new Float64Array(rows).fill(1);

const profileOf = (...zs: number[]) => zs.map((z, index) => ({ dimension: DIMENSIONS[index]!, z }));

describe("the profile of a segment", () => {
  it("is R's: share, means, z and d of four segments in eight dimensions", () => {
    const { scores, w, segment } = reference.input;
    const segments = Int32Array.from(segment, (number) => number - 1);
    const profiles = segmentProfiles(columnsOf(scores), Float64Array.from(w), { segments, count: 4 });
    const { expected } = reference;
    expect(
      largestDifference(
        profiles.map(({ share }) => share),
        expected.seg_share,
      ),
    ).toBeLessThan(1e-9);
    profiles.forEach(({ contrasts }, index) => {
      const of = (key: "mean" | "z" | "d") => contrasts.map((contrast) => contrast[key]!);
      expect(largestDifference(of("mean"), expected.seg_mean[index]!)).toBeLessThan(1e-9);
      expect(largestDifference(of("z"), expected.seg_z[index]!)).toBeLessThan(1e-9);
      expect(largestDifference(of("d"), expected.d_vs_rest[index]!)).toBeLessThan(1e-9);
    });
  });

  it("counts nobody without a segment, neither in the share nor among everyone", () => {
    const segments = Int32Array.of(0, 0, 1, 1, -1);
    const weights = Float64Array.of(1, 1, 1, 1, 50);
    const [first] = segmentProfiles(columnsOf({ health: [60, 80, 20, 40, 100] }), weights, { segments, count: 2 });
    expect(first!.share).toBe(0.5);
    expect(first!.contrasts[0]).toMatchObject({ n: 2, mean: 70, d: 4 });
    expect(first!.contrasts[0]!.z).toBeCloseTo(20 / Math.sqrt(500), 12);
  });

  it("has no d without both sides or without any spread, and no NaN anywhere", () => {
    const segments = Int32Array.of(0, 0, 1, 1);
    const columns = columnsOf({
      health: [50, 50, 50, 50],
      voice: [null, null, 20, 40],
      social: [20, 40, null, null],
      material: [10, 10, 90, 90],
      education: [null, null, null, null],
    });
    const profiles = segmentProfiles(columns, ones(4), { segments, count: 3 });
    expect(profiles[0]!.contrasts.map(({ d }) => d)).toEqual([null, null, null, null, null]);
    expect(profiles[0]!.contrasts.map(({ mean }) => mean)).toEqual([50, null, 30, 10, null]);
    expect(profiles[0]!.contrasts[3]!.z).toBe(-1);
    expect(profiles[2]).toMatchObject({ persons: 0, share: 0 });
    expect(JSON.stringify(profiles)).toBe(
      JSON.stringify(profiles, (_, value) => (Number.isNaN(value) ? "NaN" : value)),
    );
    expect(segmentProfiles(columns, ones(4), { segments: Int32Array.of(-1, -1, -1, -1), count: 2 })).toEqual([]);
    expect(() => segmentProfiles(columns, ones(3), { segments, count: 2 })).toThrow(RangeError);
  });
});

describe("what sets a segment apart", () => {
  const contrast = (measure: string, d: number | null): Contrast => ({ measure, n: 9, mean: 1, z: 0, d });

  it("are the five greatest |d| from .5 on, the greatest first", () => {
    const ds = [0.5, -0.49, 0.9, -2, null, 0.6, -0.7, 0.55];
    const found = distinguishing(ds.map((d, index) => contrast(`item.v${index}`, d)));
    expect(found.map(({ d }) => d)).toEqual([-2, 0.9, -0.7, 0.6, 0.55]);
    expect(found[0]!.measure).toBe("item.v3");
    expect(distinguishing([contrast("a", 0.5), contrast("b", -0.5)]).map(({ measure }) => measure)).toEqual(["a", "b"]);
    expect(distinguishing([contrast("a", 0.499), contrast("b", null)])).toEqual([]);
  });
});

describe("the proposed name of a segment", () => {
  it("names at most two high and two low dimensions, the clearest first", () => {
    expect(proposedName(profileOf(0.3, 0.9, 0.5, -0.3, -0.8, -0.4, 0.1, 0))).toEqual({
      kind: "mixed",
      high: ["health", "education"],
      low: ["voice", "social"],
    });
  });

  it("names from |z| = 0.25 on, not below", () => {
    expect(proposedName(profileOf(0.25, -0.25, 0))).toEqual({ kind: "mixed", high: ["material"], low: ["health"] });
    expect(proposedName(profileOf(0.2499, -0.2499, 0))).toEqual({ kind: "even", high: [], low: [] });
    expect(proposedName(profileOf(0.6, 0.1, 0))).toEqual({ kind: "mixed", high: ["material"], low: [] });
  });

  it("says when a segment is above or below everyone in everything", () => {
    expect(proposedName(profileOf(0.3, 0.6, 0.4))).toEqual({
      kind: "all-high",
      high: ["health", "education"],
      low: [],
    });
    expect(proposedName(profileOf(-0.3, -0.6, -0.4))).toEqual({
      kind: "all-low",
      high: [],
      low: ["health", "education"],
    });
  });

  it("keeps the order given among equals", () => {
    expect(proposedName(profileOf(0, 0.5, 0.5, 0.5)).high).toEqual(["health", "education"]);
  });

  it("of the mirrored segment is the mirrored name", () => {
    const mirrored = { "all-high": "all-low", "all-low": "all-high", even: "even", mixed: "mixed" };
    const zs = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(zs, (values) => {
        const { kind, high, low } = proposedName(profileOf(...values));
        const other = proposedName(profileOf(...values.map((z) => -z)));
        expect(other).toEqual({ kind: mirrored[kind], high: low, low: high });
      }),
    );
  });

  it("needs a profile", () => {
    expect(() => proposedName([])).toThrow(RangeError);
  });
});
