import { describe, expect, it } from "vitest";
import type { GroupedWave } from "../../server/segmentation/drift.ts";
import { flowsBetween } from "../../server/segmentation/flows.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { readReference } from "./reference.ts";

const { panel } = readReference<{ panel: Record<"wave" | "person" | "w" | "g", number[]> }>("segment_extra");

const wave = (groups: number[], persons: number[], weights = groups.map(() => 1)): GroupedWave => ({
  design: simpleDesign(Float64Array.from(weights)),
  groups: Int32Array.from(groups),
  persons: Int32Array.from(persons),
});

describe("flows between groups", () => {
  it("follow who is in both waves, whatever the order of rows, by the earlier wave's weights", () => {
    const earlier = wave([0, 0, 0, 1, 1], [1, 2, 3, 4, 9], [1, 1, 2, 5, 70]);
    const later = wave([1, 0, 1, 0, 0], [4, 1, 3, 2, 8], [30, 40, 50, 60, 70]);
    expect(flowsBetween(earlier, later, 2)).toEqual({
      members: 4,
      withoutGroup: 0,
      counts: [
        [2, 1],
        [0, 1],
      ],
      shares: [
        [0.5, 0.5],
        [0, 1],
      ],
      stayed: 7 / 9,
      includesAnswerNoise: true,
    });
  });

  it("count apart who has no group in a wave, and know no share of a group that nobody was in", () => {
    const flows = flowsBetween(wave([0, -1, 0, 0], [1, 2, 3, -1]), wave([0, 0, -1, 1], [1, 2, 3, -1]), 2)!;
    expect(flows).toMatchObject({
      members: 1,
      withoutGroup: 2,
      counts: [
        [1, 0],
        [0, 0],
      ],
      stayed: 1,
    });
    expect(flows.shares).toEqual([[1, 0], null]);
  });

  it("of the R data: counts add up to the 120 panel members, and rows to one", () => {
    const of = (number: number) => {
      const rows = panel.wave.flatMap((own, row) => (own === number ? [row] : []));
      const column = (values: number[]) => rows.map((row) => values[row]!);
      return wave(column(panel.g), column(panel.person), column(panel.w));
    };
    const flows = flowsBetween(of(0), of(1), 3)!;
    expect(flows.members).toBe(120);
    expect(flows.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(120);
    for (const row of flows.shares) expect(row!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(flows.stayed).toBeGreaterThan(0.6);
  });

  it("are null without a panel, and refuse a person twice and a group that is none", () => {
    const { persons: _, ...anonymous } = wave([0], [1]);
    expect(flowsBetween(anonymous, wave([0], [1]), 1)).toBeNull();
    expect(flowsBetween(wave([0], [1]), wave([0], [2]), 1)).toBeNull();
    expect(flowsBetween(wave([-1], [1]), wave([0], [1]), 1)).toBeNull();
    expect(() => flowsBetween(wave([0, 1], [1, 1]), wave([0], [1]), 2)).toThrow(RangeError);
    expect(() => flowsBetween(wave([2], [1]), wave([0], [1]), 2)).toThrow(RangeError);
  });
});
