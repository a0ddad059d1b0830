import { compensatedSum } from "../statistics/sum.ts";
import type { SquareMatrix } from "./covariance.ts";
import { oneFactor } from "./one-factor.ts";

/**
 * ω, or why it is not shown. `heywood`: one item would be the factor itself, λ² ≥ 1. `negative-loading`: an item runs
 * against the others. `two-items`: one correlation does not settle a factor. `unsettled`: no solution was reached.
 */
export type Omega =
  | { kind: "omega"; omega: number; loadings: Float64Array }
  | { kind: "heywood" | "negative-loading" | "two-items" | "unsettled" };

/**
 * McDonald's ω_total: the share of the variance of the items' sum that one common factor explains.
 *
 *   ω = (Σλ)²/((Σλ)² + Σ(1 − λ²))                             McDonald (1999); METHOD §1.5
 *
 * λ: loadings of the standardised items on one factor (one-factor.ts). Items have a common factor where each λ ≥ 0 and
 * each λ² < 1; otherwise ω is not shown.
 */
export function omegaTotal(correlations: SquareMatrix): Omega {
  if (correlations.size < 3) return { kind: "two-items" };
  const factor = oneFactor(correlations);
  if (factor.kind !== "loadings") return { kind: factor.kind };
  const { loadings } = factor;
  if (loadings.some((loading) => loading < 0)) return { kind: "negative-loading" };
  const common = compensatedSum(loadings.length, (item) => loadings[item]!) ** 2;
  const unique = compensatedSum(loadings.length, (item) => 1 - loadings[item]! ** 2);
  return { kind: "omega", omega: common / (common + unique), loadings };
}
