/**
 * The invented world behind the second sample: parents of the Vaasa region whose families change. Nothing here is measured.
 *
 * People differ in how much, not in kind: there are no groups. A parent p of family form f, municipality a, language l, gender
 * g and age v has for each of Stiglitz's eight dimensions d a level
 *
 *   η_pd = FORMS[f].levels[d] + AREAS[a].levels[d] + LANGUAGES[l].levels[d] + GENDERS[g].levels[d] + AGES[v].levels[d]
 *          + √common·u_p + √(1 − common)·u_pd (+ UNIT·u_unit where parents were asked by unit)             u ~ N(0, 1)
 *
 * `latent-levels.ts` has the subjective one. common is strong: who is well in one dimension is mostly well in all. A single
 * parent is lower on average, most in money, time and security; the distributions of all forms overlap widely. The truth of a
 * row is the level p has in all dimensions alike: mean over d of the shifts + √common·u_p (+ UNIT·u_unit).
 *
 * An answer to item j is clip(round(a_j + b_j·(η_pd + NOISE_j·u))), with the line solved on everyone (`item-answers.ts`). Most
 * parents are well, so answers gather at the good end.
 */
import type { ItemModel } from "./item-answers.ts";
import { eight, type LevelModel, type Shifts } from "./latent-levels.ts";

export const LEVELS: LevelModel = {
  within: 1,
  common: 0.6,
  lifts: eight(0.12, 0.2, 0.08, 0.14, 0.05, 0.2, 0.06, 0.1),
  subjectiveNoise: 0.45,
};
/** SD between the schools and day-care centres whose parents were asked: 2 % of the variance. */
export const UNIT = 0.15;
export const NOISE = 0.85;

export const AREA_IDS = ["280", "399", "475", "499", "905", "946"] as const;
export type AreaId = (typeof AREA_IDS)[number];
export const FORM_IDS = ["nuclear", "blended", "shared", "single"] as const;
export type FormId = (typeof FORM_IDS)[number];
export const LANGUAGE_IDS = ["fi", "sv", "other"] as const;
export type LanguageId = (typeof LANGUAGE_IDS)[number];
export const GENDER_IDS = ["f", "m"] as const;
export const AGE_IDS = ["18-29", "30-39", "40-49", "50-64"] as const;
export const FRAME_IDS = ["finnish", "swedish"] as const;
export type FrameId = (typeof FRAME_IDS)[number];

/** Parents by language of contact, what is particular to the municipality, and how its families are. */
export const AREAS: Record<AreaId, { parents: Record<FrameId, number>; forms: number[]; levels: Shifts }> = {
  "280": {
    parents: { finnish: 30, swedish: 350 },
    forms: [0.7, 0.11, 0.07, 0.12],
    levels: { social: 0.12, environment: 0.08, education: -0.06 },
  },
  "399": {
    parents: { finnish: 1640, swedish: 40 },
    forms: [0.67, 0.12, 0.09, 0.12],
    levels: { environment: 0.12, voice: -0.05 },
  },
  "475": { parents: { finnish: 150, swedish: 900 }, forms: [0.69, 0.11, 0.08, 0.12], levels: { social: 0.08 } },
  "499": {
    parents: { finnish: 1420, swedish: 3180 },
    forms: [0.69, 0.1, 0.1, 0.11],
    levels: { material: 0.12, environment: 0.15, insecurity: 0.06 },
  },
  "905": {
    parents: { finnish: 8600, swedish: 3350 },
    forms: [0.57, 0.11, 0.13, 0.19],
    levels: { material: -0.04, environment: -0.1, insecurity: -0.04 },
  },
  "946": { parents: { finnish: 190, swedish: 1010 }, forms: [0.67, 0.11, 0.08, 0.14], levels: { voice: -0.1 } },
};

export const FORMS: Record<FormId, { mothers: number; levels: Shifts }> = {
  nuclear: { mothers: 0.5, levels: eight(0.14, 0.08, 0.04, 0.08, 0.03, 0.1, 0.04, 0.12) },
  blended: { mothers: 0.52, levels: eight(-0.08, -0.06, -0.1, -0.1, -0.06, -0.2, -0.02, -0.12) },
  shared: { mothers: 0.5, levels: eight(-0.14, -0.08, -0.03, -0.08, -0.1, -0.12, -0.04, -0.16) },
  single: { mothers: 0.78, levels: eight(-0.6, -0.34, -0.18, -0.42, -0.18, -0.38, -0.16, -0.5) },
};
export const LANGUAGES: Record<LanguageId, { levels: Shifts }> = {
  fi: { levels: {} },
  sv: { levels: { social: 0.08, education: 0.05 } },
  other: { levels: { material: -0.2, voice: -0.2, social: -0.25, insecurity: -0.1 } },
};
/** First languages of those whose language of contact this is. */
export const FRAME_LANGUAGES: Record<FrameId, readonly [number, number, number]> = {
  finnish: [0.88, 0, 0.12],
  swedish: [0, 0.96, 0.04],
};
export const GENDERS = {
  f: { answers: 1.3, levels: { health: -0.1, activities: -0.1, insecurity: -0.08, social: 0.06 } },
  m: { answers: 0.68, levels: { health: 0.1, activities: 0.1, insecurity: 0.08, social: -0.06 } },
} as const;
export const AGES = {
  "18-29": { share: 0.12, answers: 0.85, levels: { material: -0.22 } },
  "30-39": { share: 0.42, answers: 1, levels: { activities: -0.06 } },
  "40-49": { share: 0.36, answers: 1.05, levels: { material: 0.06 } },
  "50-64": { share: 0.1, answers: 1.05, levels: { material: 0.12, health: -0.1 } },
} as const;
/** How eagerly families answer: single parents least, and no weight makes up for it. */
export const FORM_ANSWERS: Record<FormId, number> = { nuclear: 1.05, blended: 0.98, shared: 1, single: 0.8 };

/** As written (before reversing): means and SDs; of a yes or no, the share of yes; of income, see `item-answers.ts`. */
export const ITEMS: Record<string, ItemModel> = {
  income: { mean: 2150, sd: 0.42, dontKnow: 0.05, refused: 0.04 },
  "make-ends-meet": { mean: 4.1, sd: 1.25, refused: 0.012 },
  "family-home": { mean: 7.9, sd: 1.8 },
  "child-goes-without": { mean: 0.14, sd: 0.35, refused: 0.012 },
  "own-health": { mean: 4.0, sd: 0.95 },
  "exhausted-parent": { mean: 2.7, sd: 1.0 },
  "child-wellbeing": { mean: 7.9, sd: 1.7 },
  "enough-sleep": { mean: 3.3, sd: 1.0 },
  "child-learning": { mean: 7.8, sd: 1.7, dontKnow: 0.03 },
  "home-and-school": { mean: 4.1, sd: 0.95, dontKnow: 0.03 },
  "supporting-child": { mean: 3.8, sd: 0.95 },
  "own-learning": { mean: 3.4, sd: 1.15 },
  "time-with-child": { mean: 7.0, sd: 2.0 },
  "work-and-family": { mean: 3.5, sd: 1.1 },
  "own-time": { mean: 2.9, sd: 1.15 },
  "too-busy": { mean: 3.1, sd: 0.95 },
  "parent-heard": { mean: 3.7, sd: 1.0, dontKnow: 0.03 },
  "child-heard": { mean: 3.6, sd: 1.0, dontKnow: 0.06 },
  "influence-services": { mean: 2.6, sd: 1.05, dontKnow: 0.11 },
  "own-language": { mean: 4.0, sd: 1.05, noise: 1.1 },
  confidants: { mean: 4.2, sd: 2.5 },
  "co-parenting": { mean: 7.4, sd: 2.4, noise: 1.1 },
  lonely: { mean: 2.3, sd: 1.0, refused: 0.008 },
  "child-care-help": { mean: 3.6, sd: 1.2 },
  "good-area": { mean: 8.0, sd: 1.7 },
  "play-and-nature": { mean: 4.2, sd: 0.9 },
  "safe-routes": { mean: 3.7, sd: 1.05 },
  "noise-and-traffic": { mean: 2.1, sd: 0.95 },
  "money-worries": { mean: 2.7, sd: 1.1, refused: 0.01 },
  "safe-at-home": { mean: 4.4, sd: 0.85, refused: 0.012 },
  "arrangements-hold": { mean: 3.8, sd: 1.15, noise: 1 },
  "worry-about-future": { mean: 2.8, sd: 1.0 },
  "life-satisfaction": { mean: 7.5, sd: 1.8 },
  joy: { mean: 3.7, sd: 0.8 },
  "meaningful-life": { mean: 7.8, sd: 1.8, dontKnow: 0.03 },
};

/**
 * Who is not asked: of single parents, those with no other parent beside the child are not asked of cooperation; arrangements
 * are asked of those whose child's parents live apart; work and family of those at work.
 */
export const WITHOUT_OTHER_PARENT: Record<FormId, number> = { nuclear: 0, blended: 0.08, shared: 0, single: 0.35 };
export const PARENTS_TOGETHER: Record<FormId, number> = { nuclear: 1, blended: 0.15, shared: 0, single: 0 };
export const NOT_AT_WORK: Record<FormId, number> = { nuclear: 0.11, blended: 0.13, shared: 0.09, single: 0.2 };

export const UNANSWERED = { blank: 0.012, dontKnow: 0.01, refused: 0.003, stops: 0.03 };
export const OTHER_GENDER = 0.01;
