/** Points of which some coordinates may be missing, laid out so that inner loops need no branch. */
export type ObservedPoints = {
  rows: number;
  dimensions: number;
  /** Row i begins at i·width: D, and one more where D is odd. */
  width: number;
  /** Row-major coordinates; 0 where missing and beyond D. Where nothing is either, the points themselves. */
  values: Float64Array;
  /** Which coordinates each row has: the number of its pattern. Pattern 0 has all. */
  pattern: Int32Array;
  /** Pattern by pattern (`width` apart): 1 where a coordinate is observed, 0 where it is missing. */
  masks: Float64Array;
  /** How many coordinates each pattern has, |O|. */
  observedCount: Int32Array;
  weights: Float64Array;
  /** Σ_i w_i Σ_{d∈O_i} z_id². */
  squares: number;
};

const MOST_DIMENSIONS = 52;

/**
 * Splits row-major points with NaN for missing into values and what is observed. Rows that miss the same coordinates share
 * a pattern; there are as many patterns as differ, so that what holds of a pattern is worked out once for its rows.
 *
 * Refused (RangeError): a length that is not rows × dimensions, more than 52 dimensions, a weight that is not a finite
 * number above 0, an infinite coordinate, a row without any coordinate.
 */
export function observePoints(points: Float64Array, weights: Float64Array, dimensions: number): ObservedPoints {
  const rows = weights.length;
  if (points.length !== rows * dimensions) throw new RangeError("points are rows × dimensions");
  if (!(dimensions <= MOST_DIMENSIONS)) throw new RangeError("at most 52 dimensions");
  const width = dimensions + (dimensions % 2);
  let values = width === dimensions ? points : widened(points, dimensions, width);
  const pattern = new Int32Array(rows);
  const numbers = new Map<number, number>([[2 ** dimensions - 1, 0]]);
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) throw new RangeError("weights are finite and above 0");
    const from = row * width;
    let square = 0;
    for (let d = 0; d < dimensions; d++) square += values[from + d]! * values[from + d]!;
    if (!(square < Number.POSITIVE_INFINITY)) {
      if (values === points) values = points.slice();
      const having = emptyMissing(values, from, dimensions);
      if (!numbers.has(having)) numbers.set(having, numbers.size);
      pattern[row] = numbers.get(having)!;
      square = 0;
      for (let d = 0; d < dimensions; d++) square += values[from + d]! * values[from + d]!;
    }
    squares += weight * square;
  }
  return { rows, dimensions, width, values, pattern, ...masksOf([...numbers.keys()], width), weights, squares };
}

function widened(points: Float64Array, dimensions: number, width: number): Float64Array {
  const values = new Float64Array((points.length / dimensions) * width);
  for (let row = 0, at = 0; at < points.length; row++) {
    for (let d = 0; d < dimensions; d++) values[row * width + d] = points[at++]!;
  }
  return values;
}

/** Puts 0 where a row's coordinates are missing; answers which it has, bit d for coordinate d. */
function emptyMissing(values: Float64Array, from: number, dimensions: number): number {
  let having = 0;
  for (let d = 0; d < dimensions; d++) {
    const value = values[from + d]!;
    if (Number.isNaN(value)) values[from + d] = 0;
    else if (Number.isFinite(value)) having += 2 ** d;
    else throw new RangeError("coordinates are finite or missing");
  }
  if (having === 0) throw new RangeError("a row has at least one coordinate");
  return having;
}

/** `having[p]` holds bit d where pattern p has coordinate d. */
function masksOf(having: readonly number[], width: number): Pick<ObservedPoints, "masks" | "observedCount"> {
  const masks = new Float64Array(having.length * width);
  const observedCount = new Int32Array(having.length);
  having.forEach((bits, number) => {
    for (let d = 0; d < width; d++) {
      const seen = Math.floor(bits / 2 ** d) % 2;
      masks[number * width + d] = seen;
      observedCount[number]! += seen;
    }
  });
  return { masks, observedCount };
}
