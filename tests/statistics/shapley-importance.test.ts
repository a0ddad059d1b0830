import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relativeWeights } from "../../server/statistics/relative-weights.ts";
import { explainedBySubsets, shapleyImportance } from "../../server/statistics/shapley-importance.ts";
import { correlationsOf, weightedSpread } from "../../server/statistics/weighted-covariance.ts";
import { weightedRegression } from "../../server/statistics/weighted-regression.ts";
import { farthest, made, sharedSample } from "./drivers-reference.ts";
import { column, designOf, drawing, reference, rowsWhere } from "./reference.ts";

type Decomposed = { r2: number; lmg: number[]; first: number[]; last: number[]; johnson: number[] };

/** Correlations of an outcome and drivers, the outcome first. */
function together(
  columns: readonly Float64Array[],
  weights: Float64Array = new Float64Array(columns[0]!.length).fill(1),
): Float64Array {
  return correlationsOf(
    weightedSpread(
      columns,
      weights,
      rowsWhere(weights.length, () => true),
    ),
  )!;
}

/** Drawn answers: drivers that hang together, an outcome of all of them. */
function drawn(drivers: number, persons: number, seed: number): Float64Array[] {
  const { normal } = drawing(seed);
  const shared = Float64Array.from({ length: persons }, normal);
  const columns = Array.from({ length: drivers }, (_, j) => shared.map((one) => one * (j % 3) * 0.5 + normal()));
  const outcome = shared.map((_, row) =>
    columns.reduce((y, driver, j) => y + driver[row]! * (j - 2) * 0.2, 2 * normal()),
  );
  return [outcome, ...columns];
}

describe("the shared oracle", () => {
  const { swiss } = reference("drivers_importance").input;
  const { design, outcome, drivers, expected } = sharedSample();
  const cases: [string, Float64Array, Decomposed][] = [
    [
      "swiss, relaimpo's own example",
      together((expected.swiss.vars as string[]).map((name) => column(swiss[name]))),
      expected.swiss,
    ],
    ["eight scores without weights", together([outcome, ...drivers]), expected.synth_unweighted],
    ["eight scores, weighted", together([outcome, ...drivers], design.weights), expected.synth_weighted],
  ];
  test.each(cases)("LMG, first and last of %s", (_, correlations, { lmg, r2, first, last }) => {
    const explained = explainedBySubsets(correlations, lmg.length);
    const all = explained.length - 1;
    expect(farthest(shapleyImportance(correlations, lmg.length), lmg)).toBeLessThan(1e-9);
    expect(Math.abs(explained[all]! - r2)).toBeLessThan(1e-9);
    expect(
      farthest(
        lmg.map((__, j) => explained[1 << j]!),
        first,
      ),
    ).toBeLessThan(1e-9);
    expect(
      farthest(
        lmg.map((__, j) => explained[all]! - explained[all ^ (1 << j)]!),
        last,
      ),
    ).toBeLessThan(1e-9);
  });

  test.each(cases)("Johnson's relative weights of %s", (_, correlations, { johnson }) => {
    expect(farthest(relativeWeights(correlations, johnson.length)!, johnson)).toBeLessThan(1e-9);
  });
});

test.each(made)("brute force in R, four drivers of which two are nearly one: $name", (one) => {
  const { design, outcome, drivers, rows, expected } = one;
  const correlations = correlationsOf(weightedSpread([outcome, ...drivers], design.weights, rows))!;
  expect(farthest(shapleyImportance(correlations, 4), expected.lmg)).toBeLessThan(1e-12);
  expect(farthest(relativeWeights(correlations, 4)!, expected.johnson)).toBeLessThan(1e-12);
});

test("shares add up to R², of one driver to thirteen, by subsets and by relative weights", () => {
  for (const drivers of [1, 2, 5, 9, 12, 13]) {
    const [outcome, ...columns] = drawn(drivers, 300, drivers);
    const model = weightedRegression(
      designOf(new Array(300).fill(1)),
      outcome!,
      columns,
      rowsWhere(300, () => true),
    )!;
    const correlations = together([outcome!, ...columns]);
    const added = (parts: Float64Array) => parts.reduce((total, part) => total + part, 0);
    expect(added(relativeWeights(correlations, drivers)!)).toBeCloseTo(model.rSquared, 11);
    if (drivers < 13) expect(added(shapleyImportance(correlations, drivers))).toBeCloseTo(model.rSquared, 11);
  }
});

test("by hand: two drivers halve what they share, and drivers apart bring their squared correlations", () => {
  const [r1, r2, r] = [0.5, 0.3, 0.4];
  const whole = (r1 ** 2 + r2 ** 2 - 2 * r1 * r2 * r) / (1 - r ** 2);
  const found = shapleyImportance(Float64Array.of(1, r1, r2, r1, 1, r, r2, r, 1), 2);
  expect(found[0]).toBeCloseTo((r1 ** 2 + whole - r2 ** 2) / 2, 14);
  expect(found[1]).toBeCloseTo((r2 ** 2 + whole - r1 ** 2) / 2, 14);
  const apart = Float64Array.of(1, 0.5, -0.3, 0.5, 1, 0, -0.3, 0, 1);
  for (const parts of [shapleyImportance(apart, 2), relativeWeights(apart, 2)!])
    expect(farthest(parts, [0.25, 0.09])).toBeLessThan(1e-12);
});

test("neither the order of drivers nor their scale matters, covariances do as correlations, and no share is negative", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      (seed, order) => {
        const [outcome, ...columns] = drawn(5, 40, seed);
        const plain = shapleyImportance(together([outcome!, ...columns]), 5);
        const moved = columns.map((driver, j) => driver.map((score) => (j - 7) * score + 40));
        const shuffled = shapleyImportance(together([outcome!, ...order.map((j) => moved[j]!)]), 5);
        expect(
          farthest(
            shuffled,
            order.map((j) => plain[j]!),
          ),
        ).toBeLessThan(1e-12);
        expect(Math.min(...plain)).toBeGreaterThanOrEqual(0);
        const spread = weightedSpread(
          [outcome!, ...columns],
          new Float64Array(40).fill(1),
          rowsWhere(40, () => true),
        );
        expect(farthest(shapleyImportance(spread.covariances, 5), [...plain])).toBeLessThan(1e-12);
      },
    ),
    { seed: 12, numRuns: 60 },
  );
});

test("a driver given twice shares with itself, and one that follows from two others adds nothing to them", () => {
  const [outcome, ...columns] = drawn(4, 200, 9);
  const once = together([outcome!, ...columns]);
  const twice = together([outcome!, ...columns, columns[3]!]);
  const found = shapleyImportance(twice, 5);
  const whole = found.reduce((total, part) => total + part, 0);
  expect(found[3]).toBeCloseTo(found[4]!, 12);
  expect(whole).toBeCloseTo(explainedBySubsets(once, 4)[15]!, 10);
  expect(relativeWeights(twice, 5)).toBeNull();
  for (let seed = 1; seed <= 300; seed++) {
    const [y, ...few] = drawn(3, 50, seed);
    const sum = few[0]!.map((score, row) => 0.1 * score + (seed / 7) * few[1]![row]! + 3);
    const explained = explainedBySubsets(together([y!, ...few, sum]), 4);
    expect(explained[0b1011]).toBeCloseTo(explained[0b0011]!, 10);
    expect(explained[0b1111]).toBeCloseTo(explained[0b0111]!, 10);
  }
});

test("no driver, a thirteenth, or a matrix of another size is a caller's mistake", () => {
  expect(() => shapleyImportance(Float64Array.of(1), 0)).toThrow(RangeError);
  expect(() => shapleyImportance(together(drawn(13, 30, 1)), 13)).toThrow(RangeError);
  expect(() => shapleyImportance(new Float64Array(9), 3)).toThrow(RangeError);
  expect(() => relativeWeights(new Float64Array(9), 3)).toThrow(RangeError);
});
