import readJsonStat from "jsonstat-toolkit";
import { describe, expect, test } from "vitest";
import type { Cell, Figure } from "../../data/contracts/cell.ts";
import { jsonStat } from "../../server/exports/json-stat.ts";

const name = (text: string) => ({ fi: `${text}-fi`, sv: `${text}-sv`, en: `${text}-en` });
const RELEASE = {
  id: "made-up.000000000000",
  synthetic: true,
  lifeEvent: { id: "made-up", name: name("event") },
  measures: ["dimension.health", "dimension.voice"].map((id) => ({ id, name: name(id) })),
  variables: [
    { id: "wave", name: name("wave"), codes: ["2024", "2025"].map((code) => ({ code, name: name(code) })) },
    { id: "area", name: name("area"), codes: ["005", "010"].map((code) => ({ code, name: name(code) })) },
  ],
} as never;
const value = (number: number, low: number | null, flags: string[] = []): Figure =>
  ({ kind: "value", value: number, low, high: low === null ? null : number + 1, n: 25, flags, versus: [] }) as never;
const cell = (measure: string, at: Cell["at"], figure: Figure): Cell => ({ measure, statistic: "mean", at, figure });
const CELLS = [
  cell("dimension.voice", { wave: "2025", area: "010" }, value(0, -1)),
  cell("dimension.voice", { wave: "2025", area: "005" }, { kind: "protected" }),
  cell("dimension.health", { wave: "2024", area: "005" }, value(61.4, null, ["wide", "rough"])),
  cell("dimension.health", { wave: "2025", area: "010" }, { kind: "few" }),
  cell("dimension.health", { wave: "2025" }, value(50, 49)),
  { ...cell("dimension.health", { wave: "2025" }, value(12, 10)), statistic: "percent" } as Cell,
];

describe("a JSON-stat collection, read by another's toolkit", () => {
  const collection = jsonStat(RELEASE, CELLS, "sv");
  const datasets = collection.link.item.map((item) => readJsonStat({ version: "2.0", ...item }));
  const at = (dataset: number, place: Record<string, string>) => datasets[dataset]?.Data(place);

  test("is a collection of as many datasets", () => {
    const read = readJsonStat(collection);
    expect([read.class, read.length]).toEqual(["collection", 3]);
  });

  test("has a dataset for each statistic and set of variables, with time, place and metric told apart", () => {
    expect(datasets.map(({ id }) => id)).toEqual([
      ["measure", "wave", "area", "quantity"],
      ["measure", "wave", "quantity"],
      ["measure", "wave", "quantity"],
    ]);
    expect(datasets[0]?.role).toMatchObject({ time: ["wave"], geo: ["area"], metric: ["measure", "quantity"] });
    expect(datasets[0]?.Dimension("area")?.Category("005")?.label).toBe("005-sv");
  });

  test("gives every number at its place, zero among them, and no number where there is none", () => {
    const voice = { measure: "dimension.voice", wave: "2025", area: "010" };
    expect(at(0, { ...voice, quantity: "value" })?.value).toBe(0);
    expect(at(0, { ...voice, quantity: "low" })?.value).toBe(-1);
    expect(at(0, { ...voice, quantity: "n" })?.value).toBe(25);
    const health = { measure: "dimension.health", wave: "2024", area: "005" };
    expect(at(0, { ...health, quantity: "value" })?.value).toBe(61.4);
    expect(at(0, { ...health, quantity: "low" })?.value).toBeNull();
    expect(at(0, { ...health, wave: "2025", quantity: "value" })?.value).toBeNull();
    expect(at(1, { measure: "dimension.health", wave: "2025", quantity: "value" })?.value).toBe(50);
    expect(at(2, { measure: "dimension.health", wave: "2025", quantity: "value" })?.value).toBe(12);
  });

  test("keeps why there is no number, and the flags of one there is, as status", () => {
    const protectedAt = { measure: "dimension.voice", wave: "2025", area: "005", quantity: "value" };
    expect([at(0, protectedAt)?.value, at(0, protectedAt)?.status]).toEqual([null, "protected"]);
    expect(at(0, { measure: "dimension.health", wave: "2025", area: "010", quantity: "n" })?.status).toBe("few");
    expect(at(0, { measure: "dimension.health", wave: "2024", area: "005", quantity: "value" })?.status).toBe(
      "wide rough",
    );
    expect(at(0, { measure: "dimension.voice", wave: "2025", area: "010", quantity: "value" })?.status).toBeFalsy();
  });
});
