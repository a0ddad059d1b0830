import { describe, expect, it } from "vitest";
import { type Gap, type GapQuestion, gapStatistic, textbookClusters } from "../../server/segmentation/gap-statistic.ts";
import { largestDifference, readReference, seed, toPoints } from "./reference.ts";

type Table = { logW: number[]; E_logW: number[]; gap: number[]; SE_sim: number[] };
const clusGap = readReference<{
  input: { gaussian_cloud: number[][] };
  expected: Record<"iris_scaledPCA" | "iris_original" | "cloud_scaledPCA", Table>;
}>("gap_statistic");
const iris = readReference<{ input: { X: number[][] } }>("kmeans_iris").input.X;
const KS = [1, 2, 3, 4, 5, 6];

function gapOf(question: GapQuestion, number = 1): Gap {
  const seeds = { references: seed(number), starts: seed(number + question.clusters) };
  const found = gapStatistic(question, seeds);
  if ("refused" in found) throw new Error(found.refused);
  return found;
}

describe("the gap statistic", () => {
  it.each([
    ["iris_scaledPCA", iris, "principal-axes"],
    ["iris_original", iris, "dimensions"],
    ["cloud_scaledPCA", clusGap.input.gaussian_cloud, "principal-axes"],
  ] as const)("of %s is cluster::clusGap's", (name, rows, box) => {
    const expected = clusGap.expected[name];
    const shape = { points: toPoints(rows), dimensions: rows[0]!.length, box, references: 100, starts: 50 };
    const gaps = KS.map((clusters) => gapOf({ ...shape, clusters }));
    // clusGap's W is half the sum of squares.
    const less = (values: number[]) => values.map((value) => value - Math.log(2));
    expect(largestDifference(less(gaps.map(({ lnWithin }) => lnWithin)), expected.logW)).toBeLessThan(1e-5);
    expect(largestDifference(less(gaps.map(({ expected: mean }) => mean)), expected.E_logW)).toBeLessThan(0.03);
    expect(
      largestDifference(
        gaps.map(({ gap }) => gap),
        expected.gap,
      ),
    ).toBeLessThan(0.03);
    gaps.forEach(({ standardError }, index) => {
      expect(Math.abs(standardError / expected.SE_sim[index]! - 1)).toBeLessThan(0.3);
    });
    // Of the cloud without groups it says one; of iris, which has three kinds, more than there are, or none.
    const textbook = textbookClusters(gaps);
    if (name === "cloud_scaledPCA") expect(textbook).toBe(1);
    else expect(textbook ?? 7).toBeGreaterThan(3);
  });

  it("read as the textbook does takes what R's maxSE takes; null where R takes the last k for want of one", () => {
    const taken = (table: Table) =>
      textbookClusters(
        table.gap.map((gap, index) => {
          const k = index + 1;
          return { k, gap, standardError: table.SE_sim[index]!, lnWithin: 0, expected: gap };
        }),
      );
    const { iris_scaledPCA, iris_original, cloud_scaledPCA } = clusGap.expected;
    expect([taken(iris_scaledPCA), taken(iris_original), taken(cloud_scaledPCA)]).toEqual([5, null, 1]);
    expect(textbookClusters([])).toBeNull();
  });

  it("does not know where the points lie nor their unit, and is the same for the same seeds", () => {
    const question = { points: toPoints(iris), dimensions: 4, clusters: 3 };
    const first = gapOf(question);
    expect(gapOf(question)).toEqual(first);
    const moved = gapOf({ ...question, points: toPoints(iris.map((row) => row.map((value) => 8 * value + 100))) });
    expect(moved.gap).toBeCloseTo(first.gap, 9);
    expect(moved.lnWithin).toBeCloseTo(first.lnWithin + Math.log(64), 9);
    expect(gapOf(question, 50).expected).not.toBe(first.expected);
  });

  it("draws references no wider than the points: a dimension of one value stays so", () => {
    const flat = toPoints(iris.map(([one, two]) => [one!, two!, 5]));
    const plain = toPoints(iris.map(([one, two]) => [one!, two!]));
    for (const box of ["principal-axes", "dimensions"] as const) {
      const of = (points: Float64Array, dimensions: number) =>
        gapOf({ points, dimensions, clusters: 2, box, references: 60 }).gap;
      // Other draws, as there is an axis more: the same within their error.
      expect(Math.abs(of(flat, 3) - of(plain, 2))).toBeLessThan(0.06);
    }
  });

  it("is refused by name where each different row would be a cluster of its own", () => {
    const refusedOf = (rows: number[][], clusters: number) =>
      gapStatistic(
        { points: toPoints(rows), dimensions: rows[0]!.length, clusters },
        { references: seed(1), starts: seed(2) },
      );
    const four = Array.from({ length: 40 }, (_, row) => [row % 2, (row >> 1) % 2]);
    expect(refusedOf(four, 3)).toMatchObject({ k: 3 });
    for (const [rows, clusters] of [
      [four, 4],
      [four, 9],
      [[[1, 2]], 1],
      [[[3], [3], [3]], 1],
    ] as const)
      expect(refusedOf(rows as number[][], clusters)).toEqual({ refused: "few-different-rows" });
  });

  it("is a caller's mistake with missing points, no cluster, no start, or one reference", () => {
    const question = { points: toPoints(iris), dimensions: 4, clusters: 2 };
    const wrong: Partial<GapQuestion>[] = [{ dimensions: 7 }, { clusters: 0 }, { references: 1 }, { starts: 0 }];
    for (const part of [...wrong, { points: toPoints([[1, null, 2, 3]]) }])
      expect(() => gapOf({ ...question, ...part })).toThrow(RangeError);
  });
});
