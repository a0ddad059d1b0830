import { createHash, createHmac, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { Codebook } from "../../../data/contracts/codebook.ts";
import { Extract } from "../../../data/contracts/extract.ts";
import { canonicalJson, sha256 } from "../canonical.ts";
import { replaceFile, syncFolder, writeThrough } from "../durable-file.ts";
import type { Home } from "../home.ts";

/** The extracts of a home, in the order in which they came. */
export function listExtracts(home: Home): Extract[] {
  if (!existsSync(home.extracts)) return [];
  return readdirSync(home.extracts)
    .filter((name) => existsSync(join(home.extracts, name, "extract.json")))
    .map((name) => Extract.parse(JSON.parse(readFileSync(join(home.extracts, name, "extract.json"), "utf8"))))
    .sort((left, right) => left.sequence - right.sequence);
}

export function extractRowsPath(home: Home, extract: string): string {
  return join(home.extracts, extract, "rows.duckdb");
}

/** What ingest answered when this extract came; kept beside it for the steward. */
export function readFindings(home: Home, extract: string): unknown {
  return JSON.parse(readFileSync(join(home.extracts, extract, "findings.json"), "utf8"));
}

/** SHA-256 of a file of any size. */
export function hashOfFile(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(4 << 20);
  try {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer))
      hash.update(buffer.subarray(0, length));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

export function hashOfCodebook(codebook: Codebook): string {
  return sha256(canonicalJson(codebook));
}

export function codebookByHash(home: Home, hash: string): Codebook {
  return Codebook.parse(JSON.parse(readFileSync(join(home.codebooks, `${hash}.json`), "utf8")));
}

/** A folder for work in progress; gone when the work ends, whatever happens. */
export async function withWorkFolder<T>(home: Home, work: (folder: string) => Promise<T>): Promise<T> {
  const vault = join(home.root, "vault");
  const existed = existsSync(vault);
  const folder = join(home.work, String(process.pid));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (readdirSync(home.work).length === 0) rmSync(home.work, { recursive: true });
    if (!existed && readdirSync(vault).length === 0) rmSync(vault, { recursive: true });
  }
}

/** Puts a finished extract in its place: codebook first, then the extract's folder by one rename. */
export function keepExtract(home: Home, folder: string, extract: Extract, codebook: Codebook, findings: unknown): void {
  writeThrough(join(folder, "extract.json"), `${JSON.stringify(extract, null, 1)}\n`, 0o600);
  writeThrough(join(folder, "findings.json"), `${JSON.stringify(findings, null, 1)}\n`, 0o600);
  chmodSync(join(folder, "rows.duckdb"), 0o400);
  syncFolder(folder);
  replaceFile(join(home.codebooks, `${extract.codebookHash}.json`), `${canonicalJson(codebook)}\n`);
  mkdirSync(home.extracts, { recursive: true, mode: 0o700 });
  renameSync(folder, join(home.extracts, extract.id));
  syncFolder(home.extracts);
}

/** An extract's place in the order in which extracts came. */
export function keepSequence(home: Home, extract: Extract): void {
  replaceFile(join(home.extracts, extract.id, "extract.json"), `${JSON.stringify(extract, null, 1)}\n`, 0o600);
}

/**
 * Person ids by a key of this home (METHOD §0): they link rows of one person, never order or seed anything. The key is
 * made at first use and kept only with the extract that first needs it.
 */
export type PersonKey = { of: (id: string) => string; keep: () => void };

export function personKey(home: Home): PersonKey {
  const path = join(home.root, "vault", "keys", "person");
  const known = existsSync(path);
  const key = known ? readFileSync(path) : randomBytes(32);
  return {
    of: (id) => createHmac("sha256", key).update(id).digest("hex"),
    keep: () => {
      if (known) return;
      mkdirSync(join(home.root, "vault", "keys"), { recursive: true, mode: 0o700 });
      replaceFile(path, key, 0o600);
    },
  };
}
