import { frozenDimensions, nearestSegment, type SegmentModel, squaredDistanceToSegment } from "./model.ts";
import { type DimensionScores, standardise } from "./standardise.ts";

/** Where each row lies between the two segments nearest to it. */
export type BetweenSegments = {
  /** As `assignSegments`; −1 without a segment. */
  nearest: Int32Array;
  /** The next nearest; −1 without a segment, or where the model has one segment. */
  second: Int32Array;
  /** 1 = almost as near to the second, 0 = not, NaN = no segment. */
  borderline: Float64Array;
};

const ALMOST_AS_NEAR = 0.9;

/**
 * Who lies at a border: almost as near to another segment as to the own one.
 *
 *   borderline  ⟺  d₁/d₂ > .9,   d_c = √(Σ_{d∈O_i} (z_id − μ_cd)²),   d₁ ≤ d₂ the two least
 *
 * The .9 is a convention, not a test: it says what "almost" means, and how large the overlap looks depends on it. Both
 * distances are over the same observed coordinates, so nothing needs rescaling. Equally near, also with both at 0, is
 * borderline; of equally near segments the first is the nearest. One segment has no border: nobody is borderline.
 */
export function betweenSegments(model: SegmentModel, scores: readonly DimensionScores[]): BetweenSegments {
  const { points, dimensions, enough } = standardise(scores, frozenDimensions(model));
  const rows = scores[0]?.values.length ?? 0;
  const nearest = new Int32Array(rows).fill(-1);
  const second = new Int32Array(rows).fill(-1);
  const borderline = new Float64Array(rows).fill(Number.NaN);
  for (const row of enough) {
    const z = points.subarray(row * dimensions, (row + 1) * dimensions);
    const own = nearestSegment(model.centroids, z);
    const distances = model.centroids.map((centroid) => squaredDistanceToSegment(centroid, z));
    const other = leastBeside(distances, own);
    nearest[row] = own;
    second[row] = other;
    borderline[row] = other >= 0 && isAlmostAsNear(distances[own]!, distances[other]!) ? 1 : 0;
  }
  return { nearest, second, borderline };
}

/**
 * A segment's overlap with another as a column for the estimators: of the persons of `segment`, 1 = borderline with
 * `other` as the second-nearest, 0 = not; NaN for everyone else.
 *
 *   overlap(a, b) = Σ_{i∈a} w_i·1[borderline, second = b] / Σ_{i∈a} w_i
 *
 * The overlaps of a with all others add up to the share of a that is borderline. Not symmetric: a's people near b, not b's.
 */
export function overlapColumn(between: BetweenSegments, segment: number, other: number): Float64Array {
  return between.borderline.map((borderline, row) => {
    if (between.nearest[row] !== segment || Number.isNaN(borderline)) return Number.NaN;
    return borderline === 1 && between.second[row] === other ? 1 : 0;
  });
}

function leastBeside(distances: readonly number[], own: number): number {
  let least = -1;
  distances.forEach((distance, segment) => {
    if (segment !== own && (least < 0 || distance < distances[least]!)) least = segment;
  });
  return least;
}

function isAlmostAsNear(squaredFirst: number, squaredSecond: number): boolean {
  return squaredSecond === 0 || squaredFirst > ALMOST_AS_NEAR * ALMOST_AS_NEAR * squaredSecond;
}
