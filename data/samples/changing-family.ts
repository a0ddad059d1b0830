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
import { type BackgroundColumn, Codebook, type ItemColumn } from "../contracts/codebook.ts";
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
import { type SolvedItem, solveItems } from "./item-answers.ts";
import { drawLevels, type Levels, SEGMENTED } from "./latent-levels.ts";
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
import { drawService, type ServiceAnswers, type ServiceOdds, writeService } from "./service-answers.ts";
import { missingCode, writeBackground, writeItem, writeRow } from "./written-answers.ts";

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
    const items = solvedItems(codebook, population);
    const parents = drawParents(frame, population, new Random(`${seed} draw ${frame}`));
    const random = new Random(`${seed} answers ${frame}`);
    const scale =
      survey.weights === "people" ? 1 : parents.length / peopleOf(population.filter((cell) => cell.frame === frame));
    const rows = parents.map((parent) =>
      answerAll({ ...parent, weight: parent.weight * scale }, codebook, items, random),
    );
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
function solvedItems({ columns, scales }: Codebook, population: readonly ParentCell[]): Map<string, SolvedItem> {
  const itemColumns = columns.filter((column): column is ItemColumn => column.use === "item");
  const levelsOf = (d: number) => levelDistribution(d, population);
  const solved = solveItems(itemColumns, scales!, { models: ITEMS, noise: NOISE, levelsOf });
  return new Map(solved.map((item) => [item.column.id, item]));
}

/** A parent with levels, and the questions that do not concern this parent. */
type Person = { parent: Parent; levels: Levels; level: number; notAsked: Set<string> };

function answerAll(parent: Parent, codebook: Codebook, items: Map<string, SolvedItem>, random: Random) {
  const person = drawPerson(parent, random);
  return { level: person.level, answers: writeAnswers(person, codebook, items, random) };
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

function writeAnswers(person: Person, codebook: Codebook, items: Map<string, SolvedItem>, random: Random): string[] {
  const { parent, levels, notAsked } = person;
  let service: ServiceAnswers;
  return writeRow(codebook, UNANSWERED.stops, random, (column) => {
    switch (column.use) {
      case "weight":
        return parent.weight.toFixed(4).replace(".", codebook.file.decimal);
      case "stratum":
        return parent.stratum;
      case "psu":
        return parent.unit;
      case "background":
        return backgroundAnswer(column, parent.cell, random);
      case "item": {
        const text = writeItem(items.get(column.id)!, levels, random, UNANSWERED);
        return notAsked.has(column.id) ? missingCode(column.missing!, "not_applicable") : text;
      }
      case "service":
        if (column.question === "used")
          service = drawService(serviceOdds(column.service, person), SERVICE_UNANSWERED, random);
        return writeService(column, service, codebook, { dontKnow: SERVICE_UNANSWERED.dontKnow, random });
      case "ignore":
        return random.chance(0.8) ? "1" : "2";
      default:
        throw new RangeError(`No answer for ${column.column}`);
    }
  });
}

function backgroundAnswer(column: BackgroundColumn, cell: ParentCell, random: Random): string {
  const { area, form, gender, age, language } = cell;
  const codes: Record<string, string> = { area, "family-form": form, gender, age, language };
  const blank = random.chance(column.id === "area" ? 0 : 0.004);
  const other = column.id === "gender" && random.chance(OTHER_GENDER);
  const text = writeBackground(column, other ? "x" : codes[column.id]!, random);
  return blank ? "" : text;
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
