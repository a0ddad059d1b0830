import Papa from "papaparse";
import register from "../../data/codebooks/student-register-1.json" with { type: "json" };
import survey2024 from "../../data/codebooks/student-survey-1.json" with { type: "json" };
import survey2025 from "../../data/codebooks/student-survey-2.json" with { type: "json" };
import { Codebook, type Column, type ItemColumn } from "../../data/contracts/codebook.ts";

export const CODEBOOKS: Record<string, Codebook> = {
  "student-survey-1.json": Codebook.parse(survey2024),
  "student-survey-2.json": Codebook.parse(survey2025),
  "student-register-1.json": Codebook.parse(register),
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

/** The texts that a codebook declares for a column; null for a number of any size. */
export function declaredTexts(column: Column, { scales }: Codebook): Set<string> | null {
  const scale = "scale" in column && column.scale ? scales?.[column.scale] : undefined;
  const missing = [...(column.missing ?? []), ...(scale?.missing ?? [])].map(({ code }) => code);
  const values = ("values" in column ? column.values : undefined) ?? scale?.values;
  if (values) return new Set(["", ...missing, ...Object.keys(values)]);
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

/** Valid answers to an item with their weights. */
export function answersOf(extract: ReadExtract, codebook: Codebook, item: ItemColumn) {
  const missing = new Set(["", ...(codebook.scales![item.scale]!.missing ?? []).map(({ code }) => code)]);
  const weights = columnOf(extract, "paino").map(decimal);
  return columnOf(extract, item.column)
    .map((text, index) => ({ text, weight: weights[index]! }))
    .filter(({ text }) => !missing.has(text))
    .map(({ text, weight }) => ({ value: Number(text), weight }));
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
