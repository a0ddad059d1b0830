import { faceCentroids, forgetDistances } from "./bounds.ts";
import type { ObservedPoints } from "./observed-points.ts";
import type { Partition } from "./partition.ts";
import type { Random } from "./random.ts";
import { neededDimensions } from "./standardise.ts";

/** The rows that may become a first centroid. */
export type Candidates = {
  rows: Int32Array;
  /** Whether every one of them is complete. */
  complete: boolean;
  /** Σ w of the first one, first two, … of them. */
  weightUpTo: Float64Array;
};

const COMPLETE_ROWS_A_CLUSTER = 20;
const COMPLETE_SHARE = 0.3;

/**
 * The rows that may become a first centroid: the complete ones; but where those are fewer than max(20k, 30 %), all rows
 * with at least ⌈0.75·D⌉ coordinates (METHOD §3.3). Refused (RangeError): no such row.
 */
export function rowsToSeedFrom(points: ObservedPoints, clusters: number): Candidates {
  const whole = rowsHaving(points, points.dimensions);
  const fewest = Math.max(COMPLETE_ROWS_A_CLUSTER * clusters, COMPLETE_SHARE * points.rows);
  const rows = whole.length >= fewest ? whole : rowsHaving(points, neededDimensions(points.dimensions));
  if (rows.length === 0) throw new RangeError("no row has enough coordinates to start from");
  const weightUpTo = new Float64Array(rows.length);
  let total = 0;
  for (let index = 0; index < rows.length; index++) {
    total += points.weights[rows[index]!]!;
    weightUpTo[index] = total;
  }
  return { rows, complete: rows.length === whole.length, weightUpTo };
}

function rowsHaving({ rows, pattern, observedCount }: ObservedPoints, least: number): Int32Array {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (observedCount[pattern[row]!]! >= least) found[count++] = row;
  return found.slice(0, count);
}

/**
 * k-means++: makes first centroids, each a row of `candidates`, far from those before it, and labels every row by the
 * nearest of them, of equals the first.
 *
 *   first: P(i) ∝ w_i;   next: P(i) ∝ w_i·D²(i),  D² = squared distance to the nearest centroid so far
 *
 * Between rows that miss coordinates D² is that of the shared ones times D/shared (here only). A coordinate that the chosen
 * row lacks starts at 0, the mean. When every candidate stands on a centroid already, P(i) ∝ w_i.
 * Source: Arthur & Vassilvitskii (2007), weighted; METHOD §3.3.
 */
export function seedCentroids(
  partition: Partition,
  points: ObservedPoints,
  { rows, complete, weightUpTo }: Candidates,
  random: Random,
): void {
  const { centroids, labels, clusters, bounds, kernel } = partition;
  const { dimensions, width, values } = points;
  labels.fill(0);
  kernel.candidates.set(rows);
  const nearest = kernel.nearest.subarray(0, rows.length).fill(Number.POSITIVE_INFINITY);
  let total = 0;
  for (let cluster = 0; cluster < clusters; cluster++) {
    const chosen =
      total > 0 ? drawByDistance(rows, nearest, points, random.next() * total) : drawByWeight(rows, weightUpTo, random);
    for (let d = 0; d < dimensions; d++) centroids[cluster * dimensions + d] = values[chosen * width + d]!;
    total = complete
      ? kernel.nearer(rows.length, chosen, cluster)
      : nearerBySharedCoordinates(rows, nearest, points, chosen);
  }
  forgetDistances(bounds);
  if (!complete || rows.length < points.rows) labelTheRest(partition, points, complete ? rows : null);
}

/** Rows that seeding has not labelled are measured as in any round of Lloyd's. */
function labelTheRest(partition: Partition, points: ObservedPoints, labelled: Int32Array | null): void {
  const { bounds, centroids, kernel } = partition;
  faceCentroids(bounds, centroids, points);
  for (const row of labelled ?? []) bounds.margin[row] = Number.POSITIVE_INFINITY;
  kernel.assign();
  forgetDistances(bounds);
}

/** One candidate with probability ∝ weight: the one where their sum first exceeds the threshold. */
function drawByWeight(rows: Int32Array, weightUpTo: Float64Array, random: Random): number {
  const threshold = random.next() * weightUpTo[rows.length - 1]!;
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (weightUpTo[middle]! > threshold) high = middle;
    else low = middle + 1;
  }
  return rows[low]!;
}

/** One candidate with probability ∝ weight·nearest: the one where their sum first exceeds the threshold. */
function drawByDistance(
  rows: Int32Array,
  nearest: Float64Array,
  { weights }: ObservedPoints,
  threshold: number,
): number {
  let reached = 0;
  let last = 0;
  for (let index = 0; index < rows.length; index++) {
    const share = weights[rows[index]!]! * nearest[index]!;
    if (share === 0) continue;
    last = index;
    reached += share;
    if (reached > threshold) break;
  }
  return rows[last]!;
}

/**
 * Brings `nearest` up to date with a new centroid, between rows that may lack coordinates: Σ over the shared ones, times
 * D/shared; 0 where none is shared. Answers Σ w·nearest.
 */
function nearerBySharedCoordinates(
  rows: Int32Array,
  nearest: Float64Array,
  { dimensions, width, values, pattern, masks, weights }: ObservedPoints,
  chosen: number,
): number {
  const from = chosen * width;
  const mask = pattern[chosen]! * width;
  let total = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const at = row * width;
    const own = pattern[row]! * width;
    let sum = 0;
    let shared = 0;
    for (let d = 0; d < dimensions; d++) {
      const both = masks[own + d]! * masks[mask + d]!;
      const difference = (values[at + d]! - values[from + d]!) * both;
      sum += difference * difference;
      shared += both;
    }
    const square = shared === 0 ? 0 : (sum * dimensions) / shared;
    if (square < nearest[index]!) nearest[index] = square;
    total += weights[row]! * nearest[index]!;
  }
  return total;
}
