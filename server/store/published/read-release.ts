import { join } from "node:path";
import type { At, Cell, Statistic } from "../../../data/contracts/cell.ts";
import { cellKey } from "../../../data/contracts/cell-key.ts";
import { Release } from "../../../data/contracts/release.ts";
import { RELEASE_ID, readWhole } from "./read-file.ts";

/** A cell with the key that names it on screen. */
export type KeyedCell = Cell & { key: string };

/** A release in memory: the document, validated once, and its cells by key. */
export type LoadedRelease = {
  release: Release;
  get(key: string): KeyedCell | null;
  find(measure: string, statistic: Statistic, at: At): KeyedCell | null;
};

/** Releases are immutable, so what was read once holds; the oldest leaves when there are more than these. */
const KEPT = 12;
const loaded = new Map<string, Promise<LoadedRelease | null>>();

/** The release of an id; null when the id is malformed or there is no such release. */
export function readRelease(published: string, id: string): Promise<LoadedRelease | null> {
  if (!RELEASE_ID.test(id)) return Promise.resolve(null);
  const path = join(published, id, "release.json");
  const kept = loaded.get(path);
  if (kept) return kept;
  const reading = load(published, id);
  loaded.set(path, reading);
  if (loaded.size > KEPT) loaded.delete(loaded.keys().next().value as string);
  // What failed or was absent may be there next time: only what was read is kept.
  reading.then((found) => found ?? loaded.delete(path)).catch(() => loaded.delete(path));
  return reading;
}

async function load(published: string, id: string): Promise<LoadedRelease | null> {
  const bytes = await readWhole(published, id, "release.json");
  return bytes && indexRelease(Release.parse(JSON.parse(bytes.toString("utf8"))));
}

/** Cells by key. Two cells of one key would be two truths: refused. */
export function indexRelease(release: Release): LoadedRelease {
  const cells = new Map<string, KeyedCell>();
  for (const cell of release.cells) {
    const key = cellKey(cell.measure, cell.statistic, cell.at);
    if (cells.has(key)) throw new Error(`Release ${release.id} holds the cell ${key} twice.`);
    cells.set(key, { ...cell, key });
  }
  const get = (key: string) => cells.get(key) ?? null;
  return { release, get, find: (measure, statistic, at) => get(cellKey(measure, statistic, at)) };
}
