import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreDimension } from "../../server/scoring/dimension-score.ts";
import { EQUAL_WEIGHTS, type IndexRule, summaryIndex } from "../../server/scoring/summary-index.ts";

/** The index of one person; null = a dimension without a score. */
function indexOfPerson(scores: readonly (number | null)[], rule: IndexRule = EQUAL_WEIGHTS): number {
  return summaryIndex(
    scores.map((score) => Float64Array.of(score ?? Number.NaN)),
    rule,
  )![0]!;
}

const GEOMETRIC: IndexRule = { mean: "geometric" };

test("the arithmetic and the geometric mean of five dimensions, by hand", () => {
  expect(indexOfPerson([10, 20, 30, 40, 50])).toBe(30);
  expect(indexOfPerson([16, 16, 64, 64, 32], GEOMETRIC)).toBeCloseTo(32, 12);
  expect(indexOfPerson([0, 100, 100, 100, 100], GEOMETRIC)).toBeCloseTo(100 ** 0.8, 10);
  expect(indexOfPerson([0, 0, 0, 0, 0], GEOMETRIC)).toBe(1);
});

test("own weights in any unit; a dimension of weight 0 plays no part", () => {
  const own = (weights: number[]) => indexOfPerson([10, 20, 30, 40, 50], { mean: "arithmetic", weights });
  expect(own([1, 0, 0, 0, 1])).toBe(30);
  expect(own([3, 1, 1, 1, 1])).toBeCloseTo(170 / 7, 12);
  expect(own([300, 100, 100, 100, 100])).toBeCloseTo(own([3, 1, 1, 1, 1]), 12);
  expect(indexOfPerson([100, 1, 1, 1, 1], { mean: "geometric", weights: [1, 1, 0, 0, 0] })).toBeCloseTo(10, 12);
});

test("three quarters of the usable dimensions, rounded up: 4 of 5, 5 of 6, 6 of 7, 6 of 8", () => {
  for (const [dimensions, needed] of [
    [5, 4],
    [6, 5],
    [7, 6],
    [8, 6],
  ] as const) {
    const withValid = (valid: number) =>
      indexOfPerson(Array.from({ length: dimensions }, (_, place) => (place < valid ? 40 : null)));
    expect(withValid(needed)).toBe(40);
    expect(withValid(needed - 1)).toBeNaN();
  }
});

test("fewer than five usable dimensions have no index", () => {
  expect(
    summaryIndex(
      [1, 2, 3, 4].map((score) => Float64Array.of(score)),
      EQUAL_WEIGHTS,
    ),
  ).toBeNull();
  expect(summaryIndex([], EQUAL_WEIGHTS)).toBeNull();
});

test("own weights of nothing but what a person lacks give that person no index", () => {
  const rule: IndexRule = { mean: "arithmetic", weights: [1, 0, 0, 0, 0] };
  expect(indexOfPerson([null, 20, 30, 40, 50], rule)).toBeNaN();
  expect(indexOfPerson([10, 20, 30, 40, 50], rule)).toBe(10);
});

test("the index lies between a person's lowest and highest dimension, the geometric one never above the arithmetic", () => {
  const scores = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 5, maxLength: 8 });
  fc.assert(
    fc.property(scores, (profile) => {
      const [arithmetic, geometric] = [indexOfPerson(profile), indexOfPerson(profile, GEOMETRIC)];
      expect(geometric).toBeLessThanOrEqual(arithmetic + 1e-9);
      expect(geometric).toBeGreaterThanOrEqual(Math.min(...profile) - 1e-9);
      expect(arithmetic).toBeLessThanOrEqual(Math.max(...profile) + 1e-9);
    }),
  );
});

test("dimensions as scoreDimension makes them go straight in", () => {
  const item = (scores: number[]) => ({ scores: Float64Array.from(scores), administered: new Uint8Array(2).fill(1) });
  const dimensions = [10, 20, 30, 40, 50].map((score) => scoreDimension([item([score, Number.NaN])]));
  expect([...summaryIndex(dimensions, EQUAL_WEIGHTS)!]).toEqual([30, Number.NaN]);
});

test("weights that are no rule are refused: too few, negative, all 0, not finite", () => {
  for (const weights of [
    [1, 1],
    [1, 1, 1, 1, -1],
    [0, 0, 0, 0, 0],
    [1, 1, 1, 1, Number.NaN],
    [1, 1, 1, 1, Infinity],
  ])
    expect(() => indexOfPerson([1, 2, 3, 4, 5], { mean: "arithmetic", weights })).toThrow(RangeError);
  const uneven = [1, 1, 1, 1, 2].map((persons) => new Float64Array(persons));
  expect(() => summaryIndex(uneven, EQUAL_WEIGHTS)).toThrow(RangeError);
});
