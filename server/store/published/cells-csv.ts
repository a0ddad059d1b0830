import type { Cell } from "../../../data/contracts/cell.ts";
import type { ReleaseVariable } from "../../../data/contracts/release.ts";
import { cellColumns } from "./cell-columns.ts";

/**
 * The cells as CSV (INTERFACES §6): UTF-8 without BOM, comma, point, LF, RFC 4180; a row per cell in the release's order.
 * Text that a spreadsheet would run is neutralised with an apostrophe; numbers never are.
 */
export function cellsCsv(cells: readonly Cell[], variables: readonly ReleaseVariable[]): string {
  const columns = cellColumns(variables);
  const lines = cells.map((cell) =>
    columns
      .map(({ type, of }) => {
        const value = of(cell);
        return value === null ? "" : type === "text" ? text(String(value)) : String(value);
      })
      .join(","),
  );
  return `${[columns.map(({ name }) => name).join(","), ...lines].join("\n")}\n`;
}

function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
