import fc from "fast-check";
import { expect, test } from "vitest";
import { type ScoredItem, scoreDimension } from "../../server/scoring/dimension-score.ts";
import { rescaleItem } from "../../server/scoring/rescale.ts";
import { reference } from "../statistics/reference.ts";

test("the reference scorer in R: eight dimensions of forty persons, with don't-knows, refusals and a reversed scale", () => {
  const { input, expected } = reference("scoring_dimensions");
  for (const dimension of input.meta) {
    const items = dimension.items.map((item: string): ScoredItem => {
      const answers: (number | null)[] = input.rows[item];
      const score = (answer: number | null) =>
        answer === null || dimension.missing_codes[answer]
          ? Number.NaN
          : rescaleItem(answer, dimension.min, dimension.max, dimension.reverse ? "-" : "+");
      return { scores: Float64Array.from(answers, score), administered: new Uint8Array(answers.length).fill(1) };
    });
    const scores = scoreDimension(items);
    expected.scores[dimension.id].forEach((score: number | null, person: number) => {
      if (score === null) expect(scores[person]).toBeNaN();
      else expect(scores[person]).toBeCloseTo(score, 9);
    });
  }
});

/** One person's items: a score, "missing" when asked without an answer, "unasked" otherwise. */
function scoreOf(...answers: (number | "missing" | "unasked")[]): number {
  const items = answers.map((answer) => ({
    scores: Float64Array.of(typeof answer === "number" ? answer : Number.NaN),
    administered: Uint8Array.of(answer === "unasked" ? 0 : 1),
  }));
  return scoreDimension(items)[0]!;
}

test("half of what was asked, at least two, all of one or two", () => {
  expect(scoreOf(40, 60, "missing")).toBe(50);
  expect(scoreOf(40, "missing", "missing")).toBeNaN();
  expect(scoreOf(40, 60, "missing", "missing")).toBe(50);
  expect(scoreOf(40, 60, "missing", "missing", "missing")).toBeNaN();
  expect(scoreOf(40, 60)).toBe(50);
  expect(scoreOf(40, "missing")).toBeNaN();
  expect(scoreOf(40)).toBe(40);
  expect(scoreOf("missing")).toBeNaN();
});

test("what was not asked is no missing answer: it lowers the bar with it", () => {
  expect(scoreOf(40, 60, "missing", "missing", "unasked")).toBe(50);
  expect(scoreOf(40, "unasked", "unasked")).toBe(40);
  expect(scoreOf(40, "missing", "unasked")).toBeNaN();
  expect(scoreOf("unasked", "unasked")).toBeNaN();
});

test("a score stays between the person's lowest and highest answer, whatever is missing", () => {
  const answer = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom("missing" as const, "unasked" as const));
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 9 }), (answers) => {
      const given = answers.filter((one) => typeof one === "number");
      const score = scoreOf(...answers);
      const asked = answers.filter((one) => one !== "unasked").length;
      const enough = asked > 0 && given.length >= (asked <= 2 ? asked : Math.max(2, asked / 2));
      expect(Number.isNaN(score)).toBe(!enough);
      if (!enough) return;
      expect(score).toBeGreaterThanOrEqual(Math.min(...given) - 1e-9);
      expect(score).toBeLessThanOrEqual(Math.max(...given) + 1e-9);
    }),
  );
});

test("contradictions are refused: an answer to what was not asked, a score outside 0–100, columns of unequal length", () => {
  const item = (score: number, administered: number) => ({
    scores: Float64Array.of(score),
    administered: Uint8Array.of(administered),
  });
  for (const wrong of [[], [item(50, 0)], [item(101, 1)], [item(-1, 1)], [item(50, 2)]])
    expect(() => scoreDimension(wrong)).toThrow(RangeError);
  const longer = { scores: new Float64Array(2), administered: new Uint8Array(2).fill(1) };
  expect(() => scoreDimension([item(50, 1), longer])).toThrow(RangeError);
});
