import { collapseClasses, type Margin } from "./collapse-classes.ts";
import { effectiveSampleSize } from "./design.ts";
import { classSums, withUnknown } from "./post-stratify.ts";
import { sum } from "./sum.ts";

export type RakingRules = {
  /** Classes with fewer respondents are joined (collapse-classes.ts). */
  fewest: number;
  /** Bounds of w over the start weight, brought to the population's total; null: untrimmed. */
  trim: { low: number; high: number } | null;
  /** Refused below this part of the start weights' effective sample size. */
  leastEffective: number;
};

/** METHOD §2.6. */
export const RAKING_RULES: RakingRules = { fewest: 20, trim: { low: 0.3, high: 3 }, leastEffective: 0.6 };

/** What became of the margins on the way: for the method card. */
export type RakingRecord = {
  /** Of each margin, which class each of its classes went into. */
  into: Int32Array[];
  /** Largest relative distance of a margin's total from the first margin's, to which all are brought. */
  totalsApart: number;
  /** More than .5 % apart. */
  warning: "totals-apart" | null;
  cycles: number;
  /** How often weights were cut to their bounds and raked again. */
  trims: number;
  effectiveSampleSize: { before: number; after: number };
};
export type Raking = RakingRecord &
  (
    | { kind: "weights"; weights: Float64Array }
    | { kind: "refused"; reason: "nobody-answered" | "not-converged" | "trimming-not-stable" | "too-uneven" }
  );

const PRECISION = 1e-8;
const MOST_CYCLES = 200;
const MOST_TRIMS = 200;
const TRIM_PRECISION = 1e-6;
const TOTALS_APART = 0.005;

/**
 * Raking: weights that add up to several margins of the population, one after the other until all hold.
 *
 *   w ← w · N_c / Σ_c w, margin by margin, until max |Σ_c w/N_c − 1| < 10⁻⁸          Deming & Stephan (1940)
 *                                                             METHOD §2.6; R survey, rake
 *
 * First the margins are brought to the first one's total and classes with few respondents are joined; rows of unknown
 * class keep their share (post-stratify.ts). Then weights are cut to [.3, 3] × the start weight and raked again until
 * none lies outside by more than 10⁻⁶. Refused, with what was reached: `nobody-answered`, a class without respondents;
 * `not-converged` in 200 cycles; `trimming-not-stable` in 200 turns; `too-uneven`, effective sample size down by more
 * than 40 %. RangeError: no margins, a margin without people, a weight ≤ 0, columns of unequal length.
 */
export function rake(weights: Float64Array, margins: readonly Margin[], rules: RakingRules = RAKING_RULES): Raking {
  const before = effectiveSampleSize(weights);
  const { fitted, into, common, totalsApart } = prepareMargins(weights, margins, rules.fewest);
  const scale = common / sum(weights);
  const start = weights.map((weight) => weight * scale);
  const record = { into, totalsApart, warning: totalsApart > TOTALS_APART ? ("totals-apart" as const) : null };
  const refused = (reason: "nobody-answered" | "not-converged" | "trimming-not-stable" | "too-uneven", at: Progress) =>
    ({ kind: "refused", reason, ...record, ...reached(at, before) }) as const;

  const at: Progress = { weights: start.slice(), cycles: 0, trims: 0 };
  if (fitted.some(({ classes, totals }) => classSums(start, classes, totals.length).some((total) => total === 0)))
    return refused("nobody-answered", at);
  while (true) {
    if (!cycleUntilFitted(at, fitted)) return refused("not-converged", at);
    if (!rules.trim || !cutToBounds(at.weights, start, rules.trim)) break;
    if (++at.trims > MOST_TRIMS) return refused("trimming-not-stable", at);
  }
  const after = reached(at, before);
  if (after.effectiveSampleSize.after < rules.leastEffective * before) return refused("too-uneven", at);
  return { kind: "weights", weights: at.weights, ...record, ...after };
}

type Progress = { weights: Float64Array; cycles: number; trims: number };

function reached({ weights, cycles, trims }: Progress, before: number) {
  const alive = weights.filter((weight) => weight > 0); // margins that contradict each other drive some to nothing
  return { cycles, trims, effectiveSampleSize: { before, after: effectiveSampleSize(alive) } };
}

function prepareMargins(weights: Float64Array, margins: readonly Margin[], fewest: number) {
  const totals = margins.map((margin) => sum(margin.totals));
  const common = totals[0];
  if (common === undefined || weights.length === 0) throw new RangeError("raking needs weights and a margin");
  if (!totals.every((total) => total > 0 && Number.isFinite(total))) throw new RangeError("a margin has people");
  const collapsed = margins.map((margin) => collapseClasses(margin, fewest));
  const fitted = collapsed.map(({ margin }, place) => {
    const toCommon = common / totals[place]!;
    return withUnknown({ ...margin, totals: margin.totals.map((people) => people * toCommon) }, weights);
  });
  const totalsApart = Math.max(...totals.map((total) => Math.abs(total / common - 1)));
  return { fitted, into: collapsed.map(({ into }) => into), common, totalsApart };
}

/** Rakes in place. False when the margins do not hold after 200 cycles. */
function cycleUntilFitted(at: Progress, margins: readonly Margin[]): boolean {
  for (let cycle = 0; cycle < MOST_CYCLES; cycle++) {
    let error = 0;
    for (const { classes, totals } of margins) {
      const sums = classSums(at.weights, classes, totals.length);
      const factors = totals.map((total, own) => total / sums[own]!);
      for (let own = 0; own < totals.length; own++) error = Math.max(error, Math.abs(sums[own]! / totals[own]! - 1));
      for (let row = 0; row < classes.length; row++) at.weights[row]! *= factors[classes[row]!]!;
    }
    at.cycles++;
    if (error < PRECISION) return true;
  }
  return false;
}

/** Cuts in place. True when a weight lay outside its bounds by more than rounding. */
function cutToBounds(
  weights: Float64Array,
  start: Float64Array,
  { low, high }: { low: number; high: number },
): boolean {
  let cut = false;
  for (let row = 0; row < weights.length; row++) {
    const ratio = weights[row]! / start[row]!;
    if (ratio > high * (1 + TRIM_PRECISION) || ratio < low * (1 - TRIM_PRECISION)) cut = true;
  }
  if (cut)
    for (let row = 0; row < weights.length; row++)
      weights[row] = Math.min(high * start[row]!, Math.max(low * start[row]!, weights[row]!));
  return cut;
}
