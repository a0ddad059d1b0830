import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eigenOfSymmetric, nearestCorrelation, squareRoot } from "../../server/segmentation/correlation.ts";
import { largestDifference } from "./reference.ts";

const symmetric = fc.integer({ min: 1, max: 8 }).chain((dimensions) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: dimensions * dimensions,
      maxLength: dimensions * dimensions,
    })
    .map((values) => ({
      dimensions,
      matrix: Float64Array.from(values, (_, at) => {
        const [d, e] = [Math.floor(at / dimensions), at % dimensions];
        return d === e ? 1 : values[Math.min(d, e) * dimensions + Math.max(d, e)]!;
      }),
    })),
);

function product(left: Float64Array, right: Float64Array, dimensions: number, transposed = false): Float64Array {
  return left.map((_, at) => {
    const [d, e] = [Math.floor(at / dimensions), at % dimensions];
    let sum = 0;
    for (let j = 0; j < dimensions; j++) {
      sum += left[d * dimensions + j]! * right[transposed ? e * dimensions + j : j * dimensions + e]!;
    }
    return sum;
  });
}

describe("eigenvalues of a symmetric matrix", () => {
  it("are those of a known one: 1 and 3 for [[2, 1], [1, 2]], 1 − r and 1 + 7r for equal correlations", () => {
    const sorted = (matrix: Float64Array, dimensions: number) => eigenOfSymmetric(matrix, dimensions).values.sort();
    expect(largestDifference(sorted(Float64Array.of(2, 1, 1, 2), 2), [1, 3])).toBeLessThan(1e-14);
    const equal = Float64Array.from({ length: 64 }, (_, at) => (at % 9 === 0 ? 1 : 0.35));
    expect(largestDifference(sorted(equal, 8), [...new Array(7).fill(0.65), 3.45])).toBeLessThan(1e-13);
  });

  it("make the matrix again with their vectors, which stand at right angles", () => {
    fc.assert(
      fc.property(symmetric, ({ matrix, dimensions }) => {
        const { values, vectors } = eigenOfSymmetric(matrix, dimensions);
        const scaled = vectors.map((value, at) => value * values[at % dimensions]!);
        expect(largestDifference(product(scaled, vectors, dimensions, true), matrix)).toBeLessThan(1e-12);
        const identity = matrix.map((_, at) => (at % (dimensions + 1) === 0 ? 1 : 0));
        expect(largestDifference(product(vectors, vectors, dimensions, true), identity)).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("a correlation matrix made of any symmetric one", () => {
  it("has ones on the diagonal, nothing beyond ±1, and a square root", () => {
    fc.assert(
      fc.property(symmetric, ({ matrix, dimensions }) => {
        const correlation = nearestCorrelation(matrix, dimensions);
        const root = squareRoot(correlation, dimensions);
        expect(largestDifference(product(root, root, dimensions, true), correlation)).toBeLessThan(1e-12);
        correlation.forEach((value, at) => {
          if (at % (dimensions + 1) === 0) expect(value).toBe(1);
          expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        });
      }),
    );
  });

  it("is that matrix where it is a correlation matrix already, and can be drawn from where dimensions are one", () => {
    const given = Float64Array.of(1, 0.3, -0.2, 0.3, 1, 0.5, -0.2, 0.5, 1);
    expect(largestDifference(nearestCorrelation(given, 3), given)).toBeLessThan(1e-14);
    const one = nearestCorrelation(Float64Array.of(1, 1, 1, 1), 2);
    expect(one[1]).toBeGreaterThan(0.99999);
    expect(squareRoot(one, 2).every(Number.isFinite)).toBe(true);
  });
});
