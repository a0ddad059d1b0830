import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { endChildren, runNode } from "../../server/start/child.mjs";
import { compileCommand, compilePages } from "../../server/start/compile.mjs";
import { installPackages } from "../../server/start/packages.mjs";
import { tail } from "../../server/start/problem.mjs";
import { narrator, seconds } from "../../server/start/say.mjs";
import { findBrowser } from "../browser.mjs";
import { prepareHome, ROOT } from "../prepared-home.mjs";
import { doors, knip, lint, types } from "./gates.mjs";
import { lastLine, tallyPlaywright, tallyVitest } from "./tally.mjs";

const REPORTS = join(ROOT, "build", "reports");
const QUICK_ROOMS = ["statistics", "scoring", "segmentation", "disclosure", "findings", "contracts", "architecture"];

/** Proofs of many seconds each, left to `npm test`: simulations, references by another program, gates that are seen to fail. */
const LONG = [
  "architecture/{trace,gates,doors}",
  "disclosure/{protect,audit-*}",
  "segmentation/{structure-test,k-means-reference,gaussian-mixture,gap-statistic}",
  "statistics/{drivers,penalty-reward,small-area-simulation,partial-correlations,coverage-simulation}",
];

/** Everything, in order. A failed gate is reported and the next one runs all the same. */
export async function runEverything() {
  const run = beginRun();
  if (await run.preparation("packages", () => installPackages(ROOT, run.say))) {
    const browser = await run.preparation("browser", () => findBrowser({ install: true }));
    if (browser) run.say.line(`browser: ${browser}`);
    await run.preparation("build command", () => compileCommand(ROOT, run.say));
    await run.preparation("build pages", () => compilePages(ROOT, run.say));
    await run.gate("types", () => types(ROOT));
    await run.gate("lint", () => lint(ROOT));
    await run.gate("doors", () => doors(ROOT));
    await run.gate("knip", () => knip(ROOT));
    await run.preparation("sample home", () => prepareHome(run.say));
    await run.tests("vitest", () => vitest(["tests"]));
    if (browser) await run.tests("playwright", () => playwright(browser));
  }
  run.end();
}

/** What can be known without a build, in half a minute. */
export async function runQuickly() {
  const run = beginRun();
  if (await run.preparation("packages", () => installPackages(ROOT, run.say))) {
    const typed = run.gate("types", () => types(ROOT)); // the longest: beside the others
    await run.gate("lint", () => lint(ROOT));
    await run.gate("doors", () => doors(ROOT));
    const rooms = QUICK_ROOMS.map((room) => `tests/${room}/`).filter((room) => existsSync(join(ROOT, room)));
    await run.tests("vitest", () =>
      vitest([...rooms, ...LONG.flatMap((path) => ["--exclude", `tests/${path}.test.ts`])]),
    );
    await typed;
  }
  run.end();
}

/** A run: its counts, and how each part of it is told. */
function beginRun() {
  const started = performance.now();
  const say = narrator();
  const total = { passed: [], failed: [], skipped: [] };
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () => {
      endChildren(signal);
      process.exit(code);
    });
  }
  const add = (tally) => {
    for (const kind of Object.keys(total)) total[kind].push(...tally[kind]);
    for (const { name, why } of tally.failed) say.line(`FAILED ${name}\n${indent(why)}`);
  };
  const told = async (name, why, work) => {
    try {
      return await say.step(name, why, work);
    } catch (error) {
      add({
        passed: [],
        failed: [{ name, why: [error.message, error.detail].filter(Boolean).join("\n") }],
        skipped: [],
      });
      return null;
    }
  };
  return {
    say,
    /** What must be there before; counted only when it fails. Gives back what it found, or null. */
    async preparation(name, work) {
      try {
        return (await work()) ?? true;
      } catch (error) {
        const why = [error.message, error.detail].filter(Boolean).join("\n");
        add({ passed: [], failed: [{ name, why }], skipped: [] });
        return null;
      }
    },
    /** One claim. */
    async gate(name, work) {
      await told(name, "looking", async () => {
        const { ok, note, output } = await work();
        if (ok) total.passed.push({ name });
        else add({ passed: [], failed: [{ name, why: tail(output, 60) }], skipped: [] });
        return { what: [ok ? "passed" : "FAILED", note].filter(Boolean).join(", ") };
      });
    },
    /** Many claims. */
    async tests(name, work) {
      await told(name, "running", async () => {
        const tally = await work();
        add(tally);
        return { what: lastLine(tally) };
      });
    },
    end() {
      if (total.skipped.length > 0) say.line(`${total.skipped.length} skipped, because ../shared is not there:`);
      for (const { name } of total.skipped) say.line(`  ${name}`);
      if (total.failed.length > 0) say.line(`${total.failed.length} failed:`);
      for (const { name } of total.failed) say.line(`  ${name}`);
      say.line(`in ${seconds(started, 0)}`);
      say.line(lastLine(total));
      process.exitCode = total.failed.length > 0 ? 1 : 0;
    },
  };
}

async function vitest(args) {
  const script = join(ROOT, "node_modules/vitest/vitest.mjs");
  const config = ["--config", "tests/vitest.config.ts"];
  const report = reportFile("vitest.json");
  const { output } = await runNode(script, ["run", ...args, ...config, "--reporter=json", `--outputFile=${report}`], {
    cwd: ROOT,
    surroundings: { NO_COLOR: "1" },
  });
  return tallyVitest(readReport(report, output), ROOT);
}

async function playwright(browser) {
  const script = join(ROOT, "node_modules/@playwright/test/cli.js");
  const report = reportFile("playwright.json");
  const { output } = await runNode(script, ["test", "--config", "tests/playwright.config.mjs"], {
    cwd: ROOT,
    surroundings: { NO_COLOR: "1", TILANNEKUVA_BROWSER: browser },
  });
  return tallyPlaywright(readReport(report, output));
}

/** Where a report is to be written; the last run's is removed, so that nobody counts it. */
function reportFile(name) {
  const file = join(REPORTS, name);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readReport(file, output) {
  if (!existsSync(file)) throw new Error(`No report was written.\n${tail(output)}`);
  return JSON.parse(readFileSync(file, "utf8"));
}

const indent = (text) => tail(text, 60).replace(/^/gm, "    ");
