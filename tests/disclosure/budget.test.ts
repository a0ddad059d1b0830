import { expect, it } from "vitest";
import { affordableTables, isWithinBudget } from "../../server/disclosure/budget.ts";
import { prepareUniverse, type Universe } from "../../server/disclosure/universe.ts";
import { draws } from "../pipeline/made-up.ts";

const SIZES = { area: 4, age: 3, gender: 2, segment: 3 };
const TABLES = [[], ["area"], ["age"], ["gender"], ["area", "age"], ["age", "gender"], ["area", "gender", "segment"]];

function drawn(persons: number): Universe {
  const random = draws(5);
  return {
    persons,
    dimensions: Object.entries(SIZES).map(([id, size]) => ({
      id,
      codes: Array.from({ length: size }, (_, code) => String(code)),
      places: Uint16Array.from({ length: persons }, () => random.below(size)),
      shown: size,
      sensitive: false,
    })),
    tables: TABLES,
    keyTables: [],
    apart: [],
    views: [],
  };
}

/** Rank of the cells as rows of noughts and ones over atoms, by elimination in real numbers. */
function rankOf({ cells, atoms }: ReturnType<typeof prepareUniverse>): number {
  const rows = cells.map(({ atoms: own }) =>
    Float64Array.from({ length: atoms }, (_, atom) => Number(own.includes(atom))),
  );
  let rank = 0;
  for (let column = 0; column < atoms; column++) {
    const at = rows.findIndex((row, place) => place >= rank && Math.abs(row[column]!) > 1e-9);
    if (at < 0) continue;
    [rows[rank], rows[at]] = [rows[at]!, rows[rank]!];
    const pivot = rows[rank]!;
    for (const row of rows.slice(rank + 1)) {
      const factor = row[column]! / pivot[column]!;
      if (factor !== 0) for (let place = column; place < atoms; place++) row[place]! -= factor * pivot[place]!;
    }
    rank++;
  }
  return rank;
}

it("the work of a universe is its rank squared times its atoms by two: the rank is that of the cells themselves", () => {
  const prepared = prepareUniverse(drawn(3_000));
  const rank = rankOf(prepared);
  expect(rank).toBeGreaterThan(30);
  const work = (rank * rank * prepared.atoms) / 2;
  expect([isWithinBudget(prepared, 0, work), isWithinBudget(prepared, 0, work - 1)]).toEqual([true, false]);
});

it("fewer candidates than that are all that can be eliminated", () => {
  const prepared = prepareUniverse(drawn(60));
  const large = prepared.cells.filter(({ shown, atoms }) => shown && atoms.length >= 10).length;
  const persons = prepared.cells.find(({ key }) => key === "")!.atoms.length;
  expect(persons).toBeGreaterThan(large);
  expect(isWithinBudget(prepared, 61, 0)).toBe(true); // nobody is sixty-one
  expect(isWithinBudget(prepared, 10, 0)).toBe(false);
});

it("of tables that take too long the last declared of three is left out first, and never one of two", () => {
  const tables = [["a"], ["a", "b"], ["a", "b", "c"], ["b", "c", "d"], ["a", "c", "d"]];
  expect(affordableTables(tables, ({ length }) => length < 5)).toEqual(tables.slice(0, 4));
  expect(affordableTables(tables, () => false)).toEqual(tables.slice(0, 2));
  expect(affordableTables(tables, () => true)).toEqual(tables);
});
