import type { ObservedPoints } from "./observed-points.ts";

/**
 * What is known of the rows' distances without measuring them again, as the centroids travel.
 *
 * When row i of cluster a was last measured, its distance to a was u and to the next centroid l. Since then a has travelled
 * at most ΔT_a and the others at most ΔT, so that by the triangle inequality
 *
 *   d(i, a) ≤ u + ΔT_a,   d(i, b) ≥ l − ΔT  for b ≠ a:   i stays in a while  l − u > ΔT_a + ΔT
 *
 * A partial distance obeys the same, for a centroid travels no farther over some coordinates than over all. Nothing is
 * updated row by row: `near` and `margin` are stored less and plus what had been travelled when they were measured.
 * Source: Hamerly (2010), Making k-means even faster; sums instead of updates.
 */
export type Bounds = {
  /** u less the travel of its cluster then: d(i, a) ≤ near + travelled[a]. */
  near: Float64Array;
  /** l − u plus the closing of its cluster then: i stays in a while margin > closing[a]. −∞: not measured. */
  margin: Float64Array;
  /** Σ travel of the centroid of c. */
  travelled: Float64Array;
  /** Σ (travel of c + the largest travel of another). */
  closing: Float64Array;
  /** The centroids as each pattern of rows sees them, 0 where it misses a coordinate: pattern, cluster, `width`. */
  faces: Float64Array;
  /** Where the centroids were when travel was last counted. */
  before: Float64Array;
};

/** Every row must be measured again. */
export function forgetDistances({ margin, travelled, closing }: Bounds): void {
  margin.fill(Number.NEGATIVE_INFINITY);
  travelled.fill(0);
  closing.fill(0);
}

/** Counts how far each centroid has travelled since `before`. */
export function countTravel({ travelled, closing, before }: Bounds, centroids: Float64Array, dimensions: number): void {
  let farthest = 0;
  let most = -1;
  let next = 0;
  for (let cluster = 0; cluster < closing.length; cluster++) {
    let square = 0;
    for (let at = cluster * dimensions; at < (cluster + 1) * dimensions; at++) {
      const difference = centroids[at]! - before[at]!;
      square += difference * difference;
    }
    const travel = Math.sqrt(square);
    travelled[cluster]! += travel;
    closing[cluster]! += travel;
    if (travel > most) {
      next = Math.max(most, 0);
      most = travel;
      farthest = cluster;
    } else if (travel > next) next = travel;
  }
  for (let cluster = 0; cluster < closing.length; cluster++) closing[cluster]! += cluster === farthest ? next : most;
  before.set(centroids);
}

/** Writes the centroids as each pattern of rows sees them: all, or one. */
export function faceCentroids({ faces }: Bounds, centroids: Float64Array, points: ObservedPoints, only = -1): void {
  const { dimensions, width, masks } = points;
  const clusters = centroids.length / dimensions;
  const first = Math.max(only, 0);
  const last = only < 0 ? clusters - 1 : only;
  for (let mask = 0; mask < masks.length; mask += width) {
    for (let cluster = first; cluster <= last; cluster++) {
      const to = mask * clusters + cluster * width;
      for (let d = 0; d < dimensions; d++) faces[to + d] = centroids[cluster * dimensions + d]! * masks[mask + d]!;
    }
  }
}
