import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Release } from "../../data/contracts/release.ts";
import { appRouter } from "../../server/api/router.ts";
import { ROOT, temporaryFolder } from "../command.ts";
import { FIELDS, NOT_YET, PROCEDURES, ROUTES, TRUST_ROWS } from "./surfaces.ts";

/** Pages and routes below a folder of the app. */
function routesOf(app: string): string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)(page|route|default|template)\.(tsx?|jsx?|mdx?)$/.test(name))
    .sort();
}

/** What the router answers, with the fields that may be asked. */
function proceduresOf(router: { _def: { procedures: object } }): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(router._def.procedures as Record<string, { _def: { inputs: { shape?: object }[] } }>).map(
      ([name, { _def }]) => [
        name,
        _def.inputs.flatMap((input) => Object.keys(input.shape ?? { "without a shape": true })).sort(),
      ],
    ),
  );
}

test("every page and route of the app is one that attacks are named for", () => {
  expect(routesOf(join(ROOT, "app"))).toEqual(Object.keys(ROUTES).sort());
});

test("planted: a route that nobody attacks is seen", () => {
  const app = temporaryFolder("routes");
  for (const name of [...Object.keys(ROUTES), "api/rows/route.ts", "[locale]/me/page.tsx"]) {
    mkdirSync(join(app, name, ".."), { recursive: true });
    writeFileSync(join(app, name), "");
  }
  expect(routesOf(app).filter((name) => !(name in ROUTES))).toEqual(["[locale]/me/page.tsx", "api/rows/route.ts"]);
  rmSync(app, { recursive: true, force: true });
});

test("every procedure and every field that may be asked of it is one that attacks are named for", () => {
  expect(proceduresOf(appRouter)).toEqual(
    Object.fromEntries(Object.entries(PROCEDURES).map(([name, { asks }]) => [name, asks])),
  );
});

test("planted: a procedure, or one field more of a question, is seen", () => {
  const more = {
    _def: {
      procedures: { ...appRouter._def.procedures, "picture.rows": { _def: { inputs: [{ shape: { person: 1 } }] } } },
    },
  };
  expect(proceduresOf(more)).toHaveProperty(["picture.rows"], ["person"]);
  expect(Object.keys(PROCEDURES)).not.toContain("picture.rows");
});

test("every field of the release document is one of which it is said who attacks it", () => {
  expect(Object.keys(Release.shape).filter((field) => !(field in FIELDS))).toEqual([]);
  expect(Object.keys(Release.shape).length).toBeGreaterThan(15);
});

test("each of METHOD's thirty attacks is a test by its number, or is said not to apply yet, and why", () => {
  const tests = readdirSync(join(ROOT, "tests", "attacks")).filter((name) => name.endsWith(".test.ts"));
  const named = new Set(
    tests.flatMap((name) =>
      [
        ...readFileSync(join(ROOT, "tests", "attacks", name), "utf8").matchAll(
          /\b(?:test|it)[^"`\n]*["`]attacks? ((?:\d\d[ –]?(?:and )?)+)/g,
        ),
      ].flatMap(([, numbers = ""]) => numbers.match(/\d\d/g) ?? []),
    ),
  );
  const all = Array.from({ length: 30 }, (_, index) => String(index + 1).padStart(2, "0"));
  expect(all.filter((number) => !named.has(number) && !(number in NOT_YET))).toEqual([]);
  expect(Object.keys(TRUST_ROWS)).toEqual(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"]);
});
