import { crossTable } from "./adjusted-rand.ts";

/**
 * How much of each group is found again in another grouping of the same people: its greatest Jaccard index with any group
 * there.
 *
 *   J(A, B) = |A ∩ B| / |A ∪ B|,   γ_A = max_B J(A, B)                                       Hennig (2007)
 *
 * 0 … 1, a figure for each of `groups` groups of the first grouping; 0 for one without people. `counts[i]` people are alike
 * in row i (1 unless given): in a bootstrap resample, how often the row was drawn. Errors as of `crossTable`; RangeError:
 * a label of the first grouping that is not below `groups`.
 */
export function greatestJaccard(
  first: Int32Array,
  second: Int32Array,
  groups: number,
  counts?: ArrayLike<number>,
): Float64Array {
  const { cells, rows, columns } = crossTable(first, second, counts);
  if (rows.length > groups) throw new RangeError("a label is below the number of groups");
  const greatest = new Float64Array(groups);
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++) {
      const both = cells[row * columns.length + column]!;
      if (both > 0) greatest[row] = Math.max(greatest[row]!, both / (rows[row]! + columns[column]! - both));
    }
  }
  return greatest;
}
