import type { Blocks } from "./published-sets.ts";

export type Elimination = {
  rank: number;
  /** Number of each pivot block, and of the basis cell it was exchanged for; −1 for the others. */
  pivotOf: Int32Array;
  rowOfCell: Int32Array;
  /** Column of M⁻¹ that belongs to pivot block number j: `rank` numbers from j · rank. M = pivot blocks × basis cells. */
  inverse: Float64Array;
};

const MOST_YOUNG = 4;

/**
 * Eager elimination (Gauss and Jordan, by exchange): block after block is reduced by all rows there are; what is left of it
 * makes a new row, by which all others are reduced.
 *
 *   row i:   e(cell i) + Σ_{free f} R_if e(f)  =  Σ_{pivots j} T_ij v(block j)
 *
 * v(b) = which cells hold block b (0/1 over cells), e(c) = unit vector. Basis cells have unit columns, so a block is reduced
 * by additions alone. A row keeps R in its first places and T in its last, T_ij at place cells − 1 − j: as many places
 * become pivots as cells stop being free. At the end T = M⁻¹.
 *
 * Four new rows at a time are taken from the older ones: until then these still have a part of them, at the new rows' own
 * places (`free` … `free + young.length − 1`), and so has a block that they reduced.
 */
export function eliminate(prime: number, blocks: Blocks): Elimination {
  const { cells } = blocks;
  const rowOfCell = new Int32Array(cells).fill(-1);
  const pivotOf = new Int32Array(blocks.count).fill(-1);
  const placeOf = Int32Array.from({ length: cells }, (_, cell) => cell);
  const cellAt = placeOf.slice();
  const sizes = new Int32Array(cells);
  for (const cell of blocks.cellsOf) sizes[cell]!++;
  const tableau: Tableau = { prime, cells, old: [], young: [] };
  const line = new Float64Array(cells);
  for (let block = 0; block < blocks.count; block++) {
    const rank = tableau.old.length + tableau.young.length;
    if (rank === cells) break;
    const used: Float64Array[] = [];
    line.fill(0);
    for (const cell of blocks.cellsOf.subarray(blocks.starts[block]!, blocks.starts[block + 1]!)) {
      const row = tableau.old[rowOfCell[cell]!];
      if (row) used.push(row);
      else line[placeOf[cell]!] = 1;
    }
    if (!reduce(tableau, line, used)) continue;
    const last = cells - 1 - rank;
    const pivot = smallestCell(line, cellAt.subarray(0, last + 1), sizes);
    const [cell, moved] = [cellAt[pivot]!, cellAt[last]!];
    [cellAt[pivot], cellAt[last], placeOf[moved], placeOf[cell]] = [moved, cell, pivot, last];
    rowOfCell[cell] = pivotOf[block] = rank;
    exchange(tableau, line, pivot);
  }
  settle(tableau);
  const rows = tableau.old;
  const inverse = new Float64Array(rows.length ** 2);
  rows.forEach((row, index) => {
    for (let pivot = 0; pivot < rows.length; pivot++) inverse[pivot * rows.length + index] = row[cells - 1 - pivot]!;
  });
  return { rank: rows.length, pivotOf, rowOfCell, inverse };
}

/** Old rows; and young ones, at most four, that are reduced by each other but not yet taken from the old. */
type Tableau = { prime: number; cells: number; old: Float64Array[]; young: Float64Array[] };

/** Takes from the line of a block the old rows of its cells, and the young. False where nothing is left: it is dependent. */
function reduce({ prime, cells, old, young }: Tableau, line: Float64Array, used: readonly Float64Array[]): boolean {
  const free = cells - old.length - young.length;
  const aged = free + young.length;
  subtractRows(line, used, { prime, from: 0, to: aged });
  const factors = young.map((_, index) => line[aged - 1 - index]!);
  line.fill(0, free, aged);
  subtractMultiples(line, { factors, rows: young }, { prime, from: 0, to: free });
  if (isZero(line, free)) return false;
  subtractRows(line, used, { prime, from: aged, to: cells });
  subtractMultiples(line, { factors, rows: young }, { prime, from: free, to: cells });
  return true;
}

function isZero(line: Float64Array, places: number): boolean {
  for (let place = 0; place < places; place++) if (line[place] !== 0) return false;
  return true;
}

/** The place that is not 0 and whose cell has fewest blocks, so that few other rows have a part of it; −1 for none. */
function smallestCell(line: Float64Array, cellAt: Int32Array, sizes: Int32Array): number {
  let chosen = -1;
  for (let place = 0; place < cellAt.length; place++)
    if (line[place] !== 0 && (chosen < 0 || sizes[cellAt[place]!]! < sizes[cellAt[chosen]!]!)) chosen = place;
  return chosen;
}

/**
 * Makes the reduced line a young row: divided by its pivot, which changes places with the last free one, where the block's
 * own column of T begins.
 */
function exchange(tableau: Tableau, line: Float64Array, pivot: number): void {
  const { prime, cells, old, young } = tableau;
  const last = cells - 1 - old.length - young.length;
  const divisor = inverseModulo(line[pivot]!, prime);
  line[pivot] = line[last]!;
  line[last] = 1;
  const row = line.map((value) => nearRemainder(value * divisor, prime));
  for (const other of [...old, ...young]) [other[pivot], other[last]] = [other[last]!, other[pivot]!];
  for (const other of young) {
    const factors = [other[last]!];
    other[last] = 0;
    subtractMultiples(other, { factors, rows: [row] }, { prime, from: 0, to: cells });
  }
  young.push(row);
  if (young.length === MOST_YOUNG) settle(tableau);
}

/** Takes the young rows from the old, whose parts of them are at the young rows' places, and makes them old. */
function settle({ prime, cells, old, young }: Tableau): void {
  const first = cells - 1 - old.length;
  for (const row of old) {
    const factors = young.map((_, index) => row[first - index]!);
    row.fill(0, first - young.length + 1, first + 1);
    subtractMultiples(row, { factors, rows: young }, { prime, from: 0, to: cells });
  }
  old.push(...young.splice(0));
}

/** line −= Σ rows at places from … to − 1, modulo the prime. */
function subtractRows(
  line: Float64Array,
  rows: readonly Float64Array[],
  { prime, from, to }: { prime: number; from: number; to: number },
): void {
  for (const row of rows) for (let place = from; place < to; place++) line[place]! -= row[place]!;
  for (let place = from; place < to; place++) line[place] = nearRemainder(line[place]!, prime);
}

/**
 * line −= Σ factor · row over at most four rows, at places from … to − 1, modulo the prime.
 *
 * |factor|, |row| ≤ 2²⁵ and a little: four products and the line stay below 2⁵³, exact. This loop is where an audit spends its time.
 */
function subtractMultiples(
  line: Float64Array,
  { factors, rows }: { factors: readonly number[]; rows: readonly Float64Array[] },
  { prime, from, to }: { prime: number; from: number; to: number },
): void {
  if (factors.every((factor) => factor === 0)) return;
  const perPrime = 1 / prime;
  const [f0, f1 = 0, f2 = 0, f3 = 0] = factors as [number];
  const [r0, r1 = r0, r2 = r0, r3 = r0] = rows as [Float64Array];
  for (let place = from; place < to; place++) {
    const value = line[place]! - f0 * r0[place]! - f1 * r1[place]! - f2 * r2[place]! - f3 * r3[place]!;
    line[place] = value - prime * Math.floor(value * perPrime + 0.5);
  }
}

/** value^(prime − 2), which is 1 / value modulo the prime (Fermat). */
function inverseModulo(value: number, prime: number): number {
  let [result, base] = [1, value];
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = nearRemainder(result * base, prime);
    base = nearRemainder(base * base, prime);
  }
  return result;
}

/** The remainder nearest to 0, |remainder| ≤ prime / 2 and a rounding error; of |value| < 2⁵¹ exact, 0 for multiples. */
export function nearRemainder(value: number, prime: number): number {
  return value - prime * Math.floor(value / prime + 0.5);
}
