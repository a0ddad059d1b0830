import type { Design } from "../statistics/design.ts";
import { weightedQuantile } from "../statistics/quantile.ts";

/**
 * A cap to propose for a count that the codebook leaves without one: the count that 95 % of people do not exceed.
 *
 *   cap = Q(.95), weighted, of the baseline wave               METHOD §1.2; quantile by METHOD §2.4
 *
 * Frozen in the codebook once confirmed. `counts` has one entry per row of the design, NaN = missing. Null: nobody
 * answered, or 95 % have a count of 0, and a cap above 0 is the steward's to declare. It is one person's answer: for the
 * steward alone, never published. A negative count is a caller's mistake (RangeError).
 */
export function proposeCountCap(design: Design, counts: Float64Array): number | null {
  if (counts.some((count) => count < 0)) throw new RangeError("a count is 0 or more");
  return weightedQuantile(design, counts, Int32Array.from(counts.keys()), 0.95) || null;
}
