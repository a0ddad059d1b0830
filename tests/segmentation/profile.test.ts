import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { proposedName } from "../../server/segmentation/profile.ts";

const profileOf = (...zs: number[]) => zs.map((z, index) => ({ dimension: DIMENSIONS[index]!, z }));

describe("the proposed name of a segment", () => {
  it("names at most two high and two low dimensions, the clearest first", () => {
    expect(proposedName(profileOf(0.3, 0.9, 0.5, -0.3, -0.8, -0.4, 0.1, 0))).toEqual({
      kind: "mixed",
      high: ["health", "education"],
      low: ["voice", "social"],
    });
  });

  it("names from |z| = 0.25 on, not below", () => {
    expect(proposedName(profileOf(0.25, -0.25, 0))).toEqual({ kind: "mixed", high: ["material"], low: ["health"] });
    expect(proposedName(profileOf(0.2499, -0.2499, 0))).toEqual({ kind: "even", high: [], low: [] });
    expect(proposedName(profileOf(0.6, 0.1, 0))).toEqual({ kind: "mixed", high: ["material"], low: [] });
  });

  it("says when a segment is above or below everyone in everything", () => {
    expect(proposedName(profileOf(0.3, 0.6, 0.4))).toEqual({
      kind: "all-high",
      high: ["health", "education"],
      low: [],
    });
    expect(proposedName(profileOf(-0.3, -0.6, -0.4))).toEqual({
      kind: "all-low",
      high: [],
      low: ["health", "education"],
    });
  });

  it("keeps the order given among equals", () => {
    expect(proposedName(profileOf(0, 0.5, 0.5, 0.5)).high).toEqual(["health", "education"]);
  });

  it("of the mirrored segment is the mirrored name", () => {
    const mirrored = { "all-high": "all-low", "all-low": "all-high", even: "even", mixed: "mixed" };
    const zs = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(zs, (values) => {
        const { kind, high, low } = proposedName(profileOf(...values));
        const other = proposedName(profileOf(...values.map((z) => -z)));
        expect(other).toEqual({ kind: mirrored[kind], high: low, low: high });
      }),
    );
  });

  it("needs a profile", () => {
    expect(() => proposedName([])).toThrow(RangeError);
  });
});
