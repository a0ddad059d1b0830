/** One dimension as numbers: the place of each person's code in `indexOf`, where having none (null) is a code too. */
export type Column = { codes: Int32Array; indexOf: ReadonlyMap<string | null, number> };

/** The people of a universe, or those of them whom a view leaves. */
export type People = { count: number; columns: ReadonlyMap<string, Column> };

/** People told apart by some dimensions. Groups are numbered from 0; each has somebody. */
export type Groups = {
  of: Int32Array;
  /** The rows of group g, ascending: `rows.subarray(starts[g], starts[g + 1])`. */
  rows: Int32Array;
  starts: Int32Array;
};

/**
 * The codes of all persons as numbers, a column a dimension.
 *
 * RangeError: columns of different lengths.
 */
export function codePeople(records: Readonly<Record<string, readonly (string | null)[]>>): People {
  const columns = new Map<string, Column>();
  const count = Object.values(records)[0]?.length ?? 0;
  for (const [dimension, values] of Object.entries(records)) {
    if (values.length !== count) throw new RangeError(`"${dimension}" has ${values.length} persons, not ${count}`);
    const indexOf = new Map<string | null, number>();
    const codes = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      const value = values[row] ?? null;
      const index = indexOf.get(value) ?? indexOf.size;
      if (index === indexOf.size) indexOf.set(value, index);
      codes[row] = index;
    }
    columns.set(dimension, { codes, indexOf });
  }
  return { count, columns };
}

/** Those of the people whom `isKept` keeps, in their order; categories keep their numbers. */
export function keepPeople({ count, columns }: People, isKept: (row: number) => boolean): People {
  const rows = new Int32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) if (isKept(row)) rows[kept++] = row;
  const chosen = rows.subarray(0, kept);
  const left = new Map<string, Column>();
  for (const [dimension, { codes, indexOf }] of columns)
    left.set(dimension, { codes: chosen.map((row) => codes[row]!), indexOf });
  return { count: kept, columns: left };
}

/** The column of a dimension. RangeError: the records have no such dimension. */
export function columnOf(people: People, dimension: string): Column {
  const column = people.columns.get(dimension);
  if (column === undefined) throw new RangeError(`"${dimension}" is no dimension of these records`);
  return column;
}

/**
 * People in groups of those who are alike in every one of the dimensions: the cells of a table that somebody is in.
 *
 * One dimension after the other, (group, code) is numbered anew, so that no more numbers than people are in use however
 * many categories multiply. No dimension = everyone in one group.
 */
export function groupPeople(people: People, dimensions: readonly string[]): Groups {
  const of = new Int32Array(people.count);
  let groups = Math.min(people.count, 1);
  for (const dimension of dimensions) {
    const { codes, indexOf } = columnOf(people, dimension);
    const radix = indexOf.size;
    const numbers = new Int32Array(groups * radix).fill(-1);
    groups = 0;
    for (let row = 0; row < of.length; row++) {
      const place = of[row]! * radix + codes[row]!;
      if (numbers[place]! < 0) numbers[place] = groups++;
      of[row] = numbers[place]!;
    }
  }
  return { of, ...rowsByGroup(of, groups) };
}

/** The rows of each number, ascending, one after the other. */
export function rowsByGroup(of: Int32Array, groups: number): { rows: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(groups + 1);
  for (let row = 0; row < of.length; row++) starts[of[row]! + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice(0, groups);
  const rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) rows[next[of[row]!]!++] = row;
  return { rows, starts };
}
