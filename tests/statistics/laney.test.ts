import { describe, expect, it } from "vitest";
import { laneyLimits, totalsVary } from "../../server/statistics/laney.ts";
import { processLimits } from "../../server/statistics/process-limits.ts";
import { readProcess } from "../../server/statistics/process-reading.ts";
import { column, drawing, reference } from "./reference.ts";

const repeated = (values: readonly number[], times: number) =>
  Float64Array.from(Array.from({ length: times }, () => values).flat());

describe("Laney's p′ against R", () => {
  it.each(reference("process_more").laney as { points: number }[])(
    "limits, spread and centre of drawn shares (case %#)",
    // biome-ignore lint/suspicious/noExplicitAny: the shape of the reference file
    ({ shares, totals, points, centre, spread, low, high }: any) => {
      const limits = laneyLimits(column(shares), column(totals), points)!;
      expect(limits.centre).toBeCloseTo(centre, 9);
      expect(limits.spread).toBeCloseTo(spread, 9);
      limits.low.forEach((limit, point) => {
        expect(limit).toBeCloseTo(low[point], 9);
        expect(limits.high[point]).toBeCloseTo(high[point], 9);
      });
    },
  );
});

describe("by hand", () => {
  // p̄ = (25·.7 + 100·.45)/125 = .5; σ = .1 and .05; z = 2 and −1 in turn: σ_z = 3/1.128
  const shares = repeated([0.7, 0.45], 10);
  const totals = repeated([25, 100], 10);
  it("n = 25 and 100 in turn", () => {
    const { centre, spread, low, high } = laneyLimits(shares, totals)!;
    expect(centre).toBeCloseTo(0.5, 12);
    expect(spread).toBeCloseTo(3 / 1.128, 12);
    expect([low[0], high[0]]).toEqual([0, 1]);
    expect(high[1]).toBeCloseTo(0.5 + (0.15 * 3) / 1.128, 12);
    expect(low[1]).toBeCloseTo(0.5 - (0.15 * 3) / 1.128, 12);
  });
  it("signals look beyond 0 and 1 for what is cut there: a share of 1 within wide limits is no signal", () => {
    const reading = readProcess(
      { values: Float64Array.of(...shares, 1), totals: Float64Array.of(...totals, 25) },
      { direction: "+" },
    );
    expect(reading).toMatchObject({ chart: "laney", reading: "steady" });
    expect(reading.limits!.high.at(-1)).toBe(1);
    const many = readProcess(
      { values: Float64Array.of(...shares, 1), totals: Float64Array.of(...totals, 100) },
      { direction: "+" },
    );
    expect(many).toMatchObject({ chart: "laney", reading: "improvement" });
  });
  it("equal numbers of cases give the limits of XmR, but for 3/1.128 = 2.6596 rounded to 2.66", () => {
    const { uniform } = drawing(3);
    const values = Float64Array.from({ length: 20 }, () => 0.3 + 0.2 * uniform());
    const laney = laneyLimits(values, new Float64Array(20).fill(400))!;
    const plain = processLimits(values)!;
    expect(laney.centre).toBeCloseTo(plain.centre, 12);
    expect((laney.high[0]! - laney.centre) / plain.reach).toBeCloseTo(3 / 1.128 / 2.66, 12);
  });
  it("25 % around the mean is still alike, more is not", () => {
    expect(totalsVary(Float64Array.of(75, 125))).toBe(false);
    expect(totalsVary(Float64Array.of(74, 126))).toBe(true);
    expect(totalsVary(Float64Array.of(100, Number.NaN, 100))).toBe(false);
    expect(totalsVary(Float64Array.of())).toBe(false);
  });
  it("is not used where numbers of cases are alike, and shares that never vary have no p′", () => {
    const alike = { values: shares, totals: repeated([100], 20) };
    expect(readProcess(alike, { direction: null }).chart).toBe("process-limits");
    for (const share of [0, 1])
      expect(laneyLimits(new Float64Array(20).fill(share), totals), `all ${share}`).toBeNull();
    const first = Float64Array.of(...new Float64Array(20), 0.02);
    const read = readProcess({ values: first, totals: Float64Array.of(...totals, 25) }, { direction: "-" });
    expect(read).toMatchObject({ chart: "process-limits", reading: "concern" });
  });
  it("refuses what no share can be", () => {
    expect(() => laneyLimits(shares, totals.subarray(1))).toThrow(RangeError);
    expect(() =>
      laneyLimits(
        shares,
        totals.map((n, point) => (point === 3 ? 0 : n)),
      ),
    ).toThrow(RangeError);
    expect(() => laneyLimits(shares, totals, 8)).toThrow(RangeError);
    expect(laneyLimits(shares.subarray(0, 11), totals.subarray(0, 11))).toBeNull();
  });
});

it("shares of drawn cases alone: σ_z about 1 and 1.2 % of later points outside limits of 20 (simulation)", () => {
  const { uniform } = drawing(20263);
  let [spread, outside, later] = [0, 0, 0];
  const series = 600;
  for (let drawn = 0; drawn < series; drawn++) {
    const totals = Float64Array.from({ length: 60 }, () => 50 + Math.floor(300 * uniform()));
    const shares = totals.map((n) => Array.from({ length: n }).filter(() => uniform() < 0.3).length / n);
    const limits = laneyLimits(shares, totals)!;
    spread += limits.spread / series;
    for (let point = 20; point < 60; point++, later++)
      if (Math.abs(shares[point]! - limits.centre) > limits.bounds.reach(point)) outside++;
  }
  expect(spread).toBeGreaterThan(0.96);
  expect(spread).toBeLessThan(1.04);
  expect(Math.abs(outside / later - 0.012)).toBeLessThan(0.004);
});
