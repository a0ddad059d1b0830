import { countTravel } from "./bounds.ts";
import type { ObservedPoints } from "./observed-points.ts";
import { moveCentroids, type Partition, sumMembers } from "./partition.ts";

/**
 * Numbers the clusters in the lexicographic order of their centroids, of equal centroids by first member. Centroids are made
 * anew from the labels first, and once more in their new order: one division has one set of bits, whatever way led to it.
 * What is known of distances stays known.
 */
export function numberByCentroid(partition: Partition, points: ObservedPoints): void {
  const { clusters, labels, centroids, bounds } = partition;
  const { dimensions } = points;
  bounds.before.set(centroids);
  sumMembers(partition, points);
  moveCentroids(partition, points);
  countTravel(bounds, centroids, dimensions);
  const order = Array.from({ length: clusters }, (_, cluster) => cluster).sort((left, right) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = centroids[left * dimensions + d]! - centroids[right * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return labels.indexOf(left) - labels.indexOf(right);
  });
  if (order.every((cluster, index) => cluster === index)) return;
  const number = new Int32Array(clusters);
  order.forEach((cluster, index) => {
    number[cluster] = index;
  });
  for (let row = 0; row < labels.length; row++) labels[row] = number[labels[row]!]!;
  for (const ofCluster of [bounds.travelled, bounds.closing]) {
    ofCluster.set(order.map((cluster) => ofCluster[cluster]!));
  }
  sumMembers(partition, points);
  moveCentroids(partition, points);
  bounds.before.set(centroids);
}
