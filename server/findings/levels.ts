import { differenceParts, type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { shareItem } from "./groups.ts";
import { type Group, groupingBy, meanOf, outcomeOf, shareOf, type View } from "./view.ts";

/**
 * The level bands in a heading. In the reference wave each is a fifth because it was cut so: its shares say nothing.
 * Later the lowest and the highest are said.
 */
export function levelsSaid(view: View): Finding | null {
  const ends = endsOf(view);
  if (!ends) return null;
  if (view.wave === view.cells.release.segmentation.referenceWave)
    return { id: "levels-reference", values: {}, cells: {} };
  const list = ends.flatMap((group) => {
    const share = shareOf(view, group);
    return isValue(share) ? [shareItem(group, share)] : [];
  });
  return list.length > 0 ? { id: "levels-shares", values: {}, cells: {}, list } : null;
}

/** How satisfied with life the highest and the lowest level are: the outcome takes no part in cutting the levels. */
export function levelsOutcome(view: View): Finding | null {
  const outcome = outcomeOf(view);
  const [highest, lowest] = (endsOf(view) ?? []).map((group) => outcome && meanOf(view, outcome, group));
  if (!highest || !lowest || !isValue(highest) || !isValue(lowest)) return null;
  return {
    id: "levels-outcome",
    values: {},
    cells: {
      highest: numberOf(highest),
      highestInterval: limitsOf(highest),
      lowest: numberOf(lowest),
      lowestInterval: limitsOf(lowest),
    },
  };
}

/** Whether the share of the lowest or the highest level has changed since the wave before; null where none is compared. */
export function levelsChange(view: View): Finding | null {
  const ends = endsOf(view);
  return ends && shareChangeSaid(view, ends, { settled: "levels-change-settled", none: "levels-change-none" });
}

/**
 * The settled changes of the shares of some groups since the wave before, each with its stored difference; else the
 * first of them with its share, and that no change is settled. Null where nothing is compared.
 */
export function shareChangeSaid(
  view: View,
  groups: Group[],
  ids: { settled: Finding["id"]; none: Finding["id"] },
): Finding | null {
  const compared = groups.flatMap((group) => {
    const cell = shareOf(view, group);
    const change = versus(cell, "previous-wave");
    return cell && change ? [{ group, cell, settled: change.settled }] : [];
  });
  if (compared.length === 0) return null;
  const said = compared.filter(({ settled }) => settled);
  const list = (said.length > 0 ? said : compared).map(
    ({ group, cell }): Finding => ({
      id: "share-change-item",
      values: { variable: group.variable, code: group.code },
      cells: { share: numberOf(cell), ...differenceParts(cell, "previous-wave") },
    }),
  );
  return { id: said.length > 0 ? ids.settled : ids.none, values: {}, cells: {}, list };
}

/** The highest and the lowest level, the highest first. */
function endsOf(view: View): [Group, Group] | null {
  const groups = groupingBy(view, "band")?.groups ?? [];
  const [highest, lowest] = [groups[0], groups.at(-1)];
  return highest && lowest && highest !== lowest ? [highest, lowest] : null;
}
