import fc from "fast-check";
import { expect, test } from "vitest";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { weightedMean } from "../../server/statistics/mean.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

const fixture = reference("survey_means_props");
const { data } = fixture.input;
const rows: number = data.w.length;
const domains: Record<string, Int32Array> = {
  total: rowsWhere(rows, () => true),
  domain_R1: rowsWhere(rows, (row) => data.region[row] === "R1"),
  domain_R6: rowsWhere(rows, (row) => data.region[row] === "R6"),
  domain_young_AB: rowsWhere(rows, (row) => data.age[row] === "18-29" && ["A", "B"].includes(data.org[row])),
};
const designs: Record<string, Design> = {
  weights_only: designOf(data.w),
  stratified: designOf(data.w, data.stratum),
  strat_cluster: designOf(data.w, data.stratum, data.psu),
};

for (const [name, design] of Object.entries(designs)) {
  const expectations = Object.entries<Record<string, never>>(fixture.expected[name]).filter(([key]) =>
    key.includes("_mean_"),
  );
  test(`R's survey: ${expectations.length} means, errors, degrees and intervals, ${name}`, () => {
    expect(expectations.length).toBe(5);
    for (const [key, expected] of expectations) {
      const [domain, variable] = key.split("_mean_") as [string, string];
      const estimate = weightedMean(design, column(data[variable]), domains[domain]!)!;
      expect([estimate.n, estimate.degreesOfFreedom]).toEqual([expected.n, expected.df]);
      expectClose(estimate.weight, expected.sum_w!, 1e-10);
      expectClose(estimate.effectiveSampleSize, expected.ess_kish!, 1e-10);
      expectClose(estimate.mean, expected.mean!, 1e-8);
      expectClose(estimate.standardError, expected.se!, 1e-8);
      expectClose(estimate.low, expected.ci95_t![0], 1e-8);
      expectClose(estimate.high, expected.ci95_t![1], 1e-8);
      expect(estimate.understated).toBe(false);
    }
  });
}

test("R's survey with a stratum of one unit: it adds nothing, and the estimate says so", () => {
  const extra = reference("survey_extra");
  const table = extra.data;
  for (const [name, design] of Object.entries({
    clustered: designOf(table.w, table.stratum, table.unit),
    weights_only: designOf(table.w),
  })) {
    for (const group of ["A", "B", "C", "one"]) {
      const [mean, error, degrees] = extra.cases[`${name}|mean|${group}`];
      const estimate = weightedMean(
        design,
        column(table.y),
        rowsWhere(table.w.length, (row) => table[group][row] === 1),
      )!;
      expectClose(estimate.mean, mean, 1e-10);
      expectClose(estimate.standardError, error, 1e-10);
      expect(estimate.degreesOfFreedom).toBe(degrees);
      expect(estimate.understated).toBe(name === "clustered");
    }
  }
  const elsewhere = rowsWhere(table.w.length, (row) => table.stratum[row] < 4);
  const apart = weightedMean(designOf(table.w, table.stratum, table.unit), column(table.y), elsewhere)!;
  expect(apart.understated).toBe(false);
});

const answers = fc.array(
  fc.record({
    weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
    value: fc.oneof({ weight: 4, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) }, fc.constant(Number.NaN)),
    member: fc.boolean(),
  }),
  { minLength: 2, maxLength: 60 },
);

test("the fast path is the general path: a second stratum without members changes nothing", () => {
  fc.assert(
    fc.property(answers, (persons) => {
      const weights = persons.map((person) => person.weight);
      const values = persons.map((person) => person.value);
      const members = rowsWhere(persons.length, (row) => persons[row]!.member);
      const fast = weightedMean(simpleDesign(Float64Array.from(weights)), Float64Array.from(values), members);
      const strata = [...weights.map(() => 0), 1, 1];
      const general = weightedMean(designOf([...weights, 5, 7], strata), Float64Array.of(...values, 3, 90), members);
      expect(general === null).toBe(fast === null);
      if (!fast) return;
      expect({ ...general, standardError: 0, low: 0, high: 0 }).toEqual({ ...fast, standardError: 0, low: 0, high: 0 });
      expect(Math.abs(general!.standardError - fast.standardError)).toBeLessThanOrEqual(
        1e-12 * (1 + fast.standardError),
      );
    }),
  );
});

test("the weights' own unit is no matter: error and interval are the same for w and 1000 w", () => {
  fc.assert(
    fc.property(answers, (persons) => {
      const weights = Float64Array.from(persons, (person) => person.weight);
      const values = Float64Array.from(persons, (person) => person.value);
      const members = rowsWhere(persons.length, (row) => persons[row]!.member);
      const one = weightedMean(simpleDesign(weights), values, members);
      const other = weightedMean(simpleDesign(weights.map((weight) => 1000 * weight)), values, members);
      expect(one === null).toBe(other === null);
      if (one && other) {
        expect(other.mean).toBeCloseTo(one.mean, 9);
        expect(other.standardError).toBeCloseTo(one.standardError, 9);
      }
    }),
  );
});

test("nobody answered: no estimate; one did: no interval; a missing answer is never 0", () => {
  const design = simpleDesign(Float64Array.of(1, 1, 2));
  const values = Float64Array.of(Number.NaN, 80, 20);
  expect(weightedMean(design, values, Int32Array.of(0))).toBeNull();
  expect(weightedMean(design, values, Int32Array.of())).toBeNull();
  expect(weightedMean(design, values, Int32Array.of(0, 1))).toMatchObject({
    n: 1,
    mean: 80,
    degreesOfFreedom: 0,
    low: null,
    high: null,
  });
  expect(weightedMean(design, values, Int32Array.of(0, 1, 2))!.mean).toBe(40);
  expect(() => weightedMean(design, values, Int32Array.of(3))).toThrow(RangeError);
  expect(() => weightedMean(design, Float64Array.of(1), Int32Array.of(0))).toThrow(RangeError);
});
