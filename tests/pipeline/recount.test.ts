import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell.ts";
import { type BackgroundColumn, Codebook, type ItemColumn } from "../../data/contracts/codebook.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { done, ROOT, temporaryFolder } from "../command.ts";
import { sampleHome } from "../home.ts";

/**
 * The published means and group sizes of the samples, made again from the raw files by another path: another CSV
 * parser, plain loops, the codebook's meaning spelled out anew. Nothing of server/ takes part.
 */
type Person = { weight: number; codes: Record<string, string | null>; items: Record<string, number | null> };

describe("published cells are the raw files' own numbers", () => {
  let release: Release;
  const waves = new Map<string, Person[]>();

  beforeAll(async () => {
    const home = await sampleHome();
    const samples = temporaryFolder("recount");
    const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
    const { files } = done("samples", "--out", samples) as never as {
      files: { name: string; codebook: string }[];
    };
    const [id = ""] = Object.values(published);
    release = ReleaseContract.parse(JSON.parse(readFileSync(join(home, "published", id, "release.json"), "utf8")));
    const surveys = new Set(
      release.inputs.filter(({ role }) => role === "survey").map(({ codebook, version }) => `${codebook} ${version}`),
    );
    const codebooks = readdirSync(join(ROOT, "data", "codebooks")).filter((name) => name.endsWith(".json"));
    for (const { name, codebook: file } of files) {
      if (!codebooks.includes(file)) continue;
      const codebook = Codebook.parse(JSON.parse(readFileSync(join(ROOT, "data", "codebooks", file), "utf8")));
      if (!surveys.has(`${codebook.id} ${codebook.version}`)) continue;
      const bytes = readFileSync(join(samples, name));
      waves.set(codebook.wave as string, readPersons(bytes, codebook));
    }
    expect(waves.size).toBeGreaterThan(1);
  });

  test("item means and group sizes, every cell without segments", () => {
    let looked = 0;
    for (const { measure, statistic, at, figure } of release.cells) {
      if ("segment" in at) continue;
      const group = (waves.get(at.wave as string) as Person[]).filter(({ codes }) =>
        Object.entries(at).every(([variable, code]) => variable === "wave" || codes[variable] === code),
      );
      if (measure === "persons" && statistic === "count") {
        expect([cellKey(measure, statistic, at), figure.kind === "value" ? figure.value : null]).toEqual([
          cellKey(measure, statistic, at),
          group.length < 10 ? null : Math.floor(group.length / 5 + 0.5) * 5,
        ]);
        looked++;
      }
      const item = measure.match(/^item\.(.+)$/)?.[1];
      if (!item) continue;
      const valid = group.filter(({ items }) => items[item] !== null && items[item] !== undefined);
      if (valid.length < 10) expect(figure.kind === "protected" || figure.kind === "not-asked").toBe(true);
      else if (valid.length < 20) expect(figure.kind).not.toBe("value");
      else if (figure.kind === "value") {
        const weight = valid.reduce((total, person) => total + person.weight, 0);
        const mean =
          valid.reduce((total, person) => total + person.weight * (person.items[item] as number), 0) / weight;
        expect(Math.abs(figure.value - mean)).toBeLessThanOrEqual(0.05 + 1e-6);
        expect(Math.abs((figure.n as number) - valid.length)).toBeLessThanOrEqual(2.5);
        looked++;
      }
    }
    expect(looked).toBeGreaterThan(5000);
  });

  test("shares of segments in every published cell add up to all, within rounding", () => {
    const sums = new Map<string, { sum: number; shown: number }>();
    for (const { measure, statistic, at, figure } of release.cells) {
      if (measure !== "persons" || statistic !== "percent" || !("segment" in at) || figure.kind !== "value") continue;
      const { segment: _, ...parent } = at;
      const key = cellKey(measure, statistic, parent);
      const known = sums.get(key) ?? { sum: 0, shown: 0 };
      sums.set(key, { sum: known.sum + figure.value, shown: known.shown + 1 });
    }
    const k = release.segmentation.k as number;
    const whole = [...sums.values()].filter(({ shown }) => shown === k);
    expect(whole.length).toBeGreaterThan(20);
    for (const { sum } of whole) expect(Math.abs(sum - 100)).toBeLessThanOrEqual(k / 2);
  });
});

function readPersons(bytes: Buffer, codebook: Codebook): Person[] {
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
  const weightColumn = codebook.columns.find(({ use }) => use === "weight")?.column as string;
  return data.flatMap((row) => {
    const weight = number(row[weightColumn] ?? "");
    if (!(weight > 0)) return [];
    const person: Person = { weight, codes: {}, items: {} };
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
  const [low, high] = scale.type === "count" ? [0, scale.cap as number] : [scale.min ?? 0, scale.max ?? 1];
  const score = (100 * (Math.min(value, high) - low)) / (high - low);
  return column.direction === "-" ? 100 - score : score;
}
