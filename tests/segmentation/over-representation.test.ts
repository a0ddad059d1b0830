import { describe, expect, it } from "vitest";
import { overRepresentation } from "../../server/segmentation/over-representation.ts";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { studentQuantile } from "../../server/statistics/distributions/student.ts";
import { jackknifed } from "./jackknife.ts";
import { readReference } from "./reference.ts";

const extra = readReference<{
  data: Record<"stratum" | "unit" | "w" | "segment", number[]> & { has: (number | null)[] };
  over_representation: Record<string, [number, number, number]>;
  replicated: number[];
}>("segment_extra");
const { data } = extra;
const designs: Record<string, Design> = {
  clustered: {
    weights: Float64Array.from(data.w),
    strata: Int32Array.from(data.stratum),
    units: Int32Array.from(data.unit),
  },
  weights_only: simpleDesign(Float64Array.from(data.w)),
};
const segments = Int32Array.from(data.segment);
const has = Float64Array.from(data.has, (value) => value ?? Number.NaN);

describe("how common a background is in a segment", () => {
  it.each(Object.keys(extra.over_representation))("is R's ratio with the delta method's interval: %s", (key) => {
    const [name = "", segment = ""] = key.split("|");
    const found = overRepresentation(designs[name]!, has, { segments, segment: Number(segment) })!;
    const expected = extra.over_representation[key]!;
    [found.ratio, found.low!, found.high!].forEach((value, index) => {
      expect(Math.abs(value / expected[index]! - 1)).toBeLessThan(1e-9);
    });
    expect(found.over).toBe(expected[1] > 1);
    expect(found.under).toBe(expected[2] < 1);
  });

  it("with replicate weights has R's jackknife interval", () => {
    const design = jackknifed(designs.clustered!);
    const df = extra.replicated[5]!;
    [0, 1, 2].forEach((segment) => {
      const { ratio, low, high } = overRepresentation(design, has, { segments, segment })!;
      const reach = Math.exp(studentQuantile(0.975, df) * extra.replicated[segment]!);
      expect(Math.abs(high! / (ratio * reach) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(low! / (ratio / reach) - 1)).toBeLessThan(1e-9);
    });
  });

  const of = (events: (number | null)[], own: number[], weights = new Float64Array(own.length).fill(1)) =>
    overRepresentation(
      simpleDesign(weights),
      Float64Array.from(events, (event) => event ?? Number.NaN),
      { segments: Int32Array.from(own), segment: 0 },
    );

  it("is of those with a segment, and of the weights", () => {
    const weighted = of([1, 0, 1, 0, 1], [0, 0, 1, 1, -1], Float64Array.of(3, 1, 1, 3, 99))!;
    expect(weighted).toMatchObject({ segmentShare: 0.75, everyoneShare: 0.5, ratio: 1.5 });
  });

  it("of nobody in the segment is 0 without an interval, of everyone 1 without one", () => {
    expect(of([0, 0, 1, 1], [0, 0, 1, 1])).toMatchObject({
      ratio: 0,
      low: null,
      high: null,
      over: false,
      under: false,
    });
    expect(of([1, 1, 1, 1], [0, 0, 1, 1])).toMatchObject({
      ratio: 1,
      low: null,
      high: null,
      over: false,
      under: false,
    });
    expect(of([1], [0])).toMatchObject({ ratio: 1, low: null, high: null });
  });

  it("is null where the background is nobody's, or unknown in the segment", () => {
    expect(of([0, 0, 0], [0, 1, 1])).toBeNull();
    expect(of([null, 1, 0], [0, 1, 1])).toBeNull();
    expect(of([null, null], [0, 1])).toBeNull();
    expect(() => of([1, 0], [0])).toThrow(RangeError);
  });
});
