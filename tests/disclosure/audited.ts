import {
  type AuditedUniverse,
  type AuditOfView,
  auditUniverse,
  type Kind,
} from "../../server/disclosure/audit/audit.ts";

export type Records = Record<string, (string | null)[]>;
export type Cell = Record<string, string>;

export const NO_LEAKS: Record<Kind, number> = {
  small: 0,
  deeper: 0,
  unions: 0,
  differences: 0,
  exclusions: 0,
  words: 0,
};

/** All combinations of at most so many dimensions, but those of two that are apart. */
export function tablesOf(
  dimensions: readonly string[],
  ways: number,
  apart: AuditedUniverse["apart"] = [],
): string[][] {
  const all: string[][] = [[]];
  for (const dimension of dimensions) all.push(...all.map((table) => [...table, dimension]));
  return all.filter(
    (table) => table.length <= ways && !apart.some(([one, other]) => table.includes(one) && table.includes(other)),
  );
}

/** The cells of the tables in which at least so many persons are, and nobody for want of a code. */
export function cellsOf(records: Records, tables: readonly (readonly string[])[], fewest: number): Cell[] {
  const people = Object.values(records)[0]!.length;
  return tables.flatMap((table) => {
    const counts = new Map<string, number>();
    for (let row = 0; row < people; row++) {
      const codes = table.map((dimension) => records[dimension]![row]);
      if (!codes.includes(null)) counts.set(JSON.stringify(codes), (counts.get(JSON.stringify(codes)) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= fewest)
      .map(([codes]) => Object.fromEntries(JSON.parse(codes).map((code: string, at: number) => [table[at], code])));
  });
}

/** Records of people given as [how many, code, code, …], a code for each of the dimensions. */
export function peopleOf(dimensions: readonly string[], groups: readonly (readonly [number, ...(string | null)[]])[]) {
  const rows = groups.flatMap(([count, ...codes]) => new Array<(string | null)[]>(count).fill(codes));
  return Object.fromEntries(dimensions.map((dimension, at) => [dimension, rows.map((codes) => codes[at] ?? null)]));
}

/** Numbers as codes. */
export function asCodes(values: readonly (number | null)[]): (string | null)[] {
  return values.map((value) => (value === null ? null : String(value)));
}

export function asCells(cells: readonly Record<string, number | string>[]): Cell[] {
  return cells.map((cell) => Object.fromEntries(Object.entries(cell).map(([name, code]) => [name, String(code)])));
}

/** The audit of the outsider, of a universe with k = 10 and nothing apart unless said. */
export function outsider(universe: Partial<AuditedUniverse>): AuditOfView {
  const [first] = auditUniverse({ k: 10, tables: [], records: {}, apart: [], views: [], published: [], ...universe });
  return first!;
}
