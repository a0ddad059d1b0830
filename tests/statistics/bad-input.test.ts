import fc from "fast-check";
import { expect, test } from "vitest";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { designEffect, weightingEffect } from "../../server/statistics/design-effect.ts";
import { differenceBetweenWaves, differenceOfMeans } from "../../server/statistics/difference.ts";
import { gini } from "../../server/statistics/gini.ts";
import { linearise, weightedMean } from "../../server/statistics/mean.ts";
import { povertyRate, povertyThreshold } from "../../server/statistics/poverty-rate.ts";
import { weightedProportion } from "../../server/statistics/proportion.ts";
import { quantileWithInterval } from "../../server/statistics/quantile.ts";
import { quintileShareRatio } from "../../server/statistics/quintile-share-ratio.ts";
import { rake } from "../../server/statistics/rake.ts";
import { designOf, drawing, rowsWhere } from "./reference.ts";

/** Where an answer holds a number that is none: NaN or an infinity, however deep. */
function notNumbers(answer: unknown, at = "answer"): string[] {
  if (typeof answer === "number") return Number.isFinite(answer) ? [] : [`${at} is ${answer}`];
  if (answer === null || typeof answer !== "object") return [];
  return Object.entries(answer).flatMap(([key, part]) => notNumbers(part, `${at}.${key}`));
}

function everything(design: Design, values: Float64Array, members: Int32Array, others: Int32Array): unknown {
  const events = values.map((value) => (Number.isNaN(value) ? value : Number(value > 50)));
  const linearised = linearise(design, values, members);
  const [mean, rest] = [weightedMean(design, values, members), weightedMean(design, values, others)];
  const threshold = povertyThreshold(design, values, members);
  return {
    mean,
    share: weightedProportion(design, events, members),
    quantiles: [0.01, 0.5, 0.99].map((p) => quantileWithInterval(design, values, members, p)),
    differences: [others, members, Int32Array.from([...new Set([...members, ...others])])].map((other) =>
      differenceOfMeans(design, values, members, other),
    ),
    shares: differenceOfMeans(design, events, members, others),
    waves: mean && rest && differenceBetweenWaves(mean, rest),
    effects: linearised && [designEffect(linearised), weightingEffect(linearised.weights)],
    money: [gini, quintileShareRatio].map((of) => of(design, values, members)),
    poor: threshold === null ? null : povertyRate(design, values, members, threshold),
  };
}

const surveys = fc.array(
  fc.record({
    weight: fc.oneof(fc.constantFrom(1e-9, 1, 1e9), fc.double({ min: 0.01, max: 50, noNaN: true })),
    value: fc.oneof(
      fc.constantFrom(0, 1, 100, 0.1, -5, Number.NaN, 1e12),
      fc.double({ min: -10, max: 100, noNaN: true }),
    ),
    stratum: fc.nat(3),
    unit: fc.nat(4),
    kept: fc.nat(3),
    inside: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

test("whatever was answered by however few, in whatever design: numbers or nulls, never NaN", () => {
  fc.assert(
    fc.property(surveys, fc.constantFrom("weights", "strata", "clusters", "finite", "replicates"), (drawn, kind) => {
      const weights = drawn.map(({ weight }) => weight);
      const plain =
        kind === "weights"
          ? designOf(weights)
          : designOf(
              weights,
              drawn.map(({ stratum }) => stratum),
              kind === "strata" ? undefined : drawn.map(({ stratum, unit }) => `${stratum} ${unit}`),
            );
      const replicates = {
        weights: [0, 1, 2, 3].map((left) =>
          Float64Array.from(drawn, ({ weight, kept }) => (kept === left ? 0 : weight * 1.3)),
        ),
        scale: 0.75,
        rscales: Float64Array.of(1, 1, 1, 0),
        mse: drawn.length % 2 === 0,
      };
      const design =
        kind === "replicates"
          ? { ...plain, replicates }
          : kind === "finite"
            ? { ...plain, populationOfStratum: new Float64Array(4).fill(25) }
            : plain;
      const values = Float64Array.from(drawn, ({ value }) => value);
      const inside = rowsWhere(drawn.length, (row) => drawn[row]!.inside);
      const outside = rowsWhere(drawn.length, (row) => !drawn[row]!.inside);
      expect(notNumbers(everything(design, values, inside, outside))).toEqual([]);
    }),
    { seed: 31, numRuns: 600 },
  );
});

test("one respondent, all equal, one unit a stratum, only noughts, only ones", () => {
  const all = (rows: number) => rowsWhere(rows, () => true);
  const one = everything(simpleDesign(Float64Array.of(2)), Float64Array.of(60), Int32Array.of(0), Int32Array.of());
  expect(one).toMatchObject({ mean: { n: 1, mean: 60, low: null, high: null }, share: { mean: 1, low: null } });
  const lone = designOf([1, 2, 3], [0, 1, 2]);
  expect(weightedMean(lone, Float64Array.of(1, 2, 3), all(3))).toMatchObject({
    standardError: 0,
    degreesOfFreedom: 0,
    low: null,
    understated: true,
  });
  for (const value of [0, 1, 0.1, 100]) {
    const values = new Float64Array(30).fill(value);
    const design = designOf(Array.from({ length: 30 }, (_, row) => 0.1 + (row % 7)));
    expect(notNumbers(everything(design, values, all(15), all(30)))).toEqual([]);
    expect(weightedMean(design, values, all(30))!.standardError).toBeLessThan(1e-13);
  }
});

test("weights of nothing, below it or missing and infinite answers are refused, not averaged", () => {
  for (const wrong of [0, -1, Number.NaN, Infinity]) {
    const design = { ...designOf([1, 1, 1]), weights: Float64Array.of(1, wrong, 1) };
    expect(() => weightedMean(design, Float64Array.of(1, 2, 3), Int32Array.of(0, 1, 2))).toThrow(RangeError);
  }
  const design = simpleDesign(Float64Array.of(1, 1));
  for (const wrong of [Infinity, -Infinity])
    expect(() => weightedMean(design, Float64Array.of(1, wrong), Int32Array.of(0, 1))).toThrow(RangeError);
});

test("100 000 rows in 20 000 clusters: all of it answers, and raking too", () => {
  const { uniform, normal, below } = drawing(3);
  const rows = 100_000;
  const unit = Int32Array.from({ length: rows }, (_, row) => row % 20_000);
  const design = {
    weights: Float64Array.from({ length: rows }, () => 0.2 + uniform()),
    strata: unit.map((own) => own % 40),
    units: unit,
  };
  const values = Float64Array.from({ length: rows }, () => (uniform() < 0.05 ? Number.NaN : 50 + 20 * normal()));
  const inside = rowsWhere(rows, () => uniform() < 0.3);
  const everyone = rowsWhere(rows, () => true);
  expect(notNumbers(everything(design, values, inside, everyone))).toEqual([]);
  const margins = [20, 8, 2].map((classes) => ({
    classes: Int32Array.from({ length: rows }, () => below(classes)),
    totals: new Float64Array(classes).fill(5_000_000 / classes),
  }));
  expect(rake(design.weights, margins).kind).toBe("weights");
});
