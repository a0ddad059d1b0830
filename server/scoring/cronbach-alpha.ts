import { fQuantile } from "../statistics/distributions/f.ts";
import { compensatedSum } from "../statistics/sum.ts";
import type { SquareMatrix } from "./covariance.ts";

/**
 * Cronbach's α: how far the sum of some items varies more than items without anything in common would make it vary.
 *
 *   α = k/(k − 1)·(1 − Σ s_j²/s_sum²),  s_sum² = ΣΣ c_jl        Cronbach (1951); METHOD §1.5
 *
 * c: the items' covariances; of their correlations it is the standardised α = k r̄/(1 + (k − 1) r̄). At most 1, below 0
 * where the covariances are negative on the whole. Null: the items add up to a constant. Fewer than 2 items: RangeError.
 */
export function cronbachAlpha({ size, entries }: SquareMatrix): number | null {
  if (size < 2) throw new RangeError(`${size} items have no alpha`);
  const own = compensatedSum(size, (item) => entries[item * size + item]!);
  const all = compensatedSum(size * size, (place) => entries[place]!);
  if (all <= ROUNDING * own) return null;
  return Math.min(1, (size / (size - 1)) * (1 - own / all));
}

/**
 * Feldt's 95 % interval of α.
 *
 *   1 − (1 − α) F(.975; n − 1, (n − 1)(k − 1))  …  1 − (1 − α) F(.025; …)            Feldt (1965); METHOD §1.5
 *
 * n ≥ 2 persons who answered all k ≥ 2 items; else a RangeError.
 */
export function feldtInterval(alpha: number, persons: number, items: number): { low: number; high: number } {
  const limit = (p: number) => 1 - (1 - alpha) * fQuantile(p, persons - 1, (persons - 1) * (items - 1));
  return { low: limit(0.975), high: limit(0.025) };
}

/**
 * Correlation of an item with the sum of the others.
 *
 *   r = Σ_{l≠j} c_jl/√(c_jj Σ_{a≠j} Σ_{b≠j} c_ab)              corrected item–total correlation; METHOD §1.5
 *
 * Null: the others add up to a constant, as an item and its mirror image do.
 */
export function restCorrelation(covariances: SquareMatrix, item: number): number | null {
  const { size, entries } = covariances;
  const rest = withoutItem(covariances, item);
  const spread = compensatedSum(rest.entries.length, (place) => rest.entries[place]!);
  const own = compensatedSum(rest.size, (place) => rest.entries[place * rest.size + place]!);
  if (spread <= ROUNDING * own) return null;
  const shared = compensatedSum(size, (other) => (other === item ? 0 : entries[item * size + other]!));
  return shared / Math.sqrt(entries[item * size + item]! * spread);
}

/** The same matrix without one item's row and column. */
export function withoutItem({ size, entries }: SquareMatrix, item: number): SquareMatrix {
  const rest = entries.filter((_, place) => Math.floor(place / size) !== item && place % size !== item);
  return { size: size - 1, entries: rest };
}

/** A variance this small against the sum of its parts is 0 but for rounding. */
const ROUNDING = 1e-12;
