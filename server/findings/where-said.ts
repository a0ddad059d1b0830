import { differenceParts, type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import type { DimensionView, Group, View } from "./view.ts";
import { cellOf, type Place, placesOf, type WhereMeasure, type WhereView } from "./where.ts";

/**
 * What the places say of the chosen measure, by rule: those settled above and below (the stored comparison; tested against all
 * others), else that none is. Places stand in the order of their codes, never by their figures. The last finding counts those
 * that are not settled or have no number.
 */
export function whereSaid(view: View, where: WhereView): Finding[] {
  const { chosen } = where;
  const said = chosen.kind === "people" ? peopleSaid(view, where, chosen.group) : comparedSaid(where, chosen);
  return [...said, ...restSaid(where, { unsettled: chosen.kind !== "people" && said[0]?.id !== NONE[chosen.kind] })];
}

/** How many a heading names; the figure shows them all. */
const NAMED = 4;

const NONE = { mean: "where-mean-none", share: "where-share-none" } as const;

type Compared = Extract<WhereMeasure, { kind: "mean" | "share" }>;

function comparedSaid({ places }: WhereView, chosen: Compared): Finding[] {
  const values = chosen.kind === "mean" ? { dimension: chosen.dimension.name } : groupValues(chosen.group);
  const side = (sign: 1 | -1) => places.filter((place) => settledSign(place) === sign);
  const ids =
    chosen.kind === "mean"
      ? (["where-mean-above", "where-mean-below"] as const)
      : (["where-share-above", "where-share-below"] as const);
  const item = (place: Place): Finding =>
    chosen.kind === "mean"
      ? { id: "where-mean-item", values: named(place), cells: differenceOf(place) }
      : { id: "where-share-item", values: named(place), cells: { share: numberOf(place.cell) } };
  const said = ([1, -1] as const).flatMap((sign, index): Finding[] => {
    const id = ids[index];
    const found = side(sign);
    return id && found.length > 0 ? [{ id, values, cells: {}, list: shortened(found.map(item)) }] : [];
  });
  return said.length > 0 ? said : [{ id: NONE[chosen.kind], values, cells: {} }];
}

/** 1 settled above everyone, −1 settled below, else 0. */
export function settledSign({ cell }: Pick<Place, "cell">): 1 | 0 | -1 {
  const compared = versus(cell, "everyone");
  return compared?.settled ? (Math.sign(compared.difference) as 1 | 0 | -1) : 0;
}

/**
 * About how many people: in all, then in each place where these are few enough to name, else where the group's share is settled
 * above all others'. Numbers of people follow from how many live in a place and are compared with nothing.
 */
function peopleSaid(view: View, { places, everyone }: WhereView, group: Group | null): Finding[] {
  const values = group ? groupValues(group) : { variable: "register", code: "" };
  const counted = places.filter(({ cell }) => isValue(cell));
  const inAll: Finding[] = isValue(everyone)
    ? [{ id: group ? "where-people-group" : "where-people-register", values, cells: peopleParts(everyone, group) }]
    : [];
  const item = ({ cell, ...place }: Place): Finding => ({
    id: group ? "where-people-item" : "where-register-item",
    values: named(place),
    cells: peopleParts(cell, group),
  });
  if (counted.length <= NAMED)
    return [...inAll, { id: "where-people-places", values, cells: {}, list: counted.map(item) }];
  if (!group) return inAll.length > 0 ? inAll : [{ id: "where-people-spread", values, cells: {} }];
  const commoner = counted.filter(({ code }) => {
    const share = cellOf(view, { id: "share", kind: "share", group }, { area: code });
    return share !== null && settledSign({ cell: share }) === 1;
  });
  if (commoner.length > 0)
    return [...inAll, { id: "where-people-commoner", values, cells: {}, list: shortened(commoner.map(item)) }];
  return inAll.length > 0 ? inAll : [{ id: "where-people-spread", values, cells: {} }];
}

/** A register's count has no limits; what is carried over to it has. */
function peopleParts(cell: Place["cell"], group: Group | null): Finding["cells"] {
  return group ? { people: numberOf(cell), interval: limitsOf(cell) } : { people: numberOf(cell) };
}

/** How many of the places do not differ by a settled difference, and how many have no number, kind by kind. */
function restSaid({ places }: WhereView, { unsettled }: { unsettled: boolean }): Finding[] {
  const kinds = places.map((place) => {
    if (isValue(place.cell)) return settledSign(place) === 0 && unsettled ? "unsettled" : null;
    const { kind } = place.cell.figure;
    return kind === "protected" || kind === "uncertain" ? kind : "none";
  });
  const list = (["unsettled", "uncertain", "protected", "none"] as const).flatMap((kind): Finding[] => {
    const count = kinds.filter((one) => one === kind).length;
    return count > 0 ? [{ id: `where-rest-${kind}`, values: { count }, cells: {} }] : [];
  });
  return list.length > 0 ? [{ id: "where-rest", values: {}, cells: {}, list }] : [];
}

/** The first that a heading names, and how many others there are. One that is left over is named too. */
function shortened(items: Finding[]): Finding[] {
  if (items.length <= NAMED + 1) return items;
  const others: Finding = { id: "where-others", values: { count: items.length - NAMED }, cells: {} };
  return [...items.slice(0, NAMED), others];
}

function named({ code, name, called }: Pick<Place, "code" | "name" | "called">): Finding["values"] {
  return { name: called ?? name ?? code };
}

function differenceOf({ cell }: Place): Finding["cells"] {
  const { difference } = differenceParts(cell, "everyone");
  return difference ? { difference } : {};
}

function groupValues({ variable, code }: Group): Finding["values"] {
  return { variable, code };
}

/** Which classes of a background differ from everyone by a settled difference; which way each does, and no order among them. */
export function backgroundSaid(view: View, dimension: DimensionView, variable: string): Finding {
  const list = placesOf(view, dimension, variable)
    .filter((place) => settledSign(place) !== 0)
    .map((place): Finding => ({ id: "where-item", values: named(place), cells: differenceOf(place) }));
  const values = { dimension: dimension.name, variable: namesOf(view).inside(variable) };
  return list.length > 0 ? { id: "where-settled", values, cells: {}, list } : { id: "where-none", values, cells: {} };
}
