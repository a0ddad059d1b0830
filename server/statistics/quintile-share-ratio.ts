import type { Design } from "./design.ts";
import { weightedQuantile } from "./quantile.ts";
import { sum } from "./sum.ts";

/**
 * S80/S20: how many times the income of the poorest fifth the richest fifth has.
 *
 *   Σ_{x > Q(.8)} w x / Σ_{x ≤ Q(.2)} w x,  Q by quantile.ts    METHOD §1.2; Eurostat; R laeken, qsr
 *
 * `incomes` are the persons' equivalised incomes, NaN = missing. Null when no member has one, and where the poorest
 * fifth has nothing or less.
 */
export function quintileShareRatio(design: Design, incomes: Float64Array, members: Int32Array): number | null {
  const poorest = weightedQuantile(design, incomes, members, 0.2);
  const richest = weightedQuantile(design, incomes, members, 0.8);
  if (poorest === null || richest === null) return null;
  const incomeOf = (takesPart: (income: number) => boolean) =>
    sum(
      Float64Array.from(
        members.filter((row) => takesPart(incomes[row]!)),
        (row) => design.weights[row]! * incomes[row]!,
      ),
    );
  const bottom = incomeOf((income) => income <= poorest);
  const ratio = incomeOf((income) => income > richest) / bottom;
  return bottom > 0 && Number.isFinite(ratio) ? ratio : null;
}
