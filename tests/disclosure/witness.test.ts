import { describe, expect, it } from "vitest";
import { combinationsZeroOn } from "../../server/disclosure/combinations.ts";
import { inverse, openSpan, PRIME, residue, subtract, sumOver } from "../../server/disclosure/witness.ts";
import { draws } from "../pipeline/made-up.ts";

const isPrime = (n: number) => {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return n > 1;
};

describe("arithmetic modulo p", () => {
  it("p is the largest prime below 2²², by trial division", () => {
    expect(isPrime(PRIME)).toBe(true);
    for (let n = PRIME + 1; n < 2 ** 22; n++) expect([n, isPrime(n)]).toEqual([n, false]);
  });

  it("a remainder is that of whole numbers of any length, to the last below 2⁵³", () => {
    const random = draws(1);
    const hard = [0, 1, PRIME - 1, PRIME, PRIME + 1, (PRIME - 1) ** 2, PRIME ** 2, PRIME ** 2 - 1, 2 ** 53 - 1];
    const multiples = Array.from({ length: 20_000 }, () => PRIME * random.below(2 ** 31 - 600) + random.below(3) - 1);
    const any = Array.from({ length: 20_000 }, () => Math.floor(random.next() * 2 ** 53));
    for (const x of [...hard, ...multiples.map(Math.abs), ...any])
      expect([x, residue(x)]).toEqual([x, Number(BigInt(x) % BigInt(PRIME))]);
  });

  it("a number times its inverse is one", () => {
    const random = draws(2);
    for (const a of [1, 2, PRIME - 1, PRIME - 2, ...Array.from({ length: 2_000 }, () => 1 + random.below(PRIME - 1))])
      expect([a, (BigInt(a) * BigInt(inverse(a))) % BigInt(PRIME)]).toEqual([a, 1n]);
  });
});

type Fraction = { over: bigint; under: bigint };

/** Whether a set is a linear combination of others, by elimination of exact fractions. */
function isCombination(published: readonly number[][], set: readonly number[], columns: number): boolean {
  const vector = (own: readonly number[]) =>
    Array.from({ length: columns }, (_, column): Fraction => ({ over: own.includes(column) ? 1n : 0n, under: 1n }));
  const rows: { at: number; row: Fraction[] }[] = [];
  const reduce = (row: Fraction[]) => {
    for (const { at, row: known } of rows) {
      const factor = row[at]!;
      if (factor.over === 0n) continue;
      for (const [column, value] of row.entries()) row[column] = minus(value, times(factor, known[column]!));
    }
    return row.findIndex(({ over }) => over !== 0n);
  };
  for (const own of published) {
    const row = vector(own);
    const at = reduce(row);
    if (at < 0) continue;
    const { over, under } = row[at]!;
    rows.push({ at, row: row.map((value) => times(value, { over: under, under: over })) });
  }
  return reduce(vector(set)) < 0;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const shorten = (over: bigint, under: bigint): Fraction => {
  const common = gcd(over, under) || 1n;
  return { over: over / common, under: under / common };
};
const times = (a: Fraction, b: Fraction) => shorten(a.over * b.over, a.under * b.under);
const minus = (a: Fraction, b: Fraction) => shorten(a.over * b.under - b.over * a.under, a.under * b.under);

describe("whether a set can be computed from published ones", () => {
  /** Published sets put into a span one by one, as long as some witness sees them. */
  const publish = (sets: readonly number[][], columns: number, seed: number) => {
    const random = draws(seed);
    const span = openSpan(columns, () => Float64Array.from({ length: columns }, () => random.below(PRIME)));
    for (const set of sets) {
      const place = span.live.findIndex((witness) => sumOver(witness, set) !== 0);
      if (place >= 0) span.publish(set, place);
    }
    return span;
  };
  const someOf = (columns: number, share: number, random: ReturnType<typeof draws>) =>
    Array.from({ length: columns }, (_, column) => column).filter(() => random.next() < share);

  it("three witnesses say of 1,500 sets what exact fractions say", () => {
    const random = draws(3);
    const found = { inside: 0, outside: 0 };
    for (let system = 0; system < 60; system++) {
      const columns = 4 + random.below(14);
      const sets = Array.from({ length: 1 + random.below(columns + 3) }, () =>
        someOf(columns, 0.2 + 0.5 * random.next(), random),
      );
      const span = publish(sets, columns, system);
      for (let one = 0; one < 25; one++) {
        const set = someOf(columns, 0.4, random);
        const exact = isCombination(sets, set, columns);
        found[exact ? "inside" : "outside"]++;
        expect(span.live.slice(0, 3).every((witness) => sumOver(witness, set) === 0)).toBe(exact);
      }
    }
    expect(Math.min(found.inside, found.outside)).toBeGreaterThan(300);
  });

  it("every witness, new or old, is zero on all that is published, after 400 of 600 columns", () => {
    const random = draws(4);
    const sets = Array.from({ length: 400 }, () => someOf(600, 0.3, random));
    const span = publish(sets, 600, 5);
    for (const witness of [...span.live, ...span.fresh()])
      expect(sets.every((set) => sumOver(witness, set) === 0)).toBe(true);
    // What was added up of them in exact whole numbers is seen too, and one more column is not.
    const [first, second] = [new Set(sets[0]), new Set(sets[1])];
    const either = [...first].filter((column) => !second.has(column));
    expect(span.live.every((witness) => sumOver(witness, either) === 0)).toBe(false);
  });

  it("a published set of a set's own parts: the rest of it is always found", () => {
    const random = draws(6);
    for (let one = 0; one < 200; one++) {
      const whole = someOf(40, 0.7, random);
      const part = whole.filter(() => random.next() < 0.5);
      const rest = whole.filter((column) => !part.includes(column));
      const span = publish([...Array.from({ length: 10 }, () => someOf(40, 0.5, random)), whole, part], 40, one);
      for (const witness of span.live) expect(sumOver(witness, rest)).toBe(0);
    }
  });

  it("taking a multiple away is taking it away in whole numbers modulo p", () => {
    const witness = Float64Array.of(0, 1, PRIME - 1, 12_345);
    subtract(witness, PRIME - 1, Float64Array.of(PRIME - 1, 1, PRIME - 1, 0));
    expect([...witness]).toEqual([PRIME - 1, 2, PRIME - 2, 12_345]);
  });
});

describe("combinations that are zero on some columns", () => {
  it("of 30 functions on 50 columns, zero on 20 of them, combinations of the functions, and nothing more", () => {
    const random = draws(7);
    const residues = () => random.below(PRIME);
    const published = Array.from({ length: 12 }, () =>
      Array.from({ length: 50 }, (_, at) => at).filter(() => random.next() < 0.4),
    );
    const span = openSpan(50, () => Float64Array.from({ length: 50 }, residues));
    for (const set of published) span.publish(set, 0);
    const functions = [...span.live, ...span.fresh(), ...span.fresh()].slice(0, 30);
    const silent = Array.from({ length: 20 }, (_, at) => 2 * at);
    const made = combinationsZeroOn(functions, silent, residues);
    expect(made.length).toBe(3);
    for (const own of made) {
      expect(silent.map((column) => own[column])).toEqual(silent.map(() => 0));
      for (const set of published) expect(sumOver(own, set)).toBe(0);
      expect(own.some((value) => value !== 0)).toBe(true);
    }
    expect(made[0]).not.toEqual(made[1]);
  });

  it("of no columns: any combination will do", () => {
    const random = draws(8);
    const made = combinationsZeroOn([Float64Array.of(1, 2), Float64Array.of(3, 4)], [], () => random.below(PRIME));
    for (const own of made) expect(own.some((value) => value !== 0)).toBe(true);
  });
});
