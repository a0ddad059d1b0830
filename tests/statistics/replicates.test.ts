import fc from "fast-check";
import { expect, test } from "vitest";
import { type Design, designShape, type Replicates, simpleDesign } from "../../server/statistics/design.ts";
import { differenceOfMeans } from "../../server/statistics/difference.ts";
import { linearise, weightedMean } from "../../server/statistics/mean.ts";
import { weightedProportion } from "../../server/statistics/proportion.ts";
import { quantileWithInterval } from "../../server/statistics/quantile.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

test("R's svrepdesign: mean and error from 69 supplied jackknife weights", () => {
  const { input, expected } = reference("survey_replicates");
  const replicates: Replicates = {
    weights: input.rscales.map((_: number, r: number) =>
      Float64Array.from(input.repweights, (row: number[]) => row[r]!),
    ),
    scale: input.scale,
    rscales: Float64Array.from(input.rscales),
    mse: expected.mse,
  };
  expect(replicates.weights).toHaveLength(69);
  const design = { ...simpleDesign(Float64Array.from(input.w)), replicates };
  const everyone = rowsWhere(input.w.length, () => true);
  const estimate = weightedMean(design, column(input.y), everyone)!;
  expectClose(estimate.mean, expected.mean, 1e-9);
  expectClose(estimate.standardError, expected.se, 1e-9);
  expect(estimate.degreesOfFreedom).toBe(63); // 69 units in 6 strata: R, degf(rep) is 63
  expect(estimate.understated).toBe(false);
});

/** Delete-one-unit jackknife weights (JKn): what a statistics office would deliver for a stratified, clustered design. */
function jackknife(design: Design): Replicates {
  const { unitCount, stratumOfUnit, unitsInStratum } = designShape(design);
  const kept = [...Array(unitCount).keys()].filter((unit) => unitsInStratum[stratumOfUnit[unit]!]! > 1);
  return {
    weights: kept.map((unit) =>
      design.weights.map((weight, row) => {
        if (design.units[row] === unit) return 0;
        const units = unitsInStratum[stratumOfUnit[unit]!]!;
        return design.strata[row] === stratumOfUnit[unit] ? (weight * units) / (units - 1) : weight;
      }),
    ),
    scale: 1,
    rscales: Float64Array.from(kept, (unit) => 1 - 1 / unitsInStratum[stratumOfUnit[unit]!]!),
    mse: false,
  };
}

const persons = fc.array(
  fc.record({
    weight: fc.double({ min: 0.5, max: 4, noNaN: true }),
    value: fc.integer({ min: 0, max: 100 }),
    stratum: fc.nat(2),
    unit: fc.nat(3),
    inside: fc.boolean(),
  }),
  { minLength: 30, maxLength: 90 },
);

test("a jackknife of the design says nearly what linearisation says of it, and exactly its degrees of freedom", () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const plain = designOf(
        drawn.map(({ weight }) => weight),
        drawn.map(({ stratum }) => stratum),
        drawn.map(({ stratum, unit }) => `${stratum} ${unit}`),
      );
      const design = { ...plain, replicates: jackknife(plain) };
      const values = Float64Array.from(drawn, ({ value }) => value);
      const everyone = rowsWhere(drawn.length, () => true);
      const linear = weightedMean(plain, values, everyone)!;
      const jackknifed = weightedMean(design, values, everyone)!;
      expect([jackknifed.mean, jackknifed.n]).toEqual([linear.mean, linear.n]);
      expect(jackknifed.degreesOfFreedom).toBe(linear.degreesOfFreedom);
      expect(jackknifed.standardError).toBeGreaterThan(linear.standardError * 0.8);
      expect(jackknifed.standardError).toBeLessThan(linear.standardError * 1.5 + 1e-9);
    }),
    { seed: 7, numRuns: 60 },
  );
});

test("everyone less everyone is nothing by every replicate: the covariance is in the difference", () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const plain = designOf(drawn.map(({ weight }) => weight));
      const design = { ...plain, replicates: jackknife(plain) };
      const values = Float64Array.from(drawn, ({ value }) => value);
      const everyone = rowsWhere(drawn.length, () => true);
      const inside = rowsWhere(drawn.length, (row) => drawn[row]!.inside);
      expect(differenceOfMeans(design, values, everyone, everyone)).toMatchObject({ difference: 0, standardError: 0 });
      const nested = differenceOfMeans(design, values, inside, everyone);
      const others = differenceOfMeans(
        design,
        values,
        inside,
        rowsWhere(drawn.length, (row) => !drawn[row]!.inside),
      );
      if (!nested || !others) return;
      const share = weightedMean(plain, values, inside)!.weight / weightedMean(plain, values, everyone)!.weight;
      expect(nested.difference).toBeCloseTo((1 - share) * others.difference, 9);
      expect(nested.degreesOfFreedom).toBe(others.degreesOfFreedom);
    }),
    { seed: 8, numRuns: 40 },
  );
});

test("the weights' own unit is no matter, nor the order of the replicates", () => {
  const plain = designOf([1, 2, 3, 1, 2, 2, 4, 1], [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3]);
  const replicates = jackknife(plain);
  const values = Float64Array.of(10, 20, 35, 50, 55, 70, 85, 90);
  const everyone = rowsWhere(8, () => true);
  const one = weightedMean({ ...plain, replicates }, values, everyone)!;
  const scaled = {
    ...plain,
    weights: plain.weights.map((weight) => 1000 * weight),
    replicates: {
      ...replicates,
      weights: replicates.weights.map((column) => column.map((weight) => 1000 * weight)).reverse(),
      rscales: replicates.rscales.toReversed(),
    },
  };
  const other = weightedMean(scaled, values, everyone)!;
  expectClose(other.standardError, one.standardError, 1e-12);
  expect(other.degreesOfFreedom).toBe(one.degreesOfFreedom);
});

test("by hand: V = scale · Σ rscale (θ − centre)²; a replicate of rscale 0 takes no part in the centre", () => {
  const values = Float64Array.of(0, 10);
  const weights = [1, 3, 9].map((heavy) => Float64Array.of(1, heavy)); // θ = 5, 7.5, 9
  const at = (mse: boolean, rscales: number[]) =>
    weightedMean(
      {
        ...simpleDesign(Float64Array.of(1, 1)),
        replicates: { weights, scale: 0.5, rscales: Float64Array.from(rscales), mse },
      },
      values,
      Int32Array.of(0, 1),
    )!.standardError ** 2;
  expect(at(true, [1, 2, 1])).toBeCloseTo(0.5 * (0 + 2 * 2.5 ** 2 + 4 ** 2), 10);
  expect(at(false, [1, 1, 0])).toBeCloseTo(0.5 * 2 * 1.25 ** 2, 10);
});

test("a replicate that leaves a group nobody is left out, and the estimate says so", () => {
  const plain = designOf([1, 1, 1, 1, 1, 1], undefined, [0, 0, 1, 1, 2, 2]);
  const design = { ...plain, replicates: jackknife(plain) };
  const values = Float64Array.of(10, 20, 30, 40, 50, 60);
  const oneUnit = weightedMean(design, values, Int32Array.of(0, 1))!;
  expect(oneUnit).toMatchObject({ mean: 15, degreesOfFreedom: 0, low: null, high: null, understated: true });
  expect(linearise(design, values, Int32Array.of(0, 1))!.replicates![0]).toBeNaN();
  const nobody = {
    ...plain,
    replicates: { ...design.replicates, weights: design.replicates.weights.map(() => new Float64Array(6)) },
  };
  expect(weightedMean(nobody, values, Int32Array.of(0, 1, 2))).toMatchObject({
    mean: 20,
    standardError: 0,
    degreesOfFreedom: 0,
    low: null,
    understated: true,
  });
  expect(differenceOfMeans(nobody, values, Int32Array.of(0, 1), Int32Array.of(2, 3))!.pValue).toBeNull();
});

test("shares and quantiles take their errors from the replicates too", () => {
  const plain = designOf(
    Array.from({ length: 40 }, (_, row) => 1 + (row % 3)),
    undefined,
    Array.from({ length: 40 }, (_, row) => row >> 2),
  );
  const wider = jackknife(plain);
  const design = { ...plain, replicates: { ...wider, scale: 4 } };
  const values = Float64Array.from({ length: 40 }, (_, row) => (row * 37) % 100);
  const events = values.map((value) => Number(value > 60));
  const everyone = rowsWhere(40, () => true);
  const [narrow, wide] = [plain, design].map((one) => weightedProportion(one, events, everyone)!);
  expect(wide!.standardError).toBeGreaterThan(1.8 * narrow!.standardError);
  expect(wide!.high! - wide!.low!).toBeGreaterThan(narrow!.high! - narrow!.low!);
  const quantile = quantileWithInterval(design, values, everyone, 0.5)!;
  expect(quantile.share.standardError).toBeGreaterThan(
    1.8 * quantileWithInterval(plain, values, everyone, 0.5)!.share.standardError,
  );
});

test("replicates that do not fit the rows are refused", () => {
  const plain = simpleDesign(Float64Array.of(1, 1, 1));
  const good: Replicates = {
    weights: [Float64Array.of(0, 1.5, 1.5), Float64Array.of(1.5, 0, 1.5)],
    scale: 1,
    rscales: Float64Array.of(1, 1),
    mse: true,
  };
  const with_ = (change: Partial<Replicates>) => () =>
    weightedMean({ ...plain, replicates: { ...good, ...change } }, Float64Array.of(1, 2, 3), Int32Array.of(0, 1, 2));
  expect(with_({})()!.standardError).toBeGreaterThan(0);
  for (const wrong of [
    { weights: [good.weights[0]!] },
    { weights: [good.weights[0]!, Float64Array.of(1, 1)] },
    { weights: [good.weights[0]!, Float64Array.of(1, -1, 1)] },
    { weights: [good.weights[0]!, Float64Array.of(1, Number.NaN, 1)] },
    { rscales: Float64Array.of(1) },
    { rscales: Float64Array.of(1, -1) },
    { scale: 0 },
    { scale: Number.NaN },
  ])
    expect(with_(wrong)).toThrow(RangeError);
});
