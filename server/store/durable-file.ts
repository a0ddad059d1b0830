import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes bytes and waits until the disk has them. The file must not exist yet under its final name. */
export function writeThrough(path: string, bytes: string | Uint8Array, mode = 0o644): void {
  const file = openSync(path, "w", mode);
  try {
    const buffer = typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes;
    for (let written = 0; written < buffer.length; ) written += writeSync(file, buffer, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a rename, or a new name, in this folder survive a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Replaces a file as one step: readers see the earlier bytes or the new ones. */
export function replaceFile(path: string, bytes: string | Uint8Array, mode = 0o644): void {
  for (const _ of replaceFileStepwise(path, bytes, mode));
}

/** The same, one system step at a time, so that a machine stopping between any two can be tried. */
export function* replaceFileStepwise(path: string, bytes: string | Uint8Array, mode = 0o644): Generator<string> {
  mkdirSync(dirname(path), { recursive: true });
  yield "folder";
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  writeThrough(beside, bytes, mode);
  yield "written";
  renameSync(beside, path);
  yield "renamed";
  syncFolder(dirname(path));
  yield "synced";
}
