import type { Cell } from "../../../data/contracts/cell.ts";
import { LANGUAGES, type Language } from "../../../data/contracts/names.ts";
import { env } from "../../env.ts";
import { jsonStat } from "../../exports/json-stat.ts";
import { cellsCsv } from "../../store/published/cells-csv.ts";
import { wasShown } from "../../store/published/read-pointer.ts";
import { readRelease } from "../../store/published/read-release.ts";
import { workbook } from "./workbook.ts";

/** A file of some of a release's cells: its name says which measures, and its end in which format. */
export type NumbersFile = { bytes: Uint8Array<ArrayBuffer>; contentType: string };
export type NumbersProblem = { code: "not-found" | "too-many-numbers"; status: 404 | 413 };
export type NumbersAsked = {
  release: string;
  file: string;
  wave: string | null;
  cuts: string | null;
  language: string | null;
};

const FORMATS = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json; charset=utf-8",
} as const;

/** A workbook is made whole in memory, for whoever asks. */
const MOST_ROWS = { csv: Number.POSITIVE_INFINITY, xlsx: 15_000, json: 120_000 };

/**
 * Stored cells of a release that was ever shown: of the measures whose id is the file's name or begins with it, of one wave or all,
 * cut by so many variables beside the wave at most. Nothing is computed.
 */
export async function numbersFile(
  asked: NumbersAsked,
  published = env.published(),
): Promise<NumbersFile | NumbersProblem> {
  const name = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.(csv|xlsx|json)$/.exec(asked.file);
  const loaded =
    name && (await wasShown(published, asked.release)) ? await readRelease(published, asked.release) : null;
  if (!loaded || !name?.[1] || !name[2]) return { code: "not-found", status: 404 };
  const [measures, format] = [name[1], name[2] as keyof typeof FORMATS];
  const { release } = loaded;
  const cells = release.cells.filter((cell) => isAsked(cell, measures, asked));
  if (cells.length === 0) return { code: "not-found", status: 404 };
  if (cells.length > MOST_ROWS[format]) return { code: "too-many-numbers", status: 413 };
  const language: Language = LANGUAGES.find((one) => one === asked.language) ?? "fi";
  const contentType = FORMATS[format];
  switch (format) {
    case "csv":
      return { contentType, bytes: new TextEncoder().encode(cellsCsv(cells, release.variables)) };
    case "json":
      return { contentType, bytes: new TextEncoder().encode(JSON.stringify(jsonStat(release, cells, language))) };
    case "xlsx":
      return { contentType, bytes: await workbook(release, cells, language) };
  }
}

function isAsked({ measure, at }: Cell, measures: string, { wave, cuts }: NumbersAsked): boolean {
  return (
    (measure === measures || measure.startsWith(`${measures}.`)) &&
    (wave === null || at.wave === wave) &&
    (cuts === null || Object.keys(at).length - 1 <= Number(cuts))
  );
}
