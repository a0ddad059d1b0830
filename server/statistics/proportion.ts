import type { Design } from "./design.ts";
import { betaQuantile } from "./distributions/beta.ts";
import { criticalStudent } from "./distributions/student.ts";
import { estimateOf, type LinearisedMean, linearise, type MeanEstimate } from "./mean.ts";

export type ProportionEstimate = MeanEstimate & {
  /** Unweighted number of persons with the event. */
  events: number;
};

/**
 * Weighted share of a group with its 95 % interval: `mean` is the share p, 0 to 1; `low` and `high` are Korn and
 * Graubard's limits.
 *
 *   p = Σ w y / W with y = 0 or 1, SE and df as for a mean               METHOD §2.2
 *   low, high by `kornGraubardInterval`                                   METHOD §2.3
 *
 * `events` has one entry per design row: 1, 0 or NaN = missing; anything else is a RangeError. Null when no member has
 * a valid answer; no interval when df < 1.
 */
export function weightedProportion(
  design: Design,
  events: Float64Array,
  members: Int32Array,
): ProportionEstimate | null {
  const linearised = linearise(design, events, members);
  return linearised && proportionOf(design, events, linearised);
}

/** `weightedProportion` of a group already linearised. */
export function proportionOf(design: Design, events: Float64Array, linearised: LinearisedMean): ProportionEstimate {
  let count = 0;
  for (const row of linearised.rows) {
    const event = events[row]!;
    if (event === 1) count++;
    else if (event !== 0) throw new RangeError(`row ${row}: an event is 0, 1 or NaN, not ${event}`);
  }
  const estimate = estimateOf(design, linearised);
  return { ...estimate, ...kornGraubardInterval(estimate), events: count };
}

/**
 * Korn and Graubard's interval: Clopper and Pearson's for as many answers as the design makes them worth.
 *
 *   n* = min(n, p(1−p)/V · c),  c = (t(.025, n−1) / t(.025, df))²
 *   x = p n*;  low = B(.025; x, n*−x+1),  high = B(.975; x+1, n*−x)      Korn & Graubard (1998); R svyciprop("beta")
 *
 * The cap at n is ours (METHOD §2.3): R's n* has none. p = 0 or 1: n* = ESS (Kish), so [0, B(.975; 1, ESS)] and its
 * mirror. V = 0 with 0 < p < 1: n* = min(n, ESS·c). V counts as 0 where SE is rounding noise. Nulls when df < 1.
 */
export function kornGraubardInterval(
  estimate: Pick<MeanEstimate, "n" | "mean" | "standardError" | "effectiveSampleSize" | "degreesOfFreedom">,
): { low: number; high: number } | { low: null; high: null } {
  const { n, mean: p, standardError, effectiveSampleSize, degreesOfFreedom } = estimate;
  if (degreesOfFreedom < 1) return { low: null, high: null };
  if (p <= 0) return { low: 0, high: betaQuantile(0.975, 1, effectiveSampleSize) };
  if (p >= 1) return { low: betaQuantile(0.025, effectiveSampleSize, 1), high: 1 };
  const spread = p * (1 - p);
  const correction = (criticalStudent(n - 1) / criticalStudent(degreesOfFreedom)) ** 2;
  const noVariance = standardError < 1e-10 * Math.sqrt(spread);
  const worth = noVariance ? effectiveSampleSize : spread / standardError ** 2;
  const answers = Math.min(n, worth * correction);
  const events = p * answers;
  return {
    low: betaQuantile(0.025, events, answers - events + 1),
    high: betaQuantile(0.975, events + 1, answers - events),
  };
}
