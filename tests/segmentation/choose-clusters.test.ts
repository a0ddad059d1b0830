import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  admissible,
  chooseClusters,
  clustersToTry,
  type TriedClusters,
} from "../../server/segmentation/choose-clusters.ts";

/** k groups of equal size, as stable as the least of them. */
function tried(k: number, stability: number, silhouette: number | null, levelShare: number): TriedClusters {
  const each = <T>(value: T) => new Array<T>(k).fill(value);
  return { k, silhouette, stability: each(stability), shares: each(1 / k), persons: each(100), levelShare };
}

/** Rows of "k: min Jaccard / silhouette / L" as METHOD §3.10 and the trial runs print them. */
const rows = (...table: [number, number, number, number][]) =>
  table.map(([k, jaccard, silhouette, level]) => tried(k, jaccard, silhouette, level));

const REAL: Record<string, { tried: TriedClusters[]; k: number }> = {
  "wineq 2015": { tried: rows([2, 0.96, 0.23, 0.96], [3, 0.77, 0.15, 0.97], [4, 0.61, 0.15, 0.84]), k: 3 },
  "wineq 2019": { tried: rows([2, 0.95, 0.26, 0.99], [3, 0.92, 0.18, 0.97], [4, 0.53, 0.16, 0.88]), k: 3 },
  "wineq pooled": { tried: rows([2, 0.96, 0.25, 0.98], [3, 0.92, 0.17, 0.97], [4, 0.71, 0.15, 0.87]), k: 3 },
  "sd2011, all seven": {
    tried: rows([2, 0.98, 0.2, 0.57], [3, 0.94, 0.21, 0.44], [4, 0.64, 0.19, 0.37], [5, 0.74, 0.2, 0.33]),
    k: 3,
  },
  "sd2011, four": { tried: rows([3, 0.93, 0.23, 0.37], [4, 0.9, 0.24, 0.34], [5, 0.85, 0.22, 0.32]), k: 5 },
};

/** choose_k_results.txt of the shared oracles: how many types the data were made with, and what was found for each k. */
const MADE: Record<string, { tried: TriedClusters[]; k: number }> = {
  "four types ×1.5": {
    tried: rows(
      [2, 0.97, 0.257, 0.96],
      [3, 0.88, 0.212, 0.75],
      [4, 0.92, 0.213, 0.65],
      [5, 0.62, 0.181, 0.68],
      [6, 0.76, 0.152, 0.67],
      [7, 0.71, 0.142, 0.66],
    ),
    k: 4,
  },
  "four types ×2": {
    tried: rows(
      [2, 0.99, 0.315, 0.95],
      [3, 0.92, 0.281, 0.74],
      [4, 0.96, 0.296, 0.64],
      [5, 0.92, 0.213, 0.64],
      [6, 0.66, 0.195, 0.65],
      [7, 0.77, 0.177, 0.65],
    ),
    k: 4,
  },
  "three clear types": {
    tried: rows(
      [2, 0.95, 0.34, 0.17],
      [3, 1, 0.445, 0.32],
      [4, 0.9, 0.295, 0.31],
      [5, 0.84, 0.22, 0.3],
      [6, 0.52, 0.202, 0.29],
    ),
    k: 3,
  },
};

describe("the chosen number of groups", () => {
  it.each(Object.entries({ ...REAL, ...MADE }))("of %s is that of the prototype", (_, { tried: found, k }) => {
    expect(chooseClusters(found)).toMatchObject({ chosen: k, chosenBy: "rule", forcedRefused: null });
  });

  it("is the largest within 90 % of the best silhouette, the border included", () => {
    expect(chooseClusters(rows([3, 0.9, 0.2, 0.5], [4, 0.9, 0.18, 0.5], [5, 0.9, 0.179, 0.5])).chosen).toBe(4);
  });

  it("lets two groups win only where no larger number may be used", () => {
    expect(chooseClusters(rows([2, 0.99, 0.9, 0.2], [3, 0.8, 0.01, 0.95])).chosen).toBe(3);
    expect(chooseClusters(rows([2, 0.99, 0.9, 0.2], [3, 0.7, 0.5, 0.2])).chosen).toBe(2);
    expect(chooseClusters(rows([2, 0.7, 0.9, 0.2], [3, 0.7, 0.5, 0.2])).chosen).toBeNull();
    expect(chooseClusters([]).chosen).toBeNull();
  });

  it("prefers groups that differ in kind, however good the silhouette of a level axis is", () => {
    const found = rows([3, 0.95, 0.5, 0.9], [4, 0.8, 0.2, 0.89], [5, 0.8, 0.15, 0.5]);
    expect(chooseClusters(found).chosen).toBe(4);
    expect(chooseClusters(found.slice(0, 1)).chosen).toBe(3);
  });

  it("of negative silhouettes is the best one; where no silhouette is known the smallest", () => {
    expect(chooseClusters(rows([3, 0.9, -0.2, 0.5], [4, 0.9, -0.1, 0.5], [5, 0.9, -0.11, 0.5])).chosen).toBe(4);
    expect(chooseClusters([tried(4, 0.9, null, 0.5), tried(3, 0.9, null, 0.5)]).chosen).toBe(3);
    expect(chooseClusters([tried(3, 0.9, 0.1, 0.5), tried(4, 0.9, null, 0.5)]).chosen).toBe(3);
  });

  it("is the steward's where that may be used, and none with its name where not", () => {
    const found = REAL["wineq 2015"]!.tried;
    expect(chooseClusters(found, 2)).toMatchObject({ chosen: 2, chosenBy: "steward", forcedRefused: null });
    expect(chooseClusters(found, 4)).toMatchObject({ chosen: null, forcedRefused: "not-admissible" });
    expect(chooseClusters(found, 9)).toMatchObject({ chosen: null, forcedRefused: "not-tried" });
    expect(chooseClusters(found, 4).judged[2]).toEqual({ k: 4, admissible: false, refused: ["unstable"] });
  });

  it("is always admissible, never a level axis where there is another, whatever was found", () => {
    const one = fc.record({
      stability: fc.double({ min: 0.5, max: 1, noNaN: true }),
      silhouette: fc.option(fc.double({ min: -0.5, max: 1, noNaN: true })),
      levelShare: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 7 }), (found) => {
        const all = found.map((entry, index) => tried(index + 2, entry.stability, entry.silhouette, entry.levelShare));
        const { chosen, judged } = chooseClusters(all);
        const usable = judged.filter((entry) => entry.admissible).map(({ k }) => k);
        expect(usable.length > 0).toBe(chosen !== null);
        if (chosen === null) return;
        expect(usable).toContain(chosen);
        const others = usable.filter((k) => k >= 3);
        if (others.length > 0) expect(chosen).toBeGreaterThanOrEqual(3);
        const levelOf = (k: number) => all[k - 2]!.levelShare;
        if (levelOf(chosen) >= 0.9 && chosen >= 3) expect(others.every((k) => levelOf(k) >= 0.9)).toBe(true);
      }),
    );
  });
});

describe("an admissible number of groups", () => {
  const three = tried(3, 0.75, 0.2, 0.5);

  it("has every group stable, large and known by fifty, the borders included", () => {
    const border = { ...three, shares: [0.05, 0.45, 0.5], persons: [50, 400, 400] };
    expect(admissible([border])).toEqual([{ k: 3, admissible: true, refused: [] }]);
    expect(admissible([{ ...three, stability: [0.75, 0.7499, 0.9] }])[0]!.refused).toEqual(["unstable"]);
    expect(admissible([{ ...three, shares: [0.0499, 0.45, 0.5001] }])[0]!.refused).toEqual(["small-share"]);
    expect(admissible([{ ...three, persons: [49, 400, 400] }])[0]!.refused).toEqual(["few-persons"]);
  });

  it("says every reason why not, and takes what is not known for unstable", () => {
    const bad = { ...three, stability: [Number.NaN, 1, 1], shares: [0.01, 0.49, 0.5], persons: [3, 90, 90] };
    expect(admissible([bad])[0]!.refused).toEqual(["unstable", "small-share", "few-persons"]);
  });

  it("needs one entry a group, each k once", () => {
    expect(() => admissible([{ ...three, shares: [1] }])).toThrow(RangeError);
    expect(() => admissible([three, three])).toThrow(RangeError);
  });
});

describe("the numbers of groups to try", () => {
  it("are two to eight, a hundred persons each; none under 200 persons", () => {
    expect([0, 1, 199].map(clustersToTry)).toEqual([[], [], []]);
    expect(clustersToTry(200)).toEqual([2]);
    expect(clustersToTry(799)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(clustersToTry(50_000)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });
});
