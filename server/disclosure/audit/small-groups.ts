import { columnOf, groupPeople, type People } from "./people.ts";

/** Declared tables, the dimensions that never meet in one cell, and the fewest persons. */
export type Tables = {
  k: number;
  tables: readonly (readonly string[])[];
  apart: readonly (readonly [string, string])[];
};

/** Kind 1: the cells of the declared tables with 0 < n < k, each by its people. A table declared twice is one. */
export function* smallCells(people: People, { k, tables }: Tables): Generator<Int32Array> {
  for (const dimensions of distinct(tables)) yield* smallGroupsOf(people, dimensions, k);
}

/**
 * Kind 2: cells with 0 < n < k one dimension deeper than a declared table, which nobody would publish, but which sums and
 * differences may show. Each table that is not declared itself once, however many declared ones it deepens.
 */
export function* deeperCells(people: People, { k, tables, apart }: Tables): Generator<Int32Array> {
  const declared = new Set(tables.map(nameOf));
  const deeper = tables.flatMap((table) =>
    [...people.columns.keys()]
      .filter((dimension) => !table.includes(dimension) && !isApart(apart, dimension, table))
      .map((dimension) => [...table, dimension]),
  );
  for (const dimensions of distinct(deeper))
    if (!declared.has(nameOf(dimensions))) yield* smallGroupsOf(people, dimensions, k);
}

/**
 * Kind 3: of each parent and split, the union of the small children where there are two or more and it is small itself.
 *
 * Children are cells of a declared table; parents their cells without one dimension, or with a coarser level in its place
 * (municipalities of one county). `levels` are pairs [finer, coarser].
 */
export function* smallUnions(
  people: People,
  { k, tables }: Tables,
  levels: readonly (readonly [string, string])[],
): Generator<Int32Array> {
  for (const table of distinct(tables)) {
    const small = [...smallGroupsOf(people, table, k)];
    for (const split of table) {
      const rest = table.filter((dimension) => dimension !== split);
      const above = levels.filter(([finer, coarser]) => finer === split && !table.includes(coarser));
      for (const parent of [rest, ...above.map(([, coarser]) => [...rest, coarser])])
        yield* unionsWithin(groupPeople(people, parent).of, small, k);
    }
  }
}

function* unionsWithin(parentOf: Int32Array, small: readonly Int32Array[], k: number): Generator<Int32Array> {
  const children = new Map<number, Int32Array[]>();
  for (const rows of small) {
    const parent = parentOf[rows[0]!]!;
    if (rows.some((row) => parentOf[row] !== parent)) continue; // people without a code of the split, of several parents
    const siblings = children.get(parent);
    if (siblings) siblings.push(rows);
    else children.set(parent, [rows]);
  }
  for (const siblings of children.values()) {
    const count = siblings.reduce((sum, rows) => sum + rows.length, 0);
    if (siblings.length >= 2 && count < k) yield Int32Array.from(siblings.flatMap((rows) => [...rows]));
  }
}

/**
 * The pairs [finer, coarser] among dimensions that are apart: each code of the finer is found with one code of the coarser
 * only. Having no code of the finer says nothing.
 */
export function levelsOf(people: People, { apart }: Tables): [string, string][] {
  const both = apart.flatMap(([one, other]): [string, string][] => [
    [one, other],
    [other, one],
  ]);
  return both.filter(([finer, coarser]) => isFiner(people, finer, coarser));
}

function isFiner(people: People, finer: string, coarser: string): boolean {
  const { codes, indexOf } = columnOf(people, finer);
  const above = columnOf(people, coarser).codes;
  const none = indexOf.get(null);
  const found = new Int32Array(indexOf.size).fill(-1);
  for (let row = 0; row < people.count; row++) {
    const code = codes[row]!;
    if (code === none) continue;
    if (found[code] === -1) found[code] = above[row]!;
    if (found[code] !== above[row]) return false;
  }
  return true;
}

export function isApart(apart: Tables["apart"], dimension: string, from: readonly string[]): boolean {
  return apart.some(
    ([one, other]) => (one === dimension && from.includes(other)) || (other === dimension && from.includes(one)),
  );
}

function* smallGroupsOf(people: People, dimensions: readonly string[], k: number): Generator<Int32Array> {
  const { rows, starts } = groupPeople(people, dimensions);
  for (let group = 0; group + 1 < starts.length; group++) {
    const [from, to] = [starts[group]!, starts[group + 1]!];
    if (to - from < k) yield rows.subarray(from, to);
  }
}

function distinct(tables: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(tables.map((table) => [nameOf(table), table])).values()];
}

function nameOf(table: readonly string[]): string {
  return JSON.stringify([...table].sort());
}
