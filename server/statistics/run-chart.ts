import { incompleteBeta } from "./distributions/beta.ts";
import { sum } from "./sum.ts";

/** A series too short for limits, about its own median. */
export type RunChart = {
  median: number;
  /** Points that do not lie on the median. */
  useful: number;
  longestRun: number;
  /** A longer run than this does not come by chance. */
  longestRunLimit: number;
  crossings: number;
  /** Fewer crossings than this do not come by chance. */
  crossingsLimit: number;
  /** One of the two holds: the series does not wander about its median as chance would. */
  isShifted: boolean;
};

/**
 * Run chart: whether points wander about their median as chance would, by Anhøj's two rules.
 *
 *   longest run > round(log₂ n) + 3   or   crossings < min { c : P(X ≤ c) ≥ .05 },  X ~ Binomial(n − 1, ½)
 *
 *   n = points that do not lie on the median; a run = such points on one side in a row; a crossing = where a run ends and
 *   the next begins. A point on the median neither ends a run nor counts.                Anhøj & Olesen (2014); METHOD §6.4
 *
 * NaN is a gap and passed over. Null where no point lies off the median, as in an empty or a constant series.
 */
export function runChart(values: Float64Array): RunChart | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : sum([sorted[middle - 1]!, sorted[middle]!]) / 2;
  const sides = values
    .filter((value) => !Number.isNaN(value) && value !== median)
    .map((value) => Math.sign(value - median));
  const useful = sides.length;
  if (useful === 0) return null;
  let [run, longestRun, crossings] = [0, 0, 0];
  for (let point = 0; point < useful; point++) {
    const isCrossing = point > 0 && sides[point] !== sides[point - 1];
    if (isCrossing) crossings++;
    run = isCrossing ? 1 : run + 1;
    longestRun = Math.max(longestRun, run);
  }
  const longestRunLimit = Math.round(Math.log2(useful)) + 3;
  const crossingsLimit = fewestCrossings(useful - 1);
  const isShifted = longestRun > longestRunLimit || crossings < crossingsLimit;
  return { median, useful, longestRun, longestRunLimit, crossings, crossingsLimit, isShifted };
}

/**
 * The .05 quantile of Binomial(m, ½).
 *
 *   min { c : P(X ≤ c) ≥ .05 },   P(X ≤ c) = I_½(m − c, c + 1), and 1 at c = m           Abramowitz & Stegun 26.5.24
 */
function fewestCrossings(m: number): number {
  let c = 0;
  while (c < m && incompleteBeta(0.5, m - c, c + 1) < 0.05) c++;
  return c;
}
