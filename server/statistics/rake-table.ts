import { sum } from "./sum.ts";

const PRECISION = 1e-8;
/** Where rounding begins: cycles cost little here, so they go on to it. */
const ROUNDING = 1e-13;
const MOST_CYCLES = 200;

/**
 * Rakes a table until its rows and columns add up to what is known of them.
 *
 *   t_as ← t_as · N_a / Σ_s t_as,  t_as ← t_as · N_s / Σ_a t_as, in turn     Deming & Stephan (1940); METHOD §4.7
 *
 * Until no row is off by more than rounding, 200 cycles at most. Null where a margin is then off by 10⁻⁸ of itself or
 * more: margins of unlike totals, or a row or column with people and an empty table. Zeros stay. `table` has one entry
 * of each row by column; it is left as it was. RangeError: unfit sizes, a number below 0 or infinite.
 */
export function rakeTable(
  table: readonly Float64Array[],
  rows: Float64Array,
  columns: Float64Array,
): Float64Array[] | null {
  if (table.length !== rows.length || table.some((row) => row.length !== columns.length))
    throw new RangeError("a table has one row and one column a margin");
  for (const numbers of [rows, columns, ...table])
    for (const number of numbers)
      if (!(number >= 0 && Number.isFinite(number))) throw new RangeError(`people are 0 or more, not ${number}`);
  const raked = table.map((row) => row.slice());
  let error = Number.POSITIVE_INFINITY;
  for (let cycle = 0; cycle < MOST_CYCLES && error > ROUNDING; cycle++) {
    raked.forEach((row, place) => {
      scale(row, rows[place]!);
    });
    for (let column = 0; column < columns.length; column++) {
      const own = Float64Array.from(raked, (row) => row[column]!);
      scale(own, columns[column]!);
      raked.forEach((row, place) => {
        row[column] = own[place]!;
      });
    }
    error = Math.max(0, ...raked.map((row, place) => distance(sum(row), rows[place]!)));
  }
  const off = columns.map((people, column) => distance(sum(raked.map((row) => row[column]!)), people));
  return Math.max(error, ...off) < PRECISION ? raked : null;
}

function scale(numbers: Float64Array, people: number): void {
  const total = sum(numbers);
  if (total > 0) for (let place = 0; place < numbers.length; place++) numbers[place]! *= people / total;
}

/** Relative; of nobody, whether anybody is there. */
function distance(total: number, people: number): number {
  if (people > 0) return Math.abs(total / people - 1);
  return total > 0 ? Number.POSITIVE_INFINITY : 0;
}
