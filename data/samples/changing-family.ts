/**
 * The second sample: an invented family survey of one autumn, handed over by two contributors, one answered in Finnish and one
 * in Swedish, and the register of the same parents. What is true of them stands in `changing-family-model.ts` and
 * `changing-family-services.ts`. The same seed gives the same bytes on any machine.
 *
 * The latent level of each row goes to a file of its own, `*.truth.csv`, which stands beside the extract and never in it.
 */
import register from "../codebooks/family-register-1.json" with { type: "json" };
import finnish from "../codebooks/family-survey-finnish-1.json" with { type: "json" };
import swedish from "../codebooks/family-survey-swedish-1.json" with { type: "json" };
import { Codebook } from "../contracts/codebook.ts";
import {
  FRAME_IDS,
  type FrameId,
  ITEMS,
  LEVELS,
  NOISE,
  NOT_AT_WORK,
  OTHER_GENDER,
  PARENTS_TOGETHER,
  UNANSWERED,
  UNIT,
  WITHOUT_OTHER_PARENT,
} from "./changing-family-model.ts";
import {
  drawParents,
  expectedOf,
  levelDistribution,
  type Parent,
  type ParentCell,
  parentPopulation,
  registerCells,
} from "./changing-family-population.ts";
import { SERVICE_UNANSWERED, SERVICES } from "./changing-family-services.ts";
import { drawLevels, type Levels, SEGMENTED } from "./latent-levels.ts";
import { answerAll, type Questionnaire, type Respondent, solvedItemsOf } from "./questionnaire.ts";
import { Random } from "./random.ts";
import { peopleOf } from "./respondents.ts";
import {
  once,
  type Sample,
  type SampleOptions,
  type WrittenAs,
  writeExtract,
  writeRegister,
  writeTruth,
} from "./sample.ts";
import type { ServiceOdds } from "./service-answers.ts";

const SEED = "changing-family 1";
/** Counts from 1 up to this are hidden by the register's keeper. */
const HIDDEN_UP_TO = 4;

/** Weights come on two scales: the Finnish file's are 1 on average, the Swedish file's add up to its people. */
const SURVEYS: Record<FrameId, WrittenAs & { read: () => Codebook; weights: "mean-one" | "people" }> = {
  finnish: {
    name: "perhekysely-2025",
    codebook: "family-survey-finnish-1.json",
    read: once(() => Codebook.parse(finnish)),
    lineEnd: "\n",
    bom: false,
    weights: "mean-one",
  },
  swedish: {
    name: "familjeenkat-2025",
    codebook: "family-survey-swedish-1.json",
    read: once(() => Codebook.parse(swedish)),
    lineEnd: "\r\n",
    bom: false,
    weights: "people",
  },
};

/** The two surveys and the register, and the latent level of each row of the surveys. */
export function generateChangingFamily({ seed = SEED }: SampleOptions = {}): Sample {
  const population = parentPopulation(new Random(`${seed} register`));
  const sample: Sample = { extracts: [], truth: [] };
  for (const frame of FRAME_IDS) {
    const survey = SURVEYS[frame];
    const codebook = survey.read();
    const asked: Questionnaire = {
      ...{ codebook, items: solvedItems(codebook, population), unanswered: UNANSWERED, services: SERVICE_UNANSWERED },
      otherGender: OTHER_GENDER,
      ignored: (chance) => (chance.chance(0.8) ? "1" : "2"),
    };
    const parents = drawParents(frame, population, new Random(`${seed} draw ${frame}`));
    const random = new Random(`${seed} answers ${frame}`);
    const scale =
      survey.weights === "people" ? 1 : parents.length / peopleOf(population.filter((cell) => cell.frame === frame));
    const rows = parents.map((parent) => answerAs({ ...parent, weight: parent.weight * scale }, asked, random));
    sample.extracts.push(
      writeExtract(
        rows.map(({ answers }) => answers),
        codebook,
        survey,
      ),
    );
    sample.truth.push(
      writeTruth(
        survey.name,
        "level",
        rows.map(({ level }) => level.toFixed(4)),
      ),
    );
  }
  const writtenAs = { name: "perherekisteri-2025", codebook: "family-register-1.json", lineEnd: "\r\n", bom: true };
  const counts = { ...writtenAs, hiddenUpTo: HIDDEN_UP_TO };
  sample.extracts.push(writeRegister(registerCells(population), Codebook.parse(register), counts));
  return sample;
}

/** Each contributor's items, solved on everyone: the same question is answered alike in both languages. */
const solvedItems = (codebook: Codebook, population: readonly ParentCell[]) =>
  solvedItemsOf(codebook, { models: ITEMS, noise: NOISE, levelsOf: (d) => levelDistribution(d, population) });

/** A parent with levels, and the questions that do not concern this parent. */
type Person = { parent: Parent; levels: Levels; level: number; notAsked: Set<string> };

function answerAs(parent: Parent, asked: Questionnaire, random: Random): { level: number; answers: string[] } {
  const person = drawPerson(parent, random);
  const { area, form, gender, age, language } = parent.cell;
  const respondent: Respondent = {
    ...{ weight: parent.weight, levels: person.levels, notAsked: person.notAsked },
    codes: { area, "family-form": form, gender, age, language },
    design: { stratum: parent.stratum, psu: parent.unit },
    serviceOdds: (service) => serviceOdds(service, person),
  };
  return { level: person.level, answers: answerAll(asked, respondent, random) };
}

function drawPerson(parent: Parent, random: Random): Person {
  const expected = expectedOf(parent.cell);
  const { levels, common } = drawLevels(expected, LEVELS, random);
  const unit = UNIT * parent.unitLevel;
  for (let d = 0; d < levels.length; d++) levels[d]! += unit;
  const shift = SEGMENTED.reduce((sum, _, d) => sum + expected[d]!, 0) / SEGMENTED.length;
  const { form } = parent.cell;
  const alone = random.chance(WITHOUT_OTHER_PARENT[form]);
  const together = random.chance(PARENTS_TOGETHER[form]);
  const notAsked = new Set<string>();
  if (alone) notAsked.add("co-parenting");
  if (alone || together) notAsked.add("arrangements-hold");
  if (random.chance(NOT_AT_WORK[form])) notAsked.add("work-and-family");
  return { parent, levels, level: shift + common + unit, notAsked };
}

function serviceOdds(service: string, { parent: { cell }, level }: Person): ServiceOdds {
  const { use, help, useBy, helpBy, helpIn, useByLevel, helpByLevel } = SERVICES[service]!;
  return {
    use,
    help,
    useBy: [useBy?.[cell.form], useByLevel * level],
    helpBy: [helpBy?.[cell.form], helpIn?.[cell.area], helpByLevel * level],
  };
}
