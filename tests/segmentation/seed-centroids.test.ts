import { describe, expect, it } from "vitest";
import { observePoints } from "../../server/segmentation/observed-points.ts";
import { createPartition } from "../../server/segmentation/partition.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { rowsToSeedFrom, seedCentroids } from "../../server/segmentation/seed-centroids.ts";
import { ones } from "./point-sets.ts";
import { toPoints } from "./reference.ts";

describe("first centroids", () => {
  it("come from complete rows, unless those are fewer than max(20k, 30 %)", () => {
    const complete = [0, 0, 0, 0];
    const lacking = [null, 0, 0, 0];
    const lackingMore = [null, null, 0, 0];
    const observedOf = (...counts: [number, number, number]) => {
      const rows = [complete, lacking, lackingMore].flatMap((row, kind) => new Array(counts[kind]!).fill(row));
      return observePoints(toPoints(rows), ones(rows.length), 4);
    };
    expect(rowsToSeedFrom(observedOf(40, 50, 10), 2).rows).toHaveLength(40);
    expect(rowsToSeedFrom(observedOf(39, 51, 10), 2).rows).toHaveLength(90);
    expect(rowsToSeedFrom(observedOf(59, 100, 41), 2).rows).toHaveLength(159);
    expect(rowsToSeedFrom(observedOf(60, 99, 41), 2).rows).toHaveLength(60);
  });

  it("are drawn ∝ weight, then ∝ weight × squared distance", () => {
    // 0 with weight 1, 1 with weight 6, 3 with weight 1: after 0 they weigh 6 : 9, after 1 it is 1 : 4, after 3 it is 9 : 24.
    const observed = observePoints(toPoints([[0], [1], [3]]), Float64Array.of(1, 6, 1), 1);
    const candidates = rowsToSeedFrom(observed, 2);
    const partition = createPartition(observed, 2);
    const { centroids } = partition;
    const random = createRandom("9e3779b97f4a7c15f39cc0605cedc834");
    const counts = new Map<string, number>();
    const draws = 40_000;
    for (let draw = 0; draw < draws; draw++) {
      seedCentroids(partition, observed, candidates, random);
      counts.set(centroids.join(), (counts.get(centroids.join()) ?? 0) + 1);
    }
    const expected = {
      "0,1": 0.4 / 8,
      "0,3": 0.6 / 8,
      "1,0": 1.2 / 8,
      "1,3": 4.8 / 8,
      "3,0": 9 / 33 / 8,
      "3,1": 24 / 33 / 8,
    };
    expect([...counts.keys()].sort()).toEqual(Object.keys(expected));
    for (const [pair, share] of Object.entries(expected)) {
      expect(Math.abs(counts.get(pair)! / draws - share), pair).toBeLessThan(0.01);
    }
  });

  it("between rows that lack coordinates are as far as the shared ones say, times D/shared", () => {
    // From the heavy first row: to the second 2·4/2 = 4, to the third 2·4/3. Shares .6 : .4; unscaled it would be .5 : .5.
    const points = toPoints([
      [0, 0, 0, null],
      [1, 1, null, 5],
      [1, 1, 0, null],
    ]);
    const observed = observePoints(points, Float64Array.of(1e9, 1, 1), 4);
    const random = createRandom("9e3779b97f4a7c15f39cc0605cedc834");
    const candidates = rowsToSeedFrom(observed, 2);
    const partition = createPartition(observed, 2);
    let second = 0;
    for (let draw = 0; draw < 20_000; draw++) {
      seedCentroids(partition, observed, candidates, random);
      if (partition.centroids[7] === 5) second++;
    }
    expect(Math.abs(second / 20_000 - 0.6)).toBeLessThan(0.015);
  });
});
