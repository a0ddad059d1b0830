import Papa from "papaparse";
import familyRegister from "../../data/codebooks/family-register-1.json" with { type: "json" };
import finnishSurvey from "../../data/codebooks/family-survey-finnish-1.json" with { type: "json" };
import swedishSurvey from "../../data/codebooks/family-survey-swedish-1.json" with { type: "json" };
import advertisements from "../../data/codebooks/job-advertisements-1.json" with { type: "json" };
import register from "../../data/codebooks/student-register-1.json" with { type: "json" };
import survey2024 from "../../data/codebooks/student-survey-1.json" with { type: "json" };
import survey2025 from "../../data/codebooks/student-survey-2.json" with { type: "json" };
import workingLifeRegister from "../../data/codebooks/working-life-register-1.json" with { type: "json" };
import workingLifeSurvey from "../../data/codebooks/working-life-survey-1.json" with { type: "json" };
import { Codebook, type Column, type ItemColumn, type Scale } from "../../data/contracts/codebook.ts";

/** Codebooks of the samples by their file names. */
export const CODEBOOKS: Record<string, Codebook> = {
  "student-survey-1.json": Codebook.parse(survey2024),
  "student-survey-2.json": Codebook.parse(survey2025),
  "student-register-1.json": Codebook.parse(register),
  "family-survey-finnish-1.json": Codebook.parse(finnishSurvey),
  "family-survey-swedish-1.json": Codebook.parse(swedishSurvey),
  "family-register-1.json": Codebook.parse(familyRegister),
  "working-life-survey-1.json": Codebook.parse(workingLifeSurvey),
  "working-life-register-1.json": Codebook.parse(workingLifeRegister),
  "job-advertisements-1.json": Codebook.parse(advertisements),
};

/** A sample file read with another program's parser, as text by column. */
export function readExtract(bytes: Uint8Array, codebook: Codebook) {
  const text = new TextDecoder(codebook.file.encoding, { fatal: true }).decode(bytes);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: codebook.file.delimiter, skipEmptyLines: true });
  const [header = [], ...rows] = data;
  return { text, errors, header, rows };
}

export type ReadExtract = ReturnType<typeof readExtract>;

export function columnOf({ header, rows }: Pick<ReadExtract, "header" | "rows">, name: string): string[] {
  const index = header.indexOf(name);
  return rows.map((row) => row[index] ?? "");
}

export const itemsOf = ({ columns }: Codebook) =>
  columns.filter((column): column is ItemColumn => column.use === "item");

/** The header of the one column with this use, or of the background with this id. */
export function headerOf({ columns }: Codebook, wanted: string): string {
  return columns.find((column) => column.use === wanted || (column.use === "background" && column.id === wanted))!
    .column;
}

/** Codes of a background, a place a row; null where nothing was written. */
export function codesOf(extract: ReadExtract, codebook: Codebook, id: string): (string | null)[] {
  const column = codebook.columns.find((candidate) => candidate.use === "background" && candidate.id === id)!;
  if (column.use !== "background") throw new RangeError(id);
  return columnOf(extract, column.column).map((text) => {
    if (text === "") return null;
    if (column.bands) return column.bands.find(({ from, to }) => Number(text) >= from && Number(text) <= to)!.code;
    if (!column.categories) return text;
    return column.categories.find(({ code, from }) => (from ?? [code]).includes(text))!.code;
  });
}

/** The texts that a codebook declares for a column; null for a number of any size. */
export function declaredTexts(column: Column, { scales }: Codebook): Set<string> | null {
  const scale = "scale" in column && column.scale ? scales?.[column.scale] : undefined;
  const missing = [...(column.missing ?? []), ...(scale?.missing ?? [])].map(({ code }) => code);
  const values = ("values" in column ? column.values : undefined) ?? scale?.values;
  if (values) return new Set(["", ...missing, ...Object.keys(values)]);
  if (scale?.type === "money") return null;
  if (scale) return new Set(["", ...missing, ...range(scale.min!, scale.max!)]);
  if ((column.use === "background" || column.use === "wave") && column.categories)
    return new Set(["", ...column.categories.flatMap(({ code, from }) => from ?? [code])]);
  if (column.use === "background" && column.bands)
    return new Set(["", ...column.bands.flatMap(({ from, to }) => range(from, to))]);
  return null;
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

export const decimal = (text: string) => Number(text.replace(",", "."));

export const weightsOf = (extract: ReadExtract, codebook: Codebook) =>
  columnOf(extract, headerOf(codebook, "weight")).map(decimal);

/** Reasons for missing answers to an item by the text that says so. */
export function missingOf({ scales }: Codebook, item: ItemColumn): Map<string, string> {
  const declared = [...(item.missing ?? []), ...(scales![item.scale]!.missing ?? [])];
  return new Map([["", "no_answer"], ...declared.map(({ code, reason }) => [code, reason] as [string, string])]);
}

/** Each row's answer to an item as a number, or why there is none. */
export function meaningsOf(extract: ReadExtract, codebook: Codebook, item: ItemColumn): (number | string)[] {
  const scale = codebook.scales![item.scale]!;
  const missing = missingOf(codebook, item);
  const values = item.values ?? scale.values;
  return columnOf(extract, item.column).map((text) => missing.get(text) ?? (values ? values[text]! : decimal(text)));
}

/** Valid answers to an item with their weights. */
export function answersOf(extract: ReadExtract, codebook: Codebook, item: ItemColumn) {
  const weights = weightsOf(extract, codebook);
  return meaningsOf(extract, codebook, item).flatMap((value, index) =>
    typeof value === "number" ? [{ value, weight: weights[index]! }] : [],
  );
}

/** An answer as 0–100, high = better; of money, its place between two incomes on the scale of logarithms. */
export function scoreOf(value: number, { type, min = 0, max = 1, cap = 1 }: Scale, direction: string): number {
  const [low, high] = [Math.log(1000), Math.log(4500)];
  const share =
    type === "money"
      ? Math.min(1, Math.max(0, (Math.log(value) - low) / (high - low)))
      : type === "count"
        ? Math.min(value, cap) / cap
        : (value - min) / (max - min);
  return 100 * (direction === "+" ? share : 1 - share);
}

/** Weighted mean and SD, each with its linearised standard error. */
export function weightedMoments(answers: readonly { value: number; weight: number }[]) {
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  const mean = answers.reduce((sum, { value, weight }) => sum + weight * value, 0) / total;
  const variance = answers.reduce((sum, { value, weight }) => sum + weight * (value - mean) ** 2, 0) / total;
  const sd = Math.sqrt(variance);
  const spread = (part: (value: number) => number) =>
    Math.sqrt(answers.reduce((sum, { value, weight }) => sum + (weight * part(value)) ** 2, 0)) / total;
  return {
    mean,
    sd,
    meanError: spread((value) => value - mean),
    sdError: spread((value) => (value - mean) ** 2 - variance) / (2 * sd),
  };
}
