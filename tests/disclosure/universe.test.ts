import { describe, expect, it } from "vitest";
import { secretsOf } from "../../server/disclosure/secrets.ts";
import { countAtoms, keyWithin, prepareUniverse, sizeOf, type Universe } from "../../server/disclosure/universe.ts";
import { draws } from "../pipeline/made-up.ts";

/** Persons drawn into two dimensions; a tenth has no code of the second. */
function drawn(persons: number, more: Partial<Universe> = {}): Universe {
  const random = draws(11);
  const places = (codes: number, none: number) =>
    Uint16Array.from({ length: persons }, () => (random.next() < none ? codes : random.below(codes)));
  return {
    persons,
    dimensions: [
      { id: "area", codes: ["e", "n", "s"], places: places(3, 0), shown: 3, sensitive: false },
      { id: "segment", codes: ["A", "B"], places: places(2, 0.1), shown: 2, sensitive: true },
    ],
    tables: [[], ["area"], ["segment"], ["area", "segment"]],
    keyTables: [["segment", "area"]],
    apart: [],
    views: [],
    ...more,
  };
}

describe("a universe of persons", () => {
  it("each cell holds whom counting over persons finds, and who has no code is a group that is never shown", () => {
    const universe = drawn(300);
    const { cells, atomOf } = prepareUniverse(universe);
    const [area, segment] = universe.dimensions;
    expect(cells.length).toBe(1 + 3 + 3 + 9);
    const of = (own: typeof area, person: number) => own!.codes[own!.places[person]!] ?? "";
    for (const { dimensions, places, atoms, key, shown } of cells) {
      const inside = (person: number) =>
        dimensions.every((d, at) => universe.dimensions[d]!.places[person] === places[at]);
      for (let person = 0; person < 300; person++) expect(atoms.includes(atomOf[person]!)).toBe(inside(person));
      const person = Array.from({ length: 300 }, (_, at) => at).find(inside)!;
      const at = {
        ...(dimensions.includes(0) && { area: of(area, person) }),
        ...(dimensions.includes(1) && { segment: of(segment, person) }),
      };
      expect(key).toBe(keyWithin(at));
      expect(shown).toBe(!key.endsWith("segment="));
    }
  });

  it("a key has its dimensions in the order of their ids, however they are given; everyone's is empty", () => {
    expect(keyWithin({ segment: "A", area: "n" })).toBe("area=n&segment=A");
    expect(keyWithin({})).toBe("");
  });

  it("a key table is one in any order, and any other comes after all of them", () => {
    expect(prepareUniverse(drawn(20)).priority).toEqual([1, 1, 1, 0]);
  });

  it("a contributor's view counts whom it does not hold; of a register, people and not rows", () => {
    const holds = Uint8Array.from({ length: 300 }, (_, person) => Number(person % 3 === 0));
    const people = Int32Array.from({ length: 300 }, (_, person) => person);
    const own = prepareUniverse(drawn(300, { views: [{ id: "town", holds }], people }));
    const all = own.cells[0]!.atoms;
    expect(sizeOf(all, countAtoms(own, null, null))).toBe((299 * 300) / 2);
    const others = Array.from({ length: 300 }, (_, person) => person).filter((person) => person % 3 !== 0);
    expect(sizeOf(all, countAtoms(own, null, 0))).toBe(others.reduce((sum, person) => sum + person, 0));
    const valid = Uint8Array.from({ length: 300 }, (_, person) => Number(person < 5));
    expect(sizeOf(all, countAtoms(own, valid, 0))).toBe(1 + 2 + 4);
  });

  it("who has gone is in no cell of today, not even in everyone", () => {
    const universe = drawn(50);
    const gone = 5;
    const withGone: Universe = {
      ...universe,
      gone,
      dimensions: universe.dimensions.map((one) => ({
        ...one,
        places: one.places.map((place, person) => (person < 45 ? place : one.codes.length + 1)),
      })),
    };
    const own = prepareUniverse(withGone);
    const counts = countAtoms(own, null, null);
    expect(sizeOf(own.cells.find(({ key }) => key === "")!.atoms, counts)).toBe(45);
    const shown = own.cells.filter(({ shown: one, dimensions }) => one && dimensions.length > 0);
    for (const { atoms } of shown) expect([...atoms].some((atom) => own.isGone[atom] === 1)).toBe(false);
    // Five people who can be computed wherever the old everyone stands beside the new.
    const secrets = secretsOf({ prepared: own, counts, k: 10 }, { candidates: [] });
    const isGone = (set: Int32Array) => set.every((atom) => own.isGone[atom] === 1) && sizeOf(set, counts) === gone;
    expect(secrets.some(isGone)).toBe(true);
  });

  it("refuses a table of a dimension that is not there, and places of other lengths than its persons", () => {
    expect(() => prepareUniverse(drawn(20, { tables: [["nowhere"]] }))).toThrow(RangeError);
    const { dimensions } = drawn(20);
    const short = dimensions.map((one) => ({ ...one, places: one.places.slice(0, 10) }));
    expect(() => prepareUniverse(drawn(20, { dimensions: short }))).toThrow(RangeError);
  });
});
