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
