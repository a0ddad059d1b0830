import type { DimensionId } from "../contracts/names.ts";
import type { Random } from "./random.ts";
import type { Component } from "./rounded-mixture.ts";

/** The eight dimensions that segments are made of, in the order of every array of levels. */
export const SEGMENTED = [
  "material",
  "health",
  "education",
  "activities",
  "voice",
  "social",
  "environment",
  "insecurity",
] as const satisfies readonly DimensionId[];
export type Segmented = (typeof SEGMENTED)[number];

/** η of one person: the eight dimensions in their order, and the subjective one last. */
export type Levels = Float64Array;
export const SUBJECTIVE = SEGMENTED.length;

/** What moves the levels of everyone who is alike in something; a dimension that is not named stays. */
export type Shifts = Partial<Record<Segmented, number>>;

/** One number for each of the eight, in their order. */
export function eight(...numbers: [number, number, number, number, number, number, number, number]) {
  return Object.fromEntries(SEGMENTED.map((dimension, d) => [dimension, numbers[d]!])) as Record<Segmented, number>;
}

/**
 * How people who are alike in everything known differ in their levels, and how the eight lift satisfaction with life.
 *
 *   η_pd = Σ shifts_d + within·(√common·u_p + √(1 − common)·u_pd)            u ~ N(0, 1)
 *   η_p,subjective = Σ_d lift_d·η_pd + subjectiveNoise·u
 *
 * `common`: the share of the variance within that makes a person high or low in everything.
 */
export type LevelModel = {
  within: number;
  common: number;
  lifts: Record<Segmented, number>;
  subjectiveNoise: number;
};

/** What the model expects of a person in each of the nine dimensions. */
export function expectedLevels(shifts: readonly Shifts[], { lifts }: Pick<LevelModel, "lifts">): Levels {
  const levels = new Float64Array(SUBJECTIVE + 1);
  SEGMENTED.forEach((dimension, d) => {
    levels[d] = shifts.reduce((sum, shift) => sum + (shift[dimension] ?? 0), 0);
    levels[SUBJECTIVE]! += lifts[dimension] * levels[d]!;
  });
  return levels;
}

/** One person's levels, and √common·u_p: how high or low in everything, beside what is expected. */
export function drawLevels(expected: Levels, model: LevelModel, random: Random): { levels: Levels; common: number } {
  const levels = expected.slice();
  const common = Math.sqrt(model.common) * random.normal();
  SEGMENTED.forEach((dimension, d) => {
    const own = model.within * (common + Math.sqrt(1 - model.common) * random.normal());
    levels[d]! += own;
    levels[SUBJECTIVE]! += model.lifts[dimension] * own;
  });
  levels[SUBJECTIVE]! += model.subjectiveNoise * random.normal();
  return { levels, common };
}

/** Variance of η among people of whom the same is expected: within² for the eight; through the lifts for the subjective one. */
export function varianceWithin({ within, common, lifts, subjectiveNoise }: LevelModel, d: number): number {
  if (d < SUBJECTIVE) return within ** 2;
  const list = SEGMENTED.map((dimension) => lifts[dimension]);
  const sum = list.reduce((total, lift) => total + lift, 0);
  const squares = list.reduce((total, lift) => total + lift * lift, 0);
  return within ** 2 * (common * sum ** 2 + (1 - common) * squares) + subjectiveNoise ** 2;
}

/** A mixture with its equal components joined. */
export function joinComponents(parts: Iterable<Component>): Component[] {
  const joined = new Map<string, Component>();
  for (const { share, mean, sd } of parts) {
    const component = joined.get(`${mean} ${sd}`);
    if (component) component.share += share;
    else joined.set(`${mean} ${sd}`, { share, mean, sd });
  }
  return [...joined.values()];
}
