import type { SeriesDescription } from "../../data/contracts/release.ts";
import { type Finding, isValue, numberOf } from "./finding.ts";
import type { KeyedCell, View } from "./view.ts";

/** A month of a series: its cell, the number that is drawn, and whether it is a signal. `path` is where the release says it. */
export type MonthView = { month: string; cell: KeyedCell | null; drawn: number | null; isSignal: boolean };
export type SeriesView = { series: SeriesDescription; path: string; months: MonthView[] };

/** Monthly registers of everyone, as their charts draw them. */
export function seriesOf({ cells }: Pick<View, "cells">): SeriesView[] {
  return (cells.release.series ?? []).flatMap((series, place): SeriesView[] => {
    if (series.area !== null) return [];
    const signals = new Set(series.signals.flatMap(({ months }) => months));
    const months = series.months.map((month, index): MonthView => {
      const cell = cells.find(`series.${series.id}`, "people", { wave: series.wave, month });
      const drawn = series.charted ? (series.charted[index] ?? null) : isValue(cell) ? cell.figure.value : null;
      return { month, cell, drawn, isSignal: signals.has(month) };
    });
    return [{ series, path: `series.${place}`, months }];
  });
}

/** How each series reads in its last month that holds a number; null where there is none. */
export function seriesSaid(view: View): Finding | null {
  const list = seriesOf(view).flatMap(({ series, months }): Finding[] => {
    const last = months.findLast(({ cell }) => isValue(cell));
    return last?.cell
      ? [
          {
            id: "series-item",
            values: { name: { inside: series.name }, month: monthSaid(last.month), reading: series.reading },
            cells: { people: numberOf(last.cell) },
          },
        ]
      : [];
  });
  return list.length > 0 ? { id: "series-all", values: {}, cells: {}, list } : null;
}

/** "10/2020"; a quarter or a year as its code is. */
function monthSaid(code: string): string {
  const [year, month] = code.split("-");
  return month && /^\d\d$/.test(month) ? `${Number(month)}/${year}` : code;
}
