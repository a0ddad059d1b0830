/**
 * Chance for the samples: a seed gives the same numbers on any machine. Only sums, products, square roots and
 * logarithms are used, no trigonometry, whose last digit differs between machines.
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    this.#state = splitMix(seed);
  }

  /** Uniform in (0, 1), never either end: xoshiro128** (Blackman & Vigna 2018), 32 bits. */
  uniform(): number {
    const s = this.#state;
    const result = Math.imul(rotate(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotate(s[3]!, 11);
    return (result + 0.5) / 4294967296;
  }

  /** Standard normal, by the inverse of its distribution function. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An index drawn with the given weights. */
  pick(weights: readonly number[]): number {
    let left = this.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < weights.length - 1; index++) {
      left -= weights[index]!;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Four words from a text: FNV-1a, then the SplitMix32 finaliser. */
function splitMix(seed: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (const letter of seed) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return Uint32Array.from({ length: 4 }, () => {
    hash = (hash + 0x9e3779b9) | 0;
    let word = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}

/**
 * Φ(x), the standard normal distribution function, by Marsaglia's series (2004):
 *
 *   Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …)
 *
 * Absolute error below 1e-14; 0 and 1 beyond ±8.
 */
export function normalDistribution(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.9189385332046727);
}

/** Φ⁻¹(p) for 0 < p < 1: Acklam's rational approximation, relative error below 1.2e-9. */
function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return horner(q, TAIL_ABOVE) / horner(q, TAIL_BELOW);
  }
  const q = p - 0.5;
  const r = q * q;
  return (horner(r, CENTRE_ABOVE) * q) / horner(r, CENTRE_BELOW);
}

function horner(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const CENTRE_ABOVE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_BELOW = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
];
const TAIL_ABOVE = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BELOW = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
