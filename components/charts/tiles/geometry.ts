import type { Versus } from "../../../data/contracts/cell.ts";
import type { WhereMeasure } from "../../../server/findings/where.ts";
import type { ScaleLine } from "../dot-rows/geometry.ts";
import { toneOf } from "../fingerprint/geometry.ts";

/** Where a tile stands on the grid: rows and columns from the top left, from 1. */
export type TilePlace = { code: string; row: number; column: number };

export const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"] as const;
export type Arrow = (typeof ARROWS)[number];

/** The classes that put a tile in its place. The page's styles know rows and columns up to the contract's. */
export function placeClass({ row, column }: TilePlace): string {
  return `tile-row-${row} tile-column-${column}`;
}

/**
 * Which tile each arrow goes to: of those that lie that way, the one with the least distance, a step aside counting as much as
 * two along; of two alike the one further up, or further left. Where none lies that way the arrow stays.
 */
export function movesOf(tiles: readonly TilePlace[]): Record<string, Partial<Record<Arrow, string>>> {
  return Object.fromEntries(
    tiles.map((from) => [
      from.code,
      Object.fromEntries(
        ARROWS.flatMap((arrow) => {
          const to = nearest(from, tiles, arrow);
          return to ? [[arrow, to.code]] : [];
        }),
      ),
    ]),
  );
}

function nearest(from: TilePlace, tiles: readonly TilePlace[], arrow: Arrow): TilePlace | undefined {
  const sideways = arrow === "ArrowLeft" || arrow === "ArrowRight";
  const sign = arrow === "ArrowRight" || arrow === "ArrowDown" ? 1 : -1;
  const ahead = tiles.flatMap((tile) => {
    const [across, down] = [tile.column - from.column, tile.row - from.row];
    const along = (sideways ? across : down) * sign;
    return along > 0 ? [{ tile, distance: along + 2 * Math.abs(sideways ? down : across) }] : [];
  });
  ahead.sort(
    (left, right) =>
      left.distance - right.distance || left.tile.row - right.tile.row || left.tile.column - right.tile.column,
  );
  return ahead[0]?.tile;
}

/**
 * The look of a tile: which way and how far its place differs from everyone by a settled difference. A score has a good end; a
 * share has none, so it is coloured by another pair. Numbers of people are compared with nothing.
 */
export function tileTone(kind: WhereMeasure["kind"], versus: Versus | null): string {
  if (kind === "people") return "plain";
  const tone = toneOf(versus);
  return kind === "share" ? tone.replace("up", "more").replace("down", "fewer") : tone;
}

/** A line for numbers of people, from zero to the least round number that holds them all. */
export function countLine(highest: number): ScaleLine {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  const to = [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((end) => end >= highest) ?? 10 * power;
  return { from: 0, to, ticks: [0, to / 2, to] };
}
