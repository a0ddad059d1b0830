import type { Random } from "../segmentation/random.ts";
import { EQUAL_WEIGHTS, type IndexRule, indexOf, weightsOf } from "./summary-index.ts";

/** Where a unit stands, 1 = highest, as shown and over the draws; null = a dimension of it is missing. */
export type RankBand = { rank: number; low: number; high: number } | null;

/** Two units next to each other as shown, and in which share of the draws they stand the other way round. */
export type AdjacentPair = { above: number; below: number; swapped: number };

export type RankSensitivity = {
  /** By unit. */
  bands: RankBand[];
  pairs: AdjacentPair[];
  /** "Order depends on the weights": some adjacent pair swaps in more than 20 % of the draws. */
  dependsOnWeights: boolean;
};

/**
 * How much the order of units by a summary index owes to its weights and its kind of mean.
 *
 *   v ~ Dirichlet(1, …, 1): e_d = −ln(1 − u_d), v_d = e_d/Σe;  each v with the arithmetic and with the geometric mean
 *   band: 5 % and 95 % of the unit's ranks, Q(p) = least rank that p of the ranks do not exceed         METHOD §1.7
 *   swapped: share of the 2·draws orders in which the lower one of an adjacent pair stands above
 *
 * `unitMeans[u][d]`: mean of unit u in dimension d, 0–100. A unit's rank is 1 + how many stand above it; equals share
 * one. Two that are equal as shown have no order to swap: the larger of both ways counts. A unit with a missing dimension
 * takes no part. `shown`: the rule of the order on the page. RangeError: units of unequal length, no dimensions, no draws.
 */
export function rankSensitivity(
  unitMeans: readonly (readonly number[])[],
  random: Random,
  draws = 1000,
  shown: IndexRule = EQUAL_WEIGHTS,
): RankSensitivity {
  const dimensions = requireUnits(unitMeans, draws);
  const complete = [...unitMeans.keys()].filter((unit) => !unitMeans[unit]!.some(Number.isNaN));
  const profiles = complete.map((unit) => unitMeans[unit]!);
  const order = ranksBy(profiles, weightsOf(shown, dimensions), shown.mean);
  const drawn = drawRanks(profiles, dimensions, random, draws);
  const bands: RankBand[] = unitMeans.map(() => null);
  complete.forEach((unit, place) => {
    bands[unit] = { rank: order[place]!, ...bandOf(drawn.map((ranks) => ranks[place]!)) };
  });
  const pairs = adjacentPairs(order).map(({ above, below }) => ({
    above: complete[above]!,
    below: complete[below]!,
    swapped: swappedShare(drawn, above, below, order[above] === order[below]),
  }));
  return { bands, pairs, dependsOnWeights: pairs.some(({ swapped }) => swapped > GREATEST_SWAPPED) };
}

const GREATEST_SWAPPED = 0.2;

type Ranks = Int32Array;

function drawRanks(
  profiles: readonly (readonly number[])[],
  dimensions: number,
  random: Random,
  draws: number,
): Ranks[] {
  const drawn: Ranks[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const weights = Array.from({ length: dimensions }, () => -Math.log(1 - random.next()));
    for (const mean of ["arithmetic", "geometric"] as const) drawn.push(ranksBy(profiles, weights, mean));
  }
  return drawn;
}

function ranksBy(profiles: readonly (readonly number[])[], weights: readonly number[], mean: IndexRule["mean"]): Ranks {
  const values = profiles.map((profile) => indexOf(profile, weights, mean));
  return Int32Array.from(values, (value) => 1 + values.filter((other) => other > value).length);
}

function bandOf(ranks: readonly number[]): { low: number; high: number } {
  const sorted = Int32Array.from(ranks).sort();
  const quantile = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;
  return { low: quantile(5), high: quantile(95) };
}

/** Places that stand next to each other: those of one rank with those of the next, and equals among themselves. */
function adjacentPairs(order: Ranks): { above: number; below: number }[] {
  const levels = [...new Set(order)].sort((left, right) => left - right);
  const levelOf = Array.from(order, (rank) => levels.indexOf(rank));
  return levelOf.flatMap((level, above) =>
    levelOf.flatMap((other, below) =>
      other === level + 1 || (other === level && above < below) ? [{ above, below }] : [],
    ),
  );
}

function swappedShare(drawn: readonly Ranks[], above: number, below: number, equal: boolean): number {
  const swapped = drawn.filter((ranks) => ranks[below]! < ranks[above]!).length;
  const kept = drawn.filter((ranks) => ranks[above]! < ranks[below]!).length;
  return (equal ? Math.max(swapped, kept) : swapped) / drawn.length;
}

function requireUnits(unitMeans: readonly (readonly number[])[], draws: number): number {
  const dimensions = unitMeans[0]?.length ?? 1;
  if (dimensions === 0) throw new RangeError("units are compared by at least one dimension");
  if (unitMeans.some(({ length }) => length !== dimensions)) throw new RangeError("units have the same dimensions");
  if (!(Number.isInteger(draws) && draws >= 1)) throw new RangeError(`at least one draw, not ${draws}`);
  return dimensions;
}
