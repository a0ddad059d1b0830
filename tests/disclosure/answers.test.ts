import { describe, expect, it } from "vitest";
import {
  awayFromMostCommon,
  isCoveredByOthers,
  PERSONS_BEYOND,
  saysWordsOnly,
} from "../../server/disclosure/answers.ts";

const EVENTS = 3;
const times = (count: number, value: number) => new Array<number>(count).fill(value);

describe("answers that are shown in words only", () => {
  it.each([
    { having: 0, words: true },
    { having: 2, words: true },
    { having: 3, words: false },
    { having: 4, words: false },
    { having: 16, words: false },
    { having: 17, words: false },
    { having: 18, words: true },
    { having: 20, words: true },
  ])("of twenty persons $having have it: $words", ({ having, words }) => {
    expect(saysWordsOnly("share", [...times(having, 1), ...times(20 - having, 0)], EVENTS)).toBe(words);
  });

  it.each([0, 100, 37.5])("fewer than three differ from %d: they know what all others answered", (value) => {
    const score = (others: number) => [...times(30, value), ...times(others, 50)];
    expect([0, 2, 3, 4].map((others) => saysWordsOnly("mean", score(others), EVENTS))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("who differs counts as a person, however many values they have among them", () => {
    expect(awayFromMostCommon([5, 5, 5, 1, 2, 3])).toBe(3);
    expect(awayFromMostCommon([1, 1, 2, 2])).toBe(2);
    expect(awayFromMostCommon([])).toBe(0);
    // 0 and −0 are one answer.
    expect(awayFromMostCommon([0, -0, 0])).toBe(0);
  });
});

describe("money", () => {
  it("one income of 90 % of the whole: the second largest would know it to within a tenth", () => {
    // 100 persons: 90 of 100 together with x₂ = 1 leave 9 = 0.1·90; a little less is too little.
    expect(isCoveredByOthers([90_000, 1_000, ...times(9, 1_000)])).toBe(true);
    expect(isCoveredByOthers([90_010, 1_000, ...times(9, 1_000)])).toBe(false);
    expect(isCoveredByOthers([90_000, 1_000, ...times(8, 1_000), 999])).toBe(false);
  });

  it("a loss is as large as a gain", () => {
    expect(isCoveredByOthers([-90_010, 1_000, ...times(9, -1_000)])).toBe(false);
    expect(isCoveredByOthers([-90_000, -1_000, ...times(9, 1_000)])).toBe(true);
  });

  it("one or two persons are never covered, unless they have nothing", () => {
    expect(isCoveredByOthers([100])).toBe(false);
    expect(isCoveredByOthers([100, 100])).toBe(false);
    expect(isCoveredByOthers([100, 100, 10])).toBe(true);
    expect(isCoveredByOthers([100, 100, 9.9])).toBe(false);
  });

  it("a median hides behind ten persons strictly on each side", () => {
    const amounts = (below: number, at: number, above: number) => [
      ...times(below, 1_000),
      ...times(at, 2_000),
      ...times(above, 3_000),
    ];
    const words = (below: number, at: number, above: number) =>
      saysWordsOnly("median", amounts(below, at, above), EVENTS);
    expect(PERSONS_BEYOND).toBe(10);
    expect(words(10, 1, 10)).toBe(false);
    expect(words(10, 20, 10)).toBe(false);
    expect(words(9, 20, 10)).toBe(true);
    expect(words(10, 20, 9)).toBe(true);
    expect(words(0, 40, 0)).toBe(true);
  });

  it("and behind no single income, however many there are on each side", () => {
    const many = [...times(12, 1_000), ...times(12, 2_000), ...times(12, 3_000)];
    expect(saysWordsOnly("median", many, EVENTS)).toBe(false);
    expect(saysWordsOnly("median", [...many, 1_000_000], EVENTS)).toBe(true);
  });
});
