import { differenceParts, type Finding, versus } from "./finding.ts";
import { shareChangeSaid } from "./levels.ts";
import { type Group, type Grouping, meanOf, type View } from "./view.ts";

/**
 * What changed since the previous wave: the settled changes of everyone, else those of single groups, else that
 * none is settled. "Not settled" is not "nothing changed", and the sentences say so.
 */
export function changeSaid(view: View): Finding {
  if (!view.previousWave) return { id: "change-first", values: {}, cells: {} };
  const compared = view.dimensions.filter((dimension) => versus(meanOf(view, dimension), "previous-wave"));
  if (compared.length === 0) return { id: "change-incomparable", values: {}, cells: {} };
  const everyone = view.dimensions.flatMap((dimension) => {
    const cell = meanOf(view, dimension);
    return cell && versus(cell, "previous-wave")?.settled
      ? [
          {
            id: "change-item" as const,
            values: { dimension: { low: dimension.id } },
            cells: differenceParts(cell, "previous-wave"),
          },
        ]
      : [];
  });
  if (everyone.length > 0)
    return { id: "change-settled", values: { count: everyone.length, of: compared.length }, cells: {}, list: everyone };
  const groups = groupChanges(view);
  if (groups.length > 0) return { id: "change-groups", values: {}, cells: {}, list: groups.slice(0, 3) };
  return { id: "change-none", values: { of: compared.length }, cells: {} };
}

/** The settled changes of the groups that lead the picture since the previous wave: of their shares, then of their dimensions. */
export function groupChanges(view: View): Finding[] {
  const { grouping } = view;
  if (!grouping) return [];
  const shares = groupSharesChanged(view);
  return [...(shares?.list ?? []), ...grouping.groups.flatMap((group) => dimensionChanges(view, grouping, group))];
}

/** Which of the groups that lead the picture have become a larger or a smaller part of the people; null where none is settled. */
export function groupSharesChanged(view: View): Finding | null {
  const ids = { settled: "shares-change-settled", none: "shares-change-none" } as const;
  const said = shareChangeSaid(view, view.grouping?.groups ?? [], ids);
  return said?.id === ids.settled ? said : null;
}

function dimensionChanges(view: View, grouping: Grouping, group: Group): Finding[] {
  return view.dimensions.flatMap((dimension) => {
    const cell = meanOf(view, dimension, group);
    if (!cell || !versus(cell, "previous-wave")?.settled) return [];
    return [
      {
        id: "change-group-item" as const,
        values: { variable: grouping.variable, code: group.code, dimension: { low: dimension.id } },
        cells: differenceParts(cell, "previous-wave"),
      },
    ];
  });
}
