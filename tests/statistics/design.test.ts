import { expect, test } from "vitest";
import { designShape, effectiveSampleSize, rescaleWeights, simpleDesign } from "../../server/statistics/design.ts";
import { designEffect, weightingEffect } from "../../server/statistics/design-effect.ts";
import { linearise, weightedMean } from "../../server/statistics/mean.ts";
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

test("a stratum of which every unit was asked has no error, and one of a single unit is not understated then", () => {
  const design = designOf([1, 1, 1, 1, 2], [0, 0, 0, 0, 1]);
  const values = Float64Array.of(10, 40, 60, 90, 30);
  const everyone = Int32Array.of(0, 1, 2, 3, 4);
  const finite = (...populations: number[]) =>
    weightedMean({ ...design, populationOfStratum: Float64Array.from(populations) }, values, everyone)!;
  const open = weightedMean(design, values, everyone)!;
  expect(open.understated).toBe(true);
  expect(finite(4, 1)).toMatchObject({ standardError: 0, understated: false, low: open.mean, high: open.mean });
  expect(finite(16, 1).standardError).toBeCloseTo(open.standardError * Math.sqrt(0.75), 12);
  expect(finite(16, 5).understated).toBe(true);
  expect(finite(Number.NaN, Number.NaN)).toEqual(open);
  const simple = simpleDesign(Float64Array.of(1, 2, 3));
  const half = { ...simple, populationOfStratum: Float64Array.of(6) };
  const se = (one: typeof simple) => weightedMean(one, Float64Array.of(1, 5, 7), Int32Array.of(0, 1, 2))!.standardError;
  expect(se(half)).toBeCloseTo(se(simple) * Math.sqrt(0.5), 12);
  expect(() => finite(3, 1)).toThrow(RangeError);
});

test("Kish: equal weights cost nothing, weights of CV 1 cost half the answers; nobody has no effect", () => {
  expect(weightingEffect(new Float64Array(9).fill(4))).toBeCloseTo(1, 12);
  expect(weightingEffect(Float64Array.of(2, 0.0000001, 2, 0.0000001))).toBeCloseTo(2, 6);
  expect(weightingEffect(new Float64Array())).toBeNull();
  const design = simpleDesign(new Float64Array(5).fill(3));
  const values = Float64Array.of(1, 2, 4, 8, 16);
  expect(designEffect(linearise(design, values, Int32Array.of(0, 1, 2, 3, 4))!)).toBeCloseTo(1, 12);
  expect(designEffect(linearise(design, values, Int32Array.of(2))!)).toBeNull();
  expect(designEffect(linearise(design, values.fill(0.1), Int32Array.of(0, 1, 2))!)).toBeNull();
});
