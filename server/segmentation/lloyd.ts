import { countTravel, faceCentroids } from "./bounds.ts";
import type { ObservedPoints } from "./observed-points.ts";
import { moveCentroids, type Partition, squaredDistance, sumChanged, sumMembers } from "./partition.ts";

const MOST_ROUNDS = 300;
/** Where more of the rows changed cluster than this, sums are made anew; it is as quick. */
const SHARE_TO_SUM_ANEW = 1 / 4;

/**
 * Lloyd's algorithm: each point to its nearest centroid, each centroid to the mean of its points, until no label changes
 * (at most 300 rounds). Starts from `partition.centroids`, or where `labelled` from the labels as well, which then are the
 * nearest of those centroids; leaves the centroids the means of the labels.
 *
 * A point stays where it is when no centroid is strictly nearer; among equally near ones the first is taken. An empty
 * cluster is given the point with the largest weighted distance w·d² to its centroid, the first of equals, never the only
 * member of another cluster. The partial distance is not rescaled. The objective never rises. A point that the bounds
 * show to have no nearer centroid is not measured: the labels are those of measuring all.
 * Source: Lloyd (1982); Hamerly (2010); METHOD §3.3.
 */
export function lloyd(partition: Partition, points: ObservedPoints, labelled = false): void {
  const { bounds, centroids, sizes, kernel } = partition;
  bounds.before.set(centroids);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let changes = points.rows;
    if (round > 0 || !labelled) {
      faceCentroids(bounds, centroids, points);
      changes = kernel.assign();
    }
    if (round > 0 && changes === 0) return;
    if (round > 0 && changes <= SHARE_TO_SUM_ANEW * points.rows) sumChanged(partition, points, changes);
    else sumMembers(partition, points);
    if (sizes.includes(0)) {
      fillEmptyClusters(partition, points);
      sumMembers(partition, points);
    }
    moveCentroids(partition, points);
    countTravel(bounds, centroids, points.dimensions);
  }
}

function fillEmptyClusters(partition: Partition, points: ObservedPoints): void {
  const { labels, centroids, sizes, clusters, bounds } = partition;
  const distances = Float64Array.from(labels, (label, row) => {
    return points.weights[row]! * squaredDistance(points, row, centroids, label * points.dimensions);
  });
  for (let empty = 0; empty < clusters; empty++) {
    if (sizes[empty] !== 0) continue;
    let farthest = -1;
    let largest = -1;
    for (let row = 0; row < points.rows; row++) {
      if (distances[row]! > largest && sizes[labels[row]!]! > 1) {
        largest = distances[row]!;
        farthest = row;
      }
    }
    sizes[labels[farthest]!]!--;
    labels[farthest] = empty;
    sizes[empty] = 1;
    distances[farthest] = 0;
    bounds.margin[farthest] = Number.NEGATIVE_INFINITY;
  }
}
