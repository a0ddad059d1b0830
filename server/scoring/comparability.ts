import { compensatedSum } from "../statistics/sum.ts";
import { type ScoredItem, scoreDimension } from "./dimension-score.ts";

/** One dimension's items in one wave (or of one contributor) by id, with the persons' weights. */
export type DimensionWave = { items: ReadonlyMap<string, ScoredItem>; weights: Float64Array };

/**
 * Whether an item behaves as it did, or why that cannot be said. `new` and `gone`: one wave did not ask it. `alone`: the
 * waves share no other item. `too-few`: under 50 persons with both scores in a wave. `no-spread`: in the baseline
 * everyone's item lies as far from the dimension.
 */
export type ItemComparability = { id: string } & (
  | {
      kind: "compared";
      /** How far the item lay above its dimension, in points. */
      baseline: number;
      later: number;
      /** (later − baseline)/σ. */
      shift: number;
      differs: boolean;
    }
  | { kind: "new" | "gone" | "alone" | "too-few" | "no-spread" }
);

/**
 * Compares how the items of a dimension lie to the dimension as a whole with how they lay in the baseline.
 *
 *   d_i = item score − dimension score of person i,  d̄ = Σ w d / W,  σ = √(Σ w (d − d̄)²/W) of the baseline
 *   shift = (d̄_later − d̄_baseline)/σ;  |shift| > 0.2: the item behaves differently                   METHOD §1.6
 *
 * Weighted, both d̄ and σ: the published means that the items make up are weighted, and a sample with another share of
 * young or ill people than the last one moves unweighted d̄ where no item has changed. Over persons with both scores.
 * Dimension scores are made here, by the half rule, of the items that both waves asked: an item that came or went would
 * otherwise move all the others' d̄. An item that moves alone by x shows (1 − 1/J) x, and each of the others −x/J.
 * Items in the baseline's order, then the new ones. RangeError: columns of unequal length, a weight ≤ 0.
 */
export function compareItems(baseline: DimensionWave, later: DimensionWave): ItemComparability[] {
  requireWeights(baseline);
  requireWeights(later);
  const shared = [...baseline.items.keys()].filter((id) => later.items.has(id));
  const before = deviationsOf(baseline, shared);
  const after = deviationsOf(later, shared);
  const compared = [...baseline.items.keys()].map((id): ItemComparability => {
    const [then, now] = [before.get(id), after.get(id)];
    if (!then || !now) return { id, kind: "gone" };
    return shared.length === 1 ? { id, kind: "alone" } : compareDeviations(id, then, now);
  });
  const added = [...later.items.keys()].filter((id) => !baseline.items.has(id));
  return [...compared, ...added.map((id): ItemComparability => ({ id, kind: "new" }))];
}

const FEWEST_PERSONS = 50;
const GREATEST_SHIFT = 0.2;
/** Points; scores nearer than this are the same answers added in another order. */
const ROUNDING = 1e-9;

/** How far an item lies from the dimension: in how many persons, on average, and how differently. */
type Deviation = { persons: number; mean: number; spread: number };

function compareDeviations(id: string, before: Deviation, after: Deviation): ItemComparability {
  if (before.persons < FEWEST_PERSONS || after.persons < FEWEST_PERSONS) return { id, kind: "too-few" };
  if (before.spread <= ROUNDING) return { id, kind: "no-spread" };
  const shift = (after.mean - before.mean) / before.spread;
  return {
    id,
    kind: "compared",
    baseline: before.mean,
    later: after.mean,
    shift,
    differs: Math.abs(shift) > GREATEST_SHIFT,
  };
}

function deviationsOf({ items, weights }: DimensionWave, shared: readonly string[]): Map<string, Deviation> {
  if (shared.length === 0) return new Map();
  const dimension = scoreDimension(shared.map((id) => items.get(id)!));
  if (dimension.length !== weights.length) throw new RangeError("items have one place per weight");
  return new Map(shared.map((id) => [id, deviationOf(items.get(id)!.scores, dimension, weights)]));
}

function deviationOf(item: Float64Array, dimension: Float64Array, weights: Float64Array): Deviation {
  const rows = Int32Array.from(item.keys()).filter((row) => !Number.isNaN(item[row]! - dimension[row]!));
  const away = Float64Array.from(rows, (row) => item[row]! - dimension[row]!);
  const weight = compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  const mean = compensatedSum(rows.length, (index) => weights[rows[index]!]! * away[index]!) / weight;
  const squares = compensatedSum(rows.length, (index) => weights[rows[index]!]! * (away[index]! - mean) ** 2);
  return { persons: rows.length, mean, spread: Math.sqrt(squares / weight) };
}

function requireWeights({ weights }: DimensionWave): void {
  if (!weights.every((weight) => weight > 0 && Number.isFinite(weight))) throw new RangeError("weights are above 0");
}
