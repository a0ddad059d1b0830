import { driversOf, driversSaid } from "./drivers.ts";
import { type Finding, isValue, limitsOf, numberOf } from "./finding.ts";
import type { DimensionView, Group, KeyedCell, View } from "./view.ts";

/** What goes with satisfaction with life in a group: its own figures where they are published, else everyone's. */
export type DriversOfGroup = {
  /** Dimensions whose slope in this group is settled to differ from that of the other groups, with everyone's. */
  own: { dimension: DimensionView; slope: KeyedCell; everyone: KeyedCell | null }[];
  said: Finding[];
};

type Standing = Record<"above" | "below", { dimension: DimensionView }[]>;

/**
 * A release publishes a group's own slope only where it is settled to differ (METHOD §4.1); any other is everyone's. Of
 * what lifts everyone it is said where the group stands settled above, of what weighs where it stands settled below.
 */
export function driversOfGroup(view: View, group: Group, standing: Standing): DriversOfGroup {
  const found = driversOf(view);
  const none = driversSaid(view);
  if (!found || !none) return { own: [], said: [] };
  if (found.described.reading !== "drivers") return { own: [], said: [none] };
  const slopes = view.dimensions.map((dimension) => ({ dimension, slope: slopeOf(view, dimension, group) }));
  const own = slopes.flatMap(({ dimension, slope }) =>
    isValue(slope) ? [{ dimension, slope, everyone: slopeOf(view, dimension) }] : [],
  );
  const verdictOf = (dimension: DimensionView) =>
    found.rows.find((row) => row.dimension.id === dimension.id)?.said.verdict;
  const here = (id: "portrait-lifts" | "portrait-weighs", side: "above" | "below", verdict: string): Finding[] => {
    const named = standing[side].filter(({ dimension }) => ["both", verdict].includes(verdictOf(dimension) ?? ""));
    const list = named.map(({ dimension }) => nameItem(dimension));
    return list.length > 0 ? [{ id, values: {}, cells: {}, list }] : [];
  };
  const tested = slopes.some(({ slope }) => slope !== null);
  return {
    own,
    said: [
      own.length > 0
        ? { id: "portrait-drivers-own", values: {}, cells: {}, list: own.map(ownItem) }
        : { id: "portrait-drivers-shared", values: { tested: tested ? "yes" : "no" }, cells: {} },
      ...here("portrait-lifts", "above", "lifts-when-high"),
      ...here("portrait-weighs", "below", "weakens-when-low"),
    ],
  };
}

function slopeOf({ cells, wave }: View, { id }: DimensionView, group?: Group): KeyedCell | null {
  return cells.find(`driver.${id}`, "slope", group ? { wave, [group.variable]: group.code } : { wave });
}

function nameItem({ id }: DimensionView): Finding {
  return { id: "portrait-dimension-item", values: { dimension: { low: id } }, cells: {} };
}

function ownItem({ dimension, slope, everyone }: DriversOfGroup["own"][number]): Finding {
  const cells: Finding["cells"] = { slope: numberOf(slope), interval: limitsOf(slope) };
  return {
    id: "portrait-driver-item",
    values: { dimension: { low: dimension.id }, known: isValue(everyone) ? "yes" : "no" },
    cells: isValue(everyone) ? { ...cells, everyone: numberOf(everyone) } : cells,
  };
}
