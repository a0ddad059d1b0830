import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "../../data/contracts/codebook.ts";
import { type Scan, scanRecords } from "../../server/store/microdata/scan-records.ts";
import { SHARED, temporaryFolder } from "../command.ts";

const TORTURE = join(SHARED, "data", "csv_torture");
/** The encodings that a codebook can state; a file in another one has no codebook. */
const ENCODINGS: Record<string, Dialect["encoding"]> = {
  "utf-8": "utf-8",
  "utf-8-sig": "utf-8",
  cp1252: "windows-1252",
  "utf-16-le": "utf-16",
  "iso8859-15": "iso-8859-15",
};
type Hostile = { file: string; encoding: string; delimiter: string; expectation: string; expected_file: string };

const manifest = existsSync(TORTURE)
  ? Papa.parse<Hostile>(readFileSync(join(TORTURE, "manifest.csv"), "utf8"), { header: true, skipEmptyLines: true })
      .data
  : [];
const stated = manifest.filter(({ encoding }) => encoding in ENCODINGS);

describe.skipIf(manifest.length === 0)("hostile CSV files (needs ../shared/data)", () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder("torture");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (
    { file, encoding, delimiter }: Hostile,
    more: Partial<Dialect> = {},
  ): { scan: Scan; rows: string[][] } => {
    const mark = delimiter === "tab" ? "\t" : delimiter;
    const dialect: Dialect = {
      encoding: ENCODINGS[encoding] as Dialect["encoding"],
      delimiter: mark,
      quote: '"',
      decimal: ",",
      header: true,
      skipLines: 0,
      empty: [""],
      ...more,
    };
    const clean = join(folder, "clean.csv");
    const scan = scanRecords(join(TORTURE, file), dialect, clean, 7);
    const parsed = Papa.parse<string[]>(readFileSync(clean, "utf8"), { delimiter: mark, newline: "\n" }).data;
    return { scan, rows: parsed.filter((row) => row.length > 1).map((row) => row.slice(1)) };
  };

  test("files with published answers are read to the letter", () => {
    const plain = stated.filter(({ file }) => file.startsWith("spectrum/"));
    expect(plain.length).toBe(12);
    let compared = 0;
    for (const hostile of plain) {
      const { scan, rows } = read(hostile);
      const expected = JSON.parse(readFileSync(join(TORTURE, hostile.expected_file), "utf8")) as Record<
        string,
        string
      >[];
      if (!Array.isArray(expected)) continue; // one file's published answer is of another file
      compared++;
      const got = rows.map((row) =>
        Object.fromEntries((scan.header as string[]).map((name, index) => [name, row[index]])),
      );
      const ends = (text: string) => text.replaceAll("\r\n", "\n");
      expect([hostile.file, ends(JSON.stringify(got).replaceAll("\\r\\n", "\\n"))]).toEqual([
        hostile.file,
        ends(JSON.stringify(expected).replaceAll("\\r\\n", "\\n")),
      ]);
    }
    expect(compared).toBeGreaterThanOrEqual(11);
  });

  test("one table in many dialects is one table, given its dialect", () => {
    const expected = JSON.parse(readFileSync(join(TORTURE, "made_finnish", "expected.json"), "utf8"));
    const table = (Array.isArray(expected) ? expected : expected.rows) as Record<string, unknown>[];
    const same = stated.filter(
      ({ file, expectation }) => file.startsWith("made_finnish/") && expectation === "accept = expected.json",
    );
    expect(same.length).toBeGreaterThan(12);
    for (const hostile of same) {
      const first = readFileSync(join(TORTURE, hostile.file)).toString("latin1");
      const skipLines =
        first.startsWith("sep=") || first.startsWith("\u00ef\u00bb\u00bfsep=")
          ? 1
          : /preamble/.test(hostile.file)
            ? 3
            : 0;
      const { scan, rows } = read(hostile, { skipLines });
      // Preamble, legend and backslashes are no part of a dialect that a codebook states: their rows are rejected, by line. Where CR ends
      // rows, an unquoted LF ends one too.
      const lost = scan.rejected;
      if (!/preamble|backslash|cr_only/.test(hostile.file)) expect([hostile.file, lost]).toEqual([hostile.file, 0]);
      const names = new Map(rows.map((row) => [row[0], row[1]?.normalize("NFC")]));
      const known = table.filter((row) => names.get(String(row.kuntakoodi)) === row.kunta);
      expect([hostile.file, known.length >= table.length - lost]).toEqual([hostile.file, true]);
    }
  });

  test("an open quote, NUL bytes and ragged rows cost their own lines and no other", () => {
    const by = (part: string) => stated.find(({ file }) => file.includes(part)) as Hostile;
    expect(read(by("25_unclosed")).scan).toMatchObject({ good: 63, rejected: 1, reasons: { "open-quote": 1 } });
    expect(read(by("26_nul")).scan.reasons.nul).toBeGreaterThan(0);
    const ragged = read(by("24_ragged")).scan;
    expect(ragged.good + ragged.rejected).toBe(64);
    expect(ragged.reasons.ragged).toBe(ragged.rejected);
  });
});
