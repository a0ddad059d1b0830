import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "../../server/start/child.mjs";

/**
 * The gates that are one claim each: types, lint, doors, dead code. A gate looks at a tree and gives back
 * `{ok, note, output}`, so that a test can plant a violation in a tree of its own and see red.
 * `tools` is where the packages are.
 */
export const ROOMS = ["app", "components", "server", "data", "proxy.ts"];

/** Types: the whole project under tsconfig.json. Next's own declarations are made first where they are not there yet. */
export async function types(tree, tools = tree) {
  const next = join(tools, "node_modules/next/dist/bin/next");
  if (!existsSync(join(tree, "next-env.d.ts")) && existsSync(join(tree, "next.config.js"))) {
    await runNode(next, ["typegen"], { cwd: tree, surroundings: { NEXT_TELEMETRY_DISABLED: "1" } });
  }
  const tsc = join(tools, "node_modules/typescript/bin/tsc");
  return verdict(await runNode(tsc, ["--project", ".", "--noEmit", "--pretty", "false"], { cwd: tree }));
}

/** Lint and format. */
export async function lint(tree, tools = tree, paths = ["."]) {
  const biome = join(tools, "node_modules/@biomejs/biome/bin/biome");
  const args = ["check", "--colors=off", "--error-on-warnings", "--no-errors-on-unmatched", ...paths];
  const run = await runNode(biome, args, { cwd: tree });
  return { ...verdict(run), note: /Checked (\d+ files?)/.exec(run.output)?.[1] ?? "" };
}

/**
 * Doors: no import that DESIGN forbids. A run that looked at no module has seen nothing and is red: without a
 * TypeScript that it supports, the tool finds no violation in 0 modules and is content.
 */
export async function doors(tree, tools = tree) {
  const { ok, modules, violations, output } = await cruise(tree, tools);
  if (!ok) return { ok, note: "", output };
  if (modules.length === 0) return { ok: false, note: "0 modules", output: "No module was looked at.\n" };
  const lines = violations.map(({ from, to, rule, comment }) => `${from} → ${to}\n  ${rule}: ${comment}\n`);
  return { ok: violations.length === 0, note: `${modules.length} modules`, output: lines.join("") };
}

/**
 * What dependency-cruiser saw: the house's own modules, and each forbidden import with its door and why.
 * @returns {Promise<{ok: boolean, modules: string[], violations: Violation[], output: string}>}
 * @typedef {{from: string, to: string, rule: string, comment: string}} Violation
 */
export async function cruise(tree, tools = tree) {
  const tool = join(tools, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = join(tools, "tests/architecture/doors.cjs");
  const rooms = ROOMS.filter((room) => existsSync(join(tree, room)));
  const args = [...rooms, "--config", config, "--output-type", "json"];
  const { stdout, output } = await runNode(tool, args, { cwd: tree });
  try {
    const { modules, summary } = JSON.parse(stdout);
    const why = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
    return {
      ok: true,
      modules: modules.map(({ source }) => source).filter((source) => ROOMS.includes(source.split("/")[0])),
      violations: summary.violations.map(({ from, to, rule }) => ({
        from,
        to,
        rule: rule.name,
        comment: why.get(rule.name),
      })),
      output,
    };
  } catch {
    return { ok: false, modules: [], violations: [], output };
  }
}

/** Dead code: files, exports and packages that nobody uses. */
export async function knip(tree, tools = tree) {
  return verdict(
    await runNode(join(tools, "node_modules/knip/bin/knip.js"), ["--no-progress", "--no-config-hints"], { cwd: tree }),
  );
}

const verdict = ({ code, output }) => ({ ok: code === 0, note: "", output });
