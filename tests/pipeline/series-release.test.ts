import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { done, temporaryFolder } from "../command.ts";
import { answer, background, codebook, draws, figures, house, lifeEvent, names, pairs, type Row } from "./made-up.ts";

/** Thirty-six quiet months of the jobless, and then twice as many; the smallest area is hidden at source now and then. */
const AREAS = ["n", "s"];
const MONTHS = Array.from(
  { length: 40 },
  (_, step) => `${2019 + Math.floor(step / 12)}-${String((step % 12) + 1).padStart(2, "0")}`,
);
const random = draws(8);
const jobless: Row[] = MONTHS.flatMap((month, step) =>
  AREAS.map((area) => ({
    month,
    area,
    jobless:
      area === "s" && step % 11 === 5
        ? ""
        : Math.round((area === "n" ? 4000 : 300) * (step < 36 ? 1 : 2) + 40 * random.normal()),
  })),
);
const people: Row[] = Array.from({ length: 320 }, () => {
  const height = 6 + 2 * random.normal();
  const near = () => answer(height + random.normal());
  return { area: random.below(3) ? "n" : "s", health_a: near(), health_b: near(), social_a: near(), social_b: near() };
});

let folder: string;
let home: string;
let release: Release;
beforeAll(() => {
  folder = temporaryFolder("series-release");
  const own = house(folder, "monthly");
  home = own.home;
  own.ingest({
    codebook: codebook("asked", [background("area", AREAS), ...pairs(["health", "social"])]),
    rows: people,
  });
  own.ingest(
    {
      codebook: codebook(
        "counted",
        [
          { column: "month", use: "month" },
          background("area", AREAS),
          {
            ...{
              column: "jobless",
              use: "count",
              id: "jobless",
              name: names("the jobless"),
              direction: "-",
              counts: "stock",
            },
            missing: [{ code: "", reason: "suppressed_at_source" }],
          },
        ],
        {
          kind: "register-counts",
          file: {
            encoding: "utf-8",
            delimiter: ";",
            quote: '"',
            decimal: ".",
            header: true,
            skipLines: 0,
            empty: ["-"],
          },
        },
      ),
      rows: jobless,
    },
    "register.csv",
  );
  release = own.release(
    lifeEvent("monthly-event", "asked", {
      variables: ["area"],
      sources: [
        { codebook: "asked", role: "survey" },
        { codebook: "counted", role: "series" },
      ],
    }),
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const counted = (month: string, area: string) =>
  jobless.find((row) => row.month === month && row.area === area)!.jobless;
const figureOf = (month: string, area?: string) =>
  figures(release).get(cellKey("series.jobless", "people", { wave: "2024", month, ...(area && { area }) }));

test("every month of the register is a cell of the release, to two digits; what is hidden at source is not zero", () => {
  let hidden = 0;
  for (const month of MONTHS) {
    const [north, south] = [counted(month, "n"), counted(month, "s")];
    expect([month, figureOf(month, "n")]).toMatchObject([
      month,
      { kind: "value", value: Number(Number(north).toPrecision(2)) },
    ]);
    const of = figureOf(month, "s");
    if (south === "") {
      hidden++;
      expect([month, of?.kind === "value" && of.value > 0]).toEqual([month, false]);
      expect([month, figureOf(month)?.kind === "value" && figureOf(month)]).toMatchObject([
        month,
        { flags: ["incomplete"] },
      ]);
    } else expect([month, of]).toMatchObject([month, { kind: "value", value: Number(Number(south).toPrecision(2)) }]);
  }
  expect(hidden).toBeGreaterThan(2);
  expect(release.measures.find(({ id }) => id === "series.jobless")).toMatchObject({
    direction: "-",
    statistics: ["people"],
  });
  expect(release.variables.find(({ id }) => id === "month")?.codes.map(({ code }) => code)).toEqual(MONTHS);
});

test("twice as many than in three years before is a change for the worse, from its first month on", () => {
  const north = release.series!.find(({ area }) => area === "n")!;
  expect(north).toMatchObject({
    id: "jobless",
    counts: "stock",
    direction: "-",
    reading: "concern",
    chart: "process-limits",
  });
  const outside = north.signals
    .filter(({ rule, side }) => rule === "outside" && side === "high")
    .flatMap(({ months }) => months);
  for (const month of MONTHS.slice(36)) expect(outside).toContain(month);
  expect(outside.filter((month) => month < "2022").length).toBeLessThanOrEqual(1);
  const south = release.series!.find(({ area }) => area === "s")!;
  expect(south.gaps).toContainEqual({
    reason: "suppressed_at_source",
    months: MONTHS.filter((month) => counted(month, "s") === ""),
  });
});

test("the published table has a column for the month, and every series row names it", () => {
  const out = join(folder, "cells.csv");
  done("export", "--home", home, "--release", release.id, "--format", "csv", "--out", out);
  const rows = Papa.parse<Record<string, string>>(readFileSync(out, "utf8"), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const series = rows.filter(({ measure }) => measure === "series.jobless");
  expect(series.length).toBe(3 * MONTHS.length);
  expect(new Set(series.map(({ month }) => month))).toEqual(new Set(MONTHS));
  expect(new Set(rows.filter(({ measure }) => measure === "dimension.health").map(({ month }) => month))).toEqual(
    new Set(["all"]),
  );
});
