import { type ComparedDimension, type Comparison, EVERYONE, type Side } from "./compare.ts";
import { differenceParts, type Finding } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import type { View } from "./view.ts";

/** What a comparison says: its heading, and what stands under it. */
export type ComparisonSaid = { heading: Finding; facts: Finding[] };

/** How many differences a heading holds; of more it says how many, and lists under it say them all. */
const NAMED = 3;

/**
 * Which dimensions differ surely and in which direction, by the stored comparisons; under it the lists that the heading
 * has no room for, what is not settled, what is not compared, the groups' shares, and what makes waves hard to compare.
 */
export function comparisonSaid(view: View, comparison: Comparison): ComparisonSaid {
  const { dimensions } = comparison;
  const higher = dimensions.filter(({ stored }) => stored?.direction === 1);
  const lower = dimensions.filter(({ stored }) => stored?.direction === -1);
  const unsettled = dimensions.filter(({ stored }) => stored && !stored.versus.settled);
  const missing = dimensions.filter(({ stored }) => !stored);
  const settled = higher.length + lower.length;
  return {
    heading: headingOf(comparison, higher, lower),
    facts: [
      ...(settled > NAMED ? [...listed("higher", higher), ...listed("lower", lower)] : []),
      ...(settled > 0 ? named("compare-unsettled", unsettled) : []),
      ...(missing.length < dimensions.length ? named("compare-missing", missing) : []),
      ...sharesSaid(comparison),
      ...differsSaid(view, comparison),
    ],
  };
}

function headingOf(
  { sides, dimensions }: Comparison,
  higher: ComparedDimension[],
  lower: ComparedDimension[],
): Finding {
  const values = valuesOf(sides);
  const compared = dimensions.filter(({ stored }) => stored !== null).length;
  if (compared === 0) return { id: "compare-absent", values, cells: {} };
  if (higher.length + lower.length === 0) return { id: "compare-none", values, cells: {} };
  const counted = higher.length + lower.length > NAMED;
  const said = (rows: ComparedDimension[]) =>
    counted ? [countSaid(rows.length, compared)] : rows.flatMap(differenceSaid);
  const sided = (side: Direction, rows: ComparedDimension[]) => ({
    values: { side, counted: counted ? "yes" : "no" },
    cells: {},
    list: said(rows),
  });
  if (higher.length === 0 || lower.length === 0) {
    const one = higher.length > 0 ? sided("higher", higher) : sided("lower", lower);
    return { id: "compare-one", ...one, values: { ...values, ...one.values } };
  }
  const list: Finding[] = [
    { id: "compare-side", ...sided("higher", higher) },
    { id: "compare-side", ...sided("lower", lower) },
  ];
  return { id: "compare-both", values, cells: {}, list };
}

function valuesOf([first, second]: [Side, Side]): Finding["values"] {
  const against = second.variable === "wave" ? "wave" : second.code === EVERYONE ? "everyone" : "sibling";
  const called = ({ variable, code, name }: Side) => ({ variable, code, name });
  return { against, first: { side: called(first) }, second: { side: called(second), inside: true } };
}

type Direction = "higher" | "lower";

/** In how many of the compared dimensions, where a heading has no room for each. */
function countSaid(count: number, of: number): Finding {
  return { id: "compare-count", values: { count, of }, cells: {} };
}

function listed(side: Direction, rows: ComparedDimension[]): Finding[] {
  if (rows.length === 0) return [];
  return [{ id: "compare-list", values: { side }, cells: {}, list: rows.flatMap(differenceSaid) }];
}

function differenceSaid({ dimension, stored }: ComparedDimension): Finding[] {
  if (!stored) return [];
  const { cell, against } = stored;
  return [{ id: "change-item", values: { dimension: { low: dimension.id } }, cells: differenceParts(cell, against) }];
}

function named(id: "compare-unsettled" | "compare-missing", rows: ComparedDimension[]): Finding[] {
  if (rows.length === 0) return [];
  const list = rows.map(
    ({ dimension }): Finding => ({ id: "name-item", values: { name: { low: dimension.id } }, cells: {} }),
  );
  return [{ id, values: {}, cells: {}, list }];
}

/** The settled differences between the shares of the groups; that none is settled where some are compared. */
function sharesSaid({ shares }: Comparison): Finding[] {
  const compared = shares?.rows.filter(({ stored }) => stored !== null) ?? [];
  if (compared.length === 0) return [];
  const list = compared.flatMap(({ group: { variable, code }, stored }): Finding[] =>
    stored?.versus.settled
      ? [{ id: "compare-share-item", values: { variable, code }, cells: differenceParts(stored.cell, stored.against) }]
      : [],
  );
  return [
    list.length > 0
      ? { id: "compare-shares", values: {}, cells: {}, list }
      : { id: "compare-shares-none", values: {}, cells: {} },
  ];
}

/** Questions that behave differently in the later of two waves: of those the change may be the question's own. */
function differsSaid(view: View, { variable, sides }: Comparison): Finding[] {
  if (variable !== "wave") return [];
  const waves = sides.map(({ code }) => code);
  const measures = view.cells.release.comparability.flatMap(({ wave, measure, differs }) =>
    differs && waves.includes(wave) ? [measure] : [],
  );
  if (measures.length === 0) return [];
  const list = [...new Set(measures)].map(
    (measure): Finding => ({ id: "question-item", values: { name: namesOf(view).measure(measure) }, cells: {} }),
  );
  return [{ id: "item-differs", values: {}, cells: {}, list }];
}
