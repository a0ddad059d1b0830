import { describe, expect, it } from "vitest";
import { pileUp, rescaledWeights } from "../../server/segmentation/pile-up.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { lowColumns, troubleGroups } from "../../server/segmentation/troubles.ts";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { studentQuantile } from "../../server/statistics/distributions/student.ts";
import { jackknifed } from "./jackknife.ts";
import { readReference, seed, toScores } from "./reference.ts";

const extra = readReference<{
  data: Record<"stratum" | "unit" | "w" | "segment" | "low1" | "low2" | "low3", number[]>;
  pile_up: Record<"clustered" | "weights_only", [number, number, number, number]>;
  replicated: number[];
}>("segment_extra");
const { data } = extra;
const lows = [data.low1, data.low2, data.low3].map((column) => Float64Array.from(column));
/** Of the persons with a segment; three dimensions, so the sum of the low ones is the group. */
const groups = Int32Array.from(data.segment, (segment, row) =>
  segment < 0 ? -1 : lows.reduce((sum, column) => sum + column[row]!, 0),
);
const designs: Record<string, Design> = {
  clustered: {
    weights: Float64Array.from(data.w),
    strata: Int32Array.from(data.stratum),
    units: Int32Array.from(data.unit),
  },
  weights_only: simpleDesign(Float64Array.from(data.w)),
};

describe("the pile-up of troubles", () => {
  it.each(["clustered", "weights_only"] as const)(
    "is R's ratio to independence, with an interval as wide as the linearised error makes it: %s",
    (name) => {
      const [none, noneError, many, manyError] = extra.pile_up[name];
      const found = pileUp({ design: designs[name]!, groups, lows, random: createRandom(seed(3)), draws: 2000 })!;
      expect(Math.abs(found[0]!.ratio! / none - 1)).toBeLessThan(1e-12);
      expect(Math.abs(found[1]!.ratio! / many - 1)).toBeLessThan(1e-12);
      for (const [{ low, high }, error] of [
        [found[0]!, noneError],
        [found[1]!, manyError],
      ] as const)
        expect(Math.abs((high! - low!) / (2 * 1.96 * error) - 1)).toBeLessThan(0.1);
    },
  );

  it("with replicate weights has R's jackknife interval, and draws nothing", () => {
    const design = jackknifed(designs.clustered!);
    const reach = (error: number) => Math.exp(studentQuantile(0.975, extra.replicated[6]!) * error);
    const found = pileUp({ design, groups, lows, random: createRandom(seed(1)) })!;
    found.forEach(({ ratio, low, high }, index) => {
      const factor = reach(extra.replicated[3 + index]!);
      expect(Math.abs(high! / (ratio! * factor) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(low! / (ratio! / factor) - 1)).toBeLessThan(1e-9);
    });
    expect(pileUp({ design, groups, lows, random: createRandom(seed(2)) })).toEqual(found);
  });

  it("is 1, within its interval, where dimensions are independent", () => {
    const random = createRandom(seed(8));
    const score = () => Array.from({ length: 3000 }, () => (random.next() < 0.3 ? 20 : 80));
    const scores = toScores({
      health: score(),
      voice: score(),
      social: score(),
      material: score(),
      education: score(),
    });
    const dimensions = scores.map(({ dimension }) => dimension);
    const design = simpleDesign(new Float64Array(3000).fill(2));
    const found = pileUp({
      design,
      groups: troubleGroups(dimensions, scores),
      lows: lowColumns(dimensions, scores),
      random,
      draws: 200,
    })!;
    // 1 − P(0) − P(1) − P(2) of Binomial(5, .3).
    expect(Math.abs(found[1]!.independent - 0.163)).toBeLessThan(0.02);
    for (const { low, high } of found) {
      expect(low!).toBeLessThan(1);
      expect(high!).toBeGreaterThan(1);
    }
  });

  it("has P by hand: low shares ½, ¼, ⅕ are none in .3 and all in .025", () => {
    const columns = [
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ].map((column) => Float64Array.from(column));
    const sums = Int32Array.from(columns[0]!, (_, row) => columns.reduce((sum, column) => sum + column[row]!, 0));
    const design = simpleDesign(new Float64Array(20).fill(1));
    const [none, many] = pileUp({ design, groups: sums, lows: columns, random: createRandom(seed(1)), draws: 50 })!;
    expect(none).toMatchObject({ code: "0", observed: 0.5 });
    expect(none!.independent).toBeCloseTo(0.3, 14);
    expect(many).toMatchObject({ code: "3+", observed: 0.2 });
    expect(many!.independent).toBeCloseTo(0.025, 14);
    expect(many!.ratio).toBeCloseTo(8, 12);
  });

  it("gives the same interval for the same seed, another for another", () => {
    const of = (number: number) =>
      pileUp({ design: designs.clustered!, groups, lows, random: createRandom(seed(number)), draws: 100 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it("has no ratio where three cannot be, no interval of one person, nothing of nobody or of what was not asked", () => {
    const random = createRandom(seed(1));
    const two = pileUp({ design: designs.clustered!, groups, lows: lows.slice(0, 2), random, draws: 10 })!;
    expect(two[1]).toMatchObject({ independent: 0, ratio: null, low: null, high: null });
    const one = { design: simpleDesign(Float64Array.of(2)), groups: Int32Array.of(0), random };
    const alone = pileUp({ ...one, lows: [Float64Array.of(0)] })!;
    expect(alone[0]).toEqual({ code: "0", observed: 1, independent: 1, ratio: 1, low: null, high: null });
    expect(pileUp({ ...one, lows: [Float64Array.of(Number.NaN)] })).toBeNull();
    expect(pileUp({ ...one, groups: Int32Array.of(-1), lows: [Float64Array.of(0)] })).toBeNull();
    expect(() => pileUp({ ...one, lows: [Float64Array.of(0, 1)] })).toThrow(RangeError);
    expect(() => pileUp({ ...one, lows: [], draws: 1 })).toThrow(RangeError);
  });
});

describe("rescaled weights", () => {
  it("draw one unit fewer than there are in each stratum, and keep a stratum's expected total", () => {
    const design: Design = {
      weights: Float64Array.of(1, 1, 2, 3, 4, 5),
      strata: Int32Array.of(0, 0, 0, 1, 1, 2),
      units: Int32Array.of(0, 0, 1, 2, 3, 4),
    };
    const random = createRandom(seed(5));
    const totals = [0, 0, 0];
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const weights = rescaledWeights(design, random);
      expect(weights[0]).toBe(weights[1]); // one unit
      // Stratum 0 of two units: one is drawn and counts double.
      expect([weights[0]! / 1, weights[2]! / 2].sort()).toEqual([0, 2]);
      expect(weights[5]).toBe(5); // the only unit of its stratum
      weights.forEach((weight, row) => {
        totals[design.strata[row]!]! += weight / draws;
      });
    }
    expect(totals[0]).toBeCloseTo(4, 0);
    expect(totals[1]).toBeCloseTo(7, 0);
    expect(totals[2]).toBeCloseTo(5, 6);
  });
});
