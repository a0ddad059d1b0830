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
