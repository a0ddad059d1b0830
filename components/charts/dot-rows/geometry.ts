import { scaleLinear } from "@visx/scale";
import type { Figure, Versus } from "../../../data/contracts/cell.ts";

/** A dot with its whisker on a line, in percent of the line's width. */
export type Mark = { x: number; low: number | null; high: number | null };

/** A line that marks stand on: where it begins and ends, and what is written under it. */
export type ScaleLine = { from: number; to: number; ticks: number[] };

/** The whole scale of scores and of shares: no axis is cut to its data. */
export const WHOLE: ScaleLine = { from: 0, to: 100, ticks: [0, 25, 50, 75, 100] };

/** The lines for differences, from the finest on; zero is always in the middle. */
const DIFFERENCES = [10, 20, 50, 100].map(
  (end): ScaleLine => ({ from: -end, to: end, ticks: [-end, -end / 2, 0, end / 2, end] }),
);

/** The finest of the fixed lines that holds every difference with its limits. */
export function differenceLine(differences: Pick<Versus, "low" | "high">[]): ScaleLine {
  const reach = Math.max(0, ...differences.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return DIFFERENCES.find(({ to }) => to >= reach) ?? WHOLE_DIFFERENCE;
}

const WHOLE_DIFFERENCE: ScaleLine = { from: -100, to: 100, ticks: [-100, -50, 0, 50, 100] };

/** Where a figure stands on a line; null when it is no number. */
export function markOf(figure: Figure | null | undefined, line: ScaleLine = WHOLE): Mark | null {
  if (figure?.kind !== "value") return null;
  return placed(line, figure.value, figure.low, figure.high);
}

/** Where a stored difference stands on a line. */
export function differenceMark(versus: Versus | null, line: ScaleLine): Mark | null {
  return versus && placed(line, versus.difference, versus.low, versus.high);
}

/** Where a number stands on a line, in percent of its width. */
export function placeOn(line: ScaleLine, value: number): number {
  return scaleLinear<number>({ domain: [line.from, line.to], range: [0, 100], clamp: true })(value);
}

function placed(line: ScaleLine, value: number, low: number | null, high: number | null): Mark {
  return {
    x: placeOn(line, value),
    low: low === null ? null : placeOn(line, low),
    high: high === null ? null : placeOn(line, high),
  };
}
