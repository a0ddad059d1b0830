import type { ObservedPoints } from "./observed-points.ts";
import { type Partition, withinSum } from "./partition.ts";

const MOST_SWEEPS = 50;
const LEAST_GAIN = 1e-12;

/**
 * Point-move polishing: moves single points between clusters wherever that lowers the objective, counting what the move
 * does to both centroids. Lloyd's algorithm cannot see these moves.
 *
 *   gain(i, a→b) = Σ_{d∈O_i} w_i·[ W_ad/(W_ad − w_i)·(z_id − μ_ad)² − W_bd/(W_bd + w_i)·(z_id − μ_bd)² ]
 *
 * The term of a is 0 where i alone has d in a (W_ad = w_i). Rows in order; the largest gain, the first of equals, is taken
 * when it exceeds 1e-12 of the objective; both centroids move at once; no cluster is emptied; until a sweep moves
 * nothing, at most 50 sweeps. Needs a partition whose centroids are the means of its labels. Answers how many moves.
 * Source: Hartigan (1975), with missing coordinates; METHOD §3.3.
 */
export function movePoints(partition: Partition, points: ObservedPoints): number {
  const { labels, sizes, clusters } = partition;
  let objective = withinSum(partition, points);
  let moves = 0;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let moved = false;
    for (let row = 0; row < points.rows; row++) {
      const from = labels[row]!;
      if (clusters === 1 || sizes[from] === 1) continue;
      const saved = savedByLeaving(partition, points, row);
      let to = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let cluster = 0; cluster < clusters; cluster++) {
        if (cluster === from) continue;
        const cost = costOfJoining(partition, points, row, cluster);
        if (cost < least) {
          least = cost;
          to = cluster;
        }
      }
      const gain = saved - least;
      if (gain > LEAST_GAIN * objective) {
        move(partition, points, row, to);
        objective -= gain;
        moved = true;
        moves++;
      }
    }
    if (!moved) break;
  }
  return moves;
}

function savedByLeaving({ labels, centroids, weightAt, membersAt }: Partition, points: ObservedPoints, row: number) {
  const { dimensions, values, observed } = points;
  const weight = points.weights[row]!;
  const start = row * dimensions;
  const from = labels[row]! * dimensions;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    if (observed[start + d] === 0 || membersAt[from + d] === 1) continue;
    const all = weightAt[from + d]!;
    const difference = values[start + d]! - centroids[from + d]!;
    sum += (all / (all - weight)) * difference * difference;
  }
  return weight * sum;
}

function costOfJoining({ centroids, weightAt }: Partition, points: ObservedPoints, row: number, cluster: number) {
  const { dimensions, values, observed } = points;
  const weight = points.weights[row]!;
  const start = row * dimensions;
  const to = cluster * dimensions;
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const all = weightAt[to + d]!;
    const difference = (values[start + d]! - centroids[to + d]!) * observed[start + d]!;
    sum += (all / (all + weight)) * difference * difference;
  }
  return weight * sum;
}

function move(partition: Partition, points: ObservedPoints, row: number, cluster: number): void {
  const { labels, centroids, weightAt, membersAt, sizes } = partition;
  const { dimensions, values, observed } = points;
  const weight = points.weights[row]!;
  const from = labels[row]! * dimensions;
  const to = cluster * dimensions;
  for (let d = 0; d < dimensions; d++) {
    if (observed[row * dimensions + d] === 0) continue;
    const value = values[row * dimensions + d]!;
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
}
