import { inverse, PRIME, residue } from "./witness.ts";

/**
 * Three random combinations Σ cᵢ·wᵢ of functions modulo p that are zero on some columns: c solves as many equations
 * Σ cᵢ·wᵢ(column) = 0, by elimination with every unknown that is no pivot drawn at random. There are to be more functions than
 * columns.
 */
export function combinationsZeroOn(
  functions: readonly Float64Array[],
  columns: readonly number[],
  random: () => number,
): Float64Array[] {
  const unknowns = functions.length;
  const rows = columns.map((column) => Float64Array.from(functions, (own) => own[column]!));
  const pivots: { row: Float64Array; at: number }[] = [];
  for (const row of rows) {
    for (const { row: earlier, at } of pivots) addMultiple(row, PRIME - row[at]!, earlier);
    const at = row.findIndex((value) => value !== 0);
    if (at < 0) continue;
    const scale = inverse(row[at]!);
    pivots.push({ row: row.map((value) => residue(value * scale)), at });
  }
  return Array.from({ length: 3 }, () => {
    const factors = Float64Array.from({ length: unknowns }, random);
    // A row is zero at the pivots before it alone, so the last pivot is solved first.
    for (const { row, at } of [...pivots].reverse()) {
      let sum = 0;
      for (let place = 0; place < unknowns; place++)
        if (place !== at) sum = residue(sum + row[place]! * factors[place]!);
      factors[at] = sum === 0 ? 0 : PRIME - sum;
    }
    return combine(functions, factors);
  });
}

function addMultiple(row: Float64Array, factor: number, other: Float64Array): void {
  if (factor === PRIME) return;
  for (let place = 0; place < row.length; place++) row[place] = residue(row[place]! + factor * other[place]!);
}

function combine(functions: readonly Float64Array[], factors: Float64Array): Float64Array {
  const sum = new Float64Array(functions[0]?.length ?? 0);
  functions.forEach((own, index) => {
    addMultiple(sum, factors[index]!, own);
  });
  return sum;
}
