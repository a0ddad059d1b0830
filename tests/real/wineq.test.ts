import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { done, ROOT, SHARED, temporaryFolder } from "../command.ts";
import { serveHome } from "../home.ts";

const RAW = join(SHARED, "data", "wineq_wellbeing_2015_2019", "data.csv");
const CODEBOOK = join(ROOT, "tests", "real", "wineq.codebook.json");
const LIFE_EVENT = join(ROOT, "tests", "real", "wineq.life-event.json");

type Column = {
  column: string;
  valid: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  values: Record<string, number> | null;
};

describe.skipIf(!existsSync(RAW))("a real survey of two waves (needs ../shared/data)", () => {
  let home: string;
  let ingested: { rows: Record<string, number>; columns: Column[]; waves: string[] };
  let release: Release;
  let csv: string;
  const rows: Record<string, string>[] = [];

  beforeAll(() => {
    home = temporaryFolder("wineq");
    rows.push(
      ...Papa.parse<Record<string, string>>(readFileSync(RAW, "utf8"), { header: true, skipEmptyLines: true }).data,
    );
    ingested = done("ingest", "--home", home, "--codebook", CODEBOOK, RAW) as never;
    const { release: id } = done("release", "--home", home, "--life-event", LIFE_EVENT) as never as { release: string };
    done("publish", "--home", home, "--release", id);
    done("export", "--home", home, "--release", id, "--format", "json", "--out", join(home, "out.json"));
    done("export", "--home", home, "--release", id, "--format", "csv", "--out", join(home, "out.csv"));
    release = ReleaseContract.parse(JSON.parse(readFileSync(join(home, "out.json"), "utf8")));
    csv = readFileSync(join(home, "out.csv"), "utf8");
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("ingest counts every column exactly as the raw file holds it", () => {
    expect(ingested.rows).toEqual({ read: rows.length, loaded: rows.length, rejected: 0 });
    const items = ingested.columns.filter(({ column }) => /^V\d+$/.test(column));
    expect(items.length).toBe(23);
    for (const { column, valid, mean, min, max, values } of items) {
      const answers = rows.map((row) => Number(row[column]));
      const counts: Record<string, number> = {};
      for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
      expect(valid).toBe(answers.length);
      expect(values).toEqual(counts);
      expect(mean).toBeCloseTo(answers.reduce((total, answer) => total + answer, 0) / answers.length, 12);
      expect([min, max]).toEqual([Math.min(...answers), Math.max(...answers)]);
    }
  });

  test("its README's check values are the raw file's means, and the release's item means are theirs on 0–100", () => {
    const readme = readFileSync(join(RAW, "..", "README.md"), "utf8");
    const stated = [...readme.matchAll(/(V\d+) [a-z ]+ (\d\.\d{3}) -> (\d\.\d{3})/g)];
    expect(stated.length).toBe(7);
    for (const [, column = "", first, second] of stated)
      for (const [wave, mean] of [
        ["2015", first],
        ["2019", second],
      ] as const) {
        const answers = rows.filter((row) => row.Year === wave).map((row) => Number(row[column]));
        const raw = answers.reduce((total, answer) => total + answer, 0) / answers.length;
        expect(raw.toFixed(3)).toBe(mean);
        const cell = release.cells.find(
          (entry) =>
            cellKey(entry.measure, entry.statistic, entry.at) === `item.${column.toLowerCase()}/mean?wave=${wave}`,
        );
        if (cell?.figure.kind !== "value") throw new Error(`${column} ${wave}: no value`);
        expect(cell.figure.value).toBe(Math.round(((raw - 1) / 4) * 1000 + 1e-6) / 10);
        expect(csv).toContain(
          `\nitem.${column.toLowerCase()},mean,${wave},all,all,all,all,all,value,${cell.figure.value},`,
        );
      }
  });

  test("every two-way mean of every item is the raw file's, and no group under ten is shown", () => {
    let looked = 0;
    for (const cell of release.cells) {
      const item = cell.measure.match(/^item\.(v\d+)$/)?.[1]?.toUpperCase();
      if (!item || "segment" in cell.at) continue;
      const answers = rows
        .filter(
          (row) =>
            row.Year === cell.at.wave &&
            (!cell.at.area || row.Area?.toLowerCase() === cell.at.area) &&
            (!cell.at.gender || row.Gender?.[0]?.toLowerCase() === cell.at.gender),
        )
        .map((row) => (Number(row[item]) - 1) * 25);
      looked++;
      if (cell.figure.kind !== "value") continue;
      const mean = answers.reduce((total, answer) => total + answer, 0) / answers.length;
      expect(answers.length).toBeGreaterThanOrEqual(10);
      expect(cell.figure.value).toBe(Math.round((mean + 1e-9) * 10) / 10);
    }
    expect(looked).toBe(2 * 23 * (1 + 2 + 2 + 4));
  });

  test("the verdict is untested, education is marked as a proxy, nothing is called synthetic", () => {
    expect(release.segmentation.verdict).toBe("untested");
    expect(release.synthetic).toBe(false);
    expect(release.measures.filter(({ proxy }) => proxy).map(({ id }) => id)).toEqual([
      "dimension.education",
      "item.v1",
    ]);
    const education = release.cells.filter(
      ({ measure, figure }) => measure === "dimension.education" && figure.kind === "value",
    );
    expect(education.length).toBeGreaterThan(0);
    expect(education.every(({ figure }) => figure.kind === "value" && figure.flags.includes("proxy"))).toBe(true);
  });

  test("its picture is served in three languages: the figures are the cells', untested is said, synthetic is not", async () => {
    const { url, stop } = await serveHome(home);
    try {
      const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
      const [lifeEvent = ""] = Object.keys(published);
      const cells = new Map(release.cells.map((cell) => [cellKey(cell.measure, cell.statistic, cell.at), cell]));
      for (const [prefix, synthetic] of [
        ["", "Synteettinen"],
        ["/sv", "Syntetisk"],
        ["/en", "Synthetic"],
      ] as const) {
        const answer = await fetch(`${url}${prefix}/pictures/${lifeEvent}`);
        const html = await answer.text();
        expect(answer.status).toBe(200);
        expect(html).not.toContain(synthetic);
        const printed = [...html.matchAll(/<data[^>]*data-cell="([^"]+)"[^>]*>([^<]*)<\/data>/g)];
        expect(printed.length).toBeGreaterThan(50);
        for (const [, key = ""] of printed) expect([key, cells.has(key.replaceAll("&amp;", "&"))]).toEqual([key, true]);
      }
      const bytes = await fetch(`${url}/api/published/${release.id}/release.json`).then((response) => response.text());
      expect(bytes).toBe(readFileSync(join(home, "out.json"), "utf8"));
    } finally {
      await stop();
    }
  });
});
