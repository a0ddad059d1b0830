import { describe, expect, it } from "vitest";
import { runChart } from "../../server/statistics/run-chart.ts";
import { column, drawing, reference } from "./reference.ts";

const of = (...values: (number | null)[]) => column(values);
/** `above` points over 0 and the same number below it, `runs` of each in turn: the median is 0. */
const alternating = (...runs: number[]) =>
  of(...runs.flatMap((length, run) => Array.from({ length }, () => (run % 2 === 0 ? 1 : -1))));

describe("the run chart against R", () => {
  it("agrees with the fixture", () => {
    const { input, expected } = reference("run_chart");
    const chart = runChart(column(input.y))!;
    expect(chart.median).toBeCloseTo(expected.median, 9);
    expect(chart).toMatchObject({
      useful: expected.n_useful,
      longestRun: expected.longest_run,
      crossings: expected.crossings,
      longestRunLimit: expected.longest_run_limit,
      crossingsLimit: expected.crossings_limit,
      isShifted: true,
    });
  });
  it.each(reference("process_more").runs as (ReturnType<typeof runChart> & { values: number[] })[])(
    "agrees with drawn series, points on the median and all (case %#)",
    ({ values, ...expected }) => {
      expect(runChart(column(values))).toMatchObject(expected);
    },
  );
});

describe("Anhøj's rules by hand", () => {
  it("24 points with 8 crossings: a run of 8 is chance, one of 9 is not", () => {
    const chance = runChart(alternating(0, 3, 8, 3, 1, 2, 1, 2, 2, 2));
    expect(chance).toMatchObject({
      longestRun: 8,
      longestRunLimit: 8,
      crossings: 8,
      crossingsLimit: 8,
      isShifted: false,
    });
    const change = runChart(alternating(0, 3, 9, 3, 1, 2, 1, 2, 1, 2));
    expect(change).toMatchObject({
      longestRun: 9,
      longestRunLimit: 8,
      crossings: 8,
      crossingsLimit: 8,
      isShifted: true,
    });
  });
  it("10 points: 2 crossings are chance, 1 is not", () => {
    expect(runChart(alternating(3, 5, 2))).toMatchObject({ crossings: 2, crossingsLimit: 2, isShifted: false });
    expect(runChart(alternating(5, 5))).toMatchObject({ crossings: 1, longestRun: 5, isShifted: true });
  });
  it("a point on the median neither ends a run nor counts, and a gap is passed over", () => {
    const [plain, dotted] = [of(1, 1, -1, -1), of(1, 0, 1, null, -1, -1)];
    expect(runChart(dotted)).toEqual(runChart(plain));
  });
  it("has nothing to say of an empty or constant series, and of one point", () => {
    for (const values of [of(), of(null, null), of(3, 3, 3), of(5)]) expect(runChart(values)).toBeNull();
    expect(runChart(of(1, 2))).toMatchObject({ median: 1.5, useful: 2, isShifted: false });
  });
});

it("calls .8 % of unchanged series of 11 points shifted: 2 of the 252 ways to lay five on each side (simulation)", () => {
  const { normal } = drawing(20262);
  let shifted = 0;
  for (let drawn = 0; drawn < 20_000; drawn++)
    if (runChart(Float64Array.from({ length: 11 }, normal))!.isShifted) shifted++;
  expect(Math.abs(shifted / 20_000 - 2 / 252)).toBeLessThan(0.002);
});
