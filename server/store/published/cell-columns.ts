import type { Cell } from "../../../data/contracts/cell.ts";
import { byVariableOrder, LEADING_VARIABLES } from "../../../data/contracts/cell-key.ts";
import type { ReleaseVariable } from "../../../data/contracts/release.ts";

/** A column of the flat cells: what it is called and what a cell has in it; null is no value. */
export type CellColumn =
  | { name: string; type: "text"; of: (cell: Cell) => string | null }
  | { name: string; type: "number"; of: (cell: Cell) => number | null }
  | { name: string; type: "truth"; of: (cell: Cell) => boolean | null };

/**
 * The columns of cells as a flat table (INTERFACES §6), the same in every format: what cuts the cell, `all` where nothing does,
 * then its kind, and where it is a value the number, its interval, n, the comparison with everyone and the flags.
 */
export function cellColumns(variables: readonly ReleaseVariable[]): CellColumn[] {
  const others = variables.map(({ id }) => id).filter((id) => !(LEADING_VARIABLES as readonly string[]).includes(id));
  const cuts = [...LEADING_VARIABLES, ...others.sort(byVariableOrder)];
  return [
    { name: "measure", type: "text", of: ({ measure }) => measure },
    { name: "statistic", type: "text", of: ({ statistic }) => statistic },
    ...cuts.map((cut): CellColumn => ({ name: cut, type: "text", of: ({ at }) => at[cut] ?? "all" })),
    { name: "kind", type: "text", of: ({ figure }) => figure.kind },
    { name: "value", type: "number", of: (cell) => shownOf(cell)?.value ?? null },
    { name: "low", type: "number", of: (cell) => shownOf(cell)?.low ?? null },
    { name: "high", type: "number", of: (cell) => shownOf(cell)?.high ?? null },
    { name: "n", type: "number", of: (cell) => shownOf(cell)?.n ?? null },
    { name: "difference", type: "number", of: (cell) => versusEveryone(cell)?.difference ?? null },
    { name: "difference_low", type: "number", of: (cell) => versusEveryone(cell)?.low ?? null },
    { name: "difference_high", type: "number", of: (cell) => versusEveryone(cell)?.high ?? null },
    { name: "settled", type: "truth", of: (cell) => versusEveryone(cell)?.settled ?? null },
    { name: "flags", type: "text", of: (cell) => shownOf(cell)?.flags.join(";") ?? null },
  ];
}

function shownOf({ figure }: Cell) {
  return figure.kind === "value" ? figure : null;
}

function versusEveryone(cell: Cell) {
  return shownOf(cell)?.versus.find(({ against }) => against === "everyone") ?? null;
}
