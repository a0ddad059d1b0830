import { Bool, Dictionary, Float64, Int32, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import type { Cell } from "../../../data/contracts/cell.ts";
import type { ReleaseVariable } from "../../../data/contracts/release.ts";
import { type CellColumn, cellColumns } from "./cell-columns.ts";

/**
 * The cells as an Arrow IPC stream of one record batch (INTERFACES §6): the CSV's columns and rows; texts dictionary-encoded,
 * numbers float64, `settled` bool, null where the CSV is empty.
 */
export function cellsArrow(cells: readonly Cell[], variables: readonly ReleaseVariable[]): Uint8Array {
  const columns = cellColumns(variables).map((column, place) => [column.name, vectorOf(column, place, cells)] as const);
  return tableToIPC(new Table(Object.fromEntries(columns)), "stream");
}

/** Each dictionary has the number of its column: two of one number would be one. */
function vectorOf(column: CellColumn, place: number, cells: readonly Cell[]): Vector {
  switch (column.type) {
    case "number":
      return vectorFromArray(cells.map(column.of), new Float64());
    case "truth":
      return vectorFromArray(cells.map(column.of), new Bool());
    case "text":
      return vectorFromArray(cells.map(column.of), new Dictionary(new Utf8(), new Int32(), place));
  }
}
