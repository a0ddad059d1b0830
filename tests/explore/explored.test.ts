import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Asked,
  choosing,
  closestAnswer,
  type ExploreChoices,
  finderOf,
  linkedCharts,
  measuring,
} from "../../components/explore/explored.ts";
import type { At, Figure } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { KeyedCell } from "../../server/findings/view.ts";

const CODES: Record<string, string[]> = {
  group: ["A", "B"],
  area: ["1", "2", "3"],
  age: ["old", "young"],
  wave: ["w1", "w2"],
};
const ORDER = Object.keys(CODES);
const PAIRS = [
  ["wave"],
  ...["group", "area", "age"].map((id) => ["wave", id]),
  ["wave", "group", "area"],
  ["wave", "group", "age"],
];
const CHOICES: ExploreChoices = {
  release: "made-up.000000000000",
  language: "fi",
  measures: [
    { id: "dimension.health", statistic: "mean", name: "Health", kind: "dimension", grids: 0 },
    { id: "service.x.need-met", statistic: "percent", name: "Met", kind: "service", grids: 1 },
  ],
  variables: ORDER.map((id) => ({ id, name: id, codes: (CODES[id] ?? []).map((code) => ({ code, name: code })) })),
  grids: [PAIRS, PAIRS.filter((grid) => grid.length < 3)],
};
const KINDS: Figure["kind"][] = ["value", "few", "most", "uncertain", "not-asked", "not-yet", "protected"];

/** Every cell of every grid, each with a figure of a kind that is drawn. */
function cellsWith(kindAt: (key: string) => Figure["kind"]): KeyedCell[] {
  return CHOICES.measures.flatMap(({ id, statistic, grids }) =>
    (CHOICES.grids[grids] ?? []).flatMap((grid) =>
      grid
        .reduce<At[]>(
          (ats, name) => ats.flatMap((at) => (CODES[name] ?? []).map((code) => ({ ...at, [name]: code }))),
          [{}],
        )
        .map((at) => {
          const key = cellKey(id, statistic, at);
          return { key, measure: id, statistic, at, figure: figureOf(kindAt(key), key) };
        }),
    ),
  );
}

function figureOf(kind: Figure["kind"], key: string): Figure {
  return kind === "value"
    ? { kind, value: key.length, low: null, high: null, n: null, flags: [], versus: [] }
    : { kind };
}

const ASKED: Asked = { measure: "dimension.health", statistic: "mean", wave: "w2", at: {} };
const asking = (at: At): Asked => ({ ...ASKED, at });
const tells = (kind: string) => ["value", "few", "most"].includes(kind);

describe("the closest answer", () => {
  test("attack: what is chosen instead of a cell is the same whether it is protected, uncertain, not asked, not yet or not there", () => {
    const at = fc.record(
      { group: fc.constantFrom("A", "B"), area: fc.constantFrom("1", "2"), age: fc.constantFrom("old", "young") },
      { requiredKeys: [] },
    );
    const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 40, maxLength: 40 });
    let instead = 0;
    fc.assert(
      fc.property(at, kinds, (cut, drawn) => {
        const asked = asking(cut);
        const key = cellKey(asked.measure, asked.statistic, { wave: asked.wave, ...cut });
        const answers = [...KINDS.filter((kind) => !tells(kind)), null].map((kind) => {
          const cells = cellsWith((one) => drawn[one.length % drawn.length] ?? "value")
            .filter((cell) => kind !== null || cell.key !== key)
            .map((cell) => (cell.key === key && kind !== null ? { ...cell, figure: figureOf(kind, key) } : cell));
          return JSON.stringify(closestAnswer(asked, ORDER, finderOf(cells)));
        });
        expect(new Set(answers).size).toBe(1);
        if (JSON.parse(answers[0] ?? "").left.length > 0) instead++;
      }),
    );
    expect(instead).toBeGreaterThan(50);
  });

  test("attack: a code that nobody has is answered as one that is protected", () => {
    for (const [real, made] of [
      [
        { group: "A", area: "2" },
        { group: "A", area: "999" },
      ],
      [{ area: "2" }, { area: "__proto__" }],
    ]) {
      const cells = cellsWith((key) => (key.includes("area=2") ? "protected" : "value"));
      const [one, other] = [real, made].map((at) => closestAnswer(asking(at as At), ORDER, finderOf(cells)));
      expect(other).toEqual(one);
      expect(one?.left).toEqual(["area"]);
    }
  });

  test("is what was asked where that tells something, be it very few or nearly all", () => {
    for (const kind of KINDS.filter(tells)) {
      const { cell, left } = closestAnswer(asking({ group: "B", area: "3" }), ORDER, finderOf(cellsWith(() => kind)));
      expect([cell?.key, left]).toEqual([
        "dimension.health/mean?wave=w2&group=B&area=3".replace("group=B&area=3", "area=3&group=B"),
        [],
      ]);
    }
  });

  test("leaves as few codes out as can be, of as many those that stand last", () => {
    const find = finderOf(cellsWith((key) => (/group=A.*area|area.*group=A/.test(key) ? "protected" : "value")));
    expect(closestAnswer(asking({ group: "A", area: "1" }), ORDER, find).at).toEqual({ group: "A" });
    expect(closestAnswer(asking({ group: "A", area: "1", age: "old" }), ORDER, find).at).toEqual({
      group: "A",
      age: "old",
    });
    expect(closestAnswer(asking({ area: "1", age: "old" }), ORDER, find).at).toEqual({ area: "1" });
  });

  test("is nothing where not even everyone's number tells anything", () => {
    expect(closestAnswer(asking({ group: "A" }), ORDER, finderOf(cellsWith(() => "protected")))).toEqual({
      cell: null,
      at: {},
      left: ["group"],
    });
  });
});

describe("linked charts", () => {
  const find = finderOf(cellsWith(() => "value"));

  test("each is cut by what is chosen of the others, and every row is the cell of its code", () => {
    const charts = linkedCharts(asking({ group: "A" }), CHOICES, find);
    expect(charts.map(({ variable, kept, left }) => [variable, kept, left])).toEqual([
      ["group", {}, []],
      ["area", { group: "A" }, []],
      ["age", { group: "A" }, []],
      ["wave", { group: "A" }, []],
    ]);
    for (const { variable, kept, rows } of charts)
      for (const { code, cell } of rows) expect(cell?.at).toEqual({ wave: "w2", ...kept, [variable]: code });
  });

  test("what no grid holds together with a chart's variable is left, and said", () => {
    const charts = linkedCharts(asking({ group: "A", area: "1" }), CHOICES, find);
    expect(charts.find(({ variable }) => variable === "age")).toMatchObject({ kept: { group: "A" }, left: ["area"] });
    expect(charts.find(({ variable }) => variable === "group")).toMatchObject({ kept: { area: "1" }, left: [] });
  });

  test("a code that is not there cuts nothing", () => {
    const charts = linkedCharts(asking({ area: "999", group: "A" }), CHOICES, find);
    expect(charts.find(({ variable }) => variable === "age")).toMatchObject({ kept: { group: "A" } });
  });

  test("a choice never leads to a cut that is not published", () => {
    const held = new Set((CHOICES.grids[0] ?? []).map((grid) => [...grid].sort().join()));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("group", "area", "age", "wave"), fc.nat(3)), { maxLength: 12 }),
        (steps) => {
          let asked = ASKED;
          for (const [variable, place] of steps)
            asked = choosing(asked, CHOICES, variable, CODES[variable]?.[place] ?? null);
          expect(held).toContain(["wave", ...Object.keys(asked.at)].sort().join());
          const other = measuring(asked, CHOICES, CHOICES.measures[1] as never);
          expect(Object.keys(other.at).length).toBeLessThan(2);
        },
      ),
    );
  });

  test("choosing keeps what was chosen last", () => {
    const both = choosing(asking({ area: "1" }), CHOICES, "age", "old");
    expect(both.at).toEqual({ age: "old" });
    expect(choosing(both, CHOICES, "group", "B").at).toEqual({ age: "old", group: "B" });
    expect(choosing(both, CHOICES, "age", null).at).toEqual({});
    expect(choosing(both, CHOICES, "wave", "w1").wave).toBe("w1");
  });
});
