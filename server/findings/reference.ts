import type { Reference, ReferenceItem } from "../../data/contracts/reference.ts";
import { type Finding, isValue } from "./finding.ts";
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

/** That the reference stands beside. Neither of it nor of the order of the questions is anything claimed: no such comparison is stored. */
export function referenceSaid(beside: ReferenceView | null): Finding | null {
  return beside && { id: "reference-beside", values: {}, cells: {} };
}
