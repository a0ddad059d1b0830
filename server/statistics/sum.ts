/**
 * Sum that keeps what ordinary addition rounds away, so that a total does not wander with its length.
 *
 *   s = Σ xᵢ + c,  c = what each addition lost                Neumaier (1974), improved Kahan–Babuška
 *
 * Terms are added in the order given: the order is the caller's promise (METHOD §0). 0 for no terms.
 * NaN or an infinity among the terms gives NaN: absence is removed before summing.
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/**
 * Sums of the first one, first two, … of the terms, each kept as exactly as `sum` keeps the last.
 *
 *   Sₖ = x₁ + … + xₖ                                          Neumaier (1974)
 *
 * Empty for no terms.
 */
export function runningSums(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length);
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
    sums[index] = total + lost;
  }
  return sums;
}

/**
 * Sum of term(0) … term(count − 1) in that order, with what each addition lost carried along and added at the end.
 *
 *   S = Σ tᵢ + Σ cᵢ,   cᵢ = what sᵢ₋₁ + tᵢ lost to rounding                        Neumaier (1974)
 *
 * 0 for no terms. NaN when a term is NaN.
 */
export function compensatedSum(count: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < count; index++) {
    const added = term(index);
    const next = sum + added;
    lost += Math.abs(sum) >= Math.abs(added) ? sum - next + added : added - next + sum;
    sum = next;
  }
  return sum + lost;
}
