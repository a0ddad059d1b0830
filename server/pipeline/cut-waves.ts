import { cellsOf } from "../disclosure/lattice.ts";
import type { Design } from "../statistics/design.ts";

/** A wave as estimates see it: its persons' codes by variable, in a fixed order. */
export type CutWave = {
  wave: string;
  design: Design;
  codes: ReadonlyMap<string, readonly (string | null)[]>;
  /** A number per person that is the same in every wave (panel ids); null where the survey has none. */
  panel: Int32Array | null;
  /** 1 for whom the figures speak of: everyone but those left out for too few answers. */
  present: Uint8Array;
  /** 1 for whom some group was found; null where everyone present was placed. */
  placed: Uint8Array | null;
  /** 1 for whom none was, present or left out. */
  unplaced: Uint8Array;
  /** Hash of each person's answers. */
  hashes: readonly string[];
  /** The like without backgrounds, which may be banded anew. */
  answers: readonly string[];
  /** Who handed over each row. */
  contributors: readonly string[];
  /** By service: 0 for its users, 1 for others, 2 where that is not known. Of services that the survey asks who used. */
  users: ReadonlyMap<string, Uint16Array>;
};
export type Lattice = { tables: readonly (readonly string[])[]; codes: ReadonlyMap<string, readonly string[]> };

/** A cell's persons in a wave and all others; null where the wave is too small for a table of this many variables. */
export type Group = { at: Record<string, string>; table: readonly string[] } & (
  | { members: Int32Array; others: Int32Array }
  | { members: null }
);

/** The frozen groupings of a release: made of the same scores that the cells show. */
export const GROUPINGS = ["segment", "band", "troubles"] as const;
export type GroupingId = (typeof GROUPINGS)[number];
export const isGrouping = (variable: string): variable is GroupingId =>
  (GROUPINGS as readonly string[]).includes(variable);

/** Every cell of every table of the lattice with its persons in a wave, table by table, codes in their order. */
export function groupsOf(wave: CutWave, lattice: Lattice, threeWayFrom: number): Group[] {
  return lattice.tables.flatMap((table) => groupsOfTable(wave, table, lattice, threeWayFrom));
}

function groupsOfTable(
  { wave, design, codes, present }: CutWave,
  table: readonly string[],
  lattice: Lattice,
  threeWayFrom: number,
): Group[] {
  const persons = design.weights.length;
  const cells = cellsOf(table, lattice.codes).map((cell) => ({ wave, ...cell }) as Record<string, string>);
  if (table.length > 2 && persons < threeWayFrom) return cells.map((at) => ({ at, table, members: null }));
  const columns = table.map((variable) => codes.get(variable) ?? []);
  const rows = new Map<string, number[]>();
  for (let person = 0; person < persons; person++) {
    if (present[person] === 0) continue;
    const key = columns.map((column) => column[person] ?? "\u0000").join("\u0001");
    const list = rows.get(key);
    if (list) list.push(person);
    else rows.set(key, [person]);
  }
  return cells.map((at) => {
    const members = Int32Array.from(rows.get(table.map((variable) => at[variable]).join("\u0001")) ?? []);
    const outside = present.slice();
    for (const person of members) outside[person] = 0;
    return { at, table, members, others: personsOf(outside) };
  });
}

/** The persons that a mask holds. */
export function personsOf(mask: Uint8Array): Int32Array {
  const persons = new Int32Array(mask.reduce((sum, held) => sum + held, 0));
  let place = 0;
  for (let person = 0; person < mask.length; person++) if (mask[person] === 1) persons[place++] = person;
  return persons;
}

/** Who is left out of the cells is left out beside them too: −1. Else what is said there would tell of those few. */
export function ofPresent(groups: Int32Array, present: Uint8Array): Int32Array {
  return groups.map((group, person) => (present[person] === 1 ? group : -1));
}
