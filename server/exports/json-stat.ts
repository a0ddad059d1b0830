import type { At, Cell } from "../../data/contracts/cell.ts";
import { byVariableOrder } from "../../data/contracts/cell-key.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { Release } from "../../data/contracts/release.ts";

/** What of a figure is told, as categories of a dimension of its own. */
const QUANTITIES = ["value", "low", "high", "n"] as const;

type Category = { index: string[]; label: Record<string, string> };
export type JsonStatDataset = {
  class: "dataset";
  label: string;
  id: string[];
  size: number[];
  role: { time: string[]; geo?: string[]; metric: string[] };
  dimension: Record<string, { label: string; category: Category }>;
  /** By place in the cube, last dimension fastest; a place without a number is left out. */
  value: Record<string, number>;
  /** By place: why there is no number (INTERFACES §5), or the flags of the one there is. */
  status: Record<string, string>;
};
export type JsonStatCollection = {
  version: "2.0";
  class: "collection";
  label: string;
  href?: string;
  extension: { release: string; synthetic: boolean };
  link: { item: JsonStatDataset[] };
};

/**
 * Published cells as a JSON-stat 2.0 collection (json-stat.org/full): a dataset for each statistic and each set of variables that
 * cut together. Its dimensions are the measures, the variables and what of a figure is told: value, limits of the 95 % interval and
 * n. A figure that is no number has no value and its kind as status; one with flags has them as status. Nothing is computed.
 */
export function jsonStat(
  release: Pick<Release, "id" | "synthetic" | "lifeEvent" | "measures" | "variables">,
  cells: readonly Cell[],
  language: Language,
): JsonStatCollection {
  const tables = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = [cell.statistic, ...Object.keys(cell.at).sort(byVariableOrder)].join(" ");
    const table = tables.get(name) ?? [];
    tables.set(name, table);
    table.push(cell);
  }
  return {
    version: "2.0",
    class: "collection",
    label: release.lifeEvent.name[language],
    extension: { release: release.id, synthetic: release.synthetic },
    link: { item: [...tables.values()].map((table) => datasetOf(release, table, language)) },
  };
}

function datasetOf(
  release: Pick<Release, "lifeEvent" | "measures" | "variables">,
  cells: Cell[],
  language: Language,
): JsonStatDataset {
  const [{ statistic, at }] = cells as [Cell];
  const cuts = Object.keys(at).sort(byVariableOrder);
  const measures = inOrder(
    cells.map(({ measure }) => measure),
    release.measures.map(({ id }) => id),
  );
  const codes = cuts.map((cut) =>
    inOrder(
      cells.map((cell) => cell.at[cut] ?? ""),
      release.variables.find(({ id }) => id === cut)?.codes.map(({ code }) => code) ?? [],
    ),
  );
  const nameOfMeasure = (id: string) => release.measures.find((measure) => measure.id === id)?.name[language] ?? id;
  const nameOfCode = (cut: string) => (code: string) =>
    release.variables.find(({ id }) => id === cut)?.codes.find((one) => one.code === code)?.name[language] ?? code;
  const dimension: JsonStatDataset["dimension"] = {
    measure: { label: "measure", category: categoryOf(measures, nameOfMeasure) },
  };
  for (const [place, cut] of cuts.entries()) {
    const label = release.variables.find(({ id }) => id === cut)?.name[language] ?? cut;
    dimension[cut] = { label, category: categoryOf(codes[place] ?? [], nameOfCode(cut)) };
  }
  dimension.quantity = { label: statistic, category: categoryOf([...QUANTITIES], (quantity) => quantity) };
  const size = [measures.length, ...codes.map(({ length }) => length), QUANTITIES.length];
  return {
    class: "dataset",
    label: `${release.lifeEvent.name[language]}: ${statistic}`,
    id: ["measure", ...cuts, "quantity"],
    size,
    role: { time: ["wave"], ...(cuts.includes("area") ? { geo: ["area"] } : {}), metric: ["measure", "quantity"] },
    dimension,
    ...filled(cells, (cell) => placeOf(cell, measures, cuts, codes) * QUANTITIES.length),
  };
}

function filled(cells: Cell[], placeOf: (cell: Cell) => number): Pick<JsonStatDataset, "value" | "status"> {
  const [value, status]: [Record<string, number>, Record<string, string>] = [{}, {}];
  for (const cell of cells) {
    const { figure } = cell;
    const first = placeOf(cell);
    for (const [offset, quantity] of QUANTITIES.entries()) {
      const number = figure.kind === "value" ? figure[quantity] : null;
      if (number !== null) value[first + offset] = number;
      const said = figure.kind === "value" ? figure.flags.join(" ") : figure.kind;
      if (said) status[first + offset] = said;
    }
  }
  return { value, status };
}

function placeOf(
  { measure, at }: { measure: string; at: At },
  measures: string[],
  cuts: string[],
  codes: string[][],
): number {
  return cuts.reduce((place, cut, rank) => {
    const among = codes[rank] ?? [];
    return place * among.length + among.indexOf(at[cut] ?? "");
  }, measures.indexOf(measure));
}

function categoryOf(index: string[], nameOf: (code: string) => string): Category {
  return { index, label: Object.fromEntries(index.map((code) => [code, nameOf(code)])) };
}

/** Each once, in the order of what is known, and what is not known behind. */
function inOrder(found: string[], known: string[]): string[] {
  const all = new Set(found);
  const rest = [...all].filter((one) => !known.includes(one)).sort();
  return [...known.filter((one) => all.has(one)), ...rest];
}
