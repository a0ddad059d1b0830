import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { type Facts, publishCell } from "../../server/disclosure/gate.ts";
import { cellsOf, tablesOf } from "../../server/disclosure/lattice.ts";
import { ROOT } from "../command.ts";

const POLICY: DisclosurePolicy = {
  format: "tilannekuva.disclosure-policy/1",
  version: 1,
  decidedBy: "test",
  decidedOn: "2026-01-01",
  reason: "test",
  minimumPersons: 10,
  minimumEvents: 3,
  minimumUniverse: 100,
  threeWayFrom: 2000,
  leftOutAtMost: 0.05,
};
const shown = { estimate: { value: 0.5, low: 0.4, high: 0.6 }, hidden: false, flags: [], versus: [] };
const figure = (facts: Facts, statistic: "mean" | "percent" | "count" | "people" | "median" = "percent") =>
  publishCell({ measure: "m", statistic, at: { wave: "2025" } }, facts, POLICY).figure;

describe("an attacker who reads one figure", () => {
  test("never learns of fewer than ten persons, whatever the facts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (n, events) => {
        for (const facts of [
          { kind: "share", n, events: Math.min(n, events), ...shown },
          { kind: "category", n, events: Math.min(n, events), ...shown },
          { kind: "mean", n, awayFromFloor: n, awayFromCeiling: n, awayFromMostCommon: n, ...shown },
          { kind: "persons", n },
        ] satisfies Facts[])
          expect(figure(facts)).toEqual({ kind: "protected" });
      }),
    );
  });

  test("cannot tell an empty group from a small one, nor why a figure is protected", () => {
    expect(figure({ kind: "persons", n: 0 })).toEqual(figure({ kind: "persons", n: 9 }));
    expect(figure({ kind: "closed" })).toEqual(figure({ kind: "category", n: 500, events: 9, ...shown }));
  });

  test("sees words, not numbers, where fewer than three persons stand at one end", () => {
    expect(figure({ kind: "share", n: 200, events: 2, ...shown })).toEqual({ kind: "few" });
    expect(figure({ kind: "share", n: 200, events: 198, ...shown })).toEqual({ kind: "most" });
    expect(figure({ kind: "share", n: 200, events: 3, ...shown }).kind).toBe("value");
    const mean = { n: 200, awayFromFloor: 200, awayFromCeiling: 200, awayFromMostCommon: 150, ...shown };
    expect(figure({ kind: "mean", ...mean, awayFromFloor: 2 }, "mean")).toEqual({ kind: "few" });
    expect(figure({ kind: "mean", ...mean, awayFromCeiling: 2 }, "mean")).toEqual({ kind: "most" });
    expect(figure({ kind: "mean", ...mean, awayFromMostCommon: 2 }, "mean")).toEqual({ kind: "protected" });
  });

  test("does not see a category's share where the category itself is small, or holds all but two of its parent", () => {
    expect(figure({ kind: "category", n: 50, events: 8, ...shown })).toEqual({ kind: "protected" });
    expect(figure({ kind: "category", n: 50, events: 48, ...shown })).toEqual({ kind: "protected" });
    expect(figure({ kind: "category", n: 50, events: 47, ...shown }).kind).toBe("value");
  });

  test("reads rounded numbers only: means to a tenth, shares whole, counts to five, people to two digits", () => {
    const value = (facts: Facts, statistic: "mean" | "percent" | "count" | "people") => {
      const got = figure(facts, statistic);
      return got.kind === "value" ? got.value : got.kind;
    };
    const at = (estimate: number) => ({ ...shown, estimate: { value: estimate, low: null, high: null } });
    const mean = { kind: "mean" as const, n: 50, awayFromFloor: 50, awayFromCeiling: 50, awayFromMostCommon: 50 };
    expect(value({ ...mean, ...at(61.849) }, "mean")).toBe(61.8);
    expect(value({ ...mean, ...at(61.85) }, "mean")).toBe(61.9);
    expect(value({ kind: "share", n: 90, events: 30, ...at(0.335) }, "percent")).toBe(34);
    expect(value({ kind: "persons", n: 12 }, "count")).toBe(10);
    expect(value({ kind: "persons", n: 13 }, "count")).toBe(15);
    expect(value({ kind: "people", people: 12345, incomplete: false }, "people")).toBe(12000);
  });

  test("meets zero in registers alone", () => {
    expect(figure({ kind: "people", people: 0, incomplete: false }, "people")).toMatchObject({
      kind: "value",
      value: 0,
    });
    expect(figure({ kind: "people", people: 9, incomplete: false }, "people")).toEqual({ kind: "protected" });
    expect(figure({ kind: "people", people: 0, incomplete: true }, "people")).toEqual({ kind: "protected" });
    const tiny = { ...shown, estimate: { value: 0.004, low: 0.001, high: 0.01 } };
    expect(figure({ kind: "share", n: 2000, events: 5, ...tiny })).toEqual({ kind: "protected" });
  });

  test("is not told that two of twelve are very few: too few answers for any word", () => {
    expect(figure({ kind: "share", n: 12, events: 2, ...shown, hidden: true })).toEqual({ kind: "uncertain" });
    expect(figure({ kind: "share", n: 9, events: 2, ...shown, hidden: true })).toEqual({ kind: "protected" });
  });
});

describe("an attacker who reads a median of money", () => {
  const many = { below: 40, above: 40 };
  const median = {
    kind: "median" as const,
    n: 100,
    covered: true,
    beyond: { value: many, low: many, high: many },
    ...shown,
  };
  const euros = { estimate: { value: 2149.9, low: 1850, high: 2449.99 } };
  const read = (more: Partial<Extract<Facts, { kind: "median" }>>) =>
    figure({ ...median, ...euros, ...more }, "median");

  test("reads whole hundreds, halves away from nothing: the median, its limits, and nobody's own income", () => {
    expect(read({})).toMatchObject({ kind: "value", value: 2100, low: 1900, high: 2400, n: 100 });
    expect(read({ estimate: { value: -50, low: -149, high: 49 } })).toMatchObject({ value: -100, low: -100, high: 0 });
  });

  test("sees none with fewer than ten persons strictly on either side, however many there are", () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.integer({ min: 10, max: 5000 }), (below, above, n) => {
        const got = read({ n, beyond: { ...median.beyond, value: { below, above } } });
        expect(got.kind).toBe(Math.min(below, above) >= 10 ? "value" : "protected");
      }),
    );
    expect(read({ n: 9 })).toEqual({ kind: "protected" });
  });

  test("sees a limit only where ten persons lie strictly on each side of it too: each limit for itself", () => {
    const nine = [
      { below: 9, above: 91 },
      { below: 91, above: 9 },
    ];
    for (const few of nine) {
      expect(read({ beyond: { ...median.beyond, low: few } })).toMatchObject({ value: 2100, low: null, high: 2400 });
      expect(read({ beyond: { ...median.beyond, high: few } })).toMatchObject({ value: 2100, low: 1900, high: null });
    }
    const ten = { below: 10, above: 10 };
    expect(read({ beyond: { value: ten, low: ten, high: ten } })).toMatchObject({ value: 2100, low: 1900, high: 2400 });
    expect(read({ estimate: { value: 2100, low: null, high: null } })).toMatchObject({ low: null, high: null });
  });

  test("is not told that it is uncertain where it is protected, nor a zero as if it were nothing", () => {
    expect(read({ hidden: true })).toEqual({ kind: "uncertain" });
    expect(read({ hidden: true, beyond: { ...median.beyond, value: { below: 9, above: 9 } } })).toEqual({
      kind: "protected",
    });
    expect(read({ estimate: { value: 0, low: 0, high: 100 } })).toMatchObject({ kind: "value", value: 0 });
  });
});

describe("the gate is the only mint", () => {
  test("no other file of the house makes something Published, and one that did would be seen", () => {
    const files = readdirSync(join(ROOT, "server"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const mints = (text: string) => /\bas (unknown as )?Published</.test(text);
    const minting = files.filter((name) => mints(readFileSync(join(ROOT, "server", name), "utf8")));
    expect(files.length).toBeGreaterThan(40);
    expect(minting).toEqual([join("disclosure", "gate.ts")]);
    expect(mints("return cells as unknown as Published<Cell[]>;")).toBe(true);
  });
});

describe("tables of a release", () => {
  test("one- and two-way all, three-way only when declared and the wave is large enough", () => {
    const variables = ["gender", "segment", "area"];
    const small = tablesOf(variables, [["segment", "gender", "area"]], 1999, 2000);
    expect(small).toEqual([
      [],
      ["segment"],
      ["area"],
      ["gender"],
      ["segment", "area"],
      ["segment", "gender"],
      ["area", "gender"],
    ]);
    expect(
      tablesOf(
        variables,
        [
          ["segment", "gender", "area"],
          ["segment", "unknown", "area"],
        ],
        2000,
        2000,
      ),
    ).toEqual([...small, ["segment", "area", "gender"]]);
  });

  test("cells are the full product of the codes", () => {
    const codes = new Map([
      ["a", ["1", "2"]],
      ["b", ["x", "y", "z"]],
    ]);
    expect(cellsOf(["a", "b"], codes).length).toBe(6);
    expect(cellsOf([], codes)).toEqual([{}]);
  });
});
