import { scaleLinear } from "@visx/scale";
import type { Figure } from "../../../data/contracts/cell.ts";

/** A dot with its whisker on a line, in percent of the line. */
export type Mark = { x: number; low: number | null; high: number | null };

/** The line from 0 to 100, which is the whole scale of scores and of shares: no axis is cut to its data. */
const SCALE = scaleLinear<number>({ domain: [0, 100], range: [0, 100], clamp: true });

export const TICKS = [0, 25, 50, 75, 100];

/** Where a figure stands on the line; null when it is no number. */
export function markOf(figure: Figure | null | undefined): Mark | null {
  if (figure?.kind !== "value") return null;
  return {
    x: SCALE(figure.value),
    low: figure.low === null ? null : SCALE(figure.low),
    high: figure.high === null ? null : SCALE(figure.high),
  };
}
