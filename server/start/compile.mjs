import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { runNode } from "./child.mjs";
import { layEngine } from "./engine.mjs";
import { hashFile, hashOf, hashTree, listFiles } from "./hash.mjs";
import { StartProblem, tail } from "./problem.mjs";
import { doIfStale, readStamp, removeStamp, whyStale, writeStamp } from "./stamp.mjs";

const MAIN = "server/commands/main.ts";
const SETTINGS = ["package-lock.json", "tsconfig.json", "server/start/compile.mjs"];

/** The bundled command: one program for start, tests and stewards. */
export const commandFile = (root) => join(root, "build", "tilannekuva.mjs");
const commandStamp = (root) => join(root, "build", "stamps", "command.json");
const pagesStamp = (root) => join(root, "build", "stamps", "pages.json");

/**
 * Bundles the command and its workers (`*.worker.ts`) into build/. It is stale when a file that went into the bundle
 * has changed: the bundler itself says which ones did.
 */
export async function compileCommand(root, say) {
  const stamp = readStamp(commandStamp(root));
  const before = stamp ? commandFiles(root, Object.keys(stamp.files)) : {};
  const whole = stamp?.made.every((name) => existsSync(join(root, "build", name)));
  const why = whyStale(stamp, before) ?? (whole ? null : "what it made is gone");
  if (why === null) return say.fresh("build command");
  await say.step("build command", why, async () => {
    removeStamp(commandStamp(root));
    const sources = hashTree(root, ["server", "data"]);
    const { inputs, made } = await bundle(root);
    const files = commandFiles(root, inputs);
    for (const path of inputs) if (path in sources) files[path] = sources[path];
    writeStamp(commandStamp(root), "build command", files, made);
    return { what: `${inputs.length} files` };
  });
}

/** Builds the pages, beside the engine that they load. Rooms that the doors keep out of the web are no sources of it: see `webSources`. */
export async function compilePages(root, say) {
  await layEngine(root, say);
  await doIfStale(
    {
      name: "build pages",
      stampFile: pagesStamp(root),
      files: webSources(root),
      stillThere: () => existsSync(join(root, ".next", "BUILD_ID")),
      work: async () => {
        removeStamp(pagesStamp(root));
        const next = join(root, "node_modules", "next", "dist", "bin", "next");
        const surroundings = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", NO_COLOR: "1", FORCE_COLOR: "0" };
        const { code, output } = await runNode(next, ["build"], { cwd: root, surroundings });
        const errors = output.replace(
          /^Turbopack build encountered \d+ warning[\s\S]*?(?=^> Build error|$(?![\s\S]))/m,
          "",
        );
        if (code !== 0)
          throw new StartProblem("The pages could not be built; Next says why below.", { detail: tail(errors) });
        compileAhead(join(root, ".next", "static", "chunks"));
        return { made: null };
      },
    },
    say,
  );
}

/**
 * Marks the pages' scripts as such whose functions are all called on load. Chromium then compiles them while they arrive, beside
 * the page; otherwise it compiles each when it is first called, on the page's own time: three quarters of what starting takes.
 * A comment to every other browser.
 */
function compileAhead(folder) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".js"))) {
    const file = join(folder, name);
    writeFileSync(file, `//# allFunctionsCalledOnLoad\n${readFileSync(file, "utf8")}`);
  }
}

/**
 * The hash of what the command does: of its bundle without the data that lies in it. That is hashed by those who read
 * it, so that a changed codebook is a changed codebook and not a new method.
 */
export function hashOfMethod(root) {
  const parts = readFileSync(commandFile(root), "utf8").split(/^(?=\/\/ \S+\.[a-z]+$)/m);
  return hashOf(
    parts.filter((part) => !/^\/\/ data\/(codebooks|classifications|life-events|policy|samples)\//.test(part)).join(""),
  );
}

/** What the built pages are made of. The doors prove that the rooms left out here are not among it. */
function webSources(root) {
  const behindTheDoors =
    /^server\/(commands|pipeline|start|store\/microdata)$|^data\/(codebooks|life-events|classifications|policy|sql|samples|decisions)$/;
  const paths = ["app", "components", "server", "data", "public", "proxy.ts", "next.config.js", "postcss.config.mjs"];
  return hashTree(root, [...paths, "package-lock.json", "tsconfig.json"], (path) => behindTheDoors.test(path));
}

async function bundle(root) {
  if (!existsSync(join(root, MAIN))) {
    throw new StartProblem(`The command could not be built: ${MAIN} is not there.`);
  }
  const partial = join("build", `.partial-${process.pid}`);
  const workers = listFiles(root, ["server"]).filter((path) => path.endsWith(".worker.ts"));
  try {
    mkdirSync(join(root, partial), { recursive: true });
    const { code, output } = await runNode(
      join(root, "node_modules", "esbuild", "bin", "esbuild"),
      bundlerArguments(root, workers, partial),
      { cwd: root },
    );
    if (code !== 0) {
      throw new StartProblem("The command could not be built; the bundler says why below.", {
        detail: tail(output.split(/^node:child_process/m)[0]), // what follows is its wrapper's own stack
      });
    }
    const made = ["tilannekuva.mjs", ...workers.map((path) => fileOf(path, "mjs"))];
    chmodSync(join(root, partial, "tilannekuva.mjs"), 0o755);
    for (const name of made) renameSync(join(root, partial, name), join(root, "build", name));
    const { inputs } = JSON.parse(readFileSync(join(root, partial, "meta.json"), "utf8"));
    return { inputs: Object.keys(inputs).filter((path) => !path.includes("node_modules/")), made };
  } finally {
    rmSync(join(root, partial), { recursive: true, force: true });
  }
}

function bundlerArguments(root, workers, partial) {
  const shebang = readFileSync(join(root, MAIN), "utf8").startsWith("#!") ? "" : "#!/usr/bin/env node\n";
  const require =
    'import { createRequire as createRequireOfBundle } from "node:module";\nconst require = createRequireOfBundle(import.meta.url);';
  return [
    `tilannekuva=${MAIN}`,
    ...workers.map((path) => `${fileOf(path, "").slice(0, -1)}=${path}`),
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--target=node20",
    "--charset=utf8",
    "--loader:.sql=text",
    "--out-extension:.js=.mjs",
    `--outdir=${partial}`,
    `--metafile=${join(partial, "meta.json")}`,
    `--banner:js=${shebang}${require}`,
    "--external:@duckdb/node-api",
    "--external:@duckdb/node-bindings",
    "--external:next",
    "--log-level=warning",
  ];
}

/** "server/pipeline/segment.worker.ts" → "segment.worker.mjs" */
const fileOf = (path, extension) => `${path.split("/").at(-1).replace(/\.ts$/, "")}.${extension}`;

/** Hashes of the files that went into the bundle, of the settings, and of a worker that came since. */
function commandFiles(root, inputs) {
  const workers = listFiles(root, ["server"]).filter((path) => path.endsWith(".worker.ts"));
  const files = {};
  for (const path of new Set([...inputs, ...SETTINGS, ...workers])) {
    if (existsSync(join(root, path))) files[path] = hashFile(join(root, path));
  }
  return files;
}
