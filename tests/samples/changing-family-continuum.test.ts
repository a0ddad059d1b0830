import { describe, expect, it } from "vitest";
import { DIMENSIONS, type DimensionId, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import { type Handed, handOver, sum } from "./hand-over.ts";
import { codesOf, itemsOf, meaningsOf, scoreOf } from "./read-extract.ts";

/** Dimension scores by the half rule, in plain loops: the mean of the answered, where enough of those asked are answered. */
function dimensionScores({ book, extract }: Handed): Map<DimensionId, number[]> {
  const scores = new Map<DimensionId, number[]>();
  for (const dimension of DIMENSIONS) {
    const items = itemsOf(book).filter((item) => item.dimension === dimension);
    const told = items.map((item) => meaningsOf(extract, book, item));
    const ofRow = (row: number) => {
      const asked = told.filter((answers) => answers[row] !== "not_applicable").length;
      const values = items.flatMap((item, index) => {
        const value = told[index]![row]!;
        return typeof value === "number" ? [scoreOf(value, book.scales![item.scale]!, item.direction)] : [];
      });
      const needed = asked >= 3 ? Math.max(2, Math.ceil(asked / 2)) : asked;
      return values.length >= needed ? sum(values) / values.length : Number.NaN;
    };
    scores.set(
      dimension,
      extract.rows.map((_, row) => ofRow(row)),
    );
  }
  return scores;
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const both = left.flatMap((value, row) =>
    Number.isNaN(value) || Number.isNaN(right[row]!) ? [] : [[value, right[row]!] as const],
  );
  const mean = (place: 0 | 1) => sum(both.map((pair) => pair[place])) / both.length;
  const [a, b] = [mean(0), mean(1)];
  const product = (f: (pair: readonly [number, number]) => number) => sum(both.map(f));
  return (
    product(([x, y]) => (x - a) * (y - b)) /
    Math.sqrt(product(([x]) => (x - a) ** 2) * product(([, y]) => (y - b) ** 2))
  );
}

describe.each([undefined, "another 1", "another 2"])("people differ in how much, not in kind (seed %s)", (seed) => {
  const both = Object.values(handOver(seed)).slice(0, 2);
  const perSurvey = both.map(dimensionScores);
  const scores = new Map(DIMENSIONS.map((id) => [id, perSurvey.flatMap((entry) => entry.get(id)!)]));
  const levels = both.flatMap((survey) => survey.levels);
  const forms = both.flatMap(({ extract, book }) => codesOf(extract, book, "family-form"));

  it("each of the eight dimensions can carry a segmentation: valid, many values, none held by most", () => {
    for (const dimension of SEGMENTING_DIMENSIONS) {
      const all = scores.get(dimension)!;
      const valid = all.filter((value) => !Number.isNaN(value)).map((value) => Math.round(value * 1e6));
      expect(valid.length / all.length).toBeGreaterThan(0.9);
      expect(new Set(valid).size).toBeGreaterThan(20);
      const held = new Map<number, number>();
      for (const value of valid) held.set(value, (held.get(value) ?? 0) + 1);
      expect(Math.max(...held.values()) / valid.length).toBeLessThan(0.25);
    }
  });
  it("all of them rise together, .35–.60 each with each", () => {
    for (const [index, one] of SEGMENTING_DIMENSIONS.entries())
      for (const other of SEGMENTING_DIMENSIONS.slice(index + 1)) {
        const r = correlation(scores.get(one)!, scores.get(other)!);
        expect([one, other, r > 0.35 && r < 0.6]).toEqual([one, other, true]);
      }
  });
  it("the truth is one level with a single hump, and every dimension follows it", () => {
    expect(levels.length).toBe(forms.length);
    const mean = sum(levels) / levels.length;
    const moment = (power: number) => sum(levels.map((level) => (level - mean) ** power)) / levels.length;
    expect(Math.abs(moment(3) / moment(2) ** 1.5)).toBeLessThan(0.35);
    expect(moment(4) / moment(2) ** 2).toBeGreaterThan(2.5);
    expect(moment(4) / moment(2) ** 2).toBeLessThan(3.7);
    for (const dimension of DIMENSIONS) expect(correlation(scores.get(dimension)!, levels)).toBeGreaterThan(0.6);
  });
  it("and is never in an extract", () => {
    for (const { extract, levels: own } of both) {
      const texts = new Set(extract.rows.flat());
      expect(own.filter((level) => texts.has(level.toFixed(4))).length).toBeLessThan(3);
    }
  });
  it("troubles pile up on single parents: three or more at least 1.8 times as often as in nuclear families", () => {
    const piled = (form: string) => {
      const rows = forms.flatMap((code, row) => (code === form ? [row] : []));
      const many = rows.filter((row) => SEGMENTING_DIMENSIONS.filter((id) => scores.get(id)![row]! < 40).length >= 3);
      return many.length / rows.length;
    };
    expect(piled("single")).toBeGreaterThan(1.8 * piled("nuclear"));
    expect(piled("nuclear")).toBeGreaterThan(0.03);
  });
});
