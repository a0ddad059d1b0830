import type { Cell, Versus } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import type { Certificate, PileUp, Release, Verdict } from "../../data/contracts/release.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { certificate, comparison, madeUp, mean, named, percent, share, tried, value } from "./made-up.ts";

/** Made-up releases of each verdict's shape: the groups that the verdict publishes, beside levels and pile-ups always. */
export const BANDS = ["1", "2", "3", "4", "5"];
export const TROUBLES = ["0", "1", "2", "3+"];
const LOWS = DIMENSIONS.filter((dimension) => dimension !== "subjective");
const WAVES = ["2024", "2025"];

export type Shape = {
  verdict: Verdict;
  certificate?: Partial<Certificate>;
  pileUp?: PileUp[];
  /** How the share of a group changed since the wave before. */
  change?: (variable: string, code: string) => Versus[];
  more?: Cell[];
  /** Cells that stand in the place of those that the shape would have. */
  instead?: Cell[];
  rest?: Partial<Pick<Release, "variables" | "measures" | "reliability" | "comparability">>;
};

export function storyShaped(
  { verdict, change = () => [], more = [], instead = [], rest = {}, ...shape }: Shape,
  wave = "2025",
): Story {
  const segmented = ["segments", "profiles-on-a-continuum", "untested"].includes(verdict);
  const groups = [
    ...(segmented ? ["A", "B"].map((code) => ({ variable: "segment", code })) : []),
    ...BANDS.map((code) => ({ variable: "band", code })),
    ...TROUBLES.map((code) => ({ variable: "troubles", code })),
  ];
  const cells = WAVES.flatMap((at) => [
    ...DIMENSIONS.map((dimension) => mean(dimension, { wave: at }, value(60.5, { low: 59.5, high: 61.5 }))),
    ...LOWS.map((dimension) => percent(`low.${dimension}`, { wave: at }, value(20, { low: 18, high: 22 }))),
    ...groups.flatMap(({ variable, code }) => groupCells(at, variable, code, change)),
  ]);
  const keyOf = ({ measure, statistic, at }: Cell) => cellKey(measure, statistic, at);
  const replaced = new Set(instead.map(keyOf));
  const story = storyOf(
    madeUp({
      verdict,
      waves: WAVES,
      segments: segmented ? ["A", "B"] : [],
      cells: [...cells.filter((cell) => !replaced.has(keyOf(cell))), ...instead, ...more],
      certificate: certificate({ tried: [tried(2), tried(3)], levelShare: 0.4, ...shape.certificate }),
      pileUp: shape.pileUp ?? [pileUp("0", 1.5), pileUp("3+", 1.6)],
      variables: [
        { id: "wave", name: named("Wave"), codes: WAVES.map((code) => ({ code, name: named(code) })) },
        { id: "area", name: named("Area"), codes: [{ code: "t", name: named("Town") }] },
      ],
      ...rest,
    }),
    wave,
  );
  if (!story) throw new Error("no story");
  return story;
}

export function pileUp(code: PileUp["code"], ratio: number, half = 0.2): PileUp {
  return { wave: "2025", code, independent: 12, ratio, low: ratio - half, high: ratio + half };
}

/** Shares, means and low shares of a group: the further down the scale, the lower, by settled differences at its ends. */
function groupCells(wave: string, variable: string, code: string, change: NonNullable<Shape["change"]>): Cell[] {
  const at = { wave, [variable]: code };
  const height = HEIGHTS[code] ?? 0;
  return [
    share(at, value(21, { low: 19, high: 23, versus: wave === "2025" ? change(variable, code) : [] })),
    ...DIMENSIONS.map((dimension) =>
      mean(
        dimension,
        at,
        value(60.5 + height, {
          low: 58.5 + height,
          high: 62.5 + height,
          versus: height === 0 ? [] : [comparison("everyone", height, { settled: true })],
        }),
      ),
    ),
    ...(variable === "troubles"
      ? LOWS.map((dimension) =>
          percent(`low.${dimension}`, at, value(dimension === "social" ? 61 : 40, { low: 37, high: 64 })),
        )
      : []),
  ];
}

const HEIGHTS: Record<string, number> = {
  A: 9,
  B: -9,
  "5": 18,
  "4": 7,
  "2": -7,
  "1": -18,
  "0": 12,
  "2+": -6,
  "3+": -15,
};
