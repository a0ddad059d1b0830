import { describe, expect, it } from "vitest";
import { type AuditedUniverse, type AuditOfView, auditUniverse, isClean } from "../../server/disclosure/audit/audit.ts";
import { asCodes, type Cell, cellsOf, NO_LEAKS, outsider, peopleOf, tablesOf } from "./audited.ts";

describe("who looks", () => {
  const dimensions = ["area", "org"];
  const records = peopleOf(dimensions, [
    [14, "north", "one"],
    [6, "north", "two"],
    [6, "north", "three"],
    [40, "south", "one"],
    [30, "south", "two"],
    [30, "south", "three"],
  ]);
  const held = (...orgs: string[]) => Uint8Array.from(records.org!, (org) => Number(orgs.includes(org!)));
  const published: Cell[] = [{}, { area: "south" }];
  const universe = { k: 10, tables: [[], ["area"]], records, apart: [], published };

  it("a contributor subtracts its own rows, and a coalition the rows of all", () => {
    const audits = auditUniverse({
      ...universe,
      views: [
        { id: "one", holds: held("one") },
        { id: "one and two", holds: held("one", "two") },
      ],
    });
    // North has 26 people: 12 that are not of the first, 6 that are of neither.
    expect(audits.map(({ view, derivable }) => [view, derivable.small])).toEqual([
      ["outsider", 0],
      ["one", 0],
      ["one and two", 1],
    ]);
    expect(audits.map(isCleanAlone)).toEqual([true, true, false]);
  });

  it("who holds all but a few of a published cell reads the others off it", () => {
    const views = [{ id: "one and two", holds: held("one", "two") }];
    const [, coalition] = auditUniverse({ ...universe, published: [{ area: "north" }], views });
    expect(coalition!.publishedBelow).toBe(1);
  });

  it("who holds everything learns nothing", () => {
    const [, all] = auditUniverse({ ...universe, views: [{ id: "all", holds: held("one", "two", "three") }] });
    expect(all).toEqual({
      view: "all",
      publishedBelow: 0,
      derivable: NO_LEAKS,
      looked: { published: 0, ...NO_LEAKS },
    });
  });

  it("what is safe of all people is not safe of those who answered", () => {
    const everyone = outsider({ ...universe, views: [] });
    expect([everyone.derivable, isClean([everyone])]).toEqual([NO_LEAKS, true]);
    const answered = Uint8Array.from(records.area!, (area, row) => Number(area === "south" || row < 4));
    const those = outsider({ ...universe, views: [], valid: answered });
    expect(those.derivable).toMatchObject({ small: 1, differences: 1 });
    const nobodyThere = Uint8Array.from(records.area!, (area) => Number(area === "south"));
    expect(isClean([outsider({ ...universe, valid: nobodyThere })])).toBe(true); // 0 people are no group
  });
});

describe("k − 1, k and k + 1", () => {
  const records = (count: number) =>
    peopleOf(
      ["a"],
      [
        [count, "a1"],
        [30, "a2"],
      ],
    );

  it.each([
    [1, 1],
    [9, 1],
    [10, 0],
    [11, 0],
  ])("%i people: published, computed and subtracted %i times", (count, leaks) => {
    const tables = [["a"]];
    const shown = outsider({ tables, records: records(count), published: [{ a: "a1" }] });
    expect([shown.publishedBelow, shown.derivable]).toEqual([leaks, { ...NO_LEAKS, small: leaks }]);
    const left = outsider({ tables, records: records(count), published: [{}, { a: "a2" }] });
    expect([left.publishedBelow, left.derivable]).toEqual([0, { ...NO_LEAKS, small: leaks, differences: leaks }]);
  });

  it.each([
    [5, 1],
    [6, 0],
  ])("a union of 4 + %i people is a secret %i times", (count, leaks) => {
    const people = peopleOf(
      ["a"],
      [
        [4, "a1"],
        [count, "a2"],
        [30, "a3"],
        [30, "a4"],
      ],
    );
    const { derivable } = outsider({ tables: [["a"]], records: people, published: [{}, { a: "a3" }, { a: "a4" }] });
    expect(derivable).toEqual({ ...NO_LEAKS, unions: leaks });
  });

  it.each([
    [9, 1],
    [10, 0],
  ])("neither b1 nor c1, and one deeper: %i people are a secret %i times", (count, leaks) => {
    const records = peopleOf(
      ["b", "c"],
      [
        [20, "b1", "c2"],
        [20, "b2", "c1"],
        [count, "b2", "c2"],
      ],
    );
    const found = outsider({ tables: [["b"], ["c"]], records, published: [{}, { b: "b1" }, { c: "c1" }] });
    expect(found.derivable).toEqual({ ...NO_LEAKS, deeper: leaks, exclusions: leaks });
  });
});

describe("what the definitions leave to their edges", () => {
  it("half a cell counts: each of three pairs published, each single one is half of a sum", () => {
    const records = peopleOf(
      ["p", "q", "r", "s"],
      [
        [8, "in", "out", "in", "1"],
        [8, "in", "in", "out", "2"],
        [8, "out", "in", "in", "3"],
        [40, "out", "out", "out", "4"],
      ],
    );
    const published: Cell[] = [{ p: "in" }, { q: "in" }, { r: "in" }];
    expect(outsider({ tables: [["s"]], records, published }).derivable.small).toBe(3);
    expect(outsider({ tables: [["s"]], records, published: published.slice(1) }).derivable.small).toBe(0);
  });

  it("dimensions that are apart meet in no deeper cell and in no exclusion", () => {
    const records = peopleOf(
      ["s", "t"],
      [
        [20, "used", "not"],
        [20, "not", "used"],
        [4, "used", "used"],
        [30, "not", "not"],
      ],
    );
    const universe = { tables: [[], ["s"], ["t"]], records, published: [{}] };
    const met = outsider(universe).looked;
    const parted = outsider({ ...universe, apart: [["t", "s"]] }).looked;
    expect([met.deeper, met.exclusions]).toEqual([1, 1]);
    expect([parted.deeper, parted.exclusions]).toEqual([0, 0]);
  });

  it("people without a code are a cell like others", () => {
    const records = peopleOf(
      ["a"],
      [
        [30, "a1"],
        [30, "a2"],
        [4, null],
      ],
    );
    const published: Cell[] = [{}, { a: "a1" }, { a: "a2" }];
    const { looked, derivable } = outsider({ tables: [["a"]], records, published });
    expect([looked.small, derivable.small]).toEqual([1, 1]);
  });

  it("people without a municipality are no small municipality of their area", () => {
    const records = peopleOf(
      ["area", "muni"],
      [
        [3, "north", "m1"],
        [2, "north", "m2"],
        [30, "north", "m3"],
        [3, "north", null],
        [2, "south", null],
        [30, "south", "m4"],
      ],
    );
    const universe = { tables: [["area"], ["muni"]], records, apart: [["muni", "area"]] as [string, string][] };
    expect(outsider(universe).looked.unions).toBe(1); // 3 + 2 of the north; with those without they would be ten
  });

  it("cells published twice, of the new release and the old, are one", () => {
    const records = peopleOf(
      ["a", "b"],
      [
        [5, "a1", "b1"],
        [20, "a2", "b2"],
      ],
    );
    const cell = { a: "a2", b: "b2" };
    const { looked, derivable } = outsider({
      tables: [["a"]],
      records,
      published: [{}, {}, cell, { b: "b2", a: "a2" }],
    });
    expect([looked.published, derivable.differences]).toEqual([2, 1]);
  });

  it("an audit of no view is not clean", () => {
    expect(isClean([])).toBe(false);
  });

  it("refuses a k of nobody, columns that do not fit, and cells of no dimension", () => {
    const records = peopleOf(["a"], [[20, "a1"]]);
    const refused: [Partial<AuditedUniverse>, string][] = [
      [{ k: 0 }, "k is a whole number"],
      [{ k: 9.5 }, "k is a whole number"],
      [{ records: { ...records, b: ["b1"] } }, '"b" has 1 persons, not 20'],
      [{ views: [{ id: "o", holds: new Uint8Array(3) }] }, 'view "o" has 3 rows'],
      [{ valid: new Uint8Array(3) }, "valid has 3 rows"],
      [{ tables: [["z"]] }, '"z" is no dimension'],
      [{ apart: [["a", "z"]] }, '"z" is no dimension'],
      [{ published: [{ z: "1" }] }, '"z" is no dimension'],
      [{ wordsOnly: [{ toString: "1" }] }, '"toString" is no dimension'],
    ];
    for (const [part, message] of refused) {
      expect(() => outsider({ records, ...part })).toThrow(RangeError);
      expect(() => outsider({ records, ...part })).toThrow(message);
    }
  });
});

describe("hostile universes", () => {
  it("no persons", () => {
    const found = outsider({ tables: [[], ["a"]], records: { a: [] }, published: [{}, { a: "a1" }] });
    expect(found).toMatchObject({ publishedBelow: 0, derivable: NO_LEAKS, looked: { published: 0, small: 0 } });
    expect(outsider({}).looked.published).toBe(0);
  });

  it("nothing published: nothing can be computed, however much is small", () => {
    const records = peopleOf(
      ["a", "b"],
      Array.from({ length: 9 }, (_, at): [number, string, string] => [at + 1, `a${at}`, `b${at % 3}`]),
    );
    const { derivable, looked } = outsider({ tables: tablesOf(["a", "b"], 2), records });
    expect(derivable).toEqual(NO_LEAKS);
    expect(looked.small).toBe(9 + 9);
  });

  it("a code that nobody has", () => {
    const records = peopleOf(["a"], [[20, "a1"]]);
    const { looked, derivable } = outsider({ tables: [["a"]], records, published: [{ a: "never" }] });
    expect([looked.published, derivable]).toEqual([0, NO_LEAKS]);
  });

  it("nobody has any code", () => {
    const records = { a: asCodes(new Array(30).fill(null)), b: asCodes(new Array(30).fill(null)) };
    expect(isClean([outsider({ tables: tablesOf(["a", "b"], 2), records, published: [{}] })])).toBe(true);
    const few = { a: asCodes(new Array(4).fill(null)) };
    expect(outsider({ tables: [["a"]], records: few, published: [{}] })).toMatchObject({
      publishedBelow: 1,
      derivable: { ...NO_LEAKS, small: 1 },
    });
  });

  it("two dimensions of forty codes: everything above the threshold gives all small cells away", () => {
    const codes = Array.from({ length: 40 }, (_, at) => String(at));
    const records = peopleOf(
      ["a", "b"],
      codes.flatMap((a) => codes.map((b): [number, string, string] => [a === b ? 3 : 10, a, b])),
    );
    const tables = tablesOf(["a", "b"], 2);
    const { looked, derivable } = outsider({ tables, records, published: cellsOf(records, tables, 10) });
    expect([looked.small, derivable.small, looked.published]).toEqual([40, 40, 1 + 80 + 40 * 39]);
  });
});

function isCleanAlone(audit: AuditOfView): boolean {
  return isClean([audit]);
}
