import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startSeeds } from "../../server/segmentation/k-means.ts";
import { type LatentClasses, latentClasses } from "../../server/segmentation/latent-class.ts";
import { createRandom } from "../../server/segmentation/random.ts";
import { largestDifference, readReference, seed } from "./reference.ts";

type Expected = { loglik: number; n_par: number; bic: number; class_share: number[]; item_prob: number[][] };
const binary = readReference<{ input: { X: number[][] }; expected: Record<string, Expected> }>("lca_binary");
const more = readReference<{ items: number[][]; classes: Record<string, number> }>("mixture_more");
const seeds = (starts: number, number = 1) => startSeeds(createRandom(seed(number)), starts);
const columnsOf = (rows: readonly (readonly number[])[]) =>
  rows[0]!.map((_, item) => Float64Array.from(rows, (row) => row[item]!));

function fitted(rows: readonly (readonly number[])[], clusters: number, starts = 60): LatentClasses {
  const found = latentClasses({ answers: columnsOf(rows), clusters }, seeds(starts));
  if ("refused" in found) throw new Error(found.refused);
  return found;
}

describe("latent classes", () => {
  it.each([1, 2, 3, 4])("of five yes-or-no items are those of the reference and of flexmix, k = %i", (clusters) => {
    const expected = binary.expected[clusters]!;
    const found = fitted(binary.input.X, clusters);
    expect(Math.abs(found.logLikelihood - expected.loglik)).toBeLessThan(1e-3);
    expect([found.parameters, Math.abs(found.bic - expected.bic) < 2e-3]).toEqual([expected.n_par, true]);
    expect(largestDifference(found.shares, expected.class_share)).toBeLessThan(2e-3);
    found.probabilities.forEach((items, c) => {
      const yes = items.map((chances) => chances[1]!);
      expect(largestDifference(yes, expected.item_prob[c]!), `class ${c}`).toBeLessThan(2e-3);
      for (const chances of items) expect(chances[0]! + chances[1]!).toBeCloseTo(1, 12);
    });
  });

  it.each([1, 2, 3, 4])("of items of two to four answers are those of 300 starts in numpy, k = %i", (clusters) => {
    const found = fitted(more.items, clusters);
    expect(Math.abs(found.logLikelihood - more.classes[clusters]!)).toBeLessThan(1e-3);
    // 1 + 2 + 3 + 1 + 2 free answers a class.
    expect(found.parameters).toBe(clusters - 1 + 9 * clusters);
    expect(found.bic).toBeCloseTo(-2 * found.logLikelihood + found.parameters * Math.log(300), 9);
  });

  it("do not know the order of the rows, nor what the answers are called", () => {
    const first = fitted(more.items, 3, 5);
    expect(fitted([...more.items].reverse(), 3, 5)).toEqual(first);
    const { answers, ...renamed } = fitted(
      more.items.map((row) => row.map((answer) => 25 * answer - 3)),
      3,
      5,
    );
    expect({ ...renamed, answers: first.answers }).toEqual(first);
    expect(answers[2]).toEqual([-3, 22, 47, 72]);
  });

  it("of one class are the shares of the answers", () => {
    const { probabilities, logLikelihood } = fitted(more.items, 1, 1);
    let byHand = 0;
    probabilities[0]!.forEach((chances, item) => {
      chances.forEach((chance, answer) => {
        const count = more.items.filter((row) => row[item] === answer).length;
        expect(chance).toBeCloseTo(count / 300, 12);
        byHand += count * Math.log(count / 300);
      });
    });
    expect(logLikelihood).toBeCloseTo(byHand, 9);
  });
});

describe("what has no latent classes", () => {
  const refusedOf = (rows: number[][], clusters: number) => {
    const found = latentClasses({ answers: columnsOf(rows), clusters }, seeds(3));
    return "refused" in found ? found.refused : null;
  };
  const ways = (times: number) =>
    Array.from({ length: 8 * times }, (_, row) => [row & 1, (row >> 1) & 1, (row >> 2) & 1]);

  it("is refused by name", () => {
    expect(refusedOf([[1, 0, 1]], 1)).toBe("constant-item");
    expect(refusedOf(ways(1).slice(0, 6), 2)).toBe("few-rows");
    expect(
      refusedOf(
        ways(4).map(([one, two]) => [one!, two!, 7]),
        1,
      ),
    ).toBe("constant-item");
    // Three yes-or-no items can be answered in 8 ways: 7 parameters of two classes, 11 of three.
    expect([refusedOf(ways(4), 2), refusedOf(ways(4), 3)]).toEqual([null, "not-identified"]);
    const two = Array.from({ length: 60 }, (_, row) => Array.from({ length: 6 }, () => row % 2));
    expect([refusedOf(two, 2), refusedOf(two, 3)]).toEqual([null, "few-different-rows"]);
    expect(latentClasses({ answers: [new Float64Array(0)], clusters: 1 }, seeds(1))).toEqual({ refused: "few-rows" });
  });

  it("never yields a number that is none", () => {
    const rows = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 1e6 }), (some, clusters, number) => {
        const found = latentClasses({ answers: columnsOf(some), clusters }, seeds(2, number));
        if ("refused" in found) return;
        const numbers = [found.logLikelihood, found.bic, ...found.shares, ...found.probabilities.flat(2)];
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(found.logLikelihood).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it("is a caller's mistake where answers are missing, or there is no item, no class and no start", () => {
    const whole = columnsOf(ways(2));
    const missing = [Float64Array.of(1, Number.NaN)];
    expect(() => latentClasses({ answers: missing, clusters: 1 }, seeds(1))).toThrow(RangeError);
    expect(() => latentClasses({ answers: [...whole, new Float64Array(3)], clusters: 1 }, seeds(1))).toThrow(
      RangeError,
    );
    expect(() => latentClasses({ answers: [], clusters: 1 }, seeds(1))).toThrow(RangeError);
    expect(() => latentClasses({ answers: whole, clusters: 0 }, seeds(1))).toThrow(RangeError);
    expect(() => latentClasses({ answers: whole, clusters: 1 }, [])).toThrow(RangeError);
  });
});
