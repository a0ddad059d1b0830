import type { ObservedPoints } from "./observed-points.ts";
import type { Random } from "./random.ts";
import { neededDimensions } from "./standardise.ts";

const COMPLETE_ROWS_A_CLUSTER = 20;
const COMPLETE_SHARE = 0.3;

/**
 * The rows that may become a first centroid: the complete ones; but where those are fewer than max(20k, 30 %), all rows
 * with at least ⌈0.75·D⌉ coordinates (METHOD §3.3). Refused (RangeError): no such row.
 */
export function rowsToSeedFrom(points: ObservedPoints, clusters: number): Int32Array {
  const having = (least: number) => {
    return Int32Array.from(points.observedCount.keys()).filter((row) => points.observedCount[row]! >= least);
  };
  const complete = having(points.dimensions);
  const fewest = Math.max(COMPLETE_ROWS_A_CLUSTER * clusters, COMPLETE_SHARE * points.rows);
  const rows = complete.length >= fewest ? complete : having(neededDimensions(points.dimensions));
  if (rows.length === 0) throw new RangeError("no row has enough coordinates to start from");
  return rows;
}

/**
 * k-means++: writes first centroids into `centroids`, each a row of `candidates`, far from those before it.
 *
 *   first: P(i) ∝ w_i;   next: P(i) ∝ w_i·D²(i),  D² = squared distance to the nearest centroid so far
 *
 * Between rows that miss coordinates D² is that of the shared ones times D/shared (here only). A coordinate that the chosen
 * row lacks starts at 0, the mean. When every candidate stands on a centroid already, P(i) ∝ w_i.
 * Source: Arthur & Vassilvitskii (2007), weighted; METHOD §3.3.
 */
export function seedCentroids(
  centroids: Float64Array,
  points: ObservedPoints,
  candidates: Int32Array,
  random: Random,
): void {
  const { dimensions, values, weights } = points;
  const clusters = centroids.length / dimensions;
  const nearest = new Float64Array(candidates.length).fill(1);
  for (let cluster = 0; cluster < clusters; cluster++) {
    const chosen = drawRow(candidates, weights, nearest, random);
    for (let d = 0; d < dimensions; d++) centroids[cluster * dimensions + d] = values[chosen * dimensions + d]!;
    for (let index = 0; index < candidates.length; index++) {
      const distance = sharedDistance(points, candidates[index]!, chosen);
      if (cluster === 0 || distance < nearest[index]!) nearest[index] = distance;
    }
  }
}

/** One of `candidates` with probability ∝ weight·nearest, or ∝ weight where that is 0 for all. */
function drawRow(candidates: Int32Array, weights: Float64Array, nearest: Float64Array, random: Random): number {
  let total = 0;
  for (let index = 0; index < candidates.length; index++) total += weights[candidates[index]!]! * nearest[index]!;
  if (total === 0) return drawRow(candidates, weights, nearest.slice().fill(1), random);
  const threshold = random.next() * total;
  let reached = 0;
  let last = candidates[0]!;
  for (let index = 0; index < candidates.length; index++) {
    const share = weights[candidates[index]!]! * nearest[index]!;
    if (share === 0) continue;
    last = candidates[index]!;
    reached += share;
    if (reached > threshold) return last;
  }
  return last;
}

function sharedDistance(points: ObservedPoints, left: number, right: number): number {
  const { dimensions, values, observed } = points;
  let sum = 0;
  let shared = 0;
  for (let d = 0; d < dimensions; d++) {
    const both = observed[left * dimensions + d]! * observed[right * dimensions + d]!;
    const difference = (values[left * dimensions + d]! - values[right * dimensions + d]!) * both;
    sum += difference * difference;
    shared += both;
  }
  if (shared === 0) return 0;
  return shared === dimensions ? sum : (sum * dimensions) / shared;
}
