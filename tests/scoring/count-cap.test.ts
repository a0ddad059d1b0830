import { expect, test } from "vitest";
import { proposeCountCap } from "../../server/scoring/count-cap.ts";
import { rescaleCount } from "../../server/scoring/rescale.ts";
import { simpleDesign } from "../../server/statistics/design.ts";

const equal = (persons: number) => simpleDesign(new Float64Array(persons).fill(1));

test("the count that 95 of 100 do not exceed, and weights count", () => {
  const counts = Float64Array.from({ length: 100 }, (_, person) => person);
  expect(proposeCountCap(equal(100), counts)).toBe(94);
  const heavy = simpleDesign(Float64Array.from({ length: 100 }, (_, person) => (person === 99 ? 100 : 1)));
  expect(proposeCountCap(heavy, counts)).toBe(99);
});

test("a proposed cap can score: 0 is never proposed, nor is a cap without answers", () => {
  const rare = Float64Array.from({ length: 100 }, (_, person) => (person < 97 ? 0 : 5));
  expect(proposeCountCap(equal(100), rare)).toBeNull();
  expect(proposeCountCap(equal(3), new Float64Array(3).fill(Number.NaN))).toBeNull();
  expect(proposeCountCap(equal(0), new Float64Array(0))).toBeNull();
  const gaps = Float64Array.of(Number.NaN, 2, 2, Number.NaN);
  const cap = proposeCountCap(equal(4), gaps)!;
  expect([cap, rescaleCount(1, cap, "+")]).toEqual([2, 50]);
});

test("a negative count is refused", () => {
  expect(() => proposeCountCap(equal(2), Float64Array.of(1, -1))).toThrow(RangeError);
});
