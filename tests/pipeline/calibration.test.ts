import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder, tree } from "../command.ts";
import { type Line, readCsv, rounded, score, weighedMean } from "./by-hand.ts";
import {
  answer,
  background,
  codebook,
  csv,
  draws,
  figures,
  house,
  lifeEvent,
  pairs,
  type Row,
  type Survey,
  valueAt,
} from "./made-up.ts";

/** The survey has fewer women and fewer of the north than the register; a few did not say where they belong. */
const AREAS = ["n", "s", "w"];
const GENDERS = ["f", "m"];
const COLUMNS = [
  { column: "paino", use: "weight" },
  background("area", AREAS),
  background("gender", GENDERS),
  ...pairs(["health", "social"]),
];
const SURVEY: Survey = { codebook: codebook("asked", COLUMNS), rows: respondents() };
const PEOPLE: Record<string, number> = { nf: 2700, nm: 3300, sf: 3000, sm: 3200, wf: 4000, wm: 3600 };

function respondents(): Row[] {
  const random = draws(5);
  return Array.from({ length: 320 }, (_, person): Row => {
    const area = person % 97 === 5 ? "" : (AREAS[Math.min(2, random.below(4))] as string);
    const gender = person % 89 === 7 ? "" : (GENDERS[Math.min(1, random.below(3))] as string);
    const row: Row = { paino: Number((0.6 + random.next()).toFixed(4)), area, gender };
    for (const column of ["health_a", "health_b", "social_a", "social_b"])
      row[column] = answer((gender === "f" ? 5 : 7) + (area === "n" ? -2 : 0) + 2 * random.normal());
    return row;
  });
}

const register = (
  people: Record<string, number | string>,
  more: { columns?: string[]; wave?: string } = {},
): Survey => ({
  codebook: codebook(
    "counted",
    [
      background("area", AREAS),
      ...(more.columns ? [] : [background("gender", GENDERS)]),
      { column: "people", use: "count", missing: [{ code: "..", reason: "suppressed_at_source" }] },
    ],
    { kind: "register-counts", wave: more.wave ?? "2024" },
  ),
  rows: Object.entries(people).map(([codes, count]) => ({
    area: codes[0] as string,
    gender: codes[1] as string,
    people: count,
  })),
});
const EVENT = lifeEvent("counted-event", "asked", {
  variables: ["area", "gender"],
  sources: [
    { codebook: "asked", role: "survey" },
    { codebook: "counted", role: "population" },
  ],
});
const CALIBRATED = { ...EVENT, calibration: { variables: ["area", "gender"] } };

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("calibration");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("weights raked to the register", () => {
  const lines = readCsv(csv(SURVEY));
  let plain: Release;
  let raked: Release;
  let unrounded: ReturnType<ReturnType<typeof house>["inspect"]>["unrounded"];
  beforeAll(() => {
    const own = house(folder, "raked");
    own.ingest(SURVEY);
    own.ingest(register(PEOPLE), "register.csv");
    plain = own.release(EVENT);
    raked = own.release(CALIBRATED);
    unrounded = own.inspect(raked.id).unrounded;
  });

  const total = Object.values(PEOPLE).reduce((sum, people) => sum + people, 0);
  const inRegister = (place: 0 | 1, code: string) =>
    Object.entries(PEOPLE).reduce((sum, [codes, people]) => sum + (codes[place] === code ? people : 0), 0) / total;
  const delivered = lines.map(({ paino }) => Number(paino));
  /** Who said both: the others are left out of the figures. */
  const known = lines.filter(({ area, gender }) => area !== "" && gender !== "");
  /** Cycle over the margins two hundred times; who did not say keeps the share of the weight that they had. */
  const rakedByHand = (lines: readonly Line[]) => {
    const delivered = lines.map(({ paino }) => Number(paino));
    const all = delivered.reduce((sum, weight) => sum + weight, 0);
    let weights = [...delivered];
    for (let cycle = 0; cycle < 200; cycle++)
      for (const [variable, place] of [
        ["area", 0],
        ["gender", 1],
      ] as const) {
        const codeOf = (line: Line) => line[variable] as string;
        const shareIn = (given: readonly number[], code: string) =>
          lines.reduce((sum, line, row) => sum + (codeOf(line) === code ? (given[row] as number) : 0), 0) /
          given.reduce((sum, weight) => sum + weight, 0);
        const unknown = shareIn(delivered, "");
        const wanted = (code: string) => (code === "" ? unknown : inRegister(place, code) * (1 - unknown));
        const before = weights;
        weights = weights.map((weight, row) => {
          const code = codeOf(lines[row] as Line);
          return (weight * wanted(code)) / shareIn(before, code);
        });
        const now = weights.reduce((sum, weight) => sum + weight, 0);
        weights = weights.map((weight) => (weight * all) / now);
      }
    return weights;
  };
  const healthBy = (weights: readonly number[], counts: (line: Line) => boolean) =>
    weighedMean(
      known.flatMap((line, row) =>
        counts(line) ? [{ value: score(line.health_a) as number, weight: weights[row] as number }] : [],
      ),
    );

  test("give the shares of the register, of those who told where they belong", () => {
    for (const [variable, place, codes] of [
      ["area", 0, AREAS],
      ["gender", 1, GENDERS],
    ] as const)
      for (const code of codes) {
        const key = `persons/percent?wave=2024&${variable}=${code}`;
        expect([key, unrounded(key).value]).toEqual([key, expect.closeTo(inRegister(place, code), 6)]);
        expect(valueAt(raked, key).value).toBe(rounded(100 * inRegister(place, code)));
        expect(valueAt(raked, `coverage.register/percent?wave=2024&${variable}=${code}`).value).toBe(
          valueAt(raked, key).value,
        );
      }
  });

  test("give the means that raking by hand gives, and say what they cost", () => {
    expect(known.length).toBeGreaterThan(0.95 * lines.length);
    const weights = rakedByHand(known);
    for (const [key, counts] of [
      ["item.health-a/mean?wave=2024", () => true],
      ["item.health-a/mean?wave=2024&area=n", ({ area }: Line) => area === "n"],
      ["item.health-a/mean?wave=2024&gender=f", ({ gender }: Line) => gender === "f"],
    ] as const)
      expect([key, unrounded(key).value]).toEqual([key, expect.closeTo(healthBy(weights, counts), 5)]);
    const worth = (given: readonly number[]) =>
      5 * Math.floor(given.reduce((a, b) => a + b, 0) ** 2 / given.reduce((a, b) => a + b * b, 0) / 5 + 0.5);
    expect(raked.calibration).toEqual([
      {
        wave: "2024",
        variables: ["area", "gender"],
        effectiveBefore: worth(delivered),
        effectiveAfter: worth(rakedByHand(lines)),
        totalsApart: false,
      },
    ]);
  });

  test("are made only where the life event asks for it: without, the delivered weights stand", () => {
    expect(plain.calibration).toEqual([]);
    expect(valueAt(plain, "item.health-a/mean?wave=2024").value).toBe(
      rounded(
        healthBy(
          known.map(({ paino }) => Number(paino)),
          () => true,
        ),
        1,
      ),
    );
    expect(valueAt(plain, "item.health-a/mean?wave=2024").value).not.toBe(
      valueAt(raked, "item.health-a/mean?wave=2024").value,
    );
    // How many answered is the same: raking makes no respondents. Bands are cut at weighted fifths, and move.
    const counts = (release: Release) =>
      [...figures(release)].filter(([key]) => /^(persons\/count|coverage)/.test(key) && !key.includes("band="));
    expect(counts(plain).length).toBeGreaterThan(20);
    expect(counts(plain)).toEqual(counts(raked));
  });
});

describe("a calibration that cannot be made is refused by name, and the home stays as it was", () => {
  const cases: { name: string; code: string; says?: RegExp; counts: Survey[] }[] = [
    { name: "no register has been read in", code: "calibration-without-register", counts: [] },
    {
      name: "the register lacks a variable",
      code: "calibration-without-register",
      counts: [register({ n: 900, s: 800, w: 700 }, { columns: ["area"] })],
    },
    {
      name: "the register speaks of another year",
      code: "calibration-without-register",
      counts: [register(PEOPLE, { wave: "2023" })],
    },
    {
      name: "a part of a margin was suppressed at source",
      code: "calibration-without-register",
      counts: [register({ ...PEOPLE, wm: ".." })],
    },
    {
      name: "the register counts nobody at all",
      code: "calibration-",
      counts: [register({ nf: 0, nm: 0, sf: 0, sm: 0, wf: 0, wm: 0 })],
    },
    {
      name: "the weights would become too uneven",
      code: "calibration-refused",
      says: /uneven/,
      counts: [register({ nf: 4000, nm: 3100, sf: 5200, sm: 3900, wf: 2600, wm: 1700 })],
    },
    {
      name: "no weights within the bounds fit",
      code: "calibration-refused",
      says: /bounds/,
      counts: [register({ nf: 2500, nm: 4500, sf: 800, sm: 1300, wf: 400, wm: 500 })],
    },
  ];
  beforeAll(() => void house(folder, "asked").ingest(SURVEY));
  test.each(cases)("$name", ({ name, code, says, counts }) => {
    const own = house(folder, name.replaceAll(" ", "-"));
    cpSync(join(folder, "asked"), own.home, { recursive: true });
    for (const one of counts) own.ingest(one, "register.csv");
    const before = tree(own.home);
    const refused = own.tryRelease(CALIBRATED, "--lang", "en");
    const named = [expect.stringMatching(new RegExp(`^${code}`))];
    expect([refused.code, refused.document.problems?.map((problem) => problem.code)]).toEqual([1, named]);
    expect(refused.document.problems?.[0]?.where.path).toBe("calibration");
    if (says) expect(refused.document.problems?.[0]?.message).toMatch(says);
    expect(tree(own.home)).toEqual(before);
  });

  test("a variable that the life event does not have", () => {
    const { code, document } = house(folder, "stray").tryRelease({ ...EVENT, calibration: { variables: ["age"] } });
    expect([code, document.problems?.[0]?.where.path]).toEqual([1, "calibration.variables[0]"]);
  });
});
