import { sum } from "./sum.ts";

/** How much areas differ beyond what was expected of them, and how sure that is. */
export type BetweenAreaVariance = {
  /** σ², never 0. */
  variance: number;
  /** Paule and Mandel's own answer, which may be 0. */
  uncut: number;
  /** V(σ²) = 2/Σ (σ² + ψ)⁻². */
  uncertainty: number;
};

const MOST_HALVINGS = 2000;

/**
 * Variance between areas of what a model leaves over, beside their sampling variance (Paule & Mandel 1982).
 *
 *   σ² solves Σ (p_a − q_a)²/(σ² + ψ_a) = A′ − 1 on [0, 1];  0 if the left side at 0 is smaller, 1 if at 1 it is larger
 *   then σ² = max(σ², ½ √(2/Σ ψ_a⁻²)), since a zero gives too short intervals                      METHOD §4.7
 *
 * `deviations` are p_a − q_a, `samplingVariances` ψ_a > 0, one entry an area. The root is found by halving to the last
 * bit. RangeError: columns of unequal length, no areas, a ψ that is not above 0.
 */
export function betweenAreaVariance(deviations: Float64Array, samplingVariances: Float64Array): BetweenAreaVariance {
  const areas = samplingVariances.length;
  if (deviations.length !== areas || areas === 0) throw new RangeError(`${deviations.length} deviations, ${areas} ψ`);
  for (const own of samplingVariances)
    if (!(own > 0 && Number.isFinite(own))) throw new RangeError(`a sampling variance is above 0, not ${own}`);
  const misfit = (variance: number) =>
    sum(deviations.map((deviation, area) => deviation ** 2 / (variance + samplingVariances[area]!))) - (areas - 1);
  const inverseSquares = (variance: number) => sum(samplingVariances.map((own) => (variance + own) ** -2));
  const uncut = misfit(0) <= 0 ? 0 : falling(misfit);
  const variance = Math.max(uncut, 0.5 * Math.sqrt(2 / inverseSquares(0)));
  return { variance, uncut, uncertainty: 2 / inverseSquares(variance) };
}

/** Where a falling function, above 0 at 0, passes 0; 1 where it has not by then. */
function falling(misfit: (variance: number) => number): number {
  let [low, high] = [0, 1];
  if (misfit(high) > 0) return high;
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (misfit(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
