import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Dialect } from "../../data/contracts/codebook.ts";
import { type Scan, scanRecords } from "../../server/store/microdata/scan-records.ts";
import { temporaryFolder } from "../command.ts";

const DIALECT: Dialect = {
  encoding: "utf-8",
  delimiter: ";",
  quote: '"',
  decimal: ",",
  header: true,
  skipLines: 0,
  empty: [""],
};
let folder: string;
beforeAll(() => {
  folder = temporaryFolder("scan");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Scans bytes and reads the clean file back with another parser: line number first, then the fields. */
function scan(bytes: string | Uint8Array, dialect: Dialect = DIALECT, chunk = 7): { scan: Scan; rows: string[][] } {
  const [file, clean] = [join(folder, "in.csv"), join(folder, "clean.csv")];
  writeFileSync(file, bytes);
  const result = scanRecords(file, dialect, clean, 3, chunk);
  const { data } = Papa.parse<string[]>(readFileSync(clean, "utf8"), {
    delimiter: dialect.delimiter,
    quoteChar: dialect.quote,
    newline: "\n",
  });
  return { scan: result, rows: data.filter((row) => row.length > 1) };
}

const field = fc.oneof(
  fc.stringMatching(/^[a-zåäö0-9 ,.'-]{0,6}$/),
  fc.constantFrom('"', '""', "a\nb", "c\r\nd", ";", 'x"y', "ä;ö", "€", "😀"),
);
const quote = (text: string, always: boolean) =>
  always || /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

test("whatever a file says in well-formed fields is read as another parser reads it, at any piece length and line end", () => {
  const records = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      records,
      fc.boolean(),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rows, always, end, chunk, lastEnd) => {
        const text =
          [["a", "b", "c"], ...rows].map((row) => row.map((entry) => quote(entry, always)).join(";")).join(end) +
          (lastEnd ? end : "");
        const { scan: result, rows: read } = scan(text, DIALECT, chunk);
        expect(result.good).toBe(rows.length);
        expect(result.rejected).toBe(0);
        expect(read.map((row) => row.slice(1).map((entry) => entry.replaceAll("\r\n", "\n")))).toEqual(
          rows.map((row) => row.map((entry) => entry.replaceAll("\r\n", "\n"))),
        );
      },
    ),
    { numRuns: 400 },
  );
});

test("rows loaded + rows rejected = rows of the file, whatever bytes an attacker puts in, and pieces change nothing", () => {
  const nasty = fc.array(
    fc.constantFrom("1;2;3", '1;"2;3', '"1";"2";"3"', "1;2", "1;2;3;4", '1;"a"b;3', "\u0000;1;2", '"', "", "a;b;c"),
    { minLength: 1, maxLength: 14 },
  );
  fc.assert(
    fc.property(nasty, fc.integer({ min: 1, max: 30 }), (lines, chunk) => {
      const text = `a;b;c\n${lines.join("\n")}\n`;
      const pieces = scan(text, DIALECT, chunk);
      const whole = scan(text, DIALECT, 1 << 20);
      expect(pieces).toEqual(whole);
      const { good, rejected, reasons } = whole.scan;
      expect(whole.rows.length).toBe(good);
      expect(Object.values(reasons).reduce((total, count) => total + count, 0)).toBe(rejected);
      expect(good + rejected).toBeLessThanOrEqual(lines.filter((line) => line !== "").length);
      // A good row is never lost to its neighbour: three plain fields on a line after a broken one are read.
      if (!lines.some((line) => line.includes('"')))
        expect(good).toBe(lines.filter((line) => line.split(";").length === 3 && !line.includes("\u0000")).length);
    }),
    { numRuns: 500 },
  );
});

test("an open quote costs its own line, not the good rows after it", () => {
  const { scan: result, rows } = scan('a;b;c\n1;2;3\n4;"5;6\n7;8;9\n10;11;12\n');
  expect(result.rejects).toEqual([{ line: 3, reason: "open-quote" }]);
  expect(rows).toEqual([
    ["2", "1", "2", "3"],
    ["4", "7", "8", "9"],
    ["5", "10", "11", "12"],
  ]);
});

test("line numbers are the file's own, with a preamble, quoted line ends and CR alone", () => {
  const { rows } = scan('otsikko\r\na;b;c\r\n1;"2\r\n2";3\r\n\r\n4;5;6\r\n', { ...DIALECT, skipLines: 1 });
  expect(rows.map((row) => row[0])).toEqual(["3", "6"]);
  expect(scan("a;b;c\r1;2;3\r4;5;6\r").rows).toEqual([
    ["2", "1", "2", "3"],
    ["3", "4", "5", "6"],
  ]);
});

test("encodings: windows-1252, iso-8859-15, UTF-16 both ways, UTF-8 with BOM", () => {
  const text = "nimi;b;c\näö–€;2;3\n";
  const wide = Buffer.from(`\uFEFF${text}`, "utf16le");
  const latin = Buffer.from("nimi;b;c\n\xe4\xf6\x96\x80;2;3\n", "latin1");
  const nine = Buffer.from("nimi;b;c\n\xe4\xf6\xa4;2;3\n", "latin1");
  expect(scan(latin, { ...DIALECT, encoding: "windows-1252" }).rows).toEqual([["2", "äö–€", "2", "3"]]);
  expect(scan(nine, { ...DIALECT, encoding: "iso-8859-15" }).rows).toEqual([["2", "äö€", "2", "3"]]);
  expect(scan(wide, { ...DIALECT, encoding: "utf-16" }).rows).toEqual([["2", "äö–€", "2", "3"]]);
  expect(scan(Buffer.from(wide).swap16(), { ...DIALECT, encoding: "utf-16" }).rows).toEqual([["2", "äö–€", "2", "3"]]);
  expect(scan(`\uFEFF${text}`).scan.header).toEqual(["nimi", "b", "c"]);
});

test("a row whose bytes do not decode is rejected alone", () => {
  const bytes = Buffer.concat([
    Buffer.from("a;b;c\n1;2;3\n"),
    Buffer.from([0x34, 0x3b, 0xff, 0x3b, 0x36, 10]),
    Buffer.from("7;8;9\n"),
  ]);
  const { scan: result, rows } = scan(bytes);
  expect(result.rejects).toEqual([{ line: 3, reason: "undecodable" }]);
  expect(rows.length).toBe(2);
});
