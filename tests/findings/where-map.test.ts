import { describe, expect, test } from "vitest";
import type { Places } from "../../data/contracts/places.ts";
import { named } from "./made-up.ts";
import { codeOf, type Drawn, storyOfPlaces } from "./where-drawn.ts";

const layout = {
  format: "tilannekuva.tiles/1" as const,
  id: "made-up-tiles",
  classification: "county-2025",
  source: "Tests",
  tiles: ["01", "02", "03", "99"].map((code, place) => ({
    ...{ code, row: 4 - place, column: 1 + (place % 2) },
    ...{ name: named(`Short ${"abcd"[place]}`), label: named("x") },
  })),
};
const places: Places = {
  layouts: [layout],
  correspondences: [
    {
      format: "tilannekuva.correspondence/1",
      id: "made-up",
      from: "municipality-2025",
      to: "county-2025",
      source: "Tests",
      codes: ["02", "01", "02"].map((to, place) => ({ from: codeOf(place), to })),
    },
  ],
  names: [
    {
      classification: "county-2025",
      codes: ["01", "02", "99"].map((code) => ({ code, name: named(`County ${code}`) })),
    },
  ],
};

describe("where places lie", () => {
  const drawn = Array.from({ length: 4 }, (): Drawn => {
    const one = { kind: "value" as const, value: 50, difference: 5, settled: true };
    return { outcome: one, share: one, people: one };
  });

  test("places of a known map stand on it, row by row; one that the picture lacks is a tile without a place", () => {
    const where = storyOfPlaces(drawn, { classification: "county-2025", places }).where();
    expect(where?.map?.map(({ code, place }) => [code, place?.code ?? null])).toEqual([
      ["99", null],
      ["03", "03"],
      ["02", "02"],
      ["01", "01"],
    ]);
    expect(where?.locator).toBeNull();
    expect(where?.parts.map((part) => part.places.map(({ code }) => code))).toEqual([["01", "02", "03", "04"]]);
    // Called as people call it; without a tile, by its name in the release.
    expect(where?.said[0]?.list?.map(({ values }) => (values.name as { fi: string }).fi)).toEqual([
      "Short a",
      "Short b",
      "Short c",
      "Place d",
    ]);
  });

  test("municipalities are listed by their county and counted on its tile, where no figure stands", () => {
    const where = storyOfPlaces(drawn, { classification: "municipality-2025", places }).where();
    expect(where?.map).toBeNull();
    expect(where?.locator?.map(({ code, within }) => [code, within])).toEqual([
      ["99", 0],
      ["03", 0],
      ["02", 2],
      ["01", 1],
    ]);
    expect(JSON.stringify(where?.locator)).not.toMatch(/cell|figure/);
    expect(where?.parts.map((part) => [part.name?.fi ?? null, part.places.map(({ code }) => code)])).toEqual([
      ["County 01", ["02"]],
      ["County 02", ["01", "03"]],
      [null, ["04"]],
    ]);
  });

  test.each([undefined, "municipality-2021", "school-2025"])(
    "areas of the classification %s stand in a list: nothing is guessed from their codes",
    (classification) => {
      const where = storyOfPlaces(drawn, { ...(classification ? { classification } : {}), places }).where();
      expect([where?.map, where?.locator]).toEqual([null, null]);
      expect(where?.parts).toHaveLength(1);
    },
  );
});
