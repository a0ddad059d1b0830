import { betaQuantileLogit, incompleteBeta } from "./beta.ts";

/**
 * Distribution function of F: the chance that F with d₁ and d₂ degrees of freedom is at most `x`.
 *
 *   P(F ≤ x) = I_y(d₁/2, d₂/2),  y = d₁x/(d₁x + d₂)           Abramowitz & Stegun 26.6.2
 *
 * d₁, d₂ > 0 need not be whole, x ≥ 0; else a RangeError.
 */
export function fCdf(x: number, d1: number, d2: number): number {
  const { share, rest } = shares(x, d1, d2);
  return incompleteBeta(share, d1 / 2, d2 / 2, rest);
}

/**
 * The other side of it: the chance that F is above `x`, with all its digits where it is small.
 *
 *   P(F > x) = I_{1−y}(d₂/2, d₁/2),  1 − y = d₂/(d₁x + d₂)
 */
export function fUpperTail(x: number, d1: number, d2: number): number {
  const { share, rest } = shares(x, d1, d2);
  return incompleteBeta(rest, d2 / 2, d1 / 2, share);
}

/**
 * Quantile of F: the value that F stays below with the given chance.
 *
 *   x = (d₂/d₁) y/(1−y),  I_y(d₁/2, d₂/2) = p
 *
 * d₁, d₂ > 0 need not be whole, 0 ≤ p ≤ 1; else a RangeError. p = 0 gives 0 and p = 1 gives ∞.
 */
export function fQuantile(p: number, d1: number, d2: number): number {
  requireDegrees(d1, d2);
  return (d2 / d1) * Math.exp(betaQuantileLogit(p, d1 / 2, d2 / 2));
}

/** y = d₁x/(d₁x + d₂) and 1 − y. */
function shares(x: number, d1: number, d2: number): { share: number; rest: number } {
  requireDegrees(d1, d2);
  if (!(x >= 0)) throw new RangeError(`F is 0 or more, not ${x}`);
  const odds = (d1 / d2) * x;
  if (!Number.isFinite(odds)) return { share: 1, rest: 0 };
  return { share: odds / (1 + odds), rest: 1 / (1 + odds) };
}

function requireDegrees(d1: number, d2: number): void {
  if (!(d1 > 0 && d2 > 0 && Number.isFinite(d1 + d2)))
    throw new RangeError(`F needs more than 0 degrees of freedom twice, not ${d1} and ${d2}`);
}
