import { describe, expect, it } from "vitest";
import { drawReference, fitCopula } from "../../server/segmentation/copula.ts";
import { startSeeds } from "../../server/segmentation/k-means.ts";
import { createRandom, drawNormals, type Random } from "../../server/segmentation/random.ts";
import {
  dataWithin,
  judgeStructure,
  prepareStructureTest,
  referenceWithin,
} from "../../server/segmentation/structure-test.ts";
import { largestDifference, readReference, seed, toPoints } from "./reference.ts";

type Judged = { logW: number[]; T: number; p: number; reference_correlation: number };
const unmatched = readReference<{ expected: Record<string, Judged & { verdict: string }> }>("structure_verdict");
const matched = readReference<{ input: Record<string, number[][]>; expected: Record<string, Judged> }>(
  "structure_matched",
);

function judge(points: Float64Array, dimensions: number, number: number, references = 99) {
  const prepared = prepareStructureTest(points, dimensions, seed(number));
  if (prepared === null) throw new Error("nothing to test");
  const seeds = startSeeds(createRandom(seed(number + 1)), references);
  const within = seeds.map((own) => referenceWithin(prepared, own));
  return judgeStructure(dataWithin(prepared, seed(number + 2)), within);
}

function standardised(rows: number[][]): { z: Float64Array; dimensions: number } {
  const prepared = prepareStructureTest(toPoints(rows), rows[0]!.length, seed(1))!;
  return { z: prepared.data, dimensions: prepared.dimensions };
}

const columnOf = (points: Float64Array, dimensions: number, d: number) =>
  points.filter((_, at) => at % dimensions === d).sort();

function correlations(points: Float64Array, dimensions: number): number[] {
  const rows = points.length / dimensions;
  const found: number[] = [];
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e < d; e++) {
      let product = 0;
      for (let row = 0; row < rows; row++) product += points[row * dimensions + d]! * points[row * dimensions + e]!;
      found.push(product / rows);
    }
  }
  return found;
}

describe("the structure test", () => {
  it.each(Object.keys(matched.expected))("of %s is that of numpy and scikit-learn", (name) => {
    const points = toPoints(matched.input[name]!);
    const prepared = prepareStructureTest(points, 8, seed(1))!;
    const expected = matched.expected[name]!;
    expect(largestDifference(dataWithin(prepared, seed(3)), expected.logW)).toBeLessThan(0.01);
    const { pValue, references } = judge(points, 8, 1);
    expect(references).toBe(99);
    expect(pValue <= 0.05).toBe(expected.p <= 0.05);
    // Two p values of 99 references each differ by chance alone with a deviation of at most 0.07.
    expect(Math.abs(pValue - expected.p)).toBeLessThan(0.25);
  });

  it.each(Object.keys(unmatched.expected))("keeps the verdict and the ln W of the shared oracle on %s", (name) => {
    const points = toPoints(matched.input[name]!);
    const expected = unmatched.expected[name]!;
    const prepared = prepareStructureTest(points, 8, seed(1))!;
    expect(largestDifference(dataWithin(prepared, seed(3)), expected.logW)).toBeLessThan(0.01);
    expect(judge(points, 8, 5).pValue <= 0.05 ? "structure" : "no segment structure beyond a continuum").toBe(
      expected.verdict,
    );
  });

  it("does not take a continuum of eight single five-point items for groups, whatever the seed", () => {
    for (const name of ["single_items_1", "single_items_2"]) {
      for (const number of [10, 13]) {
        expect(judge(toPoints(matched.input[name]!), 8, number).pValue).toBeGreaterThan(0.05);
      }
    }
  });

  it("is the same for one seed, and p moves little with another", () => {
    const points = toPoints(matched.input.one_strong_factor!);
    const [first, again, other] = [judge(points, 8, 20, 39), judge(points, 8, 20, 39), judge(points, 8, 30, 39)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(Math.abs(other.pValue - first.pValue)).toBeLessThan(0.4);
  });

  it("leaves incomplete rows out, and plays no part of a dimension with one value", () => {
    const rows = matched.input.three_clear_types!;
    const holed = rows.flatMap((row) => [row, row.map((value, d) => (d === 3 ? null : value + 50))]);
    const alone = judge(toPoints(rows), 8, 40, 19);
    expect(judge(toPoints(holed), 8, 40, 19)).toEqual(alone);
    const widened = prepareStructureTest(toPoints(rows.map((row) => [...row, 0.1])), 9, seed(40))!;
    expect(widened.data.filter((_, at) => at % 9 === 8).every((value) => value === 0)).toBe(true);
    expect(judge(toPoints(rows.map((row) => [...row, 0.1])), 9, 40, 19).pValue).toBeLessThanOrEqual(0.05);
  });

  it("tests at most 3,000 rows, a sample", () => {
    const random = createRandom(seed(1));
    const prepared = prepareStructureTest(drawNormals(3500 * 5, random), 5, seed(2))!;
    expect(prepared.rows).toBe(3000);
    expect(prepared.data.length).toBe(15_000);
  });

  it("is not made with six different complete rows or fewer, and answers numbers with seven, or with equal dimensions", () => {
    const line = (different: number) =>
      toPoints(Array.from({ length: 40 }, (_, row) => [row % different, row % different]));
    expect(prepareStructureTest(new Float64Array(0), 8, seed(1))).toBeNull();
    expect(prepareStructureTest(new Float64Array(800).fill(50), 8, seed(1))).toBeNull();
    expect(prepareStructureTest(new Float64Array(800).fill(Number.NaN), 8, seed(1))).toBeNull();
    expect(prepareStructureTest(line(6), 2, seed(1))).toBeNull();
    for (const points of [line(7), line(40)]) {
      const { statistic, pValue } = judge(points, 2, 1, 9);
      expect(Number.isNaN(statistic)).toBe(false);
      expect(pValue).toBeGreaterThan(0);
      expect(pValue).toBeLessThanOrEqual(1);
    }
  });
});

describe("the verdict on ln W", () => {
  const flat = (value: number) => Float64Array.of(value, value);

  it("is counted as (1 + those at least as grouped)/(B + 1)", () => {
    // Other references make the data's gap √(3/4)·… times as great: only their order counts here.
    const references = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(flat);
    expect(judgeStructure(flat(-50), references).pValue).toBe(1 / 10);
    expect(judgeStructure(flat(50), references).pValue).toBe(1);
    expect(judgeStructure(flat(4), references).pValue).toBe(6 / 10);
  });

  it("takes the k that is clearest, with sd_b√(1 + 1/B) as the measure", () => {
    const references = [10, 11, 12].map((first, index) => Float64Array.of(first, 20 + 5 * index));
    const { statistic, k } = judgeStructure(Float64Array.of(9, 20), references);
    expect(k).toBe(2);
    expect(statistic).toBeCloseTo(2 / Math.sqrt(4 / 3), 12);
  });

  it("measures each reference beside the others alone", () => {
    // Beside 1 and 5 the first is 3/√(8·3/2) = 0.866 low; beside all three it would be 0.655. T = 0.75 lies between.
    const references = [0, 1, 5].map(flat);
    const { statistic, pValue } = judgeStructure(flat(2 - 0.75 * Math.sqrt(7 * (4 / 3))), references);
    expect(statistic).toBeCloseTo(0.75, 12);
    expect(pValue).toBe(2 / 4);
  });

  it("stands where references do not differ at all, and needs three", () => {
    const references = [flat(1), flat(1), flat(1), flat(1)];
    expect(judgeStructure(flat(1), references)).toEqual({ statistic: 0, pValue: 1, references: 4, k: 2 });
    expect(judgeStructure(flat(0), references).pValue).toBe(1 / 5);
    expect(() => judgeStructure(flat(0), references.slice(2))).toThrow(RangeError);
  });
});

describe("a reference", () => {
  const { z, dimensions } = standardised(matched.input.single_items_1!);
  const copula = fitCopula(z, dimensions, createRandom(seed(3)));

  it("has exactly the values of the data in every dimension", () => {
    const drawn = drawReference(copula, createRandom(seed(4)));
    for (let d = 0; d < dimensions; d++) expect(columnOf(drawn, dimensions, d)).toEqual(columnOf(z, dimensions, d));
    expect(drawn).not.toEqual(z);
  });

  it("is as correlated as the data, on average, where coarse items would weaken it: every pair within .02", () => {
    const random = createRandom(seed(5));
    const sums = new Array<number>(28).fill(0);
    for (let draw = 0; draw < 100; draw++) {
      correlations(drawReference(copula, random), dimensions).forEach((value, pair) => {
        sums[pair]! += value / 100;
      });
    }
    expect(largestDifference(sums, correlations(z, dimensions))).toBeLessThan(0.02);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(sums) - matched.expected.single_items_1!.reference_correlation)).toBeLessThan(0.01);
  });

  it("keeps its seed's people", () => {
    expect(drawReference(copula, createRandom(seed(6)))).toEqual(drawReference(copula, createRandom(seed(6))));
  });
});

/** People without groups: z of one continuum, made into items as surveys do. */
const equicorrelated = (rows: number, correlation: number, random: Random) => {
  const level = drawNormals(rows, random);
  const own = drawNormals(rows * 8, random);
  return own.map(
    (value, at) => Math.sqrt(correlation) * level[Math.floor(at / 8)]! + Math.sqrt(1 - correlation) * value,
  );
};
const points = (value: number, borders: readonly number[]) => borders.filter((border) => value >= border).length;
const FIVE = [-1.3, -0.4, 0.4, 1.3];
const itemMean = (latent: Float64Array, items: number, random: Random) => {
  const noise = drawNormals(latent.length * items, random);
  return latent.map((value, at) => {
    let total = 0;
    for (let item = 0; item < items; item++) total += points(value + 0.8 * noise[at * items + item]!, FIVE);
    return total;
  });
};
const CONTINUA: Record<string, (random: Random) => Float64Array> = {
  "eight single five-point items, n = 700": (random) =>
    equicorrelated(700, 0.35, random).map((value, at) => points(value + (at % 8) / 5 - 0.7, FIVE)),
  "five 2-item and three 2- to 3-level dimensions, n = 700": (random) => {
    const latent = equicorrelated(700, 0.35, random);
    const fine = itemMean(latent, 2, random);
    return fine.map((value, at) => (at % 8 < 5 ? value : points(latent[at]!, at % 8 === 5 ? [0.2] : [-0.5, 0.7])));
  },
  "eight 2-item dimensions, n = 1,200": (random) => itemMean(equicorrelated(1200, 0.35, random), 2, random),
  "eight 0–10 items with a ceiling, n = 1,200": (random) =>
    equicorrelated(1200, 0.35, random).map((value) => Math.max(0, Math.min(10, Math.round(7.5 + 2.2 * value)))),
  "elliptical heavy tails, n = 1,200": (random) => {
    const latent = equicorrelated(1200, 0.35, random);
    const squares = drawNormals(1200 * 5, random);
    return latent.map((value, at) => {
      const row = Math.floor(at / 8) * 5;
      const scale = squares.subarray(row, row + 5).reduce((sum, one) => sum + one * one, 0) / 5;
      return value / Math.sqrt(scale);
    });
  },
  "a style of answering, n = 1,200": (random) => {
    const latent = equicorrelated(1200, 0.35, random);
    const style = drawNormals(1200, random);
    return itemMean(
      latent.map((value, at) => value * Math.exp(0.3 * style[Math.floor(at / 8)]!)),
      4,
      random,
    );
  },
  "one strong factor, skewed, n = 400": (random) =>
    itemMean(
      equicorrelated(400, 0.7, random).map((z) => z + 0.9),
      4,
      random,
    ),
};
const RUNS = 5;

describe("on people without groups (simulation, about 20 s)", () => {
  const found = new Map<string, number>();
  it.each(Object.keys(CONTINUA))(`${RUNS} runs: %s`, (kind) => {
    let segments = 0;
    for (let run = 0; run < RUNS; run++) {
      const answers = CONTINUA[kind]!(createRandom(seed(1000 + run)));
      if (judge(answers, 8, 2000 + 10 * run, 39).pValue <= 0.05) segments++;
    }
    found.set(kind, segments);
    // Nominal 5 %: two of five by chance happens in 2 % of such fives.
    expect(segments).toBeLessThanOrEqual(1);
  });

  it(`says "segments" in at most 5 % of all ${RUNS * Object.keys(CONTINUA).length} runs`, () => {
    const all = [...found.values()].reduce((sum, count) => sum + count, 0);
    console.info(`structure test on continua: ${all} of ${RUNS * found.size} runs rejected`);
    expect(all).toBeLessThanOrEqual(0.05 * RUNS * found.size);
  });
});

describe("on people of four types (simulation)", () => {
  const TYPES = [
    [0.6, 0.6, 0.5, 0.5, 0.3, 0.5, 0.3, 0.6],
    [-0.9, -0.1, -0.2, -0.3, -0.2, 0.4, 0, -0.9],
    [0.1, -0.9, 0, -0.4, -0.1, -0.8, 0.1, -0.2],
    [-0.3, 0.3, 0.7, -0.1, -0.3, -1, -0.6, -0.1],
  ];
  it.each([
    [400, 3],
    [1200, 5],
  ])("finds them at separation ×1.5 with n = %i in at least %i of 5 runs", (rows, least) => {
    let found = 0;
    for (let run = 0; run < 5; run++) {
      const random = createRandom(seed(3000 + run));
      const type = Array.from({ length: rows }, () => points(random.next(), [0.4, 0.65, 0.85]));
      const latent = equicorrelated(rows, 0.25, random).map(
        (value, at) => 0.75 * value + 1.5 * TYPES[type[Math.floor(at / 8)]!]![at % 8]!,
      );
      if (judge(itemMean(latent, 4, random), 8, 4000 + 10 * run, 39).pValue <= 0.05) found++;
    }
    expect(found).toBeGreaterThanOrEqual(least);
  });
});
