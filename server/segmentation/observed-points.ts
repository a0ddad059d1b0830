/** Points of which some coordinates may be missing, laid out so that inner loops need no branch. */
export type ObservedPoints = {
  rows: number;
  dimensions: number;
  /** Row i begins at i·width: D, and one more where D is odd. */
  width: number;
  /** Row-major coordinates; 0 where missing and beyond D. */
  values: Float64Array;
  /** Which coordinates each row has: the number of its pattern. Pattern 0 has all. */
  pattern: Uint32Array;
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
  const values = new Float64Array(rows * width);
  const pattern = new Uint32Array(rows);
  const bits = Float64Array.from({ length: dimensions }, (_, d) => 2 ** d);
  const complete = 2 ** dimensions - 1;
  const numbers = new Map<number, number>([[complete, 0]]);
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) throw new RangeError("weights are finite and above 0");
    let having = 0;
    for (let d = 0; d < dimensions; d++) {
      const value = points[row * dimensions + d]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isFinite(value)) throw new RangeError("coordinates are finite or missing");
      values[row * width + d] = value;
      having += bits[d]!;
      squares += weight * value * value;
    }
    if (having === 0) throw new RangeError("a row has at least one coordinate");
    if (having === complete) continue;
    if (!numbers.has(having)) numbers.set(having, numbers.size);
    pattern[row] = numbers.get(having)!;
  }
  return { rows, dimensions, width, values, pattern, ...masksOf([...numbers.keys()], width), weights, squares };
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
