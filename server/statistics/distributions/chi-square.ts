import { gammaKernel, incompleteGamma } from "./incomplete-gamma.ts";
import { normalQuantile } from "./normal.ts";
import { solveRising } from "./solve-rising.ts";

/**
 * Distribution function of χ²: the chance that χ² with so many degrees of freedom is at most `x`.
 *
 *   P(X ≤ x) = P(ν/2, x/2)                                     Abramowitz & Stegun 26.4.19
 *
 * ν > 0 need not be whole, x ≥ 0; else a RangeError.
 */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  return incompleteGamma(degreesOfFreedom / 2, x / 2).lower;
}

/** The other side of it: the chance that χ² is above `x`, with all its digits where it is small. */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  return incompleteGamma(degreesOfFreedom / 2, x / 2).upper;
}

/**
 * Quantile of χ²: the value that χ² stays below with the given chance.
 *
 *   P(ν/2, x/2) = p                                            start: Wilson & Hilferty (1931); then Newton in ln x
 *
 * ν > 0 need not be whole, 0 ≤ p ≤ 1; else a RangeError. p = 0 gives 0 and p = 1 gives ∞.
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const a = degreesOfFreedom / 2;
  const ninth = 1 / (9 * a);
  const start = Math.log(a) + 3 * Math.log(Math.max(1e-6, 1 - ninth + normalQuantile(p) * Math.sqrt(ninth)));
  const density = (x: number) => a * gammaKernel(a, x);
  if (p > 0.5) {
    const above = (u: number) => ({ chance: incompleteGamma(a, Math.exp(-u)).upper, density: density(Math.exp(-u)) });
    return 2 * Math.exp(-solveRising(above, 1 - p, -start));
  }
  const below = (u: number) => ({ chance: incompleteGamma(a, Math.exp(u)).lower, density: density(Math.exp(u)) });
  return 2 * Math.exp(solveRising(below, p, start));
}

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && Number.isFinite(degreesOfFreedom)))
    throw new RangeError(`χ² needs more than 0 degrees of freedom, not ${degreesOfFreedom}`);
}
