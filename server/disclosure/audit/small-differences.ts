import { type Column, type People, rowsByGroup } from "./people.ts";
import type { CellSet } from "./published-sets.ts";
import { isApart, type Tables } from "./small-groups.ts";

/**
 * Kind 4: how many pairs of nested published cells, B ⊂ A as sets of people, have 0 < n_A − n_B < k. Anybody subtracts them:
 * each is a leak as it stands.
 *
 * Whatever holds B holds its person of fewest published cells: only among that person's cells is A looked for.
 */
export function countNestedDifferences(people: number, sets: readonly CellSet[], k: number): number {
  const { cells, starts } = cellsByPerson(people, sets);
  const heldBy = (row: number) => starts[row + 1]! - starts[row]!;
  let count = 0;
  for (const { rows } of sets) {
    let rarest = rows[0]!;
    for (const row of rows) if (heldBy(row) < heldBy(rarest)) rarest = row;
    for (const cell of cells.subarray(starts[rarest]!, starts[rarest + 1]!)) {
      const larger = sets[cell]!.rows;
      const left = larger.length - rows.length;
      if (left > 0 && left < k && holdsAll(larger, rows)) count++;
    }
  }
  return count;
}

function cellsByPerson(people: number, sets: readonly CellSet[]) {
  const entries = sets.reduce((sum, { rows }) => sum + rows.length, 0);
  const [person, holder] = [new Int32Array(entries), new Int32Array(entries)];
  let next = 0;
  sets.forEach(({ rows }, cell) => {
    person.set(rows, next);
    holder.fill(cell, next, next + rows.length);
    next += rows.length;
  });
  const { rows: order, starts } = rowsByGroup(person, people);
  return { cells: order.map((place) => holder[place]!), starts };
}

/** Whether every row of the smaller is among the larger's, both ascending. */
function holdsAll(larger: Int32Array, smaller: Int32Array): boolean {
  let at = 0;
  for (const row of smaller) {
    while (at < larger.length && larger[at]! < row) at++;
    if (larger[at] !== row) return false;
  }
  return true;
}

/** What A leaves out once: a category of a dimension that A does not name, and how many of A have it. */
type Exclusion = { dimension: string; codes: Int32Array; code: number; count: number };

/**
 * Kind 5: "A, neither b nor c": A ∖ (b ∪ c) with 0 < n < k, for published cells A of at most (deepest way − 1) dimensions
 * and single categories b and c (having none is one) of two other dimensions that may meet each other and A's.
 *
 *   n_A − n_Ab − n_Ac + n_Abc                                                                             METHOD §7.4
 *
 * Only where n_A − n_Ab − n_Ac < k are people counted one by one. Each set once, however many A, b and c say it.
 */
export function* twoExclusions(people: People, sets: readonly CellSet[], tables: Tables): Generator<Int32Array> {
  const deepest = Math.max(...tables.tables.map((table) => table.length), 0);
  const seen = new Set<string>();
  for (const { cell, rows } of sets) {
    if (Object.keys(cell).length > deepest - 1) continue;
    for (const [b, c] of exclusionsOf(rows, freeDimensions(people, cell, tables), tables)) {
      const left = neither(rows, b, c, tables.k);
      if (left === null) continue;
      const name = left.join();
      if (!seen.has(name)) yield left;
      seen.add(name);
    }
  }
}

function freeDimensions(people: People, cell: CellSet["cell"], { apart }: Tables): [string, Column][] {
  const named = Object.keys(cell);
  return [...people.columns].filter(([dimension]) => !named.includes(dimension) && !isApart(apart, dimension, named));
}

/** Pairs of exclusions that leave fewer than k of these people, if nobody is in both. */
function* exclusionsOf(
  rows: Int32Array,
  free: readonly [string, Column][],
  { k, apart }: Tables,
): Generator<[Exclusion, Exclusion]> {
  const exclusions = free.map(([dimension, column]) => countExclusions(rows, dimension, column));
  for (const [index, first] of exclusions.entries()) {
    for (const second of exclusions.slice(0, index)) {
      if (first.length === 0 || second.length === 0) continue;
      if (isApart(apart, first[0]!.dimension, [second[0]!.dimension])) continue;
      for (const b of first) for (const c of second) if (rows.length - b.count - c.count < k) yield [b, c];
    }
  }
}

function countExclusions(rows: Int32Array, dimension: string, { codes, indexOf }: Column): Exclusion[] {
  const counts = new Int32Array(indexOf.size);
  for (const row of rows) counts[codes[row]!]!++;
  return Array.from(counts, (count, code) => ({ dimension, codes, code, count }));
}

/** Those of the rows without b and without c, if they are some but fewer than k; else null. */
function neither(rows: Int32Array, b: Exclusion, c: Exclusion, k: number): Int32Array | null {
  const left: number[] = [];
  for (const row of rows) {
    if (b.codes[row] === b.code || c.codes[row] === c.code) continue;
    if (left.length + 1 >= k) return null;
    left.push(row);
  }
  return left.length > 0 ? Int32Array.from(left) : null;
}
