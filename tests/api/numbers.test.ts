import readJsonStat from "jsonstat-toolkit";
import { parse } from "papaparse";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import type { Release } from "../../data/contracts/release.ts";
import { workbook } from "../../server/api/published/workbook.ts";
import { cellColumns } from "../../server/store/published/cell-columns.ts";
import { sampleHome, serveHome } from "../home.ts";

let url: string;
let stop: () => Promise<void>;
let release: Release;
let wave: string;

beforeAll(async () => {
  ({ url, stop } = await serveHome(await sampleHome()));
  const pointers: Record<string, { release: string }> = await (await fetch(`${url}/api/published`)).json();
  const all: Release[] = await Promise.all(
    Object.values(pointers).map(async (one) =>
      (await fetch(`${url}/api/published/${one.release}/release.json`)).json(),
    ),
  );
  release = all.sort((left, right) => right.cells.length - left.cells.length)[0] as Release;
  wave = release.variables.find((variable) => variable.id === "wave")?.codes.at(-1)?.code ?? "";
});
afterAll(() => stop?.());

const numbers = (file: string, asked: Record<string, string> = {}) =>
  fetch(`${url}/api/published/${release.id}/numbers/${file}?${new URLSearchParams(asked)}`);
const cellsOf = (measures: string, cuts = 3) =>
  release.cells.filter(
    ({ measure, at }) =>
      (measure === measures || measure.startsWith(`${measures}.`)) &&
      at.wave === wave &&
      Object.keys(at).length <= cuts + 1,
  );
/** A cell as every flat format holds it, empty for nothing. */
const flat = (cell: Cell) => cellColumns(release.variables).map(({ of }) => of(cell) ?? "");

describe("the numbers of some measures", () => {
  test.each([
    ["dimension", "1"],
    ["service", "1"],
    ["dimension.health", "2"],
    ["persons", "0"],
  ])("%s.csv, cut by %s, holds the release's cells and no others", async (measures, cuts) => {
    const answer = await numbers(`${measures}.csv`, { wave, cuts });
    const [header, ...rows] = parse<string[]>((await answer.text()).trimEnd()).data;
    expect(header).toEqual(cellColumns(release.variables).map(({ name }) => name));
    const expected = cellsOf(measures, Number(cuts)).map((cell) => flat(cell).map(String));
    expect(expected.length).toBeGreaterThan(0);
    expect(rows).toEqual(expected);
    expect(answer.headers.get("cache-control")).toContain("immutable");
  });

  test("the workbook holds the same rows, numbers as numbers, and says what its codes mean and where it is from", async () => {
    const bytes = Buffer.from(
      await (await numbers("dimension.xlsx", { wave, cuts: "1", language: "sv" })).arrayBuffer(),
    );
    const [numbersSheet, meaningsSheet, sourceSheet] = await readXlsxFile(bytes);
    expect([numbersSheet, meaningsSheet, sourceSheet].map((one) => one?.sheet)).toEqual([
      "Tal",
      "Förklaringar",
      "Källa",
    ]);
    const [, ...rows] = numbersSheet?.data ?? [];
    expect(rows.map((row) => row.map((value) => value ?? ""))).toEqual(cellsOf("dimension", 1).map(flat));
    const meanings = (meaningsSheet?.data ?? []).map((row) => row.slice(0, 2).join(" "));
    for (const { id, codes } of release.variables)
      for (const { code } of codes) expect(meanings).toContain(`${id} ${code}`);
    const source = (sourceSheet?.data ?? []).flat().join(" ");
    expect(source).toContain(release.id);
    expect(source.includes("Syntetiskt")).toBe(release.synthetic);
  });

  test("JSON-stat, read by another's toolkit, gives every figure and the kind of those that are none", async () => {
    const document = await (await numbers("dimension.json", { wave, cuts: "1" })).json();
    const datasets = (document.link.item as object[]).map((item) => readJsonStat({ version: "2.0", ...item }));
    let looked = 0;
    for (const { measure, statistic, at, figure } of cellsOf("dimension", 1)) {
      const cuts = Object.keys(at).sort().join();
      const dataset = datasets.find(({ id }) => id.slice(1, -1).sort().join() === cuts);
      for (const quantity of ["value", "low", "high", "n"] as const) {
        const told = dataset?.Data({ measure, ...at, quantity });
        expect([measure, statistic, at, told?.value]).toEqual([
          measure,
          statistic,
          at,
          figure.kind === "value" ? figure[quantity] : null,
        ]);
        expect(told?.status ?? "").toBe(figure.kind === "value" ? figure.flags.join(" ") : figure.kind);
        looked++;
      }
    }
    expect(looked).toBeGreaterThan(500);
  });

  test.each([
    ["a measure that is none", "dimension.nothing.csv", {}, 404],
    ["half of a measure's name", "dimens.csv", {}, 404],
    ["a format that is none", "dimension.exe", {}, 404],
    ["a path", "..%2f..%2fhome.json", {}, 404],
    ["everything as a workbook", "item.xlsx", {}, 413],
    ["a wave that is none", "dimension.csv", { wave: "1900" }, 404],
    ["cuts that are no number", "dimension.csv", { cuts: "all" }, 404],
  ])("planted: %s is refused", async (_, file, asked, status) => {
    expect((await numbers(file, asked as Record<string, string>)).status).toBe(status);
  });
});

describe("a workbook that a spreadsheet opens (TRUST A9)", () => {
  const STARTS = ["=", "+", "-", "@", "\t", "\r"];
  const PAYLOADS = STARTS.flatMap((start) =>
    Array.from(
      { length: 40 },
      (_, n) => `${start}${["cmd|' /C calc'!A0", "1+1", 'HYPERLINK("http://x")', "SUM(A1:A9)"][n % 4]}${n}`,
    ),
  );

  test(`runs none of ${PAYLOADS.length} formulas in names, and leaves 1 000 negative numbers numbers`, async () => {
    const planted = {
      ...release,
      lifeEvent: { ...release.lifeEvent, name: { fi: PAYLOADS[0], sv: "x", en: "x" } },
      measures: PAYLOADS.map((text, n) => ({
        ...release.measures[0],
        id: `m.${n}`,
        name: { fi: text, sv: "x", en: "x" },
      })),
    } as Release;
    const cells = Array.from(
      { length: 1000 },
      (_, n): Cell => ({
        measure: `m.${n % PAYLOADS.length}`,
        statistic: "mean",
        at: { wave },
        figure: { kind: "value", value: -n - 1, low: -n - 2, high: -n, n: 25, flags: [], versus: [] },
      }),
    );
    const bytes = Buffer.from(await workbook(planted, cells, "fi"));
    const sheets = await readXlsxFile(bytes);
    const texts = sheets.flatMap(({ data }) => data.flat()).filter((one): one is string => typeof one === "string");
    // A tab or a line's end is no text of its own in a workbook; that none begins with one is asked of all.
    for (const text of PAYLOADS.filter((one) => /^[=+\-@]/.test(one))) expect(texts).toContain(`'${text}`);
    expect(texts.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
    const [header = [], ...rows] = sheets[0]?.data ?? [];
    expect(rows.map((row) => row[header.indexOf("value")])).toEqual(cells.map((_, n) => -n - 1));
  });
});
