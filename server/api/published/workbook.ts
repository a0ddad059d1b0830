import writeExcelFile, { type Row, type SheetData } from "write-excel-file/node";
import type { Cell } from "../../../data/contracts/cell.ts";
import type { Language } from "../../../data/contracts/names.ts";
import type { Release } from "../../../data/contracts/release.ts";
import { MESSAGES } from "../../../data/words/messages.ts";
import { cellColumns } from "../../store/published/cell-columns.ts";

/**
 * Published cells as an Excel workbook of three sheets: the flat cells (INTERFACES §6), what their codes mean, and where they are
 * from. Numbers are numbers; a text that a spreadsheet would run has an apostrophe before it. No formula, no link, no comment, nothing
 * hidden.
 */
export async function workbook(
  release: Release,
  cells: readonly Cell[],
  language: Language,
): Promise<Uint8Array<ArrayBuffer>> {
  const words = MESSAGES[language].pages.exports;
  const columns = cellColumns(release.variables);
  const numbers = [
    columns.map(({ name }) => head(name)),
    ...cells.map((cell) => columns.map(({ of }) => safe(of(cell)))),
  ];
  const sheets: [name: string, data: SheetData, widths: number[]][] = [
    [words.numbers, numbers, columns.map(({ name }) => (name === "measure" ? 34 : 14))],
    [words.meanings, meanings(release, cells, language), [26, 22, 70]],
    [words.source, sources(release, language), [26, 90]],
  ];
  const written = await writeExcelFile(
    sheets.map(([sheet, data, widths]) => ({
      sheet,
      data,
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
  return new Uint8Array(written);
}

/** What stands for what: measures, variables, codes and kinds of "no number". */
function meanings({ measures, variables }: Release, cells: readonly Cell[], language: Language): Row[] {
  const words = MESSAGES[language].pages.exports;
  const told = new Set(cells.map(({ measure }) => measure));
  const kinds = Object.entries(MESSAGES[language].figures.kinds).filter(([kind]) => kind !== "absent");
  return [
    [head(words.column), head(words.code), head(words.meaning)],
    ...measures.filter(({ id }) => told.has(id)).map(({ id, name }) => ["measure", id, name[language]].map(safe)),
    ...variables.flatMap(({ id, name, codes }) => [
      [id, "", name[language]].map(safe),
      ...codes.map((one) => [id, one.code, one.name[language]].map(safe)),
    ]),
    ...kinds.map(([kind, meaning]) => ["kind", kind, meaning].map(safe)),
  ];
}

function sources({ id, lifeEvent, inputs, synthetic }: Release, language: Language): Row[] {
  const { exports: words, shell } = MESSAGES[language].pages;
  return [
    [head(words.what), head(words.value)],
    [words.lifeEvent, lifeEvent.name[language]].map(safe),
    [words.release, id].map(safe),
    ...(synthetic ? [[words.note, shell.synthetic].map(safe)] : []),
    ...inputs.flatMap(({ name, owner, terms }) => [
      [words.source, [name[language], owner?.[language]].filter(Boolean).join(", ")].map(safe),
      ...(terms ? [[words.terms, terms[language]].map(safe)] : []),
    ]),
  ];
}

function head(value: string): { value: string; fontWeight: "bold" } {
  return { value: String(safe(value)), fontWeight: "bold" };
}

/** A text that begins as a formula does is none. */
function safe<Value extends string | number | boolean | null>(value: Value): Value | string {
  return typeof value === "string" && /^[=+\-@\t\r\0]/.test(value) ? `'${value}` : value;
}
