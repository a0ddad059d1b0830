import { expect, test } from "vitest";
import { rescaleCount, rescaleItem, rescaleMoney } from "../../server/scoring/rescale.ts";

test("an answer becomes percent of the maximum possible, turned where high is bad", () => {
  expect([1, 2, 3, 5].map((answer) => rescaleItem(answer, 1, 5, "+"))).toEqual([0, 25, 50, 100]);
  expect([1, 2, 3, 5].map((answer) => rescaleItem(answer, 1, 5, "-"))).toEqual([100, 75, 50, 0]);
  expect([0, 1].map((answer) => rescaleItem(answer, 0, 1, "+"))).toEqual([0, 100]);
  expect(rescaleItem(Number.NaN, 1, 5, "-")).toBeNaN();
  for (const answer of [0, 6, 8, 99]) expect(() => rescaleItem(answer, 1, 5, "+")).toThrow(RangeError);
  expect(() => rescaleItem(1, 1, 1, "+")).toThrow(RangeError);
});

test("a count stops mattering at its cap", () => {
  expect([0, 3, 12, 40].map((visits) => rescaleCount(visits, 12, "+"))).toEqual([0, 25, 100, 100]);
  expect([0, 3, 12, 40].map((visits) => rescaleCount(visits, 12, "-"))).toEqual([100, 75, 0, 0]);
  expect(rescaleCount(Number.NaN, 12, "-")).toBeNaN();
  expect(() => rescaleCount(-1, 12, "+")).toThrow(RangeError);
  expect(() => rescaleCount(1, 0, "+")).toThrow(RangeError);
});

test("each doubling of income counts alike between the goalposts, and debt is no score below 0", () => {
  const goalposts = { low: 10_000, high: 40_000 };
  expect([10_000, 20_000, 40_000].map((euros) => rescaleMoney(euros, goalposts))).toEqual([
    0,
    expect.closeTo(50, 10),
    100,
  ]);
  expect([-5, 0, 9_000, 90_000].map((euros) => rescaleMoney(euros, goalposts))).toEqual([0, 0, 0, 100]);
  expect(rescaleMoney(Number.NaN, goalposts)).toBeNaN();
  expect(() => rescaleMoney(1, { low: 0, high: 5 })).toThrow(RangeError);
  expect(() => rescaleMoney(1, { low: 5, high: 5 })).toThrow(RangeError);
});
