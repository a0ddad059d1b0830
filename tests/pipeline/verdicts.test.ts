import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../command.ts";
import { noLine, oneLine, oneQuestion, threeKinds } from "./kinds-of-people.ts";
import {
  answer,
  background,
  codebook,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  pairs,
  type Row,
  SIX,
  type Survey,
  valueAt,
} from "./made-up.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("verdicts");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes the release of a survey under a life event's name; the file bears that name too. */
function made(survey: Survey, event: string) {
  const own = house(folder, `${event}-${survey.codebook.id}`);
  own.ingest(survey, `${event}.csv`);
  const tables = [["segment", "area"]];
  const release = own.release(lifeEvent(event, survey.codebook.id, { variables: ["area"], tables }));
  return { own, release };
}
const PLAIN = {};
/** Every name that a steward gives is another one. */
const OTHER = { id: "muuttajat-9", contributor: "kyla", wave: "syksy" };
const SLOW = 240_000;

describe("three kinds of people", () => {
  let first: ReturnType<typeof made>;
  const { survey, kinds } = threeKinds(1, 720, PLAIN);
  beforeAll(() => {
    first = made(survey, "kinds");
  }, SLOW);

  test("are found: three segments, by the test of structure too", () => {
    const { verdict, k, labels, certificate } = first.release.segmentation;
    expect([verdict, k, labels.map(({ code }) => code)]).toEqual(["segments", 3, ["A", "B", "C"]]);
    expect(certificate.structure?.pValue).toBe(0.01);
    expect(certificate.segments.map(({ code, reading }) => [code, reading])).toEqual(
      ["A", "B", "C"].map((code) => [code, "very-stable"]),
    );
    expect(certificate.chosenBy).toBe("rule");
  });

  test("are who they were drawn as: nineteen of twenty of a segment are one kind, and each kind is one segment", () => {
    const { labels } = first.own.inspect(first.release.id);
    const kindsOf = (segment: string) =>
      labels.filter((label) => label.segment === segment).map(({ line }) => kinds[Number(line) - 2] as number);
    const leading = ["A", "B", "C"].map((segment) => {
      const held = kindsOf(segment);
      const counts = [0, 1, 2].map((kind) => held.filter((own) => own === kind).length);
      expect(Math.max(...counts) / held.length).toBeGreaterThan(0.95);
      return counts.indexOf(Math.max(...counts));
    });
    expect([...leading].sort()).toEqual([0, 1, 2]);
  });

  test("are described by what sets them apart, each high in three dimensions and low in three", () => {
    for (const { profile, typical, overlap } of first.release.segmentation.certificate.segments) {
      expect(profile.filter(({ z }) => z > 0.4).length).toBe(3);
      expect(profile.filter(({ z }) => z < -0.4).length).toBe(3);
      expect(typical).toEqual([{ variable: "area", code: "s" }]);
      expect(overlap.length).toBe(2);
    }
  });

  test("leave about one in a hundred of the reference wave far from every group, and no more", () => {
    const { value } = first.own.inspect(first.release.id).unrounded("atypical/percent?wave=2024");
    expect(value).toBeGreaterThan(0.003);
    expect(value).toBeLessThanOrEqual(0.01 + 1e-9);
    expect(first.release.segmentation.certificate.waves[0]?.atypicalHigh).toBe(false);
  });

  test(
    "are found again among others drawn alike, under the names of the survey that has none",
    () => {
      const { segmentation } = made(threeKinds(2, 420, OTHER).survey, "line").release;
      expect([segmentation.verdict, segmentation.k]).toEqual(["segments", 3]);
    },
    SLOW,
  );

  test(
    "are the same to the last digit, whatever survey, town, wave, file and life event are called",
    () => {
      const renamed = made(threeKinds(1, 720, OTHER).survey, "line-again").release;
      const { waves: _, ...certificate } = first.release.segmentation.certificate;
      expect(renamed.segmentation.certificate).toMatchObject(
        JSON.parse(JSON.stringify(certificate).replaceAll("2024", "syksy")),
      );
      expect(renamed.segmentation.labels).toEqual(first.release.segmentation.labels);
    },
    SLOW,
  );
});

/** Of segments that the verdict does not publish nothing leaves, but the steward has them. */
function expectNothingOfSegments({ own, release }: ReturnType<typeof made>, keeps: "groups" | "nothing") {
  expect(release.variables.map(({ id }) => id)).toEqual(["wave", "band", "troubles", "area"]);
  expect(release.segmentation).toMatchObject({ k: null, labels: [], certificate: { segments: [] } });
  expect(release.grids.flat()).not.toContain("segment");
  expect(
    release.cells.filter(({ at, figure }) => "segment" in at || JSON.stringify(figure).includes("segment")),
  ).toEqual([]);
  expect(release.measures.map(({ id }) => id)).not.toContain("atypical");
  expect(own.text(release.id)).not.toMatch(/"segment"|segment=/);
  const { data } = Papa.parse<Record<string, string>>(
    readFileSync(join(own.home, "published", release.id, "cells.csv"), "utf8"),
    { header: true, skipEmptyLines: true },
  );
  expect(new Set(data.map(({ segment }) => segment))).toEqual(new Set(["all"]));
  const { labels, model } = own.inspect(release.id);
  const kept = new Set(labels.flatMap(({ segment }) => (segment ? [segment] : []))).size;
  expect(kept).toBe(model.model?.centroids.length ?? 0);
  expect(kept >= 2).toBe(keeps === "groups");
}

describe("people on one line from ill to well", () => {
  test.each([
    { name: "by their own name", survey: oneLine(3, 720, PLAIN), event: "line" },
    {
      name: "by another seed, under the names of those who are of three kinds",
      survey: oneLine(4, 320, OTHER),
      event: "kinds",
    },
  ])(
    "differ in how much and not in kind: $name",
    ({ survey, event }) => {
      const found = made(survey, event);
      const { verdict, certificate } = found.release.segmentation;
      expect(verdict).toBe("level-only");
      expect(certificate.levelShare).toBeGreaterThanOrEqual(0.9);
      expect(certificate.structure?.pValue).toBeGreaterThan(0.05);
      expectNothingOfSegments(found, "groups");
      // What they have are five bands of a fifth each.
      for (const band of ["1", "2", "3", "4", "5"])
        expect(
          Math.abs(valueAt(found.release, `persons/percent?wave=${survey.codebook.wave}&band=${band}`).value - 20),
        ).toBeLessThanOrEqual(1);
    },
    SLOW,
  );
});

describe("people whom one question parts", () => {
  test.each([
    { name: "by their own name", survey: oneQuestion(5, 720, PLAIN), event: "question" },
    { name: "by another seed and other names", survey: oneQuestion(6, 320, OTHER), event: "kinds-too" },
  ])(
    "are told by that question: $name",
    ({ survey, event }) => {
      const found = made(survey, event);
      expect(found.release.segmentation.verdict).toBe("one-question");
      expect(found.release.segmentation.certificate.oneQuestion).toBe("activities");
      expectNothingOfSegments(found, "groups");
    },
    SLOW,
  );
});

describe("no groups that could be found again", () => {
  test(
    "where dimensions have nothing to do with each other",
    () => {
      const found = made(noLine(7, 320, PLAIN), "none");
      const { verdict, certificate } = found.release.segmentation;
      expect([verdict, certificate.notes[0]]).toEqual(["none", "no-admissible-k"]);
      expect(certificate.tried.map(({ k, admissible }) => [k, admissible])).toEqual([
        [2, false],
        [3, false],
      ]);
      expectNothingOfSegments(found, "nothing");
    },
    SLOW,
  );

  test(
    "where each stratum has one sampling unit: that it is drawn again and again does not make four groups of three stable",
    () => {
      const { survey } = threeKinds(10, 420, { id: "units" });
      const units = ["h", "p"].map((column) => ({ column, use: column === "h" ? "stratum" : "psu" }));
      const columns = [...units, ...survey.codebook.columns];
      const rows = survey.rows.map((row, person) => ({ ...row, h: `h${person % 4}`, p: `p${person % 4}` }));
      const { tried } = made({ codebook: codebook("units", columns), rows }, "units").release.segmentation.certificate;
      expect(tried.find(({ k }) => k === 4)?.admissible).toBe(false);
    },
    SLOW,
  );

  test("where fewer than five dimensions can carry them: troubles stand, and each dimension left out says why", () => {
    const random = draws(8);
    const rows = Array.from({ length: 300 }, (): Row => {
      const near = (height: number) => answer(height + 2 * random.normal());
      const row: Row = {
        area: random.below(2) ? "s" : "n",
        insecurity_a: random.below(3) * 5,
        environment_a: random.below(10) < 5 ? 98 : near(5),
        voice_a: 7,
      };
      for (const { column } of pairs(SIX.slice(0, 4))) row[column] = near(6);
      return row;
    });
    const single = ["insecurity", "environment", "voice"].map((dimension) => item(`${dimension}_a`, dimension));
    const columns = [background("area", ["n", "s"]), ...pairs(SIX.slice(0, 4)), ...single];
    const found = made({ codebook: codebook("few", columns), rows }, "few");
    const { verdict, certificate } = found.release.segmentation;
    expect([verdict, certificate.notes, certificate.tried]).toEqual(["none", ["few-dimensions"], []]);
    expect(certificate.dimensions).toEqual(SIX.slice(0, 4));
    expect(Object.fromEntries(certificate.leftOut.map(({ dimension, reason }) => [dimension, reason]))).toEqual({
      insecurity: "coarse",
      environment: "few-valid",
      voice: "constant",
      education: "absent",
    });
    expectNothingOfSegments(found, "nothing");
    const kinds = ["0", "1", "2", "3+"].map(
      (code) => figures(found.release).get(`persons/percent?wave=2024&troubles=${code}`)?.kind,
    );
    expect(kinds).toContain("value");
    // A dimension left out of the groupings is described all the same.
    expect(valueAt(found.release, "dimension.insecurity/mean?wave=2024").n).toBe(300);
  });
});
