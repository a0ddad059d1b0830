import { describe, expect, it } from "vitest";
import { driftOfShares, type GroupedWave, poolPanel } from "../../server/segmentation/drift.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { readReference } from "./reference.ts";

type Panel = { wave: number[]; w: number[] };
const extra = readReference<{
  panel: Panel & { person: number[]; g: number[] };
  drift: Record<string, [number, number, number, number]>;
  drift_adjusted: number[];
}>("segment_extra");
const wave = (groups: number[], weights = groups.map(() => 1), persons?: number[]): GroupedWave => ({
  design: simpleDesign(Float64Array.from(weights)),
  groups: Int32Array.from(groups),
  ...(persons && { persons: Int32Array.from(persons) }),
});
/** So many persons in each group. */
const counts = (...sizes: number[]) => wave(sizes.flatMap((size, group) => new Array<number>(size).fill(group)));

const rowsOf = (panel: Panel, number: number) => [...panel.wave.keys()].filter((row) => panel.wave[row] === number);
const panelWave = (number: number) => {
  const rows = rowsOf(extra.panel, number);
  const of = (column: number[]) => rows.map((row) => column[row]!);
  return wave(of(extra.panel.g), of(extra.panel.w), of(extra.panel.person));
};

describe("drift of shares", () => {
  it("among a panel is R's svyglm with the person as the unit: change, error, df, p and adjusted p", () => {
    const drift = driftOfShares(panelWave(0), panelWave(1), 3)!;
    drift.forEach(({ group, difference, standardError, degreesOfFreedom, pValue, adjusted, variance }) => {
      const [change, error, df, p] = extra.drift[group]!;
      expect(Math.abs(difference / change - 1)).toBeLessThan(1e-8);
      expect(Math.abs(standardError / error - 1)).toBeLessThan(1e-8);
      expect(degreesOfFreedom).toBe(df);
      expect(Math.abs(pValue! / p - 1)).toBeLessThan(1e-6);
      expect(Math.abs(adjusted! / extra.drift_adjusted[group]! - 1)).toBeLessThan(1e-6);
      expect(variance).toBe("persons");
    });
    expect(drift.map(({ settled }) => settled)).toEqual([true, false, true]);
  });

  it("of two independent waves is the unpaired test of two shares: 30 % and 50 % of 100", () => {
    const [first] = driftOfShares(counts(30, 70), counts(50, 50), 2)!;
    expect(first!.difference).toBeCloseTo(0.2, 14);
    // V = n/(n−1) · p(1−p)/n in each wave (weights 1).
    expect(first!.standardError).toBeCloseTo(Math.sqrt(0.21 / 99 + 0.25 / 99), 12);
    expect(first!.variance).toBe("independent");
    // R 4.2.2, t.test of 30 and 50 ones among 100 each: df = 196.5141, p = 0.003743688.
    expect(first!.degreesOfFreedom).toBeCloseTo(196.5141, 4);
    expect(first!.pValue!).toBeCloseTo(0.003743688, 9);
    expect(first!.low!).toBeGreaterThan(0);
    expect(first!.settled).toBe(true);
  });

  it("of wineq's bands settles nothing: the ends grew and the middle shrank by two to three points", () => {
    const drift = driftOfShares(counts(102, 101, 102, 101, 101), counts(148, 115, 133, 130, 164), 5)!;
    expect(drift.map(({ settled }) => settled)).toEqual([false, false, false, false, false]);
    const troubles = driftOfShares(counts(171, 139, 84, 113), counts(295, 155, 106, 134), 4)!;
    expect((100 * troubles[0]!.difference).toFixed(0)).toBe("9");
    expect((100 * troubles[0]!.standardError).toFixed(1)).toBe("2.8");
    expect(troubles[0]!.settled).toBe(true);
  });

  it("adjusts over the groups: a p that passes alone does not among many that pass nothing", () => {
    const alone = driftOfShares(counts(40, 160), counts(57, 143), 2)!;
    expect(alone[0]!.pValue!).toBeLessThan(0.05);
    const among = driftOfShares(counts(40, 40, 40, 40, 40), counts(57, 36, 36, 36, 35), 5)!;
    expect(among[0]!.pValue!).toBeCloseTo(alone[0]!.pValue!, 12);
    expect(among[0]!.adjusted!).toBeGreaterThan(0.05);
    expect(among[0]!.settled).toBe(false);
  });

  it("tests nothing under 30 answers, and never gives NaN: one person, nobody, all in one group", () => {
    const few = driftOfShares(counts(29, 0), counts(0, 900), 2)!;
    expect(few.map(({ pValue, settled }) => [pValue, settled])).toEqual([
      [null, false],
      [null, false],
    ]);
    const one = driftOfShares(counts(1), counts(100), 1)!;
    expect(one[0]).toMatchObject({ difference: 0, low: null, high: null, pValue: null, adjusted: null });
    const same = driftOfShares(counts(100, 0), counts(100, 0), 2)!;
    expect(same.map(({ difference, pValue, settled }) => [difference, pValue, settled])).toEqual([
      [0, 1, false],
      [0, 1, false],
    ]);
    expect(driftOfShares(wave([-1, -1]), counts(50), 1)).toBeNull();
    expect(() => driftOfShares({ ...counts(5), groups: Int32Array.of(0) }, counts(5), 1)).toThrow(RangeError);
  });

  it("is not settled where the interval of shares holds 0, though p passes: none of 60, then four", () => {
    const [first] = driftOfShares(counts(0, 60), counts(4, 56), 2)!;
    expect(first!.adjusted!).toBeLessThan(0.05);
    expect(first!.low!).toBeLessThan(0);
    expect(first!.settled).toBe(false);
  });

  it("adds variances where persons are not known, or none is in both", () => {
    const [earlier, later] = [panelWave(0), panelWave(1)];
    const { persons: _, ...anonymous } = later;
    const strangers = { ...later, persons: later.persons!.map((person) => person + 10_000) };
    const [known] = driftOfShares(earlier, later, 3)!;
    for (const other of [anonymous, strangers]) {
      const [first] = driftOfShares(earlier, other, 3)!;
      expect(first!.variance).toBe("independent");
      expect(first!.difference).toBeCloseTo(known!.difference, 12);
      expect(first!.standardError).toBeGreaterThan(known!.standardError);
      expect(first!.high! - first!.low!).toBeGreaterThan(1.05 * (known!.high! - known!.low!));
    }
  });

  it("pools the earlier wave's rows first, one unit a person", () => {
    const earlier = wave([0, 0, 0], [1, 2, 3], [7, 8, -1]);
    const later = wave([0, 0], [4, 5], [9, 7]);
    const pooled = poolPanel(earlier, later)!;
    expect([...pooled.weights]).toEqual([1, 2, 3, 4, 5]);
    expect(pooled.units[4]).toBe(pooled.units[0]);
    expect(new Set(pooled.units).size).toBe(4);
    const { persons: _, ...anonymous } = later;
    expect(poolPanel(earlier, anonymous)).toBeNull();
  });
});
