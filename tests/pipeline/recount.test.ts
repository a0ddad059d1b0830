import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { type BackgroundColumn, Codebook, type ItemColumn } from "../../data/contracts/codebook.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { done, ROOT, temporaryFolder } from "../command.ts";
import { sampleHome } from "../home.ts";
import { rounded, weighedQuantile } from "./by-hand.ts";

/**
 * The published figures of the samples, made again from the raw files by another path: another CSV parser, plain loops,
 * the codebook's meaning spelled out anew, groups from the steward's list of lines. Nothing of server/ takes part.
 */
type Person = {
  weight: number;
  contributor: string;
  codes: Record<string, string | null>;
  /** Scores of 0–100; of money the amount itself. */
  items: Record<string, number | null>;
};
const GROUPINGS = ["segment", "band", "troubles"];

/** A published release with the persons of each wave as the files hold them. */
type Recounted = {
  release: Release;
  personsAt: (at: Record<string, string>) => Person[];
  persons: Map<string, Person[]>;
  /** Measures of money. */
  money: Set<string>;
};

describe("published cells are the raw files' own numbers", () => {
  let samples: string;
  const recounted: Recounted[] = [];

  beforeAll(async () => {
    const home = await sampleHome();
    samples = temporaryFolder("recount");
    const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
    const { files } = done("samples", "--out", samples) as never as { files: { name: string; codebook: string }[] };
    for (const id of Object.values(published)) {
      const release = ReleaseContract.parse(
        JSON.parse(readFileSync(join(home, "published", id, "release.json"), "utf8")),
      );
      done("inspect", "--home", home, "--release", id, "--out", join(samples, id));
      recounted.push(recount(release, files, samples));
    }
    expect(recounted.some(({ persons }) => persons.size > 1)).toBe(true);
  }, 300_000);
  afterAll(() => rmSync(samples, { recursive: true, force: true }));

  const everyCell = () => recounted.flatMap(({ release, ...rest }) => release.cells.map((cell) => ({ cell, ...rest })));

  test("item means and group sizes, every cell", () => {
    let [looked, hidden] = [0, 0];
    for (const { cell, money, personsAt, persons } of everyCell()) {
      const { measure, statistic, at, figure } = cell;
      const key = cellKey(measure, statistic, at);
      if (measure === "persons" && statistic === "count") {
        const { length } = personsAt(at);
        const closed = Object.keys(at).length > 3 && (persons.get(at.wave as string)?.length ?? 0) < 2000;
        if (length < 10 || closed) expect([key, figure.kind]).toEqual([key, "protected"]);
        else if (figure.kind === "value") {
          expect([key, figure.value]).toEqual([key, Math.floor(length / 5 + 0.5) * 5]);
          looked++;
        } else hidden++;
      }
      const item = measure.match(/^item\.(.+)$/)?.[1];
      // Money is scored by goalposts of its wave (money.test.ts); its medians are amounts.
      if (!item || statistic !== (money.has(measure) ? "median" : "mean")) continue;
      const valid = personsAt(at).filter(({ items }) => items[item] !== null && items[item] !== undefined);
      if (valid.length < 10)
        expect([key, figure.kind === "protected" || figure.kind === "not-asked"]).toEqual([key, true]);
      else if (valid.length < 20) expect([key, figure.kind]).not.toEqual([key, "value"]);
      else if (figure.kind === "value" && statistic === "median") {
        const amounts = valid.map(({ items, weight }) => ({ value: items[item] as number, weight }));
        expect([key, figure.value]).toEqual([key, rounded(weighedQuantile(amounts, 0.5), -2)]);
        looked++;
      } else if (figure.kind === "value") {
        const weight = valid.reduce((total, person) => total + person.weight, 0);
        const mean =
          valid.reduce((total, person) => total + person.weight * (person.items[item] as number), 0) / weight;
        expect([key, Math.abs(figure.value - mean) <= 0.05 + 1e-6]).toEqual([key, true]);
        expect([key, Math.abs((figure.n as number) - valid.length) <= 2.5]).toEqual([key, true]);
        looked++;
      }
    }
    expect(looked).toBeGreaterThan(8000);
    // Large enough to be shown, hidden because a small one beside could be computed: some, and not many.
    expect([hidden > 0, hidden < 0.02 * looked, hidden]).toEqual([true, true, hidden]);
  });

  test("shares of groups are of those who have one, in the same place", () => {
    let looked = 0;
    for (const { cell, personsAt } of everyCell()) {
      const { measure, statistic, at, figure } = cell;
      if (measure !== "persons" || statistic !== "percent" || figure.kind !== "value") continue;
      const grouping = GROUPINGS.find((variable) => variable in at);
      const event = grouping ? [grouping] : Object.keys(at).filter((variable) => variable !== "wave");
      const within = Object.fromEntries(Object.entries(at).filter(([variable]) => !event.includes(variable)));
      const known = personsAt(within).filter(({ codes }) => event.every((variable) => codes[variable]));
      const weightOf = (persons: Person[]) => persons.reduce((total, { weight }) => total + weight, 0);
      const share = (100 * weightOf(personsAt(at))) / weightOf(known);
      const key = cellKey(measure, statistic, at);
      expect([key, Math.abs(figure.value - share) <= 0.5 + 1e-6]).toEqual([key, true]);
      looked++;
    }
    expect(looked).toBeGreaterThan(300);
  });
});

/** Reads the files of a release's surveys, and puts persons into the cells that they belong to. */
function recount(release: Release, files: readonly { name: string; codebook: string }[], samples: string): Recounted {
  const persons = new Map<string, Person[]>();
  const labels = Papa.parse<Record<string, string>>(readFileSync(join(samples, release.id, "labels.csv"), "utf8"), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const held: { wave: string; size: number | undefined; of: Person[] }[] = [];
  for (const { name, codebook: file } of files) {
    const path = join(ROOT, "data", "codebooks", file);
    if (!existsSync(path)) continue;
    const codebook = Codebook.parse(JSON.parse(readFileSync(path, "utf8")));
    const input = release.inputs.find(
      ({ codebook: id, version, role }) => role === "survey" && id === codebook.id && version === codebook.version,
    );
    if (!input) continue;
    const own = labels.filter(({ extract }) => extract === input.extract);
    const byLine = new Map(own.map((row) => [Number(row.line), row]));
    const all = readPersons(readFileSync(join(samples, name)), codebook, byLine);
    const { size } = codebook.population ?? {};
    const contributors = [...new Set(all.map(({ contributor }) => contributor))];
    for (const contributor of contributors)
      held.push({
        wave: codebook.wave as string,
        // A population of several contributors together says of none how many its people are.
        size: contributors.length > 1 ? undefined : size,
        of: all.filter((person) => person.contributor === contributor),
      });
  }
  for (const { wave, of, size } of held) {
    const fellows = held.filter((other) => other.wave === wave);
    const known = fellows.every((other) => other.size !== undefined);
    // Several contributors' weights are brought to one scale: people where all say how many they are, else answers.
    const wanted = known ? (size as number) : of.length;
    const scale = fellows.length > 1 ? wanted / of.reduce((total, { weight }) => total + weight, 0) : 1;
    for (const person of of) person.weight *= scale;
    persons.set(wave, [...(persons.get(wave) ?? []), ...of]);
  }
  // Whose group or background is not known is left out of every figure: in the samples fewer than one in twenty.
  const cutting = release.variables.map(({ id }) => id).filter((id) => id !== "wave");
  for (const [wave, of] of persons) {
    const known = of.filter(({ codes }) => cutting.every((variable) => codes[variable]));
    expect(known.length).toBeGreaterThan(0.95 * of.length);
    persons.set(wave, known);
  }
  /** The persons of each cell of a grid, sorted into them once. */
  const sorted = new Map<string, Map<string, Person[]>>();
  const personsAt = ({ wave = "", ...rest }: Record<string, string>): Person[] => {
    const variables = Object.keys(rest).sort();
    const grid = [wave, ...variables].join(" ");
    let groups = sorted.get(grid);
    if (!groups) {
      groups = new Map();
      for (const person of persons.get(wave) as Person[]) {
        const key = variables.map((variable) => person.codes[variable] ?? "?").join(" ");
        const group = groups.get(key);
        if (group) group.push(person);
        else groups.set(key, [person]);
      }
      sorted.set(grid, groups);
    }
    return groups.get(variables.map((variable) => rest[variable]).join(" ")) ?? [];
  };
  const medians = release.measures.filter(({ statistics }) => statistics.includes("median"));
  return { release, persons, personsAt, money: new Set(medians.map(({ id }) => id)) };
}

function readPersons(
  bytes: Buffer,
  codebook: Codebook,
  groupsOfLine: ReadonlyMap<number, Record<string, string>>,
): Person[] {
  const text =
    codebook.file.encoding === "windows-1252"
      ? bytes.toString("latin1")
      : bytes.toString("utf8").replace(/^\uFEFF/, "");
  const { data } = Papa.parse<Record<string, string>>(text, {
    header: true,
    delimiter: codebook.file.delimiter,
    skipEmptyLines: true,
  });
  const number = (given: string) => Number(given.replace(",", "."));
  const contributorColumn = codebook.columns.find(({ use }) => use === "contributor")?.column;
  const weightColumn = codebook.columns.find(({ use }) => use === "weight")?.column as string;
  return data.flatMap((row, place) => {
    const weight = number(row[weightColumn] ?? "");
    if (!(weight > 0)) return [];
    const person: Person = {
      weight,
      contributor: contributorColumn ? (row[contributorColumn] ?? "") : "",
      codes: {},
      items: {},
    };
    // The header is line 1.
    for (const grouping of GROUPINGS) person.codes[grouping] = groupsOfLine.get(place + 2)?.[grouping] || null;
    for (const column of codebook.columns) {
      const answer = (row[column.column] ?? "").trim();
      if (column.use === "background") person.codes[column.id] = codeOf(column, answer, number);
      if (column.use === "item") person.items[column.id] = scoreOf(column, answer, codebook, number);
    }
    return [person];
  });
}

function codeOf(column: BackgroundColumn, answer: string, number: (given: string) => number): string | null {
  if (answer === "" || column.missing?.some(({ code }) => code === answer)) return null;
  if (column.bands)
    return column.bands.find(({ from, to }) => number(answer) >= from && number(answer) <= to)?.code ?? null;
  if (column.categories)
    return column.categories.find(({ code, from }) => (from ?? [code]).includes(answer))?.code ?? null;
  return answer;
}

function scoreOf(
  column: ItemColumn,
  answer: string,
  codebook: Codebook,
  number: (given: string) => number,
): number | null {
  const scale = codebook.scales?.[column.scale];
  if (
    !scale ||
    answer === "" ||
    [...(column.missing ?? []), ...(scale.missing ?? [])].some(({ code }) => code === answer)
  )
    return null;
  const value = column.values?.[answer] ?? scale.values?.[answer] ?? number(answer);
  if (scale.type === "money") return value;
  const [low, high] = scale.type === "count" ? [0, scale.cap as number] : [scale.min ?? 0, scale.max ?? 1];
  const score = (100 * (Math.min(value, high) - low)) / (high - low);
  return column.direction === "-" ? 100 - score : score;
}
