import { deviance } from "./deviance.ts";
import { stirlingError } from "./gamma.ts";
import { solveRising } from "./solve-rising.ts";

/**
 * Regularised incomplete beta function: the chance that a Beta(a, b) variable is at most x.
 *
 *   I_x(a, b) = ∫₀ˣ t^(a−1) (1−t)^(b−1) dt / B(a, b)          continued fraction: DLMF 8.17.22
 *
 * a, b > 0 and 0 ≤ x ≤ 1, else a RangeError. `complement` is 1 − x, for callers who know it with more digits.
 */
export function incompleteBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0 && Number.isFinite(a + b))) throw new RangeError(`Beta(${a}, ${b}) is no distribution`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`a beta variable lies between 0 and 1, not at ${x}`);
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const kernel = betaKernel(x, complement, a, b);
  if (x < (a + 1) / (a + b + 2)) return (kernel * continuedFraction(x, a, b)) / a;
  return 1 - (kernel * continuedFraction(complement, b, a)) / b;
}

/**
 * Quantile of the beta distribution: the x below which a Beta(a, b) variable stays with the given chance.
 *
 *   I_x(a, b) = p                                             Newton in ln(x/(1−x)), kept inside a bracket
 *
 * a, b > 0 and 0 ≤ p ≤ 1, else a RangeError; p = 0 gives 0 and p = 1 gives 1.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return 1 / (1 + Math.exp(-betaQuantileLogit(p, a, b)));
}

/**
 * The same quantile as its log odds, for those who need x and 1 − x with all digits.
 *
 *   u = ln(x/(1−x)) with I_x(a, b) = p;  dI/du = x^a (1−x)^b / B(a, b)
 *   u_p(a, b) = −u_{1−p}(b, a) for p > ½, where the upper tail has more digits
 *
 * p = 0 gives −∞ and p = 1 gives ∞, as do quantiles closer to the edges than e^−708.
 */
export function betaQuantileLogit(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (!(a > 0 && b > 0 && Number.isFinite(a + b))) throw new RangeError(`Beta(${a}, ${b}) is no distribution`);
  if (p > 0.5) return -betaQuantileLogit(1 - p, b, a);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  const at = (logit: number) => {
    const x = 1 / (1 + Math.exp(-logit));
    const complement = 1 / (1 + Math.exp(logit));
    return { chance: incompleteBeta(x, a, b, complement), density: betaKernel(x, complement, a, b) };
  };
  return solveRising(at, p, Math.log(a / b));
}

/**
 *   x^a (1−x)^b / B(a, b) = √(ab/2πn) · exp(δ(n) − δ(a) − δ(b) − D(a, nx) − D(b, n(1−x))),  n = a + b
 *
 * Written by deviances, so that large a and b lose no digits: Loader (2000), "Fast and accurate computation
 * of binomial probabilities".
 */
function betaKernel(x: number, complement: number, a: number, b: number): number {
  const n = a + b;
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  const deviances = deviance(a, n * x) + deviance(b, n * complement);
  return Math.sqrt((a * (b / n)) / (2 * Math.PI)) * Math.exp(errors - deviances);
}

/** The continued fraction of DLMF 8.17.22 by Lentz's method (as modified by Thompson and Barnett, 1986). */
function continuedFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let numerator = 1;
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m < 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / away(1 + even * denominator);
    numerator = away(1 + even / numerator);
    fraction *= denominator * numerator;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / away(1 + odd * denominator);
    numerator = away(1 + odd / numerator);
    const change = denominator * numerator;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) return fraction;
  }
  throw new RangeError(`the incomplete beta function did not settle at x = ${x}, a = ${a}, b = ${b}`);
}
