/**
 * Whether a set of persons can be computed from published sets is whether its column lies in the span of theirs. A witness is
 * a random function w on the columns with Σ w = 0 over every published set, modulo a prime p. If a set lies in the span,
 * w(set) = 0 for every witness; otherwise w(set) = 0 with probability 1/p each: the test errs towards suppressing alone
 * (METHOD §7.4; Langsrud 2024).
 *
 * p is the largest prime below 2²²: products stay below 2⁴⁴, so that 2⁹ of them are added exactly before one reduction.
 */
export const PRIME = 4194301;
const INVERSE_OF_PRIME = 1 / PRIME;
/** Products of two residues that may be added to a residue before it must be reduced. */
const ADDED = 256;
/** Witnesses made at a time: each published set is then read once for all of them. */
const BATCH = 16;
/** Columns worked on at a time: so many of every eliminator stay in the processor's cache. */
const TILE = 256;

/** x mod p of a whole number 0 ≤ x < 2⁵³. */
export function residue(x: number): number {
  const rest = x - PRIME * Math.floor(x * INVERSE_OF_PRIME);
  return rest < 0 ? rest + PRIME : rest >= PRIME ? rest - PRIME : rest;
}

/** a^(p−2) mod p: the inverse of a ≠ 0. */
export function inverse(a: number): number {
  let [result, base, power] = [1, a, PRIME - 2];
  while (power > 0) {
    if (power % 2 === 1) result = residue(result * base);
    base = residue(base * base);
    power = Math.floor(power / 2);
  }
  return result;
}

/** w(set) = Σ w over its columns, mod p. */
export function sumOver(witness: Float64Array | Float32Array, set: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < set.length; index++) sum += witness[set[index]!]!;
  return residue(sum);
}

/**
 * The span of the sets published so far, seen by witnesses. `start` makes a random function on the columns: of linear
 * sums, where columns are themselves sets of atoms.
 */
export type Span = {
  /** The witnesses in use: at least three, each zero on everything published. */
  live: readonly Float64Array[];
  /** New witnesses beside those in use. */
  fresh: () => Float64Array[];
  /** Publishes a set on which live witness `place` is not zero. */
  publish: (set: ArrayLike<number>, place: number) => void;
};

export function openSpan(columns: number, start: () => Float64Array): Span {
  const eliminators: Float32Array[] = [];
  const published: ArrayLike<number>[] = [];
  /** cross[k][l] = eliminator l on published set k, l < k. */
  const cross: Float64Array[] = [];
  const live: Float64Array[] = [];
  live.push(...fresh());
  return { live, fresh, publish };

  function publish(set: ArrayLike<number>, place: number): void {
    const chosen = live[place] as Float64Array;
    const scale = inverse(sumOver(chosen, set));
    // Residues are below 2²⁴, which single precision holds exactly.
    const eliminator = new Float32Array(columns);
    for (let column = 0; column < columns; column++) eliminator[column] = residue(chosen[column]! * scale);
    cross.push(Float64Array.from(eliminators, (earlier) => sumOver(earlier, set)));
    eliminators.push(eliminator);
    published.push(set);
    live.splice(place, 1);
    for (const witness of live) subtract(witness, sumOver(witness, set), eliminator);
    if (live.length < 3) live.push(...fresh());
  }

  function fresh(): Float64Array[] {
    const made = Array.from({ length: BATCH }, start);
    const factors = made.map((witness) => factorsOf(witness));
    const sum = new Float64Array(TILE);
    for (let from = 0; from < columns; from += TILE) {
      const to = Math.min(columns, from + TILE);
      for (let index = 0; index < BATCH; index++) {
        sum.fill(0);
        addMultiples(sum, factors[index]!, { from, to });
        const witness = made[index]!;
        for (let column = from; column < to; column++) {
          const rest = witness[column]! - sum[column - from]!;
          witness[column] = rest < 0 ? rest + PRIME : rest;
        }
      }
    }
    return made;
  }

  /** The multiples of the eliminators that a function has to lose: coefₖ = x(cₖ) − Σ_{l<k} coefₗ·yₗ(cₖ). */
  function factorsOf(witness: Float64Array): Float64Array {
    const factors = new Float64Array(eliminators.length);
    for (let k = 0; k < factors.length; k++) {
      const row = cross[k]!;
      let sum = 0;
      for (let from = 0; from < k; from += ADDED) {
        const to = Math.min(k, from + ADDED);
        for (let l = from; l < to; l++) sum += factors[l]! * row[l]!;
        sum = residue(sum);
      }
      const rest = sumOver(witness, published[k]!) - sum;
      factors[k] = rest < 0 ? rest + PRIME : rest;
    }
    return factors;
  }

  /** sum += Σ factor·eliminator over the columns of a tile, four eliminators at a time, reduced now and then. */
  function addMultiples(sum: Float64Array, factors: Float64Array, { from, to }: { from: number; to: number }): void {
    const length = to - from;
    for (let first = 0; first < eliminators.length; first += ADDED) {
      const last = Math.min(eliminators.length, first + ADDED);
      let k = first;
      for (; k + 3 < last; k += 4) {
        const [a, b, c, d] = [eliminators[k]!, eliminators[k + 1]!, eliminators[k + 2]!, eliminators[k + 3]!];
        const [fa, fb, fc, fd] = [factors[k]!, factors[k + 1]!, factors[k + 2]!, factors[k + 3]!];
        for (let at = 0; at < length; at++) {
          const column = from + at;
          sum[at] = sum[at]! + fa * a[column]! + fb * b[column]! + fc * c[column]! + fd * d[column]!;
        }
      }
      for (; k < last; k++) {
        const [own, factor] = [eliminators[k]!, factors[k]!];
        for (let at = 0; at < length; at++) sum[at] = sum[at]! + factor * own[from + at]!;
      }
      for (let at = 0; at < length; at++) sum[at] = residue(sum[at]!);
    }
  }
}

/** witness −= factor·eliminator. */
export function subtract(witness: Float64Array, factor: number, eliminator: Float64Array | Float32Array): void {
  if (factor === 0) return;
  const complement = PRIME - factor;
  for (let column = 0; column < witness.length; column++)
    witness[column] = residue(witness[column]! + complement * eliminator[column]!);
}
