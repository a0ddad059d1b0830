import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { endChildren } from "./child.mjs";
import { compileCommand, compilePages } from "./compile.mjs";
import { layEngine } from "./engine.mjs";
import { emptyHome } from "./fresh.mjs";
import { installPackages } from "./packages.mjs";
import { makePictures } from "./picture.mjs";
import { requireFreePort } from "./port.mjs";
import { StartProblem, sayProblem } from "./problem.mjs";
import { narrator, seconds } from "./say.mjs";
import { startDevelopment, startServer } from "./serve.mjs";
import { homeFromSurroundings } from "./surroundings.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

const HELP = `npm start -- [--port N] [--home DIR] [--fresh [--yes]] [--dev]

Installs, builds, makes the samples, reads them in, releases, publishes and serves; only what has changed is done again.

  --port N    the port to serve on (3000)
  --home DIR  where data is kept ($TILANNEKUVA_HOME, else .tilannekuva)
  --fresh     empty the home first; refused when it holds more than samples
  --yes       with --fresh: empty it all the same
  --dev       serve with next dev, which follows changes in the pages
  --help      this text
`;

/** `npm start`. */
export async function main(args) {
  await answering(() => start(readArguments(args)));
}

/** `npm run build`. */
export async function build(args) {
  await answering(async () => {
    const say = narrator();
    await installPackages(ROOT, say);
    await compileCommand(ROOT, say);
    if (!args.includes("--command-only")) await compilePages(ROOT, say);
  });
}

async function start(options) {
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const started = performance.now();
  const { home, port, dev } = options;
  const say = narrator();
  await requireFreePort(port);
  if (options.fresh) {
    emptyHome(home, options);
    say.line(`${home} is empty.`);
  }
  await installPackages(ROOT, say);
  await compileCommand(ROOT, say);
  if (dev) await layEngine(ROOT, say);
  else await compilePages(ROOT, say);
  await makePictures({ root: ROOT, home, say });
  const server = dev ? await startDevelopment(ROOT, { home, port }) : await startServer(ROOT, { home, port });
  say.line(`serving after ${seconds(started)}; Ctrl-C ends it`);
  say.line(server.url);
  return server.ended;
}

function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string", default: "3000" },
        home: { type: "string" },
        fresh: { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
        dev: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`--port takes a number, not ${values.port}.`);
    return { ...values, port, home: values.home ? resolve(values.home) : homeFromSurroundings(ROOT) };
  } catch (error) {
    throw new StartProblem(`${error.message.split("\n")[0]} Try --help.`, { exitCode: 2 });
  }
}

/** Runs the work; a problem becomes its sentence and its exit code. A signal goes on to the children and ends the work. */
async function answering(work) {
  let interrupted = null;
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () => {
      interrupted = code;
      endChildren(signal);
    });
  }
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = interrupted ?? sayProblem(error);
  }
}
