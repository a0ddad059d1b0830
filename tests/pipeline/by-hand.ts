import Papa from "papaparse";

/**
 * What the tests of releases reckon by themselves: from the file's own text, with plain loops, by the formulas as METHOD
 * writes them. Nothing of server/ takes part.
 */
export type Line = Record<string, string>;

export function readCsv(text: string): Line[] {
  return Papa.parse<Line>(text, { header: true, delimiter: ";", skipEmptyLines: true }).data;
}

const MISSING = ["", "97", "98", "99"];

/** An answer of 0–10 as a score of 0–100; null where there is none. */
export const score = (text: string | undefined): number | null =>
  text === undefined || MISSING.includes(text) ? null : 10 * Number(text);

/** The mean of the answered items where enough are: all of two, half of three or more but two at least. */
export function scoreOfItems(line: Line, items: readonly string[]): number | null {
  const asked = items.filter((column) => line[column] !== "97");
  const given = asked.map((column) => score(line[column])).filter((value) => value !== null);
  const needed = asked.length > 2 ? Math.max(2, Math.ceil(asked.length / 2)) : asked.length;
  return asked.length === 0 || given.length < needed ? null : plainMean(given);
}

export const plainMean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** A number of a person with its weight. */
export type Weighed = { value: number; weight: number };

export function weighedMean(persons: readonly Weighed[]): number {
  let [total, weight] = [0, 0];
  for (const person of persons) {
    total += person.weight * person.value;
    weight += person.weight;
  }
  return total / weight;
}

/** Weight below or at which lies this share of the answers: the smallest answer for which that holds. */
export function weighedQuantile(persons: readonly Weighed[], share: number): number {
  const sorted = [...persons].sort((left, right) => left.value - right.value);
  const all = sorted.reduce((total, { weight }) => total + weight, 0);
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= share * all * (1 - 1e-12)) return value;
  }
  return Number.NaN;
}

/** What one person adds to a weighed mean. */
export const pull = ({ value, weight }: Weighed, persons: readonly Weighed[]): number =>
  (weight * (value - weighedMean(persons))) / persons.reduce((total, person) => total + person.weight, 0);

/** Variance of a sum over `units` units of which all but the given add 0: n/(n − 1) · Σ (t − t̄)². */
export function varianceOfUnits(given: readonly number[], units: number): number {
  const mean = given.reduce((total, value) => total + value, 0) / units;
  const squares = given.reduce((total, value) => total + (value - mean) ** 2, 0) + (units - given.length) * mean ** 2;
  return (units / (units - 1)) * squares;
}

/**
 * Student's t that 97.5 % lie below: with x = √df · tan θ the density is cos θ to the power df − 1, which is added up by
 * Simpson's rule, and the limit found by halving.
 */
export function critical(degreesOfFreedom: number): number {
  const upTo = (end: number) => {
    const steps = 2000;
    let total = 0;
    for (let step = 0; step <= steps; step++)
      total += (step % steps === 0 ? 1 : step % 2 ? 4 : 2) * Math.cos((end * step) / steps) ** (degreesOfFreedom - 1);
    return (total * end) / steps / 3;
  };
  const half = upTo(Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let turn = 0; turn < 50; turn++) {
    const middle = (low + high) / 2;
    if (upTo(middle) / half < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan(low);
}

/** Halves away from zero. */
export const rounded = (value: number, decimals = 0): number =>
  (Math.sign(value) * Math.floor(Math.abs(value) * 10 ** decimals + 0.5 + 1e-9)) / 10 ** decimals;
