import { expect, test } from "vitest";
import { coverageReading } from "../../server/statistics/coverage.ts";

test("METHOD 2.6: outside 0.8–1.25 amber, outside 0.5–2 red, and the bounds belong to the milder side", () => {
  const at = (ratio: number) => coverageReading(0.25 * ratio, 0.25);
  expect([0.49, 0.5, 0.79, 0.8, 1, 1.25, 1.26, 2, 2.01].map(at)).toEqual([
    "far-under",
    "under",
    "under",
    "even",
    "even",
    "even",
    "over",
    "over",
    "far-over",
  ]);
  expect(at(0)).toBe("far-under");
});

test("nobody in the register: nothing to compare with, or far too many; what is no share is refused", () => {
  expect(coverageReading(0, 0)).toBeNull();
  expect(coverageReading(0.01, 0)).toBe("far-over");
  for (const wrong of [-0.1, 1.1, Number.NaN]) {
    expect(() => coverageReading(wrong, 0.5)).toThrow(RangeError);
    expect(() => coverageReading(0.5, wrong)).toThrow(RangeError);
  }
});
