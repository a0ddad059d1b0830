import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import type { Design } from "./design.ts";
import { type Regression, type Tested, tested, weightedRegression } from "./weighted-regression.ts";

/** How many persons score low, in the middle and high on a driver. */
export type LevelCounts = { low: number; middle: number; high: number };

/** Why a driver has no contrast. */
export type NoContrast = "too-few-low" | "too-few-middle" | "too-few-high" | "not-estimable";

/** How far the outcome lies, at a low and at a high score of a driver, from where it lies at a middle one. */
export type Contrast =
  | { kind: "contrast"; counts: LevelCounts; low: Tested; high: Tested }
  | { kind: "none"; counts: LevelCounts; because: NoContrast };

export type ContrastVerdict = "weakens-when-low" | "lifts-when-high" | "both" | "neither" | "too-few-answers";

export type JudgedContrast = {
  verdict: ContrastVerdict;
  /** Adjusted p of the low and the high contrast; null where there is no test. */
  lowPValue: number | null;
  highPValue: number | null;
};

/** Low is below the first, high above the second; each level needs so many persons (METHOD §4.4). */
export const [LOW_BELOW, HIGH_ABOVE, LEAST_IN_LEVEL] = [40, 70, 30];

export type PenaltyRewardQuestion = {
  design: Design;
  outcome: Float64Array;
  drivers: readonly Float64Array[];
  /** The complete cases. */
  rows: Int32Array;
  /** How the other drivers are held equal; `levels` where not said. */
  othersBy?: OthersBy;
};

/** By whether they are low or high (METHOD §4.4), or by their scores too. */
export type OthersBy = "levels" | "levels-and-scores";

/**
 * Penalty and reward: what goes with a low, and with a high, score of each driver, all others held equal.
 *
 *   y = b₀ + Σ_j (b_low,j · [x_j < 40] + b_high,j · [x_j > 70]) + e, one model by `weightedRegression`
 *                                                             Brandt (1988); METHOD §4.4
 *
 * Low, middle and high of a driver need 30 persons each: one that falls short has no contrast, named by the level that is
 * short (low first, then high), and stands in the model as its score instead, so that it is held equal for the others.
 * "not-estimable": the levels of drivers follow from each other. RangeError as in `weightedRegression`.
 *
 * Two levels hold a driver equal only coarsely: where the outcome rises with it inside a level too, a driver that does
 * nothing but goes together with it (r = ⅓) takes some of that, the more surely the more persons answered: of such
 * drivers 13 % have a verdict at n = 1000 (penalty-reward.test.ts), a third at 3000. `levels-and-scores` gives each
 * driver a model of its own, y = b₀ + b_low,j + b_high,j + Σ_{k≠j} (b_low,k + b_high,k + b_k x_k) + e, which keeps the 5 %.
 */
export function penaltyReward(question: PenaltyRewardQuestion): Contrast[] {
  const { drivers, rows } = question;
  const entries = drivers.map((driver): Entry => {
    const counts = countLevels(driver, rows);
    return { driver, counts, short: shortLevel(counts), levels: levelsOf(driver) };
  });
  return question.othersBy === "levels-and-scores"
    ? entries.map((entry) => inOwnModel(question, entries, entry))
    : inOneModel(question, entries);
}

type Entry = { driver: Float64Array; counts: LevelCounts; short: NoContrast | null; levels: Float64Array[] };

function inOneModel({ design, outcome, rows }: PenaltyRewardQuestion, entries: readonly Entry[]): Contrast[] {
  const predictors = entries.flatMap(({ driver, short, levels }) => (short ? [driver] : levels));
  const model = entries.every(({ short }) => short) ? null : weightedRegression(design, outcome, predictors, rows);
  let place = 0;
  return entries.map((entry) => {
    const first = place;
    place += entry.short ? 1 : 2;
    return contrastOf(design, model, entry, first);
  });
}

function inOwnModel(question: PenaltyRewardQuestion, entries: readonly Entry[], own: Entry): Contrast {
  const { design, outcome, rows } = question;
  const others = entries.filter((entry) => entry !== own);
  const held = others.flatMap(({ driver, short, levels }) => (short ? [driver] : [driver, ...levels]));
  const model = own.short ? null : weightedRegression(design, outcome, [...own.levels, ...held], rows);
  return contrastOf(design, model, own, 0);
}

/** The contrast of a driver whose low level stands at place `first` of the model, and its high one after it. */
function contrastOf(design: Design, model: Regression | null, { counts, short }: Entry, first: number): Contrast {
  if (short) return { kind: "none", counts, because: short };
  if (!model) return { kind: "none", counts, because: "not-estimable" };
  const show = (place: number) => tested(design, model.slopes[place]!, model.degreesOfFreedom);
  return { kind: "contrast", counts, low: show(first), high: show(first + 1) };
}

/**
 * What drivers do, judged over all populations of a release at once, for one outcome: a filter never changes a verdict.
 *
 *   weakens when low: b_low < 0, lifts when high: b_high > 0, each with adjusted p ≤ .05
 *   one family (Benjamini & Hochberg): the low and high contrasts of every driver in every population     METHOD §4.4–4.5
 *
 * `too-few-answers` where there is no contrast, or no test (df < 1). The answer has the places of what is given.
 */
export function judgeContrasts(populations: readonly (readonly Contrast[])[]): JudgedContrast[][] {
  const flat = populations.flat();
  const adjusted = benjaminiHochberg(
    flat.flatMap((contrast) => (contrast.kind === "none" ? [null, null] : [contrast.low.pValue, contrast.high.pValue])),
  );
  const judged = flat.map((contrast, place) => judge(contrast, adjusted[2 * place]!, adjusted[2 * place + 1]!));
  let from = 0;
  return populations.map(({ length }) => {
    from += length;
    return judged.slice(from - length, from);
  });
}

const SETTLED = 0.05;

function judge(contrast: Contrast, lowPValue: number | null, highPValue: number | null): JudgedContrast {
  if (contrast.kind === "none" || lowPValue === null || highPValue === null)
    return { verdict: "too-few-answers", lowPValue, highPValue };
  const weakens = contrast.low.estimate < 0 && lowPValue <= SETTLED;
  const lifts = contrast.high.estimate > 0 && highPValue <= SETTLED;
  const verdict = weakens ? (lifts ? "both" : "weakens-when-low") : lifts ? "lifts-when-high" : "neither";
  return { verdict, lowPValue, highPValue };
}

function countLevels(driver: Float64Array, rows: Int32Array): LevelCounts {
  const low = rows.filter((row) => driver[row]! < LOW_BELOW).length;
  const high = rows.filter((row) => driver[row]! > HIGH_ABOVE).length;
  return { low, middle: rows.length - low - high, high };
}

function shortLevel({ low, middle, high }: LevelCounts): NoContrast | null {
  if (low < LEAST_IN_LEVEL) return "too-few-low";
  if (high < LEAST_IN_LEVEL) return "too-few-high";
  return middle < LEAST_IN_LEVEL ? "too-few-middle" : null;
}

/** 1 where a score is low, and 1 where it is high. */
function levelsOf(driver: Float64Array): Float64Array[] {
  const where = (holds: (score: number) => boolean) =>
    driver.map((score) => (Number.isNaN(score) ? Number.NaN : Number(holds(score))));
  return [where((score) => score < LOW_BELOW), where((score) => score > HIGH_ABOVE)];
}
