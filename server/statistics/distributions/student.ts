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
 *   |t| = √(ν y/(1−y)),  I_y(½, ν/2) = |2p − 1|                near the middle, where it has more digits
 *
 * ν > 0 need not be whole, 0 ≤ p ≤ 1; else a RangeError. p = 0 gives −∞ and p = 1 gives ∞.
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (p === 0.5) return 0;
  const half = degreesOfFreedom / 2;
  const middle = Math.abs(p - 0.5);
  const logOdds =
    middle < 0.25 ? betaQuantileLogit(2 * middle, 0.5, half) : -betaQuantileLogit(2 * Math.min(p, 1 - p), half, 0.5);
  const distance = Math.sqrt(degreesOfFreedom) * Math.exp(logOdds / 2);
  return p < 0.5 ? -distance : distance;
}

/** t(.975, ν), which every 95 % interval asks for: worked out once for each whole ν. */
export function criticalStudent(degreesOfFreedom: number): number {
  const known = critical.get(degreesOfFreedom);
  if (known !== undefined) return known;
  const value = studentQuantile(0.975, degreesOfFreedom);
  if (Number.isInteger(degreesOfFreedom)) critical.set(degreesOfFreedom, value);
  return value;
}

const critical = new Map<number, number>();

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && Number.isFinite(degreesOfFreedom)))
    throw new RangeError(`Student's t needs more than 0 degrees of freedom, not ${degreesOfFreedom}`);
}
