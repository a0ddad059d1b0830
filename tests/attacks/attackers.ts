import { type Answer, type Ledger, openLedger } from "./ledger.ts";

/**
 * Attackers with all the time there is, who know the rules, which people there are, and the exact size of every group that was
 * answered (METHOD §7.4, assumption). Each looks for groups of 1 … k − 1 people whose size follows from the answers.
 */
export type Codes = readonly (string | null)[];
export type At = Readonly<Record<string, string>>;
export type Answered = Answer & { at: At };

export type Scene = {
  k: number;
  /** By dimension the code of each person; null = none, a category of its own. */
  dimensions: Readonly<Record<string, Codes>>;
  /** What may be cut together; [] = everyone. */
  tables: readonly (readonly string[])[];
  /** Pairs of dimensions that never meet. */
  apart: readonly (readonly [string, string])[];
  /** 1 for the people in question: the respondents of a measure, or those whom a contributor does not hold. */
  people: Uint8Array;
  answered: readonly Answered[];
};

/** A group below k that was found out: how, who, and the size that the attacker worked out. */
export type Leak = { how: string; rows: Int32Array; size: number };

const isSmall = (size: number, k: number) => size > 0 && size < k;

/** The groups that cells name, of the people in question; those with nobody are left out. */
export function answeredOf(
  cells: Iterable<At>,
  { dimensions, people }: Pick<Scene, "dimensions" | "people">,
): Answered[] {
  const byTable = new Map<string, Map<string, Int32Array>>();
  const seen = new Map<string, Answered>();
  for (const at of cells) {
    const table = Object.keys(at).sort();
    const name = table.join(" ");
    const groups = byTable.get(name) ?? groupsOf(table, { dimensions, people });
    byTable.set(name, groups);
    const key = groupName(table.map((dimension) => at[dimension]!));
    const rows = groups.get(key);
    if (rows) seen.set(`${name} ${key}`, { at, rows, n: rows.length });
  }
  return [...seen.values()];
}

/** The cells of some tables with at least so many people, and nobody in them for want of a code: what a threshold alone gives. */
export function cellsWith(
  fewest: number,
  { tables, dimensions, people }: Omit<Scene, "answered" | "k" | "apart">,
): At[] {
  return tables.flatMap((table) =>
    [...groupsOf(table, { dimensions, people })]
      .filter(([name, rows]) => rows.length >= fewest && !codesIn(name).includes(null))
      .map(([name]) => Object.fromEntries(codesIn(name).map((code, place) => [table[place], code as string]))),
  );
}

/** People told apart by some dimensions, by the codes. */
export function groupsOf(
  table: readonly string[],
  { dimensions, people }: Pick<Scene, "dimensions" | "people">,
): Map<string, Int32Array> {
  const columns = table.map((dimension) => dimensions[dimension]!);
  const lists = new Map<string, number[]>();
  for (let row = 0; row < people.length; row++) {
    if (people[row] === 0) continue;
    const name = groupName(columns.map((codes) => codes[row] ?? null));
    const list = lists.get(name);
    if (list) list.push(row);
    else lists.set(name, [row]);
  }
  return new Map([...lists].map(([name, list]) => [name, Int32Array.from(list)]));
}

const NONE = "\u0000";
/** The name of a group by its codes. */
export const groupName = (codes: readonly (string | null)[]) => codes.map((code) => code ?? NONE).join("\u0001");
const codesIn = (name: string) =>
  name === "" ? [] : name.split("\u0001").map((code) => (code === NONE ? null : code));

/** Attack 1: of two answered groups, one within the other, the smaller is taken from the larger. */
export function subtractNested({ answered, people, k }: Scene): Leak[] {
  const holders: number[][] = Array.from(people, () => []);
  answered.forEach(({ rows }, index) => {
    for (const row of rows) holders[row]!.push(index);
  });
  const inside = new Int32Array(people.length).fill(-1);
  const found = collect();
  answered.forEach((smaller) => {
    let rarest = smaller.rows[0]!;
    for (const row of smaller.rows) if (holders[row]!.length < holders[rarest]!.length) rarest = row;
    for (const index of holders[rarest]!) {
      const larger = answered[index]!;
      const size = larger.n - smaller.n;
      if (!isSmall(size, k)) continue;
      for (const row of larger.rows) inside[row] = index;
      if (smaller.rows.every((row) => inside[row] === index)) {
        for (const row of smaller.rows) inside[row] = -1;
        const rows = larger.rows.filter((row) => inside[row] === index);
        found.add({ how: `${told(larger.at)} − ${told(smaller.at)}`, rows, size });
      }
      for (const row of larger.rows) inside[row] = -1;
    }
  });
  return found.leaks;
}

/** Attack 2: of an answered group all its answered parts in one dimension are taken. */
export function subtractParts(scene: Scene): Leak[] {
  const { answered, k, dimensions } = scene;
  const found = collect();
  const parts = new Map<string, Answered[]>();
  const key = (at: At, split: string) =>
    `${split}: ${told(Object.fromEntries(Object.entries(at).filter(([dimension]) => dimension !== split)))}`;
  for (const one of answered)
    for (const split of Object.keys(one.at))
      parts.set(key(one.at, split), [...(parts.get(key(one.at, split)) ?? []), one]);
  for (const whole of answered)
    for (const split of Object.keys(dimensions)) {
      if (split in whole.at) continue;
      const own = parts.get(key(whole.at, split)) ?? [];
      const size = own.reduce((rest, { n }) => rest - n, whole.n);
      if (own.length === 0 || !isSmall(size, k)) continue;
      const taken = new Set(own.flatMap(({ rows }) => [...rows]));
      found.add({
        how: `${told(whole.at)} − its parts by ${split}`,
        rows: whole.rows.filter((row) => !taken.has(row)),
        size,
      });
    }
  return found.leaks;
}

/**
 * Attack 3: any sum and difference of answers, over tables that are linked. Tried on every small cell of the tables, and on every
 * small cell with one dimension more.
 */
export function combineTables(scene: Scene, ledger = ledgerOf(scene)): Leak[] {
  const { k } = scene;
  const found = collect();
  for (const table of [...scene.tables, ...deeperTables(scene)])
    for (const [name, rows] of groupsOf(table, scene))
      if (isSmall(rows.length, k) && ledger.tells(rows))
        found.add({ how: `${table.join(" × ")}: ${codesIn(name)}`, rows, size: ledger.sizeOf(rows) as number });
  return found.leaks;
}

/** Attack 5: "all but one" and "neither b nor c" of an answered group. */
export function leaveOut(scene: Scene, ledger = ledgerOf(scene)): Leak[] {
  const { answered, k, dimensions, apart, tables } = scene;
  const found = collect();
  const deepest = Math.max(...tables.map(({ length }) => length));
  const meets = (one: string, other: string) =>
    one !== other && !apart.some((pair) => pair.includes(one) && pair.includes(other));
  const numbered = new Map(Object.entries(dimensions).map(([dimension, codes]) => [dimension, numbersOf(codes)]));
  const tryOn = (how: string, rows: Int32Array) => {
    if (ledger.tells(rows)) found.add({ how, rows, size: ledger.sizeOf(rows) as number });
  };
  for (const { at, rows } of answered) {
    const named = Object.keys(at);
    if (named.length > deepest - 1) continue;
    const free = [...numbered].filter(([dimension]) => named.every((own) => meets(own, dimension)));
    free.forEach(([first, b], index) => {
      for (const code of b.names.keys()) {
        const rest = rows.filter((row) => b.of[row] !== code);
        if (rest.length < rows.length && isSmall(rest.length, k))
          tryOn(`${told(at)}, not ${first}=${b.names[code]}`, rest);
      }
      for (const [second, c] of free.slice(index + 1)) {
        if (!meets(first, second)) continue;
        const neither = countNeither(rows, b, c);
        for (let row = 0; row < b.names.length; row++)
          for (let column = 0; column < c.names.length; column++)
            if (isSmall(neither(row, column), k))
              tryOn(
                `${told(at)}, neither ${first}=${b.names[row]} nor ${second}=${c.names[column]}`,
                rows.filter((person) => b.of[person] !== row && c.of[person] !== column),
              );
      }
    });
  }
  return found.leaks;
}

/** Attack 5: several codes at once: any few cells in one line of a table, or of one a variable deeper, that are below k together. */
export function selectSeveral(scene: Scene, ledger = ledgerOf(scene)): Leak[] {
  const { k } = scene;
  const found = collect();
  for (const table of [...scene.tables, ...deeperTables(scene)])
    for (const split of table.keys()) {
      const lines = new Map<string, { code: string | null; rows: Int32Array }[]>();
      for (const [name, rows] of groupsOf(table, scene)) {
        if (rows.length >= k) continue;
        const codes = codesIn(name);
        const line = groupName(codes.filter((_, place) => place !== split));
        lines.set(line, [...(lines.get(line) ?? []), { code: codes[split] ?? null, rows }]);
      }
      for (const [line, parts] of lines)
        for (const some of severalOf(parts, k)) {
          const rows = Int32Array.from(some.flatMap((part) => [...part.rows])).sort();
          if (!ledger.tells(rows)) continue;
          const others = table.filter((_, place) => place !== split).join(" × ");
          const how = `${others}: ${codesIn(line)}, ${table[split]}: ${some.map(({ code }) => code).join(" or ")}`;
          found.add({ how, rows, size: ledger.sizeOf(rows) as number });
        }
    }
  return found.leaks;
}

/** Every two or more of some groups that are below k together. */
function* severalOf<Part extends { rows: Int32Array }>(
  parts: readonly Part[],
  k: number,
  from = 0,
  chosen: Part[] = [],
): Generator<Part[]> {
  for (let next = from; next < parts.length; next++) {
    const more = [...chosen, parts[next]!];
    if (more.reduce((sum, { rows }) => sum + rows.length, 0) >= k) continue;
    if (more.length > 1) yield more;
    yield* severalOf(parts, k, next + 1, more);
  }
}

export function ledgerOf({ answered, people }: Scene): Ledger {
  return openLedger(answered, people.length);
}

/** The tables with one dimension more than an answered one, each once. */
function deeperTables({ tables, dimensions, apart }: Scene): string[][] {
  const name = (table: readonly string[]) => [...table].sort().join(" ");
  const declared = new Set(tables.map(name));
  const deeper = new Map<string, string[]>();
  for (const table of tables)
    for (const dimension of Object.keys(dimensions)) {
      if (table.includes(dimension)) continue;
      if (apart.some((pair) => pair.includes(dimension) && pair.some((one) => table.includes(one)))) continue;
      const larger = [...table, dimension];
      if (!declared.has(name(larger))) deeper.set(name(larger), larger);
    }
  return [...deeper.values()];
}

type Numbered = { names: (string | null)[]; of: Int32Array };

function numbersOf(codes: Codes): Numbered {
  const names = [...new Set(codes)];
  const place = new Map(names.map((name, index) => [name, index]));
  return { names, of: Int32Array.from(codes, (code) => place.get(code) as number) };
}

/** n − n_b − n_c + n_bc of some people, for every category b of one dimension and c of another. 0 where one of them is empty. */
function countNeither(rows: Int32Array, b: Numbered, c: Numbered): (row: number, column: number) => number {
  const columns = c.names.length;
  const both = new Int32Array(b.names.length * columns);
  for (const person of rows) both[b.of[person]! * columns + c.of[person]!]!++;
  const ofRow = b.names.map((_, row) =>
    both.subarray(row * columns, (row + 1) * columns).reduce((sum, n) => sum + n, 0),
  );
  const ofColumn = c.names.map((_, column) => b.names.reduce((sum, __, row) => sum + both[row * columns + column]!, 0));
  return (row, column) =>
    ofRow[row] === 0 || ofColumn[column] === 0
      ? 0
      : rows.length - ofRow[row]! - ofColumn[column]! + both[row * columns + column]!;
}

/** Leaks by who they are: a group that is found out in two ways is one. */
function collect() {
  const leaks: Leak[] = [];
  const known = new Set<string>();
  const add = (leak: Leak) => {
    const key = leak.rows.join();
    if (known.has(key)) return;
    known.add(key);
    leaks.push(leak);
  };
  return { add, leaks };
}

export function told(at: At): string {
  const parts = Object.keys(at)
    .sort()
    .map((dimension) => `${dimension}=${at[dimension]}`);
  return parts.length === 0 ? "everyone" : parts.join("&");
}
