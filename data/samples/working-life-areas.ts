import type { Shifts } from "./latent-levels.ts";
import type { TypeEffects } from "./latent-types.ts";
import type { TypeId } from "./working-life-model.ts";

export const AREA_IDS = [
  ...["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"],
  ...["13", "14", "15", "16", "17", "18", "19", "20", "21", "90", "91"],
] as const;
export type AreaId = (typeof AREA_IDS)[number];

/**
 * A wellbeing services county, Helsinki or Åland. `people`: of 18–64, invented, but as large beside each other as the counties are.
 * `answers`: how eagerly they answer, set so that the small are asked more often: weights put it right. `unemployed`: how common
 * being without work is there. `colleges`: whether a vocational college asks there too; elsewhere the employment area asks everyone.
 */
export type Area = {
  people: number;
  answers: number;
  unemployed: number;
  colleges?: true;
  levels: Shifts;
  types: TypeEffects<TypeId>;
};

/** Counties whose people are unlike all others': which type is commoner there, planted for the picture to find. */
export const APART: Partial<Record<TypeId, readonly AreaId[]>> = {
  anchored: ["17"],
  between: ["10", "14"],
  worn: ["90"],
  outpaced: ["06"],
};

/** All but those of `APART` differ by little, as places do. */
export const AREAS: Record<AreaId, Area> = {
  "01": { people: 56000, answers: 1.45, unemployed: 0.85, levels: { environment: 0.1 }, types: { anchored: 0.1 } },
  "02": { people: 117500, answers: 1.16, unemployed: 0.8, levels: { environment: 0.1 }, types: { anchored: 0.1 } },
  "03": { people: 293000, answers: 0.78, unemployed: 0.9, colleges: true, levels: {}, types: { worn: 0.1 } },
  "04": { people: 175000, answers: 0.97, unemployed: 1.15, levels: { environment: -0.1 }, types: { worn: 0.1 } },
  "05": { people: 286000, answers: 0.78, unemployed: 0.95, colleges: true, levels: {}, types: {} },
  "06": { people: 115500, answers: 1.16, unemployed: 1.05, levels: {}, types: { outpaced: 1.15 } },
  "07": { people: 94000, answers: 1.27, unemployed: 1.05, levels: {}, types: { outpaced: 0.1 } },
  "08": { people: 321000, answers: 0.74, unemployed: 1.1, colleges: true, levels: {}, types: { worn: 0.05 } },
  "09": { people: 113500, answers: 1.17, unemployed: 1.2, levels: {}, types: { between: 0.1 } },
  "10": { people: 86000, answers: 1.33, unemployed: 1.25, levels: {}, types: { between: 1.35 } },
  "11": { people: 70000, answers: 1.45, unemployed: 1.15, levels: {}, types: { outpaced: 0.1 } },
  "12": { people: 68000, answers: 1.47, unemployed: 1.05, levels: { environment: 0.1 }, types: {} },
  "13": { people: 142000, answers: 1.06, unemployed: 1.05, levels: {}, types: {} },
  "14": { people: 92000, answers: 1.29, unemployed: 1.25, levels: { environment: 0.1 }, types: { between: 1.3 } },
  "15": { people: 159000, answers: 1.01, unemployed: 1.2, levels: {}, types: {} },
  "16": { people: 104000, answers: 1.22, unemployed: 0.75, levels: {}, types: { outpaced: 0.1 } },
  "17": { people: 101500, answers: 1.23, unemployed: 0.65, levels: { environment: 0.1 }, types: { anchored: 1.1 } },
  "18": { people: 37000, answers: 1.75, unemployed: 0.75, levels: {}, types: { anchored: 0.1 } },
  "19": { people: 243000, answers: 0.84, unemployed: 1.1, levels: {}, types: { outpaced: -0.1 } },
  "20": { people: 38000, answers: 2, unemployed: 1.15, levels: { environment: 0.1 }, types: { between: 0.1 } },
  "21": { people: 99500, answers: 1.24, unemployed: 1.1, levels: { environment: 0.1 }, types: {} },
  "90": {
    people: 437000,
    answers: 0.65,
    unemployed: 1.1,
    colleges: true,
    levels: { environment: -0.1 },
    types: { worn: 0.75 },
  },
  "91": { people: 17500, answers: 1.35, unemployed: 0.55, levels: { environment: 0.1 }, types: { anchored: 0.2 } },
};
