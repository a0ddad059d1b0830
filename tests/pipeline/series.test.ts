import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell, Figure } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Codebook } from "../../data/contracts/codebook.ts";
import type { SeriesDescription } from "../../data/contracts/release.ts";
import type { SeriesRequest } from "../../server/pipeline/describe-series.ts";
import { done, ROOT, SHARED, temporaryFolder } from "../command.ts";
import { background, codebook, house, names, type Row, type Survey } from "./made-up.ts";
import { EDITION, POLICY, seriesIn } from "./series-of.ts";

const K = POLICY.minimumPersons;
const SUPPRESSED = [{ code: "..", reason: "suppressed_at_source" }];
const count = (column: string) => ({ column, use: "count", missing: SUPPRESSED });
const monthly = (id: string, counts: readonly string[], more: Record<string, unknown> = {}) =>
  codebook(id, [{ column: "month", use: "month" }, background("area", ["n", "s", "w"]), ...counts.map(count)], {
    kind: "register-counts",
    ...more,
  });
const months = (first: string, length: number) =>
  Array.from({ length }, (_, step) => {
    const month = Number(first.slice(5)) - 1 + step;
    return `${Number(first.slice(0, 4)) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]) => sumOf(values) / values.length;
const twoDigits = (value: number) => Number(value.toPrecision(2));

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("series");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = { cells: Cell[]; series: SeriesDescription[]; periods: string[] };
async function told(
  home: string,
  books: readonly string[],
  asked: Partial<SeriesRequest> = {},
  amend?: (book: Codebook) => Codebook,
) {
  const places = { variable: "area", codes: ["n", "s", "w"] };
  const { answer } = await seriesIn(home, books, { places, ...asked }, amend);
  if (Array.isArray(answer)) throw new Error(JSON.stringify(answer));
  const found = answer as Answer;
  const cells = new Map(found.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell.figure]));
  const figure = (id: string, month: string, area?: string): Figure | undefined =>
    cells.get(cellKey(`series.${id}`, "people", { wave: EDITION, month, ...(area && { area }) }));
  const series = (id: string, area: string | null = null) =>
    found.series.find((one) => one.id === id && one.area === area) as SeriesDescription;
  return { ...found, figure, series };
}
const value = (figure: Figure | undefined) => (figure?.kind === "value" ? figure.value : figure?.kind);
const amended = (words: Record<string, unknown>) => (book: Codebook) => ({
  ...book,
  columns: book.columns.map((column) =>
    column.use === "count" ? { ...column, ...words } : column,
  ) as Codebook["columns"],
});

describe("codebooks of monthly registers", () => {
  const rows = (texts: readonly string[]): Row[] => texts.map((month) => ({ month, area: "n", people: 40, new: 20 }));
  const codes = (survey: Survey, name: string) =>
    house(folder, name)
      .tryIngest(survey)
      .document.problems?.map(({ code }) => code);
  test("hold several counts by month, and one without months", () => {
    expect(codes({ codebook: monthly("two", ["people", "new"]), rows: rows(["2020-01"]) }, "two")).toBeUndefined();
    const without = codebook("two", [background("area", ["n"]), count("people"), count("new")], {
      kind: "register-counts",
    });
    expect(codes({ codebook: without, rows: rows(["2020-01"]) }, "none")).toEqual(["use-twice"]);
  });
  test("a series has an id of its own, and no background is called month", () => {
    const twins = monthly("twins", ["Työttömät", "tyottomat"]);
    expect(codes({ codebook: twins, rows: [] }, "twins")).toEqual(["id-twice"]);
    const named = codebook("named", [{ column: "m", use: "month" }, background("month", ["n"]), count("people")], {
      kind: "register-counts",
    });
    expect(codes({ codebook: named, rows: [] }, "named")).toEqual(["variable-reserved"]);
  });
  test("a month is written as such or by its first day; another day, or a year alone, is none", () => {
    const read = (text: string) => codes({ codebook: monthly("read", ["people"]), rows: rows([text]) }, `read-${text}`);
    expect(["2020-04", "2020-04-01"].map(read)).toEqual([undefined, undefined]);
    for (const text of ["2020-04-02", "2020-13-01", "2020", "2020-4-1", "2020-04-01T00"])
      expect(read(text), text).toEqual(["values-undeclared"]);
    const [plain, dated] = ["2020-04", "2020-04-01"].map((text) =>
      house(folder, `same-${text}`).ingest({ codebook: monthly("same", ["people"]), rows: rows([text]) }),
    );
    expect(dated!.extract).toBe(plain!.extract);
  });
});

describe("registers of our own", () => {
  const TWO_YEARS = months("2019-01", 24);
  const people = (month: number, area: string) => ({ n: 1000, s: 300 + 10 * (month % 3), w: 40 })[area] as number;
  const register = (change: (row: Row, month: number) => Row | null = (row) => row): Survey => ({
    codebook: monthly("jobless", ["people"]),
    rows: TWO_YEARS.flatMap((text, month) =>
      ["n", "s", "w"].flatMap((area): Row[] => {
        const row = change({ month: text, area, people: people(month, area) }, month);
        return row === null ? [] : [row];
      }),
    ),
  });
  const homeOf = (name: string, ...surveys: Survey[]) => {
    const own = house(folder, name);
    for (const survey of surveys) own.ingest(survey, "register.csv");
    return own.home;
  };

  test("each month of everyone and of each area is a cell, to two digits; its key names its edition and its month", async () => {
    const { cells, figure, series, periods } = await told(homeOf("plain", register()), ["jobless"]);
    expect(cells).toHaveLength(24 * 4);
    expect(periods).toEqual(TWO_YEARS);
    expect(new Set(cells.flatMap(({ at }) => Object.keys(at)))).toEqual(new Set(["wave", "month", "area"]));
    expect(cellKey(cells[0]!.measure, "people", { wave: EDITION, month: "2020-04", area: "w" })).toBe(
      "series.people/people?wave=2024&area=w&month=2020-04",
    );
    expect(value(figure("people", "2019-02"))).toBe(twoDigits(1000 + 310 + 40));
    expect(value(figure("people", "2019-02", "s"))).toBe(310);
    expect(series("people", "s")).toMatchObject({
      ...{ counts: "stock", direction: null, unit: null, period: "month", months: TWO_YEARS, gaps: [] },
      name: names("people"),
    });
  });

  test("a month that the source suppressed is a gap, not zero, and everyone is incomplete by it", async () => {
    const home = homeOf(
      "suppressed",
      register((row, month) => (row.area === "w" && month < 3 ? { ...row, people: ".." } : row)),
    );
    const { figure, series } = await told(home, ["jobless"]);
    expect(figure("people", "2019-01", "w")).toEqual({ kind: "protected" });
    expect(series("people", "w").gaps).toEqual([
      { reason: "suppressed_at_source", months: ["2019-01", "2019-02", "2019-03"] },
    ]);
    expect(figure("people", "2019-01")).toMatchObject({ value: 1300, flags: ["incomplete"] });
    // One row of at most ten persons is little of 1 300: the month is a point of everyone's chart.
    expect(series("people").gaps).toEqual([]);
  });

  test("where what is left out may be much, a month is no point of the chart though its cell stands", async () => {
    const home = homeOf(
      "partial",
      register((row, month) => (row.area !== "w" && month === 5 ? { ...row, people: ".." } : row)),
    );
    const { figure, series } = await told(home, ["jobless"]);
    expect(figure("people", "2019-06")).toMatchObject({ value: 40, flags: ["incomplete"] });
    expect(series("people").gaps).toEqual([{ reason: "suppressed_at_source", months: ["2019-06"] }]);
  });

  test("a month without rows is not asked of that area, and a gap of its own kind", async () => {
    const home = homeOf(
      "absent",
      register((row, month) => (row.area === "s" && month === 7 ? null : row)),
    );
    const { figure, series } = await told(home, ["jobless"]);
    expect(figure("people", "2019-08", "s")).toEqual({ kind: "not-asked" });
    expect(series("people", "s").gaps).toEqual([{ reason: "absent", months: ["2019-08"] }]);
  });

  test("zero is a number of a register", async () => {
    const home = homeOf(
      "zero",
      register((row, month) => (row.area === "w" && month === 4 ? { ...row, people: 0 } : row)),
    );
    expect(value((await told(home, ["jobless"])).figure("people", "2019-05", "w"))).toBe(0);
  });

  test("a few in one month: the quarter is told instead, of another area too, and its chart has quarters", async () => {
    const home = homeOf(
      "few",
      register((row, month) => (row.area === "w" && month === 4 ? { ...row, people: 9 } : row)),
    );
    const { cells, figure, series } = await told(home, ["jobless"]);
    for (const area of ["w", "s"]) {
      for (const month of ["2019-04", "2019-05", "2019-06"])
        expect(figure("people", month, area)).toEqual({ kind: "protected" });
      expect(figure("people", "2019-03", area)).toMatchObject({ kind: "value" });
      const { period, months: points, chart, gaps } = series("people", area);
      expect({ period, gaps, chart }).toEqual({ period: "quarter", gaps: [], chart: "run-chart" });
      expect(points).toHaveLength(8);
    }
    expect(value(figure("people", "2019-Q2", "w"))).toBe(twoDigits(meanOf([40, 9, 40])));
    expect(value(figure("people", "2019-Q2", "s"))).toBe(310);
    expect(series("people", "n").period).toBe("month");
    expect(cells.every(({ at }) => at.area !== "n" || !at.month!.includes("Q"))).toBe(true);
    expect(value(figure("people", "2019-05"))).toBe(twoDigits(1000 + 310 + 9));
  });

  test("of a flow the persons of a quarter are added up", async () => {
    const home = homeOf(
      "flow",
      register((row) => (row.area === "w" ? { ...row, people: 6 } : row)),
    );
    const { figure } = await told(home, ["jobless"], {}, amended({ counts: "flow" }));
    expect(value(figure("people", "2019-Q2", "w"))).toBe(18);
    const stock = await told(home, ["jobless"]);
    expect(stock.figure("people", "2019-04", "w")).toEqual({ kind: "protected" });
    expect(stock.series("people", "w")).toMatchObject({ chart: "none", reading: "none" });
    expect(stock.series("people", "w").gaps).toEqual([{ reason: "protected", months: TWO_YEARS }]);
  });

  test("what readers have been shown stays in mind: a bucket does not swallow a month that was told", async () => {
    const home = homeOf(
      "before",
      register((row, month) => (row.area === "w" && month === 4 ? { ...row, people: 9 } : row)),
    );
    const everShown = new Set([cellKey("series.people", "people", { wave: EDITION, month: "2019-04", area: "w" })]);
    const { figure } = await told(home, ["jobless"], { everShown });
    expect(value(figure("people", "2019-04", "w"))).toBe(40);
    for (const month of ["2019-05", "2019-06"]) expect(figure("people", month, "w")).toEqual({ kind: "protected" });
    expect(figure("people", "2019-Q2", "w")).toBeUndefined();
  });

  test("an area that the release does not show is told in everyone alone", async () => {
    const home = homeOf("hidden", register());
    const { cells, figure } = await told(home, ["jobless"], { places: { variable: "area", codes: ["n"] } });
    expect(new Set(cells.map(({ at }) => at.area))).toEqual(new Set([undefined, "n"]));
    expect(value(figure("people", "2019-01"))).toBe(1300);
    const few = homeOf(
      "hidden-few",
      register((row) => (row.area === "w" ? { ...row, people: 9 } : row)),
    );
    const alone = await told(few, ["jobless"], { places: { variable: "area", codes: ["n", "s"] } });
    expect(alone.figure("people", "2019-01", "s")).toEqual({ kind: "protected" });
    expect(value(alone.figure("people", "2019-01", "n"))).toBe(1000);
  });

  test("a month comes from the latest wave that has it, whatever came in first", async () => {
    const wave = (code: string, from: number, to: number, extra: number): Survey => ({
      codebook: monthly("editions", ["people"], { wave: code }),
      rows: register()
        .rows.slice(3 * from, 3 * to)
        .map((row) => ({ ...row, people: Number(row.people) + extra })),
    });
    const [early, late] = [wave("2020-a", 0, 18, 0), wave("2020-b", 12, 24, 500)];
    for (const [name, order] of [
      ["in-order", [early, late]],
      ["turned", [late, early]],
    ] as const) {
      const { figure } = await told(homeOf(name, ...order), ["editions"]);
      expect(value(figure("people", "2019-12", "n")), name).toBe(1000);
      expect(value(figure("people", "2020-01", "n")), name).toBe(1500);
      expect(value(figure("people", "2020-12", "n")), name).toBe(1500);
    }
  });

  test("two contributors make one series; a month that one has not delivered is no point of everyone's", async () => {
    const by = (contributor: string, area: string, length: number): Survey => ({
      codebook: monthly(`of-${contributor}`, ["people"], { contributor }),
      rows: register()
        .rows.filter((row) => row.area === area)
        .slice(0, length),
    });
    const home = homeOf("two-of-them", by("north", "n", 24), by("south", "s", 22));
    const { figure, series } = await told(home, ["of-north", "of-south"]);
    expect(value(figure("people", "2019-01"))).toBe(1300);
    expect(figure("people", "2020-12")).toMatchObject({ value: 1000, flags: ["incomplete"] });
    expect(series("people").gaps).toEqual([{ reason: "absent", months: ["2020-11", "2020-12"] }]);
    expect(series("people", "n").gaps).toEqual([]);
  });

  test("improvement and concern follow the declared direction", async () => {
    const home = homeOf(
      "risen",
      register((row, month) => (month === 23 ? { ...row, people: 3 * Number(row.people) } : row)),
    );
    for (const [direction, reading] of [
      ["+", "improvement"],
      ["-", "concern"],
    ] as const)
      expect((await told(home, ["jobless"], {}, amended({ direction }))).series("people", "n").reading).toBe(reading);
    const { series } = await told(home, ["jobless"]);
    expect(series("people", "n")).toMatchObject({ reading: "change", chart: "process-limits" });
    expect(series("people", "n").signals).toContainEqual({ rule: "outside", side: "high", months: ["2020-12"] });
  });

  test("lines carry three digits of the centre, and a count has no limit below zero", async () => {
    const wide = [100, 400, 250, 400, 100];
    const home = homeOf(
      "wide",
      register((row, month) => (row.area === "n" ? { ...row, people: wide[month % 5]! } : row)),
    );
    const base = TWO_YEARS.slice(0, 20).map((_, month) => wide[month % 5]!);
    const ranges = base.slice(1).map((people, point) => Math.abs(people - base[point]!));
    expect((await told(home, ["jobless"])).series("people", "n")).toMatchObject({
      baseline: { from: "2019-01", to: "2020-08", points: 20 },
      centre: 250,
      low: 0,
      high: Math.round(250 + 2.66 * meanOf(ranges)),
    });
  });

  test("refuses a source without months, and rows without one", async () => {
    const plain = codebook("plain", [background("area", ["n"]), count("people")], { kind: "register-counts" });
    const problems = async (survey: Survey, name: string) =>
      (await seriesIn(homeOf(name, survey), [survey.codebook.id], { places: { variable: "area", codes: [] } })).answer;
    expect(await problems({ codebook: plain, rows: [{ area: "n", people: 40 }] }, "plain-counts")).toEqual([
      { code: "series-without-month", where: {}, fields: { codebook: "plain" } },
    ]);
    const gap = register((row, month) => (month === 2 ? { ...row, month: "" } : row));
    expect(await problems(gap, "no-month")).toEqual([
      { code: "month-missing", where: {}, fields: { codebook: "jobless", count: 3 } },
    ]);
  });
});

const RAW = join(SHARED, "data", "fi_employment_service_2006_2020", "data.csv");
type RawRow = { kuukausi: string; kunta: string } & Record<string, string>;

describe.skipIf(!existsSync(RAW))(
  "fifteen years of the employment service by municipality (needs ../shared/data)",
  () => {
    const SERIES = { tyottomat: "tyottomat", tyovoima: "tyovoima", avoimet_tyopaikat: "avoimet-tyopaikat" } as const;
    const columns = Object.keys(SERIES) as (keyof typeof SERIES)[];
    let rows: RawRow[];
    let ingested: { rows: Record<string, number>; columns: { column: string; valid: number; missing: object }[] };
    let home: string;
    let everywhere: Awaited<ReturnType<typeof told>>;
    const codes = new Map<string, string>();
    /** A municipality's counts by month, as the file has them; null where it has none. */
    const rawOf = (kunta: string, column: string) =>
      new Map(
        rows
          .filter((row) => row.kunta === kunta)
          .map((row) => [row.kuukausi.slice(0, 7), row[column] === "" ? null : Number(row[column])]),
      );
    const all = async (
      limitsFrom?: ReadonlyMap<string, string>,
      amend?: (book: Codebook) => Codebook,
      some?: string[],
    ) => {
      const shown = some?.map((kunta) => codes.get(kunta) as string) ?? [...codes.values()];
      return told(
        home,
        ["employment"],
        { places: { variable: "area", codes: shown }, ...(limitsFrom && { limitsFrom }) },
        amend,
      );
    };

    beforeAll(async () => {
      const text = readFileSync(RAW, "utf8");
      rows = Papa.parse<RawRow>(text, { header: true, skipEmptyLines: true }).data;
      const known = JSON.parse(readFileSync(join(ROOT, "data", "classifications", "municipality-2025.json"), "utf8"));
      const official = new Map<string, string>(
        known.codes.map(({ code, name }: { code: string; name: { fi: string } }) => [name.fi, code]),
      );
      for (const { kunta } of rows) if (!codes.has(kunta)) codes.set(kunta, official.get(kunta) ?? `old-${codes.size}`);
      // A codebook has no word for "nothing written means suppressed": an empty count is written as the register writes it elsewhere.
      const written = Papa.unparse(
        rows.map((row) => ({ ...row, ...Object.fromEntries(columns.map((column) => [column, row[column] || ".."])) })),
      );
      home = join(folder, "employment");
      mkdirSync(home, { recursive: true });
      const categories = [...codes].map(([kunta, code]) => ({ code, from: [kunta], name: names(kunta) }));
      const book = codebook(
        "employment",
        [
          { column: "kuukausi", use: "month" },
          { column: "kunta", use: "background", id: "area", name: names("kunta"), categories },
          ...columns.map(count),
        ],
        { kind: "register-counts", synthetic: false, contributor: "tem", wave: "2020-10" },
      );
      const file = { ...(book.file as object), delimiter: ",", empty: [] };
      writeFileSync(join(folder, "employment.json"), JSON.stringify({ ...book, file }));
      writeFileSync(join(folder, "employment.csv"), written);
      ingested = done(
        ...["ingest", "--home", home, "--codebook", join(folder, "employment.json"), join(folder, "employment.csv")],
      ) as never;
      everywhere = await all();
    });

    test("ingest counts what the source suppressed, and takes every row", () => {
      expect(ingested.rows).toEqual({ read: rows.length, loaded: rows.length, rejected: 0 });
      for (const column of columns) {
        const empty = rows.filter((row) => row[column] === "").length;
        expect(ingested.columns.find((one) => one.column === column)).toMatchObject({
          valid: rows.length - empty,
          missing: empty > 0 ? { suppressed_at_source: empty } : {},
        });
      }
    });

    test("each month of Tampere and of everyone is its count to two digits", async () => {
      const { figure } = await all(undefined, undefined, ["Tampere", "Turku", "Vaasa"]);
      for (const column of columns)
        for (const [month, people] of rawOf("Tampere", column))
          expect(value(figure(SERIES[column], month, codes.get("Tampere"))), `${column} ${month}`).toBe(
            twoDigits(people!),
          );
      for (const month of ["2006-01", "2012-07", "2020-04", "2020-10"])
        for (const column of columns) {
          const own = rows.filter((row) => row.kuukausi.startsWith(month));
          expect(figure(SERIES[column], month)).toMatchObject({
            value: twoDigits(sumOf(own.map((row) => Number(row[column])))),
            flags: own.some((row) => row[column] === "") ? ["incomplete"] : [],
          });
        }
    });

    test("no month of any municipality is told below ten, nor left over by those that are told", async () => {
      const { cells } = everywhere;
      const shown = new Map<string, Set<string>>();
      for (const { measure, at, figure } of cells)
        if (figure.kind === "value" && /^\d{4}-\d{2}$/.test(at.month as string))
          shown.set(
            `${measure} ${at.month}`,
            (shown.get(`${measure} ${at.month}`) ?? new Set()).add(at.area ?? "everyone"),
          );
      const wrong: string[] = [];
      let hidden = 0;
      for (const column of columns) {
        const left = new Map<string, number>();
        for (const row of rows) {
          const [month, people] = [row.kuukausi.slice(0, 7), Number(row[column])];
          const isShown = shown.get(`series.${SERIES[column]} ${month}`)?.has(codes.get(row.kunta) as string);
          if (isShown && people > 0 && people < K) wrong.push(`${column} ${month} ${row.kunta}: ${people}`);
          if (!isShown) left.set(month, (left.get(month) ?? 0) + people);
          if (!isShown && people >= K) hidden++;
        }
        for (const [month, people] of left)
          if (people > 0 && people < K) wrong.push(`${column} ${month}: ${people} left over`);
      }
      expect(wrong).toEqual([]);
      expect(hidden).toBeGreaterThan(0);
    });

    test("the months that the source suppressed are gaps of their own kind", async () => {
      const { series } = everywhere;
      let looked = 0;
      for (const [kunta, code] of codes)
        for (const column of columns) {
          const one = series(SERIES[column], code);
          const suppressed = [...rawOf(kunta, column)].filter(([, people]) => people === null).map(([month]) => month);
          if (one.period !== "month" || suppressed.length === 0) continue;
          looked++;
          expect(
            one.gaps.find(({ reason }) => reason === "suppressed_at_source")?.months,
            `${kunta} ${column}`,
          ).toEqual(suppressed);
        }
      expect(looked).toBeGreaterThan(10);
    });

    test("with limits of 2018–19 April 2020 lies outside them, everywhere and as a concern", async () => {
      const since = new Map([["tyottomat", "2018-01"]]);
      const { series } = await all(since, amended({ direction: "-" }), ["Tampere", "Turku", "Vaasa"]);
      for (const kunta of [null, "Tampere", "Turku", "Vaasa"]) {
        const one = series("tyottomat", kunta === null ? null : (codes.get(kunta) as string));
        expect(one).toMatchObject({ chart: "process-limits", seasonal: false, reading: "concern", charted: null });
        expect(one.baseline).toEqual({ from: "2018-01", to: "2019-08", points: 20 });
        const raw = kunta === null ? totals("tyottomat") : (rawOf(kunta, "tyottomat") as Map<string, number>);
        const later = [...raw].filter(([month]) => month >= "2018-01");
        const base = later.slice(0, 20).map(([, people]) => people);
        const centre = meanOf(base);
        const reach = 2.66 * meanOf(base.slice(1).map((people, point) => Math.abs(people - base[point]!)));
        const outside = (isBeyond: (people: number) => boolean) =>
          later.filter(([, people]) => isBeyond(people)).map(([month]) => month);
        const found = (side: string) =>
          one.signals.find((signal) => signal.rule === "outside" && signal.side === side)?.months ?? [];
        expect(found("high"), `${kunta}`).toEqual(outside((people) => people > centre + reach));
        expect(found("low"), `${kunta}`).toEqual(outside((people) => people < centre - reach));
        expect(found("high"), `${kunta}`).toContain("2020-04");
        for (const [line, exact] of [
          [one.centre, centre],
          [one.low, centre - reach],
          [one.high, centre + reach],
        ] as const)
          expect(Math.abs(line! - exact), `${kunta} ${exact}`).toBeLessThanOrEqual(0.005 * centre);
      }
    });

    test("vacancies have seasons: what is drawn is each month without its effect in 2006–07", async () => {
      const { series } = await all(undefined, undefined, ["Tampere"]);
      const one = series("avoimet-tyopaikat", codes.get("Tampere") as string);
      expect(one).toMatchObject({ seasonal: true, baseline: { from: "2006-01", to: "2007-12", points: 24 } });
      const raw = [...rawOf("Tampere", "avoimet_tyopaikat").values()] as number[];
      const base = raw.slice(0, 24);
      const effect = (month: number) => (base[month]! + base[month + 12]!) / 2 - meanOf(base);
      const drawn = raw.map((people, point) => people - effect(point % 12));
      expect(one.charted).toHaveLength(raw.length);
      one.charted!.forEach((shown, point) => {
        expect(Math.abs(shown! - drawn[point]!)).toBeLessThanOrEqual(5);
      });
      const ranges = drawn.slice(1, 24).map((people, point) => Math.abs(people - drawn[point]!));
      expect(Math.abs(one.high! - (meanOf(base) + Math.sqrt(3) * 2.66 * meanOf(ranges)))).toBeLessThanOrEqual(5);
    });

    function totals(column: string): Map<string, number> {
      const sums = new Map<string, number>();
      for (const row of rows) {
        const month = row.kuukausi.slice(0, 7);
        sums.set(month, (sums.get(month) ?? 0) + Number(row[column]));
      }
      return sums;
    }
  },
);
