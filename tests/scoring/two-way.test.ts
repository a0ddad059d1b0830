import fc from "fast-check";
import { expect, test } from "vitest";
import { type ScoredItem, scoreDimension } from "../../server/scoring/dimension-score.ts";
import { dependsOnMissingAnswers, dimensionScoreTwoWay } from "../../server/scoring/two-way.ts";
import { column, reference } from "../statistics/reference.ts";

/** Persons' rows → items; null was asked and not answered, undefined was not asked. */
function itemsOf(rows: readonly (readonly (number | null | undefined)[])[]): ScoredItem[] {
  return rows[0]!.map((_, item) => ({
    scores: column(rows.map((row) => row[item] ?? null)),
    administered: Uint8Array.from(rows, (row) => (row[item] === undefined ? 0 : 1)),
  }));
}

test("base R on sixty persons with gaps", () => {
  const { input, expected } = reference("scoring_two_way");
  const scores = dimensionScoreTwoWay(itemsOf(input.items_0_100));
  expect(expected.dimension_mean.length).toBe(scores.length);
  expected.dimension_mean.forEach((mean: number | null, person: number) => {
    if (mean === null) expect(scores[person]).toBeNaN();
    else expect(scores[person]).toBeCloseTo(mean, 9);
  });
});

test("by hand: the person's mean, moved by how far the item lies from all answers, and not clipped", () => {
  // Item means 10 and 90, all answers 50: a guess is the person's mean − 40 or + 40.
  const rows = [
    [0, 80],
    [20, 100],
    [null, 90],
    [10, null],
  ];
  const scores = dimensionScoreTwoWay(itemsOf(rows));
  expect([...scores]).toEqual([40, 60, (90 + 50) / 2, (10 + 50) / 2]);
  // Item means 40 and 90, all answers 60: 100 on the hard one makes 130 of the easy one.
  expect(
    dimensionScoreTwoWay(
      itemsOf([
        [0, 80],
        [20, 100],
        [100, null],
      ]),
    )[2],
  ).toBe(115);
});

test("where nothing is missing it is the dimension score; what was not asked stays out of it", () => {
  const answer = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(undefined));
  const rows = fc
    .integer({ min: 1, max: 6 })
    .chain((items) =>
      fc.array(fc.array(answer, { minLength: items, maxLength: items }), { minLength: 1, maxLength: 20 }),
    );
  fc.assert(
    fc.property(rows, (table) => {
      const items = itemsOf(table);
      const plain = scoreDimension(items);
      dimensionScoreTwoWay(items).forEach((score, person) => {
        if (Number.isNaN(plain[person]!)) expect(score).toBeNaN();
        else expect(score).toBeCloseTo(plain[person]!, 9);
      });
    }),
  );
});

test("one answer is enough, none is not; an item that nobody answered says nothing", () => {
  const rows = [
    [30, null, null, null],
    [null, null, null, null],
    [50, 70, 60, null],
    [undefined, undefined, undefined, undefined],
  ];
  const scores = dimensionScoreTwoWay(itemsOf(rows));
  expect(scores[0]).toBeCloseTo((30 + (30 + 70 - 52.5) + (30 + 60 - 52.5)) / 3, 9);
  expect([scores[1], scores[3]]).toEqual([Number.NaN, Number.NaN]);
  expect(scores[2]).toBe(60);
  expect([...dimensionScoreTwoWay(itemsOf([[null, null]]))]).toEqual([Number.NaN]);
});

test("answers that are missing where items differ move the mean, and a move of more than 1 point is said", () => {
  // A hard item that half leave out: their scores by the half rule are of the easy ones alone.
  const rows = Array.from({ length: 40 }, (_, person) => [80, 80, person % 2 ? 20 : null]);
  const items = itemsOf(rows);
  const mean = (scores: Float64Array) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const [plain, guessed] = [mean(scoreDimension(items)), mean(dimensionScoreTwoWay(items))];
  expect(plain).toBeCloseTo(70, 9);
  expect(guessed).toBeCloseTo((60 + (240 + 20 - 68) / 3) / 2, 9);
  expect(dependsOnMissingAnswers(plain, guessed)).toBe(true);
  expect([dependsOnMissingAnswers(70, 71), dependsOnMissingAnswers(70, 68.9)]).toEqual([false, true]);
});

test("an answer to what was not asked is refused", () => {
  expect(() => dimensionScoreTwoWay([{ scores: Float64Array.of(1), administered: Uint8Array.of(0) }])).toThrow(
    RangeError,
  );
  expect(() => dimensionScoreTwoWay([])).toThrow(RangeError);
});
