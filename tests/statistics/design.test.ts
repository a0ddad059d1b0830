import { expect, test } from "vitest";
import { designShape, effectiveSampleSize, rescaleWeights, simpleDesign } from "../../server/statistics/design.ts";
import { sum } from "../../server/statistics/sum.ts";
import { designOf } from "./reference.ts";

test("equal answers count whole, and one heavy answer among light ones nearly alone", () => {
  expect(effectiveSampleSize(new Float64Array(7).fill(3))).toBeCloseTo(7, 12);
  expect(effectiveSampleSize(Float64Array.of(1000, 1, 1))).toBeCloseTo(1002 ** 2 / 1_000_002, 9);
  expect(effectiveSampleSize(new Float64Array())).toBe(0);
});

test("a weight of 0, below 0 or missing is refused wherever weights come in", () => {
  for (const wrong of [0, -1, Number.NaN, Infinity]) {
    expect(() => effectiveSampleSize(Float64Array.of(1, wrong))).toThrow(RangeError);
    expect(() => simpleDesign(Float64Array.of(1, wrong))).toThrow(RangeError);
    expect(() => rescaleWeights(Float64Array.of(1, wrong), Int32Array.of(0, 0), [10])).toThrow(RangeError);
  }
});

test("contributors' weights add up to their populations, or to their respondents if any population is unknown", () => {
  const weights = Float64Array.of(1, 3, 500, 1500, 1000);
  const contributors = Int32Array.of(0, 0, 1, 1, 1);
  const known = rescaleWeights(weights, contributors, [200, 900]);
  expect(known).toEqual({ weights: Float64Array.of(50, 150, 150, 450, 300), addUpTo: "population" });
  const unknown = rescaleWeights(weights, contributors, [200, null]);
  expect(unknown).toEqual({ weights: Float64Array.of(0.5, 1.5, 0.5, 1.5, 1), addUpTo: "respondents" });
  expect(sum(unknown.weights)).toBe(5);
  expect(rescaleWeights(weights, contributors, [200, 900, null]).addUpTo).toBe("population");
  expect(() => rescaleWeights(weights, contributors, [200])).toThrow(RangeError);
  expect(() => rescaleWeights(weights, contributors, [200, 0])).toThrow(RangeError);
  expect(() => rescaleWeights(weights, Int32Array.of(0), [200])).toThrow(RangeError);
});

test("units are counted in the whole design, and a unit in two strata is refused", () => {
  const shape = designShape(designOf([1, 1, 1, 1, 1], ["a", "a", "a", "b", "b"], ["p", "p", "q", "r", "r"]));
  expect([...shape.unitsInStratum]).toEqual([2, 1]);
  expect(shape.simple).toBe(false);
  expect(designShape(simpleDesign(Float64Array.of(1, 2, 3))).simple).toBe(true);
  expect(() => designShape(designOf([1, 1], ["a", "b"], ["p", "p"]))).toThrow(RangeError);
  expect(() => designShape({ ...designOf([1, 1]), strata: new Int32Array(3) })).toThrow(RangeError);
  expect(() => designShape({ ...designOf([1, 1]), units: Int32Array.of(0, -1) })).toThrow(RangeError);
});
