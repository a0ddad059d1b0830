import type { CoverageRow } from "../../data/contracts/release.ts";
import type { Finding } from "./finding.ts";
import type { View } from "./view.ts";

/**
 * Who is heard too little, by the respondents' share beside the register's. The furthest first, then by order; a heading
 * names fewer than a list does.
 */
export function coverageSaid(view: View, named = NAMED): Finding {
  const rows = coverageRows(view);
  if (rows.length === 0) return { id: "coverage-absent", values: {}, cells: {} };
  const readable = rows.filter((row) => row.reading !== null);
  if (readable.length === 0) return { id: "coverage-protected", values: {}, cells: {} };
  const under = [
    ...readable.filter((row) => row.reading === "far-under"),
    ...readable.filter((row) => row.reading === "under"),
  ];
  if (under.length === 0) return { id: "coverage-even", values: {}, cells: {} };
  return {
    id: "coverage-under",
    values: { more: under.length > named ? "yes" : "no" },
    cells: {},
    list: under.slice(0, named).map((row) => item(view, row)),
  };
}

/** How many classes a list names; the figure shows them all. */
const NAMED = 4;

export function coverageRows(view: View): CoverageRow[] {
  return view.cells.release.coverage.rows.filter((row) => row.wave === view.wave);
}

function item(view: View, row: CoverageRow): Finding {
  const variable = view.cells.release.variables.find(({ id }) => id === row.variable);
  const name = variable?.codes.find(({ code }) => code === row.code)?.name;
  return {
    id: "coverage-item",
    values: { variable: variable ? { inside: variable.name } : row.variable, name: name ?? row.code },
    cells: { sample: { key: row.cells.sample, part: "value" }, register: { key: row.cells.register, part: "value" } },
  };
}
