import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
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
  const root = statSync(home.root, { throwIfNoEntry: false });
  if (root && !root.isDirectory()) return { code: "home-unreadable", where: { path: home.root }, fields: {} };
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
 * Holds the home for one writing verb. Returns a release function, or the problem that another verb holds it. The lock
 * names its process and when that began, so that a process killed, a power cut or a reused number do not hold it: what
 * it left half-done is then removed before the next verb begins.
 */
export function lockHome(home: Home): { unlock: () => void } | Problem {
  mkdirSync(home.root, { recursive: true });
  const path = join(home.root, "lock");
  const mine = `${path}.${process.pid}`;
  const text = `${process.pid} ${startOf(process.pid) ?? ""}\n`;
  try {
    writeFileSync(mine, text);
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(mine, path); // made whole or not at all
        removeLeftovers(home, mine);
        return { unlock: () => unlock(path, text) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        const held = readLock(path);
        if (held !== null && isAlive(held)) return busy(path, held);
        if (held !== null && !takeAway(path, held)) return busy(path, held);
      }
    }
    return busy(path, "0");
  } finally {
    rmSync(mine, { force: true });
  }
}

function busy(path: string, held: string): Problem {
  return { code: "home-busy", where: { path }, fields: { process: held.split(" ")[0] ?? "" } };
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Removes a dead process's lock and no other: what was moved aside must be what was read. */
function takeAway(path: string, held: string): boolean {
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return true; // somebody else took it away: try again
  }
  const moved = readLock(aside);
  if (moved === held) {
    rmSync(aside, { force: true });
    return true;
  }
  try {
    linkSync(aside, path); // a living lock came between: it is put back
  } catch {
    // Its place is taken already; its owner will find that its lock is not its own any more.
  }
  rmSync(aside, { force: true });
  return false;
}

function unlock(path: string, text: string): void {
  if (readLock(path) === text) rmSync(path, { force: true });
}

/** Whether the process that wrote this lock still runs: its number, and where the system tells, when it began. */
function isAlive(held: string): boolean {
  const [number = "", began = ""] = held.trim().split(" ");
  const holder = Number(number);
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) return false;
  try {
    process.kill(holder, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(holder);
  return began === "" || now === null || now === began;
}

/** When a process began, in clock ticks since the machine did (Linux); null where the system does not say. */
function startOf(holder: number): string | null {
  try {
    return (
      readFileSync(`/proc/${holder}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[19] ?? null
    );
  } catch {
    return null;
  }
}

/** What a killed verb left: rows in the work folder, half a release. Only the holder of the lock may look. */
function removeLeftovers(home: Home, mine: string): void {
  rmSync(home.work, { recursive: true, force: true });
  for (const folder of [home.releases, home.published])
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (name.endsWith(".partial")) rmSync(join(folder, name), { recursive: true, force: true });
  for (const name of readdirSync(home.root))
    if (/^lock\.\d+$/.test(name) && join(home.root, name) !== mine && !isAlive(readLock(join(home.root, name)) ?? ""))
      rmSync(join(home.root, name), { force: true });
}
