import type { Design } from "./design.ts";
import { runningSums } from "./sum.ts";

/**
 * Weighted quantile of a group: the smallest answer at or below which the given share of the weight lies.
 *
 *   Q(p) = min { y : Σ_{yⱼ ≤ y} wⱼ ≥ p W (1 − 10⁻¹²) }        R survey, svyquantile(qrule = "math"); METHOD §2.4
 *
 * The 10⁻¹² keeps a weight that reaches p W but for rounding from being passed over. A point estimate only; it is one
 * person's answer (METHOD §7.3.5). 0 < p < 1, else a RangeError. Null when no member has a valid answer.
 */
export function weightedQuantile(design: Design, values: Float64Array, members: Int32Array, p: number): number | null {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile lies between 0 and 1, not at ${p}`);
  if (values.length !== design.weights.length) throw new RangeError("values have one entry per row of the design");
  const rows = members.filter((row) => !Number.isNaN(values[row]!));
  rows.sort((left, right) => values[left]! - values[right]! || left - right);
  const below = runningSums(Float64Array.from(rows, (row) => design.weights[row]!));
  const wanted = p * (below.at(-1) ?? 0) * (1 - 1e-12);
  const place = below.findIndex((weight) => weight >= wanted);
  return place < 0 ? null : values[rows[place]!]!;
}
