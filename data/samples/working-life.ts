/**
 * The third sample: an invented survey of people of working age, all of Finland, one year, handed over as one file by two contributors; the register
 * of the same people; and the skills that job advertisements ask for. What is true of them stands in `working-life-model.ts` and
 * `working-life-services.ts`. The same seed gives the same bytes on any machine.
 *
 * The latent type of each row goes to a file of its own, `*.truth.csv`, and what the whole is meant to show to `*.truth.json`: beside
 * the extracts and never in them.
 */
import advertisements from "../codebooks/job-advertisements-1.json" with { type: "json" };
import register from "../codebooks/working-life-register-1.json" with { type: "json" };
import survey from "../codebooks/working-life-survey-1.json" with { type: "json" };
import { Codebook } from "../contracts/codebook.ts";
import { drawLevels } from "./latent-levels.ts";
import { drawType, expectedOfType, levelsOfType } from "./latent-types.ts";
import { answerAll, type Questionnaire, type Respondent, solvedItemsOf } from "./questionnaire.ts";
import { Random } from "./random.ts";
import { once, type Sample, type SampleOptions, writeExtract, writeRegister, writeTruth } from "./sample.ts";
import type { ServiceOdds } from "./service-answers.ts";
import type { SkillOdds } from "./skill-answers.ts";
import { advertisementCells } from "./working-life-advertisements.ts";
import { APART, AREA_IDS, type AreaId } from "./working-life-areas.ts";
import { ITEMS, NOISE, type TypeId, UNANSWERED } from "./working-life-model.ts";
import {
  drawWorking,
  levelDistribution,
  registerCells,
  WORKING_AGE,
  type Working,
  workingPopulation,
} from "./working-life-population.ts";
import { SERVICE_UNANSWERED, SERVICES, SKILLS } from "./working-life-services.ts";

const SEED = "working-life 1";
/** Counts from 1 up to this are hidden by the register's and by the advertisements' keeper. */
const HIDDEN_UP_TO = 4;

const readSurvey = once(() => Codebook.parse(survey));
const WRITTEN_AS = {
  survey: { name: "tyoelamakysely-2025", codebook: "working-life-survey-1.json", lineEnd: "\r\n", bom: false },
  register: { name: "tyoikaiset-2025", codebook: "working-life-register-1.json", lineEnd: "\n", bom: true },
  advertisements: { name: "tyopaikkailmoitukset", codebook: "job-advertisements-1.json", lineEnd: "\n", bom: false },
};

const MISSING_EVERYWHERE = ["care-work", "early-education"];
const MISSING_IN: Partial<Record<AreaId, string>> = {
  ...{ "06": "welding", "08": "coding", "19": "coding", "21": "driving-licence-c" },
};
/** Of Åland too few answer for any share to be shown. */
const TOO_FEW: readonly AreaId[] = ["91"];

/**
 * What the sample is meant to show: the verdict, the counties where a type is commoner than among all others, and the skills that
 * are missing most, everywhere and in places.
 */
export const INTENDED = {
  verdict: "segments",
  types: Object.keys(WORKING_AGE.types),
  apart: APART,
  missingSkills: { everyone: MISSING_EVERYWHERE, ...missingByArea() },
};

function missingByArea(): Record<AreaId, string[]> {
  const missingIn = (area: AreaId) =>
    TOO_FEW.includes(area) ? [] : [...MISSING_EVERYWHERE, MISSING_IN[area] ?? []].flat().sort();
  return Object.fromEntries(AREA_IDS.map((area) => [area, missingIn(area)])) as Record<AreaId, string[]>;
}

/** The survey, the register and the advertisements; the latent type of each row of the survey, and what is intended. */
export function generateWorkingLife({ seed = SEED }: SampleOptions = {}): Sample {
  const population = workingPopulation(new Random(`${seed} register`));
  const codebook = readSurvey();
  const levelsOf = (d: number) => levelDistribution(d, population);
  const asked: Questionnaire = {
    ...{ codebook, unanswered: UNANSWERED, services: SERVICE_UNANSWERED, otherGender: 0 },
    items: solvedItemsOf(codebook, { models: ITEMS, noise: NOISE, levelsOf }),
    ignored: (chance) => ["suomi", "ruotsi", "englanti"][chance.pick([0.93, 0.02, 0.05])]!,
  };
  const drawn = drawWorking(population, new Random(`${seed} draw`));
  const random = new Random(`${seed} answers`);
  const people = drawn.map((person) => answerAs(person, asked, random));
  const rows = people.map(({ answers }) => answers);
  const types = people.map(({ type }) => type);
  const counts = { ...WRITTEN_AS.register, hiddenUpTo: HIDDEN_UP_TO };
  const mentions = { ...WRITTEN_AS.advertisements, hiddenUpTo: HIDDEN_UP_TO };
  const intended = new TextEncoder().encode(`${JSON.stringify(INTENDED, null, 2)}\n`);
  return {
    extracts: [
      writeExtract(rows, codebook, WRITTEN_AS.survey),
      writeRegister(registerCells(population), Codebook.parse(register), counts),
      writeRegister(advertisementCells(new Random(`${seed} advertisements`)), Codebook.parse(advertisements), mentions),
    ],
    truth: [
      writeTruth(WRITTEN_AS.survey.name, "type", types),
      { name: `${WRITTEN_AS.survey.name}.truth.json`, bytes: intended },
    ],
  };
}

function answerAs(person: Working, asked: Questionnaire, random: Random): { type: TypeId; answers: string[] } {
  const { cell, weight } = person;
  const type = drawType(WORKING_AGE, cell, random);
  const { levels } = drawLevels(expectedOfType(WORKING_AGE, type, cell), levelsOfType(WORKING_AGE, type), random);
  const { contributor, area, gender, age, activity, education } = cell;
  const respondent: Respondent = {
    ...{ weight, levels },
    codes: { area, gender, age, activity, education },
    design: { contributor },
    serviceOdds: (service) => serviceOdds(service, type, person),
    skillOdds: (skill) => skillOdds(skill, type, person),
  };
  return { type, answers: answerAll(asked, respondent, random) };
}

function serviceOdds(service: string, type: TypeId, { cell: { activity, age } }: Working): ServiceOdds {
  const { use, help, useBy, useOf, useAt, helpBy } = SERVICES[service]!;
  return { use, help, useBy: [useBy?.[type], useOf?.[activity], useAt?.[age]], helpBy: [helpBy?.[type]] };
}

function skillOdds(skill: string, type: TypeId, { cell }: Working): SkillOdds {
  const { held, heldBy } = SKILLS[skill]!;
  const { activity, education, age, gender, area } = cell;
  const effects: Readonly<Record<string, number | undefined>> = heldBy ?? {};
  return { share: held, heldBy: [type, activity, education, age, gender, area].map((code) => effects[code]) };
}
