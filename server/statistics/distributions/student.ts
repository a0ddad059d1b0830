import { betaQuantileLogit, incompleteBeta } from "./beta.ts";

/**
 * Distribution function of Student's t: the chance that t with so many degrees of freedom is at most `t`.
 *
 *   P(T ≤ t) = ½ I_x(ν/2, ½),  x = ν/(ν + t²)   for t ≤ 0, and 1 − that for t > 0     Abramowitz & Stegun 26.7.1
 *
 * ν > 0 need not be whole; else a RangeError.
 */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (Number.isNaN(t)) throw new RangeError("t is not a number");
  if (t === 0) return 0.5;
  const square = t * t;
  const x = degreesOfFreedom / (degreesOfFreedom + square);
  const complement = Number.isFinite(square) ? square / (degreesOfFreedom + square) : 1;
  const tail = incompleteBeta(x, degreesOfFreedom / 2, 0.5, complement) / 2;
  return t < 0 ? tail : 1 - tail;
}

/**
 * Quantile of Student's t: the value that t stays below with the given chance.
 *
 *   |t| = √(ν (1−x)/x),  I_x(ν/2, ½) = 2 min(p, 1−p);  t < 0 where p < ½
 *
 * ν > 0 need not be whole, 0 ≤ p ≤ 1; else a RangeError. p = 0 gives −∞ and p = 1 gives ∞.
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (p === 0.5) return 0;
  const logit = betaQuantileLogit(2 * Math.min(p, 1 - p), degreesOfFreedom / 2, 0.5);
  const distance = Math.sqrt(degreesOfFreedom) * Math.exp(-logit / 2);
  return p < 0.5 ? -distance : distance;
}

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && Number.isFinite(degreesOfFreedom)))
    throw new RangeError(`Student's t needs more than 0 degrees of freedom, not ${degreesOfFreedom}`);
}
