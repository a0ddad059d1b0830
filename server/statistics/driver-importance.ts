import { rescaledWeights } from "../segmentation/pile-up.ts";
import type { Random } from "../segmentation/random.ts";
import type { Design, Replicates } from "./design.ts";
import { designDegreesOfFreedom } from "./linearised-variance.ts";
import { studentInterval } from "./mean.ts";
import { relativeWeights } from "./relative-weights.ts";
import { replicateVariance } from "./replicate-variance.ts";
import { MOST_DRIVERS, shapleyImportance } from "./shapley-importance.ts";
import { correlationsOf, reweighted, type WeightedSpread } from "./weighted-covariance.ts";

/** How much of R² is a driver's, and where it stands among the drivers (1 = the most). */
export type Importance = {
  /** Of R²: the shares of all drivers add up to 1. */
  share: number;
  /** 95 % interval of the share, and of the rank; null where none can be made. */
  low: number | null;
  high: number | null;
  bestRank: number | null;
  worstRank: number | null;
};

export type DriverImportance = {
  drivers: Importance[];
  /** Drivers whose shares differ: pairs of places, the larger share first. Empty where there are no intervals. */
  differing: (readonly [number, number])[];
};

export type Resampling = { random: Random; draws?: number };

const DRAWS = 500;

/**
 * Importance of each driver as a share of R², with its interval over resampled designs.
 *
 *   share_j = LMG_j / R² (`shapleyImportance`; above 12 drivers ε_j / R² of `relativeWeights`)             METHOD §4.2
 *   interval: 2.5th and 97.5th percentile over `draws` (500) designs of `rescaledWeights` (Rao & Wu); so for ranks
 *   two drivers differ where the percentile interval of share_j − share_k excludes 0
 *
 * With replicate weights nothing is drawn: share ± t(.975, df)·√V of the replicates' shares, kept within 0 and 1; drivers
 * differ where that interval of their difference excludes 0, and a rank reaches from 1 + the drivers clearly above to p −
 * those clearly below. No intervals where df (#units − #strata of the rows) < 1 or a draw has no R². A driver without any
 * part in R² has a share above 0 all the same, in every draw: its interval comes near 0 and never holds it.
 * `spread`: outcome, then drivers. Null where the outcome or a driver does not vary. RangeError: fewer than two draws.
 */
export function driverImportance(
  design: Design,
  spread: WeightedSpread,
  { random, draws = DRAWS }: Resampling,
): DriverImportance | null {
  if (!(draws >= 2)) throw new RangeError("at least two draws");
  const shares = sharesOf(spread);
  if (shares === null) return null;
  const degreesOfFreedom = designDegreesOfFreedom(design, spread.rows);
  if (degreesOfFreedom < 1) return withoutIntervals(shares);
  if (design.replicates) return byReplicates(shares, spread, { replicates: design.replicates, degreesOfFreedom });
  const drawn: Float64Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const again = reweighted(spread, rescaledWeights(design, random));
    const sharesAgain = again && sharesOf(again);
    if (!sharesAgain) return withoutIntervals(shares);
    drawn.push(sharesAgain);
  }
  return byDraws(shares, drawn);
}

/** Shares of R²; null where something does not vary, or nothing is explained. */
function sharesOf(spread: WeightedSpread): Float64Array | null {
  const drivers = spread.columns - 1;
  const correlations = correlationsOf(spread);
  if (correlations === null) return null;
  const parts =
    drivers <= MOST_DRIVERS ? shapleyImportance(correlations, drivers) : relativeWeights(correlations, drivers);
  const whole = parts?.reduce((total, part) => total + part, 0) ?? 0;
  return parts && whole > 0 ? parts.map((part) => part / whole) : null;
}

function withoutIntervals(shares: Float64Array): DriverImportance {
  const none = { low: null, high: null, bestRank: null, worstRank: null };
  return { drivers: Array.from(shares, (share) => ({ share, ...none })), differing: [] };
}

function byDraws(shares: Float64Array, drawn: readonly Float64Array[]): DriverImportance {
  const ranks = drawn.map(ranksOf);
  const drivers = Array.from(shares, (share, j) => {
    const rank = percentileInterval(ranks.map((of) => of[j]!));
    return {
      share,
      ...percentileInterval(drawn.map((of) => of[j]!)),
      bestRank: Math.floor(rank.low),
      worstRank: Math.ceil(rank.high),
    };
  });
  const differing = pairsByShare(shares).filter(
    ([j, k]) => percentileInterval(drawn.map((of) => of[j]! - of[k]!)).low > 0,
  );
  return { drivers, differing };
}

function byReplicates(
  shares: Float64Array,
  spread: WeightedSpread,
  { replicates, degreesOfFreedom }: { replicates: Replicates; degreesOfFreedom: number },
): DriverImportance {
  const again = replicates.weights.map((weights) => {
    const moved = reweighted(spread, weights);
    return moved && sharesOf(moved);
  });
  const intervalOf = (of: (shares: Float64Array) => number) => {
    const values = Float64Array.from(again, (one) => (one ? of(one) : Number.NaN));
    const { variance } = replicateVariance(replicates, values, of(shares));
    return studentInterval(of(shares), Math.sqrt(variance), degreesOfFreedom);
  };
  const differing = pairsByShare(shares).filter(([j, k]) => (intervalOf((one) => one[j]! - one[k]!).low ?? 0) > 0);
  const drivers = Array.from(shares, (share, j) => {
    const { low, high } = intervalOf((one) => one[j]!);
    return {
      share,
      low: low === null ? null : Math.max(0, low),
      high: high === null ? null : Math.min(1, high),
      bestRank: 1 + differing.filter(([, less]) => less === j).length,
      worstRank: shares.length - differing.filter(([more]) => more === j).length,
    };
  });
  return { drivers, differing };
}

/** Every pair of drivers, the one with the larger share first. */
function pairsByShare(shares: Float64Array): (readonly [number, number])[] {
  return Array.from(shares.keys()).flatMap((j) =>
    Array.from(shares.keys())
      .filter((k) => shares[j]! > shares[k]!)
      .map((k) => [j, k] as const),
  );
}

/** 1 = the largest; equal shares have one rank. */
function ranksOf(shares: Float64Array): number[] {
  return Array.from(shares, (share) => 1 + shares.filter((other) => other > share).length);
}

/** 2.5th and 97.5th percentile; between two draws they are interpolated (R, quantile type 7). */
function percentileInterval(values: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => {
    const place = p * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
  };
  return { low: at(0.025), high: at(0.975) };
}
