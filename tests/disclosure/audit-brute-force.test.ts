import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AuditedUniverse, auditUniverse, type Kind } from "../../server/disclosure/audit/audit.ts";
import { spanInFloats } from "../../server/disclosure/audit/float-span.ts";
import { PRIMES, spanModulo, spanOfTwoPrimes } from "../../server/disclosure/audit/modular-span.ts";
import { blocksOf } from "../../server/disclosure/audit/published-sets.ts";
import { type Cell, NO_LEAKS, type Records, tablesOf } from "./audited.ts";

const APART: [string, string][] = [["fine", "coarse"]];
const code = (name: string, codes: number) =>
  fc.option(
    fc.integer({ min: 0, max: codes - 1 }).map((at) => `${name}${at}`),
    { freq: 8 },
  );
const person = fc.record({ fine: code("f", 4), a: code("a", 2), b: code("b", 3), c: code("c", 3) });
const cell = fc.record(
  {
    place: fc.oneof(
      fc.constantFrom("f0", "f1", "f2", "f3").map((fine) => ({ fine })),
      fc.constantFrom("low", "high").map((coarse) => ({ coarse })),
      fc.constant({}),
    ),
    a: fc.constantFrom("a0", "a1"),
    b: fc.constantFrom("b0", "b1", "b2"),
    c: fc.constantFrom("c0", "c1", "c2"),
  },
  { requiredKeys: ["place"] },
);

/** Small universes; of the cells up to two dimensions, any. */
const universes = fc
  .record({
    people: fc.array(person, { maxLength: 30 }),
    cells: fc.array(cell, { maxLength: 25 }),
    words: fc.array(cell, { maxLength: 3 }),
    k: fc.integer({ min: 2, max: 6 }),
    ways: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer(),
  })
  .map(({ people, cells, words, k, ways, seed }): AuditedUniverse => {
    const records: Records = {
      fine: people.map(({ fine }) => fine),
      coarse: people.map(({ fine }) => (fine === null ? null : fine < "f2" ? "low" : "high")),
      a: people.map(({ a }) => a),
      b: people.map(({ b }) => b),
      c: people.map(({ c }) => c),
    };
    const flat = (drawn: typeof cells) =>
      drawn
        .map(({ place, ...others }): Cell => ({ ...place, ...others }))
        .filter((one) => Object.keys(one).length <= 2 || ways === 3);
    return {
      k,
      tables: tablesOf(Object.keys(records), ways, APART),
      records,
      apart: APART,
      views: [{ id: "half", holds: Uint8Array.from(people, (_, row) => (seed >> (row % 31)) & 1) }],
      valid: Uint8Array.from(people, (_, row) => Number((seed ^ (row * 7)) % 11 !== 0)),
      published: flat(cells),
      wordsOnly: flat(words),
    };
  });

describe("against an audit by exhaustion, in whole numbers of any size", () => {
  it("finds the same leaks of every kind, as outsider and in a view, by primes and in floating point", () => {
    const seen = { ...NO_LEAKS };
    fc.assert(
      fc.property(universes, (universe) => {
        const found = auditUniverse(universe);
        expect(auditUniverse(universe, spanInFloats)).toEqual(found);
        for (const { view, publishedBelow, derivable } of found) {
          const holds = universe.views.find(({ id }) => id === view)?.holds;
          const rows = rowsLeft(universe, holds);
          const expected = exhaust(universe, rows);
          expect({ publishedBelow, ...derivable }).toEqual(expected);
          for (const kind of Object.keys(seen) as Kind[]) seen[kind] += derivable[kind];
        }
      }),
      { numRuns: 300, seed: 20_260_101 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });

  it("each prime alone says of every set what whole numbers say", () => {
    const sets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1 }), { maxLength: 14 });
    fc.assert(
      fc.property(sets, fc.uniqueArray(fc.integer({ min: 0, max: 11 })), (cells, asked) => {
        const blocks = blocksOf(
          12,
          cells.map((rows) => ({ cell: {}, rows: Int32Array.from(rows).sort() })),
        );
        const touched = [...new Set(asked.map((row) => blocks.of[row]!))];
        const whole = Array.from({ length: 12 }, (_, row) => row).filter((row) => touched.includes(blocks.of[row]!));
        const expected = isCombination(cells, whole, 12);
        for (const prime of PRIMES) expect(spanModulo(prime, blocks)(Int32Array.from(touched))).toBe(expected);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it("a set that one prime takes for a sum is none where the other does not", () => {
    // All but one of four, four times: together three times everybody, which is nothing modulo 3.
    const [last, ...published] = [0, 1, 2, 3].map((left) => [0, 1, 2, 3].filter((row) => row !== left));
    const blocks = blocksOf(
      4,
      published.map((rows) => ({ cell: {}, rows: Int32Array.from(rows) })),
    );
    const asked = Int32Array.from(last!, (row) => blocks.of[row]!);
    expect(isCombination(published, last!, 4)).toBe(false);
    expect([3, PRIMES[0]].map((prime) => spanModulo(prime, blocks)(asked))).toEqual([true, false]);
    expect(spanOfTwoPrimes(blocks, [3, PRIMES[0]])(asked)).toBe(false);
    expect(spanOfTwoPrimes(blocks, [PRIMES[0], 3])(asked)).toBe(false);
  });

  it("the primes are two, are prime, and are not the gate's", () => {
    expect(new Set([...PRIMES, 67_108_859]).size).toBe(3);
    for (const prime of PRIMES) {
      expect(prime).toBeLessThan(2 ** 26);
      for (let divisor = 2; divisor * divisor <= prime; divisor++) expect(prime % divisor).not.toBe(0);
    }
  });
});

function rowsLeft({ records, valid }: AuditedUniverse, holds?: Uint8Array): number[] {
  return records.a!.map((_, row) => row).filter((row) => valid![row] !== 0 && !holds?.[row]);
}

/** Everything looked up row by row, nothing shared with the audit but its words. */
function exhaust(universe: AuditedUniverse, rows: readonly number[]) {
  const { k, records, tables, published, wordsOnly } = universe;
  const dims = Object.keys(records);
  const meet = (table: readonly string[]) => !(table.includes("fine") && table.includes("coarse"));
  const members = (one: Readonly<Record<string, string | null>>) =>
    rows.filter((row) => Object.entries(one).every(([dim, value]) => records[dim]![row] === value));
  const small = (set: readonly number[]) => set.length > 0 && set.length < k;
  const cellsIn = (table: readonly string[]) => {
    const named = rows.map((row) => table.map((dim) => records[dim]![row]!));
    return [...new Map(named.map((codes) => [JSON.stringify(codes), codes])).values()].map((codes) =>
      Object.fromEntries(table.map((dim, at) => [dim, codes[at] ?? null])),
    );
  };
  const once = (cells: readonly Readonly<Record<string, string>>[]) =>
    [...new Map(cells.map((one) => [JSON.stringify(Object.entries(one).sort()), one])).values()].filter(
      (one) => members(one).length > 0,
    );
  const shown = once(published);
  const sets = shown.map(members);
  const leaks = (secrets: readonly (readonly number[])[]) =>
    secrets.filter((secret) => isCombination(sets, secret, records.a!.length)).length;

  const declared = tables.map((table) => [...table].sort().join());
  const deeper = new Map(
    tables
      .flatMap((table) => dims.filter((dim) => !table.includes(dim)).map((dim) => [...table, dim].sort()))
      .filter((table) => meet(table) && !declared.includes(table.join()))
      .map((table) => [table.join(), table]),
  );
  const unions = tables.flatMap((table) => {
    const children = cellsIn(table)
      .map((one) => ({ one, set: members(one) }))
      .filter(({ set }) => small(set));
    return table.flatMap((split) => {
      const rest = table.filter((dim) => dim !== split);
      const parents = split === "fine" ? [rest, [...rest, "coarse"]] : [rest];
      return parents.flatMap((parent) =>
        cellsIn(parent).map((above) => {
          const whole = members(above);
          return children.filter(({ set }) => set.every((row) => whole.includes(row))).map(({ set }) => set);
        }),
      );
    });
  });
  const deepest = Math.max(...tables.map((table) => table.length));
  const exclusions = shown
    .filter((one) => Object.keys(one).length <= deepest - 1)
    .flatMap((one) => {
      const free = dims.filter((dim) => !(dim in one) && meet([...Object.keys(one), dim]));
      return free.flatMap((b) =>
        free
          .filter((c) => b < c && meet([b, c]))
          .flatMap((c) =>
            [...new Set(records[b])].flatMap((x) =>
              [...new Set(records[c])].map((y) =>
                members(one).filter((row) => records[b]![row] !== x && records[c]![row] !== y),
              ),
            ),
          ),
      );
    })
    .filter(small);
  return {
    publishedBelow: sets.filter(small).length,
    small: leaks(tables.flatMap(cellsIn).map(members).filter(small)),
    deeper: leaks([...deeper.values()].flatMap(cellsIn).map(members).filter(small)),
    unions: leaks(
      unions
        .filter((siblings) => siblings.length > 1)
        .map((siblings) => siblings.flat())
        .filter(small),
    ),
    differences: sets
      .flatMap((one) => sets.map((other) => ({ one, left: one.filter((row) => !other.includes(row)), other })))
      .filter(({ one, left, other }) => other.length + left.length === one.length && small(left)).length,
    exclusions: leaks([...new Map(exclusions.map((set) => [set.join(), set])).values()]),
    words: leaks(once(wordsOnly!).map(members)),
  };
}

/** Whether the last is a rational combination of the others: whole-number elimination, no fraction and no remainder. */
function isCombination(sets: readonly (readonly number[])[], asked: readonly number[], people: number): boolean {
  const vector = (set: readonly number[]) => Array.from({ length: people }, (_, row) => (set.includes(row) ? 1n : 0n));
  const basis: { pivot: number; values: bigint[] }[] = [];
  const reduce = (values: bigint[]) => {
    for (const { pivot, values: row } of basis) {
      const [own, other] = [values[pivot]!, row[pivot]!];
      if (own !== 0n) values = values.map((value, at) => value * other - row[at]! * own);
    }
    return values;
  };
  for (const set of sets) {
    const values = reduce(vector(set));
    const pivot = values.findIndex((value) => value !== 0n);
    if (pivot >= 0) basis.push({ pivot, values });
  }
  return reduce(vector(asked)).every((value) => value === 0n);
}
