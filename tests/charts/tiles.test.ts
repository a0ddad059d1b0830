import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ARROWS, countLine, movesOf, placeClass, tileTone } from "../../components/charts/tiles/geometry.ts";
import { Classification } from "../../data/contracts/classification.ts";
import { LANGUAGES } from "../../data/contracts/names.ts";
import { Correspondence, TileLayout } from "../../data/contracts/places.ts";
import { readPlaces } from "../../server/store/published/read-places.ts";
import { ROOT, SHARED } from "../command.ts";
import { comparison } from "../findings/made-up.ts";
import { SCENES } from "./gallery/charts.ts";
import { readingOf } from "./gallery/golden.ts";

const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, "data", path), "utf8"));
const layout = TileLayout.parse(json("places/wellbeing-services-county-tiles.json"));
const correspondence = Correspondence.parse(json("places/municipality-to-county-2025.json"));
const counties = Classification.parse(json("classifications/wellbeing-services-county-2025.json"));
const municipalities = Classification.parse(json("classifications/municipality-2025.json"));
/** As people see it: what may be broken is not broken. */
const seen = (label: string) => label.replaceAll("\u00ad", "");

describe("the map of the wellbeing services counties", () => {
  test("has a tile for every county, Helsinki and Åland, no two in one place, and no more", () => {
    expect(layout.classification).toBe(counties.id);
    expect(layout.tiles.map(({ code }) => code)).toEqual(counties.codes.map(({ code }) => code));
    expect(new Set(layout.tiles.map(({ row, column }) => `${row} ${column}`)).size).toBe(23);
  });

  test("reads as Finland: Lapland on top, Åland to the bottom left, Helsinki below the counties of Uusimaa", () => {
    const at = (code: string) => layout.tiles.find((tile) => tile.code === code) as (typeof layout.tiles)[number];
    const [lapland, aland, helsinki] = [at("21"), at("91"), at("90")];
    for (const tile of layout.tiles.filter(({ code }) => code !== "21")) expect(tile.row).toBeGreaterThan(lapland.row);
    for (const tile of layout.tiles.filter(({ code }) => code !== "91"))
      expect(tile.column).toBeGreaterThan(aland.column);
    for (const tile of layout.tiles.filter(({ code }) => code !== "90")) expect(tile.row).toBeLessThan(helsinki.row);
    // [further north, further south], [further west, further east]: by the map of Finland.
    for (const [north, south] of ["19 15", "17 06", "06 05", "08 07", "13 12", "14 11", "12 10", "09 02", "02 04"].map(
      pair,
    ))
      expect(at(north).row, `${north} ${south}`).toBeLessThan(at(south).row);
    for (const [west, east] of ["17 16", "16 15", "15 13", "13 14", "06 08", "05 07", "03 04", "04 01", "19 20"].map(
      pair,
    ))
      expect(at(west).column, `${west} ${east}`).toBeLessThan(at(east).column);
  });

  test("short names are short and none is another's, in every language; names begin as the official ones do", () => {
    for (const language of LANGUAGES) {
      const labels = layout.tiles.map(({ label }) => seen(label[language]));
      expect(new Set(labels).size).toBe(23);
      for (const label of labels) expect(label.length, label).toBeLessThanOrEqual(14);
      // Pieces that cannot be broken fit a tile of a phone.
      for (const { label } of layout.tiles)
        for (const piece of label[language].split(/[\u00ad -]/)) expect(piece.length, piece).toBeLessThanOrEqual(9);
      for (const { code, name } of layout.tiles) {
        const official = counties.codes.find((one) => one.code === code)?.name[language] ?? "";
        if (language === "en") expect(official).toContain(name.en);
        // Finnish and Swedish inflect names; how they begin stays.
        else expect(official.slice(0, 3)).toBe(name[language].slice(0, 3));
      }
    }
  });

  test("classes know every place of it", () => {
    const css = readFileSync(join(ROOT, "app/styles/where.css"), "utf8");
    for (const tile of layout.tiles)
      for (const name of placeClass(tile).split(" ")) expect(css, name).toMatch(new RegExp(`\\.${name} \\{\\s*grid-`));
  });
});

describe("municipalities and their counties in 2025", () => {
  test("every municipality has one county that there is, and every county some municipality", () => {
    expect(correspondence.codes.map(({ from }) => from)).toEqual(municipalities.codes.map(({ code }) => code));
    expect([...new Set(correspondence.codes.map(({ to }) => to))].sort()).toEqual(
      counties.codes.map(({ code }) => code),
    );
    const to = (code: string) => correspondence.codes.find(({ from }) => from === code)?.to;
    // Tampere, Turku, Vaasa, Korsnäs, Isokyrö, Helsinki, Mariehamn.
    expect(["837", "853", "905", "280", "152", "091", "478"].map(to)).toEqual([
      "08",
      "05",
      "17",
      "17",
      "16",
      "90",
      "91",
    ]);
  });

  const file = join(SHARED, "data/fi_municipality_keys/data.csv");
  test.skipIf(!existsSync(file))("are those of the source, row by row (needs ../shared)", () => {
    const [head, ...rows] = readFileSync(file, "utf8").trim().split(/\r?\n/).map(cellsOf);
    const [municipality, county] = ["kunta", "hyvinvointialue_code"].map((name) => head?.indexOf(name) ?? -1);
    const expected = rows
      .map((row) => ({ from: row[municipality!]!.padStart(3, "0"), to: row[county!]!.padStart(2, "0") }))
      .sort((left, right) => (left.from < right.from ? -1 : 1));
    expect(expected).toHaveLength(308);
    expect(correspondence.codes).toEqual(expected);
  });
});

test("what ships is found: the map, the correspondence, the names of the counties and no other classification's", async () => {
  const places = await readPlaces(join(ROOT, "data"));
  expect(places.layouts).toEqual([layout]);
  expect(places.correspondences).toEqual([correspondence]);
  expect(places.names).toEqual([{ classification: counties.id, codes: counties.codes }]);
});

describe("walking the tiles", () => {
  const grid = fc
    .uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 1, maxLength: 30 })
    .map((spots) => spots.map((spot) => ({ code: `c${spot}`, row: 1 + Math.floor(spot / 6), column: 1 + (spot % 6) })));

  test("every tile is reached from every other by arrows, on the map of Finland", () => {
    const moves = movesOf(layout.tiles);
    for (const { code } of layout.tiles) {
      const reached = new Set([code]);
      for (const from of reached) for (const to of Object.values(moves[from] ?? {})) reached.add(to as string);
      expect(reached.size, code).toBe(23);
    }
  });

  test("an arrow goes its way, to a tile that no other is nearer than; it stays only where none lies that way", () => {
    fc.assert(
      fc.property(grid, fc.constantFrom(...ARROWS), (tiles, arrow) => {
        const moves = movesOf(tiles);
        const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[arrow];
        for (const from of tiles) {
          // How far along and how far aside, by the product with the arrow's direction.
          const far = (tile: (typeof tiles)[number]) => {
            const [y, x] = [tile.row - from.row, tile.column - from.column];
            return { along: y * down! + x * right!, aside: Math.abs(y * right! - x * down!) };
          };
          const ahead = tiles.filter((tile) => far(tile).along > 0);
          const to = tiles.find(({ code }) => code === moves[from.code]?.[arrow]);
          expect(to === undefined).toBe(ahead.length === 0);
          if (to) {
            const distance = (tile: (typeof tiles)[number]) => far(tile).along + 2 * far(tile).aside;
            expect(far(to).along).toBeGreaterThan(0);
            expect(distance(to)).toBe(Math.min(...ahead.map(distance)));
          }
        }
      }),
    );
  });

  test("on a full grid it is the next tile", () => {
    const tiles = Array.from({ length: 12 }, (_, spot) => ({
      ...{ code: String(spot), row: 1 + Math.floor(spot / 4), column: 1 + (spot % 4) },
    }));
    expect(movesOf(tiles)["5"]).toEqual({ ArrowUp: "1", ArrowDown: "9", ArrowLeft: "4", ArrowRight: "6" });
    expect(movesOf(tiles)["3"]).toEqual({ ArrowDown: "7", ArrowLeft: "2" });
  });
});

describe("the look of a tile", () => {
  test("an unsettled difference looks as none; a share has another pair of colours than a score; people have none", () => {
    const settled = (difference: number) => comparison("everyone", difference, { settled: true });
    expect(tileTone("mean", comparison("everyone", 20, { settled: false }))).toBe("plain");
    expect(tileTone("mean", null)).toBe("plain");
    expect([tileTone("mean", settled(7)), tileTone("mean", settled(-7))]).toEqual(["up-2", "down-2"]);
    expect([tileTone("share", settled(3)), tileTone("share", settled(-13))]).toEqual(["more-1", "fewer-3"]);
    expect(tileTone("people", settled(20))).toBe("plain");
  });

  test("a line for people begins at zero and holds them all, with less than half of it empty", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_600_000 }), (highest) => {
        const { from, to, ticks } = countLine(highest);
        expect(from).toBe(0);
        expect(to).toBeGreaterThanOrEqual(highest);
        expect(to).toBeLessThanOrEqual(2 * highest);
        expect(ticks).toEqual([0, to / 2, to]);
      }),
    );
  });

  test("a tile is heard whole: the place, the number, its limits, and which way it differs where that is settled", () => {
    const heard = (state: string) => {
      const scene = SCENES.find(({ name }) => name === `tiles/${state}`)?.scene;
      if (!scene) throw new Error("no scene");
      const tiles = renderToStaticMarkup(scene.draw(readingOf(scene))).match(/<a .*?<\/a>/g) ?? [];
      return tiles.map((tile) =>
        tile
          .replace(/<span[^>]*aria-hidden="true"[^>]*>[^<]*<\/span>/g, "")
          .replace(/<[^>]*>/g, "")
          .replaceAll("\u00a0", " "),
      );
    };
    expect(heard("ordinary")).toEqual([
      "Uusi: 68,0 (65,0–71,0), selvästi yli kaikkien keskiarvon",
      "Keski: 53,0 (50,0–56,0), selvästi alle kaikkien keskiarvon",
      "Etelä: 61,0 (58,0–64,0), ei selvä ero",
      "Länsi: suojattu",
      "Itä: 60,0 (57,0–63,0)",
      "Pohja: ei mukana tässä kuvassa",
    ]);
    expect(heard("uncertain")[1]).toBe("Keski: liian epävarma");
  });
});

function pair(codes: string): [string, string] {
  return codes.split(" ") as [string, string];
}

/** A line of CSV whose cells may stand in quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) => cell.replace(/^"|"$/g, ""));
}
