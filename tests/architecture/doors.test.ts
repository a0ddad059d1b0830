import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFiles } from "../../server/start/hash.mjs";
import { cruise, doors, ROOMS } from "../gates/gates.mjs";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What stands in the house of planted imports, so that each import finds something. */
const ROOM_FILES = [
  "app/page.tsx",
  "components/chart.tsx",
  "server/env.ts",
  "server/api/picture.ts",
  "server/auth/session.ts",
  "server/jobs/start-command.ts",
  "server/commands/main.ts",
  "server/pipeline/run.ts",
  "server/start/start.mjs",
  "server/store/home.ts",
  "server/store/app/accounts.ts",
  "server/store/published/read.ts",
  "server/store/microdata/rows.ts",
  "server/statistics/mean.ts",
  "server/findings/finding.ts",
  "server/disclosure/gate.ts",
  "server/disclosure/audit/audit.ts",
  "data/contracts/cell.ts",
  "data/contracts/cell-key.ts",
  "data/contracts/names.ts",
  "data/contracts/codebook.ts",
  "data/words/messages.ts",
  "data/samples/generator.ts",
  "data/sql/rows.sql",
  "data/codebooks/survey.json",
  "tests/home.ts",
];
const PACKAGES = ["zod", "react", "@duckdb/node-api", "@duckdb/duckdb-wasm", "pg", "left-pad"];

/** Each door: who stands before it, and imports that it refuses. `type` marks an import of types alone. */
const REFUSED: [door: string, from: string, to: string][] = [
  ["roof", "app/", "server/store/published/read.ts"],
  ["roof", "app/", "server/pipeline/run.ts"],
  ["roof", "app/", "server/statistics/mean.ts"],
  ["roof-parses-nothing", "app/", "data/contracts/codebook.ts"],
  ["windows", "components/", "server/store/published/read.ts"],
  ["windows", "components/", "type server/env.ts"],
  ["windows-take-types", "components/", "server/api/picture.ts"],
  ["windows-take-types", "components/", "server/findings/finding.ts"],
  ["windows-take-types", "components/", "data/contracts/cell.ts"],
  ["windows-have-no-machine", "components/", "node:fs"],
  ["api", "server/api/", "server/store/microdata/rows.ts"],
  ["api", "server/api/", "server/pipeline/run.ts"],
  ["api", "server/api/", "server/commands/main.ts"],
  ["api", "server/api/", "components/chart.tsx"],
  ["jobs", "server/jobs/", "server/pipeline/run.ts"],
  ["jobs", "server/jobs/", "type data/contracts/cell.ts"],
  ["auth", "server/auth/", "server/store/published/read.ts"],
  ["commands", "server/commands/", "server/statistics/mean.ts"],
  ["commands", "server/commands/", "server/api/picture.ts"],
  ["pipeline", "server/pipeline/", "server/api/picture.ts"],
  ["pipeline", "server/pipeline/", "server/commands/main.ts"],
  ["pipeline", "server/pipeline/", "server/env.ts"],
  ["pipeline-machine", "server/pipeline/", "node:child_process"],
  ["pipeline-machine", "server/pipeline/", "node:os"],
  ["pipeline-machine", "server/pipeline/", "node:worker_threads"],
  ["threads", "server/pipeline/threads/", "node:fs"],
  ["store", "server/store/published/", "server/pipeline/run.ts"],
  ["store", "server/store/microdata/", "data/words/messages.ts"],
  ["store-computes-nothing", "server/store/published/", "server/statistics/mean.ts"],
  ["cellar", "server/store/published/", "server/store/microdata/rows.ts"],
  ["cellar", "server/store/", "type server/store/microdata/rows.ts"],
  ["pure-rooms", "server/statistics/", "server/store/published/read.ts"],
  ["pure-rooms", "server/scoring/", "server/env.ts"],
  ["pure-rooms", "server/segmentation/", "data/words/messages.ts"],
  ["pure-rooms-parse-nothing", "server/disclosure/", "data/contracts/codebook.ts"],
  ["pure-rooms-parse-nothing", "server/findings/", "data/contracts/cell.ts"],
  ["pure-rooms-have-no-machine", "server/segmentation/", "node:crypto"],
  ["pure-rooms-have-no-packages", "server/findings/", "react"],
  ["pure-rooms-have-no-packages", "server/scoring/", "zod"],
  ["audit", "server/disclosure/audit/", "server/disclosure/gate.ts"],
  ["audit", "server/disclosure/audit/", "type server/disclosure/gate.ts"],
  ["audit", "server/disclosure/audit/", "server/statistics/mean.ts"],
  ["gate-without-audit", "server/disclosure/", "server/disclosure/audit/audit.ts"],
  ["gate-without-audit", "server/disclosure/", "type server/disclosure/audit/audit.ts"],
  ["contracts", "data/contracts/", "server/statistics/mean.ts"],
  ["contracts-zod-only", "data/contracts/", "left-pad"],
  ["contracts-zod-only", "data/contracts/", "node:fs"],
  ["words", "data/words/", "server/findings/finding.ts"],
  ["samples", "data/samples/", "server/pipeline/run.ts"],
  ["start", "server/start/", "server/env.ts"],
  ["start-without-packages", "server/start/", "left-pad"],
  ["env", "server/env.ts", "server/store/home.ts"],
  ["proxy", "proxy.ts", "server/api/picture.ts"],
  ["duckdb-in-the-cellar", "server/pipeline/", "@duckdb/node-api"],
  ["duckdb-in-the-cellar", "server/store/published/", "type @duckdb/node-api"],
  ["duckdb-in-the-cellar", "components/explore/", "@duckdb/node-api"],
  ["engine-in-explore", "components/", "@duckdb/duckdb-wasm"],
  ["engine-in-explore", "server/store/microdata/", "type @duckdb/duckdb-wasm"],
  ["databases-in-the-store", "server/api/", "pg"],
  ["sql-in-the-store", "server/pipeline/", "data/sql/rows.sql"],
  ["zod-at-the-edge", "components/", "zod"],
  ["zod-at-the-edge", "app/", "zod"],
  ["no-development-packages", "server/pipeline/", "left-pad"],
  ["found", "server/api/", "server/api/nobody.ts"],
  ["roof", "app/", "tests/home.ts"],
];

const ALLOWED: [from: string, to: string][] = [
  ["app/", "components/chart.tsx"],
  ["app/", "server/api/picture.ts"],
  ["app/", "type data/contracts/codebook.ts"],
  ["app/", "data/contracts/names.ts"],
  ["components/", "type server/api/picture.ts"],
  ["components/", "type data/contracts/cell.ts"],
  ["components/", "data/words/messages.ts"],
  ["components/", "react"],
  ["server/api/", "server/store/published/read.ts"],
  ["server/api/", "zod"],
  ["server/commands/", "server/pipeline/run.ts"],
  ["server/commands/", "server/env.ts"],
  ["server/pipeline/", "server/store/microdata/rows.ts"],
  ["server/pipeline/", "server/statistics/mean.ts"],
  ["server/pipeline/", "node:crypto"],
  ["server/pipeline/threads/", "node:worker_threads"],
  ["server/store/microdata/", "@duckdb/node-api"],
  ["server/store/published/", "type server/findings/finding.ts"],
  ["server/store/published/", "zod"],
  ["server/pipeline/", "server/disclosure/audit/audit.ts"],
  ["server/disclosure/audit/", "server/disclosure/audit/audit.ts"],
  ["server/statistics/", "type data/contracts/codebook.ts"],
  ["server/findings/", "data/contracts/cell-key.ts"],
  ["components/", "data/contracts/cell-key.ts"],
  ["components/explore/", "@duckdb/duckdb-wasm"],
  ["server/findings/", "server/statistics/mean.ts"],
  ["data/contracts/", "zod"],
  ["data/samples/", "data/codebooks/survey.json"],
  ["server/start/", "node:fs"],
];

describe("each door refuses what it says", () => {
  const tree = plantHouse();
  const planted = REFUSED.map(
    ([door, from, to], index) => [door, from, to, plant(tree, from, to, `refused-${index}`)] as const,
  );
  const allowed = ALLOWED.map(([from, to], index) => [from, to, plant(tree, from, to, `allowed-${index}`)] as const);
  plantRound(tree);
  let seen: Awaited<ReturnType<typeof cruise>>;
  beforeAll(async () => {
    seen = await cruise(tree, HOUSE);
    expect(seen.ok, seen.output).toBe(true);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));
  const doorsOf = (file: string) => seen.violations.filter(({ from }) => from === file).map(({ rule }) => rule);

  it.each(planted)("%s: %s ↛ %s", (door, _from, _to, file) => {
    expect(doorsOf(file)).toContain(door);
  });

  it.each(allowed)("open: %s → %s", (_from, _to, file) => {
    expect(doorsOf(file)).toEqual([]);
  });

  it("web-never-reaches-the-cellar: over several open doors", () => {
    const last = seen.violations.filter(({ rule }) => rule === "web-never-reaches-the-cellar");
    expect(last.map(({ from }) => from)).toContain("app/round.tsx");
  });

  it("no-circles: within a room", () => {
    expect(doorsOf("server/statistics/one.ts")).toContain("no-circles");
  });

  it("has a sentence for every door, and a planted import for every sentence", () => {
    const tried = new Set([...REFUSED.map(([door]) => door), "web-never-reaches-the-cellar", "no-circles"]);
    const told = new Map(seen.violations.map(({ rule, comment }) => [rule, comment]));
    expect([...told.keys()].sort()).toEqual([...tried].sort());
    for (const comment of told.values()) expect(comment).toMatch(/^[A-Z].{30,}\.$/);
  });
});

it("does not take an empty house for a clean one", async () => {
  const tree = mkdtempSync(join(tmpdir(), "tilannekuva-empty-"));
  mkdirSync(join(tree, "server"));
  const { ok, output } = await doors(tree, HOUSE);
  rmSync(tree, { recursive: true });
  expect(ok).toBe(false);
  expect(output).toContain("No module was looked at");
});

it("looks at every module of the real house", async () => {
  const { modules } = await cruise(HOUSE);
  const sources = listFiles(HOUSE, ROOMS).filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith(".d.ts"));
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.filter((path) => !modules.includes(path))).toEqual([]);
});

function plantHouse(): string {
  const tree = mkdtempSync(join(tmpdir(), "tilannekuva-doors-"));
  for (const path of ROOM_FILES)
    write(tree, path, path.endsWith(".json") ? "{}" : "export const here = 1;\nexport type Here = 1;\n");
  for (const name of PACKAGES) {
    write(tree, `node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    write(tree, `node_modules/${name}/index.js`, "export const here = 1;\n");
  }
  const dependencies = Object.fromEntries(
    PACKAGES.filter((name) => name !== "left-pad").map((name) => [name, "1.0.0"]),
  );
  write(
    tree,
    "package.json",
    JSON.stringify({ type: "module", dependencies, devDependencies: { "left-pad": "1.0.0" } }),
  );
  return tree;
}

/** Writes a module with the one import; into the room, or in place of the file when a file is named. */
function plant(tree: string, from: string, to: string, name: string): string {
  const extension = from === "server/start/" ? "mjs" : from === "app/" || from === "components/" ? "tsx" : "ts";
  const file = from.endsWith("/") ? `${from}${name}.${extension}` : from;
  const [kind, target] = to.startsWith("type ") ? ["import type { Here }", to.slice(5)] : ["import { here }", to];
  const inHouse = /^(app|components|server|data|tests)\//.test(target);
  const up = "../".repeat(file.split("/").length - 1) || "./";
  write(tree, file, `${kind} from "${inHouse ? up + target : target}";\nexport const there = 1;\n`);
  return file;
}

function plantRound(tree: string) {
  write(tree, "app/round.tsx", 'import { here } from "../components/round.tsx";\nexport default here;\n');
  write(tree, "components/round.tsx", 'export { here } from "../server/findings/round.ts";\n');
  write(tree, "server/findings/round.ts", 'export { here } from "../store/microdata/rows.ts";\n');
  write(tree, "server/statistics/one.ts", 'import { two } from "./two.ts";\nexport const one = () => two;\n');
  write(tree, "server/statistics/two.ts", 'import { one } from "./one.ts";\nexport const two = () => one;\n');
}

function write(tree: string, path: string, text: string) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}
