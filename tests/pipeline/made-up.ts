import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import type { Figure } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { type Release, Release as ReleaseContract } from "../../data/contracts/release.ts";
import { command, done } from "../command.ts";

/**
 * Surveys of our own, drawn by a seed: what they hold is known, because it was put there. Files, codebooks and life
 * events as a steward would write them; the built command makes the releases.
 */
export const names = (text: string) => ({ fi: text, sv: text, en: text });

export const SIX = ["material", "health", "activities", "social", "environment", "insecurity"] as const;
export type Row = Record<string, string | number>;
export type Column = { column: string; use: string } & Record<string, unknown>;
export type Survey = { codebook: { id: string; columns: Column[] } & Record<string, unknown>; rows: readonly Row[] };

/** Numbers from 0 to 1 that look drawn, the same for the same seed (mulberry32). */
export function draws(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (count: number) => Math.floor(next() * count),
    /** Standard normal (Box and Muller). */
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** An answer of 0–10 near some height. */
export const answer = (height: number) => Math.max(0, Math.min(10, Math.round(height)));

/** An answer of 0–10; 98 = don't know, 99 = refused, empty = nothing written. */
export const item = (column: string, dimension: string, more: Record<string, unknown> = {}): Column => ({
  column,
  use: "item",
  id: column.replaceAll("_", "-"),
  wording: column,
  scale: "ten",
  dimension,
  direction: "+",
  text: names(column),
  ...more,
});

/** Two items a dimension: `health_a`, `health_b`. */
export const pairs = (dimensions: readonly string[]): Column[] =>
  dimensions.flatMap((dimension) => [item(`${dimension}_a`, dimension), item(`${dimension}_b`, dimension)]);

export const background = (column: string, codes: readonly string[]): Column => ({
  column,
  use: "background",
  id: column,
  name: names(column),
  categories: codes.map((code) => ({ code, name: names(code) })),
});

export function codebook(id: string, columns: Column[], more: Record<string, unknown> = {}): Survey["codebook"] {
  return {
    format: "tilannekuva.codebook/1",
    id,
    version: 1,
    kind: "survey",
    name: names(id),
    synthetic: true,
    file: { encoding: "utf-8", delimiter: ";", quote: '"', decimal: ".", header: true, skipLines: 0, empty: [""] },
    ...(columns.some(({ use }) => use === "contributor") ? {} : { contributor: "town" }),
    ...(columns.some(({ use }) => use === "wave") ? {} : { wave: "2024" }),
    ...(columns.some(({ use }) => use === "item") && {
      scales: {
        ten: {
          type: "scale",
          min: 0,
          max: 10,
          missing: [
            { code: "98", reason: "dont_know" },
            { code: "99", reason: "refused" },
          ],
        },
        euros: { type: "money", missing: [{ code: "-1", reason: "refused" }] },
        yes: { type: "binary" },
      },
    }),
    columns,
    ...more,
  };
}

export function lifeEvent(id: string, survey: string, more: Record<string, unknown> = {}) {
  return {
    format: "tilannekuva.life-event/1",
    id,
    name: names(id),
    owner: "town",
    purpose: names("to test"),
    sources: [{ codebook: survey, role: "survey" }],
    variables: [] as string[],
    tables: [] as string[][],
    services: [],
    ...more,
  };
}
export type Event = ReturnType<typeof lifeEvent> & Record<string, unknown>;

export function csv({ codebook: { columns }, rows }: Survey): string {
  const header = columns.map(({ column }) => column);
  return `${[header, ...rows.map((row) => header.map((column) => row[column] ?? ""))].map((line) => line.join(";")).join("\n")}\n`;
}

/** A home of our own under `folder`: reads surveys in, makes releases, lets the steward look. */
export function house(folder: string, name: string) {
  const home = join(folder, name);
  let files = 0;
  const write = (what: string, text: string) => {
    mkdirSync(join(folder, "files"), { recursive: true });
    const path = join(folder, "files", `${name}-${++files}-${what}`);
    writeFileSync(path, text);
    return path;
  };
  const ingesting = (survey: Survey, file: string) => [
    ...["ingest", "--home", home, "--codebook", write("codebook.json", JSON.stringify(survey.codebook))],
    write(file, csv(survey)),
  ];
  const releasing = (event: Event, options: readonly string[]) => [
    ...["release", "--home", home, "--life-event", write("event.json", JSON.stringify(event))],
    ...options,
  ];
  const text = (id: string) => readFileSync(join(home, "published", id, "release.json"), "utf8");
  /** The release document; the contract itself has read it. */
  const read = (id: string): Release => ReleaseContract.parse(JSON.parse(text(id)));
  return {
    home,
    releasing: (event: Event, ...options: string[]) => releasing(event, options),
    ingest: (survey: Survey, file = "survey.csv") => done(...ingesting(survey, file)),
    tryIngest: (survey: Survey) => command(...ingesting(survey, "survey.csv")),
    tryRelease: (event: Event, ...options: string[]) => command(...releasing(event, options)),
    text,
    read,
    release: (event: Event, ...options: string[]): Release =>
      read((done(...releasing(event, options)) as never as { release: string }).release),
    /** What the steward alone may see of a release. */
    inspect: (id: string) => {
      const out = join(folder, `${name}-inspected-${++files}`);
      done("inspect", "--home", home, "--release", id, "--out", out);
      const table = (file: string) =>
        Papa.parse<Record<string, string>>(readFileSync(join(out, file), "utf8"), {
          header: true,
          skipEmptyLines: true,
        }).data;
      const cells = new Map(table("cells.csv").map((row) => [row.key as string, row]));
      return {
        labels: table("labels.csv"),
        model: JSON.parse(readFileSync(join(out, "model.json"), "utf8")),
        /** An unrounded cell's numbers by its key. */
        unrounded: (key: string) => {
          const row = cells.get(key);
          if (!row) throw new Error(`no unrounded cell ${key}`);
          const number = (column: string) => (row[column] === "" ? null : Number(row[column]));
          return {
            kind: row.kind as string,
            value: number("value"),
            low: number("low"),
            high: number("high"),
            standardError: number("standard_error"),
            degreesOfFreedom: number("degrees_of_freedom"),
            n: number("n"),
          };
        },
      };
    },
  };
}

/** The figures of a release by key. */
export function figures(release: Release): Map<string, Figure> {
  return new Map(release.cells.map(({ measure, statistic, at, figure }) => [cellKey(measure, statistic, at), figure]));
}

/** The figure of a key that must hold a value. */
export function valueAt(release: Release, key: string): Extract<Figure, { kind: "value" }> {
  const figure = figures(release).get(key);
  if (figure?.kind !== "value") throw new Error(`${key} is ${figure?.kind ?? "not there"}`);
  return figure;
}

/** Every place in a document where a number should stand and something else that JSON makes of NaN or infinity does. */
export function brokenNumbers(document: unknown, path = ""): string[] {
  if (typeof document === "number") return Number.isFinite(document) ? [] : [path];
  if (typeof document === "string") return /^(NaN|-?Infinity|undefined|\[object)/.test(document) ? [path] : [];
  if (document === null || typeof document !== "object") return [];
  return Object.entries(document).flatMap(([key, value]) => brokenNumbers(value, `${path}/${key}`));
}
