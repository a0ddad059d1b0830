import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { byVariableOrder, cellKey } from "../../data/contracts/cell-key.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { done } from "../command.ts";
import { sampleHome } from "../home.ts";

describe("a release of the samples is a closed set of cells", () => {
  let releases: { release: Release; csv: string }[];
  beforeAll(async () => {
    const home = await sampleHome();
    const { published } = done("status", "--home", home) as never as { published: Record<string, string> };
    releases = Object.values(published).map((id) => ({
      release: ReleaseContract.parse(JSON.parse(readFileSync(join(home, "published", id, "release.json"), "utf8"))),
      csv: readFileSync(join(home, "published", id, "cells.csv"), "utf8"),
    }));
    expect(releases.length).toBeGreaterThan(0);
  }, 300_000);

  test("keys are unique and sorted, and every cell names its wave", () => {
    for (const { release } of releases) {
      const keys = release.cells.map(({ measure, statistic, at }) => cellKey(measure, statistic, at));
      expect(keys).toEqual([...new Set(keys)].sort((left, right) => (left < right ? -1 : 1)));
      expect(release.cells.every(({ at }) => at.wave !== undefined)).toBe(true);
    }
  });

  test("every grid that a measure stands in is the full product of the codes of its one-way cells", () => {
    for (const { release } of releases) {
      const codes = new Map(release.variables.map(({ id, codes: list }) => [id, list.length]));
      const counts = new Map<string, number>();
      for (const { measure, statistic, at } of release.cells) {
        const grid = Object.keys(at).sort().join(" ");
        counts.set(`${measure} ${statistic}|${grid}`, (counts.get(`${measure} ${statistic}|${grid}`) ?? 0) + 1);
      }
      for (const [key, count] of counts) {
        const [measure = "", grid = ""] = key.split("|");
        if (/people|coverage/.test(measure)) continue; // a register speaks for the waves and variables it has
        expect([key, count]).toEqual([
          key,
          grid.split(" ").reduce((product, variable) => product * (codes.get(variable) ?? 0), 1),
        ]);
      }
    }
  });

  test("no shown n is below k, no survey figure is zero, protected figures carry nothing", () => {
    for (const { release } of releases)
      for (const { figure, measure, statistic } of release.cells) {
        if (figure.kind !== "value") expect(Object.keys(figure)).toEqual(["kind"]);
        else {
          if (figure.n !== null) expect(figure.n).toBeGreaterThanOrEqual(release.policy.minimumPersons);
          // A share or a count of nobody is never a number; a slope, a share of R² or a correlation may be nothing.
          if (statistic === "percent" || statistic === "count" || statistic === "median")
            expect([measure, figure.value]).not.toEqual([measure, 0]);
          if (figure.low !== null && figure.high !== null) {
            expect(figure.low).toBeLessThanOrEqual(figure.value);
            expect(figure.high).toBeGreaterThanOrEqual(figure.value);
          }
        }
      }
  });

  test("what is said of a segment beside the cells is said of shown cells alone", () => {
    for (const { release } of releases) {
      const shown = new Set(
        release.cells.flatMap(({ measure, statistic, at, figure }) =>
          figure.kind === "value" ? [cellKey(measure, statistic, at)] : [],
        ),
      );
      const { referenceWave: wave, certificate, labels } = release.segmentation;
      expect(certificate.segments.map(({ code }) => code)).toEqual(labels.map(({ code }) => code));
      for (const { code: segment, background, typical, profile, distinguishing } of certificate.segments) {
        const told = [
          ...[...background, ...typical].map(({ variable, code }) =>
            cellKey("persons", "count", { wave, segment, [variable]: code }),
          ),
          ...profile.map(({ dimension }) => cellKey(`dimension.${dimension}`, "mean", { wave, segment })),
          ...distinguishing.map(({ measure }) => cellKey(measure, "mean", { wave, segment })),
        ];
        expect(told.length).toBeGreaterThan(3);
        expect(told.filter((key) => !shown.has(key))).toEqual([]);
      }
    }
  });

  test("at most two variables beside the wave but in declared tables, and a service's users count as one", () => {
    for (const { release } of releases)
      for (const { measure, at } of release.cells) {
        const cut = Object.keys(at).length - 1 + (/^service\..*\.(need-met|experience)$/.test(measure) ? 1 : 0);
        if (cut > 2) expect(release.grids).toContainEqual(Object.keys(at).sort(byVariableOrder));
        expect(cut).toBeLessThanOrEqual(3);
      }
  });

  test("the CSV says what the document says, cell by cell", () => {
    for (const { release, csv } of releases) {
      const { data, meta } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
      expect(meta.fields?.slice(0, 7)).toEqual(["measure", "statistic", "wave", "segment", "band", "troubles", "area"]);
      expect(data.length).toBe(release.cells.length);
      release.cells.forEach((cell, index) => {
        const row = data[index] as Record<string, string>;
        const at = Object.fromEntries(
          release.variables.flatMap(({ id }) => (row[id] === "all" ? [] : [[id, row[id]]])),
        );
        expect(at).toEqual(cell.at);
        expect(row.kind).toBe(cell.figure.kind);
        expect(row.value).toBe(cell.figure.kind === "value" ? String(cell.figure.value) : "");
        const everyone =
          cell.figure.kind === "value" ? cell.figure.versus.find(({ against }) => against === "everyone") : undefined;
        expect(row.difference).toBe(everyone ? String(everyone.difference) : "");
      });
    }
  });
});
