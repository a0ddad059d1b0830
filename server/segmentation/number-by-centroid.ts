import { countTravel } from "./bounds.ts";
import type { ObservedPoints } from "./observed-points.ts";
import { moveCentroids, type Partition, sumMembers } from "./partition.ts";

/**
 * Numbers the clusters in the lexicographic order of their centroids, of equal centroids by first member. Centroids are made
 * anew from the labels first, and once more in their new order: one division has one set of bits, whatever way led to it.
 * What is known of distances stays known.
 */
export function numberByCentroid(partition: Partition, points: ObservedPoints): void {
  const { labels, centroids, bounds } = partition;
  bounds.before.set(centroids);
  sumMembers(partition, points);
  moveCentroids(partition, points);
  countTravel(bounds, centroids, points.dimensions);
  const order = orderOfCentroids(partition, points.dimensions);
  if (order.every((cluster, index) => cluster === index)) return;
  renumber(labels, order);
  for (const ofCluster of [bounds.travelled, bounds.closing]) {
    ofCluster.set(order.map((cluster) => ofCluster[cluster]!));
  }
  sumMembers(partition, points);
  moveCentroids(partition, points);
  bounds.before.set(centroids);
}

function orderOfCentroids({ clusters, labels, centroids }: Partition, dimensions: number): number[] {
  return Array.from({ length: clusters }, (_, cluster) => cluster).sort((left, right) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = centroids[left * dimensions + d]! - centroids[right * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return labels.indexOf(left) - labels.indexOf(right);
  });
}

/** The cluster order[0] becomes 0, order[1] becomes 1, and so on. */
function renumber(labels: Int32Array, order: readonly number[]): void {
  const number = new Int32Array(order.length);
  for (let index = 0; index < order.length; index++) number[order[index]!] = index;
  for (let row = 0; row < labels.length; row++) labels[row] = number[labels[row]!]!;
}
