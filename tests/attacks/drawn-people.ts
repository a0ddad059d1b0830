import { readFileSync } from "node:fs";
import { type Pattern, protect } from "../../server/disclosure/protect.ts";
import { type LatticeCell, prepareUniverse, type Universe } from "../../server/disclosure/universe.ts";
import { asCodes, type Cell, type Records, tablesOf } from "../disclosure/audited.ts";
import { answeredOf, type Scene } from "./attackers.ts";

/** The 1 200 drawn people of `sdc_attack_1200`, and what the gate's own code publishes of them. */
// biome-ignore lint/suspicious/noExplicitAny: each file has its own shape, and a wrong path fails the test that reads it
export const readReference = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
export const drawn = readReference("sdc_attack_1200");
export const LIMITS = { persons: drawn.input.k as number, events: 3 };
export const EVENTS: readonly number[] = drawn.input.event;

export const RECORDS: Records = Object.fromEntries(
  Object.entries<number[]>(drawn.input.records).map(([dimension, codes]) => [dimension, asCodes(codes)]),
);
RECORDS.area = asCodes(drawn.input.records.muni.map((muni: number) => drawn.input.muni_area[muni]));
export const LEVELS: [string, string][] = [["muni", "area"]];

export type Asked = {
  records: Records;
  tables: readonly (readonly string[])[];
  apart: readonly (readonly [string, string])[];
  views: Universe["views"];
};

export const asked = (ways: number, views: Universe["views"]): Asked => ({
  records: RECORDS,
  tables: tablesOf(Object.keys(RECORDS), ways, LEVELS),
  apart: LEVELS,
  views,
});

export function universeOf({ records, tables, apart, views }: Asked): Universe {
  return {
    persons: Object.values(records)[0]!.length,
    dimensions: Object.entries(records).map(([id, column]) => {
      const codes = [...new Set(column)].filter((code) => code !== null).sort();
      const places = Uint16Array.from(column, (code) => (code === null ? codes.length : codes.indexOf(code)));
      return { id, codes, places, shown: codes.length, sensitive: false };
    }),
    tables,
    keyTables: [],
    apart,
    views,
  };
}

type Pass = { forced?: readonly Cell[]; isNew?: (cell: Cell) => boolean; wordsOnly?: (cell: LatticeCell) => boolean };

/**
 * What the gate publishes. `forced`: cells of an earlier release of the same people, beside which only what `isNew` holds of may
 * stand; `wordsOnly`: cells that show words and no number.
 */
export function publishedBy(own: Asked, { forced = [], isNew = () => true, wordsOnly }: Pass = {}): Cell[] {
  const prepared = prepareUniverse(universeOf(own));
  const sets = new Map(prepared.cells.map((cell) => [cell.key, cell]));
  const known = new Set(forced.map(keyOf));
  const pattern: Pattern | null = protect(prepared, LIMITS, {
    valid: null,
    within: ({ key }) => isNew(cellOf(key)) || known.has(key),
    forced: forced.map((cell) => sets.get(keyOf(cell))!),
    seed: "5eed".repeat(8),
    ...(wordsOnly && { wordsOnly: (cell) => wordsOnly(cell) }),
  });
  if (!pattern) throw new Error("nothing may be published");
  return [...pattern.published].map(cellOf);
}

export function sceneOf({ records, tables, apart }: Asked, published: readonly Cell[], holds?: Uint8Array): Scene {
  const people = Uint8Array.from(Object.values(records)[0]!, (_, row) => (holds?.[row] === 1 ? 0 : 1));
  const shape = { dimensions: records, tables, apart, people };
  return { k: LIMITS.persons, ...shape, answered: answeredOf(published, shape) };
}

export const keyOf = (cell: Cell) =>
  Object.keys(cell)
    .sort()
    .map((id) => `${id}=${cell[id]}`)
    .join("&");

export const cellOf = (key: string): Cell =>
  key === "" ? {} : Object.fromEntries(key.split("&").map((part) => part.split("=") as [string, string]));
