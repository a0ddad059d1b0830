import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSegments, type VerdictQuestion } from "../../server/segmentation/verdict.ts";

/** Clear groups in kind, tested and found. */
const found: VerdictQuestion = {
  chosen: 4,
  usableDimensions: 8,
  levelShare: 0.65,
  oneQuestion: false,
  structure: 0.01,
  weightsAgreement: 0.95,
};

describe("the verdict", () => {
  it("segments: groups in kind, p ≤ .05, the border included", () => {
    expect(judgeSegments(found)).toEqual({ verdict: "segments", notes: [] });
    expect(judgeSegments({ ...found, structure: 0.05 }).verdict).toBe("segments");
    expect(judgeSegments({ ...found, weightsAgreement: null }).verdict).toBe("segments");
  });

  it("profiles-on-a-continuum: p above .05", () => {
    expect(judgeSegments({ ...found, structure: 0.0501 })).toEqual({ verdict: "profiles-on-a-continuum", notes: [] });
  });

  it("profiles-on-a-continuum: p ≤ .05, but the grouping depends on the weights", () => {
    const depends = { verdict: "profiles-on-a-continuum", notes: ["depends-on-weights"] };
    expect(judgeSegments({ ...found, weightsAgreement: 0.799 })).toEqual(depends);
    expect(judgeSegments({ ...found, weightsAgreement: 0.8 }).verdict).toBe("segments");
  });

  it("level-only: L ≥ .9, together with p > .05 as in wineq, and with p ≤ .05 alike", () => {
    const wineq = { ...found, chosen: 3, levelShare: 0.97, structure: 0.55 };
    expect(judgeSegments(wineq)).toEqual({ verdict: "level-only", notes: [] });
    expect(judgeSegments({ ...wineq, structure: 0.01 }).verdict).toBe("level-only");
    expect(judgeSegments({ ...found, levelShare: 0.9 }).verdict).toBe("level-only");
    expect(judgeSegments({ ...found, levelShare: 0.8999 }).verdict).toBe("segments");
  });

  it("one-question: one question makes a group, whatever p", () => {
    expect(judgeSegments({ ...found, oneQuestion: true })).toEqual({ verdict: "one-question", notes: [] });
    expect(judgeSegments({ ...found, oneQuestion: true, structure: 0.5 }).verdict).toBe("one-question");
    expect(judgeSegments({ ...found, oneQuestion: true, levelShare: 0.95 }).verdict).toBe("level-only");
  });

  it("none: no admissible number of groups, and some structure is said where p ≤ .05", () => {
    const stable = { ...found, chosen: null, levelShare: null };
    expect(judgeSegments({ ...stable, structure: 0.3 })).toEqual({ verdict: "none", notes: ["no-admissible-k"] });
    expect(judgeSegments(stable)).toEqual({ verdict: "none", notes: ["no-admissible-k", "some-structure"] });
  });

  it("none: fewer than five usable dimensions, as sd2011 without its coarse ones, however clear the groups", () => {
    expect(judgeSegments({ ...found, usableDimensions: 4 })).toEqual({
      verdict: "none",
      notes: ["few-dimensions", "some-structure"],
    });
    expect(judgeSegments({ ...found, usableDimensions: 5 }).verdict).toBe("segments");
    const nothing = { ...found, usableDimensions: 0, chosen: null, levelShare: null, structure: null };
    expect(judgeSegments(nothing)).toEqual({ verdict: "none", notes: ["few-dimensions"] });
  });

  it("untested: the test was not run, unless a row that needs no p applies", () => {
    expect(judgeSegments({ ...found, structure: null })).toEqual({ verdict: "untested", notes: [] });
    expect(judgeSegments({ ...found, structure: null, levelShare: 0.95 }).verdict).toBe("level-only");
    expect(judgeSegments({ ...found, structure: null, oneQuestion: true }).verdict).toBe("one-question");
    expect(judgeSegments({ ...found, structure: null, chosen: null }).verdict).toBe("none");
    expect(judgeSegments({ ...found, structure: null, weightsAgreement: 0.1 }).notes).toEqual(["depends-on-weights"]);
  });

  it("never says segments without a p of at most .05, five dimensions and groups in kind", () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    const any = fc.record({
      chosen: fc.option(fc.integer({ min: 2, max: 8 })),
      usableDimensions: fc.integer({ min: 0, max: 8 }),
      levelShare: chance,
      oneQuestion: fc.boolean(),
      structure: fc.option(chance),
      weightsAgreement: fc.option(chance),
    });
    fc.assert(
      fc.property(any, (question) => {
        if (judgeSegments(question).verdict !== "segments") return;
        expect(question.structure).not.toBeNull();
        expect(question.structure!).toBeLessThanOrEqual(0.05);
        expect(question.usableDimensions).toBeGreaterThanOrEqual(5);
        expect(question.levelShare).toBeLessThan(0.9);
        expect(question.oneQuestion).toBe(false);
        expect(question.weightsAgreement ?? 1).toBeGreaterThanOrEqual(0.8);
      }),
    );
  });

  it("refuses groups without a level share and a p that is none", () => {
    expect(() => judgeSegments({ ...found, levelShare: null })).toThrow(RangeError);
    expect(() => judgeSegments({ ...found, structure: Number.NaN })).toThrow(RangeError);
    expect(() => judgeSegments({ ...found, structure: 1.2 })).toThrow(RangeError);
  });
});
