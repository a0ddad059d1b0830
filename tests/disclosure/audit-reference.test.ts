import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AuditedUniverse, auditUniverse, isClean, type Kind } from "../../server/disclosure/audit/audit.ts";
import { spanInFloats } from "../../server/disclosure/audit/float-span.ts";
import {
  asCells,
  asCodes,
  type Cell,
  cellsOf,
  NO_LEAKS,
  outsider,
  peopleOf,
  type Records,
  tablesOf,
} from "./audited.ts";

// biome-ignore lint/suspicious/noExplicitAny: each file has its own shape, and a wrong path fails the test that reads it
const read = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
const textbook = read("sdc_textbook_3x2");
const attack = read("sdc_attack_1200");
const threeWay = read("sdc_three_way_1200");

const records: Records = Object.fromEntries(
  Object.entries<number[]>(attack.input.records).map(([dimension, codes]) => [dimension, asCodes(codes)]),
);
records.area = asCodes(attack.input.records.muni.map((muni: number) => attack.input.muni_area[muni]));
const apart: [string, string][] = [["muni", "area"]];
const tables = (ways: number) => tablesOf(Object.keys(records), ways, apart);
const contributors = ["0", "1", "2", "3"].map((id) => ({
  id,
  holds: Uint8Array.from(records.org!, (org) => Number(org === id)),
}));
const example = asCells(attack.expected.example_valid_published_2way_with_contributor_protection);
const universe = (ways: number, published: AuditedUniverse["published"]): AuditedUniverse => ({
  k: attack.input.k,
  tables: tables(ways),
  records,
  apart,
  views: [],
  published,
});

describe("the textbook's 3 × 2 table", () => {
  const { counts, cases, k } = textbook.input;
  const people = peopleOf(
    ["region", "gender"],
    counts.flatMap(([men, women]: [number, number], row: number) => [
      [men, `R${row + 1}`, "m"],
      [women, `R${row + 1}`, "f"],
    ]),
  );

  it.each(Object.keys(cases))("%s leaks what the fixture says", (name) => {
    const dimensions = ["region", "gender"];
    const { publishedBelow, derivable } = outsider({
      k,
      tables: tablesOf(dimensions, 2),
      records: people,
      published: cases[name],
    });
    expect({
      "outsider:published_below_k": publishedBelow,
      "outsider:small_cells_derivable": derivable.small,
      "outsider:nested_differences_below_k": derivable.differences,
    }).toEqual(textbook.expected[name]);
  });
});

describe("1,200 drawn people, k = 10", () => {
  it.each([
    ["two_way", 2],
    ["three_way", 3],
  ])("%s: what a server with a threshold alone gives away", (name, ways) => {
    const found = outsider(universe(ways, cellsOf(records, tables(ways), 10)));
    expect(found.publishedBelow).toBe(0);
    expect({
      small_cells: found.looked.small,
      threshold_only_derivable: found.derivable.small,
      threshold_only_nested_differences: found.derivable.differences,
    }).toMatchObject(attack.expected[name]);
  });

  it("the example published set withstands what it was made against, as outsider and as each contributor", () => {
    const audits = auditUniverse({ ...universe(2, example), views: contributors });
    const found = audits.flatMap(({ view, publishedBelow, derivable }) => {
      const name = view === "outsider" ? view : `contributor ${view}`;
      return [
        [`${name}:published_below_k`, publishedBelow],
        [`${name}:small_cells_derivable`, derivable.small],
        [`${name}:nested_differences_below_k`, derivable.differences],
      ];
    });
    expect(Object.fromEntries(found)).toEqual(attack.expected.audit_of_example);
    expect(isClean(audits.slice(0, 1))).toBe(true);
  });

  it("looks at as many secrets of each kind as counting over people finds, and finds as many leaks", () => {
    const audits = auditUniverse({ ...universe(2, example), views: contributors });
    for (const audit of audits)
      expect([audit.view, counted(audit)]).toEqual([audit.view, threeWay.expected.two_way[audit.view]]);
    const published = asCells(threeWay.published.three_way);
    expect(counted(outsider(universe(3, published)))).toEqual(threeWay.expected.three_way.outsider);
  });

  it("three ways without kinds 2 and 5 leak six sets, none of them of another kind", () => {
    const { derivable } = outsider(universe(3, asCells(threeWay.published.three_way)));
    expect(derivable).toEqual({ small: 0, deeper: 1, unions: 0, differences: 0, exclusions: 5, words: 0 });
  });

  it("contributor 0 computes three people out of the example: of segment 3 neither activity 3 nor three ages", () => {
    // Among the people of others 50 + 50 − 32 − 17 − 27 − 21 = 3: nobody is of activity 3 and of those ages.
    const sums = example.filter(
      ({ segment, gender, activity, age }) =>
        segment === "3" && (gender !== undefined || activity === "3" || ["0", "1", "2"].includes(age!)),
    );
    expect(sums.length).toBe(6);
    const derivable = (published: Cell[]) =>
      auditUniverse({ ...universe(2, published), views: contributors.slice(0, 1) }).map((audit) => audit.derivable);
    expect(derivable(sums)).toEqual([NO_LEAKS, { ...NO_LEAKS, deeper: 1 }]);
    for (const left of sums) expect(derivable(sums.filter((cell) => cell !== left))).toEqual([NO_LEAKS, NO_LEAKS]);
  });

  it("floating point agrees with both primes, leak for leak", () => {
    const naive = universe(2, cellsOf(records, tables(2), 10));
    expect(auditUniverse(naive, spanInFloats)).toEqual(auditUniverse(naive));
    const three = universe(3, asCells(threeWay.published.three_way));
    expect(auditUniverse(three, spanInFloats)).toEqual(auditUniverse(three));
  });
});

function counted({ looked, derivable }: { looked: Record<Kind, number>; derivable: Record<Kind, number> }) {
  const kinds = ["small", "deeper", "unions", "differences", "exclusions"] as const;
  return Object.fromEntries(kinds.map((kind) => [kind, { looked: looked[kind], derivable: derivable[kind] }]));
}
