/** A share with its limits. */
export type Limits = { value: number; low: number; high: number };

/**
 * Interval of a difference from the intervals of its two sides (method of variance estimates recovery).
 *
 *   low  = θ − √((p₁−l₁)² − 2ρ(p₁−l₁)(u₂−p₂) + (u₂−p₂)²)
 *   high = θ + √((u₁−p₁)² − 2ρ(u₁−p₁)(p₂−l₂) + (p₂−l₂)²),  θ = p₁ − p₂
 *                                                             Newcombe (1998) for ρ = 0; Zou & Donner (2008); METHOD §5.2
 *
 * ρ is the correlation of the two estimates, −1 to 1 (RangeError); 0 where the sides share neither persons nor units.
 */
export function moverInterval(left: Limits, right: Limits, correlation = 0): { low: number; high: number } {
  if (!(correlation >= -1 && correlation <= 1))
    throw new RangeError(`a correlation lies within ±1, not at ${correlation}`);
  const reach = (one: number, other: number) =>
    Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
  const difference = left.value - right.value;
  return {
    low: difference - reach(left.value - left.low, right.high - right.value),
    high: difference + reach(left.high - left.value, right.value - right.low),
  };
}
