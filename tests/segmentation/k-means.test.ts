import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestOfStarts, betterOf, kMeans, startSeeds } from "../../server/segmentation/k-means.ts";
import { observePoints } from "../../server/segmentation/observed-points.ts";
import { createPartition, recentre, withinSum } from "../../server/segmentation/partition.ts";
import { createRandom, drawNormals } from "../../server/segmentation/random.ts";
import { ones, pointSets } from "./point-sets.ts";
import { readReference, seed, toPoints } from "./reference.ts";

const more = readReference<{ cases: Record<string, { points: number[][]; weights: number[] | null }> }>("kmeans_more");

describe("k-means", () => {
  it("is never worse than any of 20 divisions drawn at random, where nobody misses an answer", () => {
    fc.assert(
      fc.property(pointSets, ({ points: some, weights, clusters, number }) => {
        const points = some.map((value) => (Number.isNaN(value) ? 0 : value));
        const random = createRandom(seed(number));
        const { objective } = kMeans({ points, weights, dimensions: 3, clusters, random });
        const observed = observePoints(points, weights, 3);
        for (let attempt = 0; attempt < 20; attempt++) {
          const partition = createPartition(observed, clusters);
          partition.labels.forEach((_, row) => {
            partition.labels[row] = random.below(clusters);
          });
          recentre(partition, observed);
          expect(objective).toBeLessThanOrEqual(withinSum(partition, observed) * (1 + 1e-12));
        }
      }),
      // The best of 100 starts is no proof of the optimum, so the sets are the same each time. With few complete rows
      // among six, seeding has little to choose from and a random division can be better.
      { seed: 1 },
    );
  });

  it("gives the same bits twice, and the same labels when all weights are doubled", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const question = { points, dimensions: 3, clusters, starts: 3 };
        const first = kMeans({ ...question, weights, random: createRandom(seed(number)) });
        expect(kMeans({ ...question, weights, random: createRandom(seed(number)) })).toEqual(first);
        const doubled = weights.map((weight) => 2 * weight);
        const second = kMeans({ ...question, weights: doubled, random: createRandom(seed(number)) });
        expect(second).toEqual({ ...first, objective: 2 * first.objective });
      }),
    );
  });

  it("leaves every cluster a member, its centroid the mean of what members have, and the objective what it says", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const solution = kMeans({
          points,
          weights,
          dimensions: 3,
          clusters,
          random: createRandom(seed(number)),
          starts: 3,
        });
        expect(new Set(solution.labels).size).toBe(clusters);
        let objective = 0;
        for (let cluster = 0; cluster < clusters; cluster++) {
          for (let d = 0; d < 3; d++) {
            const members = [...solution.labels.keys()].filter(
              (row) => solution.labels[row] === cluster && !Number.isNaN(points[row * 3 + d]!),
            );
            const total = members.reduce((sum, row) => sum + weights[row]!, 0);
            const mean = members.reduce((sum, row) => sum + weights[row]! * points[row * 3 + d]!, 0) / total;
            const centroid = solution.centroids[cluster * 3 + d]!;
            expect(centroid).toBeCloseTo(members.length === 0 ? 0 : mean, 10);
            for (const row of members) objective += weights[row]! * (points[row * 3 + d]! - centroid) ** 2;
          }
        }
        expect(solution.objective).toBeCloseTo(objective, 9);
      }),
    );
  });

  it("numbers clusters by centroid, lexicographically", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const { centroids } = kMeans({
          points,
          weights,
          dimensions: 3,
          clusters,
          random: createRandom(seed(number)),
          starts: 2,
        });
        const rows = Array.from({ length: clusters }, (_, cluster) => [
          ...centroids.subarray(3 * cluster, 3 * cluster + 3),
        ]);
        for (let cluster = 1; cluster < clusters; cluster++) {
          const d = rows[cluster]!.findIndex((value, index) => value !== rows[cluster - 1]![index]);
          if (d >= 0) expect(rows[cluster]![d]!).toBeGreaterThan(rows[cluster - 1]![d]!);
        }
      }),
    );
  });

  it("takes the lexicographically smallest centroids among equal objectives, whatever the seed", () => {
    // The corners of a square: two columns or two rows, equally good.
    const points = toPoints([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ]);
    for (let number = 0; number < 20; number++) {
      const random = createRandom(seed(number));
      const { labels, objective } = kMeans({ points, weights: ones(4), dimensions: 2, clusters: 2, random });
      expect(objective).toBe(4);
      expect([...labels]).toEqual([0, 0, 1, 1]);
    }
  });

  it("refuses more clusters than rows, no start, an empty row, a weight of 0 and an infinite coordinate", () => {
    const question = { points: toPoints([[1], [2]]), weights: ones(2), dimensions: 1, clusters: 2 };
    const ask = (change: object) => () => kMeans({ ...question, random: createRandom(seed(1)), ...change });
    expect(ask({})).not.toThrow();
    expect(ask({ clusters: 3 })).toThrow(RangeError);
    expect(ask({ starts: 0 })).toThrow(RangeError);
    expect(ask({ points: toPoints([[1], [null]]) })).toThrow(RangeError);
    expect(ask({ weights: Float64Array.of(1, 0) })).toThrow(RangeError);
    expect(ask({ points: Float64Array.of(1, Number.POSITIVE_INFINITY) })).toThrow(RangeError);
  });
});

describe("starts divided among threads", () => {
  const some = more.cases.weighted_types!;
  const problem = {
    points: toPoints(some.points),
    weights: Float64Array.from(some.weights!),
    dimensions: 6,
    clusters: 7,
  };

  it("give what one thread gives, however they are divided and in whatever order they are done", () => {
    const seeds = startSeeds(createRandom(seed(1)), 24);
    const whole = kMeans({ ...problem, random: createRandom(seed(1)), starts: 24 });
    expect(bestOfStarts(problem, seeds)).toEqual(whole);
    for (const size of [1, 5, 24]) {
      const parts = Array.from({ length: Math.ceil(24 / size) }, (_, part) =>
        seeds.slice(part * size, (part + 1) * size),
      );
      expect(parts.map((part) => bestOfStarts(problem, part)).reduce(betterOf)).toEqual(whole);
      expect(
        parts
          .reverse()
          .map((part) => bestOfStarts(problem, part.reverse()))
          .reduce(betterOf),
      ).toEqual(whole);
    }
  });

  it("give it on a coarse grid too, where many divisions are equally good", () => {
    fc.assert(
      fc.property(pointSets, ({ points, weights, clusters, number }) => {
        const grid = { points, weights, dimensions: 3, clusters };
        const seeds = startSeeds(createRandom(seed(number)), 8);
        const alone = seeds.map((own) => bestOfStarts(grid, [own]));
        expect(alone.reduce(betterOf)).toEqual(bestOfStarts(grid, seeds));
        expect(alone.reverse().reduce(betterOf)).toEqual(bestOfStarts(grid, seeds));
      }),
    );
  });

  it("have seeds of their own, all different, and at least one", () => {
    expect(new Set(startSeeds(createRandom(seed(1)), 1000)).size).toBe(1000);
    expect(startSeeds(createRandom(seed(1)), 3)).toEqual(startSeeds(createRandom(seed(1)), 1000).slice(0, 3));
    expect(() => startSeeds(createRandom(seed(1)), 0)).toThrow(RangeError);
    expect(() => bestOfStarts(problem, [])).toThrow(RangeError);
  });

  it("are polished all, the best alone or none: never the worse for it", () => {
    const seeds = startSeeds(createRandom(seed(2)), 5);
    const objective = (polish: "every" | "best" | "none") => bestOfStarts({ ...problem, polish }, seeds).objective;
    expect(objective("best")).toBeLessThan(objective("none"));
    expect(objective("every")).toBeLessThanOrEqual(objective("best"));
  });
});

describe("k-means of little", () => {
  const ask = (points: Float64Array, dimensions: number, clusters: number) => {
    const weights = ones(points.length / dimensions);
    return kMeans({ points, weights, dimensions, clusters, random: createRandom(seed(1)), starts: 10 });
  };
  const numbers = ({ labels, centroids, objective }: ReturnType<typeof ask>, clusters: number) => {
    expect(new Set(labels).size).toBe(clusters);
    expect(centroids.every(Number.isFinite)).toBe(true);
    expect(objective).toBeGreaterThanOrEqual(0);
  };

  it("answers where all rows are equal, where dimensions are one, and where each row is its own cluster", () => {
    const equal = ask(new Float64Array(160).fill(0.3), 8, 4);
    numbers(equal, 4);
    expect(equal.objective).toBeLessThan(1e-25);
    const line = Float64Array.from({ length: 400 }, (_, at) => Math.floor(at / 8) / 7);
    numbers(ask(line, 8, 5), 5);
    const alone = ask(drawNormals(30 * 3, createRandom(seed(2))), 3, 30);
    numbers(alone, 30);
    expect(alone.objective).toBe(0);
    numbers(
      ask(
        Float64Array.from({ length: 30 }, (_, at) => at % 3),
        1,
        5,
      ),
      5,
    );
  });

  it("is not shaken by one row that outweighs all, or by points far from 0", () => {
    const random = createRandom(seed(3));
    const points = drawNormals(200 * 4, random);
    const weights = ones(200);
    weights[17] = 1e12;
    numbers(kMeans({ points, weights, dimensions: 4, clusters: 5, random, starts: 10 }), 5);
    const far = ask(
      points.map((value) => value + 1e6),
      4,
      3,
    );
    const near = ask(points, 4, 3);
    expect(far.labels).toEqual(near.labels);
    expect(Math.abs(far.objective / near.objective - 1)).toBeLessThan(1e-6);
  });
});
