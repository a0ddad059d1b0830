import type { Codebook } from "../contracts/codebook.ts";
import { type FileText, writeFile } from "./file-text.ts";
import { missingCode, wordOf } from "./written-answers.ts";

/** A file as a steward would send it, with the file name of its codebook in data/codebooks. */
export type SampleExtract = { name: string; bytes: Uint8Array; codebook: string };
/** What is true of an extract: a value a row in their order, or what the whole is meant to show. For checking only, never part of an extract. */
export type SampleTruth = { name: string; bytes: Uint8Array };
export type Sample = { extracts: SampleExtract[]; truth: SampleTruth[] };

/** Another seed draws other people from the same invented world. */
export type SampleOptions = { seed?: string };

/** How a file is written where its codebook leaves it open. `codebook`: its file name in data/codebooks. */
export type WrittenAs = { name: string; codebook: string; lineEnd: string; bom: boolean };

/** Rows under the codebook's own headers, in its dialect. */
export function writeExtract(
  rows: readonly (readonly string[])[],
  { columns, file }: Codebook,
  { name, codebook, lineEnd, bom }: WrittenAs,
): SampleExtract {
  const header = columns.map(({ column }) => column);
  const bytes = writeFile({ rows: [header, ...rows], dialect: file, lineEnd, bom });
  return { name: `${name}.csv`, codebook, bytes };
}

/** A cell of a register as it is handed over: its code by the id of a background, and by `wave` and `month`. */
export type WrittenCell = { people: number; codes: Record<string, string> };

/** Counts of a register, a row a cell, texts in quotes. Counts from 1 up to `hiddenUpTo` its keeper hides. */
export function writeRegister(
  cells: readonly WrittenCell[],
  { columns, file }: Codebook,
  { name, codebook, lineEnd, bom, hiddenUpTo }: WrittenAs & { hiddenUpTo: number },
): SampleExtract {
  const rows = cells.map(({ people, codes }) =>
    columns.map((column): FileText => {
      if (column.use === "wave") return { quoted: wordOf(column, codes.wave!) };
      if (column.use === "month") return { quoted: codes.month! };
      if (column.use === "background") return { quoted: wordOf(column, codes[column.id]!) };
      const hidden = people > 0 && people <= hiddenUpTo;
      return hidden ? missingCode(column.missing!, "suppressed_at_source") : String(people);
    }),
  );
  const header = columns.map(({ column }) => ({ quoted: column }));
  return {
    name: `${name}.csv`,
    codebook,
    bytes: writeFile({ rows: [header, ...rows], dialect: file, lineEnd, bom }),
  };
}

/** One truth a row, with the number of the row, from 1. */
export function writeTruth(name: string, header: string, truths: readonly string[]): SampleTruth {
  const rows = [["row", header], ...truths.map((truth, index) => [String(index + 1), truth])];
  const dialect = { encoding: "utf-8" as const, delimiter: ";", quote: '"' };
  return { name: `${name}.truth.csv`, bytes: writeFile({ rows, dialect, lineEnd: "\n", bom: false }) };
}

/** Read when it is needed: a codebook that will not do is told by the verb that checks it, not by every verb. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
