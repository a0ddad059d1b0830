import fc from "fast-check";
import { expect, test } from "vitest";
import { simpleDesign } from "../../server/statistics/design.ts";
import { differenceBetweenWaves, differenceOfMeans } from "../../server/statistics/difference.ts";
import { weightedMean } from "../../server/statistics/mean.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

test("R's svyttest: difference, error, degrees and interval of two regions, with and without strata", () => {
  const fixture = reference("weighted_difference");
  const { data } = fixture.input;
  const region = (name: string) => rowsWhere(data.w.length, (row) => data.region[row] === name);
  for (const [key, expected] of Object.entries<Record<string, never>>(fixture.expected)) {
    const [name, variable] = key.split("|") as [string, string];
    const design = designOf(data.w, name === "stratified" ? data.stratum : undefined);
    const result = differenceOfMeans(design, column(data[variable]), region("R1"), region("R2"))!;
    expectClose(result.difference, expected.diff!, 1e-8);
    expectClose(result.standardError, expected.se_diff!, 1e-8);
    expect(result.degreesOfFreedom).toBe(expected.svyttest_df);
    expectClose(result.low, expected.ci95_t![0], 1e-7);
    expectClose(result.high, expected.ci95_t![1], 1e-7);
    expectClose(result.pValue, expected.svyttest_p!, 1e-7);
    if (name === "weights_only") expect(Math.abs(result.correlation)).toBeLessThan(1e-12);
  }
});

test("R's delta method on totals: disjoint, nested and overlapping groups that share units", () => {
  const { data, cases } = reference("survey_extra");
  const group = (name: string) => rowsWhere(data.w.length, (row) => data[name][row] === 1);
  const designs = { clustered: designOf(data.w, data.stratum, data.unit), weights_only: designOf(data.w) };
  let compared = 0;
  for (const [name, design] of Object.entries(designs)) {
    for (const [left, right] of [
      ["A", "C"],
      ["A", "one"],
      ["A", "B"],
    ] as const) {
      const [difference, error, degrees] = cases[`${name}|difference|${left}|${right}`];
      const result = differenceOfMeans(design, column(data.y), group(left), group(right))!;
      expectClose(result.difference, difference, 1e-9);
      expectClose(result.standardError, error, 1e-9);
      expect(result.degreesOfFreedom).toBe(degrees);
      const apart = Math.hypot(
        weightedMean(design, column(data.y), group(left))!.standardError,
        weightedMean(design, column(data.y), group(right))!.standardError,
      );
      expect(result.standardError < apart * (1 - 1e-12)).toBe(result.correlation > 1e-12);
      compared++;
    }
  }
  expect(compared).toBe(6);
});

const surveys = fc.array(
  fc.record({
    weight: fc.double({ min: 0.1, max: 20, noNaN: true }),
    value: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 100 }) }, fc.constant(Number.NaN)),
    inside: fc.boolean(),
    unit: fc.nat(7),
  }),
  { minLength: 6, maxLength: 60 },
);

test("A against everyone is (1 − π) of A against all others, so both point the same way", () => {
  fc.assert(
    fc.property(surveys, fc.boolean(), (persons, clustered) => {
      const weights = persons.map((person) => person.weight);
      const design = designOf(weights, undefined, clustered ? persons.map((person) => person.unit) : undefined);
      const values = Float64Array.from(persons, (person) => person.value);
      const inside = rowsWhere(persons.length, (row) => persons[row]!.inside);
      const others = rowsWhere(persons.length, (row) => !persons[row]!.inside);
      const everyone = rowsWhere(persons.length, () => true);
      const fromEveryone = differenceOfMeans(design, values, inside, everyone);
      const fromOthers = differenceOfMeans(design, values, inside, others);
      if (!fromOthers || !fromEveryone) return;
      const share = weightedMean(design, values, inside)!.weight / weightedMean(design, values, everyone)!.weight;
      expect(fromEveryone.difference).toBeCloseTo((1 - share) * fromOthers.difference, 9);
      if (Math.abs(fromEveryone.difference) > 1e-9)
        expect(Math.sign(fromEveryone.difference)).toBe(Math.sign(fromOthers.difference));
      expect(fromEveryone.degreesOfFreedom).toBe(fromOthers.degreesOfFreedom);
    }),
  );
});

test("the fast path is the general path for differences too", () => {
  fc.assert(
    fc.property(surveys, (persons) => {
      const weights = persons.map((person) => person.weight);
      const values = persons.map((person) => person.value);
      const inside = rowsWhere(persons.length, (row) => persons[row]!.inside);
      const some = rowsWhere(persons.length, (row) => persons[row]!.unit < 5);
      const fast = differenceOfMeans(simpleDesign(Float64Array.from(weights)), Float64Array.from(values), inside, some);
      const padded = designOf([...weights, 5, 7], [...weights.map(() => 0), 1, 1]);
      const general = differenceOfMeans(padded, Float64Array.of(...values, 3, 90), inside, some);
      expect(general === null).toBe(fast === null);
      if (!fast || !general) return;
      expect([general.difference, general.degreesOfFreedom]).toEqual([fast.difference, fast.degreesOfFreedom]);
      expect(general.standardError).toBeCloseTo(fast.standardError, 10);
    }),
  );
});

test("a group has no difference from itself, and none from a group where nobody answered", () => {
  const design = simpleDesign(Float64Array.of(1, 2, 3, 4));
  const values = Float64Array.of(10, 40, 70, Number.NaN);
  const group = Int32Array.of(0, 1, 2);
  expect(differenceOfMeans(design, values, group, group)).toMatchObject({
    difference: 0,
    standardError: 0,
    degreesOfFreedom: 1,
  });
  expect(differenceOfMeans(design, values, group, Int32Array.of(3))).toBeNull();
  expect(differenceOfMeans(design, values, Int32Array.of(0), Int32Array.of(1))).toMatchObject({
    low: null,
    high: null,
    pValue: null,
  });
});

test("the interval excludes 0 exactly where p is below .05; constants that differ are certain, equal ones are not", () => {
  fc.assert(
    fc.property(surveys, (persons) => {
      const design = designOf(persons.map((person) => person.weight));
      const values = Float64Array.from(persons, (person) => person.value);
      const inside = rowsWhere(persons.length, (row) => persons[row]!.inside);
      const outside = rowsWhere(persons.length, (row) => !persons[row]!.inside);
      const result = differenceOfMeans(design, values, inside, outside);
      if (!result || result.pValue === null) return;
      if (Math.abs(result.pValue - 0.05) > 1e-9) expect(result.low! > 0 || result.high! < 0).toBe(result.pValue < 0.05);
      expect(differenceOfMeans(design, values, outside, inside)!.pValue).toBeCloseTo(result.pValue, 12);
    }),
    { seed: 5 },
  );
  const design = simpleDesign(Float64Array.of(1.1, 2.3, 0.7, 3.1));
  const [left, right] = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
  expect(differenceOfMeans(design, Float64Array.of(0.1, 0.1, 0.1, 0.1), left, right)!.pValue).toBe(1);
  expect(differenceOfMeans(design, Float64Array.of(1, 1, 0, 0), left, right)!.pValue).toBeLessThan(1e-12);
});

test("rows in any order: a group named backwards differs by as much", () => {
  const design = designOf([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1], [0, 0, 1, 2, 2, 3]);
  const values = Float64Array.of(10, 60, 35, 80, 20, 55);
  const [left, right] = [Int32Array.of(0, 2, 3, 4), Int32Array.of(1, 2, 4, 5)];
  const forwards = differenceOfMeans(design, values, left, right)!;
  const backwards = differenceOfMeans(design, values, left.toReversed(), right.toReversed())!;
  expectClose(backwards.standardError, forwards.standardError, 1e-13);
  expect(backwards.degreesOfFreedom).toBe(forwards.degreesOfFreedom);
});

test("two waves of equal weights are Welch's t-test in R", () => {
  const { input, expected } = reference("welch_tost_unweighted");
  const wave = (values: number[]) =>
    weightedMean(
      simpleDesign(new Float64Array(values.length).fill(2.5)),
      column(values),
      rowsWhere(values.length, () => true),
    )!;
  const welch = expected[Object.keys(expected)[0]!];
  const result = differenceBetweenWaves(wave(input.x), wave(input.y));
  expectClose(result.difference, welch.diff, 1e-9);
  expectClose(result.standardError, welch.se, 1e-9);
  expectClose(result.degreesOfFreedom, welch.df, 1e-9);
  expectClose(result.low, welch.ci95[0], 1e-8);
  expectClose(result.high, welch.ci95[1], 1e-8);
  expectClose(result.pValue, welch.p, 1e-9);
});

test("two waves without variance agree to the point, and a wave without degrees gives no interval", () => {
  const flat = weightedMean(simpleDesign(Float64Array.of(1, 1, 1)), Float64Array.of(5, 5, 5), Int32Array.of(0, 1, 2))!;
  const one = weightedMean(simpleDesign(Float64Array.of(1)), Float64Array.of(5), Int32Array.of(0))!;
  expect(differenceBetweenWaves(flat, flat)).toMatchObject({ difference: 0, degreesOfFreedom: 4, low: 0, high: 0 });
  expect(differenceBetweenWaves(flat, one)).toMatchObject({ difference: 0, low: null, high: null, understated: true });
});
