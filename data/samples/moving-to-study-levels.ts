import { distributionOfLevels, sharesOfTypes, type TypedWorld } from "./latent-types.ts";
import {
  COMMON,
  GENDER_LEVELS,
  LIFTS,
  SUBJECTIVE_NOISE,
  TOWNS,
  TYPE_SHIFTS,
  TYPES,
  type TypeId,
  WAVES,
  WITHIN,
} from "./moving-to-study-model.ts";
import type { RegisterCell } from "./moving-to-study-population.ts";

/** The five types of students, and what of town, wave, gender, age, field and language moves them. */
export const STUDENTS: TypedWorld<TypeId, RegisterCell> = {
  types: TYPES,
  levels: { within: WITHIN, common: COMMON, lifts: LIFTS, subjectiveNoise: SUBJECTIVE_NOISE },
  effectsOf: (cell) => [
    WAVES[cell.wave].types,
    TOWNS[cell.area].types,
    TYPE_SHIFTS.gender[cell.gender],
    TYPE_SHIFTS.age[cell.age],
    TYPE_SHIFTS.field[cell.field],
    TYPE_SHIFTS.language[cell.language],
  ],
  shiftsOf: (cell) => [TOWNS[cell.area].levels, GENDER_LEVELS[cell.gender], WAVES[cell.wave].levels],
};

export const typeShares = (cell: RegisterCell) => sharesOfTypes(STUDENTS, cell);
export const levelDistribution = (d: number, population: readonly RegisterCell[]) =>
  distributionOfLevels(STUDENTS, d, population);
