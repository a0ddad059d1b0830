import { countTravel, faceCentroids } from "./bounds.ts";
import type { ObservedPoints } from "./observed-points.ts";
import { type Partition, roughWithinSum, withinSum } from "./partition.ts";

const MOST_SWEEPS = 50;
const LEAST_GAIN = 1e-12;
/** Below this part of Σ w·z² the rough objective has too few digits left. */
const TIGHT = 1e-6;

/**
 * Point-move polishing: moves single points between clusters wherever that lowers the objective, counting what the move
 * does to both centroids. Lloyd's algorithm cannot see these moves.
 *
 *   gain(i, a→b) = Σ_{d∈O_i} w_i·[ W_ad/(W_ad − w_i)·(z_id − μ_ad)² − W_bd/(W_bd + w_i)·(z_id − μ_bd)² ]
 *
 * The term of a is 0 where i alone has d in a (W_ad = w_i). Rows in order; the largest gain, the first of equals, is taken
 * when it exceeds 1e-12 of the objective; both centroids move at once; no cluster is emptied; until a sweep moves
 * nothing, at most 50 sweeps. Needs a partition whose centroids are the means of its labels. Answers how many moves.
 * Rows of which the bounds show that no move can gain are passed over (`unsettled` of kernel-distances.ts).
 * Source: Hartigan (1975), with missing coordinates; METHOD §3.3.
 */
export function movePoints(partition: Partition, points: ObservedPoints): number {
  const { centroids, labels, sizes, clusters, bounds, kernel } = partition;
  if (clusters === 1) return 0;
  const rough = roughWithinSum(partition, points);
  let objective = rough > TIGHT * points.squares ? rough : withinSum(partition, points);
  const found: Move = { to: 0, gain: 0 };
  bounds.before.set(centroids);
  faceCentroids(bounds, centroids, points);
  weighLightest(partition, points.dimensions);
  let moves = 0;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const before = moves;
    for (let row = kernel.unsettled(0); row < points.rows; row = kernel.unsettled(row + 1)) {
      const from = labels[row]!;
      if (sizes[from] === 1) continue;
      findMove(partition, points, row, found);
      if (!(found.gain > LEAST_GAIN * objective)) continue;
      move(partition, points, row, found.to);
      objective -= found.gain;
      countTravel(bounds, centroids, points.dimensions);
      faceCentroids(bounds, centroids, points, from);
      faceCentroids(bounds, centroids, points, found.to);
      weighLightest(partition, points.dimensions);
      moves++;
    }
    if (moves === before) break;
  }
  return moves;
}

type Move = { to: number; gain: number };

/** min_d W_cd of each cluster, and after them the least of all. */
function weighLightest({ weightAt, clusters, kernel }: Partition, dimensions: number): void {
  const { lightest } = kernel;
  lightest.fill(Number.POSITIVE_INFINITY);
  for (let cluster = 0, at = 0; cluster < clusters; cluster++) {
    for (let d = 0; d < dimensions; d++, at++) {
      if (weightAt[at]! < lightest[cluster]!) lightest[cluster] = weightAt[at]!;
    }
    if (lightest[cluster]! < lightest[clusters]!) lightest[clusters] = lightest[cluster]!;
  }
}

/** The cluster that a row gains most by moving to, and the gain. */
function findMove(partition: Partition, points: ObservedPoints, row: number, found: Move): void {
  const { labels, centroids, weightAt, membersAt, clusters } = partition;
  const { dimensions, width, values, pattern, masks, weights } = points;
  const weight = weights[row]!;
  const start = row * width;
  const mask = pattern[row]! * width;
  const own = labels[row]!;
  let saved = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let cluster = 0, at = 0; cluster < clusters; cluster++) {
    const joining = cluster === own ? -weight : weight;
    let cost = 0;
    for (let d = 0; d < dimensions; d++, at++) {
      if (masks[mask + d] === 0 || (cluster === own && membersAt[at] === 1)) continue;
      const difference = values[start + d]! - centroids[at]!;
      cost += (weightAt[at]! / (weightAt[at]! + joining)) * difference * difference;
    }
    if (cluster === own) saved = cost;
    else if (cost < least) {
      least = cost;
      found.to = cluster;
    }
  }
  found.gain = weight * (saved - least);
}

function move(partition: Partition, points: ObservedPoints, row: number, cluster: number): void {
  const { labels, centroids, weightAt, membersAt, sizes, bounds } = partition;
  const { dimensions, width, values, pattern, masks, weights } = points;
  const weight = weights[row]!;
  const from = labels[row]! * dimensions;
  const to = cluster * dimensions;
  for (let d = 0; d < dimensions; d++) {
    if (masks[pattern[row]! * width + d] === 0) continue;
    const value = values[row * width + d]!;
    if (membersAt[from + d] === 1) {
      weightAt[from + d] = 0;
      centroids[from + d] = 0;
    } else {
      const left = weightAt[from + d]! - weight;
      centroids[from + d]! -= (weight / left) * (value - centroids[from + d]!);
      weightAt[from + d] = left;
    }
    const joined = weightAt[to + d]! + weight;
    centroids[to + d]! += (weight / joined) * (value - centroids[to + d]!);
    weightAt[to + d] = joined;
    membersAt[from + d]!--;
    membersAt[to + d]!++;
  }
  sizes[labels[row]!]!--;
  sizes[cluster]!++;
  labels[row] = cluster;
  bounds.margin[row] = Number.NEGATIVE_INFINITY;
}
