/**
 * The invented world behind the third sample: people aged 18–64 of the wellbeing services counties, Helsinki and Åland, in
 * work, without work, studying or in another situation. Nothing here is measured.
 *
 * There are four kinds of situations, and they differ in shape, not only in how well people are. A person p of county a, main
 * activity m, education s, gender g and age v has a type c, and for each of Stiglitz's eight dimensions d a level
 *
 *   η_pd = TYPES[c].levels[d] + AREAS[a].levels[d] + ACTIVITIES[m].levels[d] + EDUCATIONS[s].levels[d] + GENDERS[g].levels[d]
 *          + AGES[v].levels[d] + within·(√common·u_p + √(1 − common)·u_pd)                          u ~ N(0, 1)
 *
 * `latent-levels.ts` has the subjective one, `latent-types.ts` the probability of a type: main activity moves it most, then age and
 * education. Two types lie 2.2–2.9 units apart over the dimensions, against within = 0.6 in each, and `common`, what makes a person
 * high or low in everything, is weak: the intended verdict is `segments`, with four of them. Where
 * people live moves the types little, but in five counties that `working-life-areas.ts` names: `between` is commoner in Kymenlaakso
 * and North Karelia, `anchored` in Ostrobothnia, `worn` in Helsinki, `outpaced` in Satakunta.
 *
 * An answer to item j is clip(round(a_j + b_j·(η_pd + NOISE_j·u))), with the line solved on everyone (`item-answers.ts`).
 */
import type { ItemModel } from "./item-answers.ts";
import { eight, type LevelModel, type Shifts } from "./latent-levels.ts";
import type { LatentType, TypeEffects } from "./latent-types.ts";

export const LEVELS: LevelModel = {
  within: 0.6,
  common: 0.15,
  lifts: eight(0.2, 0.3, 0.14, 0.26, 0.06, 0.26, 0.06, 0.14),
  subjectiveNoise: 0.45,
};
export const NOISE = 0.75;

export type TypeId = "anchored" | "between" | "worn" | "outpaced";
/** anchored: work and everyday life carry · between: no work and little money, but people around ·
 *  worn: work and learning go well, strength runs out · outpaced: healthy and coping, what they can do is asked for less. */
export const TYPES: Record<TypeId, LatentType> = {
  anchored: { share: 0.3, levels: eight(0.55, 0.45, 0.25, 0.65, 0.15, 0.1, 0.05, 0.6) },
  between: {
    share: 0.22,
    levels: eight(-1.25, 0.1, 0.3, -0.7, 0.15, 0.5, 0.2, -1.05),
    lifts: { material: 0.34, insecurity: 0.2 },
  },
  worn: {
    share: 0.26,
    levels: eight(0.45, -1.15, 0.6, -0.75, -0.2, -0.35, 0.1, 0.25),
    lifts: { health: 0.4 },
  },
  outpaced: {
    share: 0.22,
    levels: eight(-0.05, 0.4, -1.3, 0.35, -1.1, -0.15, -0.4, -0.2),
    lifts: { education: 0.26 },
  },
};
type Moved = { levels: Shifts; types: TypeEffects<TypeId> };

export const GENDER_IDS = ["f", "m"] as const;
export type GenderId = (typeof GENDER_IDS)[number];
export const AGE_IDS = ["18-24", "25-34", "35-44", "45-54", "55-64"] as const;
export type AgeId = (typeof AGE_IDS)[number];
export const ACTIVITY_IDS = ["working", "unemployed", "studying", "other"] as const;
export type ActivityId = (typeof ACTIVITY_IDS)[number];
export const EDUCATION_IDS = ["basic", "secondary", "bachelor", "master"] as const;
export type EducationId = (typeof EDUCATION_IDS)[number];
/** Who collects the answers. Where there are colleges, they ask those who study there or did within ten years; the employment areas all others. */
export const CONTRIBUTOR_IDS = ["employment-area", "vocational-college"] as const;
export type ContributorId = (typeof CONTRIBUTOR_IDS)[number];
/** How eagerly people answer whom: in all, each contributor's answers are in proportion to the people of its frame. */
export const CONTRIBUTORS: Record<ContributorId, { answers: number }> = {
  "employment-area": { answers: 1 },
  "vocational-college": { answers: 1.35 },
};

export const GENDERS: Record<GenderId, Moved & { answers: number }> = {
  f: { answers: 1.22, levels: { health: -0.08, insecurity: -0.1, social: 0.06 }, types: { worn: 0.25 } },
  m: { answers: 0.8, levels: { health: 0.08, insecurity: 0.1, social: -0.06 }, types: { worn: -0.25, outpaced: 0.1 } },
};

/** Shares in the register: of ages, and of main activities and education within an age, in the order of their ids. */
export const AGES: Record<
  AgeId,
  Moved & { share: number; answers: number; activities: number[]; educations: number[] }
> = {
  "18-24": {
    ...{ share: 0.16, answers: 0.78 },
    ...{ activities: [0.44, 0.09, 0.41, 0.06], educations: [0.2, 0.7, 0.095, 0.005] },
    levels: { material: -0.15 },
    types: { outpaced: -0.6, between: 0.15 },
  },
  "25-34": {
    ...{ share: 0.24, answers: 0.86 },
    ...{ activities: [0.76, 0.09, 0.09, 0.06], educations: [0.11, 0.46, 0.28, 0.15] },
    levels: {},
    types: { outpaced: -0.3 },
  },
  "35-44": {
    ...{ share: 0.22, answers: 0.98 },
    ...{ activities: [0.82, 0.08, 0.035, 0.065], educations: [0.09, 0.43, 0.29, 0.19] },
    levels: { activities: -0.08 },
    types: { worn: 0.2 },
  },
  "45-54": {
    ...{ share: 0.19, answers: 1.12 },
    ...{ activities: [0.83, 0.08, 0.012, 0.078], educations: [0.08, 0.48, 0.27, 0.17] },
    levels: { material: 0.08 },
    types: { worn: 0.1, outpaced: 0.25 },
  },
  "55-64": {
    ...{ share: 0.19, answers: 1.3 },
    ...{ activities: [0.65, 0.1, 0.003, 0.247], educations: [0.15, 0.51, 0.22, 0.12] },
    levels: { material: 0.12, health: -0.12 },
    types: { outpaced: 0.45 },
  },
};

/** `college`: share of those whom a college asks where there is one, at the ages of `COLLEGE_AGES`. */
export const ACTIVITIES: Record<ActivityId, Moved & { answers: number; college: number }> = {
  working: {
    ...{ answers: 1, college: 0.45 },
    levels: { material: 0.1 },
    types: { anchored: 0.35, worn: 0.2, between: -0.75 },
  },
  unemployed: {
    ...{ answers: 0.85, college: 0.5 },
    levels: { material: -0.2, insecurity: -0.2 },
    types: { between: 1.4, outpaced: 0.3, anchored: -1.2, worn: -0.5 },
  },
  studying: {
    ...{ answers: 1.1, college: 0.75 },
    levels: { material: -0.2 },
    types: { between: 0.35, worn: 0.15, anchored: -0.15, outpaced: -0.5 },
  },
  other: {
    ...{ answers: 0.75, college: 0.3 },
    levels: { health: -0.15 },
    types: { between: 0.3, worn: 0.25, outpaced: 0.3, anchored: -0.45 },
  },
};
export const COLLEGE_AGES: Record<AgeId, number> = {
  ...{ "18-24": 1.35, "25-34": 1.3, "35-44": 1, "45-54": 0.8, "55-64": 0.45 },
};

/** `unemployed`: how much commoner being without work is than in the age as a whole. */
export const EDUCATIONS: Record<EducationId, Moved & { answers: number; unemployed: number }> = {
  basic: {
    ...{ answers: 0.75, unemployed: 1.7 },
    levels: { education: -0.12, voice: -0.08 },
    types: { outpaced: 0.4, between: 0.25, anchored: -0.3 },
  },
  secondary: { ...{ answers: 0.95, unemployed: 1.1 }, levels: {}, types: { outpaced: 0.15 } },
  bachelor: {
    ...{ answers: 1.1, unemployed: 0.7 },
    levels: { education: 0.06 },
    types: { worn: 0.15, outpaced: -0.25 },
  },
  master: {
    ...{ answers: 1.2, unemployed: 0.55 },
    levels: { education: 0.1, voice: 0.08, material: 0.1 },
    types: { worn: 0.25, outpaced: -0.6, between: -0.2 },
  },
};

/** `sampled`: expected answers, in proportion to the people of both contributors' frames. */
export const SAMPLED = 3000;

/** As written (before reversing): invented means and SDs. */
export const ITEMS: Record<string, ItemModel> = {
  "3x10d-health": { mean: 7.1, sd: 2.0 },
  "3x10d-housing": { mean: 7.8, sd: 1.8 },
  "3x10d-coping": { mean: 7.4, sd: 1.9 },
  "3x10d-family": { mean: 8.1, sd: 1.9, noise: 1.05 },
  "3x10d-friends": { mean: 7.2, sd: 2.3 },
  "3x10d-finances": { mean: 6.3, sd: 2.4 },
  "3x10d-strengths": { mean: 6.6, sd: 2.1 },
  "3x10d-life": { mean: 7.3, sd: 1.8 },
  "work-ability": { mean: 7.6, sd: 2.0, dontKnow: 0.02 },
  recovers: { mean: 3.4, sd: 1.05 },
  "money-lasts": { mean: 3.5, sd: 1.2, refused: 0.012 },
  "skills-enough": { mean: 3.8, sd: 1.05, dontKnow: 0.02 },
  "chances-to-learn": { mean: 3.6, sd: 1.1, dontKnow: 0.02 },
  "meaningful-days": { mean: 3.7, sd: 1.05 },
  "time-for-life": { mean: 3.4, sd: 1.15 },
  heard: { mean: 3.3, sd: 1.05, dontKnow: 0.04 },
  "influence-support": { mean: 2.9, sd: 1.05, dontKnow: 0.09 },
  "fair-treatment": { mean: 3.6, sd: 1.1, dontKnow: 0.05 },
  lonely: { mean: 2.3, sd: 1.05, refused: 0.008 },
  "smooth-travel": { mean: 3.9, sd: 1.1 },
  "pleasant-area": { mean: 4.1, sd: 0.95 },
  "noise-air": { mean: 2.2, sd: 1.0 },
  "sudden-expense": { mean: 3.5, sd: 1.4, refused: 0.012 },
  "livelihood-next-year": { mean: 3.8, sd: 1.2, dontKnow: 0.03 },
  "safe-outdoors": { mean: 4.0, sd: 1.05, noise: 1 },
  joyful: { mean: 3.5, sd: 0.85 },
};

export const UNANSWERED = { blank: 0.012, dontKnow: 0.01, refused: 0.003, stops: 0.03 };
