/** A seeded stream of random numbers. The same seed gives the same stream on every machine. */
export type Random = {
  /** The next raw output of the generator: a whole number in [0, 2³²). */
  bits(): number;
  /** A number in [0, 1) with 53 bits, made of two raw outputs. */
  next(): number;
  /** A whole number in {0, …, n − 1}, each exactly as likely. */
  below(n: number): number;
};

const WORDS = 4;
const HEX_OF_WORD = 8;
const TWO_32 = 2 ** 32;

/**
 * xoshiro128**: 128 bits of state, 32 bits a step.
 *
 *   output = rotl(s₁·5, 7)·9
 *   t = s₁ << 9;  s₂ ^= s₀;  s₃ ^= s₁;  s₁ ^= s₂;  s₀ ^= s₃;  s₂ ^= t;  s₃ = rotl(s₃, 11)
 *
 * The state s₀…s₃ is the first 32 characters of `seedHex`, eight a word, most significant first; more characters
 * (a SHA-256 has 64) are left unused. `next` is (⌊a/2⁵⌋·2²⁶ + ⌊b/2⁶⌋)/2⁵³ of two outputs a, b. `below` draws
 * again whenever an output falls in the incomplete last stretch of n, so that no value is favoured.
 *
 * Refused (RangeError): fewer than 32 hexadecimal characters, the state 0 (it yields only zeros), and n outside 1…2³².
 * Source: Blackman & Vigna (2021), Scrambled linear pseudorandom number generators; prng.di.unimi.it.
 */
export function createRandom(seedHex: string): Random {
  const state = stateOf(seedHex);
  let s0 = state[0]!;
  let s1 = state[1]!;
  let s2 = state[2]!;
  let s3 = state[3]!;

  function bits(): number {
    const output = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return output;
  }

  function next(): number {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  function below(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_32) throw new RangeError("below needs a whole number in 1…2³²");
    const fair = TWO_32 - (TWO_32 % n);
    let drawn = bits();
    while (drawn >= fair) drawn = bits();
    return drawn % n;
  }

  return { bits, next, below };
}

/**
 * A seed of its own for a part of the work, drawn from `random`: four raw outputs as 32 hexadecimal characters. Parts that
 * have their own seeds may be done in any order, by any thread, with the same bits.
 */
export function drawSeed(random: Random): string {
  let seed = "";
  for (let word = 0; word < WORDS; word++) seed += random.bits().toString(16).padStart(HEX_OF_WORD, "0");
  return /^0+$/.test(seed) ? drawSeed(random) : seed;
}

/**
 * Independent standard normal numbers, by Marsaglia's polar method: u, v uniform in (−1, 1), taken when 0 < s = u² + v² < 1.
 *
 *   g₁ = u·√(−2 ln s / s),   g₂ = v·√(−2 ln s / s)                                        Marsaglia & Bray (1964)
 *
 * `Math.log` is V8's port of fdlibm, the same on every machine; the rest is + − × ÷ √.
 */
export function drawNormals(count: number, random: Random): Float64Array {
  const normals = new Float64Array(count);
  for (let index = 0; index < count; ) {
    const u = 2 * random.next() - 1;
    const v = 2 * random.next() - 1;
    const s = u * u + v * v;
    if (s === 0 || s >= 1) continue;
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    normals[index++] = u * scale;
    if (index < count) normals[index++] = v * scale;
  }
  return normals;
}

function stateOf(seedHex: string): Int32Array {
  if (!/^[0-9a-f]{32,}$/i.test(seedHex)) throw new RangeError("a seed is at least 32 hexadecimal characters");
  const state = new Int32Array(WORDS);
  for (let word = 0; word < WORDS; word++) {
    state[word] = Number.parseInt(seedHex.slice(word * HEX_OF_WORD, (word + 1) * HEX_OF_WORD), 16) | 0;
  }
  if (state.every((word) => word === 0)) throw new RangeError("the state 0 yields only zeros");
  return state;
}

function rotateLeft(word: number, places: number): number {
  return (word << places) | (word >>> (32 - places));
}
