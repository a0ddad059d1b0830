import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GaussianMixture, gaussianMixture } from "../../server/segmentation/gaussian-mixture.ts";
import { startSeeds } from "../../server/segmentation/k-means.ts";
import type { CovarianceForm } from "../../server/segmentation/mixture-model.ts";
import { createRandom, drawNormals } from "../../server/segmentation/random.ts";
import { pointSets } from "./point-sets.ts";
import { largestDifference, readReference, seed, toPoints } from "./reference.ts";

type Expected = { loglik: number; n_par: number; bic_minus: number; bic_mclust: number };
const sklearn = readReference<{ input: { X: number[][] }; expected: Record<string, Expected> }>("gmm_iris");
const mclust = readReference<{ expected: { BIC: Record<string, number[]> } }>("mclust_iris").expected.BIC;
const more = readReference<{
  kinds: number[][];
  tied: Record<"iris" | "kinds", Record<string, { loglik: number; shares: number[] }>>;
}>("mixture_more");
const FORMS: Record<string, CovarianceForm> = { VVI: "diagonal", VII: "spherical", VVV: "full", EEI: "tied-diagonal" };
const points = { iris: toPoints(sklearn.input.X), kinds: toPoints(more.kinds) };
const seeds = (starts: number, number = 1) => startSeeds(createRandom(seed(number)), starts);

function fitted(question: Parameters<typeof gaussianMixture>[0], starts = 60): GaussianMixture {
  const found = gaussianMixture(question, seeds(starts));
  if ("refused" in found) throw new Error(found.refused);
  return found;
}

describe("a Gaussian mixture of iris", () => {
  it.each(Object.keys(sklearn.expected))("of mclust's form %s is scikit-learn's", (name) => {
    const [form, clusters] = name.split("_") as [string, string];
    const expected = sklearn.expected[name]!;
    const found = fitted({ points: points.iris, dimensions: 4, clusters: Number(clusters), covariance: FORMS[form]! });
    // A finding: of VVI with 3 scikit-learn comes as high as this only if it starts from these means.
    const higher = name === "VVI_3" ? 0.3171 : 0;
    expect(Math.abs(found.logLikelihood - expected.loglik - higher)).toBeLessThan(name === "VVI_3" ? 0.001 : 0.05);
    expect(found.parameters).toBe(expected.n_par);
    expect(Math.abs(found.bic - expected.bic_minus + 2 * higher)).toBeLessThan(0.1);
    expect(Math.abs(-found.bic - expected.bic_mclust - 2 * higher)).toBeLessThan(0.1);
  });

  it.each(Object.keys(FORMS))("of mclust's form %s is never below mclust's BIC, k = 1 … 6", (form) => {
    mclust[form]!.forEach((expected, index) => {
      const question = { points: points.iris, dimensions: 4, clusters: index + 1, covariance: FORMS[form]! };
      expect(-fitted(question).bic, `k = ${index + 1}`).toBeGreaterThan(expected - 0.01);
    });
  });
});

describe("tied latent profiles", () => {
  const cases = (["iris", "kinds"] as const).flatMap((name) =>
    Object.keys(more.tied[name]).map((clusters) => [name, Number(clusters)] as const),
  );
  it.each(cases)("of %s, k = %i, are those of 600 starts of scikit-learn", (name, clusters) => {
    const dimensions = name === "iris" ? 4 : 5;
    const found = fitted({ points: points[name], dimensions, clusters }, 120);
    const expected = more.tied[name][clusters]!;
    expect(Math.abs(found.logLikelihood - expected.loglik)).toBeLessThan(0.001);
    expect(largestDifference([...found.shares].sort(), expected.shares)).toBeLessThan(0.005);
    expect(found.parameters).toBe(clusters - 1 + clusters * dimensions + (dimensions * (dimensions + 1)) / 2);
    expect(found.bic).toBeCloseTo(
      -2 * found.logLikelihood + found.parameters * Math.log(points[name].length / dimensions),
      9,
    );
    expect(found.converged).toBe(true);
  });

  it("have shares that sum to 1, means that average to the points' mean, and stand in the order of the means", () => {
    const { shares, means } = fitted({ points: points.kinds, dimensions: 5, clusters: 3 });
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (let d = 0; d < 5; d++) {
      const mixed = shares.reduce((sum, share, c) => sum + share * means[c * 5 + d]!, 0);
      expect(mixed).toBeCloseTo(more.kinds.reduce((sum, row) => sum + row[d]!, 0) / more.kinds.length, 9);
    }
    expect([means[0]! < means[5]!, means[5]! < means[10]!]).toEqual([true, true]);
  });

  it("are the same bits for the same seeds, and the same profiles whatever the order of rows and the units", () => {
    const question = { points: points.kinds, dimensions: 5, clusters: 2 };
    const first = fitted(question);
    expect(fitted(question)).toEqual(first);
    const backwards = fitted({ ...question, points: toPoints([...more.kinds].reverse()) });
    expect(largestDifference(backwards.means, first.means)).toBeLessThan(1e-3);
    // Tenfold in one dimension: each density a tenth.
    const stretched = fitted({
      ...question,
      points: toPoints(more.kinds.map(([one, ...rest]) => [10 * one!, ...rest])),
    });
    const lower = more.kinds.length * Math.log(10);
    expect(Math.abs(stretched.logLikelihood - first.logLikelihood + lower)).toBeLessThan(1e-3);
  });
});

describe("what has no mixture", () => {
  const refusedOf = (rows: number[][], clusters: number, covariance?: CovarianceForm) => {
    const question = {
      points: toPoints(rows),
      dimensions: rows[0]!.length,
      clusters,
      ...(covariance && { covariance }),
    };
    const found = gaussianMixture(question, seeds(5));
    return "refused" in found ? found.refused : found.converged;
  };
  const cloud = (rows: number) => {
    const normals = drawNormals(rows * 2, createRandom(seed(7)));
    return Array.from({ length: rows }, (_, row) => [normals[2 * row]!, normals[2 * row + 1]!]);
  };

  it("is refused by name", () => {
    expect(refusedOf([[1, 2]], 1)).toBe("few-rows");
    // Two components in two dimensions, tied: 1 + 4 + 3 parameters.
    expect([refusedOf(cloud(7), 2), refusedOf(cloud(60), 2)]).toEqual(["few-rows", true]);
    const alike = Array.from({ length: 40 }, (_, row) => [row % 2, (row >> 1) % 2]);
    expect(refusedOf(alike, 5)).toBe("few-different-rows");
    // 0.1 has no exact mean in a computer: what rounding leaves is no spread.
    for (const value of [3, 0.1]) {
      const constant = cloud(41).map(([x]) => [x!, value]);
      expect(refusedOf(constant, 1)).toBe("constant-dimension");
    }
  });

  it("where a dimension follows from the others, unless the form looks along the dimensions alone", () => {
    const collinear = cloud(60).map(([x, y]) => [x!, y!, 2 * x! - y!]);
    expect([refusedOf(collinear, 1), refusedOf(collinear, 2, "full")]).toEqual([
      "collinear-dimensions",
      "collinear-dimensions",
    ]);
    expect(refusedOf(collinear, 1, "diagonal")).toBe(true);
  });

  it("where every start ends in a component without spread, and the likelihood has no bound", () => {
    // Three answers and three components: each on one answer, with no variance left.
    expect(
      refusedOf(
        Array.from({ length: 60 }, (_, row) => [row % 3]),
        3,
      ),
    ).toBe("collapsed");
  });

  it("never yields a number that is none", () => {
    const forms = fc.constantFrom(...(["tied", "full", "tied-diagonal", "diagonal", "spherical"] as const));
    fc.assert(
      fc.property(pointSets, forms, ({ points: some, clusters, number }, covariance) => {
        const whole = some.map((value) => (Number.isNaN(value) ? 0 : value));
        const found = gaussianMixture({ points: whole, dimensions: 3, clusters, covariance }, seeds(3, number));
        if ("refused" in found) return;
        expect([found.logLikelihood, found.bic, ...found.shares, ...found.means].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it("is a caller's mistake where points are missing, or there is no component and no start", () => {
    const question = { points: points.iris, dimensions: 4, clusters: 2 };
    expect(() => gaussianMixture({ ...question, points: toPoints([[1, null]]), dimensions: 2 }, seeds(1))).toThrow(
      RangeError,
    );
    expect(() => gaussianMixture({ ...question, dimensions: 7 }, seeds(1))).toThrow(RangeError);
    expect(() => gaussianMixture({ ...question, clusters: 0 }, seeds(1))).toThrow(RangeError);
    expect(() => gaussianMixture(question, [])).toThrow(RangeError);
  });
});
