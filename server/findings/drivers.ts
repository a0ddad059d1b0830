import type { DimensionId } from "../../data/contracts/names.ts";
import type { DriversDescription } from "../../data/contracts/release.ts";
import { type Finding, isValue, limitsOf, numberOf } from "./finding.ts";
import type { DimensionView, KeyedCell, View } from "./view.ts";

/** What of a dimension goes together with satisfaction with life; `path` is where the release says more of it. */
export type DriverView = {
  dimension: DimensionView;
  importance: KeyedCell | null;
  slope: KeyedCell | null;
  said: DriversDescription["drivers"][number];
  path: string;
};

/** The drivers of a wave, the most important first; null where the release has none for it. */
export function driversOf(view: View): { described: DriversDescription; rows: DriverView[] } | null {
  const all = view.cells.release.drivers ?? [];
  const place = all.findIndex(({ wave }) => wave === view.wave);
  const described = all[place];
  if (!described) return null;
  const rows = described.drivers.flatMap((said, index): DriverView[] => {
    const dimension = view.dimensions.find(({ id }) => id === said.dimension);
    if (!dimension) return [];
    const find = (statistic: "importance" | "slope") =>
      view.cells.find(`driver.${said.dimension}`, statistic, { wave: view.wave });
    const path = `drivers.${place}.drivers.${index}`;
    return [{ dimension, importance: find("importance"), slope: find("slope"), said, path }];
  });
  const size = ({ importance }: DriverView) => (isValue(importance) ? importance.figure.value : -1);
  return { described, rows: rows.sort((one, other) => size(other) - size(one)) };
}

/** The drivers that no other is settled to outdo, or why there are none. */
export function driversSaid(view: View): Finding | null {
  const found = driversOf(view);
  if (!found) return null;
  const { described, rows } = found;
  if (described.reading !== "drivers")
    return { id: "drivers-none", values: { reading: READINGS[described.reading] }, cells: {} };
  const outdone = new Set<DimensionId>(described.differing.map(([, less]) => less));
  const list = rows.flatMap(({ dimension, importance }) =>
    outdone.has(dimension.id) || !isValue(importance)
      ? []
      : [
          {
            id: "driver-item" as const,
            values: { dimension: { inside: dimension.name } },
            cells: { share: numberOf(importance), interval: limitsOf(importance) },
          },
        ],
  );
  if (list.length === 0) return { id: "drivers-none", values: { reading: "unsettled" }, cells: {} };
  return { id: "drivers-most", values: {}, cells: {}, list };
}

/** Why there are none, as a sentence chooses by it. */
const READINGS: Record<DriversDescription["reading"], string> = {
  drivers: "other",
  "too-few": "tooFew",
  "explains-little": "explainsLittle",
  "not-estimable": "other",
  protected: "other",
};
