import type { At, Statistic } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { KeyedCell } from "../../server/findings/view.ts";

/** What is looked at: one measure in one wave, of the people that the chosen codes cut out. `at` names no wave. */
export type Asked = { measure: string; statistic: Statistic; wave: string; at: At };

export type ExploredMeasure = {
  id: string;
  statistic: Statistic;
  name: string;
  /** What it is about, in the order in which measures are offered. */
  kind: "dimension" | "low" | "item" | "service";
  /** Which of the choices' `grids` hold it. */
  grids: number;
};

/** What can be asked of a release, in plain texts of one language. */
export type ExploreChoices = {
  release: string;
  language: Language;
  measures: ExploredMeasure[];
  /** What cuts a number: groupings, area, the other backgrounds, and the wave last. */
  variables: { id: string; name: string; codes: { code: string; name: string }[] }[];
  /** Which variables a published cell may name together, the wave among them; each list in its own order. */
  grids: string[][][];
};

/** A linked chart: one variable's codes within what is chosen of the others. */
export type LinkedChart = {
  variable: string;
  /** What is chosen of the others and could be kept: a grid holds it together with the variable. */
  kept: At;
  /** What is chosen of the others and had to go, since no grid holds all of it. */
  left: string[];
  rows: { code: string; cell: KeyedCell | null }[];
};

/** The number that was asked for, or the closest that is published (null: not even everyone's). */
export type ClosestAnswer = { cell: KeyedCell | null; at: At; left: string[] };

type FindCell = (measure: string, statistic: Statistic, at: At) => KeyedCell | null;

/** Finds one of the cells by what it says. */
export function finderOf(cells: readonly KeyedCell[]): FindCell {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  return (measure, statistic, at) => byKey.get(cellKey(measure, statistic, at)) ?? null;
}

/**
 * The answer to what was asked: its cell where that tells something, else the closest coarser one. Codes are left out one more at
 * a time, of as many those that stand last among the variables, until a cell tells something. A cell that is protected, uncertain,
 * not asked or not there at all is passed by alike, so what is chosen instead tells nothing of why.
 */
export function closestAnswer({ measure, statistic, wave, at }: Asked, order: string[], find: FindCell): ClosestAnswer {
  for (const names of subsets(inOrder(at, order))) {
    const cut = only(at, names);
    const cell = find(measure, statistic, { wave, ...cut });
    if (cell && tells(cell)) return { cell, at: cut, left: without(at, names) };
  }
  return { cell: null, at: {}, left: Object.keys(at) };
}

/** A chart for each variable, linked by what is chosen of the others. */
export function linkedCharts(asked: Asked, choices: ExploreChoices, find: FindCell): LinkedChart[] {
  const { measure, statistic, wave, at } = asked;
  const order = choices.variables.map(({ id }) => id);
  const known = knownCodes(at, choices);
  return choices.variables.flatMap(({ id, codes }) => {
    const others = without(known, [id]);
    const names = publishedTogether(choices, measure, inOrder(only(known, others), order), [id]);
    if (names === null) return [];
    const kept = only(known, names);
    const rows = codes.map(({ code }) => ({ code, cell: find(measure, statistic, { wave, ...kept, [id]: code }) }));
    return [{ variable: id, kept, left: without(only(at, without(at, [id])), names), rows }];
  });
}

/**
 * What is asked after a code of a variable is chosen (null: everyone): so much of the rest stays as is published together with it.
 */
export function choosing(asked: Asked, choices: ExploreChoices, variable: string, code: string | null): Asked {
  if (variable === "wave") return code === null ? asked : { ...asked, wave: code };
  const { [variable]: _before, ...others } = asked.at;
  if (code === null) return { ...asked, at: others };
  const order = choices.variables.map(({ id }) => id);
  const names = publishedTogether(choices, asked.measure, inOrder(others, order), [variable]) ?? [];
  return { ...asked, at: { ...only(others, names), [variable]: code } };
}

/** What is asked after another measure is chosen: so much of the cut stays as is published of it. */
export function measuring(asked: Asked, choices: ExploreChoices, { id, statistic }: ExploredMeasure): Asked {
  const order = choices.variables.map((variable) => variable.id);
  const names = publishedTogether(choices, id, inOrder(asked.at, order), []) ?? [];
  return { ...asked, measure: id, statistic, at: only(asked.at, names) };
}

/** The most of these variables that a grid of the measure holds together with those that must be there; null where none does. */
function publishedTogether(choices: ExploreChoices, measure: string, names: string[], must: string[]): string[] | null {
  const one = choices.measures.find(({ id }) => id === measure);
  const grids = (choices.grids[one?.grids ?? 0] ?? []).map((grid) => [...grid].sort().join(" "));
  const published = (cut: string[]) => grids.includes([...new Set(["wave", ...must, ...cut])].sort().join(" "));
  return subsets(names).find(published) ?? null;
}

/** Every choice of some of these, the most first, and of as many those that stand earlier first. */
function subsets(names: string[]): string[][] {
  const all = Array.from({ length: 2 ** names.length }, (_, choice) =>
    names.filter((_name, place) => choice & (1 << (names.length - 1 - place))),
  );
  return all.reverse().sort((left, right) => right.length - left.length);
}

/** A number, or that it is of very few or of nearly all. */
function tells({ figure: { kind } }: KeyedCell): boolean {
  return kind === "value" || kind === "few" || kind === "most";
}

function knownCodes(at: At, { variables }: ExploreChoices): At {
  const isKnown = (id: string) =>
    variables.some((variable) => variable.id === id && variable.codes.some(({ code }) => code === at[id]));
  return only(at, Object.keys(at).filter(isKnown));
}

function inOrder(at: At, order: string[]): string[] {
  return Object.keys(at).sort((left, right) => order.indexOf(left) - order.indexOf(right));
}

function only(at: At, names: string[]): At {
  return Object.fromEntries(Object.entries(at).filter(([name]) => names.includes(name)));
}

function without(at: At, names: string[]): string[] {
  return Object.keys(at).filter((name) => !names.includes(name));
}
