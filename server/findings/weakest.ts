import type { Code, Names } from "../../data/contracts/names.ts";
import { type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { GROUPINGS, type Group, type KeyedCell, type View } from "./view.ts";

/** How large a part of a class of people is in the weakest group. */
export type WeakestPlace = { code: Code; name: Names | null; cell: KeyedCell };
export type Weakest = { group: Group; variables: { id: string; name: Names; places: WeakestPlace[] }[] };

/**
 * The weakest group of levels or of a pile-up, by each background: the published shares of it among the people of a class. Null
 * where segments lead the picture, which have no weakest, and where nothing of it is published.
 */
export function weakestOf(view: View): Weakest | null {
  const group = view.grouping?.variable === "segment" ? undefined : view.grouping?.groups.at(-1);
  if (!group) return null;
  const apart = new Set<string>(["wave", ...GROUPINGS]);
  const variables = view.cells.release.variables.flatMap(({ id, name, codes }) => {
    if (apart.has(id)) return [];
    const places = codes.flatMap(({ code, name }): WeakestPlace[] => {
      const at = { wave: view.wave, [group.variable]: group.code, [id]: code };
      const cell = view.cells.find("persons", "percent", at);
      return cell ? [{ code, name, cell }] : [];
    });
    return places.some(({ cell }) => isValue(cell)) ? [{ id, name, places }] : [];
  });
  return variables.length > 0 ? { group, variables } : null;
}

/** Which classes of people are in the weakest group more often than all others, by a settled difference; in the order of the classes. */
export function weakestSaid(view: View): Finding | null {
  const found = weakestOf(view);
  if (!found) return null;
  const { variable } = found.group;
  const more = found.variables.flatMap(({ id, places }) =>
    places.flatMap(({ code, name, cell }): Finding[] => {
      const others = versus(cell, "others");
      if (!others?.settled || others.difference <= 0) return [];
      return [
        {
          id: "weakest-item",
          // Places keep their capital within a sentence.
          values: { name: name === null ? code : id === "area" ? name : { inside: name } },
          cells: { share: numberOf(cell), interval: limitsOf(cell) },
        },
      ];
    }),
  );
  if (more.length === 0) return { id: "weakest-none", values: { variable }, cells: {} };
  const values = { variable, more: more.length > NAMED ? "yes" : "no" };
  return { id: "weakest-more", values, cells: {}, list: more.slice(0, NAMED) };
}

/** How many a heading names; the figure shows them all. */
const NAMED = 4;
