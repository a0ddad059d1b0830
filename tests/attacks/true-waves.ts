import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import type { Codebook, Column } from "../../data/contracts/codebook.ts";
import type { Release } from "../../data/contracts/release.ts";

/**
 * What is true of the persons of a wave, a place a row: from the raw files by another parser, the codebook's meaning spelled out
 * anew, and the steward's list of groups and scores. Nothing of server/ takes part.
 */
export type TrueWave = {
  wave: string;
  contributors: string[];
  /** Codes by variable of the release, and of each service (`service.<id>`) `used`, `not-used` or null; null = not known. */
  codes: Record<string, (string | null)[]>;
  /** 1 for whom the figures speak of: left out are those of whom no group or background is known, at most a twentieth. */
  counted: Uint8Array;
  /** 1 for whom a group was found. */
  placed: Uint8Array;
  /** Each person's answer to a measure as its figures count it, NaN without one; null where the wave did not ask. */
  answersTo: (measure: string) => Float64Array | null;
};

type Line = Record<string, string>;
type Handed = { codebook: Codebook; extract: string; lines: Line[] };
type Row = Handed & { line: Line; number: number };

const GROUPINGS = ["segment", "band", "troubles"];
const MOST_LEFT_OUT = 0.05;
const LOW_BELOW = 40;

/** The waves of a release by their codes. `folders`: where the raw files lie, found by the sums that the home keeps. */
export function trueWaves(home: string, release: Release, folders = [join(home, "samples")]): Map<string, TrueWave> {
  const files = new Map(
    folders.flatMap((folder) =>
      readdirSync(folder).map((name): [string, Buffer] => {
        const bytes = readFileSync(join(folder, name));
        return [createHash("sha256").update(bytes).digest("hex"), bytes];
      }),
    ),
  );
  const handed = release.inputs.flatMap(({ role, extract }): Handed[] => {
    if (role !== "survey") return [];
    const { fileHash, codebookHash } = read<Record<string, string>>(home, "vault", "extracts", extract, "extract.json");
    const codebook = read<Codebook>(home, "codebooks", `${codebookHash}.json`);
    const bytes = files.get(fileHash as string);
    if (!bytes) throw new Error(`no raw file of ${extract}`);
    return [{ codebook, extract, lines: linesOf(bytes, codebook) }];
  });
  const steward = join(home, "vault", "releases", release.id);
  const labels = stewards(steward, "labels.csv");
  const scores = stewards(steward, "scores.csv");
  const byWave = new Map<string, Row[]>();
  for (const part of handed)
    part.lines.forEach((line, place) => {
      if (!(number(line[columnOf(part.codebook, "weight")?.column ?? ""] ?? "1") > 0)) return;
      const wave = codeIn(part.codebook, "wave", line);
      byWave.set(wave, [...(byWave.get(wave) ?? []), { ...part, line, number: place + 2 }]);
    });
  return new Map([...byWave].map(([wave, rows]) => [wave, waveOf(wave, rows, { release, labels, scores })]));
}

function read<T>(...path: string[]): T {
  const file = join(...path);
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

function linesOf(bytes: Buffer, { file }: Codebook): Line[] {
  const text = new TextDecoder(file.encoding).decode(bytes);
  return Papa.parse<Line>(text, { header: true, delimiter: file.delimiter, skipEmptyLines: true }).data;
}

/** The steward's list of a release, by extract, line and wave. */
function stewards(folder: string, name: string): Map<string, Line> {
  if (!existsSync(join(folder, name))) throw new Error(`${folder} has no ${name}`);
  const { data } = Papa.parse<Line>(readFileSync(join(folder, name), "utf8"), { header: true, skipEmptyLines: true });
  return new Map(data.map((line) => [`${line.extract} ${line.line}`, line]));
}

function waveOf(
  wave: string,
  rows: Row[],
  { release, labels, scores }: { release: Release; labels: Map<string, Line>; scores: Map<string, Line> },
): TrueWave {
  const label = (row: Row, grouping: string) => labels.get(`${row.extract} ${row.number}`)?.[grouping] || null;
  const backgrounds = release.variables.map(({ id }) => id).filter((id) => id !== "wave" && !GROUPINGS.includes(id));
  const codes: TrueWave["codes"] = {};
  for (const { id } of release.variables)
    if (GROUPINGS.includes(id)) codes[id] = rows.map((row) => label(row, id));
    else if (id !== "wave") codes[id] = rows.map((row) => codeOf(columnOf(row.codebook, "background", id), row.line));
  for (const { id } of release.lifeEvent.services) {
    const used = numbers(rows, (row) => serviceColumn(row.codebook, id, "used"));
    if (used.some((value) => !Number.isNaN(value)))
      codes[`service.${id}`] = Array.from(used, (value) => (value === 1 ? "used" : value === 0 ? "not-used" : null));
  }
  const placed = Uint8Array.from(rows, (row) => (label(row, "troubles") === null ? 0 : 1));
  const known = new Map<string, Float64Array | null>();
  const answers = (measure: string) => answersOf(measure, rows, { codes, placed, scores });
  return {
    wave,
    contributors: rows.map(({ codebook, line }) => codeIn(codebook, "contributor", line)),
    codes,
    placed,
    counted: whoCounts([
      placed.map((held) => 1 - held),
      ...backgrounds.map((id) => Uint8Array.from(codes[id]!, (code) => (code === null ? 1 : 0))),
    ]),
    answersTo: (measure) => {
      if (!known.has(measure)) known.set(measure, answers(measure));
      return known.get(measure) ?? null;
    },
  };
}

/** Everyone but those not known, whom a release leaves out as long as they are few: the fewest first. */
function whoCounts(unknown: readonly Uint8Array[]): Uint8Array {
  const size = (mask: Uint8Array) => mask.reduce((sum, held) => sum + held, 0);
  let out = new Uint8Array(unknown[0]!.length);
  for (const mask of [...unknown].sort((one, other) => size(one) - size(other))) {
    const more = out.map((held, row) => held | mask[row]!);
    if (size(more) > MOST_LEFT_OUT * out.length) break;
    out = more;
  }
  return out.map((held) => 1 - held);
}

function answersOf(
  measure: string,
  rows: Row[],
  { codes, placed, scores }: Pick<TrueWave, "codes" | "placed"> & { scores: Map<string, Line> },
): Float64Array | null {
  const [kind = "", id = "", last = ""] = measure.split(".");
  if (kind === "unclassifiable") return Float64Array.from(placed, (held) => 1 - held);
  if (kind === "dimension" || kind === "low") {
    const values = Float64Array.from(rows, (row) => number(scores.get(`${row.extract} ${row.number}`)?.[id] ?? ""));
    return kind === "dimension"
      ? values
      : values.map((value) => (Number.isNaN(value) ? value : value < LOW_BELOW ? 1 : 0));
  }
  if (kind === "item") return numbers(rows, ({ codebook }) => columnOf(codebook, "item", id));
  if (kind === "missing") {
    const wanted = ({ codebook }: Row) => columnOf(codebook, "item", id);
    return Float64Array.from(rows, (row) => {
      const reason = reasonOf(wanted(row), row);
      return reason === "not_applicable" || reason === "not_asked" ? Number.NaN : Number(reason === last);
    });
  }
  if (kind === "service") {
    const values = numbers(rows, ({ codebook }) => serviceColumn(codebook, id, last));
    return last === "used"
      ? values
      : values.map((value, row) => (codes[`service.${id}`]?.[row] === "used" ? value : Number.NaN));
  }
  return null;
}

type AnyColumn = Column & Record<string, unknown>;

function columnOf({ columns }: Codebook, use: string, id?: string): AnyColumn | undefined {
  return (columns as AnyColumn[]).find((column) => column.use === use && (id === undefined || column.id === id));
}

function serviceColumn({ columns }: Codebook, service: string, question: string): AnyColumn | undefined {
  return (columns as AnyColumn[]).find((column) => column.service === service && column.question === question);
}

function codeIn(codebook: Codebook, use: "wave" | "contributor", line: Line): string {
  const column = columnOf(codebook, use);
  return (column ? codeOf(column, line) : codebook[use]) ?? "";
}

function codeOf(column: AnyColumn | undefined, line: Line): string | null {
  const text = (line[column?.column ?? ""] ?? "").trim();
  if (!column || text === "" || missingOf(column).some(({ code }) => code === text)) return null;
  const bands = column.bands as { code: string; from: number; to: number }[] | undefined;
  if (bands) return bands.find(({ from, to }) => number(text) >= from && number(text) <= to)?.code ?? null;
  const categories = column.categories as { code: string; from?: string[] }[] | undefined;
  return categories ? (categories.find(({ code, from }) => (from ?? [code]).includes(text))?.code ?? null) : text;
}

type Missing = { code: string; reason: string }[];
type AnyScale = { values?: Record<string, number>; missing?: Missing; cap?: number };
const missingOf = (column: AnyColumn) => (column.missing ?? []) as Missing;
const scaleOf = (column: AnyColumn, { codebook }: Row) =>
  codebook.scales?.[String(column.scale)] as AnyScale | undefined;

/** Why there is no answer; null where there is one. */
function reasonOf(column: AnyColumn | undefined, row: Row): string | null {
  if (!column) return "not_asked";
  const text = (row.line[column.column] ?? "").trim();
  const declared = [...missingOf(column), ...(scaleOf(column, row)?.missing ?? [])];
  return declared.find(({ code }) => code === text)?.reason ?? (text === "" ? "no_answer" : null);
}

function numbers(rows: readonly Row[], columnIn: (row: Row) => AnyColumn | undefined): Float64Array {
  return Float64Array.from(rows, (row) => {
    const column = columnIn(row);
    if (!column || reasonOf(column, row) !== null) return Number.NaN;
    const text = (row.line[column.column] ?? "").trim();
    const scale = scaleOf(column, row);
    const values = (column.values ?? scale?.values) as Record<string, number> | undefined;
    return Math.min(values?.[text] ?? number(text), scale?.cap ?? Number.POSITIVE_INFINITY);
  });
}

const number = (text: string) => (text === "" ? Number.NaN : Number(text.replace(",", ".")));
