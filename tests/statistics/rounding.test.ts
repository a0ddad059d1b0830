import fc from "fast-check";
import { expect, test } from "vitest";
import { roundCount, roundSignificant, roundTo } from "../../server/statistics/rounding.ts";

test("halves go away from zero, also those that binary numbers put just below a half", () => {
  expect([0.05, 1.005, 2.675, 0.25, -0.25, 62.449999].map((value) => roundTo(value, 2))).toEqual([
    0.05, 1.01, 2.68, 0.25, -0.25, 62.45,
  ]);
  expect([2.25, -2.25, 54.95, -0.05, 0.5499999].map((value) => roundTo(value, 1))).toEqual([2.3, -2.3, 55, -0.1, 0.5]);
  expect([0.5, 1.5, 2.5, -2.5, 49.499].map((value) => roundTo(value, 0))).toEqual([1, 2, 3, -3, 49]);
  expect([17_950, 18_049, -150, 49].map((value) => roundTo(value, -2))).toEqual([18_000, 18_000, -200, 0]);
});

test("no minus before nothing", () => {
  for (const value of [-0.04, -0, -1e-12]) expect(Object.is(roundTo(value, 1), 0)).toBe(true);
  expect(() => roundTo(Number.NaN, 1)).toThrow(RangeError);
});

test("persons are rounded to 5, ties up, and never below the fewest that may be shown", () => {
  expect([0, 2, 2.5, 3, 7, 8, 12.5, 1197].map((n) => roundCount(n))).toEqual([0, 0, 5, 5, 5, 10, 15, 1195]);
  expect([10, 11, 12, 13].map((n) => roundCount(n, 10))).toEqual([10, 10, 10, 15]);
  expect([6, 7, 8].map((n) => roundCount(n, 6))).toEqual([10, 10, 10]);
  expect(() => roundCount(-1)).toThrow(RangeError);
});

test("people from a register keep two digits", () => {
  expect([0, 4, 12_345, 12_500, 99.5, 995, 1000, 245_000].map((people) => roundSignificant(people, 2))).toEqual([
    0, 4, 12_000, 13_000, 100, 1000, 1000, 250_000,
  ]);
  expect(() => roundSignificant(5, 0)).toThrow(RangeError);
});

test("a rounded number is the nearest printable one, and rounding it again changes nothing", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 2 }), (value, decimals) => {
      const rounded = roundTo(value, decimals);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 2e-9);
      expect(Number(rounded.toFixed(decimals))).toBe(rounded);
      expect(roundTo(rounded, decimals)).toBe(rounded);
      expect(roundTo(-value, decimals)).toBe(rounded === 0 ? 0 : -rounded);
    }),
  );
});
