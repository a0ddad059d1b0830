import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kMeans } from "../../server/segmentation/k-means.ts";
import { lloyd } from "../../server/segmentation/lloyd.ts";
import { observePoints } from "../../server/segmentation/observed-points.ts";
import { createPartition, recentre, squaredDistance, withinSum } from "../../server/segmentation/partition.ts";
import { movePoints } from "../../server/segmentation/point-moves.ts";
import { createRandom, drawNormals } from "../../server/segmentation/random.ts";
import { rowsToSeedFrom, seedCentroids } from "../../server/segmentation/seed-centroids.ts";
import { ones, pointSets } from "./point-sets.ts";
import { largestDifference, seed, toPoints } from "./reference.ts";

/** Lloyd's algorithm as it is told, every distance measured in every round; μ by the plain definition. */
function plainLloyd(points: Float64Array, weights: Float64Array, first: Float64Array, dimensions: number) {
  const clusters = first.length / dimensions;
  const centroids = [...first];
  const labels = new Array<number>(weights.length).fill(-1);
  const seen = (row: number, d: number) => !Number.isNaN(points[row * dimensions + d]!);
  const distance = (row: number, cluster: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      if (seen(row, d)) sum += (points[row * dimensions + d]! - centroids[cluster * dimensions + d]!) ** 2;
    }
    return sum;
  };
  for (let round = 0; round < 300; round++) {
    const before = labels.join();
    for (let row = 0; row < weights.length; row++) {
      const distances = Array.from({ length: clusters }, (_, cluster) => distance(row, cluster));
      const least = Math.min(...distances);
      if (labels[row] === -1 || distances[labels[row]!]! > least) labels[row] = distances.indexOf(least);
    }
    if (labels.join() === before) return { labels, centroids, rounds: round };
    for (let at = 0; at < centroids.length; at++) {
      const cluster = Math.floor(at / dimensions);
      const d = at % dimensions;
      const members = labels.flatMap((label, row) => (label === cluster && seen(row, d) ? [row] : []));
      const total = members.reduce((sum, row) => sum + weights[row]!, 0);
      centroids[at] =
        members.length === 0
          ? 0
          : members.reduce((sum, row) => sum + weights[row]! * points[row * dimensions + d]!, 0) / total;
    }
  }
  return { labels, centroids, rounds: 300 };
}

describe("Lloyd's algorithm with bounds", () => {
  it("takes every row to the cluster that measuring everything takes it to (60 sets, 1–11 dimensions, up to half missing)", () => {
    let rounds = 0;
    for (let number = 0; number < 60; number++) {
      const random = createRandom(seed(5000 + number));
      const dimensions = 1 + random.below(11);
      const clusters = 2 + random.below(8);
      const rows = 60 + random.below(300);
      const missing = [0, 0, 0.1, 0.5][number % 4]!;
      const points = drawNormals(rows * dimensions, random);
      for (let at = 0; at < points.length; at++) {
        const canMiss = at % dimensions !== Math.floor(at / dimensions) % dimensions;
        if (canMiss && random.next() < missing) points[at] = Number.NaN;
      }
      const weights = drawNormals(rows, random).map((value) => Math.exp(0.7 * value));
      const observed = observePoints(points, weights, dimensions);
      const partition = createPartition(observed, clusters);
      seedCentroids(partition, observed, rowsToSeedFrom(observed, clusters), random);
      const expected = plainLloyd(points, weights, partition.centroids, dimensions);
      const seeded = partition.centroids.slice();
      lloyd(partition, observed, true);
      expect([...partition.labels], `set ${number}`).toEqual(expected.labels);
      expect(largestDifference(partition.centroids, expected.centroids)).toBeLessThan(1e-9);
      rounds += expected.rounds;

      const unlabelled = createPartition(observed, clusters);
      unlabelled.centroids.set(seeded);
      lloyd(unlabelled, observed);
      expect([...unlabelled.labels]).toEqual(expected.labels);
    }
    expect(rounds / 60).toBeGreaterThan(8);
  });
});

describe("a missing coordinate", () => {
  it("never counts: what a centroid says where a row is silent changes no distance", () => {
    fc.assert(
      fc.property(
        pointSets,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 }),
        (set, numbers) => {
          const observed = observePoints(set.points, set.weights, 3);
          const centroid = Float64Array.from(numbers.slice(0, 3));
          for (let row = 0; row < set.weights.length; row++) {
            const other = centroid.map((value, d) =>
              Number.isNaN(set.points[row * 3 + d]!) ? numbers[3 + d]! : value,
            );
            expect(squaredDistance(observed, row, other, 0)).toBe(squaredDistance(observed, row, centroid, 0));
          }
        },
      ),
    );
  });

  it("never counts: a dimension that nobody has changes no label, whatever the first centroids say of it", () => {
    fc.assert(
      fc.property(pointSets, fc.integer({ min: -50, max: 50 }), ({ points, weights, clusters, number }, junk) => {
        const narrow = observePoints(points, weights, 3);
        const widened = new Float64Array(weights.length * 4).fill(Number.NaN);
        points.forEach((value, at) => {
          widened[Math.floor(at / 3) * 4 + (at % 3)] = value;
        });
        const wide = observePoints(widened, weights, 4);
        const without = createPartition(narrow, clusters);
        seedCentroids(without, narrow, rowsToSeedFrom(narrow, 1), createRandom(seed(number)));
        const having = createPartition(wide, clusters);
        for (let cluster = 0; cluster < clusters; cluster++) {
          having.centroids.set(without.centroids.subarray(3 * cluster, 3 * cluster + 3), 4 * cluster);
          having.centroids[4 * cluster + 3] = junk * (cluster + 1);
        }
        lloyd(without, narrow);
        movePoints(without, narrow);
        lloyd(having, wide);
        movePoints(having, wide);
        expect(having.labels).toEqual(without.labels);
        for (let cluster = 0; cluster < clusters; cluster++) expect(having.centroids[4 * cluster + 3]).toBe(0);
      }),
    );
  });

  it("makes no centroid where no member has it: μ := 0", () => {
    const points = toPoints([
      [10, null],
      [10, null],
      [-10, 4],
      [-10, 6],
    ]);
    const { centroids } = kMeans({
      points,
      weights: ones(4),
      dimensions: 2,
      clusters: 2,
      random: createRandom(seed(1)),
    });
    expect([...centroids]).toEqual([-10, 5, 10, 0]);
  });
});

describe("polishing by point moves", () => {
  it("never raises the objective, keeps what the clusters know exact, and empties none", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const observed = observePoints(points, weights, 3);
        const random = createRandom(seed(number));
        const partition = createPartition(observed, clusters);
        partition.labels.forEach((_, row) => {
          partition.labels[row] = row < clusters ? row : random.below(clusters);
        });
        recentre(partition, observed);
        const before = withinSum(partition, observed);
        const moves = movePoints(partition, observed);
        const kept = {
          centroids: partition.centroids.slice(),
          weightAt: partition.weightAt.slice(),
          membersAt: partition.membersAt.slice(),
          sizes: partition.sizes.slice(),
        };
        recentre(partition, observed);
        const after = withinSum(partition, observed);
        expect(after).toBeLessThanOrEqual(before * (1 + 1e-12));
        if (moves > 0) expect(after).toBeLessThan(before);
        expect(largestDifference(kept.centroids, partition.centroids)).toBeLessThan(1e-9);
        expect(largestDifference(kept.weightAt, partition.weightAt)).toBeLessThan(1e-9);
        expect(kept.membersAt).toEqual(partition.membersAt);
        expect(kept.sizes).toEqual(partition.sizes);
        expect(Math.min(...kept.sizes)).toBeGreaterThan(0);
      }),
    );
  });

  it("ends where no single point can move with gain: checked by recomputing every move from nothing", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const observed = observePoints(points, weights, 3);
        const { labels, objective } = kMeans({
          points,
          weights,
          dimensions: 3,
          clusters,
          random: createRandom(seed(number)),
          starts: 1,
        });
        const partition = createPartition(observed, clusters);
        for (let row = 0; row < weights.length; row++) {
          const own = labels[row]!;
          if (labels.filter((label) => label === own).length === 1) continue;
          for (let cluster = 0; cluster < clusters; cluster++) {
            partition.labels.set(labels);
            partition.labels[row] = cluster;
            recentre(partition, observed);
            expect(withinSum(partition, observed)).toBeGreaterThanOrEqual(objective * (1 - 1e-9));
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a row as near to another centroid as to its own", () => {
  it("stays, though the other has a lower number; at first the lower number has it", () => {
    const observed = observePoints(toPoints([[0], [2], [6]]), ones(3), 1);
    const labelled = createPartition(observed, 2);
    labelled.labels.set([0, 1, 1]);
    recentre(labelled, observed);
    lloyd(labelled, observed, true);
    expect([...labelled.labels]).toEqual([0, 1, 1]);
    const unlabelled = createPartition(observed, 2);
    unlabelled.centroids.set([0, 4]);
    lloyd(unlabelled, observed);
    expect([...unlabelled.labels]).toEqual([0, 0, 1]);
  });
});

describe("an empty cluster", () => {
  it("is given the point with the largest weighted distance", () => {
    const observed = observePoints(toPoints([[0], [1], [2], [5]]), Float64Array.of(9, 1, 9, 1), 1);
    const partition = createPartition(observed, 2);
    partition.centroids.set([0, 100]);
    lloyd(partition, observed);
    // 9·2² = 36 beats 1·5² = 25: the point at 2 opens the second cluster and 5 follows it. Had 5 opened it, 2 would stay.
    expect([...partition.labels]).toEqual([0, 0, 1, 1]);
  });

  it("is not given the only member of another, however far", () => {
    const observed = observePoints(toPoints([[0], [0.1], [0.2], [10]]), ones(4), 1);
    const partition = createPartition(observed, 3);
    partition.centroids.set([0, 13, 100]);
    lloyd(partition, observed);
    expect([...partition.labels]).toEqual([0, 0, 2, 1]);
  });

  it("is filled even when there are fewer different points than clusters", () => {
    const points = toPoints([[1], [1], [1], [2]]);
    const { labels, objective } = kMeans({
      points,
      weights: ones(4),
      dimensions: 1,
      clusters: 3,
      random: createRandom(seed(3)),
    });
    expect(new Set(labels).size).toBe(3);
    expect(objective).toBe(0);
  });
});
