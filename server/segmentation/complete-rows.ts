import type { Random } from "./random.ts";

/** The rows of row-major points (NaN = missing) that miss nothing, in row order. */
export function completeRows(points: Float64Array, dimensions: number): Int32Array {
  const rows = dimensions === 0 ? 0 : points.length / dimensions;
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    let complete = true;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) if (Number.isNaN(points[at]!)) complete = false;
    if (complete) found[count++] = row;
  }
  return found.slice(0, count);
}

/** `most` of the rows, each set as likely (Fisher & Yates), in row order; all of them where they are no more. */
export function sampleRows(rows: Int32Array, most: number, random: Random): Int32Array {
  if (rows.length <= most) return rows;
  const shuffled = rows.slice();
  for (let index = 0; index < most; index++) {
    const other = index + random.below(shuffled.length - index);
    const kept = shuffled[other]!;
    shuffled[other] = shuffled[index]!;
    shuffled[index] = kept;
  }
  return shuffled.slice(0, most).sort();
}
