import {
  AGE_IDS,
  AGES,
  AREA_IDS,
  AREAS,
  type AreaId,
  FORM_ANSWERS,
  FORM_IDS,
  FORMS,
  type FormId,
  FRAME_IDS,
  FRAME_LANGUAGES,
  type FrameId,
  GENDER_IDS,
  GENDERS,
  LANGUAGE_IDS,
  LANGUAGES,
  type LanguageId,
  LEVELS,
} from "./changing-family-model.ts";
import { expectedLevels, joinComponents, type Levels, varianceWithin } from "./latent-levels.ts";
import type { Random } from "./random.ts";
import { countPeople, drawRespondents, peopleOf, stratumWeights } from "./respondents.ts";
import type { Component } from "./rounded-mixture.ts";
import type { WrittenCell } from "./sample.ts";

/** Parents who are alike in everything known, and who asks them. */
export type ParentCell = {
  frame: FrameId;
  area: AreaId;
  form: FormId;
  language: LanguageId;
  gender: (typeof GENDER_IDS)[number];
  age: (typeof AGE_IDS)[number];
  people: number;
};

/** Everyone, in the frames of both contributors: the product of the shares, ± 6 %. A parent stands in one frame. */
export function parentPopulation(random: Random): ParentCell[] {
  const cells: ParentCell[] = [];
  for (const frame of FRAME_IDS)
    for (const area of AREA_IDS)
      FORM_IDS.forEach((form, f) => {
        LANGUAGE_IDS.forEach((language, l) => {
          for (const gender of GENDER_IDS)
            for (const age of AGE_IDS) {
              const { mothers } = FORMS[form];
              const parents = AREAS[area].parents[frame] * AREAS[area].forms[f]! * FRAME_LANGUAGES[frame][l]!;
              const expected = parents * (gender === "f" ? mothers : 1 - mothers) * AGES[age].share;
              const people = expected === 0 ? 0 : countPeople(expected, random);
              cells.push({ frame, area, form, language, gender, age, people });
            }
        });
      });
  return cells;
}

/** The same people as the register hands them over: by municipality, family form and first language. */
export function registerCells(cells: readonly ParentCell[]): WrittenCell[] {
  return AREA_IDS.flatMap((area) =>
    FORM_IDS.flatMap((form) =>
      LANGUAGE_IDS.map((language) => ({
        people: peopleOf(
          cells.filter((cell) => cell.area === area && cell.form === form && cell.language === language),
        ),
        codes: { area, "family-form": form, language },
      })),
    ),
  );
}

export function expectedOf({ form, area, language, gender, age }: ParentCell): Levels {
  const parts = [FORMS[form], AREAS[area], LANGUAGES[language], GENDERS[gender], AGES[age]];
  return expectedLevels(
    parts.map(({ levels }) => levels),
    LEVELS,
  );
}

/** The mixture over cells that η of a dimension has in a population; units play no part. */
export function levelDistribution(d: number, population: readonly ParentCell[]): Component[] {
  const people = peopleOf(population);
  const sd = Math.sqrt(varianceWithin(LEVELS, d));
  return joinComponents(population.map((cell) => ({ share: cell.people / people, mean: expectedOf(cell)[d]!, sd })));
}

/** How each contributor drew: strata of municipalities with their own eagerness, and units to ask in, if any. */
const DESIGNS: Record<
  FrameId,
  { sampled: number; strata: { name: string; areas: readonly AreaId[]; answers: number; units: number }[] }
> = {
  finnish: {
    sampled: 900,
    strata: [
      { name: "Vaasa", areas: ["905"], answers: 1, units: 26 },
      { name: "Laihia", areas: ["399"], answers: 1.6, units: 8 },
      { name: "Mustasaari", areas: ["499"], answers: 1.4, units: 7 },
      { name: "rannikko", areas: ["280", "475", "946"], answers: 2.4, units: 4 },
    ],
  },
  swedish: {
    sampled: 620,
    strata: [
      { name: "Vasa", areas: ["905"], answers: 0.75, units: 0 },
      { name: "Korsholm", areas: ["499"], answers: 0.9, units: 0 },
      { name: "Vörå", areas: ["946"], answers: 1.5, units: 0 },
      { name: "Malax och Laihela", areas: ["399", "475"], answers: 1.6, units: 0 },
      { name: "Korsnäs", areas: ["280"], answers: 2.6, units: 0 },
    ],
  },
};

export type Parent = { cell: ParentCell; stratum: string; unit: string; unitLevel: number; weight: number };

/**
 * Who answers of one contributor's frame. Weights are N_h / n_h of stratum × gender, which puts family forms right only as far
 * as these do. Where a stratum has units, each parent is of one of them, and parents of one unit are a little alike.
 */
export function drawParents(frame: FrameId, population: readonly ParentCell[], random: Random): Parent[] {
  const { sampled, strata } = DESIGNS[frame];
  const cells = population.filter((cell) => cell.frame === frame);
  const stratumOf = ({ area }: ParentCell) => strata.find(({ areas }) => areas.includes(area))!;
  const eagerness = cells.map(
    (cell) => stratumOf(cell).answers * GENDERS[cell.gender].answers * AGES[cell.age].answers * FORM_ANSWERS[cell.form],
  );
  const drawn = drawRespondents(cells, eagerness, sampled, random);
  const weights = stratumWeights(cells, drawn, (cell) => `${stratumOf(cell).name} ${cell.gender}`);
  const units = new Map(strata.map(({ name, units: count }) => [name, openUnits(count, random)]));
  return drawn.map((cell, index) => {
    const { name } = stratumOf(cell);
    const open = units.get(name)!;
    const place = open.length > 0 ? random.pick(open.map(({ size }) => size)) : -1;
    const unit = place < 0 ? "" : `${name}-${String(place + 1).padStart(2, "0")}`;
    return { cell, stratum: name, unit, unitLevel: open[place]?.level ?? 0, weight: weights[index]! };
  });
}

/** Schools and day-care centres of a stratum: relative size, and how its parents differ from other units', in SDs. */
function openUnits(count: number, random: Random): { size: number; level: number }[] {
  return Array.from({ length: count }, () => ({ size: 0.5 + random.uniform(), level: random.normal() }));
}
