import { expect, test } from "vitest";
import type { ProportionEstimate } from "../../server/statistics/proportion.ts";
import { meanDisplay, proportionDisplay } from "../../server/statistics/reliability.ts";

const sound: ProportionEstimate = {
  n: 200,
  weight: 200,
  effectiveSampleSize: 180,
  mean: 0.4,
  standardError: 0.03,
  degreesOfFreedom: 199,
  low: 0.33,
  high: 0.47,
  understated: false,
  events: 80,
};
const hidden = { hidden: true, flags: [] };

test("a mean of 19 is hidden, 20 to 49 few, 50 plain", () => {
  const at = (n: number) => meanDisplay({ ...sound, n }, n);
  expect(at(19)).toEqual(hidden);
  expect([at(20), at(49)].map((display) => display.flags)).toEqual([["few-answers"], ["few-answers"]]);
  expect(at(50)).toEqual({ hidden: false, flags: [] });
  expect(meanDisplay(null, 40)).toEqual(hidden);
});

test("non-response: under a fifth plain, a fifth to a half flagged, more than a half hides a mean", () => {
  expect(meanDisplay({ ...sound, n: 81 }, 100).flags).toEqual([]);
  expect(meanDisplay({ ...sound, n: 80 }, 100).flags).toEqual(["many-missing"]);
  expect(meanDisplay({ ...sound, n: 50 }, 100).flags).toEqual(["many-missing"]);
  expect(meanDisplay({ ...sound, n: 51 }, 103)).toEqual(hidden);
  expect(proportionDisplay({ ...sound, n: 80 }, 100).flags).toEqual(["many-missing"]);
  expect(() => meanDisplay(sound, 199)).toThrow(RangeError);
});

test("few units and an understated variance are said; without degrees of freedom nothing is shown", () => {
  const few = { ...sound, degreesOfFreedom: 7, understated: true };
  expect(meanDisplay(few, 200).flags).toEqual(["few-units", "variance-understated"]);
  expect(proportionDisplay(few, 200).flags).toEqual(["few-units", "variance-understated"]);
  expect(meanDisplay({ ...sound, degreesOfFreedom: 8 }, 200).flags).toEqual([]);
  const none = { ...sound, degreesOfFreedom: 0, low: null, high: null };
  expect([meanDisplay(none, 200), proportionDisplay(none, 200)]).toEqual([hidden, hidden]);
});

test("a share needs 30 answers and the worth of 30", () => {
  expect(proportionDisplay({ ...sound, n: 29, effectiveSampleSize: 29 }, 29)).toEqual(hidden);
  expect(proportionDisplay({ ...sound, n: 60, effectiveSampleSize: 29.9 }, 60)).toEqual(hidden);
  expect(proportionDisplay({ ...sound, n: 30, effectiveSampleSize: 30 }, 30).hidden).toBe(false);
  expect(proportionDisplay(null, 30)).toEqual(hidden);
});

test("a wide interval is said, a rare share is not wide for being rare", () => {
  const flags = (mean: number, low: number, high: number) =>
    proportionDisplay({ ...sound, mean, low, high }, 200).flags;
  expect(flags(0.5, 0.25, 0.75)).toEqual(["wide"]);
  expect(flags(0.5, 0.375, 0.625)).toEqual([]);
  expect(flags(0.01, 0.004, 0.019)).toEqual([]);
  expect(flags(0.04, 0.02, 0.08)).toEqual(["wide"]);
  expect(flags(0.06, 0.03, 0.1)).toEqual([]);
  expect(flags(0, 0, 0.06)).toEqual(["wide"]);
});
