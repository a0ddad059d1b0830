import { eliminate, nearRemainder } from "./elimination.ts";
import type { Blocks } from "./published-sets.ts";

/** Says of a set, given as blocks (each once), whether it can be computed from the published cells. */
export type Membership = (set: Int32Array) => boolean;

/** Below 2²⁶: with remainders nearest to 0 four products and one more stay below 2⁵³, exact in a float. */
export const PRIMES = [67_108_837, 67_108_819] as const;

/**
 * Whether a set of people is a linear combination of the published cells, modulo both primes.
 *
 *   s ∈ span(B)  ⇔  there is x with  Σ_{c ∋ b} x_c = s_b  for every block b                              METHOD §7.4
 *
 * s_b = 1 for blocks of the set, else 0; c = published cells. The second prime is asked only about what the first affirms:
 * what the first denies is denied by both together. Modulo a prime of 26 bits a set in the span of the rationals is missed, or
 * another taken for one, only where that prime divides a certain determinant. The empty set is in every span.
 */
export function spanOfTwoPrimes(blocks: Blocks, [one, other]: readonly [number, number] = PRIMES): Membership {
  const first = spanModulo(one, blocks);
  let second: Membership | undefined;
  return (set) => {
    if (!first(set)) return false;
    second ??= spanModulo(other, blocks);
    return second(set);
  };
}

/**
 * The same modulo one prime: x is read off at the pivot blocks, x = M⁻¹ s there, and must hold at every other block.
 *
 * Blocks of the set are tried first and one failing block is enough, so that most sets cost a few additions.
 */
export function spanModulo(prime: number, blocks: Blocks): Membership {
  const { rank, pivotOf, rowOfCell, inverse } = eliminate(prime, blocks);
  const { starts, rows } = keepBasis(blocks, rowOfCell);
  const x = new Float64Array(rank);
  const isInSet = new Uint8Array(blocks.count);
  const holdsAt = (block: number): boolean => {
    if (pivotOf[block]! >= 0) return true;
    let sum = 0;
    for (let place = starts[block]!; place < starts[block + 1]!; place++) sum += x[rows[place]!]!;
    return (sum - isInSet[block]!) % prime === 0;
  };
  const holdsEverywhere = (set: Int32Array): boolean => {
    for (const block of set) if (!holdsAt(block)) return false;
    for (let block = 0; block < blocks.count; block++) if (!holdsAt(block)) return false;
    return true;
  };
  return (set) => {
    const pivots = set.filter((block) => pivotOf[block]! >= 0);
    if (pivots.length === 0) return set.length === 0;
    x.fill(0);
    for (const block of pivots) {
      const from = pivotOf[block]! * rank;
      for (let row = 0; row < rank; row++) x[row]! += inverse[from + row]!;
    }
    for (let row = 0; row < rank; row++) x[row] = nearRemainder(x[row]!, prime);
    for (const block of set) isInSet[block] = 1;
    const holds = holdsEverywhere(set);
    for (const block of set) isInSet[block] = 0;
    return holds;
  };
}

/** Of each block the rows of the basis cells that hold it. */
function keepBasis({ count, cellsOf, starts }: Blocks, rowOfCell: Int32Array) {
  const rows = new Int32Array(cellsOf.length);
  const kept = new Int32Array(count + 1);
  let next = 0;
  for (let block = 0; block < count; block++) {
    for (let place = starts[block]!; place < starts[block + 1]!; place++) {
      const row = rowOfCell[cellsOf[place]!]!;
      if (row >= 0) rows[next++] = row;
    }
    kept[block + 1] = next;
  }
  return { starts: kept, rows: rows.subarray(0, next) };
}
