import { countAtoms, type Prepared, sizeOf } from "./universe.ts";

/** Multiplications that deciding one view of a universe may take, about a minute or two (METHOD §7.4, bound). */
const MOST_WORK = 4e10;

/**
 * Whether a universe's closed set can be decided in time: r̂²·L/2 ≤ 4·10¹⁰ with
 *
 *   r̂ = min(atoms, candidates, Σ over the tables' marginal subsets of Π (levels − 1))
 *   L = atoms, the columns that witnesses are eliminated on
 */
export function isWithinBudget(prepared: Prepared, k: number, most = MOST_WORK): boolean {
  const counts = countAtoms(prepared, null, null);
  const candidates = prepared.cells.filter(({ shown, atoms }) => shown && sizeOf(atoms, counts) >= k).length;
  const rank = Math.min(prepared.atoms, candidates, rankOfTables(prepared));
  return (rank * rank * prepared.atoms) / 2 <= most;
}

/** Dimension of all that sums of the tables' cells can be: one product a marginal subset, each subset once. */
function rankOfTables({ tables, places }: Pick<Prepared, "tables" | "places">): number {
  const levels = places.map((own) => new Set(own).size);
  const subsets = new Map<string, number>();
  for (const table of tables)
    for (const subset of subsetsOf([...table].sort((a, b) => a - b)))
      subsets.set(
        subset.join(),
        subset.reduce((product, dimension) => product * ((levels[dimension] as number) - 1), 1),
      );
  return [...subsets.values()].reduce((sum, product) => sum + product, 0);
}

function subsetsOf([first, ...rest]: readonly number[]): number[][] {
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

/**
 * Tables that together can be decided in time: of those of three dimensions or more the one declared last is left out, then the
 * one before it, as long as they cannot.
 */
export function affordableTables(
  tables: readonly (readonly string[])[],
  isAffordable: (tables: readonly (readonly string[])[]) => boolean,
): readonly (readonly string[])[] {
  const last = tables.findLast(({ length }) => length > 2);
  if (!last || isAffordable(tables)) return tables;
  return affordableTables(
    tables.filter((table) => table !== last),
    isAffordable,
  );
}
