import { deviance } from "./deviance.ts";
import { stirlingError } from "./gamma.ts";

/**
 * Regularised incomplete gamma function: the chance that a Gamma(a) variable is at most x, and that it is above.
 *
 *   P(a, x) = ∫₀ˣ t^(a−1) e^(−t) dt / Γ(a),  Q = 1 − P
 *   P = g (1 + x/(a+1) + x²/((a+1)(a+2)) + …)                  for x < a + 1; DLMF 8.11.4
 *   Q = g a / (x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …)))    beyond; DLMF 8.9.2
 *
 * g = x^a e^(−x)/Γ(a+1). a > 0 and x ≥ 0, else a RangeError. Both sides keep their digits where they are small.
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0 && Number.isFinite(a))) throw new RangeError(`Gamma(${a}) is no distribution`);
  if (!(x >= 0)) throw new RangeError(`a gamma variable is 0 or more, not ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const kernel = gammaKernel(a, x);
  if (x < a + 1) {
    const lower = kernel * series(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = kernel * a * continuedFraction(a, x);
  return { lower: 1 - upper, upper };
}

/**
 *   x^a e^(−x) / Γ(a+1) = exp(−δ(a) − D(a, x)) / √(2πa)
 *
 * Written by the deviance, so that large a loses no digits: Loader (2000). a · this is the density of ln X.
 */
export function gammaKernel(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

function series(a: number, x: number): number {
  let term = 1;
  let total = 1;
  for (let place = a + 1; ; place++) {
    term *= x / place;
    const next = total + term;
    if (next === total) return total;
    total = next;
  }
}

/** By Lentz's method (as modified by Thompson and Barnett, 1986). */
function continuedFraction(a: number, x: number): number {
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let bottom = x + 1 - a;
  let numerator = 1e300;
  let denominator = 1 / away(bottom);
  let fraction = denominator;
  for (let step = 1; step < 1_000_000; step++) {
    const part = step * (a - step);
    bottom += 2;
    denominator = 1 / away(bottom + part * denominator);
    numerator = away(bottom + part / numerator);
    const change = denominator * numerator;
    fraction *= change;
    if (Math.abs(change - 1) <= Number.EPSILON) return fraction;
  }
  throw new RangeError(`the incomplete gamma function did not settle at a = ${a}, x = ${x}`);
}
