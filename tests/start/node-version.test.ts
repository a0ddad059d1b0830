import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeProblem } from "../../server/start/node-version.mjs";

it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("takes Node %s", (version) => {
  expect(nodeProblem(version)).toBeNull();
});

it.each(["12.22.0", "18.20.4", "20.18.3"])("refuses Node %s in one sentence", (version) => {
  expect(nodeProblem(version)).toBe(
    `Node 20.19 or newer is needed and this is Node ${version}: install it and try again.`,
  );
});

/** The sentence must be reachable there: what runs before the check may use nothing that came after Node 12. */
it.each([
  "server/start/start.mjs",
  "server/start/build.mjs",
  "server/start/node-version.mjs",
  "tests/run.mjs",
  "tests/check.mjs",
])("%s parses on an old Node", (path) => {
  const source = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  expect(source).not.toMatch(/\?\.|\?\?|\|\|=|^\s*(const .*= )?await |"node:|#[a-z]/m);
});
