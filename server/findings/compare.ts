import type { At, Statistic, Versus } from "../../data/contracts/cell.ts";
import type { Code, Names } from "../../data/contracts/names.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { isValue, type SideNamed, versus } from "./finding.ts";
import {
  type DimensionView,
  GROUPINGS,
  type Group,
  type Grouping,
  type GroupingId,
  groupingBy,
  type KeyedCell,
  type View,
} from "./view.ts";

/** The other side that is everyone, by the word that files use where nothing cuts. */
export const EVERYONE = "all";

/** One side of a comparison: what it is called, what cuts its cells, how many answered, and how large a group is. */
export type Side = SideNamed & { at: At; persons: KeyedCell | null; share: KeyedCell | null };

/**
 * A stored comparison: the first side's cell that holds it, against what, and the direction: 1 where the first side is
 * settled above the second, −1 where below, 0 where nothing is settled.
 */
export type Stored = { cell: KeyedCell; against: Versus["against"]; versus: Versus; direction: -1 | 0 | 1 };

/** The same figure of both sides, and their stored comparison; null where none is stored. */
export type ComparedPair = { first: KeyedCell | null; second: KeyedCell | null; stored: Stored | null };

export type ComparedDimension = ComparedPair & {
  dimension: DimensionView;
  items: (ComparedPair & { measure: Measure })[];
};

/** Two sides of the people and all that is published of both. `asked` is how an address asks for it. */
export type Comparison = {
  asked: string;
  variable: string;
  sides: [Side, Side];
  dimensions: ComparedDimension[];
  /** The shares of the groups that lead the picture in each side; null where they are not shares of the sides. */
  shares: { grouping: Grouping; rows: (ComparedPair & { group: Group })[] } | null;
};

/** A variable whose codes can be compared: with each other, with everyone; a wave only with the wave before it. */
export type Comparable = {
  variable: string;
  name: Names | null;
  codes: CodeNamed[];
  /** What is shown first of it. */
  first: string;
};

/** A code; `before` is the wave that a wave is compared with. */
type CodeNamed = { code: Code; name: Names | null; before?: Code };

/** What an address that asks for a comparison gets. Whatever is not offered is answered alike, with one that is. */
export type CompareAnswer = {
  reading: "asked" | "first" | "same" | "not-published";
  comparison: Comparison;
};

/**
 * The comparison that an address asks for, `variable:code:code`: two codes of one variable, a code and `all`, or a wave
 * and the one before. Without a question the first that is offered. Null where nothing can be compared.
 */
export function compareAsked(view: View, asked?: string): CompareAnswer | null {
  const offered = comparables(view);
  const answer = (reading: CompareAnswer["reading"], text: string | undefined): CompareAnswer | null => {
    const comparison = text === undefined ? null : comparisonOf(view, offered, text);
    return comparison && { reading, comparison };
  };
  if (asked === undefined) return answer("first", offered[0]?.first);
  const [variable, left, right] = asked.split(":");
  const same = offered.find((one) => one.variable === variable);
  const instead = (same ?? offered[0])?.first;
  return answer("asked", asked) ?? answer(same && left && left === right ? "same" : "not-published", instead);
}

/**
 * What can be compared, by what is published of the wave: areas first, then the groupings with the one that leads before
 * the others, then the other backgrounds, then waves. The order is declared; no value decides it.
 */
export function comparables(view: View): Comparable[] {
  const { variables } = view.cells.release;
  const groupings = [view.grouping, ...view.groupings].flatMap((grouping) => grouping?.variable ?? []);
  const backgrounds = variables.map(({ id }) => id).filter((id) => !["wave", "area", ...GROUPINGS].includes(id));
  const ofPeople = [...new Set(["area", ...groupings, ...backgrounds])].flatMap((variable): Comparable[] => {
    const codes = codesOf(view, variable).filter(({ code }) =>
      isPublished(view, { wave: view.wave, [variable]: code }),
    );
    const [one, other] = isGrouping(variable) ? [codes.at(-1), null] : codes;
    if (!one) return [];
    const first = `${variable}:${one.code}:${other?.code ?? EVERYONE}`;
    return [{ variable, name: nameOf(view, variable), codes, first }];
  });
  const waves = wavesCompared(view);
  const last = waves.at(-1);
  if (!last) return ofPeople;
  return [
    ...ofPeople,
    { variable: "wave", name: nameOf(view, "wave"), codes: waves, first: `wave:${last.code}:${last.before}` },
  ];
}

/** The waves that have a wave before them, both with numbers. */
function wavesCompared(view: View): CodeNamed[] {
  return view.waves.flatMap(({ code, name }, place): CodeNamed[] => {
    const before = view.waves[place - 1]?.code;
    if (before === undefined || !isPublished(view, { wave: code }) || !isPublished(view, { wave: before })) return [];
    return [{ code, name, before }];
  });
}

function comparisonOf(view: View, offered: readonly Comparable[], text: string): Comparison | null {
  const [variable = "", left = "", right = "", ...more] = text.split(":");
  const comparable = offered.find((one) => one.variable === variable);
  if (!comparable || more.length > 0 || left === right) return null;
  const found =
    variable === "wave" ? wavesAsked(view, comparable, [left, right]) : codesAsked(comparable, [left, right]);
  if (!found) return null;
  const sides = inStoredOrder(view, [sideOf(view, variable, found[0]), sideOf(view, variable, found[1])]);
  return {
    asked: [variable, ...sides.map(({ code }) => code)].join(":"),
    variable,
    sides,
    dimensions: view.dimensions.map((dimension) => ({
      dimension,
      ...pairOf(view, { measure: dimension.measure, statistic: "mean" }, sides),
      items: itemsOf(view, dimension).map((measure) => ({
        measure,
        ...pairOf(view, { measure: measure.id, statistic: "mean" }, sides),
      })),
    })),
    shares: sharesOf(view, variable, sides),
  };
}

/** Two offered codes, or one and everyone, who come second. */
function codesAsked({ codes }: Comparable, asked: [string, string]): [CodeNamed, CodeNamed] | null {
  const [left, right] = asked.map((text) =>
    text === EVERYONE ? { code: EVERYONE, name: null } : codes.find(({ code }) => code === text),
  );
  if (!left || !right) return null;
  return left.code === EVERYONE ? [right, left] : [left, right];
}

/** A wave and the one before it, whichever is named first: no others are compared. */
function wavesAsked(view: View, { codes }: Comparable, asked: [string, string]): [CodeNamed, CodeNamed] | null {
  const later = codes.find(
    ({ code, before }) => before !== undefined && asked.includes(code) && asked.includes(before),
  );
  const before = later && view.waves.find(({ code }) => code === later.before);
  return later && before ? [later, before] : null;
}

function sideOf(view: View, variable: string, { code, name }: CodeNamed): Side {
  const at: At = variable === "wave" ? { wave: code } : { wave: view.wave };
  if (variable !== "wave" && code !== EVERYONE) at[variable] = code;
  const share = isGrouping(variable) && code !== EVERYONE ? view.cells.find("persons", "percent", at) : null;
  return { variable, code, name, at, persons: view.cells.find("persons", "count", at), share };
}

/** A pair of siblings is stored once, with the cell whose code comes first: that side stands first, and no sign is turned. */
function inStoredOrder(view: View, [left, right]: [Side, Side]): [Side, Side] {
  const isStored = (sides: [Side, Side]) =>
    view.dimensions.some(({ measure }) => pairOf(view, { measure, statistic: "mean" }, sides).stored !== null);
  const turned: [Side, Side] = [right, left];
  return right.code !== EVERYONE && left.variable !== "wave" && !isStored([left, right]) && isStored(turned)
    ? turned
    : [left, right];
}

/** A figure of both sides, cut by `more` as well, and what the first side's cell holds of the second. Nothing is subtracted. */
function pairOf(
  { cells }: View,
  { measure, statistic }: { measure: string; statistic: Statistic },
  [one, other]: [Side, Side],
  more: At = {},
): ComparedPair {
  const [first, second] = [one, other].map(({ at }) => cells.find(measure, statistic, { ...at, ...more }));
  const against = againstOf(other);
  const found = versus(first ?? null, against);
  return {
    first: first ?? null,
    second: second ?? null,
    stored: first && found ? { cell: first, against, versus: found, direction: directionOf(found) } : null,
  };
}

/** A settled difference may round to zero; its interval says on which side of zero it lies. */
function directionOf({ settled, difference, low }: Versus): Stored["direction"] {
  if (!settled) return 0;
  if (difference === 0) return low >= 0 ? 1 : -1;
  return difference > 0 ? 1 : -1;
}

function againstOf({ variable, code }: Side): Versus["against"] {
  if (variable === "wave") return "previous-wave";
  return code === EVERYONE ? "everyone" : `${variable}=${code}`;
}

/**
 * The shares of the leading groups in each side. Of two groupings a cell is the share of the first of them in the second
 * (INTERFACES §5): the groups are not asked by a grouping that stands before them, nor by themselves.
 */
function sharesOf(view: View, variable: string, sides: [Side, Side]): Comparison["shares"] {
  const { grouping } = view;
  if (!grouping) return null;
  const order = (id: string) => (GROUPINGS as readonly string[]).indexOf(id);
  if (isGrouping(variable) && order(variable) <= order(grouping.variable)) return null;
  const rows = grouping.groups.map((group) => ({
    group,
    ...pairOf(view, { measure: "persons", statistic: "percent" }, sides, { [group.variable]: group.code }),
  }));
  return rows.some(({ first, second }) => isValue(first) && isValue(second)) ? { grouping, rows } : null;
}

function itemsOf({ cells }: View, { measure }: DimensionView): Measure[] {
  const { measures } = cells.release;
  const items = measures.find(({ id }) => id === measure)?.items ?? [];
  return items.flatMap((id) => measures.find((one) => one.id === id) ?? []);
}

/** Whether any dimension has a number there. */
function isPublished({ cells, dimensions }: View, at: At): boolean {
  return dimensions.some(({ measure }) => isValue(cells.find(measure, "mean", at)));
}

function codesOf(view: View, variable: string): CodeNamed[] {
  if (isGrouping(variable)) return groupingBy(view, variable)?.groups ?? [];
  return view.cells.release.variables.find(({ id }) => id === variable)?.codes ?? [];
}

function nameOf({ cells }: View, variable: string): Names | null {
  return cells.release.variables.find(({ id }) => id === variable)?.name ?? null;
}

function isGrouping(variable: string): variable is GroupingId {
  return (GROUPINGS as readonly string[]).includes(variable);
}
