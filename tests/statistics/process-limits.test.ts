import { describe, expect, it } from "vitest";
import {
  movingRanges,
  PROCESS_RULES,
  type ProcessRule,
  processLimits,
  processSignals,
} from "../../server/statistics/process-limits.ts";
import { readProcess } from "../../server/statistics/process-reading.ts";
import { column, drawing, reference } from "./reference.ts";

const of = (...values: (number | null)[]) => column(values);
const NAMES: Record<ProcessRule, string> = {
  outside: "outside",
  shift: "shift7",
  trend: "trend7",
  "two-of-three": "two_of_three",
};
const bounds = ({ centre, reach }: { centre: number; reach: number }) => ({ centre, reach: () => reach });
const pointsOf = (signals: ReturnType<typeof processSignals>, rule: ProcessRule, side?: "high" | "low") =>
  signals.filter((one) => one.rule === rule && (!side || one.side === side)).flatMap(({ points }) => points);

describe("limits and signals against R", () => {
  const { input, expected } = reference("xmr");
  it.each([
    ["the vignette's series, nothing screened", "doc", undefined, "doc_unscreened"],
    [
      "a baseline of 16 points, then frozen",
      "failure_demand_pct",
      input.failure_demand_baseline_n,
      "failure_demand_fixed16",
    ],
    ["seven rising points", "trend", undefined, "trend"],
    ["two of three far out", "twothree", undefined, "twothree"],
  ])("%s", (_what, name, points, key) => {
    const wanted = expected[key];
    const values = column(input[name]);
    const limits = processLimits(values, points)!;
    const { centre, low, high, reach, meanMovingRange, movingRangeLimit } = limits;
    for (const [actual, other] of [
      [centre, wanted.mean],
      [high, wanted.upl],
      [low, wanted.lpl],
      [centre + (2 / 3) * reach, wanted.near_upl],
      [centre - (2 / 3) * reach, wanted.near_lpl],
      [meanMovingRange, wanted.mr_bar],
      [movingRangeLimit, wanted.mr_upper],
    ])
      expect(actual).toBeCloseTo(other, 9);
    const signals = processSignals(values, bounds(limits));
    for (const rule of PROCESS_RULES) {
      const found = new Set(pointsOf(signals, rule));
      expect(
        Array.from(values, (_, point) => found.has(point)),
        rule,
      ).toEqual(wanted[NAMES[rule]]);
    }
  });

  it.each(reference("process_more").process as { values: number[]; points: number }[])(
    "a drawn series, side by side (case %#)",
    // biome-ignore lint/suspicious/noExplicitAny: the shape of the reference file
    ({ values, points, centre, low, high, range, signals }: any) => {
      const series = column(values);
      const limits = processLimits(series, points)!;
      expect(limits.centre).toBeCloseTo(centre, 9);
      expect([limits.low, limits.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
      expect(limits.meanMovingRange).toBeCloseTo(range, 9);
      const found = processSignals(series, bounds(limits));
      for (const rule of PROCESS_RULES)
        for (const side of ["high", "low"] as const)
          expect(pointsOf(found, rule, side), `${rule} ${side}`).toEqual(
            signals[side][rule === "two-of-three" ? "two" : rule],
          );
    },
  );
});

describe("the baseline", () => {
  const drawn = (points: number) => Float64Array.from({ length: points }, drawing(7).normal);
  it("is the first 20 points, and points after it never move the limits", () => {
    const values = drawn(60);
    const { baselineEnd, ...limits } = processLimits(values)!;
    expect(baselineEnd).toBe(20);
    const later = values.slice().fill(1e6, 20);
    expect(processLimits(later)).toMatchObject(limits);
    expect(processLimits(values.slice().fill(1e6, 19))!.centre).not.toBe(limits.centre);
  });
  it("takes all of 12 to 19 points, and there are no limits below 12", () => {
    expect(processLimits(drawn(12))!.baselineEnd).toBe(12);
    expect(processLimits(drawn(19))!.baselineEnd).toBe(19);
    expect(processLimits(drawn(11))).toBeNull();
    expect(processLimits(drawn(15), 16)).toBeNull();
    for (const points of [11, 12.5, Number.NaN]) expect(() => processLimits(drawn(30), points)).toThrow(RangeError);
  });
  it("counts what is there: a gap is no point, and no moving range reaches over it", () => {
    const values = of(1, 3, null, 9, 8, 8, 9, 8, 9, 8, 9, 8, 9, 1000, 1000);
    expect([...movingRanges(of(1, 3, null, 9, 8))]).toEqual([Number.NaN, 2, Number.NaN, Number.NaN, 1]);
    const limits = processLimits(values, 12)!;
    expect(limits.baselineEnd).toBe(13);
    expect(limits.meanMovingRange).toBe((2 + 1 + 0 + 7) / 10);
    const alternate = Float64Array.from({ length: 40 }, (_, point) => (point % 2 === 0 ? point : Number.NaN));
    expect(processLimits(alternate)).toBeNull();
  });
});

describe("signals", () => {
  const level = { centre: 10, reach: () => 3 };
  const signals = (...values: (number | null)[]) => processSignals(of(...values), level);
  it("a point on the limit lies inside, one just beyond it does not", () => {
    expect(signals(13, 7)).toEqual([]);
    expect(signals(13.001, 6.999)).toEqual([
      { rule: "outside", side: "high", points: [0] },
      { rule: "outside", side: "low", points: [1] },
    ]);
  });
  it("six on one side are none, seven are; a point on the centre or a gap between them breaks the run", () => {
    expect(signals(11, 11, 11, 11, 11, 11, 9)).toEqual([]);
    expect(signals(11, 11, 11, 11, 11, 11, 11, 9)).toEqual([
      { rule: "shift", side: "high", points: [0, 1, 2, 3, 4, 5, 6] },
    ]);
    expect(signals(11, 11, 11, 10, 11, 11, 11, 11)).toEqual([]);
    expect(signals(11, 11, 11, null, 11, 11, 11, 11)).toEqual([]);
  });
  it("seven rising points are six rises; an equal neighbour or a gap ends them, and a peak belongs to both sides", () => {
    expect(signals(8, 8.5, 9, 9.5, 10.5, 11)).toEqual([]);
    expect(pointsOf(signals(8, 8.5, 9, 9.5, 10.5, 11, 11.5), "trend", "high")).toHaveLength(7);
    expect(signals(8, 8.5, 9, 9.5, 9.5, 10.5, 11, 11.5)).toEqual([]);
    expect(signals(8, 8.5, 9, null, 9.5, 10.5, 11, 11.5)).toEqual([]);
    const peak = signals(8, 8.5, 9, 9.5, 10.5, 11, 11.5, 11, 10.5, 9.5, 9, 8.5, 8);
    expect(pointsOf(peak, "trend", "high")).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(pointsOf(peak, "trend", "low")).toEqual([6, 7, 8, 9, 10, 11, 12]);
  });
  it("two of three far out on one side count, on two sides or beyond the limit they do not", () => {
    expect(signals(12.5, 11, 12.5)).toEqual([{ rule: "two-of-three", side: "high", points: [0, 2] }]);
    expect(signals(12.5, 9, 12.5)).toEqual([]);
    expect(signals(12.5, 11, 14)).toEqual([{ rule: "outside", side: "high", points: [2] }]);
    expect(signals(12, 11, 12)).toEqual([]);
  });
  it("mirror each other: turned upside down, high and low change places", () => {
    const { normal } = drawing(11);
    for (let round = 0; round < 50; round++) {
      const values = Float64Array.from({ length: 80 }, () => Math.round(20 * normal()) / 10);
      const flipped = (side: "high" | "low") => (side === "high" ? "low" : "high");
      const straight = processSignals(values, { centre: 0, reach: () => 4 });
      const turned = processSignals(
        values.map((value) => -value),
        { centre: 0, reach: () => 4 },
      );
      for (const rule of PROCESS_RULES)
        for (const side of ["high", "low"] as const)
          expect(pointsOf(turned, rule, flipped(side))).toEqual(pointsOf(straight, rule, side));
    }
  });
});

describe("the reading of a series", () => {
  const steady = Array.from({ length: 30 }, (_, point) => 10 + [0, 1, -1, 1, 0, -1][point % 6]!);
  it("says what the last point says, by the direction that was declared", () => {
    const read = (values: number[], direction: "+" | "-" | null) =>
      readProcess({ values: of(...values) }, { direction });
    for (const direction of ["+", "-", null] as const) expect(read(steady, direction).reading).toBe("steady");
    const risen = [...steady, 20];
    expect(["+", "-", null].map((direction) => read(risen, direction as "+").reading)).toEqual([
      "improvement",
      "concern",
      "change",
    ]);
    expect(read([...steady, 0], "+").reading).toBe("concern");
    const before = read([...steady, 20, 10], "+");
    expect(before.reading).toBe("steady");
    expect(before.signals).toEqual([{ rule: "outside", side: "high", points: [30] }]);
  });
  it("has no chart without a point, and a trial on fewer than 12", () => {
    const question = { direction: null };
    expect(readProcess({ values: of() }, question)).toMatchObject({ chart: "none", reading: "none" });
    expect(readProcess({ values: of(null, null) }, question)).toMatchObject({ chart: "none", reading: "none" });
    const short = readProcess({ values: of(...steady.slice(0, 11)) }, question);
    expect(short).toMatchObject({ chart: "run-chart", reading: "trial", limits: null, signals: [] });
    expect(short.runChart!.median).toBe(10);
    expect(readProcess({ values: of(...steady.slice(0, 12)) }, question).chart).toBe("process-limits");
  });
  it("says whether a target is always met, never, or now and then", () => {
    const assurance = (target: number, direction: "+" | "-" | null) =>
      readProcess({ values: of(...steady) }, { direction, target }).assurance;
    expect([5, 10, 15].map((target) => assurance(target, "+"))).toEqual(["passes", "hit-and-miss", "fails"]);
    expect([5, 10, 15].map((target) => assurance(target, "-"))).toEqual(["fails", "hit-and-miss", "passes"]);
    expect(assurance(5, null)).toBeNull();
  });
  it("re-bases where it is told: points before it keep their place and give no signals", () => {
    const values = of(...steady.map((value) => value + 50), ...steady);
    const plain = readProcess({ values }, { direction: null });
    const { limits, signals, reading, charted } = readProcess({ values }, { direction: null, from: 30 });
    expect(plain.signals.length).toBeGreaterThan(0);
    expect({ signals, reading }).toEqual({ signals: [], reading: "steady" });
    expect(limits!.baseline).toEqual([30, 50]);
    expect([limits!.low[29], limits!.high[29]]).toEqual([Number.NaN, Number.NaN]);
    expect([...charted]).toEqual([...values]);
    expect(() => readProcess({ values }, { direction: null, from: 61 })).toThrow(RangeError);
  });
});

it("an unchanged process is signalled outside its limits: .27 % of points by normal limits, 1.1 % with 20 points to make them of (simulation)", () => {
  const { normal } = drawing(20261);
  const falseAlarms = (points: number, series: number) => {
    let outside = 0;
    for (let drawn = 0; drawn < series; drawn++) {
      const values = Float64Array.from({ length: points + 100 }, normal);
      const { centre, reach } = processLimits(values, points)!;
      for (const value of values.subarray(points)) if (Math.abs(value - centre) > reach) outside++;
    }
    return outside / (100 * series);
  };
  expect(Math.abs(falseAlarms(2000, 1000) - 0.0027)).toBeLessThan(0.0006);
  expect(Math.abs(falseAlarms(20, 4000) - 0.011)).toBeLessThan(0.002);
});
