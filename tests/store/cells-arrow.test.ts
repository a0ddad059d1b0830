import { type Table, tableFromIPC } from "apache-arrow";
import { parse } from "papaparse";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import type { ReleaseVariable } from "../../data/contracts/release.ts";
import { cellsArrow } from "../../server/store/published/cells-arrow.ts";
import { cellsCsv } from "../../server/store/published/cells-csv.ts";

const NAME = { fi: "x", sv: "x", en: "x" };
const VARIABLES: ReleaseVariable[] = ["zone", "wave", "area", "segment"].map((id) => ({ id, name: NAME, codes: [] }));
const VALUE = { kind: "value", value: 61.4, low: 59.9, high: null, n: 40, flags: [], versus: [] } as const;
const CELLS: Cell[] = [
  {
    measure: "dimension.health",
    statistic: "mean",
    at: { wave: "2025", area: "005" },
    figure: { ...VALUE, flags: [] } as never,
  },
  {
    measure: "persons",
    statistic: "percent",
    at: { wave: "2025", segment: "A" },
    figure: {
      kind: "value",
      value: 0,
      low: -0.5,
      high: 12,
      n: null,
      flags: ["wide", "rough"],
      versus: [
        { against: "others", difference: 9, low: 8, high: 10, settled: true },
        { against: "everyone", difference: -3, low: -6, high: 0.1, settled: false },
      ],
    },
  },
  ...(["few", "most", "uncertain", "not-asked", "not-yet", "protected"] as const).map(
    (kind): Cell => ({
      measure: "dimension.health",
      statistic: "mean",
      at: { wave: "2019", zone: kind },
      figure: { kind },
    }),
  ),
];

describe("the Arrow stream", () => {
  const table = tableFromIPC(cellsArrow(CELLS, VARIABLES));

  test("has the CSV's columns, rows and values, one record batch, and null where the CSV is empty", () => {
    const csv = parse<string[]>(cellsCsv(CELLS, VARIABLES).trimEnd()).data;
    const [header = [], ...rows] = csv;
    expect(table.batches.length).toBe(1);
    expect(table.schema.fields.map(({ name }) => name)).toEqual(header);
    expect(rowsOf(table)).toEqual(rows);
    expect(rows.length).toBe(CELLS.length);
  });

  test("keeps texts as a dictionary, numbers as float64 and truth as bool", () => {
    const types = Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]));
    expect(
      new Set(["measure", "statistic", "wave", "area", "zone", "kind", "flags"].map((name) => types[name])),
    ).toEqual(new Set(["Dictionary<Int32, Utf8>"]));
    expect(new Set(["value", "low", "high", "n", "difference"].map((name) => types[name]))).toEqual(
      new Set(["Float64"]),
    );
    expect(types.settled).toBe("Bool");
  });

  test("tells zero from nothing, and a code from a number", () => {
    expect(table.get(1)?.value).toBe(0);
    expect(table.get(1)?.n).toBeNull();
    expect(table.get(2)?.value).toBeNull();
    expect(table.get(0)?.area).toBe("005");
  });

  test("the same cells give the same bytes", () => {
    expect(Buffer.from(cellsArrow(CELLS, VARIABLES)).equals(Buffer.from(cellsArrow(CELLS, VARIABLES)))).toBe(true);
  });
});

function rowsOf(table: Table): string[][] {
  return table
    .toArray()
    .map((row) => table.schema.fields.map(({ name }) => (row[name] === null ? "" : String(row[name]))));
}
