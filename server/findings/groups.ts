import { DIMENSIONS } from "../../data/contracts/names.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { everyNth, type Finding, type FindingId, versus } from "./finding.ts";
import { type DimensionView, type Group, type Grouping, type KeyedCell, meanOf, shareOf, type View } from "./view.ts";

/** How many groups there are and what their borders are worth, by the verdict of the structure test. */
export function groupsFound(view: View): Finding {
  const { grouping } = view;
  if (!grouping) return { id: "groups-none", values: {}, cells: {} };
  return {
    id: GROUPS_SAID[grouping.variable](view.cells.release.segmentation.verdict),
    values: { count: grouping.groups.length },
    cells: {},
  };
}

const GROUPS_SAID: Record<Grouping["variable"], (verdict: Verdict) => FindingId> = {
  segment: (verdict) =>
    verdict === "segments" ? "groups-segments" : verdict === "untested" ? "groups-untested" : "groups-continuum",
  band: () => "groups-levels",
  troubles: () => "groups-troubles",
};

/** The shares of the groups in a row, for the ribbon's heading. */
export function sharesSaid(view: View): Finding {
  const { grouping } = view;
  if (!grouping) return { id: "shares-everyone", values: {}, cells: {} };
  const list = grouping.groups.flatMap((group) => {
    const share = shareOf(view, grouping, group);
    return share
      ? [
          {
            id: "share-item" as const,
            values: { variable: grouping.variable, code: group.code },
            cells: { share: { key: share.key, part: "value" as const } },
          },
        ]
      : [];
  });
  return { id: "shares-all", values: { count: grouping.groups.length, variable: grouping.variable }, cells: {}, list };
}

/** A difference from everyone that is settled, with the cell that it stands in. */
export type SettledDifference = { dimension: DimensionView; cell: KeyedCell; difference: number };

/** The settled differences of a group from everyone, in the order of the dimensions. */
export function settledDifferences(view: View, grouping: Grouping, group: Group): SettledDifference[] {
  return view.dimensions.flatMap((dimension) => {
    const cell = meanOf(view, dimension, { variable: grouping.variable, code: group.code });
    const against = versus(cell, "everyone");
    return cell && against?.settled ? [{ dimension, cell, difference: against.difference }] : [];
  });
}

/** The group that stands above everyone in most dimensions; null when no group does in at least half of them. */
export function groupAbove(view: View): Finding | null {
  return groupSaid(view, "group-above", mostSettled(view, 1));
}

/** The group that stands below everyone in most dimensions; null when no group does in at least half of them. */
export function groupBelow(view: View): Finding | null {
  return groupSaid(view, "group-below", mostSettled(view, -1));
}

/** The fingerprint's heading: in how many dimensions the most burdened group is settled below everyone. */
export function fingerprintSaid(view: View): Finding {
  const { grouping } = view;
  if (!grouping) return { id: "fingerprint-everyone", values: { count: view.dimensions.length }, cells: {} };
  for (const [id, sign] of [
    ["fingerprint-below", -1],
    ["fingerprint-above", 1],
  ] as const) {
    const most = mostSettled(view, sign);
    if (most)
      return { id, values: { variable: grouping.variable, code: most.group.code, ...extentOf(most, view) }, cells: {} };
  }
  return { id: "fingerprint-unsettled", values: {}, cells: {} };
}

type Most = { grouping: Grouping; group: Group; settled: SettledDifference[] };

/**
 * Of two groups with as many settled differences, the one further towards that end is said: segments and pile-ups
 * stand from best to worst, levels from worst to best.
 */
function mostSettled({ grouping, ...rest }: View, sign: 1 | -1): Most | null {
  if (!grouping) return null;
  const view = { grouping, ...rest };
  let most: Most | null = null;
  const bestFirst = grouping.variable === "band" ? [...grouping.groups].reverse() : grouping.groups;
  for (const group of sign > 0 ? bestFirst : [...bestFirst].reverse()) {
    const settled = settledDifferences(view, grouping, group).filter(
      ({ difference }) => Math.sign(difference) === sign,
    );
    if (settled.length > (most?.settled.length ?? 0)) most = { grouping, group, settled };
  }
  return most && most.settled.length * 2 >= view.dimensions.length ? most : null;
}

/** How many dimensions a sentence names; the picture shows them all. */
const NAMED = 3;

function groupSaid(view: View, id: "group-above" | "group-below", most: Most | null): Finding | null {
  const share = most && shareOf(view, most.grouping, most.group);
  if (!most || share?.figure.kind !== "value") return null;
  // Those furthest from everyone are the ones named, in the order of the dimensions: their own order is not settled.
  const furthest = [...most.settled]
    .sort((left, right) => Math.abs(right.difference) - Math.abs(left.difference))
    .slice(0, NAMED);
  const list = most.settled.filter((one) => furthest.includes(one)).map(differenceItem);
  return {
    id,
    values: { variable: most.grouping.variable, code: most.group.code, nth: everyNth(share), ...extentOf(most, view) },
    cells: { share: { key: share.key, part: "value" }, interval: { key: share.key, part: "interval" } },
    list,
  };
}

/** In how many of the dimensions. */
function extentOf({ settled }: Most, { dimensions }: View) {
  return {
    count: settled.length,
    of: dimensions.length,
    // "In every dimension" only of all nine: of fewer, in six of six.
    extent: settled.length === dimensions.length && dimensions.length === DIMENSIONS.length ? "all" : "some",
  };
}

function differenceItem({ dimension, cell }: SettledDifference): Finding {
  return {
    id: "difference-item",
    values: { dimension: { low: dimension.id } },
    cells: { difference: { key: cell.key, part: "difference", against: "everyone" } },
  };
}
