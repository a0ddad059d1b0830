import type { Design } from "./design.ts";
import { type MeanEstimate, studentInterval, weightedMean } from "./mean.ts";
import { runningSums } from "./sum.ts";

/**
 * Weighted quantile of a group: the smallest answer at or below which the given share of the weight lies.
 *
 *   Q(p) = min { y : Σ_{yⱼ ≤ y} wⱼ ≥ p W (1 − 10⁻¹²) }        R survey, svyquantile(qrule = "math"); METHOD §2.4
 *
 * The 10⁻¹² keeps a weight that reaches p W but for rounding from being passed over. A point estimate only; it is one
 * person's answer (METHOD §7.3.5). 0 < p < 1, else a RangeError. Null when no member has a valid answer.
 */
export function weightedQuantile(design: Design, values: Float64Array, members: Int32Array, p: number): number | null {
  const ranked = rank(design, values, members, p);
  return ranked.answers.length > 0 ? answerAt(ranked, p) : null;
}

/**
 * Why a quantile has no limit. `not-reached`: it lies beyond all answers. `no-variance`: the share at or below the
 * quantile has no visible error, as where everybody gave one answer. `no-degrees`: df < 1.
 */
export type NoLimit = "not-reached" | "no-variance" | "no-degrees";

/** A quantile with its 95 % interval. Each limit, like the quantile, is one person's answer. */
export type QuantileEstimate = {
  value: number;
  low: number | null;
  high: number | null;
  /** Null where there is a limit. */
  noLow: NoLimit | null;
  noHigh: NoLimit | null;
  /** F̂, the share at or below the quantile, with the error that the limits are made of. */
  share: MeanEstimate;
};

/**
 * Weighted quantile with Woodruff's 95 % interval: the error of a share, turned back into answers.
 *
 *   F̂ = share at or below Q(p), with SE and df as any share's             METHOD §2.2
 *   low = Q(p − t(.975, df) SE),  high = Q(p + t(.975, df) SE)            Woodruff (1952); METHOD §2.4
 *
 * p − t SE ≤ 0 or p + t SE ≥ 1: that limit is not reached. Null when no member has a valid answer.
 */
export function quantileWithInterval(
  design: Design,
  values: Float64Array,
  members: Int32Array,
  p: number,
): QuantileEstimate | null {
  return quantileAround(design, values, members, { p, centre: "p" });
}

/**
 * The same with the limits around F̂ instead, as R's svyquantile has them: Q(F̂ ± t SE). Where answers are many and
 * different F̂ − p is less than one person's weight and the limits are nearly one. Where many give one answer F̂ may lie
 * far above p, and R's limits leave out the true quantile more often than they should (tests: below 85 % of samples).
 */
export function quantileAround(
  design: Design,
  values: Float64Array,
  members: Int32Array,
  { p, centre }: { p: number; centre: "p" | "share" },
): QuantileEstimate | null {
  const ranked = rank(design, values, members, p);
  if (ranked.answers.length === 0) return null;
  const value = answerAt(ranked, p);
  const atOrBelow = values.map((answer) => (Number.isNaN(answer) ? answer : Number(answer <= value)));
  const share = weightedMean(design, atOrBelow, members)!;
  const around = studentInterval(centre === "p" ? p : share.mean, share.standardError, share.degreesOfFreedom);
  const [noLow, noHigh] = [whyNoLimit(share, around.low), whyNoLimit(share, around.high)];
  const low = noLow === null ? answerAt(ranked, around.low!) : null;
  const high = noHigh === null ? answerAt(ranked, around.high!) : null;
  return { value, low, high, noLow, noHigh, share };
}

function whyNoLimit({ standardError }: MeanEstimate, at: number | null): NoLimit | null {
  if (at === null) return "no-degrees";
  if (standardError < 1e-10) return "no-variance";
  return at > 0 && at < 1 ? null : "not-reached";
}

/** A group's valid answers in ascending order, and the weight at or below each. */
type Ranked = { answers: Float64Array; weights: Float64Array };

function rank(design: Design, values: Float64Array, members: Int32Array, p: number): Ranked {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile lies between 0 and 1, not at ${p}`);
  if (values.length !== design.weights.length) throw new RangeError("values have one entry per row of the design");
  const rows = members.filter((row) => !Number.isNaN(values[row]!));
  rows.sort((left, right) => values[left]! - values[right]! || left - right);
  return {
    answers: Float64Array.from(rows, (row) => values[row]!),
    weights: runningSums(Float64Array.from(rows, (row) => design.weights[row]!)),
  };
}

function answerAt({ answers, weights }: Ranked, p: number): number {
  const wanted = p * weights.at(-1)! * (1 - 1e-12);
  return answers[weights.findIndex((weight) => weight >= wanted)]!;
}
