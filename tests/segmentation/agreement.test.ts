import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustedRandIndex } from "../../server/segmentation/adjusted-rand.ts";
import { greatestJaccard } from "../../server/segmentation/jaccard.ts";
import { largestDifference, readReference } from "./reference.ts";

const published = readReference<{
  input: { pairs: [number[], number[]][] };
  expected: { ari: number[]; jaccard_of_first_by_second: number[][] };
}>("ari_jaccard");

const groupings = fc.integer({ min: 1, max: 30 }).chain((people) =>
  fc.record({
    first: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: people, maxLength: people }),
    second: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: people, maxLength: people }),
    times: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: people, maxLength: people }),
  }),
);
const words = (numbers: readonly number[]) => Int32Array.from(numbers);
/** Row i as often as it was drawn. */
const repeated = (labels: readonly number[], times: readonly number[]) =>
  words(labels.flatMap((label, row) => new Array<number>(times[row]!).fill(label)));

describe("the adjusted Rand index", () => {
  it.each(published.input.pairs.map((pair, index) => [index, pair] as const))(
    "of pair %i is scikit-learn's",
    (index, pair) => {
      const found = adjustedRandIndex(words(pair[0]), words(pair[1]));
      expect(Math.abs(found - published.expected.ari[index]!)).toBeLessThan(1e-12);
    },
  );

  it("is that of counting every pair of people, one by one", () => {
    fc.assert(
      fc.property(groupings, ({ first, second }) => {
        const pairs = first.flatMap((_, i) => first.slice(i + 1).map((_, j) => [i, i + 1 + j] as const));
        const count = (inFirst: boolean, inSecond: boolean) =>
          pairs.filter(([i, j]) => (first[i] === first[j]) === inFirst && (second[i] === second[j]) === inSecond)
            .length;
        const [both, one, other, none] = [
          count(true, true),
          count(true, false),
          count(false, true),
          count(false, false),
        ];
        const expected = ((both + one) * (both + other)) / (both + one + other + none);
        const most = (both + one + (both + other)) / 2;
        const index = one === 0 && other === 0 ? 1 : (both - expected) / (most - expected);
        expect(adjustedRandIndex(words(first), words(second))).toBeCloseTo(index, 10);
      }),
    );
  });

  it("knows no numbers of groups, no first and second, and takes a person drawn twice for two", () => {
    fc.assert(
      fc.property(groupings, ({ first, second, times }) => {
        const index = adjustedRandIndex(words(first), words(second), times);
        expect(adjustedRandIndex(words(second), words(first), times)).toBeCloseTo(index, 12);
        expect(adjustedRandIndex(words(first.map((label) => 7 - label)), words(second), times)).toBe(index);
        expect(adjustedRandIndex(repeated(first, times), repeated(second, times))).toBe(index);
      }),
    );
  });

  it("refuses lists of unequal length and people without a group", () => {
    expect(() => adjustedRandIndex(words([0, 1]), words([0]))).toThrow(RangeError);
    expect(() => adjustedRandIndex(words([0, -1]), words([0, 1]))).toThrow(RangeError);
  });
});

describe("how much of each group is found again", () => {
  it("is what the reference counts", () => {
    published.input.pairs.forEach(([first, second], index) => {
      const expected = published.expected.jaccard_of_first_by_second[index]!;
      const found = greatestJaccard(words(first), words(second), Math.max(...first) + 1);
      expect(largestDifference(found, expected), `pair ${index}`).toBeLessThan(1e-12);
    });
  });

  it("is the greatest share of a group in common with another, by sets of people; 0 for a group without people", () => {
    fc.assert(
      fc.property(groupings, ({ first, second, times }) => {
        const people = repeated([...first.keys()], times).map((row, person) => row * 1000 + person);
        const setOf = (labels: number[], label: number) =>
          new Set([...people].filter((person) => labels[Math.floor(person / 1000)] === label));
        const found = greatestJaccard(words(first), words(second), 6, times);
        for (let group = 0; group < 6; group++) {
          const own = setOf(first, group);
          const shares = [0, 1, 2, 3, 4, 5].map((label) => {
            const other = setOf(second, label);
            const both = [...own].filter((person) => other.has(person)).length;
            return both === 0 ? 0 : both / (own.size + other.size - both);
          });
          expect(found[group]).toBeCloseTo(Math.max(...shares), 12);
        }
      }),
    );
  });
});
