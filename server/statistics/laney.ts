import { baselineEnd, movingRanges, type ProcessBounds } from "./process-limits.ts";
import { sum } from "./sum.ts";

const LARGEST_DIFFERENCE = 0.25;

/** Limits of a share whose number of cases changes from point to point. */
export type LaneyLimits = {
  centre: number;
  /** σ_z: how much more shares vary than drawing n cases would make them. */
  spread: number;
  low: Float64Array;
  high: Float64Array;
  /** The limits before they are cut to 0–1: what signals are held against. */
  bounds: ProcessBounds;
  baselineEnd: number;
};

/**
 * Laney's p′ chart: limits of a share where n varies, widened by how much the share varies beyond what n explains.
 *
 *   σᵢ = √(p̄(1 − p̄)/nᵢ),   zᵢ = (pᵢ − p̄)/σᵢ,   σ_z = mean |zᵢ − zᵢ₋₁| / 1.128
 *   limits = p̄ ± 3 σᵢ σ_z, cut to [0, 1]                                        Laney (2002); METHOD §6.4
 *
 *   p̄ = Σ nᵢpᵢ / Σ nᵢ and σ_z of the baseline: its first `points` valid points, else the first 20, or all of 12–19
 *
 * A NaN share or total is a gap. Null for fewer than 12 valid points, where no two of the baseline are neighbours, and where
 * p̄ is not between 0 and 1: nothing varies there. RangeError for totals below 1, unequal lengths, a baseline below 12.
 */
export function laneyLimits(shares: Float64Array, totals: Float64Array, points?: number): LaneyLimits | null {
  if (shares.length !== totals.length) throw new RangeError("each share has its number of cases");
  if (totals.some((n) => n < 1)) throw new RangeError("a share has one case or more");
  const valid = shares.map((share, point) => (Number.isNaN(totals[point]!) ? Number.NaN : share));
  const end = baselineEnd(valid, points);
  if (end === null) return null;
  const baseline = [...valid.subarray(0, end).keys()].filter((point) => !Number.isNaN(valid[point]!));
  const centre =
    sum(baseline.map((point) => totals[point]! * valid[point]!)) / sum(baseline.map((point) => totals[point]!));
  if (!(centre > 0 && centre < 1)) return null;
  const sigma = totals.map((n) => Math.sqrt((centre * (1 - centre)) / n));
  const z = valid.subarray(0, end).map((share, point) => (share - centre) / sigma[point]!);
  const ranges = movingRanges(z).filter((range) => !Number.isNaN(range));
  if (ranges.length === 0) return null;
  const spread = sum(ranges) / ranges.length / 1.128;
  const reach = sigma.map((one) => 3 * one * spread);
  return {
    centre,
    spread,
    low: reach.map((one) => Math.max(0, centre - one)),
    high: reach.map((one) => Math.min(1, centre + one)),
    bounds: { centre, reach: (point) => reach[point]! },
    baselineEnd: end,
  };
}

/**
 * Whether the numbers of cases differ so much that one pair of limits does not fit them all.
 *
 *   some nᵢ with |nᵢ/n̄ − 1| > .25                                              METHOD §6.4
 *
 * NaN is a gap. False for no totals.
 */
export function totalsVary(totals: Float64Array): boolean {
  const valid = totals.filter((n) => !Number.isNaN(n));
  const mean = sum(valid) / valid.length;
  return valid.some((n) => Math.abs(n / mean - 1) > LARGEST_DIFFERENCE);
}
