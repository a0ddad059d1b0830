import { columnOf, type People, rowsByGroup } from "./people.ts";

/** A cell as the people who are in it, rows ascending. */
export type CellSet = { cell: Readonly<Record<string, string>>; rows: Int32Array };

/**
 * People whom no published cell tells apart, as blocks: the rows of the system of equations that an attacker has, one
 * column for each published cell. METHOD §7.4 speaks of atoms; people of one block are alike in all that can be computed,
 * so blocks say the same with fewer rows.
 */
export type Blocks = {
  count: number;
  /** Published cells, whether or not they say the same. */
  cells: number;
  /** Block of each person. */
  of: Int32Array;
  sizes: Int32Array;
  /** The cells that hold block b: `cellsOf.subarray(starts[b], starts[b + 1])`. */
  cellsOf: Int32Array;
  starts: Int32Array;
};

/** The cells that somebody is in, each once, in their order. RangeError: a cell names a dimension that is none. */
export function cellSets(people: People, cells: readonly Readonly<Record<string, string>>[]): CellSet[] {
  const seen = new Set<string>();
  const sets: CellSet[] = [];
  for (const cell of cells) {
    const parts = Object.entries(cell);
    const key = JSON.stringify(parts.sort(([one], [other]) => (one < other ? -1 : 1)));
    const rows = rowsOf(people, parts);
    if (rows.length > 0 && !seen.has(key)) sets.push({ cell, rows });
    seen.add(key);
  }
  return sets;
}

function rowsOf(people: People, parts: readonly (readonly [string, string])[]): Int32Array {
  const rows = new Int32Array(people.count);
  for (let row = 0; row < people.count; row++) rows[row] = row;
  let count = rows.length;
  for (const [dimension, code] of parts) {
    const { codes, indexOf } = columnOf(people, dimension);
    const wanted = indexOf.get(code) ?? -1;
    let kept = 0;
    for (let place = 0; place < count; place++) if (codes[rows[place]!] === wanted) rows[kept++] = rows[place]!;
    count = kept;
  }
  return rows.slice(0, count);
}

/** The people in blocks: cell after cell, a block that lies partly in the cell is divided. */
export function blocksOf(people: number, sets: readonly CellSet[]): Blocks {
  const of = new Int32Array(people);
  const sizes = new Int32Array(people);
  const inside = new Int32Array(people);
  const renamed = new Int32Array(people);
  if (people > 0) sizes[0] = people;
  let count = Math.min(people, 1);
  for (const { rows } of sets) {
    for (const row of rows) inside[of[row]!]!++;
    for (const row of rows) {
      const block = of[row]!;
      if (inside[block]! > 0) {
        renamed[block] = inside[block] === sizes[block] ? block : count++;
        sizes[block]! -= inside[block]!;
        sizes[renamed[block]!]! += inside[block]!;
        inside[block] = 0;
      }
      of[row] = renamed[block]!;
    }
  }
  return { count, cells: sets.length, of, sizes: sizes.slice(0, count), ...cellsByBlock(of, count, sets) };
}

function cellsByBlock(of: Int32Array, blocks: number, sets: readonly CellSet[]) {
  const { rows, starts: firsts } = rowsByGroup(of, blocks);
  const isFirst = new Uint8Array(of.length);
  for (let block = 0; block < blocks; block++) isFirst[rows[firsts[block]!]!] = 1;
  const found: number[] = [];
  const holder: number[] = [];
  sets.forEach((set, cell) => {
    for (const row of set.rows) {
      if (isFirst[row] === 0) continue;
      found.push(of[row]!);
      holder.push(cell);
    }
  });
  const { rows: order, starts } = rowsByGroup(Int32Array.from(found), blocks);
  return { cellsOf: order.map((place) => holder[place]!), starts };
}
