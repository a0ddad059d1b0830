/**
 * Importance of each driver: how much of R² it brings, on average over all orders in which drivers can enter.
 *
 *   LMG_j = Σ_{S ∌ j} |S|! (p − 1 − |S|)! / p! · (R²(S ∪ {j}) − R²(S)),   Σ_j LMG_j = R²
 *                          Lindeman, Merenda & Gold (1980): the Shapley value of R²; Grömping (2006); METHOD §4.2
 *
 * `correlations`: (1 + p) × (1 + p), row-major, the outcome first. Of the weighted correlations or covariances alike. A
 * driver of which, beside those of S, less than 10⁻¹⁰ is left, adds nothing to S. Sums are plain: 2^p terms between 0
 * and 1 (error below 10⁻¹³ at p = 12). RangeError: no driver, or more than 12, which `relativeWeights` are for.
 */
export function shapleyImportance(correlations: Float64Array, drivers: number): Float64Array {
  if (!(drivers >= 1 && drivers <= MOST_DRIVERS)) throw new RangeError(`1 to ${MOST_DRIVERS} drivers, not ${drivers}`);
  if (correlations.length !== (drivers + 1) ** 2)
    throw new RangeError("one row and column a driver, and the outcome's");
  const explained = explainedBySubsets(correlations, drivers);
  const share = shareOfOrders(drivers);
  const importance = new Float64Array(drivers);
  for (let subset = 0; subset < explained.length; subset++) {
    const weight = share[bitsOf(subset)]!;
    for (let j = 0; j < drivers; j++)
      if ((subset & (1 << j)) === 0) importance[j]! += weight * (explained[subset | (1 << j)]! - explained[subset]!);
  }
  return importance;
}

/** More subsets than 2¹² are not gone through. */
export const MOST_DRIVERS = 12;

const NOTHING_LEFT = 1e-10;

/**
 * R² of every subset of drivers; bit j of a subset's number says that driver j is in it.
 *
 *   R²(S ∪ {j}) = R²(S) + s_yj²/s_jj,   s = what S leaves of the covariances (s_kl ← s_kl − s_kj s_lj / s_jj)
 *
 * From each subset only the drivers after its last are added, so that each subset is come to once, and only what is left
 * of those drivers is swept: some 6·2^p steps in all. On correlations the outcome's own entry is 1.
 */
export function explainedBySubsets(correlations: Float64Array, drivers: number): Float64Array {
  const size = drivers + 1;
  const explained = new Float64Array(2 ** drivers);
  const left = Array.from({ length: size }, (_, depth) => (depth === 0 ? correlations : new Float64Array(size * size)));
  const outcome = correlations[0]!;

  function add(subset: number, from: number, depth: number): void {
    const before = left[depth]!;
    for (let j = from; j < drivers; j++) {
      const pivot = (j + 1) * size + (j + 1);
      const own = before[pivot]!;
      const adds = own > NOTHING_LEFT * correlations[pivot]!;
      const joined = subset | (1 << j);
      explained[joined] = explained[subset]! + (adds ? before[j + 1]! ** 2 / (own * outcome) : 0);
      if (j === drivers - 1) continue;
      sweep(before, left[depth + 1]!, adds ? 1 / own : 0, j + 1);
      add(joined, j + 1, depth + 1);
    }
  }
  /** The outcome's row and those after `pivot`, right of the diagonal: what is left of them beside the pivot. */
  function sweep(before: Float64Array, after: Float64Array, scale: number, pivot: number): void {
    const row = pivot * size;
    for (let l = pivot + 1; l < size; l++) after[l] = before[l]! - before[pivot]! * before[row + l]! * scale;
    for (let k = pivot + 1; k < size; k++) {
      const part = before[row + k]! * scale;
      for (let l = k; l < size; l++) after[k * size + l] = before[k * size + l]! - part * before[row + l]!;
    }
  }
  add(0, 0, 0);
  return explained;
}

/** |S|! (p − 1 − |S|)! / p! for |S| = 0 … p − 1: the share of orders in which just S stands before a driver. */
function shareOfOrders(drivers: number): Float64Array {
  const share = new Float64Array(drivers + 1);
  let orders = drivers;
  for (let size = 0; size < drivers; size++) {
    share[size] = 1 / orders; // p · (p − 1 choose |S|)
    orders = (orders * (drivers - 1 - size)) / (size + 1);
  }
  return share;
}

function bitsOf(subset: number): number {
  let bits = 0;
  for (let rest = subset; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}
