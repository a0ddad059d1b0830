import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "../../../data/contracts/cell.ts";
import type { Published } from "../../../data/contracts/published.ts";
import { Pointer, type Release } from "../../../data/contracts/release.ts";
import { canonicalJson, sha256 } from "../canonical.ts";
import { replaceFile, syncFolder, writeThrough } from "../durable-file.ts";
import type { Home } from "../home.ts";
import { cellsArrow } from "./cells-arrow.ts";
import { cellsCsv } from "./cells-csv.ts";
import { everPublished } from "./read-pointer.ts";

/** A release all of whose cells have passed the gate. What lacks that cannot be stored for readers. */
export type PublishedRelease = Omit<Release, "cells"> & { cells: Published<Cell>[] };

/** Writes a release's files into `published/<id>.partial/` and gives them their name in one step; then they are read-only. */
export function writeRelease(home: Home, release: PublishedRelease): void {
  const partial = join(home.published, `${release.id}.partial`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const files = filesOf(release);
  for (const [name, bytes] of files) writeThrough(join(partial, name), bytes, 0o444);
  writeThrough(join(partial, "SHA256SUMS"), files.map(sumLine).join(""), 0o444);
  syncFolder(partial);
  renameSync(partial, join(home.published, release.id));
  chmodSync(join(home.published, release.id), 0o555);
  syncFolder(home.published);
}

/**
 * Adds to a release that stands what a release of its time did not have, and says whether there was any. Each file is whole before
 * its sum is told, and the release's own document stays as it is.
 */
export function addMissingFiles(home: Home, release: PublishedRelease): boolean {
  const folder = join(home.published, release.id);
  const missing = filesOf(release).filter(([name]) => !existsSync(join(folder, name)));
  if (missing.length === 0) return false;
  chmodSync(folder, 0o755);
  try {
    for (const [name, bytes] of missing) replaceFile(join(folder, name), bytes, 0o444);
    const sums = readFileSync(join(folder, "SHA256SUMS"), "utf8") + missing.map(sumLine).join("");
    replaceFile(join(folder, "SHA256SUMS"), sums, 0o444);
  } finally {
    chmodSync(folder, 0o555);
  }
  return true;
}

function filesOf(release: PublishedRelease): [string, string | Uint8Array][] {
  return [
    ["release.json", documentOf(release)],
    ["cells.csv", cellsCsv(release.cells, release.variables)],
    ["cells.arrow", cellsArrow(release.cells, release.variables)],
  ];
}

function sumLine([name, bytes]: [string, string | Uint8Array]): string {
  return `${sha256(bytes)}  ${name}\n`;
}

/** Whether a release stands whole: all its files are there with the bytes that were written. */
export function releaseStands(home: Home, id: string): boolean {
  const folder = join(home.published, id);
  if (!existsSync(join(folder, "SHA256SUMS"))) return false;
  return readFileSync(join(folder, "SHA256SUMS"), "utf8")
    .trim()
    .split("\n")
    .every((line) => {
      const [sum, name] = line.split("  ");
      return name !== undefined && existsSync(join(folder, name)) && sha256(readFileSync(join(folder, name))) === sum;
    });
}

/** What a stored release's document is, by hash: made again from the same inputs it must be the same. */
export function isSameDocument(home: Home, release: PublishedRelease): boolean {
  const stored = readFileSync(join(home.published, release.id, "release.json"));
  return sha256(stored) === sha256(documentOf(release));
}

function documentOf(release: PublishedRelease): string {
  return `${canonicalJson(release)}\n`;
}

export function listReleases(home: Home): string[] {
  if (!existsSync(home.published)) return [];
  return readdirSync(home.published).filter(
    (name) => /\.[0-9a-f]{12}$/.test(name) && existsSync(join(home.published, name, "SHA256SUMS")),
  );
}

export function readPointers(home: Home): Record<string, Pointer> {
  if (!existsSync(home.current)) return {};
  const names = readdirSync(home.current).filter((name) => /^[a-z0-9][a-z0-9-]*\.json$/.test(name));
  return Object.fromEntries(
    names.map((name) => [name.slice(0, -5), Pointer.parse(JSON.parse(readFileSync(join(home.current, name), "utf8")))]),
  );
}

/**
 * Makes a release the one that is shown: writes the pointer beside itself and renames it. A reader, and a machine that
 * stops at any point, sees the earlier release or this one.
 */
export function pointTo(home: Home, lifeEvent: string, release: string, publishedAt: string): void {
  const shown = everPublished(readPointers(home)[lifeEvent]);
  const pointer: Pointer = { release, publishedAt, everPublished: [...new Set([...shown, release])] };
  replaceFile(join(home.current, `${lifeEvent}.json`), `${JSON.stringify(pointer)}\n`);
}
