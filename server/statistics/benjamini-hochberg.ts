/**
 * Adjusts p-values of one family, so that of what is called settled at most the share q is expected to be chance.
 *
 *   q₍ᵢ₎ = min_{j ≥ i} p₍ⱼ₎ · m/j,  p₍₁₎ ≤ … ≤ p₍ₘ₎            Benjamini & Hochberg (1995); R p.adjust; METHOD §4.5
 *
 * Adjusted values stand where the p-values stood; a null (no test could be made) stays null and is not counted. `tests`
 * is m where the family is larger than what is given: the rest count as p = 1. RangeError: a p outside 0–1, fewer
 * `tests` than p-values.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[], tests?: number): (number | null)[] {
  const given = pValues.flatMap((p, place) => (p === null ? [] : [{ p, place }]));
  for (const { p } of given)
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value lies between 0 and 1, not at ${p}`);
  const family = tests ?? given.length;
  if (!(family >= given.length)) throw new RangeError(`${given.length} p-values of ${family} tests`);
  given.sort((left, right) => left.p - right.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let lowest = 1;
  for (let rank = given.length; rank >= 1; rank--) {
    const { p, place } = given[rank - 1]!;
    lowest = Math.min(lowest, p * (family / rank));
    adjusted[place] = lowest;
  }
  return adjusted;
}
