import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTree } from "../server/start/remove-tree.mjs";
import { prepareHome, serve } from "./prepared-home.mjs";

/** The prepared home of the samples, shared by all tests and never written by any. Copy it to change it. */
export const sampleHome = (): Promise<string> => prepareHome();

/** A copy of the prepared home that a test may change, and how to be rid of it. */
export async function copyOfSampleHome(): Promise<{ home: string; remove: () => void }> {
  const home = mkdtempSync(join(tmpdir(), "tilannekuva-home-"));
  cpSync(await sampleHome(), home, { recursive: true });
  return { home, remove: () => removeTree(home) };
}

/** Serves a home on a free port with the built pages. */
export const serveHome = (home: string): Promise<{ url: string; stop: () => Promise<void> }> => serve(home);
