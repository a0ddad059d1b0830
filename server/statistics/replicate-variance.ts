import type { Replicates } from "./design.ts";
import { sum } from "./sum.ts";

/**
 * Variance of an estimate from the same estimate made with each replicate's weights.
 *
 *   V = scale · Σ_r rscales_r (θ_r − θ̄)²                       METHOD §2.2; R survey, svrVar
 *
 * θ̄ is the mean of the replicates whose rscale is above 0, or the full sample's `estimate` where `mse`. A replicate
 * that leaves the group no weight is NaN and left out, without rescaling the others, as in R; `understated` then.
 * 0 and `understated` when no replicate is left.
 */
export function replicateVariance(
  { scale, rscales, mse }: Replicates,
  estimates: Float64Array,
  estimate: number,
): { variance: number; understated: boolean } {
  const defined = estimates.filter((value) => !Number.isNaN(value));
  const weighing = estimates.filter((value, replicate) => !Number.isNaN(value) && rscales[replicate]! > 0);
  const understated = defined.length < estimates.length;
  if (weighing.length === 0) return { variance: 0, understated: true };
  const centre = mse ? estimate : sum(weighing) / weighing.length;
  const parts = new Float64Array(estimates.length);
  for (let replicate = 0; replicate < estimates.length; replicate++) {
    const value = estimates[replicate]!;
    if (!Number.isNaN(value)) parts[replicate] = rscales[replicate]! * (value - centre) ** 2;
  }
  return { variance: scale * sum(parts), understated };
}

/**
 * The mean of a group by each replicate's weights, θ_r = Σ w_r y / Σ w_r over `rows`, all of them valid. NaN where a
 * replicate gives them no weight.
 */
export function replicateMeans({ weights }: Replicates, values: Float64Array, rows: Int32Array): Float64Array {
  const chosen = new Float64Array(rows.length);
  const products = new Float64Array(rows.length);
  return Float64Array.from(weights, (column) => {
    for (let index = 0; index < rows.length; index++) {
      chosen[index] = column[rows[index]!]!;
      products[index] = chosen[index]! * values[rows[index]!]!;
    }
    const weight = sum(chosen);
    return weight > 0 ? sum(products) / weight : Number.NaN;
  });
}
