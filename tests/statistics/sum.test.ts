import fc from "fast-check";
import { expect, test } from "vitest";
import { runningSums, sum } from "../../server/statistics/sum.ts";

test("what ordinary addition rounds away is kept", () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sum([])).toBe(0);
  expect(sum([Number.NaN, 1])).toBeNaN();
});

test("a sum of whole hundredths is the hundredth of the whole sum, however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 2000 }), (hundredths) => {
      const exact = hundredths.reduce((total, value) => total + value, 0) / 100;
      expect(Math.abs(sum(hundredths.map((value) => value / 100)) - exact)).toBeLessThanOrEqual(1e-9);
    }),
  );
});

test("a running sum is at every place the sum of the terms so far", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { maxLength: 50 }), (values) => {
      expect([...runningSums(values)]).toEqual(values.map((_, index) => sum(values.slice(0, index + 1))));
    }),
  );
  expect(runningSums([1e16, 1, 1]).at(-1)).toBe(1e16 + 2);
});
