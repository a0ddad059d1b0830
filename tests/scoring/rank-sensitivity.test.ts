import fc from "fast-check";
import { expect, test } from "vitest";
import { rankSensitivity } from "../../server/scoring/rank-sensitivity.ts";
import { createRandom } from "../../server/segmentation/random.ts";

const SEED = "00112233445566778899aabbccddeeff";
const drawn = (units: number[][], draws?: number, seed = SEED) => rankSensitivity(units, createRandom(seed), draws);

/**
 * How often Σ v_d δ_d > 0 for v ~ Dirichlet(1, …, 1), δ all different: Σ over δ_d > 0 of Π_{k≠d} δ_d/(δ_d − δ_k).
 * (The chance that a sum of independent exponentials, some with a minus, is above 0.)
 */
function chanceAbove(differences: readonly number[]): number {
  return differences.reduce(
    (total, own) =>
      own > 0
        ? total + differences.reduce((product, other) => (other === own ? product : (product * own) / (own - other)), 1)
        : total,
    0,
  );
}

test("two units swap as often as the distribution of the weights says they must", () => {
  const [first, second] = [
    [70, 40, 65, 50, 58],
    [40, 62, 60, 45, 61],
  ] as [number[], number[]];
  const difference = (worth: (score: number) => number) => second.map((score, d) => worth(score) - worth(first[d]!));
  const expected = (chanceAbove(difference((score) => score)) + chanceAbove(difference(Math.log))) / 2;
  const { pairs, dependsOnWeights } = drawn([first, second], 20_000);
  expect(pairs).toMatchObject([{ above: 0, below: 1 }]);
  expect(expected).toBeGreaterThan(0.2);
  expect(Math.abs(pairs[0]!.swapped - expected)).toBeLessThan(0.01);
  expect(dependsOnWeights).toBe(true);
});

test("the band leaves out what happens in under 5 % of the draws, and keeps what happens in more", () => {
  const leader = [60, 60, 60, 60, 60];
  for (const [follower, below, above, high] of [
    [[58, 57, 56, 63.2, 50], 0.025, 0.045, 1],
    [[58, 57, 56, 64.4, 50], 0.055, 0.08, 2],
  ] as const) {
    const difference = (worth: (score: number) => number) =>
      follower.map((score, d) => worth(score) - worth(leader[d]!));
    const chance = (chanceAbove(difference((score) => score)) + chanceAbove(difference(Math.log))) / 2;
    expect(chance).toBeGreaterThan(below);
    expect(chance).toBeLessThan(above);
    expect(drawn([leader, [...follower]], 4000).bands).toEqual([
      { rank: 1, low: 1, high },
      { rank: 2, low: high === 1 ? 2 : 1, high: 2 },
    ]);
  }
});

test("a unit that leads in every dimension leads whatever the weights", () => {
  const { bands, pairs, dependsOnWeights } = drawn([
    [20, 30, 40, 20, 10],
    [60, 70, 50, 90, 80],
    [30, 40, 45, 21, 30],
  ]);
  expect(bands).toEqual([
    { rank: 3, low: 3, high: 3 },
    { rank: 1, low: 1, high: 1 },
    { rank: 2, low: 2, high: 2 },
  ]);
  expect(pairs).toEqual([
    { above: 1, below: 2, swapped: 0 },
    { above: 2, below: 0, swapped: 0 },
  ]);
  expect(dependsOnWeights).toBe(false);
});

test("opposite profiles: each rank is in the band, and the order depends on the weights", () => {
  const { bands, dependsOnWeights } = drawn([
    [90, 80, 20, 10, 52],
    [10, 20, 80, 90, 50],
  ]);
  expect(bands).toEqual([
    { rank: 1, low: 1, high: 2 },
    { rank: 2, low: 1, high: 2 },
  ]);
  expect(dependsOnWeights).toBe(true);
});

test("calling the units otherwise changes nothing but their names; equals among them too", () => {
  const score = fc.constantFrom(10, 20, 50, 80);
  const units = fc.array(fc.array(score, { minLength: 5, maxLength: 5 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(units, fc.infiniteStream(fc.nat()), (profiles, numbers) => {
      const order = profiles
        .map((_, unit) => ({ unit, by: numbers.next().value! }))
        .sort((left, right) => left.by - right.by)
        .map(({ unit }) => unit);
      const plain = drawn(profiles, 60);
      const renamed = drawn(
        order.map((unit) => profiles[unit]!),
        60,
      );
      order.forEach((unit, place) => {
        expect(renamed.bands[place]).toEqual(plain.bands[unit]);
      });
      expect(renamed.dependsOnWeights).toBe(plain.dependsOnWeights);
      // Equals have no upper one: a pair of them is named in either order.
      const named = (above: number, below: number, swapped: number) =>
        `${plain.bands[above]!.rank === plain.bands[below]!.rank ? [above, below].sort() : [above, below]} ${swapped}`;
      const pairs = plain.pairs.map(({ above, below, swapped }) => named(above, below, swapped));
      const back = renamed.pairs.map(({ above, below, swapped }) => named(order[above]!, order[below]!, swapped));
      expect(back.sort()).toEqual(pairs.sort());
    }),
    { numRuns: 60 },
  );
});

test("the order on the page decides which units are next to each other", () => {
  const units = [
    [100, 1, 60, 60, 60],
    [52, 52, 52, 52, 52],
  ];
  const geometric = rankSensitivity(units, createRandom(SEED), 500, { mean: "geometric" });
  expect([drawn(units, 500).pairs[0]!.above, geometric.pairs[0]!.above]).toEqual([0, 1]);
  expect(drawn(units, 500).pairs[0]!.swapped + geometric.pairs[0]!.swapped).toBeCloseTo(1, 12);
});

test("a unit with a missing dimension takes no part, and moves nobody", () => {
  const units = [
    [20, 30, 40, 20, 10],
    [60, Number.NaN, 50, 90, 80],
    [30, 40, 35, 21, 30],
  ];
  const { bands, pairs } = drawn(units);
  const others = drawn([units[0]!, units[2]!]);
  expect(bands).toEqual([others.bands[0], null, others.bands[1]]);
  expect(pairs).toEqual([{ above: 2, below: 0, swapped: others.pairs[0]!.swapped }]);
});

test("copies share a rank and never swap; one unit, or none, has nobody to swap with", () => {
  const copy = [30, 40, 50, 60, 70];
  expect(drawn([copy, copy, copy])).toEqual({
    bands: Array(3).fill({ rank: 1, low: 1, high: 1 }),
    pairs: [
      { above: 0, below: 1, swapped: 0 },
      { above: 0, below: 2, swapped: 0 },
      { above: 1, below: 2, swapped: 0 },
    ],
    dependsOnWeights: false,
  });
  expect(drawn([copy])).toEqual({ bands: [{ rank: 1, low: 1, high: 1 }], pairs: [], dependsOnWeights: false });
  expect(drawn([])).toEqual({ bands: [], pairs: [], dependsOnWeights: false });
});

test("the same seed gives the same bands", () => {
  const units = [
    [70, 40, 65, 50, 58],
    [40, 62, 60, 45, 61],
    [55, 50, 50, 55, 56],
  ];
  expect(drawn(units)).toEqual(drawn(units));
  expect(drawn(units).pairs).not.toEqual(drawn(units, 1000, "ffeeddccbbaa99887766554433221100").pairs);
});

test("units of unequal length, without dimensions, and no draws are refused", () => {
  expect(() => drawn([[1, 2], [1]])).toThrow(RangeError);
  expect(() => drawn([[], []])).toThrow(RangeError);
  expect(() => drawn([[1, 2]], 0)).toThrow(RangeError);
});
