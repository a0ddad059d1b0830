import fc from "fast-check";
import { expect, test } from "vitest";
import { simpleDesign } from "../../server/statistics/design.ts";
import { quantileAround, quantileWithInterval, weightedQuantile } from "../../server/statistics/quantile.ts";
import { column, designOf, reference, rowsWhere } from "./reference.ts";

test("R's svyquantile(qrule = 'math'): five quantiles of three measures, exactly", () => {
  const fixture = reference("survey_quantiles");
  const { data } = fixture.input;
  const everyone = rowsWhere(data.w.length, () => true);
  for (const measure of ["health", "income", "ls100"]) {
    const expected = fixture.expected[`${measure}|math|weights_only`];
    const got = expected.p.map((p: number) => weightedQuantile(designOf(data.w), column(data[measure]), everyone, p));
    expect(got).toEqual(expected.q);
  }
});

test("around F̂ Woodruff's limits are R's, with weights alone and with strata: 30 intervals, exactly", () => {
  const fixture = reference("survey_quantiles");
  const { data } = fixture.input;
  const everyone = rowsWhere(data.w.length, () => true);
  let compared = 0;
  for (const [name, design] of Object.entries({
    weights_only: designOf(data.w),
    stratified: designOf(data.w, data.stratum),
  }))
    for (const measure of ["health", "income", "ls100"]) {
      const expected = fixture.expected[`${measure}|math|${name}`];
      for (const [index, p] of expected.p.entries()) {
        const got = quantileAround(design, column(data[measure]), everyone, { p, centre: "share" })!;
        expect([got.value, got.low, got.high]).toEqual([expected.q[index], expected.lo[index], expected.hi[index]]);
        compared++;
      }
    }
  expect(compared).toBe(30);
});

test("the limits hold the quantile between them; where all answers differ they are R's but for one answer", () => {
  const persons = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 5,
    maxLength: 80,
  });
  fc.assert(
    fc.property(persons, fc.integer({ min: 1, max: 99 }), (drawn, percent) => {
      const design = simpleDesign(Float64Array.from(drawn, ([weight]) => weight));
      const members = rowsWhere(drawn.length, () => true);
      const tied = quantileWithInterval(
        design,
        Float64Array.from(drawn, ([, value]) => value),
        members,
        percent / 100,
      )!;
      expect(tied.low ?? tied.value).toBeLessThanOrEqual(tied.value);
      expect(tied.high ?? tied.value).toBeGreaterThanOrEqual(tied.value);
      const places = Float64Array.from(members);
      const ours = quantileAround(simpleDesign(new Float64Array(drawn.length).fill(1)), places, members, {
        p: percent / 100,
        centre: "p",
      })!;
      const theirs = quantileAround(simpleDesign(new Float64Array(drawn.length).fill(1)), places, members, {
        p: percent / 100,
        centre: "share",
      })!;
      if (ours.low !== null && theirs.low !== null) expect(Math.abs(ours.low - theirs.low)).toBeLessThanOrEqual(1);
      if (ours.high !== null && theirs.high !== null) expect(Math.abs(ours.high - theirs.high)).toBeLessThanOrEqual(1);
    }),
    { seed: 41 },
  );
});

test("a limit beyond all answers is not reached; one answer or one unit gives none, and says why", () => {
  const design = simpleDesign(new Float64Array(12).fill(1));
  const values = Float64Array.from({ length: 12 }, (_, row) => row);
  const everyone = rowsWhere(12, () => true);
  expect(quantileWithInterval(design, values, everyone, 0.1)).toMatchObject({
    value: 1,
    low: null,
    noLow: "not-reached",
  });
  expect(quantileWithInterval(design, values, everyone, 0.1)!.high).toBeGreaterThan(1);
  expect(quantileWithInterval(design, values, everyone, 0.9)).toMatchObject({ high: null, noHigh: "not-reached" });
  expect(quantileWithInterval(design, values.fill(7), everyone, 0.5)).toMatchObject({
    value: 7,
    low: null,
    high: null,
    noLow: "no-variance",
    noHigh: "no-variance",
  });
  expect(quantileWithInterval(design, values, Int32Array.of(3), 0.5)).toMatchObject({ low: null, noLow: "no-degrees" });
  expect(quantileWithInterval(design, values, Int32Array.of(), 0.5)).toBeNull();
});

test("a weight that reaches the share but for rounding is not passed over", () => {
  const values = Float64Array.from({ length: 10 }, (_, row) => row);
  const everyone = rowsWhere(10, () => true);
  for (const weight of [0.1, 0.3, 0.7, 155.267]) {
    const alike = simpleDesign(new Float64Array(10).fill(weight));
    for (let tenth = 1; tenth <= 9; tenth++)
      expect(weightedQuantile(alike, values, everyone, tenth / 10)).toBe(tenth - 1);
  }
  const thirds = simpleDesign(Float64Array.of(1 / 3, 1 / 3, 1 / 3));
  expect(weightedQuantile(thirds, Float64Array.of(1, 2, 3), Int32Array.of(0, 1, 2), 2 / 3)).toBe(2);
});

test("at least the share of the weight lies at or below a quantile, less than it below; row order is no matter", () => {
  const persons = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 12 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(persons, fc.integer({ min: 1, max: 99 }), (drawn, percent) => {
      const design = simpleDesign(Float64Array.from(drawn, ([weight]) => weight));
      const values = Float64Array.from(drawn, ([, value]) => value);
      const members = rowsWhere(drawn.length, () => true);
      const quantile = weightedQuantile(design, values, members, percent / 100)!;
      const weigh = (holds: (value: number) => boolean) =>
        drawn.reduce((total, [weight, value]) => total + (holds(value) ? 100 * weight : 0), 0);
      const wanted = (percent * weigh(() => true)) / 100;
      expect(weigh((value) => value <= quantile)).toBeGreaterThanOrEqual(wanted);
      expect(weigh((value) => value < quantile)).toBeLessThan(wanted);
      expect(weightedQuantile(design, values, members.toReversed(), percent / 100)).toBe(quantile);
    }),
  );
});

test("no answer, no quantile; the ends are no quantiles", () => {
  const design = simpleDesign(Float64Array.of(1, 1));
  expect(weightedQuantile(design, Float64Array.of(Number.NaN, 3), Int32Array.of(0), 0.5)).toBeNull();
  expect(weightedQuantile(design, Float64Array.of(Number.NaN, 3), Int32Array.of(0, 1), 0.5)).toBe(3);
  for (const p of [0, 1, Number.NaN])
    expect(() => weightedQuantile(design, Float64Array.of(1, 2), Int32Array.of(0), p)).toThrow(RangeError);
});
