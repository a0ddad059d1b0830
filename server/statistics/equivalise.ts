/**
 * How many single persons' needs a household has, by the OECD-modified scale.
 *
 *   1 for the first person, 0.5 for each other of 14 or more, 0.3 for each child under 14      METHOD §1.2
 *
 * Numbers of persons are 0 or more and whole, else a RangeError. A household of children alone counts the first as the
 * first person. Null for nobody.
 */
export function consumptionUnits(adults: number, children: number): number | null {
  if (!(Number.isInteger(adults) && Number.isInteger(children) && adults >= 0 && children >= 0))
    throw new RangeError(`${adults} adults and ${children} children are no household`);
  if (adults + children === 0) return null;
  return adults > 0 ? 1 + 0.5 * (adults - 1) + 0.3 * children : 1 + 0.3 * (children - 1);
}

/**
 * Income of each member of a household: what one person alone would need to live as well.
 *
 *   x = household income / consumption units                   OECD-modified scale; METHOD §1.2
 *
 * Every member has it. Null for nobody.
 */
export function equivaliseIncome(householdIncome: number, adults: number, children: number): number | null {
  const units = consumptionUnits(adults, children);
  return units === null ? null : householdIncome / units;
}
