import { scaleLinear } from "@visx/scale";
import type { Figure } from "../../../data/contracts/cell.ts";

/** A group's place in the ribbon, all in percent of its width. Null where the share is no number. */
export type Band = { code: string; start: number; width: number; whisker: { low: number; high: number } | null };

/**
 * Groups side by side, each as wide as its share. The whisker shows where the group could end: from the group's
 * start to its lower and its upper limit. Shares are rounded, so they may add up to a little over 100, and the last
 * whisker reaches past the last band: the scale makes room for both, and nothing is cut off. A share that is no
 * number has no band. Without whiskers the bands fill the frame.
 */
export function ribbonBands(shares: { code: string; figure: Figure | null }[], drawsWhiskers = true): Band[] {
  const known = shares.flatMap(({ code, figure }) => (figure?.kind === "value" ? [{ code, ...figure }] : []));
  let end = 0;
  let furthest = 100;
  for (const { value, high } of known) {
    furthest = Math.max(furthest, end + (drawsWhiskers ? (high ?? value) : value));
    end += value;
  }
  const scale = scaleLinear<number>({ domain: [0, furthest], range: [0, 100] });
  let start = 0;
  return known.map(({ code, value, low, high }) => {
    const band: Band = {
      code,
      start: scale(start),
      width: scale(value),
      whisker: low === null || high === null ? null : { low: scale(start + low), high: scale(start + high) },
    };
    start += value;
    return band;
  });
}

/** The place of a share on its own line from 0 to 100. */
export const SHARE_SCALE = scaleLinear<number>({ domain: [0, 100], range: [0, 100] });

/** The narrowest ribbon that is drawn, in pixels; what a letter and the margins of each text in a band take of it. */
const NARROWEST = 800;
const TEXTS = {
  share: { letter: 16, margins: 20 },
  "narrow-share": { letter: 10.5, margins: 16 },
  limits: { letter: 7.6, margins: 20 },
  word: { letter: 8.6, margins: 20 },
};

/** Whether a text fits in a band of this width, in percent, on the narrowest screen that draws the ribbon. */
export function hasRoomFor(kind: keyof typeof TEXTS, text: string, width: number): boolean {
  const { letter, margins } = TEXTS[kind];
  return (width / 100) * NARROWEST >= text.length * letter + margins;
}
