import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { feldtInterval } from "../../server/scoring/cronbach-alpha.ts";
import {
  type ItemScores,
  type Reliability,
  reliabilityOf,
  reliabilityWord,
  reverseCodingConsequence,
} from "../../server/scoring/reliability.ts";
import { SHARED } from "../command.ts";
import { column, expectClose, reference } from "../statistics/reference.ts";
import { sharing } from "./made-up.ts";

const FIXTURE = join(SHARED, "oracles", "fixtures", "reliability.json");
const NOT_FINITE = /NaN|Infinity/;

function named(columns: readonly Float64Array[]): ItemScores[] {
  return columns.map((scores, item) => ({ id: `item-${item + 1}`, scores }));
}

function alphaOf(columns: readonly Float64Array[]): Extract<Reliability, { kind: "alpha" }> {
  const reliability = reliabilityOf(named(columns));
  if (reliability.kind !== "alpha") throw new Error(`an alpha was expected, not ${reliability.kind}`);
  return reliability;
}

/** Nothing that is not a number hides in an answer. */
function written(reliability: Reliability): string {
  return JSON.stringify(reliability, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}

test.skipIf(!existsSync(FIXTURE))(
  "psych::alpha in R: six scales and a pair, persons with gaps (needs ../shared/oracles)",
  () => {
    const { input, expected } = JSON.parse(readFileSync(FIXTURE, "utf8"));
    for (const [set, table] of Object.entries<Record<string, (number | null)[]>>(input)) {
      const columns = Object.values(table).map(column);
      const wanted = expected[set];
      if (set === "two_items") {
        const pair = reliabilityOf(named(columns));
        if (pair.kind !== "spearman-brown") throw new Error(pair.kind);
        expect(pair.complete).toBe(wanted.n_complete);
        expectClose(pair.correlation, wanted.r, 1e-9);
        expectClose(pair.coefficient, wanted.spearman_brown, 1e-9);
        continue;
      }
      const reliability = alphaOf(columns);
      expect(reliability.complete).toBe(wanted.n_complete);
      expectClose(reliability.alpha, wanted.alpha_raw, 1e-9);
      expectClose(reliability.standardisedAlpha, wanted.alpha_std, 1e-9);
      expectClose(reliability.low, wanted.alpha_ci95_feldt[0], 1e-7);
      expectClose(reliability.high, wanted.alpha_ci95_feldt[1], 1e-7);
      reliability.items.forEach((item, place) => {
        expectClose(item.alphaIfDeleted, wanted.alpha_if_deleted[place], 1e-9);
        expectClose(item.restCorrelation, wanted.item_rest_r[place], 1e-9);
      });
      if (reliability.omega.kind !== "omega") throw new Error(reliability.omega.kind);
      expect(Math.abs(reliability.omega.omega - wanted.omega_total_1f_ml)).toBeLessThan(1e-4);
    }
  },
);

test.each(Object.entries<Record<string, never>>(reference("omega_more").cases))(
  "base R on invented answers: α, Feldt's interval, standardised α, without each item, each item with the rest: %s",
  (_, wanted: Record<string, never>) => {
    const { answers, complete, alpha, feldt, standardised, deleted, rest } = wanted as unknown as {
      answers: (number | null)[][];
      complete: number;
      alpha: number;
      feldt: number[];
      standardised: number;
      deleted: number[];
      rest: number[];
    };
    const reliability = alphaOf(answers.map(column));
    expect(reliability.complete).toBe(complete);
    expectClose(reliability.alpha, alpha, 1e-9);
    expectClose(reliability.low, feldt[0]!, 1e-7);
    expectClose(reliability.high, feldt[1]!, 1e-7);
    expectClose(reliability.standardisedAlpha, standardised, 1e-9);
    reliability.items.forEach((item, place) => {
      expectClose(item.alphaIfDeleted, deleted[place]!, 1e-9);
      expectClose(item.restCorrelation, rest[place]!, 1e-9);
    });
  },
);

test("items that share half of their variance: α = k r/(1 + (k − 1) r) with r = ½, within its interval", () => {
  for (const [seed, items] of [3, 5, 10].entries()) {
    const { alpha, low, high } = alphaOf(sharing(items, 4000, seed + 1));
    const truth = (items * 0.5) / (1 + (items - 1) * 0.5);
    expect(low).toBeLessThan(alpha);
    expect(alpha).toBeLessThan(high);
    expect(Math.abs(alpha - truth)).toBeLessThan(0.015);
    expect(high - low).toBeLessThan(0.04);
  }
});

test("the same item thrice is α = 1 with an interval of no width; unrelated items are near 0", () => {
  const one = sharing(1, 80, 4)[0]!;
  const same = alphaOf([one, one.slice(), one.slice()]);
  expect([same.alpha, same.low, same.high].map((value) => value.toFixed(9))).toEqual(Array(3).fill("1.000000000"));
  expect(feldtInterval(1, 80, 3)).toEqual({ low: 1, high: 1 });
});

test("copies in other units are never more than perfect: no coefficient above 1, no limit out of order", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const one = sharing(1, 60, seed)[0]!;
    const copies = [1, 3, 7, 0.1, 9, 0.7, 11].map((unit) => one.map((score) => score / unit));
    const pair = reliabilityOf(named([one, copies[seed % 7]!]));
    expect(pair.kind === "spearman-brown" && pair.coefficient <= 1 && pair.correlation <= 1).toBe(true);
    const same = alphaOf(new Array(3 + (seed % 9)).fill(one));
    for (const { alpha, low, high, standardisedAlpha } of [alphaOf(copies), same])
      expect([low <= alpha, alpha <= high, high <= 1, standardisedAlpha! <= 1]).toEqual([true, true, true, true]);
  }
});

test("other units of the scale and another order of persons and items change no number", () => {
  const columns = sharing(4, 70, 5);
  const plain = alphaOf(columns);
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 50, noNaN: true }),
      fc.double({ min: -500, max: 500, noNaN: true }),
      (unit, shift) => {
        const moved = alphaOf(
          [...columns].reverse().map((scores) => scores.map((score) => unit * score + shift).reverse()),
        );
        for (const key of ["alpha", "low", "high", "standardisedAlpha"] as const)
          expect(moved[key]).toBeCloseTo(plain[key]!, 8);
        moved.items.reverse().forEach((item, place) => {
          expect(item.restCorrelation).toBeCloseTo(plain.items[place]!.restCorrelation!, 8);
          expect(item.alphaIfDeleted).toBeCloseTo(plain.items[place]!.alphaIfDeleted!, 8);
        });
      },
    ),
    { numRuns: 40 },
  );
});

test("a person with a gap plays no part", () => {
  const columns = sharing(3, 60, 6);
  const gap = columns.map((scores, item) => Float64Array.of(...scores, item === 1 ? Number.NaN : 1000 * item));
  expect(alphaOf(gap)).toEqual(alphaOf(columns));
});

test("an item coded the wrong way round stands out: of two or three it is named, of many its rest correlation is below 0", () => {
  const flip = (scores: Float64Array) => scores.map((score) => 100 - score);
  const [first, second, third] = sharing(3, 200, 7) as [Float64Array, Float64Array, Float64Array];
  const pair = reliabilityOf(named([first, flip(second)]));
  expect(pair.kind).toBe("reverse-coded?");
  const three = reliabilityOf(named([first, second, flip(third)]));
  if (three.kind !== "reverse-coded?") throw new Error(three.kind);
  const lowest = Math.min(...three.items.map(({ restCorrelation }) => restCorrelation!));
  expect(three.items.find(({ restCorrelation }) => restCorrelation === lowest)!.id).toBe("item-3");
  expect([reverseCodingConsequence(three, false), reverseCodingConsequence(three, true)]).toEqual(["block", "note"]);
  expect([reliabilityWord(three, false), reliabilityWord(three, true)]).toEqual(["separate", "formative"]);
  const many = sharing(8, 200, 8);
  const one = alphaOf([...many.slice(0, 7), flip(many[7]!)]);
  expect(one.items[7]!.restCorrelation).toBeLessThan(0);
  expect(one.items.slice(0, 7).every(({ restCorrelation }) => restCorrelation! > 0)).toBe(true);
  expect(reverseCodingConsequence(one, false)).toBeNull();
});

test("49 who answered every item are too few, 50 are not", () => {
  expect(reliabilityOf(named(sharing(3, 49, 9)))).toEqual({ kind: "too-few", complete: 49, dropped: [] });
  expect(reliabilityOf(named(sharing(3, 50, 9))).kind).toBe("alpha");
  expect(reliabilityOf(named(sharing(2, 49, 9)))).toEqual({ kind: "too-few", complete: 49, dropped: [] });
  const alternating = sharing(2, 100, 9).map((scores, item) =>
    scores.map((score, person) => (person % 2 === item ? Number.NaN : score)),
  );
  expect(reliabilityOf(named(alternating))).toEqual({ kind: "too-few", complete: 0, dropped: [] });
});

test("items that say nothing are left out with notice, and their gaps with them", () => {
  const [first, second, third] = sharing(3, 60, 10) as [Float64Array, Float64Array, Float64Array];
  const silent = new Float64Array(60).fill(Number.NaN);
  const agreed = new Float64Array(60).fill(75).map((score, person) => (person < 8 ? Number.NaN : score));
  const plain = alphaOf([first, second, third]);
  const named5 = named([first, silent, second, agreed, third]);
  const reliability = reliabilityOf(named5);
  expect(reliability.dropped).toEqual([
    { id: "item-2", reason: "unanswered" },
    { id: "item-4", reason: "constant" },
  ]);
  if (reliability.kind !== "alpha") throw new Error(reliability.kind);
  expect([reliability.alpha, reliability.complete]).toEqual([plain.alpha, 60]);
  expect(reliabilityOf(named([first, agreed]))).toEqual({
    kind: "one-item",
    dropped: [{ id: "item-2", reason: "constant" }],
  });
  expect(reliabilityOf(named([first])).kind).toBe("one-item");
  expect(reliabilityOf(named([silent, silent])).kind).toBe("no-items");
  expect(reliabilityOf(named([agreed, agreed, agreed])).kind).toBe("no-items");
});

test("one person, nobody, zeros and ones, mirror images, copies: a named case each, and never a number that is none", () => {
  const item = sharing(1, 60, 11)[0]!;
  const mirror = item.map((score) => 100 - score);
  const other = sharing(1, 60, 12)[0]!;
  const yesNo = sharing(3, 60, 13).map((scores) => scores.map((score) => (score > 50 ? 100 : 0)));
  const seen = [
    [sharing(3, 1, 1), "too-few"],
    [sharing(3, 0, 1), "no-items"],
    [yesNo, "alpha"],
    [[item, mirror], "reverse-coded?"],
    [[item, mirror, other], "reverse-coded?"],
    [[item, item, item], "alpha"],
    [[item, item], "spearman-brown"],
    [[item, item.map((score) => score / 2), other], "alpha"],
  ] as const;
  for (const [columns, kind] of seen) {
    const reliability = reliabilityOf(named(columns as Float64Array[]));
    expect(reliability.kind).toBe(kind);
    expect(written(reliability)).not.toMatch(NOT_FINITE);
  }
});

test("whatever few answers there are, an answer is a named case without a number that is none", () => {
  const answer = fc.constantFrom(0, 25, 50, 100, Number.NaN);
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 70 }))
    .chain(([items, persons]) =>
      fc.array(fc.array(answer, { minLength: persons, maxLength: persons }), { minLength: items, maxLength: items }),
    );
  fc.assert(
    fc.property(table, (columns) => {
      const plain = reliabilityOf(named(columns.map((scores) => Float64Array.from(scores))));
      expect(written(plain)).not.toMatch(NOT_FINITE);
    }),
  );
  // Answers without gaps from a scale of two or three, repeated: many ties, mirror images and constants.
  const coarse = fc.array(fc.array(fc.constantFrom(0, 100), { minLength: 4, maxLength: 4 }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(coarse, (columns) => {
      const repeated = columns.map((scores) => Float64Array.from({ length: 60 }, (_, person) => scores[person % 4]!));
      expect(written(reliabilityOf(named(repeated)))).not.toMatch(NOT_FINITE);
    }),
  );
});

test("a word each: .80 good, .70 acceptable, .60 weak, below that separate; formative where the codebook says so", () => {
  const at = (coefficient: number): Reliability => ({
    kind: "spearman-brown",
    complete: 60,
    coefficient,
    correlation: 0,
    dropped: [],
  });
  const words = [1, 0.8, 0.799, 0.7, 0.699, 0.6, 0.599, 0].map((coefficient) =>
    reliabilityWord(at(coefficient), false),
  );
  expect(words).toEqual(["good", "good", "acceptable", "acceptable", "weak", "weak", "separate", "separate"]);
  expect(reliabilityWord(at(0.9), true)).toBe("formative");
  for (const formative of [true, false]) {
    expect(reliabilityWord({ kind: "too-few", complete: 3, dropped: [] }, formative)).toBeNull();
    expect(reliabilityWord({ kind: "one-item", dropped: [] }, formative)).toBeNull();
  }
});

test("no items, columns of unequal length and infinite scores are refused", () => {
  for (const wrong of [[], [new Float64Array(2), new Float64Array(3)], [Float64Array.of(1, Number.POSITIVE_INFINITY)]])
    expect(() => reliabilityOf(named(wrong))).toThrow(RangeError);
});
