import { describe, expect, test } from "vitest";
import { type Design, designShape } from "../../server/statistics/design.ts";
import { designEffect } from "../../server/statistics/design-effect.ts";
import { differenceOfMeans } from "../../server/statistics/difference.ts";
import { linearise, weightedMean } from "../../server/statistics/mean.ts";
import { weightedProportion } from "../../server/statistics/proportion.ts";
import { quantileAround } from "../../server/statistics/quantile.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

type Numbers = Record<string, number[]>;
type Case = {
  data: Numbers;
  population?: number[];
  replicates?: { weights: number[][]; scale: [number]; rscales: number[]; mse: boolean };
  groups: Record<string, Numbers>;
  quantiles: Record<string, Record<"p" | "q" | "low" | "high", (number | null)[]>>;
  differences: Record<string, Numbers>;
};
const cases: Record<string, Case> = reference("survey_more").cases;

function designOfCase({ data, population, replicates }: Case): Design {
  const plain = designOf(data.w!, data.stratum, data.unit);
  return {
    ...plain,
    ...(population && { populationOfStratum: Float64Array.from(population) }),
    ...(replicates && {
      replicates: {
        weights: replicates.weights.map((weights) => Float64Array.from(weights)),
        scale: replicates.scale[0],
        rscales: Float64Array.from(replicates.rscales),
        mse: replicates.mse,
      },
    }),
  };
}

function membersOf({ data }: Case, group: string): Int32Array {
  const highest = Math.max(...data.stratum!);
  return rowsWhere(data.w!.length, (row) => {
    if (group === "all") return true;
    return group === "half" ? data.stratum![row]! < highest / 2 : data.class![row] === Number(group.slice(1));
  });
}

test("eleven designs: strata, clusters, lone units, finite populations, five kinds of replicates, shares near 1", () => {
  expect(Object.keys(cases)).toHaveLength(11);
  expect(Object.values(cases).filter(({ replicates }) => replicates)).toHaveLength(5);
  const lone = designShape(designOfCase(cases.lonely!));
  expect(lone.unitsInStratum.filter((units) => units === 1)).toHaveLength(3);
});

describe.each(Object.entries(cases))("R's survey, %s", (name, made) => {
  const design = designOfCase(made);

  test("means, errors, degrees, intervals and design effects of groups", () => {
    for (const [group, expected] of Object.entries(made.groups)) {
      const y = column(made.data.y!);
      const estimate = weightedMean(design, y, membersOf(made, group))!;
      expect([group, estimate.n, estimate.degreesOfFreedom]).toEqual([group, expected.n![0], expected.df![0]]);
      expectClose(estimate.mean, expected.mean![0]!, 1e-10);
      expect(Math.abs(estimate.standardError - expected.se![0]!)).toBeLessThan(1e-8 * expected.se![0]! + 1e-12);
      if (estimate.degreesOfFreedom < 1) expect([estimate.low, estimate.high]).toEqual([null, null]);
      else {
        expectClose(estimate.low, expected.low![0]!, 1e-8);
        expectClose(estimate.high, expected.high![0]!, 1e-8);
      }
      const effect = designEffect(linearise(design, y, membersOf(made, group))!);
      if (expected.se![0]! < 1e-10) expect(effect).toBeNull();
      else if (expected.deff) expectClose(effect, expected.deff[0]!, 1e-8);
      if (name === "lonely" && group === "all") expect(estimate.understated).toBe(true);
      if (["stratified", "clustered", "finite"].includes(name)) expect(estimate.understated).toBe(false);
    }
  });

  test("shares with Korn and Graubard's interval, capped at n", () => {
    for (const [group, expected] of Object.entries(made.groups)) {
      for (const event of ["b", "rare"]) {
        const share = weightedProportion(design, column(made.data[event]!), membersOf(made, group))!;
        const from = (field: string) => expected[`${event}_${field}`]![0]!;
        expectClose(share.mean, from("p"), 1e-10);
        expect(Math.abs(share.standardError - from("se"))).toBeLessThan(1e-8 * from("se") + 1e-14);
        if (share.degreesOfFreedom < 1) expect([share.low, share.high]).toEqual([null, null]);
        else {
          expect(Math.abs(share.low! - from("low"))).toBeLessThanOrEqual(1e-6 * from("low"));
          expect(Math.abs(share.high! - from("high"))).toBeLessThanOrEqual(1e-6 * from("high"));
        }
      }
    }
  });

  test("quantiles and Woodruff's limits; a share of 1 has no visible error, where R says that it has none", () => {
    for (const [group, { p, q, low, high }] of Object.entries(made.quantiles)) {
      for (const [index, chance] of p.entries()) {
        const got = quantileAround(design, column(made.data.y!), membersOf(made, group), {
          p: chance!,
          centre: "share",
        })!;
        expect(got.value).toBe(q[index]);
        if (got.share.standardError < 1e-10) expect([got.noLow, got.noHigh]).toEqual(["no-variance", "no-variance"]);
        else {
          expect([got.low, got.high]).toEqual([low[index], high[index]]);
          expect([got.noLow, got.noHigh]).toEqual(
            [low[index], high[index]].map((limit) => (limit === null ? "not-reached" : null)),
          );
        }
      }
    }
  });

  test("a difference of two groups, its covariance in it, with p", () => {
    const expected = made.differences["g0|g1"]!;
    const got = differenceOfMeans(design, column(made.data.y!), membersOf(made, "g1"), membersOf(made, "g0"))!;
    expectClose(-got.difference, expected.difference![0]!, 1e-8);
    expectClose(got.standardError, expected.se![0]!, 1e-7);
    expect(got.degreesOfFreedom).toBe(expected.df![0]);
    expectClose(got.pValue, expected.p![0]!, 1e-7);
  });
});
