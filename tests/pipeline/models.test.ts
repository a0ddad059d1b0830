import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { plainMean, rounded } from "./by-hand.ts";
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
  valueAt,
} from "./made-up.ts";

/** Health and ties go with satisfaction with life, money does not; six hundred people of two regions and genders. */
const DIMENSIONS = ["material", "health", "social"] as const;
const SERVICE = { service: "library", values: { "1": 1, "2": 0 } };
const COLUMNS = [
  { column: "weight", use: "weight" },
  background("region", ["n", "s"]),
  background("gender", ["f", "m"]),
  ...pairs(DIMENSIONS),
  item("life", "subjective"),
  { column: "library_used", use: "service", question: "used", ...SERVICE },
  { column: "library_met", use: "service", question: "need-met", ...SERVICE },
];
const PEOPLE = { nf: 31_000, nm: 29_000, sf: 22_000, sm: 18_000 } as const;

const rows = ((): Row[] => {
  const random = draws(77);
  return Array.from({ length: 640 }, (_, person): Row => {
    const [region, gender] = [random.below(2) ? "n" : "s", random.below(2) ? "f" : "m"];
    const common = random.normal();
    const material = 5.6 + 1.9 * random.normal();
    const [health, social] = [1, 2].map(() => 5.6 + 1.4 * common + 1.5 * random.normal()) as [number, number];
    const life = answer(0.5 * health + 0.5 * social + 0.4 + 1.2 * random.normal());
    const near = (height: number) => answer(height + 0.7 * random.normal());
    const used = random.below(3) > 0 ? 1 : 2;
    return {
      ...{ weight: 1, region, gender, life: person < 6 ? 98 : life },
      ...{ material_a: near(material), material_b: near(material), health_a: near(health), health_b: near(health) },
      ...{ social_a: near(social), social_b: near(social), library_used: used },
      // The library meets the need of the north far more often.
      library_met: used === 1 ? (random.next() < (region === "n" ? 0.85 : 0.45) ? 1 : 2) : "",
    };
  });
})();

let folder: string;
let release: Release;
beforeAll(() => {
  folder = temporaryFolder("models");
  const own = house(folder, "asked");
  const population = { name: { fi: "kaikki", sv: "alla", en: "all" }, size: 100_000 };
  own.ingest({ codebook: codebook("asked", COLUMNS, { population }), rows });
  own.ingest({
    codebook: codebook(
      "counted",
      [background("region", ["n", "s"]), background("gender", ["f", "m"]), { column: "people", use: "count" }],
      { kind: "register-counts" },
    ),
    rows: Object.entries(PEOPLE).map(([codes, people]) => ({ region: codes[0]!, gender: codes[1]!, people })),
  });
  release = own.release(
    lifeEvent("models-event", "asked", {
      variables: ["region", "gender"],
      sources: [
        { codebook: "asked", role: "survey" },
        { codebook: "counted", role: "population" },
      ],
      services: [{ id: "library", name: { fi: "K", sv: "B", en: "L" }, organisation: "town" }],
    }),
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scoreOf = (row: Row, dimension: string) =>
  dimension === "subjective"
    ? 10 * Number(row.life)
    : 10 * plainMean([Number(row[`${dimension}_a`]), Number(row[`${dimension}_b`])]);
/** Six did not say how satisfied they are: fewer than ten, so four more are left out by lot, nobody knows who. */
const complete = rows.filter(({ life }) => life !== 98);

/** Covariances of some columns, and the solution of a small system by elimination: nothing of server/ takes part. */
function covariances(people: readonly Row[], names: readonly string[]): number[][] {
  const columns = names.map((name) => people.map((row) => scoreOf(row, name)));
  const means = columns.map(plainMean);
  return columns.map((left, i) =>
    columns.map((right, j) => plainMean(left.map((value, at) => (value - means[i]!) * (right[at]! - means[j]!)))),
  );
}
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rowsOf = matrix.map((own, place) => [...own, right[place]!]);
  rowsOf.forEach((pivot, place) => {
    const scale = pivot[place]!;
    for (let at = 0; at < pivot.length; at++) pivot[at]! /= scale;
    rowsOf.forEach((other, index) => {
      const factor = other[place]!;
      if (index !== place) for (let at = 0; at < pivot.length; at++) other[at]! -= factor * pivot[at]!;
    });
  });
  return rowsOf.map((own) => own.at(-1)!);
}
function explained(people: readonly Row[], names: readonly string[]): number {
  if (names.length === 0) return 0;
  const all = covariances(people, [...names, "subjective"]);
  const right = names.map((_, place) => all[place]![names.length]!);
  const slopes = solve(
    names.map((_, place) => all[place]!.slice(0, names.length)),
    right,
  );
  return slopes.reduce((sum, slope, place) => sum + slope * right[place]!, 0) / all[names.length]![names.length]!;
}

describe("what lifts and weighs", () => {
  test("slopes are those of least squares over the file's complete answers, but for four persons left out by lot", () => {
    const all = covariances(complete, [...DIMENSIONS, "subjective"]);
    const slopes = solve(
      DIMENSIONS.map((_, place) => all[place]!.slice(0, 3)),
      DIMENSIONS.map((_, place) => all[place]![3]!),
    );
    for (const [place, dimension] of DIMENSIONS.entries()) {
      const figure = valueAt(release, `driver.${dimension}/slope?wave=2024`);
      expect(Math.abs(figure.value - 10 * slopes[place]!)).toBeLessThan(0.15);
      expect([figure.n, figure.low! < figure.value && figure.value < figure.high!]).toEqual([null, true]);
    }
    const described = release.drivers?.find(({ wave }) => wave === "2024");
    expect(described).toMatchObject({ reading: "drivers", retained: 98, fewRetained: false });
    expect(Math.abs(described!.explained! - explained(complete, DIMENSIONS))).toBeLessThan(0.02);
  });

  test("importance is the mean gain in R² over the six orders in which drivers may come in", () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const whole = explained(complete, DIMENSIONS);
    const shares = DIMENSIONS.map((_, driver) => {
      const gains = orders.map((order) => {
        const before = order.slice(0, order.indexOf(driver)).map((place) => DIMENSIONS[place]!);
        return explained(complete, [...before, DIMENSIONS[driver]!]) - explained(complete, before);
      });
      return (100 * plainMean(gains)) / whole;
    });
    const shown = DIMENSIONS.map((dimension) => valueAt(release, `driver.${dimension}/importance?wave=2024`).value);
    shown.forEach((value, place) => {
      expect(Math.abs(value - shares[place]!)).toBeLessThan(1.6);
    });
    expect(Math.abs(shown.reduce((sum, value) => sum + value, 0) - 100)).toBeLessThanOrEqual(1.5);
    const verdicts = new Map(release.drivers![0]!.drivers.map(({ dimension, verdict }) => [dimension, verdict]));
    expect([verdicts.get("health"), verdicts.get("social"), verdicts.get("material")]).toEqual([
      "both",
      "both",
      "neither",
    ]);
  });

  test("of no segment where none is published, and never how many are in a model", () => {
    const models = release.cells.filter(({ measure }) => /^(driver|link)\./.test(measure));
    expect(models.length).toBeGreaterThan(10);
    for (const { figure } of models) if (figure.kind === "value") expect(figure.n).toBeNull();
    expect(models.some(({ at }) => at.segment !== undefined || at.band !== undefined)).toBe(false);
  });
});

test("links are the file's partial correlations, the others held equal", () => {
  const names = [...DIMENSIONS, "subjective"];
  const all = covariances(complete, names);
  const precision = names.map((_, column) =>
    solve(
      all,
      names.map((__, row) => Number(row === column)),
    ),
  );
  let looked = 0;
  for (const [i, left] of names.entries())
    for (const [j, right] of names.entries()) {
      if (i >= j) continue;
      const expected = -precision[i]![j]! / Math.sqrt(precision[i]![i]! * precision[j]![j]!);
      const figure = valueAt(release, `link.${left}.${right}/correlation?wave=2024`);
      expect(Math.abs(figure.value - expected)).toBeLessThan(0.025);
      looked++;
    }
  expect(looked).toBe(6);
  const lines = release.links!.find(({ at }) => Object.keys(at).length === 1)!.lines.map((pair) => pair.join(" "));
  expect(lines).toContain("social subjective");
  expect(lines).not.toContain("material subjective");
});

test("people of a level are its share among people of the same region and gender, carried over to the register's", () => {
  // Each level holds a fifth of the people by the weights; by the register the north and women weigh otherwise.
  const everyone = Object.values(PEOPLE).reduce((sum, people) => sum + people, 0);
  const bands = ["1", "2", "3", "4", "5"];
  const figuresOf = bands.map((band) => valueAt(release, `persons/people?wave=2024&band=${band}`));
  for (const { value, low, high, n, flags } of figuresOf) {
    expect(Math.abs(value - everyone / 5)).toBeLessThan(0.05 * everyone);
    expect([value === Number(value.toPrecision(2)), low! < value && value < high!, n, flags]).toEqual([
      true,
      true,
      null,
      [],
    ]);
  }
  const sum = figuresOf.reduce((total, { value }) => total + value, 0);
  expect(Math.abs(sum - everyone)).toBeLessThan(0.02 * everyone);
  expect(release.people).toContainEqual({
    wave: "2024",
    variable: "band",
    by: ["region", "gender"],
    reading: "everyone",
  });
});

test("a service works where its users' need is met clearly more often than others': the north", () => {
  const verdictOf = (variable: string, code: string) =>
    release.services!.find((one) => one.variable === variable && one.code === code)?.verdict;
  expect([verdictOf("region", "n"), verdictOf("region", "s")]).toEqual(["works", "fails"]);
  expect([verdictOf("gender", "f"), verdictOf("gender", "m")]).toEqual(["not-settled", "not-settled"]);
  const met = (region: string) => {
    const users = rows.filter((row) => row.region === region && row.library_used === 1);
    return rounded((100 * users.filter((row) => row.library_met === 1).length) / users.length);
  };
  for (const region of ["n", "s"])
    expect(
      figures(release).get(cellKey("service.library.need-met", "percent", { wave: "2024", region })),
    ).toMatchObject({
      kind: "value",
      value: met(region),
    });
});
