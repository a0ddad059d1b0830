import type { ItemModel } from "./item-answers.ts";
import { eight, type Segmented, type Shifts } from "./latent-levels.ts";
import type { LatentType, TypeEffects } from "./latent-types.ts";

/**
 * The invented world behind the first sample: who moved to study, what kinds of situations they live in,
 * and how a situation shows in answers. Nothing here is measured, except PUBLISHED_3X10D.
 *
 * A person p of town t and gender g has a type c, and for each of Stiglitz's eight dimensions d a level
 *
 *   η_pd = TYPES[c].levels[d] + TOWNS[t].levels[d] + GENDER_LEVELS[g][d] + change of the wave[d]
 *          + WITHIN·(√COMMON·u_p + √(1 − COMMON)·u_pd)                      u ~ N(0, 1)
 *   η_p,subjective = Σ_d lift_cd·η_pd + SUBJECTIVE_NOISE·u
 *
 * The five types differ in shape: each is low in one or two dimensions and high in others, their mean levels lie within
 * two thirds of a unit of each other, and COMMON, what makes a person high or low in everything, is weak. The distance between two
 * types, over the dimensions, is 2–3 units against WITHIN = 0.6 in each (about ×1.25 of the simulations of METHOD §3.5).
 *
 * An answer to item j is clip(round(a_j + b_j·(η_pd + NOISE_j·u))). The line (a_j, b_j) is solved from the model
 * (`rounded-mixture.ts`), so that the population of autumn 2024 has the item's mean and SD exactly; the answers of those who happen
 * to be drawn are never adjusted.
 *
 * The probability of a type is a softmax of TYPES[c].share (log) + town + gender + age + field + language.
 * In autumn 2025 the share of `tight` is nearly six points higher (WAVES.types) and the level of environment rises for
 * everyone (WAVES.levels); the lines are those of 2024.
 */
export const TYPE_IDS = ["steady", "tight", "alone", "stretched", "uneasy"] as const;
export type TypeId = (typeof TYPE_IDS)[number];

/** steady: everyday life carries · tight: little money, good company · alone: few people in the new town ·
 *  stretched: studies go well, strength runs out · uneasy: lives in a place that does not feel right. */
export const TYPES: Record<TypeId, LatentType> = {
  steady: {
    share: 0.27,
    levels: eight(0.5, 0.7, 0, 0.8, -0.3, 0.35, 0.4, 0.5),
  },
  tight: {
    share: 0.21,
    levels: eight(-1.25, 0.15, 0.15, 0.15, 0.35, 0.5, 0.15, -0.95),
    lifts: { material: 0.36, insecurity: 0.18 },
  },
  alone: {
    share: 0.2,
    levels: eight(0.45, -0.3, -0.2, -0.55, -0.5, -1.35, 0.15, 0.5),
    lifts: { social: 0.44 },
  },
  stretched: {
    share: 0.18,
    levels: eight(0.25, -1.05, 0.75, -1, 0.7, 0.3, 0.1, 0.2),
    lifts: { health: 0.4, activities: 0.3 },
  },
  uneasy: {
    share: 0.14,
    levels: eight(0.1, 0.2, -0.85, 0.2, -0.1, 0.3, -1.3, -0.85),
    lifts: { environment: 0.24 },
  },
};
export const WITHIN = 0.6;
export const COMMON = 0.15;

/** What lifts satisfaction with life, unless the type says otherwise. */
export const LIFTS: Record<Segmented, number> = eight(0.2, 0.3, 0.12, 0.16, 0.04, 0.3, 0.08, 0.08);
export const SUBJECTIVE_NOISE = 0.45;

export const FIELD_IDS = ["technology", "health", "business", "humanities", "sciences"] as const;
export const AGE_IDS = ["18-19", "20-21", "22-24", "25-29"] as const;
export const GENDER_IDS = ["f", "m"] as const;
export const LANGUAGE_IDS = ["fi", "sv", "other"] as const;
export const TOWN_IDS = ["167", "179", "564", "837", "853", "905"] as const;
export type TownId = (typeof TOWN_IDS)[number];

/** People in the register in autumn 2024, what is particular to the town, and how eagerly its people answer. */
export const TOWNS: Record<
  TownId,
  {
    people: number;
    languages: readonly [number, number, number];
    fields: readonly [number, number, number, number, number];
    levels: Shifts;
    types: TypeEffects<TypeId>;
    answers: number;
  }
> = {
  "167": {
    people: 4320,
    languages: [0.91, 0.004, 0.086],
    fields: [0.7, 1, 0.9, 1.5, 1.3],
    levels: { material: 0.12, environment: 0.2 },
    types: { alone: 0.25, tight: -0.2, uneasy: -0.3 },
    answers: 1.75,
  },
  "179": {
    people: 7080,
    languages: [0.945, 0.005, 0.05],
    fields: [0.8, 1.3, 0.9, 1.2, 1.1],
    levels: { activities: 0.1 },
    types: { steady: 0.15, uneasy: -0.2 },
    answers: 1.05,
  },
  "564": {
    people: 7760,
    languages: [0.94, 0.003, 0.057],
    fields: [1.3, 1.1, 0.9, 0.9, 0.9],
    levels: { environment: -0.1 },
    types: { alone: 0.1, stretched: 0.1 },
    answers: 0.6,
  },
  "837": {
    people: 11240,
    languages: [0.935, 0.005, 0.06],
    fields: [1.35, 1, 1, 0.8, 1],
    levels: { material: -0.1, voice: 0.1 },
    types: { tight: 0.2, uneasy: 0.1 },
    answers: 1,
  },
  "853": {
    people: 10410,
    languages: [0.82, 0.12, 0.06],
    fields: [0.9, 1, 1.1, 1.2, 1.1],
    levels: { insecurity: -0.08 },
    types: { uneasy: 0.3, stretched: 0.1 },
    answers: 0.9,
  },
  "905": {
    people: 3290,
    languages: [0.63, 0.27, 0.1],
    fields: [1.1, 1, 1.5, 0.8, 0.5],
    levels: { social: 0.08, voice: 0.08 },
    types: { steady: 0.2, alone: -0.1 },
    answers: 2.1,
  },
};

/** Shares in the register, and the relative probability of answering. */
export const GENDERS = { f: { share: 0.55, answers: 1.24 }, m: { share: 0.45, answers: 0.7 } } as const;
export const GENDER_LEVELS: Record<"f" | "m", Shifts> = {
  f: { health: -0.1, insecurity: -0.12, social: 0.06 },
  m: { health: 0.1, insecurity: 0.12, social: -0.06 },
};
export const AGES = {
  "18-19": { share: 0.17, answers: 1.05 },
  "20-21": { share: 0.34, answers: 1.05 },
  "22-24": { share: 0.31, answers: 1 },
  "25-29": { share: 0.18, answers: 0.8 },
} as const;
export const LANGUAGES = { fi: { answers: 1 }, sv: { answers: 0.5 }, other: { answers: 0.7 } } as const;
export const FIELDS: Record<"f" | "m", readonly [number, number, number, number, number]> = {
  f: [0.12, 0.3, 0.2, 0.22, 0.16],
  m: [0.42, 0.09, 0.22, 0.1, 0.17],
};

export const TYPE_SHIFTS: Record<
  "gender" | "age" | "field" | "language",
  Record<string, TypeEffects<TypeId> | undefined>
> = {
  gender: { f: { stretched: 0.3, alone: -0.15 }, m: { alone: 0.2, stretched: -0.3 } },
  age: { "18-19": { alone: 0.3, tight: -0.3 }, "22-24": { tight: 0.15 }, "25-29": { tight: 0.3, stretched: 0.2 } },
  field: { technology: { alone: 0.15 }, health: { stretched: 0.2 }, humanities: { tight: 0.25 } },
  language: { other: { alone: 0.4, uneasy: 0.2 } },
};

export const WAVE_IDS = ["2024-autumn", "2025-autumn"] as const;
export type WaveId = (typeof WAVE_IDS)[number];
/** `people`: the register's growth. `sampled`: expected answers. */
export const WAVES: Record<WaveId, { people: number; sampled: number; types: TypeEffects<TypeId>; levels: Shifts }> = {
  "2024-autumn": { people: 1, sampled: 2400, types: {}, levels: {} },
  "2025-autumn": { people: 1.02, sampled: 2600, types: { tight: 0.32 }, levels: { environment: 0.25 } },
};

/**
 * 3X10D among people aged 16–29 in Finland, October 2022, weighted, N = 1011: mean and SD
 * (Diak, Puheenvuoro 44). The model's population has these moments.
 */
export const PUBLISHED_3X10D: Record<string, { mean: number; sd: number }> = {
  "3x10d-health": { mean: 6.83, sd: 2.14 },
  "3x10d-difficulties": { mean: 6.88, sd: 1.99 },
  "3x10d-housing": { mean: 7.65, sd: 1.86 },
  "3x10d-coping": { mean: 7.17, sd: 1.93 },
  "3x10d-family": { mean: 8.23, sd: 1.83 },
  "3x10d-friends": { mean: 7.12, sd: 2.48 },
  "3x10d-finances": { mean: 6.02, sd: 2.54 },
  "3x10d-strengths": { mean: 6.4, sd: 2.15 },
  "3x10d-self-esteem": { mean: 6.11, sd: 2.45 },
  "3x10d-life": { mean: 7.01, sd: 1.92 },
};

/** Noise where an item follows its dimension more loosely or closely than NOISE says. */
export const NOISE = 0.75;
/** The other items, as written (before reversing): invented means and SDs; of a yes or no, the share of yes. */
export const INVENTED_ITEMS: Record<string, ItemModel> = {
  "money-lasts": { mean: 3.3, sd: 1.2, refused: 0.012 },
  "housing-costs": { mean: 3.2, sd: 1.2, refused: 0.012 },
  "cut-back-food": { mean: 0.27, sd: 0.44, refused: 0.015 },
  exhausted: { mean: 3.0, sd: 1.1 },
  sleep: { mean: 3.3, sd: 1.1 },
  "right-field": { mean: 4.0, sd: 0.95 },
  "study-support": { mean: 3.5, sd: 1.1 },
  "study-progress": { mean: 3.5, sd: 1.15 },
  "own-time": { mean: 3.3, sd: 1.15 },
  "things-to-do": { mean: 3.5, sd: 1.1 },
  "active-days": { mean: 9.5, sd: 6.2, dontKnow: 0.03 },
  "students-heard": { mean: 3.3, sd: 1.0, dontKnow: 0.06 },
  "city-influence": { mean: 2.6, sd: 1.0, dontKnow: 0.17 },
  "give-feedback": { mean: 3.0, sd: 1.1, dontKnow: 0.05 },
  "fair-treatment": { mean: 3.6, sd: 1.0, dontKnow: 0.05 },
  lonely: { mean: 2.7, sd: 1.15, refused: 0.008 },
  belonging: { mean: 3.6, sd: 1.2 },
  "help-nearby": { mean: 3.8, sd: 1.15 },
  "green-nearby": { mean: 4.1, sd: 0.95 },
  "smooth-travel": { mean: 3.8, sd: 1.1 },
  "noise-air": { mean: 2.4, sd: 1.1 },
  "pleasant-area": { mean: 3.9, sd: 1.0 },
  "safe-after-dark": { mean: 3.8, sd: 1.1 },
  "sudden-expense": { mean: 3.1, sd: 1.25 },
  "secure-home": { mean: 3.9, sd: 1.05 },
  meaning: { mean: 3.7, sd: 1.05, dontKnow: 0.03 },
  joyful: { mean: 3.6, sd: 0.9 },
  "housing-benefit": { mean: 2.5, sd: 1.25, dontKnow: 0.05, refused: 0.012 },
  "tell-once": { mean: 3.0, sd: 1.1, dontKnow: 0.07 },
};
/** Things about a person that do not follow from the new town: family most of all. */
export const LOOSE_ITEMS: Record<string, number> = {
  "3x10d-family": 1.4,
  "3x10d-self-esteem": 0.9,
  "active-days": 0.9,
  "cut-back-food": 0.8,
};

/** Blank answers, don't know and refused, where the item does not say; and those who stop half-way. */
export const UNANSWERED = { blank: 0.012, dontKnow: 0.01, refused: 0.003, stops: 0.035 };
/** A person may answer "other" whatever the register says; the weight follows the register. */
export const OTHER_GENDER = 0.022;
