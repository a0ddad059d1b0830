import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder, tree } from "../command.ts";
import { critical, type Line, readCsv, rounded, score, scoreOfItems } from "./by-hand.ts";
import {
  answer,
  background,
  codebook,
  csv,
  draws,
  house,
  lifeEvent,
  pairs,
  type Row,
  type Survey,
  valueAt,
} from "./made-up.ts";

/** Jackknife 1: persons in twenty groups, each left out in turn, the others weighed up. */
const GROUPS = 20;
const REPLICATES = Array.from({ length: GROUPS }, (_, group) => `r${group}`);
const COLUMNS = [
  { column: "paino", use: "weight" },
  background("area", ["n", "s"]),
  ...pairs(["health", "social"]),
  ...REPLICATES.map((column) => ({ column, use: "replicate" })),
];
const JACKKNIFE = { scale: (GROUPS - 1) / GROUPS };
const surveyOf = (settings: object, more: object = {}): Survey => ({
  codebook: codebook("replicated", COLUMNS, { ...settings, ...more }),
  rows: respondents(),
});
const EVENT = lifeEvent("replicated-event", "replicated", { variables: ["area"] });

function respondents(): Row[] {
  const random = draws(4);
  return Array.from({ length: 300 }, (_, person): Row => {
    const weight = Number((0.5 + random.next()).toFixed(4));
    const area = random.below(3) === 0 ? "n" : "s";
    const row: Row = { paino: person < 3 ? 0 : weight, area };
    for (const column of ["health_a", "health_b", "social_a", "social_b"])
      row[column] = random.below(30) === 0 ? 98 : answer((area === "n" ? 4 : 6) + 2 * random.normal());
    // Who has no weight needs no replicates either.
    REPLICATES.forEach((column, group) => {
      row[column] =
        person < 3 ? "" : group === person % GROUPS ? 0 : Number(((weight * GROUPS) / (GROUPS - 1)).toFixed(8));
    });
    return row;
  });
}

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("replicates");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("standard errors are the replicates' own", () => {
  const lines = readCsv(csv(surveyOf({}))).filter(({ paino }) => Number(paino) > 0);
  const mean = (persons: readonly Line[], numberOf: (line: Line) => number | null, column: string) => {
    let [total, weight] = [0, 0];
    for (const line of persons) {
      const value = numberOf(line);
      if (value === null) continue;
      total += Number(line[column]) * value;
      weight += Number(line[column]);
    }
    return total / weight;
  };
  /** √(scale · Σ (θ_r − centre)²): the centre is the replicates' mean, or the whole sample's estimate with `mse`. */
  const errorOf = (estimate: (column: string) => number, mse: boolean) => {
    const again = REPLICATES.map(estimate);
    const centre = mse ? estimate("paino") : again.reduce((sum, value) => sum + value, 0) / GROUPS;
    return Math.sqrt(((GROUPS - 1) / GROUPS) * again.reduce((sum, value) => sum + (value - centre) ** 2, 0));
  };
  const health = (line: Line) => scoreOfItems(line, ["health_a", "health_b"]);
  const low = (line: Line) => {
    const value = health(line);
    return value === null ? null : Number(value < 40);
  };
  const everyone = () => true;
  const northern = ({ area }: Line) => area === "n";

  test.each([
    { name: "their mean in the middle", settings: { replicates: JACKKNIFE }, mse: false },
    { name: "the whole sample in the middle (mse)", settings: { replicates: { ...JACKKNIFE, mse: true } }, mse: true },
  ])("$name", ({ name, settings, mse }) => {
    const own = house(folder, mse ? "mse" : "mean");
    own.ingest(surveyOf(settings));
    const release = own.release(EVENT);
    const { unrounded } = own.inspect(release.id);
    for (const [key, members, numberOf] of [
      ["dimension.health/mean?wave=2024", everyone, health],
      ["dimension.health/mean?wave=2024&area=n", northern, health],
      ["item.social-b/mean?wave=2024&area=n", northern, ({ social_b }: Line) => score(social_b)],
      ["low.health/percent?wave=2024", everyone, low],
      ["low.health/percent?wave=2024&area=n", northern, low],
      ["persons/percent?wave=2024&area=n", everyone, (line: Line) => Number(northern(line))],
    ] as const) {
      const persons = lines.filter(members);
      const error = errorOf((column) => mean(persons, numberOf, column), mse);
      const cell = unrounded(key);
      expect([name, key, cell.value]).toEqual([name, key, expect.closeTo(mean(persons, numberOf, "paino"), 9)]);
      expect([name, key, cell.standardError]).toEqual([name, key, expect.closeTo(error, 9)]);
      // Twenty groups that each weigh something: nineteen degrees of freedom.
      expect([key, cell.degreesOfFreedom]).toEqual([key, GROUPS - 1]);
    }
    expectDifference(release, mse);
  });

  function expectDifference(release: Release, mse: boolean) {
    const others = (line: Line) => !northern(line);
    const difference = (column: string) =>
      mean(lines.filter(northern), health, column) - mean(lines.filter(others), health, column);
    const reach = critical(GROUPS - 2) * errorOf(difference, mse);
    const against = valueAt(release, "dimension.health/mean?wave=2024&area=n").versus.find(
      (one) => one.against === "others",
    );
    expect(against).toEqual({
      against: "others",
      difference: rounded(difference("paino"), 1),
      low: rounded(difference("paino") - reach, 1),
      high: rounded(difference("paino") + reach, 1),
      settled: true,
    });
  }
});

describe("replicate weights that will not do are refused by name, and nothing is half-written", () => {
  test("a codebook with replicate columns that does not say how they become a variance", () => {
    const own = house(folder, "undeclared");
    const { code, document } = own.tryIngest(surveyOf({}));
    expect([code, document.problems?.map((problem) => [problem.code, problem.where.path])]).toEqual([
      1,
      [["replicates-undeclared", "replicates"]],
    ]);
    expect(tree(own.home)).toEqual({});
  });

  test("as many rscales as columns", () => {
    const rscales = new Array(GROUPS - 1).fill(1);
    const { code, document } = house(folder, "rscales").tryIngest(surveyOf({ replicates: { ...JACKKNIFE, rscales } }));
    expect([code, document.problems?.map((problem) => [problem.code, problem.where.path])]).toEqual([
      1,
      [["rscales-count", "replicates.rscales"]],
    ]);
  });

  test("a single replicate has no variance", () => {
    const own = house(folder, "single");
    const columns = COLUMNS.filter(({ column }) => !REPLICATES.includes(column) || column === "r0");
    const { document, code } = own.tryIngest({
      codebook: codebook("replicated", columns, { replicates: JACKKNIFE }),
      rows: respondents(),
    });
    const problems = code === 0 ? own.tryRelease(EVENT).document.problems : document.problems;
    expect(problems?.map((problem) => problem.code)).not.toContain("unexpected");
    expect(problems?.length).toBe(1);
  });

  test("rows that lack a replicate: how many, and the home as it was", () => {
    const own = house(folder, "lacking");
    const whole = surveyOf({ replicates: JACKKNIFE });
    own.ingest({ ...whole, rows: whole.rows.map((row, place) => (place % 50 === 7 ? { ...row, r3: "" } : row)) });
    const before = tree(own.home);
    const { code, document } = own.tryRelease(EVENT);
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["replicate-missing"]]);
    expect(document.problems?.[0]?.message).toMatch(/\b6\b/);
    expect(tree(own.home)).toEqual(before);
  });

  test("two contributors of a wave, one with replicates and one without", () => {
    const own = house(folder, "differing");
    own.ingest(surveyOf({ replicates: JACKKNIFE }));
    const plain = COLUMNS.filter(({ use }) => use !== "replicate");
    own.ingest({ codebook: codebook("plain", plain, { contributor: "village" }), rows: respondents() });
    const before = tree(own.home);
    const sources = ["replicated", "plain"].map((id) => ({ codebook: id, role: "survey" }));
    const { code, document } = own.tryRelease({ ...EVENT, sources });
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["replicates-differ"]]);
    expect(tree(own.home)).toEqual(before);
  });
});
