import { TileMap } from "../../../components/charts/tiles/tile-map.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import type { Names } from "../../../data/contracts/names.ts";
import type { Tile } from "../../../server/findings/where.ts";
import { mean, named } from "../../findings/made-up.ts";
import { figureOf, LONG, namedMeasures, storyWith, WAVE, within } from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

/** Made-up places on a grid of three columns: the last of them the picture does not speak of. */
const PLACES = ["Uusi", "Keski", "Etelä", "Länsi", "Itä", "Pohja", "Saari"];
const codeOf = (place: number) => String(place + 1).padStart(2, "0");

function tiles(figures: readonly (Figure | null)[], { name, ...rest }: Partial<Scene> & { name?: Names } = {}): Scene {
  const codes = PLACES.slice(0, figures.length + 1).map((_, place) => codeOf(place));
  const area = {
    ...{ id: "area", name: named("Alue") },
    codes: codes.slice(0, -1).map((code, place) => ({ code, name: name ?? named(PLACES[place] ?? "") })),
  };
  const wave = { id: "wave", name: named("Aalto"), codes: [{ code: WAVE, name: named(WAVE) }] };
  const cells = figures.map((figure, place) => ({
    ...mean("subjective", { wave: WAVE, area: codeOf(place) }, { kind: "protected" }),
    figure,
  }));
  const dimensions = ["subjective" as const];
  return {
    story: storyWith(cells, { dimensions, measures: namedMeasures(dimensions), variables: [wave, area], segments: [] }),
    draw: (reading) => {
      const [dimension] = reading.view.dimensions;
      const places = dimension ? reading.view.places(dimension, "area") : [];
      const map = codes.map((code, place): Tile => {
        const own = name && place < figures.length ? name : named(PLACES[place] ?? "");
        const found = places.find((one) => one.code === code) ?? null;
        const spot = { row: 1 + Math.floor(place / 3), column: 1 + (place % 3) };
        return { code, ...spot, label: named(PLACES[place] ?? ""), name: own, official: own, place: found };
      });
      return <TileMap tiles={map} kind="mean" reading={reading} panel={() => null} />;
    },
    marks: figures.length,
    height: 225 + 95 * Math.ceil(codes.length / 3),
    ...rest,
  };
}

const differing = (difference: number, settled: boolean) =>
  within(60 + difference, 3, { from: { difference, settled } });

export const tileMap: Chart = {
  name: "tiles",
  marks: ["tile-value"],
  scenes: {
    ...scenesOfKinds((kind) => tiles([within(64, 3), kind === "absent" ? within(58, 3) : figureOf(kind)])),
    absent: "A place without a cell is no place of the picture: the last tile of every scene says so.",
    ordinary: tiles([
      differing(8, true),
      differing(-7, true),
      differing(1, false),
      { kind: "protected" },
      within(60, 3),
    ]),
    settled: tiles([differing(14, true), differing(-14, true)]),
    unsettled: tiles([differing(14, false), differing(-14, false)]),
    flagged: "A tile says no reservations: the panel of the tile and the table do.",
    "one-group": "A tile is a place: there are no groups.",
    "most-groups": "A tile is a place: there are no groups.",
    "long-names": tiles([within(64, 3), within(58, 3)], { name: LONG, language: "sv" }),
    ends: tiles([within(0, 3), within(100, 3)]),
    nothing: "Without places there is no map, and its block is not shown.",
    phone: tiles([differing(8, true), differing(-7, true), { kind: "protected" }], { screen: "phone", height: 430 }),
  },
};
