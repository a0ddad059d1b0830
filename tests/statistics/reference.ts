import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Design } from "../../server/statistics/design.ts";

/** Numbers that another program made: tests/reference/<name>.json. */
// biome-ignore lint/suspicious/noExplicitAny: each file has its own shape, and a wrong path fails the test that reads it
export function reference(name: string): any {
  return JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
}

/** A column of a reference table; null is missing. */
export function column(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

/** Rows for which something holds. */
export function rowsWhere(rows: number, holds: (row: number) => boolean): Int32Array {
  return Int32Array.from(Array.from({ length: rows }, (_, row) => row).filter(holds));
}

/** Labels numbered from 0 in order of appearance. */
export function numbered(labels: readonly unknown[]): Int32Array {
  const places = new Map<unknown, number>();
  return Int32Array.from(labels, (label) => {
    if (!places.has(label)) places.set(label, places.size);
    return places.get(label)!;
  });
}

/** The design of a reference table: strata and units by their labels, where it declares them. */
export function designOf(weights: readonly number[], strata?: readonly unknown[], units?: readonly unknown[]): Design {
  return {
    weights: Float64Array.from(weights),
    strata: strata ? numbered(strata) : new Int32Array(weights.length),
    units: units ? numbered(units) : numbered(weights.map((_, row) => row)),
  };
}

/** Relative closeness, as the oracles state it. */
export function expectClose(actual: number | null | undefined, expected: number, relative: number): void {
  expect(actual).not.toBeNull();
  expect(actual, `${actual} should be ${expected}`).toSatisfy(
    (value: number) => Math.abs(value - expected) <= relative * Math.max(Math.abs(expected), 1e-300),
  );
}

/** Drawn numbers that are the same every time: uniform on [0, 1) and standard normal (mulberry32; Box and Muller). */
export function drawing(seed: number): { uniform: () => number; normal: () => number; below: (n: number) => number } {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, below: (n) => Math.floor(uniform() * n) };
}
