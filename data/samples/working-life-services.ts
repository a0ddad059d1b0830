import type { AreaId } from "./working-life-areas.ts";
import type { ActivityId, AgeId, EducationId, TypeId } from "./working-life-model.ts";

/**
 * Who uses which service and whom it helps, in log odds (`service-answers.ts`):
 *
 *   logit P(used)          = logit(use)  + useBy[type]  + useOf[main activity] + useAt[age]
 *
 * Planted for the picture to find: the employment service meets the need of `between` least, though most of them go there;
 * recruitment training reaches few and helps `between` most; career guidance and adult education hardly reach `outpaced`, who
 * would gain from adult education; occupational health reaches those in work alone and fails `worn`; debt counselling helps.
 */
export type WorkingLifeService = {
  use: number;
  help: number;
  useBy?: Partial<Record<TypeId, number>>;
  useOf?: Partial<Record<ActivityId, number>>;
  useAt?: Partial<Record<AgeId, number>>;
  helpBy?: Partial<Record<TypeId, number>>;
};

export const SERVICES: Record<string, WorkingLifeService> = {
  "career-guidance": {
    ...{ use: 0.1, help: 0.68 },
    useBy: { outpaced: -0.6, worn: 0.2 },
    useOf: { studying: 1.1, unemployed: 0.6, other: -0.3 },
    useAt: { "55-64": -0.7 },
    helpBy: { outpaced: -0.4 },
  },
  "employment-service": {
    ...{ use: 0.1, help: 0.5 },
    useBy: { between: 0.6 },
    useOf: { unemployed: 2.2, studying: 0.1 },
    helpBy: { between: -1.1, anchored: 0.4 },
  },
  "recruitment-training": {
    ...{ use: 0.04, help: 0.66 },
    useBy: { between: 0.4 },
    useOf: { unemployed: 1.3, studying: 0.3 },
    helpBy: { between: 0.7 },
  },
  "adult-education": {
    ...{ use: 0.2, help: 0.74 },
    useBy: { outpaced: -0.8 },
    useOf: { studying: 1.2, unemployed: 0.3 },
    helpBy: { outpaced: 0.5 },
  },
  apprenticeship: {
    ...{ use: 0.06, help: 0.76 },
    useBy: { outpaced: -0.2 },
    useOf: { studying: 0.7, unemployed: -0.5 },
    useAt: { "55-64": -0.6 },
  },
  "language-training": {
    ...{ use: 0.03, help: 0.64 },
    useBy: { between: 0.5 },
    useOf: { unemployed: 0.9, studying: 0.4 },
  },
  "occupational-health": {
    ...{ use: 0.55, help: 0.7 },
    useBy: { worn: 0.5 },
    useOf: { unemployed: -2.3, studying: -1.4, other: -2 },
    helpBy: { worn: -0.8 },
  },
  "debt-counselling": { ...{ use: 0.035, help: 0.7 }, useBy: { between: 1.1 }, helpBy: { between: 0.3 } },
};
export const SERVICE_UNANSWERED = { blank: 0.01, refused: 0.004, dontKnow: 0.03 };

/**
 * Who can do what well enough for work, in log odds (`skill-answers.ts`), and how often advertisements ask for it:
 *
 *   logit P(held)    = logit(held) + heldBy of type, main activity, education, age, gender and county
 *   mentions a month ~ Poisson(people of the county / 1 000 · asked · askedIn[county]
 *                              · advertised[county] · (1 + (growth − 1)·years) · season[month])
 *
 * Planted for the picture to find: care work and early childhood education are asked for far more than they are held, everywhere
 * but on Åland, of which too few answer to say; programming in Pirkanmaa and North Ostrobothnia alone, welding in Satakunta, lorry
 * driving in Lapland; customer service and digital skills are asked for most, and most have them.
 */
export type WorkingLifeSkill = {
  held: number;
  heldBy?: Partial<Record<TypeId | ActivityId | EducationId | AgeId | AreaId | "f" | "m", number>>;
  asked: number;
  askedIn?: Partial<Record<AreaId, number>>;
  growth?: number;
};
/** Set so that 1 000 people of 18–64 meet about twenty mentions of these skills a month. */
export const SKILLS: Record<string, WorkingLifeSkill> = {
  "digital-basics": {
    ...{ held: 0.8, asked: 3.1, growth: 1.06 },
    heldBy: { basic: -0.7, bachelor: 0.4, master: 0.6, "55-64": -0.8, "18-24": 0.3, outpaced: -0.6 },
  },
  "finnish-language": {
    ...{ held: 0.9, asked: 2.7, askedIn: { "91": 0.15 } },
    heldBy: { unemployed: -0.7, basic: -0.5, between: -0.2, "17": -0.6, "91": -2.6 },
  },
  "customer-service": { ...{ held: 0.58, asked: 3.3 }, heldBy: { f: 0.25, m: -0.25, "18-24": 0.2, outpaced: -0.2 } },
  "project-management": {
    ...{ held: 0.25, asked: 1.3, askedIn: { "90": 1.2 }, growth: 1.04 },
    heldBy: { basic: -1.2, secondary: -0.5, bachelor: 0.6, master: 1, "18-24": -0.9, unemployed: -0.4, outpaced: -0.3 },
  },
  "data-analysis": {
    ...{ held: 0.17, asked: 0.6, askedIn: { "03": 1.5, "08": 1.3, "19": 1.3, "90": 1.7 }, growth: 1.12 },
    heldBy: { basic: -1.1, secondary: -0.6, bachelor: 0.5, master: 1.1, "55-64": -0.5, outpaced: -0.5, "90": 0.1 },
  },
  coding: {
    ...{ held: 0.1, asked: 0.7, askedIn: { "03": 1.8, "08": 4, "19": 3.8, "90": 1.9 }, growth: 0.95 },
    heldBy: { m: 0.5, f: -0.6, basic: -0.8, secondary: -0.5, bachelor: 0.6, master: 0.8, "55-64": -0.7, "90": 0.2 },
  },
  "care-work": {
    ...{ held: 0.11, asked: 2.7, growth: 1.08 },
    heldBy: { f: 0.7, m: -0.9, secondary: 0.3, master: -0.6 },
  },
  "early-education": {
    ...{ held: 0.1, asked: 2.3, growth: 1.05 },
    heldBy: { f: 0.8, m: -1.1, bachelor: 0.4, basic: -0.5 },
  },
  cooking: {
    ...{ held: 0.19, asked: 1, askedIn: { "21": 1.4 } },
    heldBy: { f: 0.1, m: -0.1, master: -0.4, "18-24": 0.1 },
  },
  construction: {
    ...{ held: 0.15, asked: 0.9, askedIn: { "02": 1.2, "16": 1.3 }, growth: 0.9 },
    heldBy: { m: 0.9, f: -1.8, secondary: 0.3, bachelor: -0.3, master: -0.8, outpaced: 0.3 },
  },
  welding: {
    ...{ held: 0.07, asked: 0.4, askedIn: { "06": 6.5, "11": 2, "16": 2.2, "17": 1.8 } },
    heldBy: { m: 0.8, f: -2.2, secondary: 0.5, bachelor: -0.5, master: -1.2, outpaced: 0.4, "06": 0.4 },
  },
  "driving-licence-c": {
    ...{ held: 0.09, asked: 0.45, askedIn: { "10": 1.8, "16": 1.5, "21": 6.5 } },
    heldBy: { m: 0.7, f: -1.9, secondary: 0.3, bachelor: -0.6, master: -1.2, "18-24": -0.6, "55-64": 0.4 },
  },
};
/** How eagerly a county's employers advertise, beside its number of people. */
export const ADVERTISED: Record<AreaId, number> = {
  ...{ "01": 0.8, "02": 0.85, "03": 1, "04": 1.05, "05": 1, "06": 0.85, "07": 0.85, "08": 1.05 },
  ...{ "09": 0.85, "10": 0.75, "11": 0.8, "12": 0.85, "13": 0.95, "14": 0.8, "15": 0.9, "16": 1 },
  ...{ "17": 1.05, "18": 0.95, "19": 0.95, "20": 0.8, "21": 1.05, "90": 1.15, "91": 0.95 },
};
/** January to December. */
export const SEASON = [1.1, 1.05, 1.15, 1.15, 1.1, 0.85, 0.6, 1, 1.15, 1.05, 0.95, 0.7];
