import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "../../server/start/hash.mjs";
import { freePort } from "../../server/start/port.mjs";

const HOUSE = fileURLToPath(new URL("../..", import.meta.url));

/** The files of the browser's engine, by their names in their package. */
export const ENGINE = ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"];

/** Ran to its end or until it had printed an address, when it was told to end. */
export type Run = { code: number; output: string; lines: string[]; steps: string[]; seconds: number };

/**
 * A house small enough to start in a second: the real starting scripts and the real bundler, a command that only
 * writes down what it was asked, a page builder that only says so.
 */
export function buildSmallHouse() {
  const root = mkdtempSync(join(tmpdir(), "tilannekuva-small-house-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  cpSync(join(HOUSE, "server/start"), join(root, "server/start"), { recursive: true });
  write("package.json", JSON.stringify({ name: "small-house", type: "module", dependencies: {} }));
  write("package-lock.json", "{}");
  write("tsconfig.json", "{}");
  write("server/commands/main.ts", MAIN);
  write("server/pipeline/method.ts", 'export const METHOD: string = "1";\n');
  write("app/page.tsx", "export default function Page() { return null }\n");
  write("data/classifications/towns.json", "{}");
  write("data/policy/disclosure.json", "{}");
  write("data/codebooks/answers-1.json", JSON.stringify({ id: "answers", version: 1 }));
  write("data/codebooks/answers-2.json", JSON.stringify({ id: "answers", version: 2 }));
  write("data/codebooks/counts.json", JSON.stringify({ id: "counts" }));
  write("data/life-events/moving.json", lifeEvent("moving", ["answers", "counts"]));
  write("data/life-events/resting.json", lifeEvent("resting", ["no-such-sample"]));
  write("data/life-events/waiting.json", lifeEvent("waiting", []));
  write(
    "data/samples/generator.ts",
    'import codebook from "../codebooks/answers-2.json" with { type: "json" };\nexport const VERSIONS = [codebook.version];\n',
  );
  write("data/samples/samples.sha256", SAMPLES.map(([name, , text]) => `${hashOf(text)}  ${name}\n`).join(""));
  write("node_modules/next/package.json", JSON.stringify({ name: "next", type: "commonjs" }));
  write("node_modules/next/dist/bin/next", NEXT);
  symlinkSync(join(HOUSE, "node_modules/esbuild"), join(root, "node_modules/esbuild"));
  write("node_modules/@duckdb/duckdb-wasm/package.json", JSON.stringify({ version: "0.0.1" }));
  for (const file of ENGINE) write(`node_modules/@duckdb/duckdb-wasm/dist/${file}`, `what ${file} is`);
  write("npm/npm-cli.cjs", 'console.log("added 0 packages");\n');
  return {
    root,
    write,
    start: (args: string[] = [], more: Partial<NodeJS.ProcessEnv> = {}) => start(root, args, more),
    build: (args: string[] = []) => run(root, "build.mjs", args, {}),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

async function start(root: string, args: string[], more: Partial<NodeJS.ProcessEnv>): Promise<Run> {
  const port = args.includes("--port") ? [] : ["--port", String(await freePort())];
  return run(root, "start.mjs", [...port, ...args], more);
}

/** Runs a script of server/start; as soon as it has printed an address it is asked to end. */
function run(root: string, script: string, args: string[], more: Partial<NodeJS.ProcessEnv>): Promise<Run> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, "server/start", script), ...args], {
      cwd: root,
      env: { ...process.env, TILANNEKUVA_HOME: "", npm_execpath: join(root, "npm/npm-cli.cjs"), ...more },
    });
    let output = "";
    let seconds = 0;
    const hear = (text: string) => {
      output += text;
      if (seconds === 0 && /^http:\S+\n/m.test(output)) {
        seconds = (performance.now() - started) / 1000;
        child.kill("SIGTERM");
      }
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.on("close", (code) => {
      const lines = output.trimEnd().split("\n");
      const steps = lines.flatMap((line) => (/ … /.test(line) ? [line.split(" … ")[0]!.trim()] : []));
      resolve({ code: code ?? -1, output, lines, steps, seconds });
    });
  });
}

function lifeEvent(id: string, codebooks: string[]): string {
  return JSON.stringify({ id, sources: codebooks.map((codebook) => ({ codebook, role: "survey" })) });
}

const SAMPLES = [
  ["answers-1.csv", "answers-1", "a;b\n1;2\n"],
  ["answers-2.csv", "answers-2", "a;b\n3;4\n"],
  ["counts.csv", "counts", "n\n5\n"],
] as const;

/** Ids of content, documents of the right shape, one refusal that can be asked for: a sample or codebook with "bad" in it. */
const MAIN = `
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { METHOD } from "../pipeline/method.ts";
import { VERSIONS } from "../../data/samples/generator.ts";

const args = process.argv.slice(2);
const value = (name: string) => args[args.indexOf(name) + 1]!;
const home = value("--home");
const short = (text: string) => createHash("sha256").update(METHOD + text).digest("hex").slice(0, 12);
const say = (document: object) => console.log(JSON.stringify({ ok: true, ...document }));
const put = (path: string, text: string) => {
  mkdirSync(join(home, path, ".."), { recursive: true });
  writeFileSync(join(home, path), text);
};
put("home.json", '{"format":1}');

if (args[0] === "samples") {
  const files = ${JSON.stringify(SAMPLES)}.map(([name, codebook, text]) => {
    put("samples/" + name, text);
    return { name, codebook, sha256: createHash("sha256").update(text).digest("hex"), bytes: text.length };
  });
  say({ files, versions: VERSIONS });
}
if (args[0] === "ingest") {
  const codebook = readFileSync(value("--codebook"), "utf8");
  if (codebook.includes("bad")) {
    const problem = { code: "bad", message: "The codebook is bad.", where: { path: "columns[0]" }, todo: "Mend it." };
    console.log(JSON.stringify({ ok: false, problems: [problem, { ...problem, message: "Twice." }] }));
    process.exit(1);
  }
  const extract = JSON.parse(codebook).id + "." + short(codebook + readFileSync(args[3]!, "utf8"));
  put("vault/extracts/" + extract + "/extract.json", "{}");
  put("vault/keys/key", "key");
  say({ extract, repeated: false, rows: { read: 1, loaded: 1, rejected: 0 } });
}
if (args[0] === "release") {
  const id = basename(value("--life-event"), ".json");
  const release = id + "." + short(readFileSync(value("--life-event"), "utf8") + readdirSync(join(home, "vault/extracts")));
  put("published/" + release + "/release.json", "{}");
  put("vault/releases/" + release + "/model.json", "{}");
  say({ release, already: false, cells: { published: 1, protected: 0 }, verdict: "untested", seconds: 0 });
}
if (args[0] === "publish") {
  const release = value("--release");
  put("published/current/" + release.split(".")[0] + ".json", JSON.stringify({ release }));
  say({ release });
}
if (args[0] === "serve") {
  if (existsSync(join(home, "no-serving"))) process.exit(1);
  const server = createServer((_request, response) => response.end("ok"));
  server.listen(Number(value("--port")), () => say({ url: "http://localhost:" + value("--port"), pid: process.pid }));
  process.on("SIGTERM", () => process.exit(0));
}
`;

const NEXT = `
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
if (readFileSync("app/page.tsx", "utf8").includes("broken")) {
  console.error("app/page.tsx:1 does not parse");
  process.exit(1);
}
mkdirSync(".next/static/chunks", { recursive: true });
writeFileSync(".next/static/chunks/page.js", "(() => {})();\\n");
writeFileSync(".next/BUILD_ID", "1");
`;
