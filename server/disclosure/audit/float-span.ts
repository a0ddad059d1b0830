import type { Membership } from "./modular-span.ts";
import type { Blocks } from "./published-sets.ts";

const MOST_BLOCKS = 4000;
const OUTSIDE = 1e-6;
const DEPENDENT = 1e-9;

/**
 * Whether a set of people is a linear combination of the published cells, in floating point: a check upon exact arithmetic
 * by arithmetic of another kind, up to 4,000 blocks.
 *
 *   ‖s − Q Qᵀ s‖ / ‖s‖ < 10⁻⁶                                                                             METHOD §7.4
 *
 * Q = orthonormal basis of the published cells as 0/1 vectors over blocks (Gram and Schmidt, twice; a cell of which less than
 * 10⁻⁹ is new is no new direction). With Qᵀs known, ‖s − QQᵀs‖² = ‖s‖² − ‖Qᵀs‖². The empty set is in every span.
 * RangeError: more blocks than that.
 */
export function spanInFloats(blocks: Blocks): Membership {
  if (blocks.count > MOST_BLOCKS) throw new RangeError(`${blocks.count} blocks, more than ${MOST_BLOCKS}`);
  const basis = orthonormalBasis(blocks);
  return (set) => {
    let along = 0;
    for (const direction of basis) {
      let product = 0;
      for (const block of set) product += direction[block]!;
      along += product * product;
    }
    return set.length - along <= OUTSIDE ** 2 * set.length;
  };
}

function orthonormalBasis(blocks: Blocks): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of cellVectors(blocks)) {
    const length = Math.sqrt(product(vector, vector));
    for (const direction of [...basis, ...basis]) {
      const part = product(vector, direction);
      for (let block = 0; block < vector.length; block++) vector[block]! -= part * direction[block]!;
    }
    const left = Math.sqrt(product(vector, vector));
    if (left > DEPENDENT * length) basis.push(vector.map((value) => value / left));
  }
  return basis;
}

function cellVectors({ count, cells, cellsOf, starts }: Blocks): Float64Array[] {
  const vectors = Array.from({ length: cells }, () => new Float64Array(count));
  for (let block = 0; block < count; block++)
    for (const cell of cellsOf.subarray(starts[block]!, starts[block + 1]!)) vectors[cell]![block] = 1;
  return vectors;
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < one.length; place++) sum += one[place]! * other[place]!;
  return sum;
}
