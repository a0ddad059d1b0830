import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandFile, compileCommand, compilePages } from "../server/start/compile.mjs";
import { hashFile, hashOfHashes, hashTree } from "../server/start/hash.mjs";
import { makePictures } from "../server/start/picture.mjs";
import { freePort } from "../server/start/port.mjs";
import { removeTree } from "../server/start/remove-tree.mjs";
import { silent } from "../server/start/say.mjs";
import { startServer } from "../server/start/serve.mjs";

export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const HOMES = join(ROOT, "build", "test-home");
const WAIT_MS = 200;

/**
 * A home made of the samples by the real command, all the way to the published picture. It is made once for each
 * state of command and data, under a lock, and read by every test: a test that writes copies it first.
 */
export async function prepareHome(say = silent) {
  return locked(async () => {
    await compileCommand(ROOT, say);
    const home = join(HOMES, keyOfHome());
    for (const name of existsSync(HOMES) ? readdirSync(HOMES) : []) {
      if (join(HOMES, name) !== home) removeTree(join(HOMES, name));
    }
    await makePictures({ root: ROOT, home, say });
    return home;
  });
}

/** Serves a home on some free port: `{url, stop}`. */
export async function serve(home) {
  await locked(() => compilePages(ROOT, silent));
  const { url, child, ended } = await startServer(ROOT, { home, port: await freePort() });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

function keyOfHome() {
  const data = [
    "data/sql",
    "data/codebooks",
    "data/classifications",
    "data/life-events",
    "data/policy",
    "data/samples/samples.sha256",
  ];
  const files = { ...hashTree(ROOT, data), command: hashFile(commandFile(ROOT)) };
  return hashOfHashes(files).slice(0, 12);
}

/** One at a time over all processes: a folder is made by one of them only. The lock of a dead process is taken over. */
async function locked(work) {
  const lock = join(ROOT, "build", "test-home.lock");
  mkdirSync(join(ROOT, "build"), { recursive: true });
  while (!take(lock)) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(join(lock, "pid"), "utf8"));
    process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    return error.code === "ENOENT" && existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 5_000;
  }
}
