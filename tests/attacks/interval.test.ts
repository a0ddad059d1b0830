import { afterAll, describe, expect, test } from "vitest";
import { cellsOf } from "../disclosure/audited.ts";
import { draws } from "../pipeline/made-up.ts";
import { type At, groupsOf, told } from "./attackers.ts";
import { asked, EVENTS, keyOf, LIMITS, publishedBy, RECORDS, sceneOf } from "./drawn-people.ts";
import { type Equation, openProgram } from "./linear-program.ts";
import { tally } from "./tally.ts";

/**
 * Attack 21: whoever knows every answered size exactly, and every share as it is shown, and that nobody can be fewer than none,
 * bounds the groups that are protected. Linear programs over each protected cell's two variables with every third one.
 */
const CELLS = 50;
const FEW = 3;
const k = LIMITS.persons;
type Known = { at: At; n: number; least: number; most: number };
type Bounds = { size: [number, number]; events: [number, number] };
type Cell = { at: At; rows: Int32Array };

const own = asked(2, []);
const everyone = sceneOf(own, []);
const published = publishedBy(own);
const dimensions = Object.keys(RECORDS).filter((id) => id !== "area");
const { counted, print } = tally("intervals of 1 200 drawn people");
afterAll(print);

/** Occupied cells of two variables that are protected, of two people or more, drawn by a seed. */
const chosen: Cell[] = (() => {
  const isPublished = new Set(published.map(keyOf));
  const random = draws(21);
  return dimensions
    .flatMap((first, index) => dimensions.slice(index + 1).flatMap((second) => cellsOf(RECORDS, [[first, second]], 2)))
    .filter((at) => !isPublished.has(keyOf(at)))
    .map((at) => ({ at, drawn: random.next() }))
    .sort((one, other) => one.drawn - other.drawn)
    .slice(0, CELLS)
    .map(({ at }) => ({ at, rows: rowsOf(at) }));
})();

describe("attack 21", () => {
  test("attack 21: interval attack on fifty protected cells: at most one in twenty has its events told, and none that all have it", () => {
    const bounds = boundsOf(chosen, published.map(asReleased));
    for (const { at, rows } of chosen) {
      const { events, size } = bounds.get(told(at)) as Bounds;
      expect([told(at), holds(events, eventsIn(rows)), holds(size, rows.length)]).toEqual([told(at), true, true]);
    }
    const exact = chosen.filter(({ at }) => isExact((bounds.get(told(at)) as Bounds).events));
    const all = chosen.filter(({ at, rows }) => whole((bounds.get(told(at)) as Bounds).events)[0] >= rows.length);
    const sizes = chosen.filter(({ at }) => isExact((bounds.get(told(at)) as Bounds).size));
    const naive = cellsOf(RECORDS, own.tables, k);
    const open = new Set(naive.map(keyOf));
    const small = chosen.filter(({ at }) => !open.has(keyOf(at)));
    const before = boundsOf(small, naive.map(asExact));
    const told1 = small.filter(({ at }) => isExact((before.get(told(at)) as Bounds).events));
    const widths = chosen
      .map(({ at }) => whole((bounds.get(told(at)) as Bounds).size))
      .map(([low, high]) => high - low);
    counted(
      "21",
      `events told exactly, of ${chosen.length} cells (before: of ${small.length}, exact numerators)`,
      told1.length,
      exact,
    );
    console.log(
      `TRUST P2: ${sizes.length} of ${chosen.length} hidden sizes told; ranges from ${Math.min(...widths)} wide, half of them ${widths.sort((a, b) => a - b)[CELLS / 2]} or wider`,
    );
    expect(chosen.length).toBe(CELLS);
    expect(told1.length).toBeGreaterThan(small.length / 4);
    expect(exact.length).toBeLessThanOrEqual(0.05 * CELLS);
    expect([all, sizes]).toEqual([[], []]);
  }, 120_000);

  test("the attacker's programs find what they should: a table with its margins", () => {
    const [rows, columns] = [
      [10, 5, 3],
      [9, 4, 5],
    ];
    const cells = rows.flatMap((_, row) => columns.map((__, column) => 3 * row + column));
    const line = (inLine: (cell: number) => boolean, equals: number): Equation => ({
      of: cells.filter(inLine).map((cell) => [cell, 1]),
      equals,
    });
    const program = openProgram({
      variables: 9,
      upper: new Array(9).fill(Number.POSITIVE_INFINITY),
      equations: [
        ...rows.map((sum, row) => line((cell) => Math.floor(cell / 3) === row, sum)),
        ...columns.map((sum, column) => line((cell) => cell % 3 === column, sum)),
      ],
    });
    // Fréchet's bounds: max(0, row + column − all) and the smaller of the two.
    for (const cell of cells) {
      const [row, column] = [rows[Math.floor(cell / 3)]!, columns[cell % 3]!];
      const [low, high] = program!.range([cell]);
      expect([low, high].map((bound) => Math.round(bound * 1e6) / 1e6)).toEqual([
        Math.max(0, row + column - 18),
        Math.min(row, column),
      ]);
    }
    expect(openProgram({ variables: 1, upper: [3], equations: [{ of: [[0, 1]], equals: 4 }] })).toBeNull();
  });
});

function rowsOf(at: At): Int32Array {
  return Int32Array.from(EVENTS.flatMap((_, row) => (isIn(row, at) ? [row] : [])));
}

function isIn(row: number, at: At): boolean {
  return Object.entries(at).every(([id, code]) => RECORDS[id]![row] === code);
}

function eventsIn(rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + EVENTS[row]!, 0);
}

/** What a threshold alone and unrounded numbers tell of a cell. */
function asExact(at: At): Known {
  const rows = rowsOf(at);
  const events = eventsIn(rows);
  return { at, n: rows.length, least: events, most: events };
}

/** What a released cell tells: whole percents, or "very few" and "nearly all". Its size is taken to be known exactly. */
function asReleased(at: At): Known {
  const rows = rowsOf(at);
  const [n, events] = [rows.length, eventsIn(rows)];
  if (events < FEW) return { at, n, least: 0, most: FEW - 1 };
  if (n - events < FEW) return { at, n, least: n - FEW + 1, most: n };
  const percent = Math.floor((100 * events) / n + 0.5);
  return { at, n, least: Math.max(0, (n * (percent - 0.5)) / 100), most: Math.min(n, (n * (percent + 0.5)) / 100) };
}

/** The tightest bounds of each cell over all programs of three variables that hold its two. */
function boundsOf(cells: readonly Cell[], known: readonly Known[]): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  const threes = dimensions.flatMap((first, a) =>
    dimensions.slice(a + 1).flatMap((second, b) => dimensions.slice(a + b + 2).map((third) => [first, second, third])),
  );
  for (const three of threes) {
    const inside = cells.filter(({ at }) => Object.keys(at).every((id) => three.includes(id)));
    if (inside.length === 0) continue;
    const within = programOf(three, known);
    for (const { at } of inside) {
      const [found, before] = [within(at), bounds.get(told(at))];
      bounds.set(
        told(at),
        before ? { size: both(found.size, before.size), events: both(found.events, before.events) } : found,
      );
    }
  }
  return bounds;
}

/** The program of three variables: with and without the event, the people of each occupied cell of the three. */
function programOf(three: readonly string[], known: readonly Known[]) {
  const atoms = [...groupsOf(three, everyone).values()];
  const atomsIn = (at: At) => atoms.flatMap((rows, atom) => (isIn(rows[0]!, at) ? [atom] : []));
  const equations: Equation[] = [];
  const upper = new Array<number>(2 * atoms.length).fill(Number.POSITIVE_INFINITY);
  for (const { at, n, least, most } of known.filter((one) => Object.keys(one.at).every((id) => three.includes(id)))) {
    const inside = atomsIn(at);
    equations.push({
      of: inside.flatMap((atom): [number, number][] => [
        [2 * atom, 1],
        [2 * atom + 1, 1],
      ]),
      equals: n,
    });
    const slack = upper.push(most - least) - 1;
    equations.push({ of: [...inside.map((atom): [number, number] => [2 * atom, 1]), [slack, 1]], equals: most });
  }
  const program = openProgram({ variables: upper.length, upper, equations });
  if (!program) throw new Error("no people are like that");
  return (at: At): Bounds => {
    const inside = atomsIn(at);
    return {
      size: program.range(inside.flatMap((atom) => [2 * atom, 2 * atom + 1])),
      events: program.range(inside.map((atom) => 2 * atom)),
    };
  };
}

function both([low, high]: [number, number], [least, most]: [number, number]): [number, number] {
  return [Math.max(low, least), Math.min(high, most)];
}

function whole([low, high]: [number, number]): [number, number] {
  return [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
}

function holds(range: [number, number], number: number): boolean {
  return whole(range)[0] <= number && number <= whole(range)[1];
}

function isExact(range: [number, number]): boolean {
  return whole(range)[0] === whole(range)[1];
}
