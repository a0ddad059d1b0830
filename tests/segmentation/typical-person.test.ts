import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typicalPerson } from "../../server/segmentation/typical-person.ts";

const ones = (rows: number) => new Float64Array(rows).fill(1);
const everyone = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);
const background = (variable: string, values: (string | null)[], codes = ["a", "b", "c"]) => ({
  variable,
  codes,
  values,
});

describe("the typical person of a group", () => {
  it("is composed of the commonest codes and medians: here nobody is it", () => {
    const rows: [string, string, number][] = [
      ["a", "b", 10],
      ["a", "b", 20],
      ["a", "c", 50],
      ["b", "a", 30],
      ["c", "a", 60],
      ["b", "a", 70],
      ["a", "b", 80],
      ["c", "a", 90],
    ];
    const typical = typicalPerson(everyone(8), ones(8), {
      backgrounds: [
        background(
          "gender",
          rows.map(([one]) => one),
        ),
        background(
          "area",
          rows.map(([, other]) => other),
        ),
      ],
      measures: [{ measure: "item.v1", values: Float64Array.from(rows, ([, , value]) => value) }],
    });
    expect(typical).toEqual({
      backgrounds: [
        { variable: "gender", code: "a", persons: 4, share: 0.5 },
        { variable: "area", code: "a", persons: 4, share: 0.5 },
      ],
      medians: [{ measure: "item.v1", median: 50, n: 8 }],
    });
    expect(rows.some(([one, other, value]) => one === "a" && other === "a" && value === 50)).toBe(false);
  });

  it("stays the same when each column's answers are dealt out anew: it cannot tell of any one person", () => {
    const answers = fc.integer({ min: 1, max: 12 }).chain((rows) =>
      fc.record({
        codes: fc.array(fc.option(fc.constantFrom("a", "b", "c")), { minLength: rows, maxLength: rows }),
        values: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: rows, maxLength: rows }),
        order: fc.shuffledSubarray([...everyone(rows)], { minLength: rows, maxLength: rows }),
      }),
    );
    fc.assert(
      fc.property(answers, ({ codes, values, order }) => {
        const of = (some: (string | null)[]) =>
          typicalPerson(everyone(codes.length), ones(codes.length), {
            backgrounds: [background("area", some)],
            measures: [{ measure: "item.v1", values: Float64Array.from(values) }],
          });
        expect(of(order.map((row) => codes[row]!))).toEqual(of(codes));
      }),
    );
  });

  it("counts weights, the group's members alone, and takes the codebook's first of equally common codes", () => {
    const backgrounds = [background("area", ["a", "b", "b", "c", "c", "c"])];
    const of = (members: number[], weights: number[]) =>
      typicalPerson(Int32Array.from(members), Float64Array.from(weights), { backgrounds, measures: [] }).backgrounds[0];
    expect(of([0, 1, 2], [1, 1, 1, 1, 1, 1])).toMatchObject({ code: "b", persons: 2 });
    expect(of([0, 1, 2], [5, 1, 1, 1, 1, 1])).toMatchObject({ code: "a", persons: 1, share: 5 / 7 });
    expect(of([0, 1], [1, 1, 1, 1, 1, 1])).toMatchObject({ code: "a", share: 0.5 });
  });

  it("leaves out what nobody in the group answered", () => {
    const measures = [{ measure: "item.v1", values: Float64Array.of(Number.NaN) }];
    const nothing = { backgrounds: [background("area", [null])], measures };
    expect(typicalPerson(everyone(1), ones(1), nothing)).toEqual({ backgrounds: [], medians: [] });
    expect(typicalPerson(Int32Array.of(), ones(1), nothing)).toEqual({ backgrounds: [], medians: [] });
  });
});
