import type { Versus } from "../../data/contracts/cell.ts";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { differenceOfSides } from "../statistics/difference.ts";
import { judgedDifference, type Side } from "./compare-groups.ts";

/** A comparison with the p-value of its test; null where a side is too small to be tested (METHOD §8.4). */
export type Tested = Versus & { pValue: number | null };

/** A shown cell with what it is compared by. */
export type Compared = { at: Readonly<Record<string, string>>; table: readonly string[]; side: Side; versus: Tested[] };

/** Adjusted p of a difference that is called settled. */
const MOST = 0.05;
/** Most codes of a variable whose pairs stand in tables of two as well. */
const MOST_CODES_IN_TABLES_OF_TWO = 12;

/**
 * Each cell of one measure beside its siblings: the shown cells of its wave and table that differ from it in the code of one of
 * `variables` (METHOD §8.1). A pair stands once, with the cell whose code comes first.
 */
export function compareSiblings(
  cells: readonly Compared[],
  { share, variablesOf }: { share: boolean; variablesOf: (table: readonly string[]) => readonly string[] },
): void {
  const lines = new Map<string, { variable: string; cells: Compared[] }>();
  for (const cell of cells)
    for (const variable of variablesOf(cell.table)) {
      const { [variable]: _, ...rest } = cell.at;
      const key = JSON.stringify([variable, cell.table, rest]);
      const line = lines.get(key) ?? { variable, cells: [] };
      line.cells.push(cell);
      lines.set(key, line);
    }
  for (const { variable, cells: line } of lines.values()) {
    const codeOf = ({ at }: Compared) => at[variable] as string;
    const ordered = line.sort((one, other) => (codeOf(one) < codeOf(other) ? -1 : 1));
    for (const [place, cell] of ordered.entries())
      for (const sibling of ordered.slice(place + 1)) {
        const [left, right] = [cell.side, sibling.side];
        const test = differenceOfSides(left.design, left.linearised, right.linearised);
        const judged = judgedDifference(test, left.estimate, right.estimate, share);
        if (judged) cell.versus.push({ against: `${variable}=${codeOf(sibling)}`, ...judged });
      }
  }
}

/**
 * In which variables of a table its cells have siblings: in the variable of a table of one; `ofTwo`: in both variables of a table of
 * two as well, but not in one of more than 12 codes. Each pair of 23 areas within each code of every other variable would be most of
 * a release, and asked for by no one.
 */
export function siblingVariables(
  groups: readonly { table: readonly string[] }[],
  ofTwo: boolean,
): (table: readonly string[]) => readonly string[] {
  const codes = new Map<string, number>();
  for (const { table } of groups)
    if (table.length === 1) codes.set(table[0] as string, (codes.get(table[0] as string) ?? 0) + 1);
  const isFew = (variable: string) => (codes.get(variable) ?? 0) <= MOST_CODES_IN_TABLES_OF_TWO;
  return (table) => {
    if (table.length < 2) return table;
    return ofTwo && table.length === 2 ? table.filter(isFew) : [];
  };
}

/**
 * Says of each stored comparison of one measure whether it is settled: its own interval excludes 0, and its p does after Benjamini
 * and Hochberg's correction over the stored tests of the measure's table and kind of comparison in its wave (METHOD §8.3 has them of
 * the whole release: then a wave that comes later would unsettle what was said of this one). The difference from everyone has the verdict of the test against all others.
 */
export function settle(cells: readonly Pick<Compared, "at" | "table" | "versus">[]): void {
  const families = new Map<string, Tested[]>();
  for (const { at, table, versus } of cells)
    for (const one of versus) {
      if (one.against === "everyone") continue;
      const key = JSON.stringify([at.wave, table, one.against.split("=")[0]]);
      families.set(key, [...(families.get(key) ?? []), one]);
    }
  for (const family of families.values()) {
    const adjusted = benjaminiHochberg(family.map(({ pValue }) => pValue));
    for (const [place, one] of family.entries()) {
      const p = adjusted[place];
      one.settled = one.settled && p !== null && p !== undefined && p <= MOST;
    }
  }
  for (const { versus } of cells) {
    const others = versus.find(({ against }) => against === "others");
    const everyone = versus.find(({ against }) => against === "everyone");
    if (everyone && others) everyone.settled = others.settled;
  }
}
