/**
 * An amount of money in the prices of the baseline year.
 *
 *   x₀ = x · I₀ / I                                            METHOD §1.2; I, I₀ = price index then and in the baseline year
 *
 * Both of one index; each above 0, else a RangeError.
 */
export function deflate(amount: number, index: number, baselineIndex: number): number {
  if (!(index > 0 && baselineIndex > 0 && Number.isFinite(index + baselineIndex)))
    throw new RangeError(`a price index is above 0, not ${index} or ${baselineIndex}`);
  return (amount * baselineIndex) / index;
}
