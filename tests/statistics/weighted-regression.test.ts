import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { simpleDesign } from "../../server/statistics/design.ts";
import { weightedMean } from "../../server/statistics/mean.ts";
import { varianceInflation } from "../../server/statistics/variance-inflation.ts";
import { correlationsOf, weightedSpread } from "../../server/statistics/weighted-covariance.ts";
import { type Estimated, tested, weightedRegression } from "../../server/statistics/weighted-regression.ts";
import { farthest, made, sharedSample, worst } from "./drivers-reference.ts";
import { designOf, drawing, rowsWhere } from "./reference.ts";

/** The sum of two numbers of a model: its variance has their covariance in it. */
function plus(one: Estimated, other: Estimated): Estimated {
  return {
    rows: one.rows,
    z: one.z.map((part, at) => part + other.z[at]!),
    estimate: one.estimate + other.estimate,
    ...(one.replicates && { replicates: one.replicates.map((value, at) => value + other.replicates![at]!) }),
  };
}

/** VIFs of the drivers alone. */
function inflationOf(drivers: readonly Float64Array[], weights: Float64Array, rows: Int32Array): Float64Array | null {
  return varianceInflation(correlationsOf(weightedSpread(drivers, weights, rows))!, drivers.length);
}

describe.each(made)("R's svyglm: $name", ({ design, outcome, drivers, rows, expected }) => {
  const model = weightedRegression(design, outcome, drivers, rows)!;
  const terms = [model.intercept, ...model.slopes];

  test("coefficients, errors, degrees of freedom, intervals and p of the complete cases", () => {
    const found = terms.map((term) => tested(design, term, model.degreesOfFreedom));
    expect(rows.length).toBe(expected.n[0]);
    expect(model.degreesOfFreedom).toBe(expected.model.df[0]);
    expect(Math.abs(model.rSquared - expected.r2[0]!)).toBeLessThan(1e-12);
    for (const [field, values] of [
      ["estimate", expected.model.b],
      ["standardError", expected.model.se],
      ["low", expected.model.low!],
      ["high", expected.model.high!],
      ["pValue", expected.model.p!],
    ] as const)
      expect([
        field,
        worst(
          found.map((one) => one[field]!),
          values,
        ) < 1e-9,
      ]).toEqual([field, true]);
  });

  test("every covariance of two coefficients, by the variance of their sum", () => {
    const variance = (term: Estimated) => tested(design, term, 1).standardError ** 2;
    const found = terms.flatMap((one) =>
      terms.map((other) => (variance(plus(one, other)) - variance(one) - variance(other)) / 2),
    );
    const largest = Math.max(...expected.vcov.map(Math.abs));
    expect(farthest(found, expected.vcov) / largest).toBeLessThan(1e-9);
  });

  test("variance inflation is car's vif of the weighted model", () => {
    expect(worst([...inflationOf(drivers, design.weights, rows)!], expected.vif)).toBeLessThan(1e-9);
  });
});

test("the shared oracle: eight scores and life satisfaction, weighted in strata; VIFs without weights", () => {
  const { design, outcome, drivers, members, expected } = sharedSample();
  const model = weightedRegression(design, outcome, drivers, members)!;
  const found = [model.intercept, ...model.slopes].map((term) => tested(design, term, model.degreesOfFreedom));
  const { b, b_se_linearised, p, df_resid, r2 } = expected.synth_weighted;
  expect(model.degreesOfFreedom).toBe(df_resid);
  expect(
    worst(
      found.map(({ estimate }) => estimate),
      b,
    ),
  ).toBeLessThan(1e-7);
  expect(
    worst(
      found.map(({ standardError }) => standardError),
      b_se_linearised,
    ),
  ).toBeLessThan(1e-7);
  expect(
    worst(
      found.map(({ pValue }) => pValue!),
      p,
    ),
  ).toBeLessThan(1e-7);
  expect(Math.abs(model.rSquared - r2)).toBeLessThan(1e-9);
  const alike = new Float64Array(outcome.length).fill(1);
  expect(worst([...inflationOf(drivers, alike, members)!], expected.synth_unweighted.vif)).toBeLessThan(1e-9);
});

test("by hand: a slope on 0 and 1 is the difference of two weighted means, and two drivers inflate by 1/(1 − r²)", () => {
  const design = simpleDesign(Float64Array.of(1, 2, 1, 3, 1, 2));
  const outcome = Float64Array.of(10, 20, 40, 50, 60, 90);
  const side = Float64Array.of(0, 0, 0, 1, 1, 1);
  const model = weightedRegression(
    design,
    outcome,
    [side],
    rowsWhere(6, () => true),
  )!;
  expect(model.intercept.estimate).toBeCloseTo(22.5, 12);
  expect(model.slopes[0]!.estimate).toBeCloseTo(65 - 22.5, 12);
  expect(model.degreesOfFreedom).toBe(4);
  expect([...varianceInflation(Float64Array.of(1, 0.6, 0.6, 1), 2)!].map((vif) => vif.toFixed(10))).toEqual([
    "1.5625000000",
    "1.5625000000",
  ]);
  expect([...varianceInflation(Float64Array.of(1), 1)!]).toEqual([1]);
});

const persons = fc.array(
  fc.record({
    weight: fc.double({ min: 0.5, max: 4, noNaN: true }),
    y: fc.integer({ min: 0, max: 100 }),
    one: fc.integer({ min: 0, max: 100 }),
    other: fc.integer({ min: 0, max: 100 }),
    stratum: fc.nat(2),
    unit: fc.nat(5),
  }),
  { minLength: 40, maxLength: 80 },
);

test("the scale of weights changes nothing; a predictor's shift and scale change its own slope and the level alone", () => {
  fc.assert(
    fc.property(persons, (drawn) => {
      const design = designOf(
        drawn.map(({ weight }) => weight),
        drawn.map(({ stratum }) => stratum),
        drawn.map(({ stratum, unit }) => `${stratum} ${unit}`),
      );
      const of = (field: "y" | "one" | "other") => Float64Array.from(drawn, (person) => person[field]);
      const all = rowsWhere(drawn.length, () => true);
      const plain = weightedRegression(design, of("y"), [of("one"), of("other")], all);
      if (!plain) return;
      const heavier = { ...design, weights: design.weights.map((weight) => 1000 * weight) };
      const moved = weightedRegression(heavier, of("y"), [of("one").map((score) => 7 - 3 * score), of("other")], all)!;
      const show = (model: typeof plain, slope: 0 | 1) => tested(design, model.slopes[slope]!, model.degreesOfFreedom);
      const [before, after] = [show(plain, 0), tested(heavier, moved.slopes[0]!, moved.degreesOfFreedom)];
      expect(after.estimate).toBeCloseTo(-before.estimate / 3, 9);
      expect(after.standardError).toBeCloseTo(before.standardError / 3, 9);
      expect(moved.slopes[1]!.estimate).toBeCloseTo(plain.slopes[1]!.estimate, 9);
      expect(moved.rSquared).toBeCloseTo(plain.rSquared, 9);
      for (const term of [plain.intercept, ...plain.slopes])
        expect(Math.abs(term.z.reduce((total, part) => total + part, 0))).toBeLessThan(1e-9);
    }),
    { seed: 41, numRuns: 60 },
  );
});

test("at the drivers' means the model says the mean, whatever is missing elsewhere in the design", () => {
  const { design, outcome, drivers, rows } = made.find(({ name }) => name === "clustered")!;
  const model = weightedRegression(design, outcome, drivers, rows)!;
  const meanOf = (column: Float64Array) => weightedMean(design, column, rows)!.mean;
  const said = model.slopes.reduce(
    (level, { estimate }, place) => level + estimate * meanOf(drivers[place]!),
    model.intercept.estimate,
  );
  expect(said).toBeCloseTo(meanOf(outcome), 10);
});

describe("what cannot be fitted", () => {
  const { normal } = drawing(3);
  const of = (rows: number) => Float64Array.from({ length: rows }, () => 50 + 10 * normal());
  const design = simpleDesign(Float64Array.from({ length: 30 }, (_, row) => 1 + (row % 7) / 3));
  const all = rowsWhere(30, () => true);
  const [outcome, one, other] = [of(30), of(30), of(30)];
  const fit = (y: Float64Array, predictors: Float64Array[], rows = all) =>
    weightedRegression(design, y, predictors, rows);

  test("has no model: nothing varies, one follows from others, the outcome follows from all, nobody", () => {
    expect(fit(outcome, [one, other])).not.toBeNull();
    for (const same of [0, 0.1, 1 / 3, 70.1, 99.99, 1e9 / 7]) {
      expect(fit(outcome, [one, new Float64Array(30).fill(same)])).toBeNull();
      expect(fit(new Float64Array(30).fill(same), [one])).toBeNull();
    }
    expect(fit(outcome, [one, other, one.map((score, row) => 3 - score + 2 * other[row]!)])).toBeNull();
    expect(
      fit(
        one.map((score) => 2 + score / 3),
        [one],
      ),
    ).toBeNull();
    expect(fit(outcome, [one], Int32Array.of())).toBeNull();
    expect(fit(outcome, [one], Int32Array.of(4))).toBeNull();
    expect(fit(outcome, [one, other], Int32Array.of(1, 2, 3))).toBeNull();
    expect(inflationOf([one, one], design.weights, all)).toBeNull();
  });

  test("has neither interval nor p where units are as few as slopes", () => {
    const clustered = designOf(
      [...design.weights],
      undefined,
      Array.from(all, (row) => row % 3),
    );
    const model = weightedRegression(clustered, outcome, [one, other], all)!;
    expect(model.degreesOfFreedom).toBe(0);
    expect(tested(clustered, model.slopes[0]!, 0)).toMatchObject({ low: null, high: null, pValue: null });
    const nothing = { ...model.slopes[0]!, estimate: 0, z: new Float64Array(30) };
    expect(tested(clustered, nothing, 2)).toMatchObject({ standardError: 0, pValue: 1, low: 0, high: 0 });
  });

  test("is a caller's mistake: an incomplete row, an infinite score, a column too short, no predictor", () => {
    const gap = one.with(5, Number.NaN);
    expect(() => fit(outcome, [gap])).toThrow(RangeError);
    expect(
      fit(
        outcome,
        [gap],
        all.filter((row) => row !== 5),
      ),
    ).not.toBeNull();
    expect(() => fit(outcome, [one.with(5, Number.POSITIVE_INFINITY)])).toThrow(RangeError);
    expect(() => fit(outcome, [one.slice(1)])).toThrow(RangeError);
    expect(() => fit(outcome, [])).toThrow(RangeError);
    expect(() => fit(outcome, [one], Int32Array.of(1, 2, 40))).toThrow(RangeError);
  });

  test("a replicate that leaves nothing to fit is left out, and the error says so", () => {
    const few = Float64Array.from(all, (row) => (row < 2 ? 1 : 0));
    const halves = [0, 1].map((half) => Float64Array.from(all, (row) => (row % 2 === half ? 2 : 0)));
    const replicates = { weights: [few, ...halves], scale: 1, rscales: Float64Array.of(1, 1, 1), mse: true };
    const model = weightedRegression({ ...design, replicates }, outcome, [one, other], all)!;
    expect(model.slopes[0]!.replicates![0]).toBeNaN();
    const slope = tested({ ...design, replicates }, model.slopes[0]!, 1);
    expect(slope.understated).toBe(true);
    expect(slope.standardError).toBeGreaterThan(0);
  });
});
