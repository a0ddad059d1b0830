import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { listFiles } from "../../server/start/hash.mjs";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const ROOMS = ["app", "components", "server", "data", "proxy.ts", "next.config.js"];

/** server/env.ts for the house; its twin for the scripts that run before there is anything to read TypeScript with. */
const READERS = ["server/env.ts", "server/start/surroundings.mjs"];

/** Does a source read the surroundings? */
function readsSurroundings(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return /\bprocess\s*(\?\.|\.|\[\s*["'])\s*env\b|\benv\b[^;]*\}\s*from\s*["'](node:)?process["']|import\.meta\.env/.test(
    code,
  );
}

it("only server/env.ts reads the surroundings", () => {
  const sources = listFiles(HOUSE, ROOMS).filter((path) => /\.(tsx?|mjs|cjs|js)$/.test(path));
  expect(sources.length).toBeGreaterThan(50);
  const readers = sources.filter((path) => readsSurroundings(readFileSync(join(HOUSE, path), "utf8")));
  expect(readers).toEqual(READERS);
});

it.each([
  "const home = process.env.HOME;",
  'const home = process["env"].HOME;',
  'import { env } from "node:process";',
  "const { HOME } = process.env;",
])("a planted reader is seen: %s", (source) => {
  expect(readsSurroundings(source)).toBe(true);
});

it("a comment reads nothing", () => {
  expect(readsSurroundings("/** The only reader of process.env. */\nexport const one = 1;")).toBe(false);
});
