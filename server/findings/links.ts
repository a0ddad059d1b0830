import type { DimensionId } from "../../data/contracts/names.ts";
import type { LinksDescription } from "../../data/contracts/release.ts";
import { type Finding, isValue, numberOf } from "./finding.ts";
import type { DimensionView, KeyedCell, View } from "./view.ts";

/** Two dimensions, and whether their link is settled and large enough to be a line. */
export type LinkView = { left: DimensionView; right: DimensionView; cell: KeyedCell | null; isLine: boolean };

/** Every pair of dimensions of everyone in a wave; null where the release has none. */
export function linksOf(view: View): { described: LinksDescription; pairs: LinkView[] } | null {
  const described = view.cells.release.links?.find(({ at }) => at.wave === view.wave && Object.keys(at).length === 1);
  if (!described) return null;
  const isLine = (left: DimensionId, right: DimensionId) =>
    described.lines.some(([one, other]) => one === left && other === right);
  const pairs = view.dimensions.flatMap((left, place) =>
    view.dimensions.slice(place + 1).map(
      (right): LinkView => ({
        left,
        right,
        cell: view.cells.find(`link.${left.id}.${right.id}`, "correlation", { wave: view.wave }),
        isLine: isLine(left.id, right.id),
      }),
    ),
  );
  return { described, pairs };
}

/** How many a heading names. */
const NAMED = 3;

/** How many pairs go together, and the strongest of them; their own order is not settled. */
export function linksSaid(view: View): Finding | null {
  const found = linksOf(view);
  if (!found) return null;
  const size = ({ cell }: LinkView) => (isValue(cell) ? Math.abs(cell.figure.value) : 0);
  const lines = found.pairs.filter((pair) => pair.isLine && isValue(pair.cell));
  if (lines.length === 0) return { id: "links-none", values: {}, cells: {} };
  const strongest = new Set([...lines].sort((one, other) => size(other) - size(one)).slice(0, NAMED));
  return {
    id: "links-most",
    values: {},
    cells: {},
    list: lines
      .filter((pair) => strongest.has(pair))
      .map(({ left, right, cell }) => ({
        id: "link-item",
        values: { left: { low: left.id }, right: { low: right.id } },
        cells: { correlation: numberOf(cell as KeyedCell) },
      })),
  };
}
