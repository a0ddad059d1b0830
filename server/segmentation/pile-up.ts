import { type Design, designShape, type Replicates } from "../statistics/design.ts";
import { criticalStudent } from "../statistics/distributions/student.ts";
import { designDegreesOfFreedom } from "../statistics/linearised-variance.ts";
import { replicateVariance } from "../statistics/replicate-variance.ts";
import { compensatedSum } from "../statistics/sum.ts";
import type { Random } from "./random.ts";

/** How common a group by number of troubles is beside what it would be, were the dimensions independent. */
export type PileUp = {
  code: "0" | "3+";
  observed: number;
  independent: number;
  /** observed / independent; null where the latter is 0. */
  ratio: number | null;
  /** 95 % interval of the ratio, of resampled designs. */
  low: number | null;
  high: number | null;
};

export type PileUpQuestion = {
  design: Design;
  /** `troubleGroups`. */
  groups: Int32Array;
  /** `lowColumns` of the same dimensions. */
  lows: readonly Float64Array[];
  random: Random;
  draws?: number;
};

const DRAWS = 500;
const THREE_OR_MORE = 3;

/**
 * Do troubles pile up: the share of people with none and with three or more, beside that under independence.
 *
 *   p_d = Σ w·low / Σ w over the grouped persons with a valid score in d
 *   P(0) = Π_d (1 − p_d);   P(≥ 3) = 1 − Σ_{t≤2} P(t), t ~ Poisson–binomial(p_1 … p_D)                  METHOD §3.9
 *   ratio = observed / independent, both of the same persons and weights
 *
 * Interval: 2.5th and 97.5th percentile of the ratio over `draws` (500) resampled designs, see `rescaledWeights`. None
 * where df < 1, or where any draw has no ratio. With replicate weights nothing is drawn: R·exp(± t(.975, df)·√V), V that
 * of the replicates' log R (METHOD §2.2). Finite populations are left aside, which is cautious. Null altogether: nobody has a group, or nobody a valid score in some
 * dimension (a wave that did not ask it), since P is then of other dimensions than the count.
 * D < 3: independent = 0 for `3+`, no ratio. The same random numbers give the same interval. RangeError: columns that are
 * not as long as the design, fewer than two draws.
 */
export function pileUp({ design, groups, lows, random, draws = DRAWS }: PileUpQuestion): PileUp[] | null {
  if (groups.length !== design.weights.length || lows.some((column) => column.length !== groups.length))
    throw new RangeError("groups and columns have one entry per row of the design");
  if (!(draws >= 2)) throw new RangeError("at least two draws");
  const rows = Int32Array.from(groups.keys()).filter((row) => groups[row]! >= 0);
  const point = sharesOf(rows, groups, lows, design.weights);
  if (point === null) return null;
  const degreesOfFreedom = designDegreesOfFreedom(design, rows);
  const again: (Shares | null)[] = [];
  const times = design.replicates ? design.replicates.weights.length : draws;
  for (let index = 0; degreesOfFreedom >= 1 && index < times; index++) {
    const weights = design.replicates?.weights[index] ?? rescaledWeights(design, random);
    again.push(sharesOf(rows, groups, lows, weights));
  }
  const withInterval = (part: keyof Shares) => {
    const ratio = ratioOf(point[part]);
    const ratios = again.map((shares) => shares && ratioOf(shares[part]));
    const interval = design.replicates
      ? replicateInterval(ratio, ratios, { replicates: design.replicates, degreesOfFreedom })
      : percentileInterval(ratios);
    return { ...point[part], ratio, ...interval };
  };
  return [
    { code: "0", ...withInterval("none") },
    { code: "3+", ...withInterval("many") },
  ];
}

/**
 * Weights of one resampled design (Rao & Wu): units are drawn anew within their strata, and weights rescaled.
 *
 *   w*_i = w_i · n_h/(n_h − 1) · m_p,   Σ_p m_p = n_h − 1 draws with replacement among the n_h units of stratum h
 *
 * A stratum of one unit keeps its weights. The variance over many such designs is the linearised one of METHOD §2.2.
 * Rao & Wu (1988), Rao, Wu & Yue (1992); METHOD §4.2. Strata and units are drawn in the order of their numbers.
 */
export function rescaledWeights(design: Design, random: Random): Float64Array {
  const { stratumOfUnit, unitsInStratum, unitCount } = designShape(design);
  const unitsOf = Array.from(unitsInStratum, () => [] as number[]);
  for (let unit = 0; unit < unitCount; unit++) if (stratumOfUnit[unit]! >= 0) unitsOf[stratumOfUnit[unit]!]!.push(unit);
  const factor = new Float64Array(unitCount);
  for (const units of unitsOf) {
    if (units.length === 1) factor[units[0]!] = 1;
    const added = units.length / (units.length - 1);
    for (let drawn = 0; drawn < units.length - 1; drawn++) factor[units[random.below(units.length)]!]! += added;
  }
  return design.weights.map((weight, row) => weight * factor[design.units[row]!]!);
}

type Beside = { observed: number; independent: number };
type Shares = { none: Beside; many: Beside };

/** Null where the weights leave nobody with a group, or nobody with a valid score in some dimension. */
function sharesOf(
  rows: Int32Array,
  groups: Int32Array,
  lows: readonly Float64Array[],
  weights: Float64Array,
): Shares | null {
  const total = compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  const low = lows.map((column) => weightedShare(rows, column, weights));
  if (!(total > 0) || low.some((share) => share === null)) return null;
  const share = (group: number) =>
    compensatedSum(rows.length, (index) => (groups[rows[index]!] === group ? weights[rows[index]!]! : 0)) / total;
  const chances = poissonBinomial(low as number[]);
  const many = chances.slice(THREE_OR_MORE);
  return {
    none: { observed: share(0), independent: chances[0]! },
    many: {
      observed: share(THREE_OR_MORE),
      independent: compensatedSum(many.length, (index) => many[index]!),
    },
  };
}

function weightedShare(rows: Int32Array, column: Float64Array, weights: Float64Array): number | null {
  const weightOf = (row: number) => (Number.isNaN(column[row]!) ? 0 : weights[row]!);
  const total = compensatedSum(rows.length, (index) => weightOf(rows[index]!));
  if (!(total > 0)) return null;
  return compensatedSum(rows.length, (index) => (column[rows[index]!] === 1 ? weightOf(rows[index]!) : 0)) / total;
}

/** P(T = t), t = 0 … D, of the number of events among independent ones with chances p_d: by convolution. */
function poissonBinomial(chances: readonly number[]): number[] {
  let of = [1];
  for (const p of chances) {
    const next = new Array<number>(of.length + 1).fill(0);
    of.forEach((chance, events) => {
      next[events]! += chance * (1 - p);
      next[events + 1]! += chance * p;
    });
    of = next;
  }
  return of;
}

function ratioOf({ observed, independent }: Beside): number | null {
  return independent > 0 ? observed / independent : null;
}

type Interval = { low: number | null; high: number | null };

/** Percentile interval; percentiles between two draws are interpolated (R, quantile type 7). */
function percentileInterval(ratios: readonly (number | null)[]): Interval {
  if (ratios.length === 0 || ratios.some((ratio) => ratio === null)) return { low: null, high: null };
  const sorted = Float64Array.from(ratios as number[]).sort();
  const at = (p: number) => {
    const place = p * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
  };
  return { low: at(0.025), high: at(0.975) };
}

function replicateInterval(
  ratio: number | null,
  ratios: readonly (number | null)[],
  { replicates, degreesOfFreedom }: { replicates: Replicates; degreesOfFreedom: number },
): Interval {
  if (ratio === null || ratio === 0 || ratios.length === 0) return { low: null, high: null };
  const logs = Float64Array.from(ratios, (one) => (one === null || one === 0 ? Number.NaN : Math.log(one)));
  const { variance } = replicateVariance(replicates, logs, Math.log(ratio));
  if (!(variance > 0)) return { low: null, high: null };
  const reach = Math.exp(criticalStudent(degreesOfFreedom) * Math.sqrt(variance));
  return { low: ratio / reach, high: ratio * reach };
}
