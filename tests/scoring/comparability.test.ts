import { expect, test } from "vitest";
import { compareItems, type DimensionWave, type ItemComparability } from "../../server/scoring/comparability.ts";
import { sharing } from "./made-up.ts";

/** Items a, b, c … of one wave, everyone asked, weights 1 where none are given. */
function wave(columns: readonly Float64Array[], weights?: Float64Array): DimensionWave {
  const persons = columns[0]!.length;
  const items = columns.map(
    (scores, item) =>
      ["abcdefgh"[item]!, { scores: scores.map(within), administered: new Uint8Array(persons).fill(1) }] as const,
  );
  return { items: new Map(items), weights: weights ?? new Float64Array(persons).fill(1) };
}

const within = (score: number) => Math.min(100, Math.max(0, score));

function shifts(comparisons: readonly ItemComparability[]): number[] {
  return comparisons.map((item) => (item.kind === "compared" ? item.shift : Number.NaN));
}

test("the same answers again are the same; a wave in which everyone is better off is too", () => {
  const columns = sharing(4, 200, 41).map((scores) => scores.map((score) => 40 + (within(score) - 50) / 2));
  const same = compareItems(wave(columns), wave(columns));
  expect(same.map(({ id, kind }) => `${id} ${kind}`)).toEqual(["a compared", "b compared", "c compared", "d compared"]);
  expect(shifts(same)).toEqual([0, 0, 0, 0]);
  const better = compareItems(wave(columns), wave(columns.map((scores) => scores.map((score) => score + 20))));
  for (const item of better) expect(item).toMatchObject({ kind: "compared", differs: false });
  for (const shift of shifts(better)) expect(shift).toBeCloseTo(0, 9);
});

test("an item that moves alone by x shows (1 − 1/J) x, each other one −x/J, in the baseline's standard deviations", () => {
  const columns = sharing(4, 300, 42).map((scores) => scores.map((score) => 45 + (within(score) - 50) / 2));
  const moved = columns.map((scores, item) => (item === 2 ? scores.map((score) => score + 6) : scores));
  const compared = compareItems(wave(columns), wave(moved));
  compared.forEach((item, place) => {
    if (item.kind !== "compared") throw new Error(item.kind);
    expect(item.later - item.baseline).toBeCloseTo(place === 2 ? 4.5 : -1.5, 9);
    const away = columns[place]!.map(
      (score, person) => score - columns.reduce((sum, scores) => sum + scores[person]! / 4, 0),
    );
    const mean = away.reduce((sum, one) => sum + one / 300, 0);
    const deviation = Math.sqrt(away.reduce((sum, one) => sum + (one - mean) ** 2 / 300, 0));
    expect(item.shift).toBeCloseTo((place === 2 ? 4.5 : -1.5) / deviation, 9);
    expect(item.differs).toBe(Math.abs(item.shift) > 0.2);
  });
  expect(compared[2]).toMatchObject({ differs: true });
});

/** Two items, deviations ±4 and 0: mean 0, standard deviation 4 where half are off. */
const half = (offset: number) => Float64Array.from({ length: 100 }, (_, person) => 50 + (person % 2 ? 4 : -4) + offset);
const level = new Float64Array(100).fill(50);

test("a shift of just under 0.2 standard deviations is let be, one just above is not", () => {
  const before = wave([half(0), level]);
  // d of an item among two is half their distance: ±2, so that 0.2 standard deviations are 0.4, an offset of 0.8.
  const [under, over] = [0.79, 0.81].map((offset) => compareItems(before, wave([half(offset), level])));
  expect(under!.map((item) => item.kind === "compared" && item.differs)).toEqual([false, false]);
  expect(over!.map((item) => item.kind === "compared" && item.differs)).toEqual([true, true]);
});

test("weights count: a sample with twice as many young people, weighted back, shows no shift; unweighted it would", () => {
  // Young people lie 10 above on the first item, old ones 10 below.
  const people = (young: number, old: number) => [
    Float64Array.from({ length: young + old }, (_, person) => (person < young ? 60 : 40)),
    new Float64Array(young + old).fill(50),
  ];
  const weights = Float64Array.from({ length: 150 }, (_, person) => (person < 100 ? 0.75 : 1.5));
  const baseline = wave(people(75, 75));
  for (const shift of shifts(compareItems(baseline, wave(people(100, 50), weights)))) expect(shift).toBeCloseTo(0, 9);
  expect(shifts(compareItems(baseline, wave(people(100, 50))))[0]).toBeGreaterThan(0.2);
  expect(shifts(compareItems(wave(people(100, 50), weights), baseline))[0]).toBeCloseTo(0, 9);
});

test("an item that came or went moves no other one, and is named", () => {
  const columns = sharing(4, 120, 43);
  const first = wave(columns);
  const [a, b, , d] = [...first.items];
  const without: DimensionWave = { items: new Map([a!, b!, d!]), weights: first.weights };
  expect(compareItems(first, without).map(({ kind }) => kind)).toEqual(["compared", "compared", "gone", "compared"]);
  const back = compareItems(without, first);
  expect(back.map(({ id, kind }) => `${id} ${kind}`)).toEqual(["a compared", "b compared", "d compared", "c new"]);
  expect(shifts(back.slice(0, 3))).toEqual([0, 0, 0]);
});

test("few persons, one shared item, everyone alike, nobody: a named case, never a number that is none", () => {
  const columns = sharing(3, 50, 44);
  const fifty = wave(columns);
  const fortyNine = wave(columns.map((scores) => scores.slice(0, 49)));
  const kinds = (before: DimensionWave, after: DimensionWave) => compareItems(before, after).map(({ kind }) => kind);
  expect(kinds(fifty, fifty)).toEqual(["compared", "compared", "compared"]);
  expect(kinds(fifty, fortyNine)).toEqual(["too-few", "too-few", "too-few"]);
  expect(kinds(fortyNine, fifty)).toEqual(["too-few", "too-few", "too-few"]);
  expect(kinds(wave([level]), wave([level]))).toEqual(["alone"]);
  expect(kinds(wave([level, level]), wave([half(0), level]))).toEqual(["no-spread", "no-spread"]);
  expect(kinds(fifty, wave(columns.map(() => new Float64Array(60).fill(Number.NaN))))).toEqual(
    Array(3).fill("too-few"),
  );
  expect(kinds(fifty, wave([new Float64Array(0), new Float64Array(0)]))).toEqual(["too-few", "too-few", "gone"]);
  expect(kinds({ items: new Map(), weights: new Float64Array(0) }, fifty)).toEqual(["new", "new", "new"]);
});

test("a weight of 0 and columns of unequal length are refused", () => {
  expect(() => compareItems(wave([level, level], new Float64Array(100)), wave([level, level]))).toThrow(RangeError);
  expect(() => compareItems(wave([level, level]), wave([level, level], new Float64Array(99).fill(1)))).toThrow(
    RangeError,
  );
});
