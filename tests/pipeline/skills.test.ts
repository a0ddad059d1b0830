import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { Codebook } from "../../data/contracts/codebook.ts";
import { LifeEvent } from "../../data/contracts/life-event.ts";
import { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { generateWorkingLife, INTENDED } from "../../data/samples/working-life.ts";
import { AREA_IDS } from "../../data/samples/working-life-areas.ts";
import { publishCell } from "../../server/disclosure/gate.ts";
import { askSkills } from "../../server/pipeline/ask-skills.ts";
import { type ChosenExtract, chooseExtracts } from "../../server/pipeline/choose-extracts.ts";
import { type AskedSkills, askedCells, askedMeasures, countSkills } from "../../server/pipeline/count-skills.ts";
import { describeSkills } from "../../server/pipeline/describe-skills.ts";
import type { Judged } from "../../server/pipeline/estimate-question.ts";
import { gatherSurvey, type Survey } from "../../server/pipeline/gather-survey.ts";
import { ingest } from "../../server/pipeline/ingest.ts";
import type { Question } from "../../server/pipeline/questions.ts";
import { readChosen } from "../../server/pipeline/read-chosen.ts";
import { releaseWords } from "../../server/pipeline/release-words.ts";
import { scoreSurvey } from "../../server/pipeline/score-survey.ts";
import { type WeighedSkills, weighSkills } from "../../server/pipeline/weigh-skills.ts";
import { weightedProportion } from "../../server/statistics/proportion.ts";
import { proportionDisplay } from "../../server/statistics/reliability.ts";
import { readClassifications, sqlFolder } from "../../server/store/catalogue.ts";
import { homeAt, prepareHome } from "../../server/store/home.ts";
import { codebookByHash, listExtracts } from "../../server/store/microdata/extracts.ts";
import type { StoredRows } from "../../server/store/microdata/read-rows.ts";
import { ROOT, temporaryFolder } from "../command.ts";
import { names } from "./made-up.ts";

const AREAS = [...AREA_IDS].sort();
const WAVE = "2025";
const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const POLICY = DisclosurePolicy.parse(json("data/policy/disclosure.json"));
const LATTICE = { codes: new Map([["area", AREAS]]) };
const wordsOf = (language: string) =>
  ({
    dimensions: json(`data/words/${language}/dimensions.json`),
    release: json(`data/words/${language}/release.json`),
  }) as never;
const WORDS = releaseWords({ fi: wordsOf("fi"), sv: wordsOf("sv"), en: wordsOf("en") });
const WHERE = [{}, ...AREAS.map((area) => ({ area }))] as { area?: string }[];
const atOf = ({ area }: { area?: string }): Record<string, string> =>
  area === undefined ? { wave: WAVE } : { wave: WAVE, area };

/** A file's rows by another parser, as text. */
type Line = Record<string, string>;
const parse = (bytes: Uint8Array, encoding: string, delimiter: string) =>
  Papa.parse<Line>(new TextDecoder(encoding).decode(bytes), { header: true, delimiter, skipEmptyLines: true }).data;
const { extracts } = generateWorkingLife();
const SURVEY = parse(extracts[0]!.bytes, "windows-1252", ";");
const ADVERTISEMENTS = parse(extracts[2]!.bytes, "utf-8", ",");
const BOOK = Codebook.parse(json("data/codebooks/working-life-survey-1.json"));
const SKILLS = BOOK.columns.flatMap((column) =>
  column.use === "skill" ? [{ id: column.id, column: column.column }] : [],
);

let folder: string;
let rows: ReadonlyMap<string, StoredRows>;
let surveys: ChosenExtract[];
let survey: Survey;
let questions: Question[];
let asked: AskedSkills;
let mentions: Cell[];
let judged: Map<string, Judged>;
let weighed: WeighedSkills[];

beforeAll(async () => {
  folder = temporaryFolder("skills");
  const home = homeAt(join(folder, "home"));
  prepareHome(home);
  for (const { name, codebook, bytes } of extracts) {
    writeFileSync(join(folder, name), bytes);
    const ingested = await ingest({
      ...{ home, codebook: Codebook.parse(json(`data/codebooks/${codebook}`)), file: join(folder, name), threads: 2 },
      ...{ classifications: readClassifications(ROOT), sqlFolder: sqlFolder(ROOT), progress: () => {} },
    });
    if (Array.isArray(ingested)) throw new Error(JSON.stringify(ingested));
  }
  const event = LifeEvent.parse(json("data/life-events/working-life-skills.json"));
  const chosen = chooseExtracts(event, listExtracts(home), ({ codebookHash }) => codebookByHash(home, codebookHash));
  rows = await readChosen(home, chosen, { sqlFolder: sqlFolder(ROOT), threads: 2 });
  const of = (role: string) => chosen.filter((part) => part.role === role);
  surveys = of("survey");
  const gathered = gatherSurvey(surveys, rows, POLICY.minimumPersons);
  if (Array.isArray(gathered)) throw new Error(JSON.stringify(gathered));
  survey = gathered;
  questions = askSkills(survey, scoreSurvey(survey, WAVE).waves, WORDS);
  asked = countSkills(of("skills"), rows, event.variables) as AskedSkills;
  mentions = askedCells(asked, { waves: [WAVE], lattice: LATTICE }, POLICY);
  judged = estimated(() => true);
  weighed = weighSkills(
    asked,
    { waves: [WAVE], lattice: LATTICE },
    { skills: idsOf(survey), judged, shown: shownOf(mentions) },
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idsOf = ({ skills }: Survey) => skills.map(({ id }) => id);
const shownOf = (cells: readonly Cell[]) =>
  new Set(
    cells.flatMap(({ measure, statistic, at, figure }) =>
      figure.kind === "value" ? [cellKey(measure, statistic, at)] : [],
    ),
  );

/** Every question's share in each cell, as a release has it; of cells that may not be shown no figure. */
function estimated(isShown: (skill: string, at: Line) => boolean): Map<string, Judged> {
  const [wave] = survey.waves;
  return new Map(
    questions.flatMap(({ measure, answers }) =>
      WHERE.map((where): [string, Judged] => {
        const at = atOf(where);
        const codes = wave!.backgrounds.get("area")!;
        const members = Int32Array.from(codes.keys()).filter((row) => !where.area || codes[row] === where.area);
        const estimate = weightedProportion(wave!.design, answers.get(WAVE)!.values, members)!;
        const { n, mean: value, low, high, events } = estimate;
        const facts = {
          kind: "share" as const,
          n,
          events,
          estimate: { value, low, high },
          hidden: proportionDisplay(estimate, n).hidden,
          flags: [],
          versus: [],
        };
        const skill = measure.id.split(".")[1] as string;
        const cell = publishCell(
          { measure: measure.id, statistic: "percent", at },
          isShown(skill, at) ? facts : { kind: "closed" },
          POLICY,
        );
        return [cellKey(measure.id, "percent", at), { cell, estimate, reason: null }];
      }),
    ),
  );
}

/** Answers to a skill's question in the raw file with weights brought to n of each contributor. */
function rawAnswers(column: string, where: { area?: string }) {
  const weightOf = (line: Line) => Number(line.Painokerroin?.replace(",", "."));
  const total = new Map<string, { weight: number; rows: number }>();
  for (const line of SURVEY) {
    const sum = total.get(line.Kokoaja as string) ?? { weight: 0, rows: 0 };
    total.set(line.Kokoaja as string, { weight: sum.weight + weightOf(line), rows: sum.rows + 1 });
  }
  return SURVEY.flatMap((line) => {
    const { weight, rows } = total.get(line.Kokoaja as string)!;
    const isHere = where.area === undefined || line["Hyvinvointialue (tunnus)"] === where.area;
    const given = line[column] === "Kyllä" || line[column] === "En";
    return isHere && given ? [{ yes: line[column] === "Kyllä", weight: (weightOf(line) * rows) / weight }] : [];
  });
}

/** Whether so many told as a share needs: 30 rows, worth 30 of equal weight, three of each answer (METHOD §2.5, §7.3). */
function isEnough(given: ReturnType<typeof rawAnswers>): boolean {
  const total = (of: (weight: number) => number) => given.reduce((sum, { weight }) => sum + of(weight), 0);
  const worth = total((weight) => weight) ** 2 / total((weight) => weight ** 2);
  const yes = given.filter((one) => one.yes).length;
  return given.length >= 30 && worth >= 30 && Math.min(yes, given.length - yes) >= 3;
}

/** Mentions in the raw file, of 2025. */
function rawMentions(skill: string, where: { area?: string }) {
  const texts = ADVERTISEMENTS.filter(
    (line) => line.skill === skill && line.month!.startsWith("2025") && (!where.area || line.area === where.area),
  ).map(({ advertisements }) => advertisements as string);
  const shown = texts.filter((text) => text !== "..");
  return { count: shown.reduce((sum, text) => sum + Number(text), 0), incomplete: shown.length < texts.length };
}

describe("skills that people have", () => {
  test("stand in the survey as they stand in the file, line by line", () => {
    const [wave] = survey.waves;
    expect(survey.skills.map(({ id }) => id)).toEqual(SKILLS.map(({ id }) => id));
    for (const { id, column } of SKILLS) {
      const { values, reasons } = wave!.skills.get(id)!;
      wave!.source.forEach(({ line }, person) => {
        const text = SURVEY[line - 2]![column];
        const meant = { Kyllä: 1, En: 0 }[text as string] ?? Number.NaN;
        expect([id, line, values[person]]).toEqual([id, line, meant]);
        expect(reasons[person] === null).toBe(!Number.isNaN(meant));
      });
    }
  });

  test("are part of what a person is known again by: one other answer is another person, and no one else is", () => {
    const [part] = surveys as [ChosenExtract];
    const stored = rows.get(part.extract.id) as StoredRows;
    const place = part.codebook.columns.findIndex(({ use }) => use === "skill");
    const column = stored.columns.get(place)!;
    const numbers = column.numbers.map((value, row) => (row === 7 ? 1 - (value || 0) : value));
    const reasons = column.reasons.map((reason, row) => (row === 7 ? null : reason));
    const changed = new Map(stored.columns).set(place, { ...column, numbers, reasons });
    const again = gatherSurvey(
      surveys,
      new Map(rows).set(part.extract.id, { ...stored, columns: changed }),
      10,
    ) as Survey;
    const [before, after] = [survey.waves[0]!.answers, again.waves[0]!.answers];
    expect(before.flatMap((hash, person) => (hash === after[person] ? [] : [person]))).toEqual([7]);
  });

  test("are asked as shares in tables of one variable, named in three languages", () => {
    expect(questions.map(({ measure }) => measure.id)).toEqual(SKILLS.map(({ id }) => `skill.${id}.held`));
    for (const { measure, kind, statistic, crossed, category, among } of questions) {
      expect([kind, statistic, crossed.variables, category, among]).toEqual([
        "share",
        "percent",
        1,
        undefined,
        undefined,
      ]);
      expect([measure.statistics, measure.asked, measure.min, measure.max]).toEqual([["percent"], [WAVE], 0, 100]);
    }
    expect(questions[10]!.measure.name).toEqual({
      fi: "Hitsaus: osaa riittävän hyvin työtä varten",
      sv: "Svetsning: kan det tillräckligt bra för arbete",
      en: "Welding: can do it well enough for work",
    });
  });

  test("are the weighted shares of the raw file, everywhere and in each county, where enough answered", () => {
    for (const { id, column } of SKILLS)
      for (const where of WHERE) {
        const given = rawAnswers(column, where);
        const all = given.reduce((sum, { weight }) => sum + weight, 0);
        const share = given.reduce((sum, { yes, weight }) => sum + (yes ? weight : 0), 0) / all;
        const { estimate, cell } = judged.get(cellKey(`skill.${id}.held`, "percent", atOf(where)))!;
        expect(estimate!.n).toBe(given.length);
        expect(estimate!.mean).toBeCloseTo(share, 12);
        if (isEnough(given)) expect(cell.figure).toMatchObject({ kind: "value", value: Math.round(100 * share) });
        else expect([id, where, cell.figure.kind === "value"]).toEqual([id, where, false]);
      }
    // Of Åland too few answer, and nowhere else.
    const [first] = SKILLS as [(typeof SKILLS)[number]];
    expect(AREAS.filter((area) => !isEnough(rawAnswers(first.column, { area })))).toEqual(["91"]);
  });
});

describe("skills that work asks for", () => {
  test("are the mentions of the last twelve months, to five, and their share of all mentions", () => {
    expect(asked.months).toEqual(new Map([[WAVE, { from: "2025-01", to: "2025-12" }]]));
    expect(mentions.length).toBe(2 * 12 * (1 + AREAS.length));
    const figures = new Map(mentions.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell.figure]));
    for (const where of WHERE) {
      const raw = SKILLS.map(({ id }) => rawMentions(id, where));
      const all = raw.reduce((sum, { count }) => sum + count, 0);
      SKILLS.forEach(({ id }, index) => {
        const { count, incomplete } = raw[index]!;
        const flags = incomplete ? ["incomplete"] : [];
        const alike = { kind: "value", low: null, high: null, n: null, versus: [] };
        expect(figures.get(cellKey(`skill.${id}.asked`, "count", atOf(where)))).toEqual({
          ...{ ...alike, flags },
          value: 5 * Math.round(count / 5),
        });
        expect(figures.get(cellKey(`skill.${id}.asked`, "percent", atOf(where)))).toEqual({
          ...{ ...alike, flags: raw.some((one) => one.incomplete) ? ["incomplete"] : [] },
          value: Math.round((100 * count) / all),
        });
      });
    }
    expect(mentions.some(({ figure }) => figure.kind === "value" && figure.flags.includes("incomplete"))).toBe(true);
  });

  test("have measures with a name that says what was counted", () => {
    const [first] = askedMeasures(asked, [WAVE], WORDS);
    expect(first).toMatchObject({ id: "skill.digital-basics.asked", statistics: ["count", "percent"], asked: [WAVE] });
    expect(first!.name.en).toBe("Basic digital skills: mentions in job advertisements");
    expect(askedMeasures(asked, ["2019"], WORDS)[0]!.asked).toEqual([]);
  });
});

type Mention = [month: string, area: string, skill: string, count: number];

/** An extract of mentions that was never a file; NaN is a count that was suppressed. */
function madeUp(rows: readonly Mention[], skills = ["a", "b", "c"], month: "month" | "ignore" = "month") {
  const codebook = Codebook.parse({
    ...{ format: "tilannekuva.codebook/1", id: "mentions", version: 1, kind: "register-counts", name: names("m") },
    ...{ synthetic: true, contributor: "ads", wave: WAVE },
    file: { encoding: "utf-8", delimiter: ",", quote: '"', decimal: ".", header: true, skipLines: 0, empty: [""] },
    columns: [
      { column: "m", use: month },
      { column: "a", use: "background", id: "area", classification: "wellbeing-services-county-2025" },
      {
        ...{ column: "s", use: "background", id: "skill", name: names("s") },
        categories: skills.map((code) => ({ code, name: names(code) })),
      },
      { column: "n", use: "count", missing: [{ code: "..", reason: "suppressed_at_source" }] },
    ],
  });
  const extract = { id: "mentions.0", codebook: "mentions", contributors: ["ads"], waves: [WAVE] } as never;
  const part: ChosenExtract = { extract, codebook, role: "skills", speaksFor: new Set([`ads ${WAVE}`]) };
  const column = (of: (row: Mention) => string | number) => ({
    numbers: Float64Array.from(rows, (row) => Number(of(row))),
    codes: rows.map((row) => String(of(row))),
    reasons: rows.map(() => null),
  });
  const stored: StoredRows = {
    lines: new Float64Array(rows.length),
    hashes: rows.map((_, index) => String(index)),
    columns: new Map([0, 1, 2, 3].map((place) => [place, column((row) => row[place]!)])),
  };
  return { parts: [part], rows: new Map([["mentions.0", stored]]) };
}
const counted = (...given: Parameters<typeof madeUp>) => {
  const { parts, rows } = madeUp(...given);
  return countSkills(parts, rows, ["area", "gender"]) as AskedSkills;
};
const figureOf = (
  cells: readonly Cell[],
  skill: string,
  statistic: "count" | "percent",
  where: { area?: string } = {},
) =>
  cells.find(
    (cell) =>
      cellKey(cell.measure, cell.statistic, cell.at) === cellKey(`skill.${skill}.asked`, statistic, atOf(where)),
  )?.figure;

describe("mentions that nobody should read too much into", () => {
  test("older than a year count no more, whatever the year's end is; without months all count", () => {
    const rows: Mention[] = [
      ["2024-03", "08", "a", 1000],
      ["2024-04", "08", "a", 10],
      ["2025-03", "08", "a", 20],
    ];
    const own = counted(rows);
    expect(own.months.get(WAVE)).toEqual({ from: "2024-04", to: "2025-03" });
    expect(own.mentionsOf({ wave: WAVE }, "a")).toEqual({ count: 30, incomplete: false });
    expect(counted(rows, ["a"], "ignore").mentionsOf({ wave: WAVE }, "a").count).toBe(1030);
    expect(counted([["2025-01", "08", "a", 5]]).months.get(WAVE)).toEqual({ from: "2025-01", to: "2025-01" });
  });

  test("are nothing when there were none, unknown when all were suppressed, and said in figures when they round to something", () => {
    const own = counted([
      ["2025-01", "08", "a", 0],
      ["2025-01", "08", "b", Number.NaN],
      ["2025-01", "08", "c", 2],
      ["2025-01", "01", "a", 300],
      ["2025-01", "01", "b", 3],
      ["2025-02", "01", "b", Number.NaN],
    ]);
    const cells = askedCells(own, { waves: [WAVE], lattice: LATTICE }, POLICY);
    const of = (skill: string, area: string) => figureOf(cells, skill, "count", { area });
    expect(of("a", "08")).toMatchObject({ kind: "value", value: 0, flags: [] });
    expect(of("b", "08")).toEqual({ kind: "protected" });
    expect(of("c", "08")).toEqual({ kind: "protected" });
    expect(of("b", "01")).toMatchObject({ kind: "value", value: 5, flags: ["incomplete"] });
    expect(of("c", "01")).toMatchObject({ kind: "value", value: 0, flags: [] });
    expect(figureOf(cells, "a", "percent", { area: "01" })).toMatchObject({ value: 99, flags: ["incomplete"] });
    // Nobody advertised at all: there is no share of nothing.
    expect(of("a", "02")).toMatchObject({ value: 0 });
    expect(figureOf(cells, "a", "percent", { area: "02" })).toEqual({ kind: "protected" });
  });

  test("of a wave that the survey has not, or that another contributor counts, are no cells", () => {
    const own = counted([["2025-01", "08", "a", 50]]);
    expect(askedCells(own, { waves: ["2019"], lattice: LATTICE }, POLICY)).toEqual([]);
    const { parts, rows } = madeUp([["2025-01", "08", "a", 50]]);
    const others = [{ ...parts[0]!, speaksFor: new Set(["ads 2019"]) }];
    const nothing = countSkills(others, rows, ["area"]) as AskedSkills;
    expect(askedCells(nothing, { waves: [WAVE], lattice: LATTICE }, POLICY)).toEqual([]);
  });

  test("need an extract with a column of skills", () => {
    expect(countSkills([], new Map(), ["area"])).toBe(null);
    const { parts, rows } = madeUp([["2025-01", "08", "a", 5]]);
    const columns = parts[0]!.codebook.columns.filter(({ column }) => column !== "s");
    expect(countSkills([{ ...parts[0]!, codebook: { ...parts[0]!.codebook, columns } }], rows, ["area"])).toBe(null);
  });
});

/** Wilson's interval as METHOD's source writes it. */
function wilson(events: number, n: number) {
  const z = 1.959963984540054;
  const p = events / n;
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    p,
    low: (p + (z * z) / (2 * n) - reach) / (1 + (z * z) / n),
    high: (p + (z * z) / (2 * n) + reach) / (1 + (z * z) / n),
  };
}

describe("skills held against skills asked for", () => {
  test("those missing most are the ones that the sample was made to miss, everywhere and in each county", () => {
    for (const { at, skills } of weighed) {
      const missing = skills.filter(({ places }) => places !== null).map(({ skill }) => skill);
      const place = (at.area ?? "everyone") as keyof typeof INTENDED.missingSkills;
      expect([place, [...missing].sort()]).toEqual([place, [...INTENDED.missingSkills[place]]]);
    }
    expect(weighed.map(({ at }) => at)).toEqual(WHERE.map(atOf));
  });

  test("by the rule as it is documented, reckoned anew from the raw files", () => {
    for (const [index, where] of WHERE.entries()) {
      const raw = SKILLS.flatMap(({ id, column }) => {
        const given = rawAnswers(column, where);
        if (!isEnough(given)) return [];
        const weights = (list: typeof given) => list.reduce((sum, { weight }) => sum + weight, 0);
        const held = weights(given.filter(({ yes }) => yes)) / weights(given);
        const { low, high } = judged.get(cellKey(`skill.${id}.held`, "percent", atOf(where)))!.estimate!;
        return [{ id, held, low: low!, high: high!, count: rawMentions(id, where).count }];
      });
      const all = raw.reduce((sum, { count }) => sum + count, 0);
      const holdings = raw.reduce((sum, { held }) => sum + held, 0);
      const read = raw.map(({ id, held, low, high, count }) => {
        const share = wilson(count, all);
        const asked = share.low > 1 / raw.length ? "above" : share.high < 1 / raw.length ? "below" : "unsettled";
        const average = holdings / raw.length;
        const isHeld = low > average ? "above" : high < average ? "below" : "unsettled";
        const ratio = (holdings * share.p) / held;
        const [down, up] = [
          Math.hypot(Math.log(share.p / share.low), Math.log(high / held)),
          Math.hypot(Math.log(share.high / share.p), Math.log(held / low)),
        ];
        return { id, asked, held: isHeld, ratio, low: ratio * Math.exp(-down), high: ratio * Math.exp(up) };
      });
      const missing = read.filter((one) => one.asked === "above" && one.held === "below");
      const compared = weighed[index]!.skills.filter(({ asked }) => asked !== null).map(({ skill }) => skill);
      expect(compared.sort()).toEqual(raw.map(({ id }) => id).sort());
      for (const one of read) {
        const made = weighed[index]!.skills.find(({ skill }) => skill === one.id)!;
        expect([one.id, made.asked, made.held]).toEqual([one.id, one.asked, one.held]);
        if (!missing.includes(one)) expect([made.ratio, made.places]).toEqual([null, null]);
        else {
          const tenth = (value: number) => Math.round(10 * value) / 10;
          expect(made.ratio).toEqual({ value: tenth(one.ratio), low: tenth(one.low), high: tenth(one.high) });
          const before = missing.filter((other) => other.low > one.high).length;
          const after = missing.filter((other) => other.high < one.low).length;
          expect(made.places).toEqual({ from: 1 + before, to: missing.length - after });
        }
      }
    }
  });

  test("have no order where their intervals overlap", () => {
    for (const { skills } of weighed)
      for (const one of skills)
        for (const other of skills) {
          if (!one.ratio || !other.ratio || one === other || one.places!.to >= other.places!.from) continue;
          expect(one.ratio.low).toBeGreaterThanOrEqual(other.ratio.high as number);
        }
    const everyone = weighed[0]!.skills.filter(({ places }) => places);
    expect(everyone.map(({ places }) => places)).toEqual([
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ]);
  });

  test("name the cells that hold their figures, each a cell that there is", () => {
    const keys = new Set([
      ...judged.keys(),
      ...mentions.map(({ measure, statistic, at }) => cellKey(measure, statistic, at)),
    ]);
    for (const { skills } of weighed)
      for (const { cells } of skills)
        for (const key of Object.values(cells)) expect(keys.has(key as string)).toBe(true);
  });

  test("go into a release together, and not at all where nobody counts mentions", () => {
    const cut = { waves: [{ wave: WAVE }], lattice: LATTICE };
    const given = { survey, judged: [...judged.values()], policy: POLICY, words: WORDS };
    const whole = describeSkills(asked, cut, given);
    expect([whole.cells, whole.skills]).toEqual([
      mentions,
      { codebook: "job-advertisements", names: survey.skills.map(({ id, name }) => ({ id, name })), weighed },
    ]);
    expect(whole.measures.length).toBe(12);
    expect(describeSkills(null, cut, given)).toEqual({ cells: [], measures: [], skills: null });
  });

  test("are compared only where all three figures are shown, three skills at least", () => {
    const weigh = (isShown: (skill: string) => boolean) =>
      weighSkills(
        asked,
        { waves: [WAVE], lattice: LATTICE },
        { skills: idsOf(survey), judged: estimated(isShown), shown: shownOf(mentions) },
      )[0]!.skills;
    const without = weigh((skill) => skill !== "care-work");
    const care = without.find(({ skill }) => skill === "care-work")!;
    expect([care.asked, care.held, care.ratio, care.places]).toEqual([null, null, null, null]);
    expect(without.filter(({ asked: reading }) => reading !== null).length).toBe(11);
    const two = weigh((skill) => skill === "care-work" || skill === "coding");
    expect(two.every(({ asked: reading, places }) => reading === null && places === null)).toBe(true);
    const three = weigh((skill) => ["care-work", "coding", "finnish-language"].includes(skill));
    expect(three.filter(({ asked: reading }) => reading !== null).length).toBe(3);
    const unseen = weighSkills(
      asked,
      { waves: [WAVE], lattice: LATTICE },
      { skills: idsOf(survey), judged, shown: new Set() },
    );
    expect(unseen.every(({ skills }) => skills.every(({ asked: reading }) => reading === null))).toBe(true);
  });

  test("a figure that stands as it was shown before tells nothing of today", () => {
    const again = new Map(judged);
    const key = cellKey("skill.care-work.held", "percent", { wave: WAVE });
    const { cell, ...rest } = judged.get(key)!;
    const figure = { ...(cell.figure as Extract<Cell["figure"], { kind: "value" }>), flags: ["as-before" as const] };
    again.set(key, { ...rest, cell: { ...cell, figure } as never });
    const [everyone] = weighSkills(
      asked,
      { waves: [WAVE], lattice: LATTICE },
      { skills: idsOf(survey), judged: again, shown: shownOf(mentions) },
    );
    expect(everyone!.skills.find(({ skill }) => skill === "care-work")!.held).toBe(null);
  });

  test("a skill that only one of the two knows stands there without a comparison", () => {
    const own = counted(
      [
        ["2025-01", "08", "care-work", 50],
        ["2025-01", "08", "singing", 500],
      ],
      ["care-work", "singing"],
    );
    const cells = askedCells(own, { waves: [WAVE], lattice: LATTICE }, POLICY);
    const [everyone] = weighSkills(
      own,
      { waves: [WAVE], lattice: LATTICE },
      { skills: idsOf(survey), judged, shown: shownOf(cells) },
    );
    expect(everyone!.skills.length).toBe(13);
    const singing = everyone!.skills.find(({ skill }) => skill === "singing")!;
    expect([singing.cells.held, singing.asked]).toEqual([null, null]);
    const coding = everyone!.skills.find(({ skill }) => skill === "coding")!;
    expect([coding.cells.count, coding.cells.asked]).toEqual([null, null]);
  });
});
