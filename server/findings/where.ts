import type { Statistic } from "../../data/contracts/cell.ts";
import type { Code, Names } from "../../data/contracts/names.ts";
import type { Places, TileLayout } from "../../data/contracts/places.ts";
import { isValue } from "./finding.ts";
import { type DimensionView, type Group, type KeyedCell, outcomeOf, type View } from "./view.ts";

/** One code of a background variable and its cell. `called`: what people call the place, where that is known. */
export type Place = { code: Code; name: Names | null; called: Names | null; cell: KeyedCell };

/**
 * What may be asked of the places: a dimension's mean, a group's share, how many people the register counts, or about how
 * many of them are in a group. The id is what stands in the address: `health`, `share.A`, `people`, `people.A`.
 */
export type WhereMeasure =
  | { id: string; kind: "mean"; dimension: DimensionView }
  | { id: string; kind: "share"; group: Group }
  | { id: string; kind: "people"; group: Group | null };

/** A tile of the map: a place of the picture, or one that the picture does not speak of. */
export type Tile = TileLayout["tiles"][number] & { official: Names; place: Place | null };

/** Some places of the picture that lie in one larger place; `name` is null where nothing larger is known of. */
export type Part = { code: Code; name: Names | null; places: Place[] };

export type WhereView = {
  measures: WhereMeasure[];
  chosen: WhereMeasure;
  everyone: KeyedCell | null;
  places: Place[];
  /** Tiles with the chosen figures; null where the areas are not those of a known map. */
  map: Tile[] | null;
  /** Where smaller areas lie: tiles without any figure, with the places in each; null where that is not known. */
  locator: (TileLayout["tiles"][number] & { within: number })[] | null;
  parts: Part[];
};

/** The published cells of a dimension by the codes of one background variable, in the codes' order. */
export function placesOf(view: View, dimension: DimensionView, variable: string): Place[] {
  return placesIn(view, { id: dimension.id, kind: "mean", dimension }, variable);
}

/** Null where no more than one place has a figure of anything. An `asked` that is not offered gives the first that is. */
export function whereOf(view: View, places: Places, asked?: string): WhereView | null {
  const measures = measuresOf(view).filter((measure) => {
    const found = placesIn(view, measure, AREA);
    return found.length > 1 && found.some(({ cell }) => isValue(cell));
  });
  const chosen = measures.find(({ id }) => id === asked) ?? measures[0];
  if (!chosen) return null;
  const classification = view.cells.release.variables.find(({ id }) => id === AREA)?.classification;
  const layout = places.layouts.find((one) => one.classification === classification);
  const found = calledAs(placesIn(view, chosen, AREA), layout);
  return {
    measures,
    chosen,
    everyone: cellOf(view, chosen, {}),
    places: found,
    map: layout ? tilesOf(layout, found) : null,
    ...(layout ? { locator: null, parts: [together(found)] } : within(found, classification, places)),
  };
}

const AREA = "area";

/** Every measure there might be: the outcome first, then the dimensions, the groups' shares, the people. */
function measuresOf(view: View): WhereMeasure[] {
  const outcome = outcomeOf(view);
  const dimensions = [...(outcome ? [outcome] : []), ...view.dimensions.filter((one) => one !== outcome)];
  const groups = view.grouping?.groups ?? [];
  return [
    ...dimensions.map((dimension) => ({ id: dimension.id, kind: "mean" as const, dimension })),
    ...groups.map((group) => ({ id: `share.${group.code}`, kind: "share" as const, group })),
    { id: "people", kind: "people", group: null },
    ...groups.map((group) => ({ id: `people.${group.code}`, kind: "people" as const, group })),
  ];
}

/** The cell of a measure for the whole wave, or for a place of it. */
export function cellOf(view: View, measure: WhereMeasure, at: Record<string, Code>): KeyedCell | null {
  const [id, statistic] = STORED[measure.kind];
  const group = measure.kind === "mean" ? null : measure.group;
  const cut = group ? { [group.variable]: group.code } : {};
  const stored = measure.kind === "mean" ? measure.dimension.measure : id;
  return view.cells.find(stored, statistic, { wave: view.wave, ...cut, ...at });
}

const STORED: Record<WhereMeasure["kind"], [string, Statistic]> = {
  mean: ["", "mean"],
  share: ["persons", "percent"],
  people: ["persons", "people"],
};

function placesIn(view: View, measure: WhereMeasure, variable: string): Place[] {
  const codes = view.cells.release.variables.find(({ id }) => id === variable)?.codes ?? [];
  return codes.flatMap(({ code, name }): Place[] => {
    const cell = cellOf(view, measure, { [variable]: code });
    return cell ? [{ code, name, called: null, cell }] : [];
  });
}

function calledAs(places: Place[], layout: TileLayout | undefined): Place[] {
  const names = new Map(layout?.tiles.map(({ code, name }) => [code, name]));
  return places.map((place) => ({ ...place, called: names.get(place.code) ?? null }));
}

/** The tiles in reading order: row by row. */
function tilesOf({ tiles }: TileLayout, places: Place[]): Tile[] {
  return inReadingOrder(tiles).map((tile) => {
    const place = places.find(({ code }) => code === tile.code) ?? null;
    return { ...tile, official: place?.name ?? tile.name, place };
  });
}

function inReadingOrder(tiles: TileLayout["tiles"]): TileLayout["tiles"] {
  return tiles.toSorted((left, right) => left.row - right.row || left.column - right.column);
}

function together(places: Place[]): Part {
  return { code: "", name: null, places };
}

/** The places by the larger ones that they lie in, as a declared correspondence of their very classification says. */
function within(
  found: Place[],
  classification: string | undefined,
  { layouts, correspondences, names }: Places,
): Pick<WhereView, "locator" | "parts"> {
  const correspondence = correspondences.find(({ from }) => from === classification);
  const layout = layouts.find((one) => one.classification === correspondence?.to);
  if (!correspondence || !layout) return { locator: null, parts: [together(found)] };
  const above = new Map(correspondence.codes.map(({ from, to }) => [from, to]));
  const official = names.find((one) => one.classification === correspondence.to)?.codes ?? [];
  const codes = [...new Set(found.flatMap(({ code }) => above.get(code) ?? []))].sort();
  const inside = (above_: Code) => found.filter(({ code }) => above.get(code) === above_);
  const unplaced = found.filter(({ code }) => !above.has(code));
  const nameOf = (code: Code) =>
    (official.find((one) => one.code === code) ?? layout.tiles.find((tile) => tile.code === code))?.name ?? null;
  return {
    locator: inReadingOrder(layout.tiles).map((tile) => ({ ...tile, within: inside(tile.code).length })),
    parts: [
      ...codes.map((code) => ({ code, name: nameOf(code), places: inside(code) })),
      ...(unplaced.length > 0 ? [together(unplaced)] : []),
    ],
  };
}

/** What else is published of a place: how many people, and each group's share and people there. */
export type PlaceDetail = {
  people: KeyedCell | null;
  groups: { group: Group; share: KeyedCell | null; people: KeyedCell | null }[];
};

export function placeDetail(view: View, code: Code): PlaceDetail {
  const find = (measure: WhereMeasure) => cellOf(view, measure, { [AREA]: code });
  return {
    people: find({ id: "people", kind: "people", group: null }),
    groups: (view.grouping?.groups ?? []).map((group) => ({
      group,
      share: find({ id: "share", kind: "share", group }),
      people: find({ id: "people", kind: "people", group }),
    })),
  };
}
