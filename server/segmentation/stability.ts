import { adjustedRandIndex } from "./adjusted-rand.ts";
import { countDifferentRows } from "./different-rows.ts";
import { greatestJaccard } from "./jaccard.ts";
import { bestOfStarts, startSeeds } from "./k-means.ts";
import { createRandom, type Random } from "./random.ts";

/** A grouping of weighted points that is to be found again. */
export type Grouped = {
  /** z-scores, row-major, NaN = missing. Rows in canonical order (METHOD §0). */
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  /** Cluster of each row, 0 … k − 1. */
  labels: Int32Array;
  clusters: number;
};

export type ResampleQuestion = Grouped & {
  /** Sampling unit of each row, and its stratum: what is drawn anew. Without them persons are drawn, of one stratum. */
  units?: Int32Array;
  strata?: Int32Array;
  /** The resample's own seed, hexadecimal: resamples may be divided among threads. */
  seed: string;
  starts?: number;
};

/** What one resample found again: γ_c of each cluster, and the agreement of the whole. */
export type Resample = { jaccard: Float64Array; ari: number };

const STARTS = 20;

/**
 * One bootstrap resample of a grouping: persons (or sampling units within strata) drawn with replacement, grouped anew with
 * 20 starts, and held beside the grouping they had.
 *
 *   γ_c = max over new clusters e of |c ∩ e| / |c ∪ e|,   ARI of old and new labels                     METHOD §3.4
 *
 * over the drawn rows, a row drawn m times counting m times (`bscompare=TRUE` of fpc::clusterboot). A row drawn m times
 * has m times its weight in the new grouping, which is the same as m rows of it. A stratum of u units is drawn u times; units
 * and strata are taken in the order of their first row, so their numbers do not matter. Of the 20 starts only the best is
 * polished by point moves: mean γ is the same within its Monte-Carlo error as when all are. A cluster of which nobody is drawn has γ = 0. With fewer different rows drawn than clusters each is a
 * cluster of its own. Source: Hennig (2007), Cluster-wise assessment of cluster stability.
 */
export function resampleStability({ units, strata, seed, starts = STARTS, ...grouped }: ResampleQuestion): Resample {
  const random = createRandom(seed);
  const times = drawTimes(grouped.labels.length, { units, strata }, random);
  return judgeDraw(grouped, times, startSeeds(random, starts));
}

/** The resample in which row i was drawn `times[i]` times. */
export function judgeDraw(grouped: Grouped, times: Int32Array, seeds: readonly string[]): Resample {
  const { dimensions, labels, clusters } = grouped;
  const rows = drawnRows(times);
  const points = new Float64Array(rows.length * dimensions);
  const weights = new Float64Array(rows.length);
  const before = new Int32Array(rows.length);
  const counts = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    for (let d = 0; d < dimensions; d++) points[index * dimensions + d] = grouped.points[row * dimensions + d]!;
    weights[index] = grouped.weights[row]! * times[row]!;
    before[index] = labels[row]!;
    counts[index] = times[row]!;
  }
  const problem = {
    points,
    weights,
    dimensions,
    clusters: countDifferentRows(points, dimensions, clusters),
    polish: "best" as const,
  };
  const anew = bestOfStarts(problem, seeds);
  return {
    jaccard: greatestJaccard(before, anew.labels, clusters, counts),
    ari: adjustedRandIndex(before, anew.labels, counts),
  };
}

function drawnRows(times: Int32Array): Int32Array {
  const rows = new Int32Array(times.length);
  let count = 0;
  for (let row = 0; row < times.length; row++) if (times[row]! > 0) rows[count++] = row;
  return rows.slice(0, count);
}

/**
 * What many resamples say: the mean γ of each cluster, and the mean ARI. From .85 a cluster is very stable, from .75 stable,
 * from .60 doubtful, below that not to be trusted (METHOD §3.4). RangeError: no resample.
 */
export function summariseResamples(resamples: readonly Resample[]): { jaccard: Float64Array; meanAri: number } {
  if (resamples.length === 0) throw new RangeError("at least one resample");
  const jaccard = new Float64Array(resamples[0]!.jaccard.length);
  let ari = 0;
  for (const resample of resamples) {
    for (let cluster = 0; cluster < jaccard.length; cluster++) jaccard[cluster]! += resample.jaccard[cluster]!;
    ari += resample.ari;
  }
  return { jaccard: jaccard.map((total) => total / resamples.length), meanAri: ari / resamples.length };
}

/** How often each row is drawn: of each stratum as many units as it has, with replacement. */
function drawTimes(
  rows: number,
  { units, strata }: Pick<ResampleQuestion, "units" | "strata">,
  random: Random,
): Int32Array {
  const unitOfRow = units === undefined ? Int32Array.from({ length: rows }, (_, row) => row) : numbersInOrder(units);
  const stratumOfRow = strata === undefined ? new Int32Array(rows) : numbersInOrder(strata);
  const unitsOfStratum: number[][] = [];
  let known = 0;
  for (let row = 0; row < rows; row++) {
    if (unitOfRow[row]! < known) continue;
    const stratum = stratumOfRow[row]!;
    unitsOfStratum[stratum] ??= [];
    unitsOfStratum[stratum].push(known++);
  }
  const timesOfUnit = new Int32Array(known);
  for (const fellows of unitsOfStratum) {
    for (let draw = 0; draw < fellows.length; draw++) timesOfUnit[fellows[random.below(fellows.length)]!]!++;
  }
  return unitOfRow.map((unit) => timesOfUnit[unit]!);
}

/** The codes numbered 0, 1, 2 … in the order in which they are met. RangeError: a code below 0. */
function numbersInOrder(codes: Int32Array): Int32Array {
  let greatest = 0;
  for (const code of codes) {
    if (code < 0) throw new RangeError("units and strata have numbers from 0");
    if (code > greatest) greatest = code;
  }
  const numbers = new Int32Array(greatest + 1).fill(-1);
  let met = 0;
  return codes.map((code) => {
    if (numbers[code] === -1) numbers[code] = met++;
    return numbers[code]!;
  });
}
