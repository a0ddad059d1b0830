import { byVariableOrder, type Cell, LEADING_VARIABLES } from "../../../data/contracts/cell.ts";
import type { ReleaseVariable } from "../../../data/contracts/release.ts";

/**
 * The cells as CSV (INTERFACES §6): UTF-8 without BOM, comma, point, LF, RFC 4180; a row per cell in the release's order.
 * Text that a spreadsheet would run is neutralised with an apostrophe; numbers never are.
 */
export function cellsCsv(cells: readonly Cell[], variables: readonly ReleaseVariable[]): string {
  const others = variables.map(({ id }) => id).filter((id) => !(LEADING_VARIABLES as readonly string[]).includes(id));
  const cuts = [...LEADING_VARIABLES, ...others.sort(byVariableOrder)];
  const header = [
    "measure",
    "statistic",
    ...cuts,
    "kind",
    "value",
    "low",
    "high",
    "n",
    "difference",
    "difference_low",
    "difference_high",
    "settled",
    "flags",
  ];
  const lines = cells.map(({ measure, statistic, at, figure }) => {
    const place = [text(measure), text(statistic), ...cuts.map((variable) => text(at[variable] ?? "all")), figure.kind];
    if (figure.kind !== "value") return [...place, ...new Array<string>(9).fill("")].join(",");
    const versus = figure.versus.find(({ against }) => against === "everyone");
    const compared = versus ? [versus.difference, versus.low, versus.high].map(String) : ["", "", ""];
    const numbers = [figure.value, figure.low, figure.high, figure.n].map((number) =>
      number === null ? "" : String(number),
    );
    return [...place, ...numbers, ...compared, versus ? String(versus.settled) : "", figure.flags.join(";")].join(",");
  });
  return `${[header.join(","), ...lines].join("\n")}\n`;
}

function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
