import type { ObservedPoints } from "./observed-points.ts";
import { type Partition, recentre, squaredDistance } from "./partition.ts";

const MOST_ROUNDS = 300;

/**
 * Lloyd's algorithm: each point to its nearest centroid, each centroid to the mean of its points, until no label changes
 * (at most 300 rounds). Starts from `partition.centroids` and leaves them the means of the labels.
 *
 * A point stays where it is when no centroid is strictly nearer; among equally near ones the first is taken. An empty
 * cluster is given the point with the largest weighted distance w·d² to its centroid, the first of equals, never the only
 * member of another cluster. The partial distance is not rescaled. The objective never rises.
 * Source: Lloyd (1982); METHOD §3.3.
 */
export function lloyd(partition: Partition, points: ObservedPoints): void {
  const distances = new Float64Array(points.rows);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moved = assignToNearest(partition, points, distances);
    const filled = fillEmptyClusters(partition, points, distances);
    if (!moved && !filled) return;
    recentre(partition, points);
  }
}

function assignToNearest(partition: Partition, points: ObservedPoints, distances: Float64Array): boolean {
  const { labels, centroids, sizes, clusters } = partition;
  const { rows, dimensions } = points;
  let moved = false;
  sizes.fill(0);
  for (let row = 0; row < rows; row++) {
    const before = labels[row]!;
    let label = Math.max(before, 0);
    let least = squaredDistance(points, row, centroids, label * dimensions);
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (cluster === label) continue;
      const distance = squaredDistance(points, row, centroids, cluster * dimensions);
      if (distance < least) {
        least = distance;
        label = cluster;
      }
    }
    if (label !== before) {
      labels[row] = label;
      moved = true;
    }
    sizes[label]!++;
    distances[row] = least;
  }
  return moved;
}

function fillEmptyClusters(partition: Partition, points: ObservedPoints, distances: Float64Array): boolean {
  const { labels, sizes, clusters } = partition;
  let filled = false;
  for (let empty = 0; empty < clusters; empty++) {
    if (sizes[empty] !== 0) continue;
    let farthest = -1;
    let largest = -1;
    for (let row = 0; row < points.rows; row++) {
      const distance = points.weights[row]! * distances[row]!;
      if (distance > largest && sizes[labels[row]!]! > 1) {
        largest = distance;
        farthest = row;
      }
    }
    sizes[labels[farthest]!]!--;
    labels[farthest] = empty;
    sizes[empty] = 1;
    distances[farthest] = 0;
    filled = true;
  }
  return filled;
}
