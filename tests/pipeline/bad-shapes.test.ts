import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder, tree } from "../command.ts";
import { critical, readCsv, rounded, weighedMean } from "./by-hand.ts";
import {
  answer,
  background,
  brokenNumbers,
  type Column,
  codebook,
  csv,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  pairs,
  type Row,
  SIX,
  valueAt,
} from "./made-up.ts";

let folder: string;
let homes = 0;
beforeAll(() => {
  folder = temporaryFolder("bad-shapes");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const AREA = background("area", ["n", "s"]);
type Maker = (person: number, random: ReturnType<typeof draws>) => Row;
const rowsOf = (count: number, seed: number, make: Maker): Row[] => {
  const random = draws(seed);
  return Array.from({ length: count }, (_, person) => ({ area: random.below(3) ? "s" : "n", ...make(person, random) }));
};
/** A home with a survey read in, ready for a release. */
function surveyed(columns: Column[], rows: Row[]) {
  const own = house(folder, `home${++homes}`);
  own.ingest({ codebook: codebook("odd", [AREA, ...columns]), rows });
  return own;
}
const EVENT = lifeEvent("odd-event", "odd", { variables: ["area"], tables: [["segment", "area"]] });
const any: (columns: readonly Column[]) => Maker = (columns) => (_, random) =>
  Object.fromEntries(columns.map(({ column }) => [column, answer(5 + 2 * random.normal())]));

describe("a wave of the fewest that may be published", () => {
  const columns = [{ column: "paino", use: "weight" }, ...pairs(SIX)];
  const rows = (weightless: number) =>
    rowsOf(100, 11, (person, random) => ({
      ...any(pairs(SIX))(person, random),
      paino: person < weightless ? ([0, -1, ""][person % 3] as number) : 1 + random.next(),
    }));

  test("one respondent with a weight less is refused, and nothing is written", () => {
    const own = surveyed(columns, rows(1));
    const before = tree(own.home);
    const { code, document } = own.tryRelease(EVENT);
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["wave-too-small"]]);
    expect(tree(own.home)).toEqual(before);
  });

  test("a hundred make a release: too few to look for groups, not for bands and troubles", () => {
    const release = surveyed(columns, rows(0)).release(EVENT);
    expect([release.segmentation.verdict, release.segmentation.certificate.tried]).toEqual(["none", []]);
    expect(release.variables.map(({ id }) => id)).toEqual(["wave", "band", "troubles", "area"]);
    expect(valueAt(release, "persons/count?wave=2024").value).toBe(100);
  });

  test("rows with a weight of 0, below it or none are left out, and counted", () => {
    const some = rowsOf(130, 12, (person, random) => ({
      ...any(pairs(SIX))(person, random),
      paino: person < 30 ? ([0, -1, ""][person % 3] as number) : Number((1 + random.next()).toFixed(4)),
    }));
    const own = surveyed(columns, some);
    const release = own.release(EVENT);
    expect(release.inputs.map(({ respondents, withoutWeight }) => [respondents, withoutWeight])).toEqual([[100, 30]]);
    const counted = readCsv(csv({ codebook: codebook("odd", columns), rows: some })).filter(
      ({ paino }) => Number(paino) > 0,
    );
    const mean = weighedMean(
      counted.map((line) => ({ value: 10 * Number(line.health_a), weight: Number(line.paino) })),
    );
    expect(valueAt(release, "item.health-a/mean?wave=2024").value).toBe(rounded(mean, 1));
  });
});

describe("answers without shape give a release without a false number", () => {
  const cases: {
    name: string;
    columns: Column[];
    count?: number;
    make: Maker;
    mayRefuse?: true;
    says: (release: Release) => void;
  }[] = [
    {
      name: "everybody gave one answer to everything",
      columns: pairs(SIX),
      make: () => Object.fromEntries(pairs(SIX).map(({ column }) => [column, 5])),
      says: (release) => {
        expect(release.segmentation.certificate.leftOut.map(({ reason }) => reason).slice(0, 6)).toEqual(
          new Array(6).fill("constant"),
        );
        expect(figures(release).get("dimension.health/mean?wave=2024")).toEqual({ kind: "protected" });
      },
    },
    {
      name: "nobody answered anything",
      columns: pairs(SIX),
      make: () => Object.fromEntries(pairs(SIX).map(({ column }) => [column, ""])),
      says: (release) => {
        expect(figures(release).get("missing.health-a.no_answer/percent?wave=2024")).toEqual({ kind: "most" });
        expect(figures(release).get("dimension.health/mean?wave=2024")).toEqual({ kind: "protected" });
      },
    },
    {
      name: "two answers to each question",
      columns: pairs(SIX).map((column) => ({ ...column, scale: "yes" })),
      make: (_, random) => Object.fromEntries(pairs(SIX).map(({ column }) => [column, random.below(2)])),
      says: (release) => {
        const { leftOut } = release.segmentation.certificate;
        expect(leftOut.filter(({ reason }) => reason === "coarse").map(({ dimension }) => dimension)).toEqual([...SIX]);
        expect(release.variables.map(({ id }) => id)).toEqual(["wave", "area"]);
      },
    },
    {
      name: "a single question",
      columns: [item("one", "health")],
      make: any([item("one", "health")]),
      says: (release) => {
        expect(release.reliability.map(({ reading }) => reading)).toEqual(["one-item"]);
        expect(release.variables.map(({ id }) => id)).toEqual(["wave", "band", "troubles", "area"]);
      },
    },
    {
      name: "six dimensions that say the same thing",
      columns: pairs(SIX),
      count: 220,
      make: (_, random) => {
        const height = answer(5 + 2.5 * random.normal());
        return Object.fromEntries(pairs(SIX).map(({ column }) => [column, height]));
      },
      says: (release) => expect(["level-only", "none"]).toContain(release.segmentation.verdict),
    },
    {
      name: "everybody has one income",
      columns: [item("income", "material", { scale: "euros" }), ...pairs(["health"])],
      make: (person, random) => ({ ...any(pairs(["health"]))(person, random), income: 1500 }),
      mayRefuse: true,
      says: (release) => expect(figures(release).get("item.income/median?wave=2024")).toEqual({ kind: "protected" }),
    },
    {
      name: "one in ten has no income",
      columns: [item("income", "material", { scale: "euros" }), ...pairs(["health"])],
      make: (person, random) => ({
        ...any(pairs(["health"]))(person, random),
        income: person % 10 ? 1500 + 10 * person : 0,
      }),
      says: (release) => expect(valueAt(release, "item.income/median?wave=2024").value).toBe(2200),
    },
    {
      name: "hardly anybody has an income",
      columns: [item("income", "material", { scale: "euros" }), ...pairs(["health"])],
      make: (person, random) => ({ ...any(pairs(["health"]))(person, random), income: person < 5 ? 2000 + person : 0 }),
      mayRefuse: true,
      says: (release) => expect(figures(release).get("item.income/median?wave=2024")).toEqual({ kind: "protected" }),
    },
    {
      name: "nobody tells an income",
      columns: [item("income", "material", { scale: "euros" }), ...pairs(["health"])],
      make: (person, random) => ({ ...any(pairs(["health"]))(person, random), income: "" }),
      says: (release) => expect(figures(release).get("item.income/median?wave=2024")).toEqual({ kind: "protected" }),
    },
    {
      name: "nobody tells where they live",
      columns: pairs(["health"]),
      make: (person, random) => ({ ...any(pairs(["health"]))(person, random), area: "" }),
      says: (release) => expect(figures(release).get("persons/count?wave=2024&area=n")).toEqual({ kind: "protected" }),
    },
    {
      name: "one weighs more than all others",
      columns: [{ column: "paino", use: "weight" }, ...pairs(["health", "social"])],
      make: (person, random) => ({
        ...any(pairs(["health", "social"]))(person, random),
        paino: person === 3 ? "1e9" : "1e-6",
      }),
      says: (release) => expect(figures(release).get("low.health/percent?wave=2024")?.kind).toBe("uncertain"),
    },
  ];
  test.each(cases)("$name", ({ columns, count = 150, make, mayRefuse, says }) => {
    const own = surveyed(columns, rowsOf(count, 13, make));
    const { code, document } = own.tryRelease(EVENT);
    // Incomes that cannot be told apart may be refused by name, but by no accident.
    if (mayRefuse && code === 1)
      return expect(document.problems?.map((problem) => problem.code)).not.toContain("unexpected");
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([0, undefined]);
    const release = own.read(document.release as string);
    expect(brokenNumbers(release)).toEqual([]);
    says(release);
  });
});

describe("sampling units", () => {
  const columns = [
    { column: "ryhma", use: "stratum" },
    { column: "luokka", use: "psu" },
    ...pairs(["health", "social"]),
  ];
  /** Ten classes of fifteen; the first `alone` of them are all there is of their stratum. */
  const classes = (alone: number) =>
    rowsOf(150, 14, (person, random) => {
      const own = person % 10;
      return {
        ...any(pairs(["health", "social"]))(person, random),
        luokka: `c${own}`,
        ryhma: own < alone ? `alone${own}` : "many",
      };
    });

  test("a stratum of one hides its variance, and every figure that it takes part in says so", () => {
    const some = surveyed(columns, classes(2));
    const release = some.release(EVENT);
    const told = valueAt(release, "dimension.health/mean?wave=2024");
    expect(told.flags).toEqual(["few-units", "variance-understated"]);
    // Ten units less three strata.
    const { degreesOfFreedom, standardError, value, low } = some
      .inspect(release.id)
      .unrounded("dimension.health/mean?wave=2024");
    expect(degreesOfFreedom).toBe(7);
    expect((value as number) - (low as number)).toBeCloseTo(critical(7) * (standardError as number), 6);
    const all = valueAt(surveyed(columns, classes(0)).release(EVENT), "dimension.health/mean?wave=2024");
    expect(all.flags).toEqual([]);
  });

  test("strata of one alone leave nothing to be certain of", () => {
    const release = surveyed(columns, classes(10)).release(EVENT);
    expect(figures(release).get("dimension.health/mean?wave=2024")).toEqual({ kind: "uncertain" });
    expect(valueAt(release, "persons/count?wave=2024").value).toBe(150);
    expect(brokenNumbers(release)).toEqual([]);
  });
});

describe("a later wave that asked less", () => {
  test("has no figure for what it did not ask, and no groups made of it", () => {
    const own = house(folder, "less");
    const wave = { column: "vuosi", use: "wave" };
    const all = [AREA, wave, ...pairs(["health", "social"])];
    const later = [AREA, wave, ...pairs(["health"])];
    own.ingest({
      codebook: codebook("odd", all),
      rows: rowsOf(150, 15, (person, random) => ({
        ...any(pairs(["health", "social"]))(person, random),
        vuosi: "2024",
      })),
    });
    own.ingest({
      codebook: codebook("odd", later, { version: 2 }),
      rows: rowsOf(150, 16, (person, random) => ({ ...any(pairs(["health"]))(person, random), vuosi: "2025" })),
    });
    const release = own.release(EVENT);
    expect(brokenNumbers(release)).toEqual([]);
    expect(figures(release).get("dimension.social/mean?wave=2025")).toEqual({ kind: "not-asked" });
    expect(figures(release).get("dimension.health/mean?wave=2025")?.kind).toBe("value");
    expect(figures(release).get("persons/count?wave=2025&band=1")).toEqual({ kind: "protected" });
    expect(figures(release).get("unclassifiable/percent?wave=2025")).toEqual({ kind: "protected" });
  });
});
