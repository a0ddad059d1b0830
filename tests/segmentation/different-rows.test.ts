import { describe, expect, it } from "vitest";
import { clustersToTry } from "../../server/segmentation/choose-clusters.ts";
import { countDifferentRows } from "../../server/segmentation/different-rows.ts";
import { toPoints } from "./reference.ts";

describe("different rows", () => {
  it("are counted once, with what is missing, and no further than asked", () => {
    const rows = toPoints([
      [1, 2],
      [2, 1],
      [1, 2],
      [1, null],
      [null, 1],
      [1, null],
      [0, 0],
      [-0, 0],
    ]);
    expect(countDifferentRows(rows, 2)).toBe(5);
    expect([3, 5, 8].map((most) => countDifferentRows(rows, 2, most))).toEqual([3, 5, 5]);
    expect(countDifferentRows(new Float64Array(0), 4)).toBe(0);
  });

  it("are one where the same answers were summed in another order", () => {
    expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
    expect(countDifferentRows(Float64Array.of(0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.6001), 1)).toBe(2);
  });

  it("are as many as the groups that are tried, at most", () => {
    expect(clustersToTry(800, 5)).toEqual([2, 3, 4, 5]);
    expect(clustersToTry(300, 5)).toEqual([2, 3]);
    expect([clustersToTry(800, 1), clustersToTry(800, 0)]).toEqual([[], []]);
    expect(clustersToTry(50_000, 8)).toEqual(clustersToTry(50_000));
  });
});
