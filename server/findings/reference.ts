import type { Reference, ReferenceItem } from "../../data/contracts/reference.ts";
import { type Finding, isValue, numberOf } from "./finding.ts";
import type { KeyedCell, View } from "./view.ts";

/** A question of the reference, and the published mean of the picture's people that it stands beside. */
export type Beside = { item: ReferenceItem; mean: KeyedCell };

/** A national reference beside a picture: the whole of the picture's people, or those of the reference's ages. */
export type ReferenceView = { reference: Reference; at: Reference["beside"][number]["at"]; rows: Beside[] };

/**
 * The reference that is declared for the life event, with the questions whose means this wave publishes; null where there
 * is none. Nothing is subtracted and nothing is tested: the reference has no limits, and its people are others.
 */
export function referenceOf({ cells, wave }: View, references: readonly Reference[]): ReferenceView | null {
  for (const reference of references) {
    const declared = reference.beside.find(({ lifeEvent }) => lifeEvent === cells.release.lifeEvent.id);
    if (!declared) continue;
    const rows = reference.items.flatMap((item): Beside[] => {
      const mean = cells.find(`item.${item.item}`, "mean", { wave, ...declared.at });
      return mean ? [{ item, mean }] : [];
    });
    if (rows.some(({ mean }) => isValue(mean))) return { reference, at: declared.at, rows };
  }
  return null;
}

/**
 * What is clearly lowest among the picture's own people: the question whose upper limit lies below every other's lower
 * limit. Of the reference nothing is claimed. Where no question is lowest, only that the reference stands beside.
 */
export function referenceSaid(beside: ReferenceView | null): Finding | null {
  if (!beside) return null;
  const lowest = clearlyLowest(beside.rows);
  if (!lowest) return { id: "reference-beside", values: {}, cells: {} };
  return {
    id: "reference-lowest",
    values: { item: { inside: lowest.item.name } },
    cells: { mean: numberOf(lowest.mean), interval: { key: lowest.mean.key, part: "interval" } },
  };
}

/** A question with no published number could be lower still: then none is said to be lowest. */
function clearlyLowest(rows: Beside[]): Beside | null {
  if (rows.length < 2) return null;
  const limits = rows.map(({ mean }) => (isValue(mean) ? mean.figure : null));
  const place = limits.findIndex((own, index) => {
    const high = own?.high ?? null;
    return (
      high !== null && limits.every((other, at) => at === index || (other && other.low !== null && other.low > high))
    );
  });
  return rows[place] ?? null;
}
