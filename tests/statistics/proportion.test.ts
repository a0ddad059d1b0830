import fc from "fast-check";
import { expect, test } from "vitest";
import { simpleDesign } from "../../server/statistics/design.ts";
import { weightedProportion } from "../../server/statistics/proportion.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

const fixture = reference("survey_means_props");
const { data } = fixture.input;
const rows: number = data.w.length;
const everyone = rowsWhere(rows, () => true);
const domains: Record<string, Int32Array> = {
  total: everyone,
  domain_R1: rowsWhere(rows, (row) => data.region[row] === "R1"),
  domain_R6: rowsWhere(rows, (row) => data.region[row] === "R6"),
};

test("R's svyciprop('beta'): 12 shares and intervals in three designs, none of which reaches the cap", () => {
  const designs = {
    weights_only: designOf(data.w),
    stratified: designOf(data.w, data.stratum),
    strat_cluster: designOf(data.w, data.stratum, data.psu),
  };
  let compared = 0;
  for (const [name, design] of Object.entries(designs)) {
    for (const [key, expected] of Object.entries<Record<string, never>>(fixture.expected[name])) {
      const [domain, variable] = key.split("_prop_") as [string, string];
      if (!variable) continue;
      const estimate = weightedProportion(design, column(data[variable]), domains[domain]!)!;
      expect([estimate.n, estimate.events, estimate.degreesOfFreedom]).toEqual([
        expected.n,
        expected.n_events,
        expected.df,
      ]);
      expectClose(estimate.mean, expected.p!, 1e-8);
      expectClose(estimate.standardError, expected.se!, 1e-8);
      expectClose(estimate.low, expected.ci95_beta![0], 1e-7);
      expectClose(estimate.high, expected.ci95_beta![1], 1e-7);
      compared++;
    }
  }
  expect(compared).toBe(12);
});

test("the cap: one event in each of ten tens gives no width in R, one more makes 753 answers of 100", () => {
  for (const { events, weights, n_uncapped, interval } of reference("survey_extra").capped) {
    const units = weights.map((_: number, row: number) => Math.floor(row / 10));
    const design = designOf(weights, undefined, units);
    const estimate = weightedProportion(
      design,
      column(events),
      rowsWhere(100, () => true),
    )!;
    expectClose(estimate.low, interval[0], 1e-9);
    expectClose(estimate.high, interval[1], 1e-9);
    if (n_uncapped[0] === null) expect(estimate.standardError).toBeLessThan(1e-15);
    else expect(n_uncapped[0]).toBeGreaterThan(100);
  }
});

test("nobody and everybody: the interval starts at the edge and is R's for as many answers as the weights are worth", () => {
  const design = designOf(data.w);
  const expected = fixture.expected.edge_zero;
  const none = weightedProportion(design, new Float64Array(rows), everyone)!;
  expect([none.n, none.events, none.mean, none.degreesOfFreedom]).toEqual([expected.n, 0, 0, expected.df]);
  expectClose(none.effectiveSampleSize, expected.n_eff_fallback_kish, 1e-10);
  expect(none.low).toBe(0);
  expectClose(none.high, expected.ci95_beta_fallback[1], 1e-8);
  const all = weightedProportion(design, new Float64Array(rows).fill(1), everyone)!;
  expect([all.mean, all.high]).toEqual([1, 1]);
  expectClose(all.low, 1 - none.high!, 1e-9);
});

test("a share lies inside its interval, the interval inside 0–1, and the other answer's interval is its mirror", () => {
  const persons = fc.array(fc.tuple(fc.double({ min: 0.05, max: 20, noNaN: true }), fc.boolean(), fc.nat(5)), {
    minLength: 14,
    maxLength: 80,
  });
  fc.assert(
    fc.property(persons, (drawn) => {
      const design = designOf(
        drawn.map(([weight]) => weight),
        undefined,
        drawn.map(([, , unit]) => unit),
      );
      const members = rowsWhere(drawn.length, () => true);
      const yes = weightedProportion(
        design,
        Float64Array.from(drawn, ([, event]) => Number(event)),
        members,
      )!;
      const no = weightedProportion(
        design,
        Float64Array.from(drawn, ([, event]) => Number(!event)),
        members,
      )!;
      expect(yes.events + no.events).toBe(drawn.length);
      if (yes.degreesOfFreedom < 1) {
        expect([yes.low, yes.high]).toEqual([null, null]);
        return;
      }
      expect(yes.low!).toBeGreaterThanOrEqual(0);
      expect(yes.low! - 1e-12).toBeLessThanOrEqual(yes.mean);
      expect(yes.high! + 1e-12).toBeGreaterThanOrEqual(yes.mean);
      expect(yes.high!).toBeLessThanOrEqual(1);
      expect(yes.low!).toBeCloseTo(1 - no.high!, 8);
      expect(yes.high!).toBeCloseTo(1 - no.low!, 8);
    }),
  );
});

test("a half answer is refused; a missing one is not counted", () => {
  const design = simpleDesign(Float64Array.of(1, 1, 1));
  const members = Int32Array.of(0, 1, 2);
  expect(weightedProportion(design, Float64Array.of(1, Number.NaN, 0), members)).toMatchObject({
    n: 2,
    events: 1,
    mean: 0.5,
  });
  expect(weightedProportion(design, new Float64Array(3).fill(Number.NaN), members)).toBeNull();
  expect(() => weightedProportion(design, Float64Array.of(1, 0.5, 0), members)).toThrow(RangeError);
});
