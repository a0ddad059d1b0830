import {
  AGE_IDS,
  AGES,
  FIELD_IDS,
  FIELDS,
  GENDER_IDS,
  GENDERS,
  LANGUAGE_IDS,
  LANGUAGES,
  TOWN_IDS,
  TOWNS,
  type TownId,
  TYPE_IDS,
  TYPE_SHIFTS,
  TYPES,
  type TypeId,
  WAVES,
  type WaveId,
} from "./moving-to-study-model.ts";
import type { Random } from "./random.ts";
import { countPeople, drawRespondents, peopleOf, stratumWeights } from "./respondents.ts";

/** A cell of the register: everyone of a wave who is alike in all five backgrounds. */
export type RegisterCell = {
  wave: WaveId;
  area: TownId;
  age: (typeof AGE_IDS)[number];
  gender: (typeof GENDER_IDS)[number];
  field: (typeof FIELD_IDS)[number];
  language: (typeof LANGUAGE_IDS)[number];
  people: number;
};

/** Counts of every cell, zeros too: the product of the shares, ± 6 %, rounded up or down by chance. */
export function registerPopulation(wave: WaveId, random: Random): RegisterCell[] {
  const cells: RegisterCell[] = [];
  for (const area of TOWN_IDS)
    for (const age of AGE_IDS)
      for (const gender of GENDER_IDS) {
        const fields = FIELDS[gender].map((share, index) => share * TOWNS[area].fields[index]!);
        const allFields = fields.reduce((sum, share) => sum + share, 0);
        FIELD_IDS.forEach((field, f) => {
          LANGUAGE_IDS.forEach((language, l) => {
            const town = TOWNS[area].people * WAVES[wave].people * GENDERS[gender].share * AGES[age].share;
            const expected = (town * fields[f]! * TOWNS[area].languages[l]!) / allFields;
            cells.push({ wave, area, age, gender, field, language, people: countPeople(expected, random) });
          });
        });
      }
  return cells;
}

/** How likely each type is for a person of this cell (softmax; see the model). */
export function typeShares(cell: RegisterCell): Record<TypeId, number> {
  const effects = [
    WAVES[cell.wave].types,
    TOWNS[cell.area].types,
    TYPE_SHIFTS.gender[cell.gender],
    TYPE_SHIFTS.age[cell.age],
    TYPE_SHIFTS.field[cell.field],
    TYPE_SHIFTS.language[cell.language],
  ];
  const odds = TYPE_IDS.map(
    (type) => TYPES[type].share * Math.exp(effects.reduce((sum, effect) => sum + (effect?.[type] ?? 0), 0)),
  );
  const all = odds.reduce((sum, odd) => sum + odd, 0);
  return Object.fromEntries(TYPE_IDS.map((type, index) => [type, odds[index]! / all])) as Record<TypeId, number>;
}

export type Drawn = RegisterCell & { weight: number };

/**
 * Who answers: town, gender, age and language each multiply the eagerness. The steward's weight corrects for
 * town × gender × age, scaled to mean 1; language is left uncorrected, as it often is.
 */
export function drawStudents(cells: readonly RegisterCell[], random: Random): Drawn[] {
  const eagerness = cells.map(
    ({ area, gender, age, language }) =>
      TOWNS[area].answers * GENDERS[gender].answers * AGES[age].answers * LANGUAGES[language].answers,
  );
  const drawn = drawRespondents(cells, eagerness, WAVES[cells[0]!.wave].sampled, random);
  const weights = stratumWeights(cells, drawn, ({ area, gender, age }) => `${area} ${gender} ${age}`);
  const population = peopleOf(cells);
  return drawn.map((cell, index) => ({ ...cell, weight: (weights[index]! * drawn.length) / population }));
}
