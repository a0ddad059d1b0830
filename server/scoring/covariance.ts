import { compensatedSum } from "../statistics/sum.ts";

/** How items vary together: row-major, items × items. */
export type SquareMatrix = { size: number; entries: Float64Array };

/**
 * Covariances of items over the persons who answered all of them.
 *
 *   c_jl = Σ (x_j − x̄_j)(x_l − x̄_l)/(n − 1)                   divisor n − 1 as in R's cov; two passes, in row order
 *
 * `columns` are items without gaps, equally long; fewer than 2 persons have no covariance (RangeError).
 */
export function covariances(columns: readonly Float64Array[]): SquareMatrix {
  const size = columns.length;
  const persons = columns[0]?.length ?? 0;
  if (persons < 2) throw new RangeError(`${persons} persons have no covariance`);
  const away = columns.map((column) => {
    const mean = compensatedSum(persons, (person) => column[person]!) / persons;
    return column.map((value) => value - mean);
  });
  const entries = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const products = compensatedSum(persons, (person) => away[row]![person]! * away[column]![person]!);
      entries[row * size + column] = products / (persons - 1);
      entries[column * size + row] = products / (persons - 1);
    }
  }
  return { size, entries };
}

/**
 * Correlations out of covariances.
 *
 *   r_jl = c_jl/√(c_jj c_ll), kept within −1…1;  r_jj = 1
 *
 * An item without variance has no correlation: a caller's mistake (RangeError).
 */
export function correlations({ size, entries }: SquareMatrix): SquareMatrix {
  const deviations = Float64Array.from({ length: size }, (_, item) => Math.sqrt(entries[item * size + item]!));
  if (!deviations.every((deviation) => deviation > 0)) throw new RangeError("an item without variance correlates not");
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const r = entries[row * size + column]! / (deviations[row]! * deviations[column]!);
      result[row * size + column] = row === column ? 1 : Math.min(1, Math.max(-1, r));
    }
  return { size, entries: result };
}
