import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { runChild, runNode } from "../server/start/child.mjs";
import { StartProblem } from "../server/start/problem.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL_TIMEOUT_MS = 180_000;

/** Keep a browser quiet and to itself: no calls home, no first-run pages. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The browser of the tests: one that is there, else Playwright's, else, as root, Debian's. Without one it is a
 * sentence and a failure: a test of the pages is never skipped.
 */
export async function findBrowser({ install = false } = {}) {
  const there = present();
  if (there) return there;
  if (install) {
    const found = (await installPlaywrights()) ?? (await installDebians());
    if (found) return found;
  }
  throw new StartProblem(
    "No browser was found for the tests: install Chromium or Chrome, or name one in TILANNEKUVA_BROWSER, and try again.",
  );
}

function present() {
  const named = process.env.TILANNEKUVA_BROWSER;
  if (named) {
    if (existsSync(named)) return named;
    throw new StartProblem(`TILANNEKUVA_BROWSER names ${named}, and there is no such file.`);
  }
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const files = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find((file) => existsSync(file)) ?? playwrights();
}

/** Where Playwright keeps its own browser, if it has one. */
function playwrights() {
  const { chromium } = createRequire(import.meta.url)("@playwright/test");
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : null;
}

async function installPlaywrights() {
  const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
  await runNode(cli, ["install", "chromium"], { timeoutMs: INSTALL_TIMEOUT_MS });
  return playwrights();
}

async function installDebians() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  await runChild("/usr/bin/apt-get", ["update"], { timeoutMs: INSTALL_TIMEOUT_MS });
  await runChild("/usr/bin/apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
    surroundings: { DEBIAN_FRONTEND: "noninteractive" },
    timeoutMs: INSTALL_TIMEOUT_MS * 2,
  });
  return existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : null;
}
