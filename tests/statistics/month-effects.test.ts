import { describe, expect, it } from "vitest";
import {
  changeInYear,
  monthEffects,
  type Seasons,
  seasonalWidening,
  withoutMonthEffects,
} from "../../server/statistics/month-effects.ts";
import { processLimits, processSignals } from "../../server/statistics/process-limits.ts";
import { readProcess } from "../../server/statistics/process-reading.ts";
import { column, drawing, expectClose, reference } from "./reference.ts";

const calendar = (points: number, count = 12): Seasons => ({
  of: Array.from({ length: points }, (_, point) => point % count),
  count,
});
const series = (points: number, value: (point: number) => number) =>
  Float64Array.from({ length: points }, (_, point) => value(point));

describe("month effects against R", () => {
  it.each(reference("process_more").months as { count: number }[])(
    "F, p, effects and values without them, as by lm and anova (case %#)",
    // biome-ignore lint/suspicious/noExplicitAny: the shape of the reference file
    ({ values, season, count, points, end, f, df, p, effects, adjusted }: any) => {
      const seasons = { of: season as number[], count };
      const found = monthEffects(column(values), seasons, points)!;
      expect(found).toMatchObject({ points, baselineEnd: end, degreesOfFreedom: df, isSeasonal: p < 0.01 });
      expectClose(found.f, f, 1e-9);
      expectClose(found.pValue, p, 1e-9);
      found.effects.forEach((effect, month) => {
        expect(effect).toBeCloseTo(effects[month], 9);
      });
      withoutMonthEffects(column(values), seasons, found.effects).forEach((value, point) => {
        if (adjusted[point] === null) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(adjusted[point], 9);
      });
    },
  );
});

describe("by hand", () => {
  // Months 0…11, two higher in the second year: Σ n_m(ȳ_m − ȳ)² = 2·143, Σ within = 12·2, F = (286/11)/(24/12)
  const rising = series(24, (point) => (point % 12) + (point < 12 ? 0 : 2));
  it("two years of 0…11, the second two higher: F = 13 on 11 and 12", () => {
    const found = monthEffects(rising, calendar(24))!;
    expect(found.f).toBeCloseTo(13, 12);
    expect(found).toMatchObject({ degreesOfFreedom: [11, 12], isSeasonal: true, points: 24, baselineEnd: 24 });
    expect([...found.effects]).toEqual(Array.from({ length: 12 }, (_, month) => month - 5.5));
    expect([...withoutMonthEffects(rising, calendar(24), found.effects)]).toEqual([
      ...Array.from({ length: 12 }, () => 5.5),
      ...Array.from({ length: 12 }, () => 7.5),
    ]);
  });
  it("months that repeat exactly are seasonal, a constant is not, whatever its digits", () => {
    expect(
      monthEffects(
        series(24, (point) => point % 12),
        calendar(24),
      ),
    ).toMatchObject({ pValue: 0, isSeasonal: true });
    for (const value of [0, 0.1, 1 / 3, 1e9 / 7])
      expect(
        monthEffects(
          series(36, () => value),
          calendar(36),
          36,
        ),
      ).toMatchObject({ f: 0, pValue: 1, isSeasonal: false });
  });
  it("needs each month twice: 23 months do not do, and a gap asks for the month to come again", () => {
    expect(monthEffects(rising.subarray(0, 23), calendar(23))).toBeNull();
    const longer = series(60, (point) => (point === 4 || point === 28 ? Number.NaN : point % 12));
    expect(monthEffects(longer, calendar(60))).toMatchObject({ baselineEnd: 41, points: 39 });
    const neverMay = series(60, (point) => (point % 12 === 4 ? Number.NaN : point));
    expect(monthEffects(neverMay, calendar(60))).toBeNull();
  });
  it("what comes after the baseline changes no effect", () => {
    const long = Float64Array.of(...rising, ...series(12, () => 1e6));
    expect(monthEffects(long, calendar(36))).toEqual(monthEffects(rising, calendar(24)));
  });
  it("the same month last year, where there is one", () => {
    const values = column([1, 2, null, 4, 10, null, 30, 40]);
    expect([...changeInYear(values, 4)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      9,
      Number.NaN,
      Number.NaN,
      36,
    ]);
  });
  it("widens limits by √3 on two years and hardly on twenty; refuses months that there are not", () => {
    expect(seasonalWidening(24, 12)).toBeCloseTo(Math.sqrt(3), 12);
    expect(seasonalWidening(240, 12)).toBeLessThan(1.06);
    expect(() => seasonalWidening(12, 12)).toThrow(RangeError);
    expect(() => monthEffects(rising, { of: new Array(24).fill(12), count: 12 })).toThrow(RangeError);
    expect(() => monthEffects(rising, calendar(23))).toThrow(RangeError);
    expect(() => monthEffects(rising, calendar(24), 23)).toThrow(RangeError);
  });
});

describe("the reading of a seasonal register", () => {
  const { normal } = drawing(5);
  const winter = series(84, (point) => 1000 + 300 * Math.cos((2 * Math.PI * point) / 12) + 20 * normal());
  const seasons = calendar(84);
  it("a plain XmR signals every winter, without month effects it does not", () => {
    const limits = processLimits(winter)!;
    const plain = processSignals(winter, { centre: limits.centre, reach: () => limits.reach });
    for (let year = 0; year < 7; year++)
      expect(
        plain.some(({ points }) => points.includes(12 * year)),
        `winter ${year}`,
      ).toBe(true);
    const read = readProcess({ values: winter, seasons }, { direction: "-" });
    expect(read).toMatchObject({ chart: "process-limits", reading: "steady" });
    expect(read.months!.isSeasonal).toBe(true);
    expect(read.limits!.baseline).toEqual([0, 24]);
    const outside = read.signals.flatMap(({ rule, points }) => (rule === "outside" ? points : []));
    expect(outside.filter((point) => point % 12 === 0)).toEqual([]);
    expect(outside.length).toBeLessThan(3);
    const { effects } = read.months!;
    expect([...read.charted]).toEqual([...withoutMonthEffects(winter, seasons, effects)]);
  });
  it("sees a change in summer that would be an ordinary winter", () => {
    const values = winter.slice();
    values[78] = winter[0]!;
    const isOutside = (read: ReturnType<typeof readProcess>) =>
      read.signals.some(({ rule, side, points }) => rule === "outside" && side === "high" && points.includes(78));
    expect(isOutside(readProcess({ values, seasons }, { direction: "-" }))).toBe(true);
    expect(isOutside(readProcess({ values: winter, seasons }, { direction: "-" }))).toBe(false);
  });
  it("limits lie √3 · 2.66 MR̄ from the mean of the baseline without its effects", () => {
    const { charted, limits } = readProcess({ values: winter, seasons }, { direction: null });
    const plain = processLimits(charted, 24)!;
    expect(limits!.centre).toBeCloseTo(plain.centre, 9);
    expect(limits!.high[50]! - limits!.centre).toBeCloseTo(Math.sqrt(3) * plain.reach, 9);
  });
  it("12 to 23 months are compared with the same month last year, as a trial", () => {
    for (const months of [12, 23]) {
      const values = winter.subarray(0, months);
      const read = readProcess({ values, seasons: calendar(months) }, { direction: "-" });
      expect(read).toMatchObject({
        chart: "change-in-year",
        reading: "trial",
        limits: null,
        signals: [],
        months: null,
      });
      expect([...read.charted]).toEqual([...changeInYear(values, 12)]);
    }
    expect(readProcess({ values: winter.subarray(0, 11), seasons: calendar(11) }, { direction: "-" }).chart).toBe(
      "run-chart",
    );
    expect(
      readProcess({ values: winter.subarray(0, 24), seasons: calendar(24) }, { direction: "-" }).months,
    ).not.toBeNull();
  });
  it("no seasons found: limits of the first 20 points; a share of few and many cases without its months: p′", () => {
    const flat = series(40, () => 100 + 10 * normal());
    expect(readProcess({ values: flat, seasons: calendar(40) }, { direction: null }).limits!.baseline).toEqual([0, 20]);
    const shares = series(60, (point) => 0.4 + 0.2 * Math.cos((2 * Math.PI * point) / 12) + 0.01 * normal());
    const totals = series(60, (point) => (point % 5 === 0 ? 2000 : 500));
    const read = readProcess({ values: shares, totals, seasons: calendar(60) }, { direction: null });
    expect(read).toMatchObject({ chart: "laney", reading: "steady" });
    expect(read.months!.isSeasonal).toBe(true);
    expect(read.limits!.low[0]).toBeGreaterThan(read.limits!.low[1]!);
  });
  it("quarters have seasons too, tested in the first 20 of them; whole years have none", () => {
    const quarters = series(30, (point) => 100 + (point % 4 === 0 ? 40 : 0) + normal());
    const read = readProcess({ values: quarters, seasons: calendar(30, 4) }, { direction: null });
    expect(read).toMatchObject({ chart: "process-limits", reading: "steady" });
    expect(read.months).toMatchObject({ isSeasonal: true, points: 20, degreesOfFreedom: [3, 16] });
    expect(readProcess({ values: series(14, () => normal()) }, { direction: null }).months).toBeNull();
  });
});

it("months that do not differ are found seasonal in 1 % of series, ± .5 (simulation)", () => {
  const { normal } = drawing(20264);
  let seasonal = 0;
  for (let drawn = 0; drawn < 20_000; drawn++)
    if (monthEffects(series(24, normal), calendar(24))!.isSeasonal) seasonal++;
  expect(Math.abs(seasonal / 20_000 - 0.01)).toBeLessThan(0.005);
});

it("outside limits of two seasonal years lie 1.5 % of later unchanged points; unwidened it would be 11 % (simulation)", () => {
  const { normal } = drawing(20265);
  let [wide, plain, later] = [0, 0, 0];
  for (let drawn = 0; drawn < 3000; drawn++) {
    const values = series(84, (point) => 3 * Math.sin((Math.PI * point) / 6) + normal());
    const { points, effects } = monthEffects(values, calendar(84))!;
    const without = withoutMonthEffects(values, calendar(84), effects);
    const { centre, reach } = processLimits(without, points)!;
    for (const value of without.subarray(24)) {
      later++;
      if (Math.abs(value - centre) > reach) plain++;
      if (Math.abs(value - centre) > seasonalWidening(points, 12) * reach) wide++;
    }
  }
  expect(Math.abs(wide / later - 0.015)).toBeLessThan(0.004);
  expect(Math.abs(plain / later - 0.113)).toBeLessThan(0.015);
});
