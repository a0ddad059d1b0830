import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = new URL("..", import.meta.url).pathname;
export const SHARED = join(ROOT, "..", "shared");
export const COMMAND = join(ROOT, "build", "tilannekuva.mjs");

type Document = Record<string, unknown> & {
  ok: boolean;
  problems?: { code: string; message: string; todo: string; where: Record<string, unknown> }[];
};

/** Runs the built command with `--json` and reads its one document. */
export function command(...args: string[]): { code: number; document: Document; progress: string[] } {
  const child = spawnSync(process.execPath, [COMMAND, ...args, "--json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = child.stdout.trim().split("\n");
  if (lines.length !== 1)
    throw new Error(
      `one document expected on stdout, not ${lines.length} lines: ${child.stdout.slice(0, 300)} ${child.stderr.slice(0, 600)}`,
    );
  try {
    return {
      code: child.status ?? -1,
      document: JSON.parse(lines[0] as string),
      progress: child.stderr.trim().split("\n"),
    };
  } catch {
    throw new Error(`not a document: ${child.stdout.slice(0, 300)} ${child.stderr.slice(0, 900)}`);
  }
}

/** The same, for a call that must succeed. */
export function done(...args: string[]): Document {
  const { code, document } = command(...args);
  if (code !== 0) throw new Error(`${args.join(" ")}: ${JSON.stringify(document)}`);
  return document;
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `tilannekuva-${name}-`));
}

/** Every file below a folder with the SHA-256 of its bytes; times play no part. */
export function tree(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ]),
  );
}
