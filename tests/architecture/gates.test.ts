import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knip, lint, types } from "../gates/gates.mjs";
import { lastLine, tallyPlaywright, tallyVitest } from "../gates/tally.mjs";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

describe("a gate that is red when it should be", () => {
  let tree: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), "tilannekuva-gate-"));
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  it.each([
    ["a text for a number", 'export const n: number = "one";\n', "TS2322"],
    ["an element that may not be there", "export const first = (list: number[]): number => list[0];\n", "TS2322"],
    ["a type taken as a value", 'import { T } from "./t.ts";\nexport const t: T = 1;\n', "TS1484"],
  ])("types: %s", async (_what, source, code) => {
    const settings = JSON.parse(readFileSync(join(HOUSE, "tsconfig.json"), "utf8"));
    settings.compilerOptions.types = [];
    settings.compilerOptions.lib = ["ES2023"];
    write("tsconfig.json", JSON.stringify(settings));
    write("server/t.ts", "export type T = number;\n");
    write("server/clean.ts", "export const n: number = 1;\n");
    const clean = await types(tree, HOUSE);
    expect(clean.ok, clean.output).toBe(true);
    write("server/planted.ts", source);
    const planted = await types(tree, HOUSE);
    expect(planted.ok).toBe(false);
    expect(planted.output).toContain(code);
  });

  it.each([
    ["an unused import", 'import { join } from "node:path";\nexport const n = 1;\n', "noUnusedImports"],
    ["a doubtful any", "export const n = (x: any) => x;\n", "noExplicitAny"],
    ["another way of writing", "export const n = 'one'\n", "format"],
  ])("lint: %s", async (_what, source, rule) => {
    for (const name of ["biome.json", ".gitignore"]) cpSync(join(HOUSE, name), join(tree, name));
    write("server/clean.ts", "export const n = 1;\n");
    const clean = await lint(tree, HOUSE, ["server"]);
    expect(clean.ok, clean.output).toBe(true);
    expect(clean.note).toMatch(/^[1-9]\d* files?$/);
    write("server/planted.ts", source);
    const planted = await lint(tree, HOUSE, ["server"]);
    expect(planted.ok).toBe(false);
    expect(planted.output).toContain(rule);
  });

  it("knip: a file, an export and a package that nobody uses", async () => {
    write(
      "package.json",
      JSON.stringify({ name: "planted", type: "module", main: "main.ts", dependencies: { pad: "1" } }),
    );
    write("main.ts", 'import { used } from "./used.ts";\nconsole.log(used);\n');
    write("used.ts", "export const used = 1;\nexport const forgotten = 2;\n");
    write("lost.ts", "export const lost = 1;\n");
    const { ok, output } = await knip(tree, HOUSE);
    expect(ok).toBe(false);
    for (const name of ["forgotten", "lost.ts", "pad"]) expect(output).toContain(name);
  });
});

describe("counting", () => {
  const vitest = (status: string, title: string, success = true) => ({
    success,
    testResults: [
      {
        name: "/house/tests/a.test.ts",
        status: "passed",
        assertionResults: [{ status, title, ancestorTitles: ["a"], failureMessages: ["why"] }],
      },
    ],
  });
  const playwright = (status: string, title: string) => ({
    suites: [{ title: "a.spec.ts", suites: [{ title: "a", specs: [{ title, tests: [{ status, results: [] }] }] }] }],
    errors: [],
  });

  it.each([
    ["passed", "counts", "1 passed, 0 failed"],
    ["failed", "counts", "0 passed, 1 failed"],
    ["pending", "real answers (needs ../shared)", "0 passed, 0 failed, 1 skipped"],
    ["skipped", "too slow today", "0 passed, 1 failed"],
    ["todo", "some day", "0 passed, 1 failed"],
  ])("Vitest's %s: %s", (status, title, line) => {
    expect(lastLine(tallyVitest(vitest(status, title), "/house"))).toBe(line);
  });

  it.each([
    ["expected", "counts", "1 passed, 0 failed"],
    ["unexpected", "counts", "0 passed, 1 failed"],
    ["flaky", "passes at times", "0 passed, 1 failed"],
    ["skipped", "too slow today", "0 passed, 1 failed"],
  ])("Playwright's %s: %s", (status, title, line) => {
    expect(lastLine(tallyPlaywright(playwright(status, title)))).toBe(line);
  });

  it("counts a test file that cannot be read", () => {
    const report = {
      success: false,
      testResults: [{ name: "/house/tests/a.test.ts", status: "failed", message: "no", assertionResults: [] }],
    };
    expect(tallyVitest(report, "/house").failed).toEqual([{ name: "tests/a.test.ts", why: "no" }]);
  });

  it("counts a run that fails outside of its tests, and one that ran none", () => {
    expect(lastLine(tallyVitest(vitest("passed", "counts", false), "/house"))).toBe("1 passed, 1 failed");
    expect(lastLine(tallyPlaywright({ suites: [], errors: [] }))).toBe("0 passed, 1 failed");
  });
});
