import { describe, expect, it } from "vitest";
import {
  type DimensionScores,
  neededDimensions,
  pointsOfRows,
  standardise,
  usableDimensions,
} from "../../server/segmentation/standardise.ts";
import { largestDifference, readReference, type ScoreTable, toScores } from "./reference.ts";

const synth = readReference<{
  input: { wave1: { scores: ScoreTable; weights: number[] } };
  expected: { mean: number[]; sd: number[]; usable: number };
}>("segments_synth");

const ones = (rows: number) => new Float64Array(rows).fill(1);
const column = (values: (number | null)[], dimension: DimensionScores["dimension"] = "health") =>
  toScores({ [dimension]: values });
const reasonOf = (values: (number | null)[]) =>
  usableDimensions(column(values), ones(values.length)).leftOut[0]?.reason ?? "usable";

describe("usable dimensions", () => {
  it("have the weighted mean and ML standard deviation of the reference implementation (numpy)", () => {
    const { usable, leftOut } = usableDimensions(
      toScores(synth.input.wave1.scores),
      Float64Array.from(synth.input.wave1.weights),
    );
    expect(leftOut).toEqual([]);
    const means = usable.map(({ mean }) => mean);
    const deviations = usable.map(({ deviation }) => deviation);
    expect(largestDifference(means, synth.expected.mean)).toBeLessThan(1e-9);
    expect(largestDifference(deviations, synth.expected.sd)).toBeLessThan(1e-9);
  });

  it("are at least 60 % valid: six of ten will do, five will not", () => {
    expect(reasonOf([0, 20, 40, 60, 80, 100, null, null, null, null])).toBe("usable");
    expect(reasonOf([0, 20, 40, 60, 80, null, null, null, null, null])).toBe("few-valid");
  });

  it("have at least five values, none of them held by more than 60 % of the valid", () => {
    expect(reasonOf([0, 25, 50, 75, 100])).toBe("usable");
    expect(reasonOf([0, 25, 50, 75, 75])).toBe("coarse");
    expect(reasonOf([0, 25, 50, 75, 100, 100, 100, 100, 100, 100])).toBe("usable");
    expect(reasonOf([0, 25, 50, 75, 100, 100, 100, 100, 100, 100, 100])).toBe("coarse");
  });

  it("are not fooled by one value summed in two orders", () => {
    const third = 100 / 3;
    expect(reasonOf([0, third, third + 7e-15, 50, 100])).toBe("coarse");
    expect(reasonOf([third, third + 7e-15])).toBe("constant");
  });

  it("say why the others are left out, in the order given", () => {
    const values = [0, 25, 50, 75, 100];
    const scores = [
      ...column([null, null, null, null, null], "education"),
      ...column([50, 50, 50, 50, 50], "voice"),
      ...column(values, "material"),
    ];
    const { usable, leftOut } = usableDimensions(scores, ones(5));
    expect(usable).toEqual([{ dimension: "material", mean: 50, deviation: Math.sqrt(1250) }]);
    expect(leftOut).toEqual([
      { dimension: "education", reason: "absent" },
      { dimension: "voice", reason: "constant" },
    ]);
  });

  it("of one person, or of nobody, are none, and say why", () => {
    expect(reasonOf([50])).toBe("constant");
    expect(reasonOf([null])).toBe("absent");
    expect(reasonOf([])).toBe("absent");
    expect(usableDimensions([], ones(3))).toEqual({ usable: [], leftOut: [] });
    expect([...standardise(column([50, 60]), []).enough]).toEqual([]);
  });

  it("are never the outcome, and weights are above 0", () => {
    const values = [0, 25, 50, 75, 100];
    expect(() => usableDimensions(column(values, "subjective"), ones(5))).toThrow(RangeError);
    expect(() => usableDimensions(column(values), Float64Array.of(1, 1, 1, 1, 0))).toThrow(RangeError);
    expect(() => usableDimensions(column(values), ones(4))).toThrow(RangeError);
  });
});

describe("standardised scores", () => {
  it("need ⌈0.75·D⌉ of D: 6 of 8, 6 of 7, 5 of 6, 4 of 5", () => {
    expect([8, 7, 6, 5].map(neededDimensions)).toEqual([6, 6, 5, 4]);
  });

  it("are (s − m)/σ with NaN for missing, and tell the rows that have enough", () => {
    const usable = [
      { dimension: "health" as const, mean: 50, deviation: 10 },
      { dimension: "voice" as const, mean: 20, deviation: 5 },
      { dimension: "social" as const, mean: 0, deviation: 1 },
      { dimension: "material" as const, mean: 0, deviation: 2 },
    ];
    const scores = toScores({
      material: [4, null, null],
      voice: [30, null, 20],
      social: [3, 1, 1],
      health: [60, 40, 50],
    });
    const standardised = standardise(scores, usable);
    expect([...standardised.points]).toEqual([1, 2, 3, 2, -1, Number.NaN, 1, Number.NaN, 0, 0, 1, Number.NaN]);
    expect([...standardised.enough]).toEqual([0, 2]);
    expect([...pointsOfRows(standardised, standardised.enough)]).toEqual([1, 2, 3, 2, 0, 0, 1, Number.NaN]);
  });

  it("are missing for everyone in a dimension that a later wave did not ask", () => {
    const usable = [
      { dimension: "health" as const, mean: 50, deviation: 10 },
      { dimension: "voice" as const, mean: 20, deviation: 5 },
    ];
    const { points, enough } = standardise(toScores({ health: [60, 50] }), usable);
    expect([...points]).toEqual([1, Number.NaN, 0, Number.NaN]);
    expect([...enough]).toEqual([]);
  });

  it("leave all of the reference's 1,200 people classifiable", () => {
    const scores = toScores(synth.input.wave1.scores);
    const { usable } = usableDimensions(scores, Float64Array.from(synth.input.wave1.weights));
    expect(standardise(scores, usable).enough).toHaveLength(synth.expected.usable);
  });
});
