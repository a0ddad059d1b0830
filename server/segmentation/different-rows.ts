/** Coordinates nearer to each other than this are one: the same answers summed in another order. */
const SAME_COORDINATE = 1e-9;

/**
 * How many different points there are among row-major points, counted no further than `most`. A missing coordinate (NaN)
 * is like another missing one and like no number. k groups that differ need k different points.
 */
export function countDifferentRows(points: Float64Array, dimensions: number, most = Number.POSITIVE_INFINITY): number {
  const different = new Set<string>();
  for (let at = 0; at < points.length && different.size < most; at += dimensions) {
    const row = points.subarray(at, at + dimensions);
    different.add(Array.from(row, (value) => Math.round(value / SAME_COORDINATE)).join());
  }
  return different.size;
}
