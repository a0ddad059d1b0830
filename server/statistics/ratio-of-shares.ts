import { type Limits, moverInterval } from "./mover.ts";

/**
 * How many times one share another is, with its 95 % interval from those of the two shares, which share neither persons nor units.
 *
 *   r = p₁ / p₂
 *   ln low  = ln r − √((ln p₁ − ln l₁)² + (ln u₂ − ln p₂)²)
 *   ln high = ln r + √((ln u₁ − ln p₁)² + (ln p₂ − ln l₂)²)             MOVER of logarithms: Zou & Donner (2008)
 *
 * p₁ ≥ 0 and p₂ > 0, each within its limits (RangeError). low is 0 where l₁ is; high is null, without end, where l₂ is 0. p₁ = 0: r and low
 * are 0 and high is u₁ / l₂.
 */
export function ratioOfShares(left: Limits, right: Limits): { value: number; low: number; high: number | null } {
  for (const { value, low, high } of [left, right])
    if (!(low >= 0 && low <= value && value <= high && high <= 1))
      throw new RangeError(`a share lies within its limits and these within 0 and 1: ${low} ≤ ${value} ≤ ${high}`);
  if (right.value === 0) throw new RangeError("nothing is a number of times a share of 0");
  if (left.value === 0) return { value: 0, low: 0, high: right.low === 0 ? null : left.high / right.low };
  const logarithms = ({ value, low, high }: Limits): Limits => ({
    value: Math.log(value),
    // Where a limit is 0 its side of the ratio has no end, and this number is of no use.
    low: Math.log(low === 0 ? value : low),
    high: Math.log(high),
  });
  const { low, high } = moverInterval(logarithms(left), logarithms(right));
  return {
    value: left.value / right.value,
    low: left.low === 0 ? 0 : Math.exp(low),
    high: right.low === 0 ? null : Math.exp(high),
  };
}
