import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deflate } from "../../server/statistics/deflate.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { consumptionUnits, equivaliseIncome } from "../../server/statistics/equivalise.ts";
import { gini } from "../../server/statistics/gini.ts";
import { povertyRate, povertyThreshold } from "../../server/statistics/poverty-rate.ts";
import { weightedQuantile } from "../../server/statistics/quantile.ts";
import { quintileShareRatio } from "../../server/statistics/quintile-share-ratio.ts";
import { SHARED } from "../command.ts";
import { expectClose, rowsWhere } from "./reference.ts";

const EUSILC = join(SHARED, "oracles", "fixtures", "money_eusilc.json");

describe.skipIf(!existsSync(EUSILC))(
  "laeken on 1500 persons (needs ../shared/oracles: GPL data stay out of here)",
  () => {
    test("weighted median, poverty threshold and rate, S80/S20, Gini", () => {
      const { input, expected } = JSON.parse(readFileSync(EUSILC, "utf8"));
      const design = simpleDesign(Float64Array.from(input.w));
      const incomes = Float64Array.from(input.eqIncome);
      const everyone = rowsWhere(incomes.length, () => true);
      const threshold = povertyThreshold(design, incomes, everyone)!;
      expectClose(weightedQuantile(design, incomes, everyone, 0.5), expected.weighted_median, 1e-8);
      expectClose(threshold, expected.arpt, 1e-8);
      expectClose(povertyRate(design, incomes, everyone, threshold)!.mean, expected.arpr_percent / 100, 1e-8);
      expectClose(quintileShareRatio(design, incomes, everyone), expected.qsr, 1e-8);
      expectClose(gini(design, incomes, everyone), expected.gini_percent / 100, 1e-8);
    });
  },
);

test("ten persons by hand: 10, 20, … 100", () => {
  const design = simpleDesign(new Float64Array(10).fill(1));
  const incomes = Float64Array.from({ length: 10 }, (_, row) => 10 * (row + 1));
  const everyone = rowsWhere(10, () => true);
  expect(povertyThreshold(design, incomes, everyone)).toBe(30);
  expect(povertyRate(design, incomes, everyone, 30)!.mean).toBeCloseTo(0.2, 12); // who has 30 is not below 30
  expectClose(quintileShareRatio(design, incomes, everyone), 190 / 30, 1e-12);
  expectClose(gini(design, incomes, everyone), 0.3, 1e-12); // Σ|xᵢ − xⱼ| / (2n² x̄) = 3300/(2·100·55)
});

test("one who has everything, all alike, none at all, and debts", () => {
  const design = simpleDesign(new Float64Array(5).fill(2));
  const everyone = Int32Array.of(0, 1, 2, 3, 4);
  expectClose(gini(design, Float64Array.of(0, 0, 0, 0, 9), everyone), 0.8, 1e-12);
  expect(quintileShareRatio(design, Float64Array.of(0, 0, 0, 0, 9), everyone)).toBeNull();
  const alike = new Float64Array(5).fill(1234.5);
  expect(Math.abs(gini(design, alike, everyone)!)).toBeLessThan(1e-12);
  expect(povertyRate(design, alike, everyone, povertyThreshold(design, alike, everyone)!)!.mean).toBe(0);
  expect(gini(design, new Float64Array(5), everyone)).toBeNull();
  expect(gini(design, Float64Array.of(-9, 1, 1, 1, 1), everyone)).toBeNull();
  expect(quintileShareRatio(design, Float64Array.of(-9, 10, 20, 30, 40), everyone)).toBeNull();
  const missing = new Float64Array(5).fill(Number.NaN);
  expect([gini, quintileShareRatio, povertyThreshold].map((of) => of(design, missing, everyone))).toEqual([
    null,
    null,
    null,
  ]);
  expect(povertyRate(design, missing, everyone, 5)).toBeNull();
});

const persons = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 90_000 })), {
  minLength: 2,
  maxLength: 40,
});

test("a weight of three is three persons, for Gini, the poor and the rich alike", () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const weighted = simpleDesign(Float64Array.from(drawn, ([weight]) => weight));
      const incomes = Float64Array.from(drawn, ([, income]) => income);
      const copies = drawn.flatMap(([weight, income]) => Array<number>(weight).fill(income));
      const single = simpleDesign(new Float64Array(copies.length).fill(1));
      const [few, many] = [rowsWhere(drawn.length, () => true), rowsWhere(copies.length, () => true)];
      const each = Float64Array.from(copies);
      expect(povertyThreshold(weighted, incomes, few)).toBe(povertyThreshold(single, each, many));
      expectClose(gini(weighted, incomes, few)! + 1, gini(single, each, many)! + 1, 1e-10);
      const [ratio, expected] = [quintileShareRatio(weighted, incomes, few), quintileShareRatio(single, each, many)];
      expectClose(ratio, expected!, 1e-10);
    }),
    { seed: 21 },
  );
});

test("in other currencies shares stay; giving from rich to poor narrows Gini", () => {
  fc.assert(
    fc.property(persons, fc.double({ min: 0.01, max: 100, noNaN: true }), (drawn, rate) => {
      const design = simpleDesign(new Float64Array(drawn.length).fill(1));
      const incomes = Float64Array.from(drawn, ([, income]) => income);
      const everyone = rowsWhere(drawn.length, () => true);
      const other = incomes.map((income) => income * rate);
      expect(gini(design, other, everyone)).toBeCloseTo(gini(design, incomes, everyone)!, 9);
      const [poorest, richest] = [Math.min(...incomes), Math.max(...incomes)];
      const given = incomes.slice();
      given[incomes.indexOf(richest)] = richest - (richest - poorest) / 4;
      given[incomes.indexOf(poorest)]! += (richest - poorest) / 4;
      expect(gini(design, given, everyone)! - 1e-12).toBeLessThanOrEqual(gini(design, incomes, everyone)!);
    }),
    { seed: 22 },
  );
});

test("OECD's modified scale: a couple with two children needs 2.1 times what one person does", () => {
  expect(consumptionUnits(1, 0)).toBe(1);
  expect(consumptionUnits(2, 2)).toBeCloseTo(2.1, 12);
  expect(consumptionUnits(3, 0)).toBe(2);
  expect(consumptionUnits(0, 2)).toBeCloseTo(1.3, 12);
  expect(equivaliseIncome(42_000, 2, 2)).toBeCloseTo(20_000, 9);
  expect([consumptionUnits(0, 0), equivaliseIncome(5, 0, 0)]).toEqual([null, null]);
  for (const [adults, children] of [
    [-1, 0],
    [1.5, 0],
    [1, Number.NaN],
  ] as const)
    expect(() => consumptionUnits(adults, children)).toThrow(RangeError);
});

test("prices that rose by a quarter make a fifth of the money", () => {
  expect(deflate(100, 125, 100)).toBe(80);
  expect(deflate(-100, 100, 125)).toBe(-125);
  for (const wrong of [0, -1, Number.NaN, Infinity]) {
    expect(() => deflate(1, wrong, 1)).toThrow(RangeError);
    expect(() => deflate(1, 1, wrong)).toThrow(RangeError);
  }
});
