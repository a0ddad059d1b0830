/** Points of which some coordinates may be missing, laid out so that inner loops need no branch. */
export type ObservedPoints = {
  rows: number;
  dimensions: number;
  /** Row-major coordinates; 0 where missing. */
  values: Float64Array;
  /** 1 where a coordinate is observed, 0 where it is missing. */
  observed: Float64Array;
  /** How many coordinates of each row are observed, |O_i|. */
  observedCount: Int32Array;
  weights: Float64Array;
};

/**
 * Splits row-major points with NaN for missing into values and what is observed.
 *
 * Refused (RangeError): a length that is not rows × dimensions, a weight that is not a finite number above 0, an infinite
 * coordinate, a row without any coordinate.
 */
export function observePoints(points: Float64Array, weights: Float64Array, dimensions: number): ObservedPoints {
  const rows = weights.length;
  if (points.length !== rows * dimensions) throw new RangeError("points are rows × dimensions");
  const values = new Float64Array(points.length);
  const observed = new Float64Array(points.length);
  const observedCount = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const weight = weights[row]!;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) throw new RangeError("weights are finite and above 0");
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) {
      const value = points[at]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isFinite(value)) throw new RangeError("coordinates are finite or missing");
      values[at] = value;
      observed[at] = 1;
      observedCount[row]!++;
    }
    if (observedCount[row] === 0) throw new RangeError("a row has at least one coordinate");
  }
  return { rows, dimensions, values, observed, observedCount, weights };
}
