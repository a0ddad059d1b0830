import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command, done, temporaryFolder, tree } from "../command.ts";

/** A small survey of our own: forty rows, three questions. */
const CODEBOOK = {
  format: "tilannekuva.codebook/1",
  id: "small",
  version: 1,
  kind: "survey",
  name: { fi: "Pieni", sv: "Liten", en: "Small" },
  synthetic: true,
  file: { encoding: "utf-8", delimiter: ";", quote: '"', decimal: ",", header: true, skipLines: 0, empty: [""] },
  contributor: "town",
  wave: "2025",
  scales: { five: { type: "likert", min: 1, max: 5, missing: [{ code: "8", reason: "dont_know" }] } },
  columns: [
    { column: "paino", use: "weight" },
    {
      column: "terveys",
      use: "item",
      id: "health-1",
      wording: "h1",
      scale: "five",
      dimension: "health",
      direction: "+",
      text: { fi: "a", sv: "b", en: "c" },
    },
    {
      column: "ystävät",
      use: "item",
      id: "friends-1",
      wording: "f1",
      scale: "five",
      dimension: "social",
      direction: "+",
      text: { fi: "a", sv: "b", en: "c" },
    },
    { column: "avoin", use: "ignore" },
  ],
};
const HEADER = "paino;terveys;ystävät;avoin";
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, row) => `1,${row % 10};${(row % 5) + 1};${((row * 3) % 5) + 1};"sana; ""toinen"""`);
const file = (rows: string[], header = HEADER) => `${[header, ...rows].join("\n")}\n`;
const ROWS = rowsOf(400);
const withRow = (at: number, row: string) => ROWS.map((entry, index) => (index === at ? row : entry));

let folder: string;
let home: string;
let codebook: string;

const write = (name: string, bytes: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const ingest = (path: string, ...more: string[]) =>
  command("ingest", "--home", home, "--codebook", codebook, path, "--lang", "fi", ...more);

beforeAll(() => {
  folder = temporaryFolder("bad-input");
  home = join(folder, "home");
  codebook = write("small.json", JSON.stringify(CODEBOOK));
  done("ingest", "--home", home, "--codebook", codebook, write("good.csv", file(ROWS)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file that does not fit is refused in words, and the home stays as it was", () => {
  const cases: {
    name: string;
    bytes: () => string | Uint8Array;
    code: string;
    where?: Record<string, unknown>;
    says: RegExp;
  }[] = [
    {
      name: "another delimiter",
      bytes: () => file(ROWS).replaceAll(";", "\t"),
      code: "delimiter-differs",
      where: { line: 1 },
      says: /sarake-erotin/i,
    },
    {
      name: "a missing column",
      bytes: () => file(ROWS, "paino;terveys;kaverit;avoin"),
      code: "column-missing",
      where: { column: "ystävät" },
      says: /ystävät/,
    },
    {
      name: "an undeclared code",
      bytes: () => file(withRow(7, "1,0;7;3;x")),
      code: "values-undeclared",
      where: { column: "terveys", line: 9 },
      says: /terveys.*1 arvo/,
    },
    {
      name: "decimal points for commas",
      bytes: () => file(ROWS.map((row) => row.replace(",", "."))),
      code: "values-undeclared",
      where: { column: "paino" },
      says: /paino.*400 arvoa/,
    },
    {
      name: "over one per cent ragged rows",
      bytes: () => file(ROWS.map((row, index) => (index < 5 ? `${row};liikaa` : row))),
      code: "rows-ragged",
      where: { line: 2 },
      says: /5 riviä.*400/,
    },
    {
      name: "open quotes on over one per cent of rows",
      bytes: () => file(ROWS.map((row, index) => (index % 70 === 3 ? `1,0;2;3;"auki` : row))),
      code: "rows-open-quote",
      where: { line: 5 },
      says: /lainausmerkki/,
    },
    { name: "an empty file", bytes: () => "", code: "file-empty", says: /tyhjä/ },
    { name: "a header and no rows", bytes: () => `${HEADER}\n`, code: "file-without-rows", says: /yhtään riviä/ },
    {
      name: "windows-1252 said to be UTF-8",
      bytes: () => Buffer.from(file(ROWS), "latin1"),
      code: "header-unreadable",
      where: { line: 1 },
      says: /merkistö/,
    },
    {
      name: "a column twice",
      bytes: () =>
        file(
          ROWS.map((row) => `${row};1`),
          `${HEADER};terveys`,
        ),
      code: "column-repeated",
      where: { column: "terveys" },
      says: /kahdesti/,
    },
  ];
  test.each(cases)("$name", ({ name, bytes, code, where, says }) => {
    const path = write(`${name.replaceAll(" ", "-")}.csv`, bytes());
    const before = tree(home);
    const { code: exit, document } = ingest(path);
    expect(exit).toBe(1);
    expect(document.ok).toBe(false);
    const problem = document.problems?.find((entry) => entry.code === code);
    expect(problem, JSON.stringify(document)).toBeDefined();
    expect(problem?.message).toMatch(says);
    expect(problem?.todo.length).toBeGreaterThan(5);
    if (where) expect(problem?.where).toMatchObject(where);
    expect(tree(home)).toEqual(before);
  });

  test("UTF-8 said to be windows-1252", () => {
    const path = write("utf8.csv", file(ROWS));
    const other = write(
      "cp1252.json",
      JSON.stringify({ ...CODEBOOK, file: { ...CODEBOOK.file, encoding: "windows-1252" } }),
    );
    const { code, document } = command("ingest", "--home", home, "--codebook", other, path);
    expect(code).toBe(1);
    expect(document.problems?.map((problem) => problem.code)).toContain("encoding-is-utf8");
  });

  test("several problems come at once, and none names a value of a row", () => {
    const secret = "salainen-vastaus";
    const path = write("several.csv", file(withRow(3, `x;${secret};${secret};z`)));
    const { document } = ingest(path);
    expect(document.problems?.map((problem) => problem.where.column)).toEqual(["paino", "terveys", "ystävät"]);
    expect(JSON.stringify(document)).not.toContain(secret);
  });

  test("a home that was not there is not made by a refused file", () => {
    const fresh = join(folder, "no-home");
    const { code } = command("ingest", "--home", fresh, "--codebook", codebook, write("empty.csv", ""));
    expect(code).toBe(1);
    expect(existsSync(fresh)).toBe(false);
  });
});

describe("what is accepted is accepted whole", () => {
  test("the same bytes again change nothing", () => {
    const before = tree(home);
    const again = done("ingest", "--home", home, "--codebook", codebook, join(folder, "good.csv"));
    expect(again.repeated).toBe(true);
    expect(tree(home)).toEqual(before);
  });

  test("row order, line ends, BOM, quotes and file name do not change an extract's identity; one answer does", () => {
    const first = done("ingest", "--home", home, "--codebook", codebook, join(folder, "good.csv")).extract;
    const shuffled = `\uFEFF${file([...ROWS].reverse()).replaceAll("\n", "\r\n")}`;
    const again = done("ingest", "--home", home, "--codebook", codebook, write("other-name.csv", shuffled));
    expect(again.extract).toBe(first);
    const changed = done(
      "ingest",
      "--home",
      join(folder, "home2"),
      "--codebook",
      codebook,
      write("changed.csv", file(withRow(0, "1,0;2;3;x"))),
    );
    expect(changed.extract).not.toBe(first);
  });

  test("at most one per cent of broken rows is left out and named by line; the rows after them are read", () => {
    const rows = ROWS.map((row, index) => (index === 10 ? '1,0;2;3;"auki' : index === 20 ? "1,0;2" : row));
    const document = done(
      "ingest",
      "--home",
      join(folder, "home3"),
      "--codebook",
      codebook,
      write("two-bad.csv", file(rows)),
    );
    expect(document.rows).toEqual({ read: 400, loaded: 398, rejected: 2 });
    const findings = document.findings as { code: string; line: number; count: number }[];
    expect(
      findings.filter(({ code }) => code.startsWith("rows-")).map(({ code, line, count }) => [code, line, count]),
    ).toEqual([
      ["rows-open-quote", 12, 1],
      ["rows-ragged", 22, 1],
    ]);
  });

  test("an unlisted column is named and never stored", () => {
    const document = done(
      "ingest",
      "--home",
      join(folder, "home4"),
      "--codebook",
      codebook,
      write(
        "extra.csv",
        file(
          ROWS.map((row) => `${row};hetu`),
          `${HEADER};hetu`,
        ),
      ),
    );
    expect(document.findings).toContainEqual(expect.objectContaining({ code: "column-unlisted", column: "hetu" }));
    expect((document.columns as { column: string }[]).map(({ column }) => column)).toEqual([
      "paino",
      "terveys",
      "ystävät",
    ]);
  });

  test("rows without a weight above 0 load and are counted", () => {
    const document = done(
      "ingest",
      "--home",
      join(folder, "home5"),
      "--codebook",
      codebook,
      write(
        "weights.csv",
        file(ROWS.map((row, index) => (index < 3 ? row.replace(/^[^;]*/, index === 0 ? "" : "0") : row))),
      ),
    );
    expect(document.rows).toMatchObject({ loaded: 400 });
    expect(document.findings).toContainEqual(expect.objectContaining({ code: "weight-not-positive", count: 3 }));
  });
});

describe("one verb at a time holds a home", () => {
  test("a second verb is refused while a living process holds the lock, and takes over from a dead one", async () => {
    const busy = join(folder, "busy");
    mkdirSync(busy);
    const holder = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    writeFileSync(join(busy, "lock"), `${holder.pid}\n`);
    const before = tree(busy);
    const refused = command("ingest", "--home", busy, "--codebook", codebook, join(folder, "good.csv"));
    expect(refused.code).toBe(1);
    expect(refused.document.problems?.[0]?.code).toBe("home-busy");
    expect(tree(busy)).toEqual(before);
    await new Promise((resolve) => {
      holder.once("exit", resolve);
      holder.kill("SIGKILL");
    });
    expect(command("ingest", "--home", busy, "--codebook", codebook, join(folder, "good.csv")).code).toBe(0);
  });

  test("a home of a newer format is refused in a sentence", () => {
    const newer = join(folder, "newer");
    mkdirSync(newer);
    writeFileSync(join(newer, "home.json"), '{"format":2}');
    const { code, document } = command("status", "--home", newer);
    expect(code).toBe(1);
    expect(document.problems?.[0]?.code).toBe("home-newer");
  });
});

describe("a misused command exits 2 and says how it is used", () => {
  test.each([
    { args: ["frobnicate"], code: "verb-unknown" },
    { args: ["ingest", "x.csv"], code: "option-missing" },
    { args: ["status", "--k", "3"], code: "option-not-for-verb" },
    { args: ["status", "--nonsense"], code: "option-unknown" },
    { args: ["export", "--release", "a.0123456789ab", "--format", "pdf"], code: "misuse-format" },
    { args: ["release", "--life-event", "x", "--k", "3"], code: "misuse-k-without-reason" },
  ])("$args", ({ args, code }) => {
    const answer = command(...args);
    expect(answer.code).toBe(2);
    expect(answer.document.problems?.map((problem) => problem.code)).toContain(code);
  });
});

describe("codebook mistakes come all at once, each with its path", () => {
  test("shape", () => {
    const bad = write(
      "shape.json",
      JSON.stringify({ ...CODEBOOK, version: "1", kind: "poll", columns: [{ column: "a", use: "item" }] }),
    );
    const { code, document } = command("codebook", "check", bad, "--lang", "fi");
    expect(code).toBe(1);
    const paths = document.problems?.map((problem) => problem.where.path);
    expect(paths).toEqual(expect.arrayContaining(["version", "kind", "columns[0].id", "columns[0].direction"]));
    expect(document.problems?.every((problem) => problem.todo.length > 3)).toBe(true);
    expect(document.problems?.find((problem) => problem.where.path === "columns[0].id")).toMatchObject({
      code: "shape-missing",
      where: { column: "a" },
    });
    expect(document.problems?.find((problem) => problem.where.path === "kind")?.message).toMatch(
      /survey, register-rows/,
    );
  });

  test("shape and what fields say together, in one answer", () => {
    const bad = write(
      "both.json",
      JSON.stringify({
        ...CODEBOOK,
        version: "1",
        columns: [...CODEBOOK.columns, { column: "terveys", use: "ignore" }],
      }),
    );
    const { document } = command("codebook", "check", bad);
    expect(document.problems?.map((problem) => problem.where.path)).toEqual(["version", "columns[4].column"]);
  });

  test("what fields say together", () => {
    const bad = structuredClone(CODEBOOK) as Record<string, unknown> & typeof CODEBOOK;
    bad.file.delimiter = ",";
    bad.scales.five.missing.push({ code: "5", reason: "refused" });
    bad.columns.push(
      {
        column: "terveys",
        use: "item",
        id: "health-1",
        wording: "h1",
        scale: "six",
        dimension: "health",
        direction: "+",
        text: { fi: "a", sv: "b", en: "c" },
      },
      { column: "alue", use: "background", id: "segment", name: { fi: "a", sv: "b", en: "c" } } as never,
    );
    const path = write("together.json", JSON.stringify(bad));
    const { document } = command("codebook", "check", path);
    const found = document.problems?.map((problem) => [problem.code, problem.where.path]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["delimiter-is-decimal", "file.decimal"],
        ["missing-code-is-a-value", "scales.five.missing[1]"],
        ["column-listed-twice", "columns[4].column"],
        ["id-twice", "columns[4].id"],
        ["scale-unknown", "columns[4].scale"],
        ["variable-reserved", "columns[5].id"],
        ["codes-one-way", "columns[5]"],
      ]),
    );
  });
});
