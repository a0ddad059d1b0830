import { DIMENSIONS } from "../../data/contracts/names.ts";
import { everyNth, type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { type DimensionView, type Group, type Grouping, type KeyedCell, meanOf, shareOf, type View } from "./view.ts";

/** The shares of the groups in a row, for the ribbon's heading. */
export function sharesSaid(view: View): Finding {
  const { grouping } = view;
  if (!grouping) return { id: "shares-everyone", values: {}, cells: {} };
  const list = grouping.groups.flatMap((group) => {
    const share = shareOf(view, group);
    return share ? [shareItem(group, share)] : [];
  });
  return { id: "shares-all", values: { count: grouping.groups.length, variable: grouping.variable }, cells: {}, list };
}

/** "A 23 %", "the lowest level 22 %", "three or more 19 %". */
export function shareItem({ variable, code }: Group, share: KeyedCell): Finding {
  return { id: "share-item", values: { variable, code }, cells: { share: numberOf(share) } };
}

/** A difference from everyone that is settled, with the cell that it stands in. */
export type SettledDifference = { dimension: DimensionView; cell: KeyedCell; difference: number };

/** The settled differences of a group from everyone, in the order of the dimensions. */
export function settledDifferences(view: View, group: Group): SettledDifference[] {
  return view.dimensions.flatMap((dimension) => {
    const cell = meanOf(view, dimension, group);
    const against = versus(cell, "everyone");
    return cell && against?.settled ? [{ dimension, cell, difference: against.difference }] : [];
  });
}

/** The segment that stands above everyone in most dimensions; null when none does in at least half of them. */
export function groupAbove(view: View): Finding | null {
  return groupSaid(view, "group-above", mostSettled(view, 1));
}

/** The segment that stands below everyone in most dimensions; null when none does in at least half of them. */
export function groupBelow(view: View): Finding | null {
  return groupSaid(view, "group-below", mostSettled(view, -1));
}

/**
 * The fingerprint's heading: in how many dimensions the most burdened segment is settled below everyone. Levels and
 * pile-ups are made of these very scores, so of them it says in how many dimensions both ends are settled apart.
 */
export function fingerprintSaid(view: View): Finding {
  const { grouping } = view;
  if (!grouping) return { id: "fingerprint-everyone", values: { count: view.dimensions.length }, cells: {} };
  if (grouping.variable !== "segment") return endsSaid(view, grouping);
  for (const [id, sign] of [
    ["fingerprint-below", -1],
    ["fingerprint-above", 1],
  ] as const) {
    const most = mostSettled(view, sign);
    if (most) return { id, values: { code: most.group.code, ...extentOf(most.settled.length, view) }, cells: {} };
  }
  return { id: "fingerprint-unsettled", values: {}, cells: {} };
}

function endsSaid(view: View, { variable, groups }: Grouping): Finding {
  const [best, worst] = [groups[0], groups.at(-1)];
  const settled = (group: Group | undefined, sign: number) =>
    group
      ? settledDifferences(view, group).flatMap((one) => (Math.sign(one.difference) === sign ? one.dimension.id : []))
      : [];
  const below = settled(worst, -1);
  const both = settled(best, 1).filter((id) => below.includes(id));
  if (both.length * 2 < view.dimensions.length || both.length === 0)
    return { id: "fingerprint-unsettled", values: {}, cells: {} };
  return { id: "fingerprint-ends", values: { variable, ...extentOf(both.length, view) }, cells: {} };
}

type Most = { group: Group; settled: SettledDifference[] };

/** Of two segments with as many settled differences, the one further towards that end is said. */
function mostSettled(view: View, sign: 1 | -1): Most | null {
  if (view.grouping?.variable !== "segment") return null;
  let most: Most | null = null;
  const { groups } = view.grouping;
  for (const group of sign > 0 ? groups : [...groups].reverse()) {
    const settled = settledDifferences(view, group).filter(({ difference }) => Math.sign(difference) === sign);
    if (settled.length > (most?.settled.length ?? 0)) most = { group, settled };
  }
  return most && most.settled.length * 2 >= view.dimensions.length ? most : null;
}

/** How many dimensions a sentence names; the picture shows them all. */
const NAMED = 3;

function groupSaid(view: View, id: "group-above" | "group-below", most: Most | null): Finding | null {
  const share = most && shareOf(view, most.group);
  if (!most || !isValue(share)) return null;
  // Those furthest from everyone are the ones named, in the order of the dimensions: their own order is not settled.
  const furthest = [...most.settled]
    .sort((left, right) => Math.abs(right.difference) - Math.abs(left.difference))
    .slice(0, NAMED);
  const list = most.settled.filter((one) => furthest.includes(one)).map(differenceItem);
  return {
    id,
    values: { code: most.group.code, nth: everyNth(share), ...extentOf(most.settled.length, view) },
    cells: { share: numberOf(share), interval: limitsOf(share) },
    list,
  };
}

/** In how many of the dimensions. */
function extentOf(count: number, { dimensions }: View) {
  return {
    count,
    of: dimensions.length,
    // "In every dimension" only of all nine: of fewer, in six of six.
    extent: count === dimensions.length && dimensions.length === DIMENSIONS.length ? "all" : "some",
  };
}

function differenceItem({ dimension, cell }: SettledDifference): Finding {
  return {
    id: "difference-item",
    values: { dimension: { low: dimension.id } },
    cells: { difference: { key: cell.key, part: "difference", against: "everyone" } },
  };
}
