import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { type NameApart, proposedNames } from "../../server/segmentation/tell-apart.ts";

const profileOf = (zs: readonly number[]) => zs.map((z, index) => ({ dimension: DIMENSIONS[index]!, z }));
const namesOf = (...profiles: number[][]) => proposedNames(profiles.map(profileOf));
/** All that words could be made of: above or below everyone throughout, no dimension is named. */
const said = ({ kind, high, low, apart }: NameApart) =>
  JSON.stringify([kind, ...(kind === "mixed" ? [high, low] : []), apart]);

describe("the proposed names of a model's segments", () => {
  it("are left as they are where they differ: low, middle and high on everything", () => {
    const names = namesOf([0.9, 0.8, 0.9], [0, 0.1, 0], [-0.9, -0.9, -0.8]);
    expect(names.map(({ kind }) => kind)).toEqual(["all-high", "even", "all-low"]);
    expect(names.map(({ apart }) => apart)).toEqual([[], [], []]);
  });

  it("tell two levels of one name apart by degree: clearly and somewhat", () => {
    const names = namesOf([1.1, 1.2], [0.3, 0.4], [-0.4, -0.3], [-1.2, -1.1]);
    expect(names.map(({ apart }) => apart)).toEqual([
      [{ by: "degree", degree: "clearly" }],
      [{ by: "degree", degree: "somewhat" }],
      [{ by: "degree", degree: "somewhat" }],
      [{ by: "degree", degree: "clearly" }],
    ]);
  });

  it("say no degree where one is not further out in every dimension, but where they differ most", () => {
    const names = namesOf([1.5, 0.3, 0.5], [0.4, 0.5, 0.5]);
    expect(names.map(({ apart }) => apart)).toEqual([
      [{ by: "dimension", dimension: "material", side: "higher" }],
      [{ by: "dimension", dimension: "material", side: "lower" }],
    ]);
  });

  it("tell mixed ones apart by a dimension that the name does not hold yet, where that is clear", () => {
    const names = namesOf([0.9, 0.5, -0.8, -0.6, 0.1, 0.2], [1.6, 0.5, -0.9, -0.5, -0.2, 0.2]);
    expect(names[0]).toMatchObject({ high: ["material", "health"], low: ["education", "activities"] });
    expect(names[1]).toMatchObject({ high: ["material", "health"], low: ["education", "activities"] });
    expect(names.map(({ apart }) => apart)).toEqual([
      [{ by: "dimension", dimension: "voice", side: "higher" }],
      [{ by: "dimension", dimension: "voice", side: "lower" }],
    ]);
    const close = namesOf([0.9, -0.8, 0.1], [1.6, -0.8, 0.2]);
    expect(close[0]!.apart).toEqual([{ by: "dimension", dimension: "material", side: "lower" }]);
  });

  it("are never the same for two profiles that differ, however many and however near", () => {
    const z = fc.oneof(fc.constantFrom(-0.5, -0.3, 0, 0.3, 0.5), fc.double({ min: -2, max: 2, noNaN: true }));
    const profiles = fc.integer({ min: 1, max: 4 }).chain((dimensions) =>
      fc.uniqueArray(fc.array(z, { minLength: dimensions, maxLength: dimensions }), {
        minLength: 1,
        maxLength: 8,
        selector: (zs) => zs.map((value) => value + 0).join(),
      }),
    );
    fc.assert(
      fc.property(profiles, (all) => {
        expect(new Set(namesOf(...all).map(said)).size).toBe(all.length);
      }),
      { numRuns: 400 },
    );
  });

  it("do not depend on the order of the segments", () => {
    const all = [
      [0.4, 0.5],
      [0.6, 0.5],
      [1.2, 1.3],
      [0.5, 0.3],
      [0, 0.1],
    ];
    const names = namesOf(...all);
    expect(namesOf(...all.toReversed()).toReversed()).toEqual(names);
  });

  it("of equal profiles are equal, of no segments none; all profiles hold the same dimensions", () => {
    const [one, other] = namesOf([0.5, 0.5], [0.5, 0.5]);
    expect(one).toEqual(other);
    expect(proposedNames([])).toEqual([]);
    expect(() => proposedNames([profileOf([1, 1]), profileOf([1])])).toThrow(RangeError);
  });
});
