import type { Codebook, Column, MissingReason } from "../../data/contracts/codebook.ts";
import type { Names } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { monthOf } from "../disclosure/merge-periods.ts";
import type { StoredColumn, StoredRows } from "../store/microdata/read-rows.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { pairOf } from "./choose-extracts.ts";

/** What a count column says of itself. `stock`: who is there at a moment; `flow`: whoever comes in the month. */
type SeriesWords = { id?: string; name?: Names; unit?: Names; direction?: "+" | "-"; counts?: "stock" | "flow" };
export type SeriesColumn = {
  /** Place among the codebook's columns. */
  column: number;
  id: string;
  name: Names;
  unit: Names | null;
  direction: "+" | "-" | null;
  kind: "stock" | "flow";
};

/**
 * The series of a codebook: a count column each. What a column does not say is read carefully: its header names it, a rise is
 * neither good nor bad, and its persons may be the same ones month after month.
 */
export function seriesOfCodebook({ columns }: Pick<Codebook, "columns">): SeriesColumn[] {
  return columns.flatMap((column, index) => {
    if (column.use !== "count") return [];
    const { id, name, unit, direction, counts }: SeriesWords = column as Column & SeriesWords;
    const header = column.column;
    return [
      {
        column: index,
        id: id ?? idOfHeader(header, index),
        name: name ?? { fi: header, sv: header, en: header },
        unit: unit ?? null,
        direction: direction ?? null,
        kind: counts ?? "stock",
      },
    ];
  });
}

/** `Työttömät 15–24` → `tyottomat-15-24`. */
function idOfHeader(header: string, index: number): string {
  const plain = header.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const id = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return id === "" ? `count-${index + 1}` : id;
}

/** Why a month has no count, or not all of it. `absent`: the source has no row for it. */
export type CountGap = MissingReason | "absent";
/** Persons of a place by month. */
export type Counted = {
  /** NaN where no row has a number. */
  people: Float64Array;
  /** Rows without a number; ∞ where a contributor has not delivered the month at all. */
  left: Float64Array;
  gaps: (CountGap | null)[];
};
export type CountedSeries = {
  words: SeriesColumn;
  /** Codebook of the source: what the series is named by where several sources share its id. */
  codebook: string;
  /** First month, counted from the year 0; the others follow without breaks. */
  first: number;
  everyone: Counted;
  places: ReadonlyMap<string, Counted>;
  /** Of everyone, those whose place is not shown or not known. */
  rest: Counted;
};

/**
 * Adds up the rows of the series extracts: a series a count column, by month, for everyone and each place that is shown. Of
 * two extracts with the same month of one contributor the one of the later wave speaks, as corrected registers come whole;
 * within a wave the choice is made already (`chooseExtracts`). Refused: a source without months, and rows without one.
 */
export function countSeries(
  chosen: readonly ChosenExtract[],
  rows: ReadonlyMap<string, StoredRows>,
  { variable, codes }: { variable: string; codes: readonly string[] },
): CountedSeries[] | Problem[] {
  const parts = chosen.filter(({ role }) => role === "series");
  const problems = parts.flatMap((part) => checkPart(part, rowsOf(rows, part)));
  if (problems.length > 0) return problems;
  const latest = latestWaves(parts, rows);
  const sheets = new Map<string, Sheet>();
  for (const part of parts) {
    const stored = rowsOf(rows, part);
    const places = columnOf(
      part,
      stored,
      ({ use, ...column }) => use === "background" && "id" in column && column.id === variable,
    );
    const known = rowsSpoken(part, stored, latest);
    for (const words of seriesOfCodebook(part.codebook)) {
      const sheet = sheets.get(words.id) ?? newSheet(words, part.codebook.id);
      sheets.set(words.id, sheet);
      const count = stored.columns.get(words.column) as StoredColumn;
      for (const { row, month, contributor } of known) {
        const code = places?.codes[row] ?? null;
        const place = code !== null && codes.includes(code) ? code : null;
        enter(sheet, { month, contributor, place }, count.numbers[row] as number, count.reasons[row] ?? null);
      }
    }
  }
  return [...sheets.values()].filter(({ months }) => months.size > 0).map((sheet) => bind(sheet, codes));
}

const rowsOf = (rows: ReadonlyMap<string, StoredRows>, { extract }: ChosenExtract) =>
  rows.get(extract.id) as StoredRows;

function columnOf(
  { codebook }: ChosenExtract,
  rows: StoredRows,
  is: (column: Column) => boolean,
): StoredColumn | undefined {
  return rows.columns.get(codebook.columns.findIndex(is));
}

function checkPart(part: ChosenExtract, rows: StoredRows): Problem[] {
  const { codebook } = part;
  const months = columnOf(part, rows, ({ use }) => use === "month");
  if (codebook.kind !== "register-counts" || !months)
    return [{ code: "series-without-month", where: {}, fields: { codebook: codebook.id } }];
  const count = months.codes.filter((code) => code === null).length;
  return count > 0 ? [{ code: "month-missing", where: {}, fields: { codebook: codebook.id, count } }] : [];
}

type Spoken = { row: number; month: number; contributor: string };

/** Rows of an extract that count for this release, with their month, contributor and wave. */
function* rowsCounted(part: ChosenExtract, rows: StoredRows): Generator<Spoken & { wave: string }> {
  const { codebook, extract, speaksFor } = part;
  const at = (use: string) => columnOf(part, rows, (column) => column.use === use);
  const [months, waves, contributors] = [at("month") as StoredColumn, at("wave"), at("contributor")];
  for (let row = 0; row < rows.hashes.length; row++) {
    const wave = waves?.codes[row] ?? codebook.wave ?? extract.waves[0] ?? "";
    const contributor = contributors?.codes[row] ?? codebook.contributor ?? extract.contributors[0] ?? "";
    if (speaksFor.has(pairOf(contributor, wave)))
      yield { row, month: monthOf(months.codes[row] as string), contributor, wave };
  }
}

const turnOf = ({ codebook }: ChosenExtract, { contributor, month }: Spoken) =>
  `${codebook.id} ${contributor} ${month}`;

/** The latest wave that has a contributor's month, by codebook. */
function latestWaves(parts: readonly ChosenExtract[], rows: ReadonlyMap<string, StoredRows>): Map<string, string> {
  const latest = new Map<string, string>();
  for (const part of parts)
    for (const spoken of rowsCounted(part, rowsOf(rows, part))) {
      const turn = turnOf(part, spoken);
      if (spoken.wave > (latest.get(turn) ?? "")) latest.set(turn, spoken.wave);
    }
  return latest;
}

const rowsSpoken = (part: ChosenExtract, rows: StoredRows, latest: ReadonlyMap<string, string>): Spoken[] =>
  [...rowsCounted(part, rows)].filter((spoken) => latest.get(turnOf(part, spoken)) === spoken.wave);

type Entry = { people: number; known: number; left: number; gap: CountGap | null };
type Sheet = {
  words: SeriesColumn;
  codebook: string;
  months: Set<number>;
  contributors: Set<string>;
  /** By place (null: no shown one) and month; and who delivered which month. */
  entries: Map<string, Entry>;
  delivered: Set<string>;
};

const newSheet = (words: SeriesColumn, codebook: string): Sheet => ({
  ...{ words, codebook, months: new Set(), contributors: new Set(), entries: new Map(), delivered: new Set() },
});
const entryKey = (place: string | null, month: number) => `${place ?? ""} ${month}`;

function enter(
  sheet: Sheet,
  { month, contributor, place }: { month: number; contributor: string; place: string | null },
  number: number,
  reason: string | null,
): void {
  sheet.months.add(month);
  sheet.contributors.add(contributor);
  sheet.delivered.add(`${contributor} ${month}`);
  const key = entryKey(place, month);
  const entry = sheet.entries.get(key) ?? { people: 0, known: 0, left: 0, gap: null };
  const isKnown = !Number.isNaN(number);
  // Suppressed at source is said before any other reason: it alone says that there are few.
  const gap = isKnown || entry.gap === "suppressed_at_source" ? entry.gap : ((reason ?? "no_answer") as MissingReason);
  sheet.entries.set(key, {
    people: entry.people + (isKnown ? number : 0),
    known: entry.known + Number(isKnown),
    left: entry.left + Number(!isKnown),
    gap,
  });
}

function bind(sheet: Sheet, codes: readonly string[]): CountedSeries {
  const first = [...sheet.months].reduce((least, month) => Math.min(least, month), Number.POSITIVE_INFINITY);
  const last = [...sheet.months].reduce((most, month) => Math.max(most, month), 0);
  const months = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  const isWhole = (month: number) =>
    [...sheet.contributors].every((contributor) => sheet.delivered.has(`${contributor} ${month}`));
  const countedOf = (places: readonly (string | null)[], isAll: boolean): Counted => {
    const entries = months.map((month) => {
      const found = places.flatMap((place) => sheet.entries.get(entryKey(place, month)) ?? []);
      const left = found.reduce((sum, entry) => sum + entry.left, 0);
      const isLate = isAll && found.length > 0 && !isWhole(month);
      const gap =
        found.find((entry) => entry.gap === "suppressed_at_source")?.gap ?? found.find((entry) => entry.gap)?.gap;
      return {
        people: found.some(({ known }) => known > 0) ? found.reduce((sum, { people }) => sum + people, 0) : Number.NaN,
        left: isLate ? Number.POSITIVE_INFINITY : left,
        gap: found.length === 0 || isLate ? ("absent" as const) : (gap ?? null),
      };
    });
    return {
      people: Float64Array.from(entries, ({ people }) => people),
      left: Float64Array.from(entries, ({ left }) => left),
      gaps: entries.map(({ gap }) => gap),
    };
  };
  const shown = codes.filter((code) => months.some((month) => sheet.entries.has(entryKey(code, month))));
  return {
    ...{ words: sheet.words, codebook: sheet.codebook, first },
    everyone: countedOf([null, ...codes], true),
    places: new Map(shown.map((code) => [code, countedOf([code], false)])),
    rest: countedOf([null], false),
  };
}
