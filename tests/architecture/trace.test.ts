import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What the web process must not have: personal rows' store, the rooms of the batch, DuckDB. */
const CELLAR = /(^|\/)(server\/(store\/microdata|pipeline|commands)\/|node_modules\/@duckdb\/)/;

/**
 * What the built server is made of, by path in the house: the files that its traces name (.nft.json), and the sources
 * that went into its bundles (.js.map), which the traces do not name.
 */
function builtOf(house: string): { traces: number; maps: number; files: Set<string> } {
  const files = new Set<string>();
  const next = join(house, ".next");
  const listed = readdirSync(next, { recursive: true, encoding: "utf8" }).filter(
    (path) => !/^(dev|cache)\//.test(path),
  );
  const traces = listed.filter((path) => path.endsWith(".nft.json"));
  const maps = listed.filter((path) => path.startsWith("server/") && path.endsWith(".map"));
  for (const path of [...traces, ...maps]) {
    const document = JSON.parse(readFileSync(join(next, path), "utf8"));
    for (const file of path.endsWith(".map") ? sourcesOf(document) : document.files) {
      files.add(posix.normalize(posix.join(".next", dirname(path), file)));
    }
  }
  return { traces: traces.length, maps: maps.length, files };
}

type SourceMap = { sources?: string[]; sections?: { map: SourceMap }[] };

function sourcesOf({ sources = [], sections = [] }: SourceMap): string[] {
  return [...sources, ...sections.flatMap(({ map }) => sourcesOf(map))];
}

it("the built server has no way to the cellar", () => {
  const { traces, maps, files } = builtOf(HOUSE);
  expect(traces).toBeGreaterThan(3);
  expect(maps).toBeGreaterThan(3);
  expect([...files].filter((file) => file.startsWith("app/")).length).toBeGreaterThan(0);
  expect([...files].filter((file) => file.startsWith("node_modules/next/")).length).toBeGreaterThan(0);
  expect([...files].filter((file) => CELLAR.test(file))).toEqual([]);
});

it.each([
  [".next/server/app/page.js.nft.json", { files: ["../../../node_modules/@duckdb/node-api/lib/index.js"] }],
  [".next/server/app/page.js.nft.json", { files: ["../../../server/store/microdata/rows.ts"] }],
  [".next/server/chunks/ssr/a.js.map", { sources: ["../../../../server/store/microdata/rows.ts"] }],
  [".next/server/chunks/ssr/a.js.map", { sections: [{ map: { sources: ["../../../../server/pipeline/run.ts"] } }] }],
])("a planted way is seen: %s %j", (path, document) => {
  const house = mkdtempSync(join(tmpdir(), "tilannekuva-trace-"));
  planted.push(house);
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), JSON.stringify(document));
  expect([...builtOf(house).files].some((file) => CELLAR.test(file))).toBe(true);
});

const planted: string[] = [];
afterAll(() => {
  for (const house of planted) rmSync(house, { recursive: true, force: true });
});
