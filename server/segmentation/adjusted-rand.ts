/**
 * Adjusted Rand index: how far two groupings of the same people agree, beyond chance.
 *
 *   ARI = 2·(TP·TN − FN·FP) / ((TP + FN)(FN + TN) + (TP + FP)(FP + TN))          Hubert & Arabie (1985)
 *
 * over the pairs of people: TP together in both, TN apart in both, FN together in the first only, FP in the second only.
 * 1 where both group alike, whatever the numbers of the groups; about 0 where they have nothing to do with each other; it
 * may be below 0. 1 for fewer than two people. `counts[i]` people are alike in row i (1 unless given); whole numbers ≥ 0.
 * Labels are whole numbers from 0. RangeError: lists of unequal length, a label below 0.
 */
export function adjustedRandIndex(first: Int32Array, second: Int32Array, counts?: ArrayLike<number>): number {
  const { cells, rows, columns, people } = crossTable(first, second, counts);
  const pairs = (some: ArrayLike<number>) => Array.from(some).reduce((sum, count) => sum + count * count, 0);
  const inCells = pairs(cells);
  const inRows = pairs(rows);
  const inColumns = pairs(columns);
  const together = inCells - people;
  const inFirst = inRows - inCells;
  const inSecond = inColumns - inCells;
  const apart = people * people - inRows - inColumns + inCells;
  if (inFirst === 0 && inSecond === 0) return 1;
  const agreeing = 2 * (together * apart - inFirst * inSecond);
  const most = (together + inFirst) * (inFirst + apart) + (together + inSecond) * (inSecond + apart);
  return agreeing / most;
}

export type CrossTable = {
  /** People of row group i and column group j, at i·(columns) + j. */
  cells: Float64Array;
  rows: Float64Array;
  columns: Float64Array;
  people: number;
};

/** How many people are in each group of the first grouping and each of the second. */
export function crossTable(first: Int32Array, second: Int32Array, counts?: ArrayLike<number>): CrossTable {
  if (first.length !== second.length) throw new RangeError("one label of each grouping a person");
  const rows = new Float64Array(groupsOf(first));
  const columns = new Float64Array(groupsOf(second));
  const cells = new Float64Array(rows.length * columns.length);
  let people = 0;
  for (let index = 0; index < first.length; index++) {
    const count = counts === undefined ? 1 : counts[index]!;
    const row = first[index]!;
    const column = second[index]!;
    cells[row * columns.length + column]! += count;
    rows[row]! += count;
    columns[column]! += count;
    people += count;
  }
  return { cells, rows, columns, people };
}

function groupsOf(labels: Int32Array): number {
  let groups = 0;
  for (const label of labels) {
    if (label < 0) throw new RangeError("labels are numbered from 0");
    if (label >= groups) groups = label + 1;
  }
  return groups;
}
