import type { Design } from "./design.ts";
import { runningSums, sum } from "./sum.ts";

/**
 * Gini's coefficient: how unequally income is spread, 0 where all have the same.
 *
 *   G = (2 Σ w x C − Σ w² x) / (Σ w · Σ w x) − 1,  C = Σ w up to and with the row, by ascending x
 *                                                             METHOD §1.2; Eurostat; R laeken, gini (which × 100)
 *
 * `incomes` are the persons' equivalised incomes, NaN = missing. With negative incomes it may pass 1. Null when no
 * member has an income and where all of it together is 0 or less.
 */
export function gini(design: Design, incomes: Float64Array, members: Int32Array): number | null {
  const rows = members.filter((row) => !Number.isNaN(incomes[row]!));
  rows.sort((left, right) => incomes[left]! - incomes[right]! || left - right);
  const weights = Float64Array.from(rows, (row) => design.weights[row]!);
  const upTo = runningSums(weights);
  const earned = weights.map((weight, place) => weight * incomes[rows[place]!]!);
  const total = sum(earned);
  if (!(total > 0)) return null;
  const ranked = sum(earned.map((part, place) => part * (2 * upTo[place]! - weights[place]!)));
  return ranked / (upTo.at(-1)! * total) - 1;
}
