import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { Codebook } from "../../data/contracts/codebook.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { done, ROOT, SHARED, temporaryFolder } from "../command.ts";
import { serveHome } from "../home.ts";
import { given, ITEMS, mean, type Person, type Row, readPersons, USABLE, WORDS } from "./sd2011.persons.ts";

const FOLDER = join(SHARED, "data", "sd2011_poland");
const RAW = join(FOLDER, "data.csv");
const CODEBOOK = join(ROOT, "tests", "real", "sd2011.codebook.json");
const LIFE_EVENT = join(ROOT, "tests", "real", "sd2011.life-event.json");

type Column = {
  column: string;
  use: string;
  valid: number;
  missing: Record<string, number>;
  mean: number | null;
  min: number | null;
  max: number | null;
  values: Record<string, number> | null;
};

const round = (value: number, decimals: number) => Math.round(value * 10 ** decimals + 1e-9) / 10 ** decimals;

describe.skipIf(!existsSync(RAW))("a real national survey of words and -8 (needs ../shared/data)", () => {
  let home: string;
  let ingested: { rows: Record<string, number>; columns: Column[]; findings: unknown[] };
  let release: Release;
  let persons: Person[];
  const rows: Row[] = [];
  const codebook = Codebook.parse(JSON.parse(readFileSync(CODEBOOK, "utf8")));
  const readme = () => readFileSync(join(FOLDER, "README.md"), "utf8").replaceAll("**", "");
  const columnOf = (name: string) => ingested.columns.find(({ column }) => column === name) as Column;
  const groups = new Map<string, Person[]>();
  const personsAt = (at: Cell["at"]): Person[] => {
    const key = cellKey("persons", "count", at);
    const own = Object.entries(at).filter(([id]) => id !== "wave");
    // Who has no group or a background that is not known is left out: of this survey fewer than one in twenty.
    const counted = persons.filter(({ codes }) => [codes.troubles, ...Object.values(codes)].every(Boolean));
    const members = groups.get(key) ?? counted.filter(({ codes }) => own.every(([id, code]) => codes[id] === code));
    groups.set(key, members);
    return members;
  };
  const cellAt = (measure: string, statistic: Cell["statistic"], at: Cell["at"]) =>
    release.cells.find(
      (cell) => cellKey(cell.measure, cell.statistic, cell.at) === cellKey(measure, statistic, { wave: "2011", ...at }),
    );
  const valueAt = (...key: Parameters<typeof cellAt>): number => {
    const figure = cellAt(...key)?.figure;
    if (figure?.kind !== "value") throw new Error(`${JSON.stringify(key)}: ${figure?.kind ?? "no cell"}`);
    return figure.value;
  };

  beforeAll(() => {
    home = temporaryFolder("sd2011");
    rows.push(...Papa.parse<Row>(readFileSync(RAW, "utf8"), { header: true, skipEmptyLines: true }).data);
    persons = readPersons(rows);
    ingested = done("ingest", "--home", home, "--codebook", CODEBOOK, RAW) as never;
    const { release: id } = done("release", "--home", home, "--life-event", LIFE_EVENT) as never as { release: string };
    done("publish", "--home", home, "--release", id);
    done("export", "--home", home, "--release", id, "--format", "json", "--out", join(home, "out.json"));
    release = ReleaseContract.parse(JSON.parse(readFileSync(join(home, "out.json"), "utf8")));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("every row is read, and every column counts what the raw file and its codebook.csv hold", () => {
    expect(ingested.rows).toEqual({ read: rows.length, loaded: rows.length, rejected: 0 });
    expect(ingested.findings).toEqual([]);
    expect(codebook.columns.map(({ column }) => column)).toEqual(Object.keys(rows[0] as Row));
    const described = Papa.parse<Row>(readFileSync(join(FOLDER, "codebook.csv"), "utf8"), { header: true }).data;
    expect(ingested.columns.length).toBe(20);
    for (const { column, use, valid, missing, mean: average, min, max, values } of ingested.columns) {
      const texts = rows.map((row) => row[column] as string);
      const blank = texts.filter((text) => text === "").length;
      const refused = texts.filter((text) => text === "-8").length;
      expect([column, blank]).toEqual([
        column,
        Number(described.find(({ variable }) => variable === column)?.n_missing),
      ]);
      const mistyped = column === "bmi" ? 1 : 0;
      expect([column, missing.no_answer ?? 0]).toEqual([column, blank + mistyped]);
      expect((missing.refused ?? 0) + (missing.not_applicable ?? 0)).toBe(refused);
      expect(valid).toBe(rows.length - blank - refused - mistyped);
      if (use !== "item") continue;
      const declared = codebook.columns.find((entry) => entry.column === column);
      const words = declared?.use === "item" ? codebook.scales?.[declared.scale]?.values : undefined;
      const answers = texts
        .filter((text) => text !== "" && text !== "-8")
        .map((text) => (words ? (words[text] as number) : Number(text)));
      const counts: Record<string, number> = {};
      for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
      expect([column, average?.toFixed(9)]).toEqual([column, mean(answers).toFixed(9)]);
      expect([column, min, max]).toEqual([column, Math.min(...answers), Math.max(...answers)]);
      expect([column, values]).toEqual([column, column === "income" ? null : counts]);
    }
  });

  test("its README's check values are what ingest counts: words in order, blanks, -8, regions, ranges", () => {
    const stated = (pattern: RegExp) => readme().match(pattern)?.slice(1) ?? [];
    expect(stated(/([\d,]+) rows x (\d+) columns/)).toEqual([
      ingested.rows.read?.toLocaleString("en"),
      String(codebook.columns.length),
    ]);
    const [order = "", counts = ""] = stated(/`ls` order is ([A-Z >]+): counts ([\d/]+)/);
    expect(order.split(" > ").reverse()).toEqual(WORDS.ls);
    const life = columnOf("ls");
    expect([7, 6, 5, 4, 3, 2, 1].map((answer) => life.values?.[answer]).join("/")).toBe(counts);
    expect(stated(/(\d+) blank `ls`/)).toEqual([String(life.missing.no_answer)]);
    expect(stated(/(\d+) of income, (\d+) of nociga/)).toEqual([
      String(columnOf("income").missing.refused),
      String(columnOf("nociga").missing.not_applicable),
    ]);
    const regions = Object.values(columnOf("region").values ?? {});
    expect(stated(/(\d+) regions n=(\d+)\.\.(\d+)/)).toEqual(
      [regions.length, Math.min(...regions), Math.max(...regions)].map(String),
    );
    expect(stated(/depress (\d+)-(\d+), higher = worse/)).toEqual(
      [columnOf("depress").min, columnOf("depress").max].map(String),
    );
    expect(stated(/bmi max ([\d.]+)/)).toEqual([Math.max(...rows.map(({ bmi }) => Number(bmi))).toFixed(2)]);
  });

  test("income is valid for 74 %, insecurity for 69 %; of seven dimensions 4,472 persons have six (METHOD §3.10)", () => {
    expect(Math.round((100 * columnOf("income").valid) / rows.length)).toBe(74);
    expect(Math.round((100 * columnOf("unempdur").valid) / rows.length)).toBe(69);
    const seven = Object.keys(ITEMS).filter((dimension) => dimension !== "subjective");
    const has = (person: number) => given(seven.map((dimension) => persons[person]?.scores[dimension])).length;
    const usable = rows.filter((_, person) => has(person) >= 6);
    expect(Math.round((100 * rows.filter((_, person) => has(person) === 7).length) / rows.length)).toBe(52);
    // METHOD's prototype read months above 24 as missing; here they count as the cap (§1.2), which keeps four persons.
    const above = usable.filter(({ unempdur }) => Number(unempdur) > 24);
    expect([above.length, usable.length - above.length]).toEqual([4, 4472]);
    expect(persons.filter(({ scores }) => given(USABLE.map((id) => scores[id])).length === 4).length).toBe(3694);
  });

  test("three dimensions are coarse, so four stay usable and the verdict is none", () => {
    const { verdict, certificate, k, labels } = release.segmentation;
    expect(certificate.dimensions).toEqual(USABLE);
    expect([...certificate.leftOut].sort((left, right) => (left.dimension < right.dimension ? -1 : 1))).toEqual([
      { dimension: "activities", reason: "coarse" },
      { dimension: "environment", reason: "absent" },
      { dimension: "insecurity", reason: "coarse" },
      { dimension: "voice", reason: "coarse" },
    ]);
    expect([verdict, k, labels]).toEqual(["none", null, []]);
    expect(release.synthetic).toBe(false);
    expect(release.measures.filter(({ proxy }) => proxy).map(({ id }) => id)).toEqual([
      "dimension.voice",
      "low.voice",
      "item.trust",
    ]);
  });

  test("every mean of every dimension and item, in every cell, is the raw file's", () => {
    const itemOf = new Map(codebook.columns.flatMap((item) => (item.use === "item" ? [[item.id, item.column]] : [])));
    let looked = 0;
    const wrong: unknown[] = [];
    for (const { measure, statistic, at, figure } of release.cells) {
      const [kind, id = ""] = measure.split(".");
      if (figure.kind !== "value" || statistic !== "mean" || !(kind === "dimension" || kind === "item")) continue;
      const name = kind === "item" ? (itemOf.get(id) as string) : id;
      const scores = given(personsAt(at).map((person) => person.scores[name]));
      if (scores.length < 10 || figure.value !== round(mean(scores), 1))
        wrong.push([measure, at, figure, mean(scores)]);
      looked++;
    }
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(5000);
  });

  test("it has no segments; its groupings are troubles and bands, and both cut the area and the gender", () => {
    const codes = new Map(release.variables.map(({ id, codes }) => [id, codes.map(({ code }) => code)]));
    expect(codes.has("segment")).toBe(false);
    expect(codes.get("troubles")).toEqual(["0", "1", "2", "3+"]);
    expect(codes.get("band")).toEqual(["1", "2", "3", "4", "5"]);
    for (const grouping of ["band", "troubles"])
      for (const variable of ["area", "gender"]) expect(release.grids).toContainEqual(["wave", grouping, variable]);
  });

  test("each share of troubles and bands is the raw file's, among the persons with three of four dimensions", () => {
    expect(persons.filter(({ codes }) => codes.troubles).length).toBe(4989);
    for (const [grouping, groups] of [
      ["troubles", ["0", "1", "2", "3+"]],
      ["band", ["1", "2", "3", "4", "5"]],
    ] as const) {
      let looked = 0;
      const wrong: unknown[] = [];
      for (const { measure, statistic, at, figure } of release.cells) {
        if (measure !== "persons" || statistic !== "percent" || figure.kind !== "value") continue;
        if (!(grouping in at) || ("troubles" in at && "band" in at)) continue;
        const { [grouping]: code, ...without } = at;
        const placed = personsAt(without).filter(({ codes }) => codes[grouping]);
        const share = (100 * placed.filter(({ codes }) => codes[grouping] === code).length) / placed.length;
        if (figure.value !== round(share, 0)) wrong.push([at, figure, share]);
        looked++;
      }
      expect(wrong).toEqual([]);
      expect(looked).toBeGreaterThan(groups.length * 20);
      const shares = groups.map((code) => valueAt("persons", "percent", { [grouping]: code }));
      expect(Math.abs(shares.reduce((total, share) => total + share, 0) - 100)).toBeLessThanOrEqual(2);
      if (grouping === "band") expect(shares).toEqual([20, 20, 20, 20, 20]);
    }
  });

  test("life is felt worse with each trouble and better with each band", () => {
    const life = (grouping: string, codes: string[]) =>
      codes.map((code) => valueAt("dimension.subjective", "mean", { [grouping]: code }));
    const falling = life("troubles", ["0", "1", "2", "3+"]);
    expect(falling).toEqual([...falling].sort((left, right) => right - left));
    const rising = life("band", ["1", "2", "3", "4", "5"]);
    expect(rising).toEqual([...rising].sort((left, right) => left - right));
    expect(new Set([...falling, ...rising]).size).toBe(9);
  });

  test("three troubles or more pile up half again as often as independent ones would", () => {
    const placed = persons.filter(({ codes }) => codes.troubles);
    let chances = [1, 0, 0, 0, 0];
    for (const dimension of USABLE) {
      const low = mean(given(placed.map(({ scores }) => scores[dimension])).map((score) => (score < 40 ? 1 : 0)));
      chances = chances.map((chance, count) => chance * (1 - low) + (chances[count - 1] ?? 0) * low);
    }
    for (const [code, chance] of [
      ["0", chances[0] as number],
      ["3+", (chances[3] as number) + (chances[4] as number)],
    ] as const) {
      const pile = release.segmentation.pileUp.find((entry) => entry.code === code);
      if (!pile) throw new Error(`no pile-up of ${code}`);
      const observed = placed.filter(({ codes }) => codes.troubles === code).length / placed.length;
      expect(Math.abs(pile.independent - 100 * chance)).toBeLessThanOrEqual(0.51);
      expect(Math.abs(pile.ratio - observed / chance)).toBeLessThanOrEqual(0.011);
      expect(pile.low).toBeGreaterThan(1);
      expect([pile.low, pile.ratio, pile.high]).toEqual([pile.low, pile.ratio, pile.high].sort((a, b) => a - b));
    }
  });

  test("the items of health run against each other: those who say they do sport have more symptoms, and it is said", () => {
    const complete = persons
      .map(({ scores }) => (ITEMS.health ?? []).map((item) => scores[item] as number))
      .filter((scores) => given(scores).length === 3);
    const about = [0, 1, 2].map((item) => mean(complete.map((scores) => scores[item] as number)));
    const covariance = (left: number, right: number) =>
      mean(
        complete.map((scores) =>
          scores.reduce(
            (product, score, item) =>
              item === left || item === right ? product * (score - (about[item] as number)) : product,
            1,
          ),
        ),
      );
    expect(covariance(0, 1)).toBeLessThan(0);
    expect(covariance(0, 1) + covariance(0, 2) + covariance(1, 2)).toBeLessThan(0);
    const health = release.reliability.find(({ dimension }) => dimension === "health");
    expect(health).toMatchObject({ formative: true, opposed: true });
  });

  test("its picture leads with the troubles, speaks of no segment, and every figure on it is a cell", async () => {
    const { url, stop } = await serveHome(home);
    try {
      const cells = new Set(release.cells.map((cell) => cellKey(cell.measure, cell.statistic, cell.at)));
      for (const prefix of ["", "/sv", "/en"]) {
        const answer = await fetch(`${url}${prefix}/pictures/${release.lifeEvent.id}`);
        expect(answer.status).toBe(200);
        const html = await answer.text();
        const printed = [...html.matchAll(/<data[^>]*data-cell="([^"]+)"[^>]*>/g)].map(([, key = ""]) =>
          key.replaceAll("&amp;", "&"),
        );
        expect(printed.length).toBeGreaterThan(50);
        expect(printed.filter((key) => !cells.has(key))).toEqual([]);
        expect(printed.filter((key) => /[?&]segment=/.test(key))).toEqual([]);
        for (const first of [/[?&](troubles|band)=/, /^persons\/percent/])
          expect(printed.find((key) => first.test(key))).toMatch(/[?&]troubles=/);
        for (const code of ["0", "1", "2", "3+"])
          expect(printed).toContain(`persons/percent?wave=2011&troubles=${code}`);
      }
    } finally {
      await stop();
    }
  });
});
