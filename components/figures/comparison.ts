import type { Cell, Versus } from "../../data/contracts/cell.ts";

/** The stored comparison of a cell with something, if there is one. Nobody subtracts two cells. */
export function comparison(cell: Pick<Cell, "figure"> | null, against: Versus["against"] | undefined): Versus | null {
  if (cell?.figure.kind !== "value") return null;
  return cell.figure.versus.find((one) => one.against === against) ?? null;
}
