import { describe, expect, it } from "vitest";
import { type AuditedUniverse, isClean, type Kind } from "../../server/disclosure/audit/audit.ts";
import { type Cell, NO_LEAKS, outsider, peopleOf, tablesOf } from "./audited.ts";

type Leak = { kind: Kind; title: string; universe: Partial<AuditedUniverse>; published: Cell[] };

/** Everybody of two groups and three others, each combination of the others twenty times. */
const elsewhere = ["b1", "b2", "b3"].flatMap((b) =>
  ["c1", "c2", "c3"].map((c): [number, string, string, string] => [20, "a2", b, c]),
);

/** Each of these is a sum of published cells that only one kind of secret tells of. */
const LEAKS: Leak[] = [
  {
    kind: "small",
    title: "a cell is what its row leaves: 32 − 25 = 7, of two rows together",
    universe: {
      tables: tablesOf(["region", "gender"], 2),
      records: peopleOf(
        ["region", "gender"],
        [
          [40, "R1", "m"],
          [12, "R1", "f"],
          [25, "R2", "m"],
          [7, "R2", "f"],
          [30, "R3", "m"],
          [18, "R3", "f"],
        ],
      ),
    },
    published: [{ gender: "f" }, { region: "R1", gender: "f" }, { region: "R3", gender: "f" }],
  },
  {
    kind: "deeper",
    title: "four people of (a1, b1, c1): all of (b1, c2) and (b1, c3) are in (a1, b1)",
    universe: {
      tables: tablesOf(["a", "b", "c"], 2),
      records: peopleOf(
        ["a", "b", "c"],
        [
          [4, "a1", "b1", "c1"],
          [12, "a1", "b1", "c2"],
          [12, "a1", "b1", "c3"],
          [20, "a2", "b1", "c1"],
          ...["a1", "a2"].flatMap((a) =>
            ["c1", "c2", "c3"].map((c): [number, string, string, string] => [20, a, "b2", c]),
          ),
        ],
      ),
    },
    published: [
      { a: "a1", b: "b1" },
      { b: "b1", c: "c2" },
      { b: "b1", c: "c3" },
    ],
  },
  {
    kind: "unions",
    title: "3 + 4 people of two small children, neither of them alone",
    universe: {
      tables: tablesOf(["a", "b"], 2),
      records: peopleOf(
        ["a", "b"],
        [
          [3, "a1", "b1"],
          [4, "a1", "b2"],
          [20, "a1", "b3"],
          [20, "a1", "b4"],
          ...["b1", "b2", "b3", "b4"].map((b): [number, string, string] => [20, "a2", b]),
        ],
      ),
    },
    published: [{ a: "a1" }, { a: "a1", b: "b3" }, { a: "a1", b: "b4" }],
  },
  {
    kind: "unions",
    title: "3 + 4 people of two small municipalities of one area, where all small ones together are many",
    universe: {
      tables: [["muni"], ["area"]],
      apart: [["area", "muni"]],
      records: peopleOf(
        ["area", "muni"],
        [
          [3, "north", "m1"],
          [4, "north", "m2"],
          [20, "north", "m3"],
          [20, "north", "m4"],
          [30, "south", "m5"],
          [5, "south", "m6"],
        ],
      ),
    },
    published: [{ area: "north" }, { muni: "m3" }, { muni: "m4" }],
  },
  {
    kind: "differences",
    title: "six people of a1 who are not of b1, where everybody of b1 is of a1",
    universe: {
      tables: [["a"], ["b"]],
      records: peopleOf(
        ["a", "b"],
        [
          [20, "a1", "b1"],
          [3, "a1", "b2"],
          [3, "a1", "b3"],
          [20, "a2", "b2"],
          [20, "a2", "b3"],
        ],
      ),
    },
    published: [{ a: "a1" }, { b: "b1" }],
  },
  {
    kind: "exclusions",
    title: "six people of a1, neither b1 nor c1",
    universe: {
      tables: tablesOf(["a", "b", "c"], 2),
      records: peopleOf(
        ["a", "b", "c"],
        [
          ...elsewhere,
          [20, "a1", "b1", "c2"],
          [20, "a1", "b1", "c3"],
          [20, "a1", "b2", "c1"],
          [20, "a1", "b3", "c1"],
          [2, "a1", "b2", "c2"],
          [2, "a1", "b2", "c3"],
          [2, "a1", "b3", "c2"],
        ],
      ),
    },
    published: [{ a: "a1" }, { a: "a1", b: "b1" }, { a: "a1", c: "c1" }],
  },
  {
    kind: "exclusions",
    title: "six people of a1, neither c1 nor without a b",
    universe: {
      tables: tablesOf(["a", "b", "c"], 2),
      records: peopleOf(
        ["a", "b", "c"],
        [
          ...elsewhere,
          [20, "a1", null, "c2"],
          [20, "a1", null, "c3"],
          [20, "a1", "b2", "c1"],
          [20, "a1", "b3", "c1"],
          [2, "a1", "b2", "c2"],
          [2, "a1", "b2", "c3"],
          [2, "a1", "b3", "c2"],
        ],
      ),
    },
    published: [{ a: "a1" }, { a: "a1", b: "b2" }, { a: "a1", b: "b3" }, { a: "a1", c: "c1" }],
  },
  {
    kind: "words",
    title: "thirty people of whom only words are shown: all less the others",
    universe: {
      tables: tablesOf(["a"], 1),
      records: peopleOf(
        ["a"],
        [
          [30, "a1"],
          [40, "a2"],
        ],
      ),
      wordsOnly: [{ a: "a1" }],
    },
    published: [{}, { a: "a2" }],
  },
];

describe("a leak that one kind of secret alone tells of", () => {
  it.each(LEAKS)("$kind: $title", ({ kind, universe, published }) => {
    const audit = outsider({ ...universe, published });
    expect(audit.publishedBelow).toBe(0);
    expect(audit.derivable).toEqual({ ...NO_LEAKS, [kind]: 1 });
    expect(isClean([audit])).toBe(false);
    expect(isClean([{ ...audit, derivable: { ...audit.derivable, [kind]: 0 } }])).toBe(true); // were it not looked for
  });

  it.each(LEAKS)(
    "$kind: and is none as soon as one of the published cells is taken away",
    ({ universe, published }) => {
      for (const left of published)
        expect(isClean([outsider({ ...universe, published: published.filter((cell) => cell !== left) })])).toBe(true);
    },
  );
});
