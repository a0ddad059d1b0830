import { expectedLevels, joinComponents, type LevelModel, type Levels, varianceWithin } from "./latent-levels.ts";
import {
  COMMON,
  GENDER_LEVELS,
  LIFTS,
  SUBJECTIVE_NOISE,
  TOWNS,
  TYPE_IDS,
  TYPES,
  type TypeId,
  WAVES,
  WITHIN,
} from "./moving-to-study-model.ts";
import { type RegisterCell, typeShares } from "./moving-to-study-population.ts";
import { peopleOf } from "./respondents.ts";
import type { Component } from "./rounded-mixture.ts";

/** How people of one type and cell differ. */
export function levelModel(type: TypeId): LevelModel {
  return {
    within: WITHIN,
    common: COMMON,
    lifts: { ...LIFTS, ...TYPES[type].lifts },
    subjectiveNoise: SUBJECTIVE_NOISE,
  };
}

/** What the model expects of a person of this type and cell in each of the nine dimensions. */
export function expectedOf(type: TypeId, cell: RegisterCell): Levels {
  const shifts = [TYPES[type].levels, TOWNS[cell.area].levels, GENDER_LEVELS[cell.gender], WAVES[cell.wave].levels];
  return expectedLevels(shifts, levelModel(type));
}

/** The mixture over types and cells that η of a dimension has in a population. */
export function levelDistribution(d: number, population: readonly RegisterCell[]): Component[] {
  const people = peopleOf(population);
  return joinComponents(
    population.flatMap((cell) => {
      const shares = typeShares(cell);
      return TYPE_IDS.map((type) => ({
        share: (shares[type] * cell.people) / people,
        mean: expectedOf(type, cell)[d]!,
        sd: Math.sqrt(varianceWithin(levelModel(type), d)),
      }));
    }),
  );
}
