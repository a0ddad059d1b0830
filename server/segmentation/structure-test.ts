import { sum } from "../statistics/sum.ts";
import { completeRows, sampleRows } from "./complete-rows.ts";
import { type Copula, drawReference, fitCopula } from "./copula.ts";
import { bestOfStarts, startSeeds } from "./k-means.ts";
import { createRandom } from "./random.ts";

/** What the data and every reference of a structure test are made from. Plain arrays: it may be handed to other threads. */
export type PreparedStructureTest = Copula & {
  /** The complete rows that are tested, as z of their own mean and deviation, row-major. */
  data: Float64Array;
};

export type StructureJudged = {
  /** T: the greatest g_k. */
  statistic: number;
  pValue: number;
  references: number;
  /** The k of T. */
  k: number;
};

const MOST_ROWS = 3000;
const FEWEST_K = 2;
const MOST_K = 6;
const STARTS = 6;
/** W of n standardised rows is at most n·D; below this part of it W is 0 but for rounding. */
const NO_SPREAD = 1e-12;

/**
 * Structure test: are there groups at all, or would people without groups, whose answers are as correlated and as coarse,
 * look as grouped as these? Prepares what the references are drawn from (`copula.ts`).
 *
 *   g_k = (mean_b ln W_kb − ln W_k) / (sd_b·√(1 + 1/B)),   T = max_k g_k,   k = 2 … 6                 METHOD §3.5
 *   p = (1 + #{b : T_b ≥ T}) / (B + 1),   T_b the same of reference b beside the B − 1 others
 *
 * W_k = least within-cluster sum of squares of 6 starts of k-means, the best polished, unweighted, of the standardised complete rows (a sample
 * of at most 3 000); data and references alike. The steps: `dataWithin`, `referenceWithin` for each of B = 99 seeds,
 * `judgeStructure`. A dimension of which the complete rows have one value plays no part.
 *
 * Null where nothing can be tested: fewer than 7 different complete rows. Conservative: weak groups are not seen. ln is
 * V8's own port of fdlibm, so that the bits are the same on every machine.
 */
export function prepareStructureTest(
  points: Float64Array,
  dimensions: number,
  seed: string,
): PreparedStructureTest | null {
  const random = createRandom(seed);
  const rows = sampleRows(completeRows(points, dimensions), MOST_ROWS, random);
  const data = standardiseRows(points, dimensions, rows);
  if (!hasMoreDifferentRows(data, dimensions, MOST_K)) return null;
  return { ...fitCopula(data, dimensions, random), data };
}

/** ln W_k of the data, k = 2 … 6. */
export function dataWithin({ data, dimensions }: PreparedStructureTest, seed: string): Float64Array {
  return lnWithin(data, dimensions, seed);
}

/** ln W_k of the reference with this seed, k = 2 … 6. */
export function referenceWithin(prepared: PreparedStructureTest, seed: string): Float64Array {
  const random = createRandom(seed);
  const reference = drawReference(prepared, random);
  return lnWithin(reference, prepared.dimensions, startSeeds(random, 1)[0]!);
}

/** The verdict on ln W_k of the data beside those of the references. RangeError: fewer than 3 references. */
export function judgeStructure(data: Float64Array, references: readonly Float64Array[]): StructureJudged {
  const count = references.length;
  if (count < 3) throw new RangeError("at least three references");
  const gaps = gapsOf(data, references);
  const statistic = Math.max(...gaps);
  const asGrouped = references.filter((one, index) => {
    return Math.max(...gapsOf(one, references.toSpliced(index, 1))) >= statistic;
  });
  return {
    statistic,
    pValue: (1 + asGrouped.length) / (count + 1),
    references: count,
    k: FEWEST_K + gaps.indexOf(statistic),
  };
}

/** g_k of one beside others. Where they do not differ at all: 0 if it is as they are, else ±∞. */
function gapsOf(one: Float64Array, others: readonly Float64Array[]): number[] {
  return Array.from(one, (lnWithin, k) => {
    const mean = others.reduce((sum, other) => sum + other[k]!, 0) / others.length;
    const squares = others.reduce((sum, other) => sum + (other[k]! - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (others.length - 1));
    const gap = mean - lnWithin;
    return gap === 0 ? 0 : gap / (deviation * Math.sqrt(1 + 1 / others.length));
  });
}

function lnWithin(points: Float64Array, dimensions: number, seed: string): Float64Array {
  const random = createRandom(seed);
  const weights = new Float64Array(points.length / dimensions).fill(1);
  return Float64Array.from({ length: MOST_K - FEWEST_K + 1 }, (_, index) => {
    const problem = { points, weights, dimensions, clusters: FEWEST_K + index, polish: "best" as const };
    const { objective } = bestOfStarts(problem, startSeeds(random, STARTS));
    return Math.log(Math.max(objective, NO_SPREAD * points.length));
  });
}

/** z of the rows by their own plain mean and ML deviation; 0 where a column has one value. */
function standardiseRows(points: Float64Array, dimensions: number, rows: Int32Array): Float64Array {
  const z = new Float64Array(rows.length * dimensions);
  for (let d = 0; d < dimensions; d++) {
    const values = Float64Array.from(rows, (row) => points[row * dimensions + d]!);
    if (values.every((value) => value === values[0])) continue;
    const mean = sum(values) / values.length;
    const deviation = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
    values.forEach((value, index) => {
      z[index * dimensions + d] = (value - mean) / deviation;
    });
  }
  return z;
}

function hasMoreDifferentRows(points: Float64Array, dimensions: number, than: number): boolean {
  const different = new Set<string>();
  for (let at = 0; at < points.length && different.size <= than; at += dimensions) {
    different.add(points.subarray(at, at + dimensions).join());
  }
  return different.size > than;
}
