import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { publishCell } from "../../server/disclosure/gate.ts";
import { type Side, sideOf } from "../../server/pipeline/compare-groups.ts";
import { describeServices } from "../../server/pipeline/describe-services.ts";
import type { Judged } from "../../server/pipeline/estimate-question.ts";
import {
  type Compared,
  compareSiblings,
  settle,
  siblingVariables,
  type Tested,
} from "../../server/pipeline/settle-comparisons.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { draws } from "./made-up.ts";
import { POLICY } from "./series-of.ts";

const fixture = JSON.parse(readFileSync(new URL("../reference/p_adjust.json", import.meta.url), "utf8"));

const test = (against: string, pValue: number | null): Tested => ({
  ...{ against, pValue, difference: 1, low: 0.1, high: 1.9 },
  settled: true,
});
const NO_SIDE = null as unknown as Side;

describe("what is settled among many comparisons", () => {
  it("are those whose p, adjusted as R's p.adjust does over the table and kind of comparison, is at most .05", () => {
    const pValues: number[] = fixture.input.p;
    const adjusted: number[] = fixture.expected.BH;
    const cells = pValues.map((p) => ({ at: { wave: "2025" }, table: ["area"], versus: [test("others", p)] }));
    settle(cells);
    expect(cells.map(({ versus }) => versus[0]!.settled)).toEqual(adjusted.map((p) => p <= 0.05));
    expect(new Set(cells.map(({ versus }) => versus[0]!.settled)).size).toBe(2);
  });

  it("a table more, another kind of comparison, a filter or a later wave changes no verdict", () => {
    const of = (more: Pick<Compared, "at" | "table" | "versus">[]) => {
      const cells = [0.001, 0.02, 0.04].map((p) => ({
        at: { wave: "2025" },
        table: ["area"],
        versus: [test("others", p)],
      }));
      settle([...cells, ...more]);
      return cells.map(({ versus }) => versus[0]!.settled);
    };
    const alone = of([]);
    expect(alone).toEqual([true, true, true]);
    expect(of([{ at: { wave: "2026" }, table: ["area"], versus: [test("others", 0.9)] }])).toEqual(alone);
    expect(of([{ at: { wave: "2025" }, table: ["gender"], versus: [test("others", 0.9)] }])).toEqual(alone);
    expect(
      of([{ at: { wave: "2025" }, table: ["area"], versus: [test("previous-wave", 0.9), test("area=x", 0.9)] }]),
    ).toEqual(alone);
    expect(of([{ at: { wave: "2025" }, table: ["area"], versus: [test("others", 0.9)] }])).toEqual([true, true, false]);
  });

  it("everyone's difference has the verdict of the test against all others, and who was not tested is never settled", () => {
    const cells = [
      { at: { wave: "2025" }, table: ["area"], versus: [test("everyone", null), test("others", 0.2)] },
      { at: { wave: "2025" }, table: ["area"], versus: [test("everyone", null), test("others", 0.0001)] },
      { at: { wave: "2025" }, table: ["area"], versus: [test("previous-wave", null)] },
    ];
    settle(cells);
    expect(cells.map(({ versus }) => versus.map(({ settled }) => settled))).toEqual([
      [false, false],
      [true, true],
      [false],
    ]);
  });

  it("where nothing differs, something is called settled in about one release of twenty, not in two of three", () => {
    const random = draws(41);
    const releases = 400;
    let [corrected, plain] = [0, 0];
    for (let release = 0; release < releases; release++) {
      const pValues = Array.from({ length: 22 }, () => random.next());
      const cells = pValues.map((p) => ({ at: { wave: "2025" }, table: ["area"], versus: [test("others", p)] }));
      settle(cells);
      if (cells.some(({ versus }) => versus[0]!.settled)) corrected++;
      if (pValues.some((p) => p <= 0.05)) plain++;
    }
    expect(corrected / releases).toBeLessThan(0.08);
    expect(plain / releases).toBeGreaterThan(0.6);
  });
});

it("services by segments where nothing differs: at most one cell in twenty is said to work or to fail, and one matrix in twenty has any", () => {
  const random = draws(43);
  const matrices = 400;
  let [said, any, looked] = [0, 0, 0];
  for (let matrix = 0; matrix < matrices; matrix++) {
    const judged = Array.from({ length: 60 }, (_, cell): Judged => {
      const z = random.normal();
      const at = { wave: "2025", segment: "ABCDE"[cell % 5] as string };
      const againstOthers: Tested = {
        ...{ against: "others", difference: z, low: z - 1.96, high: z + 1.96, settled: false },
        pValue: 2 * (1 - normalBelow(Math.abs(z))),
      };
      const facts = { kind: "share" as const, n: 100, events: 60, hidden: false, flags: [], versus: [] };
      const named = { measure: `service.s${Math.floor(cell / 5)}.need-met`, statistic: "percent" as const, at };
      const cell60 = publishCell(named, { ...facts, estimate: { value: 0.6, low: 0.5, high: 0.7 } }, POLICY);
      return { cell: cell60, estimate: null, reason: null, againstOthers };
    });
    const verdicts = describeServices(judged).filter(({ verdict }) => verdict !== "not-settled").length;
    looked += judged.length;
    said += verdicts;
    if (verdicts > 0) any++;
  }
  expect(looked).toBe(24_000);
  expect([said / looked < 0.05, any / matrices < 0.08, any > 0]).toEqual([true, true, true]);
});

/** Φ(z) for z ≥ 0 by Abramowitz and Stegun 26.2.17, to 7 decimals. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

describe("a cell beside its siblings", () => {
  const random = draws(12);
  const persons = 240;
  const area = Array.from({ length: persons }, () => ["e", "n", "s"][random.below(3)] as string);
  const gender = Array.from({ length: persons }, () => ["f", "m"][random.below(2)] as string);
  const values = Float64Array.from(
    { length: persons },
    (_, person) => 40 + 20 * random.normal() + (area[person] === "n" ? 15 : 0),
  );
  const design = simpleDesign(new Float64Array(persons).fill(1));
  const compared = (at: Record<string, string>): Compared => {
    const members = Int32Array.from(area.keys()).filter(
      (person) => (at.area ?? area[person]) === area[person] && (at.gender ?? gender[person]) === gender[person],
    );
    return {
      at: { wave: "2025", ...at },
      table: Object.keys(at),
      side: sideOf(design, values, members, false) ?? NO_SIDE,
      versus: [],
    };
  };
  const answersOf = (at: Record<string, string>) =>
    [...values].filter(
      (_, person) => (at.area ?? area[person]) === area[person] && (at.gender ?? gender[person]) === gender[person],
    );

  it("each pair stands once, with the code that comes first, and its difference is that of the plain means", () => {
    const cells = ["s", "e", "n"].map((code) => compared({ area: code }));
    compareSiblings(cells, { share: false, variablesOf: (table) => table });
    const pairs = cells.flatMap(({ at, versus }) => versus.map(({ against }) => `${at.area} ${against}`)).sort();
    expect(pairs).toEqual(["e area=n", "e area=s", "n area=s"]);
    const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    for (const { at, versus } of cells)
      for (const { against, difference, low, high } of versus) {
        const [own, other] = [
          answersOf({ area: at.area as string }),
          answersOf({ area: against.split("=")[1] as string }),
        ];
        expect(difference).toBeCloseTo(mean(own) - mean(other), 10);
        // Both variances with n in the denominator, and one factor of the design over the rows of both.
        const square = (list: number[]) =>
          list.reduce((sum, one) => sum + (one - mean(list)) ** 2, 0) / list.length ** 2;
        const rows = own.length + other.length;
        const error = Math.sqrt((square(own) + square(other)) * (persons / (persons - 1)));
        expect(Math.abs((high - low) / 2 / error - 1.9747)).toBeLessThan(0.02);
        expect(rows).toBeGreaterThan(100);
      }
  });

  it("of two variables only those that differ in one of them", () => {
    const cells = ["e", "n", "s"].flatMap((code) => ["f", "m"].map((own) => compared({ area: code, gender: own })));
    compareSiblings(cells, { share: false, variablesOf: (table) => table });
    const pairs = cells.flatMap(({ at, versus }) => versus.map(({ against }) => `${at.area}${at.gender} ${against}`));
    // Three areas in two genders: 2·3 pairs of areas and 3 of genders.
    expect([pairs.length, pairs.filter((pair) => pair.includes("gender=")).length]).toEqual([9, 3]);
    expect(pairs).toContain("ef gender=m");
    expect(pairs).toContain("em area=n");
  });

  it("of a variable of more than 12 codes all pairs where it stands alone, and none where another crosses it", () => {
    const pairsOf = (areas: number, ofTwo: boolean) => {
      const codes = Array.from({ length: areas }, (_, index) => String(index + 10));
      const side = sideOf(design, values, Int32Array.from(values.keys()), false) ?? NO_SIDE;
      const cell = (at: Record<string, string>): Compared => ({ at, table: Object.keys(at), side, versus: [] });
      const cells = [
        ...codes.map((code) => cell({ area: code })),
        ...["f", "m"].map((own) => cell({ gender: own })),
        ...codes.flatMap((code) => ["f", "m"].map((own) => cell({ area: code, gender: own }))),
      ];
      compareSiblings(cells, { share: false, variablesOf: siblingVariables(cells, ofTwo) });
      const count = (variables: number, against: string) =>
        cells
          .filter(({ table }) => table.length === variables)
          .flatMap(({ versus }) => versus.filter((one) => one.against.startsWith(`${against}=`))).length;
      return [count(1, "area"), count(1, "gender"), count(2, "area"), count(2, "gender")];
    };
    // 12 areas have 66 pairs, 13 have 78, 23 have 253; two genders have one, in each area.
    expect(pairsOf(12, true)).toEqual([66, 1, 2 * 66, 12]);
    expect(pairsOf(13, true)).toEqual([78, 1, 0, 13]);
    expect(pairsOf(23, true)).toEqual([253, 1, 0, 23]);
    expect(pairsOf(12, false)).toEqual([66, 1, 0, 0]);
  });
});
