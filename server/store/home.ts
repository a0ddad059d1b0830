import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../data/contracts/problem.ts";
import { replaceFile } from "./durable-file.ts";

/** The folders of a home (INTERFACES §8). A path, not a promise that it exists. */
export type Home = {
  readonly root: string;
  readonly codebooks: string;
  readonly lifeEvents: string;
  readonly extracts: string;
  readonly releases: string;
  readonly work: string;
  readonly published: string;
  readonly current: string;
};

const FORMAT = 1;

export function homeAt(root: string): Home {
  return {
    root,
    codebooks: join(root, "codebooks"),
    lifeEvents: join(root, "life-events"),
    extracts: join(root, "vault", "extracts"),
    releases: join(root, "vault", "releases"),
    work: join(root, "vault", "work"),
    published: join(root, "published"),
    current: join(root, "published", "current"),
  };
}

/** Null when this program can use the home; a newer format, or a file that is no home's, is a problem. */
export function homeProblem(home: Home): Problem | null {
  const path = join(home.root, "home.json");
  if (!existsSync(path)) return null;
  try {
    const { format } = JSON.parse(readFileSync(path, "utf8"));
    if (format === FORMAT) return null;
    if (typeof format === "number" && format > FORMAT)
      return { code: "home-newer", where: { path }, fields: { format, known: FORMAT } };
  } catch {
    // The same answer as for any other unreadable home.json, below.
  }
  return { code: "home-unreadable", where: { path }, fields: {} };
}

/** Makes the home's folder and marks its format, once. */
export function prepareHome(home: Home): void {
  mkdirSync(home.root, { recursive: true });
  const path = join(home.root, "home.json");
  if (!existsSync(path)) replaceFile(path, `${JSON.stringify({ format: FORMAT })}\n`);
}

/**
 * Holds the home for one writing verb. Returns a release function, or the problem that another verb holds it.
 * A lock whose process is gone (killed, power cut) is taken over.
 */
export function lockHome(home: Home): { unlock: () => void } | Problem {
  mkdirSync(home.root, { recursive: true });
  const path = join(home.root, "lock");
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(mine, path); // made whole or not at all
        return { unlock: () => rmSync(path, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const holder = holderOf(path);
        if (holder !== null) return { code: "home-busy", where: { path }, fields: { process: holder } };
        rmSync(path, { force: true });
      }
    }
    return { code: "home-busy", where: { path }, fields: { process: 0 } };
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The living process that holds the lock, or null. */
function holderOf(path: string): number | null {
  let holder: number;
  try {
    holder = Number(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  if (!Number.isInteger(holder) || holder <= 0) return null;
  try {
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? holder : null;
  }
}
