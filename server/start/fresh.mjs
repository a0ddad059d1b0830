import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { madeOfSamples } from "./picture.mjs";
import { StartProblem } from "./problem.mjs";
import { removeTree } from "./remove-tree.mjs";
import { readStamp } from "./stamp.mjs";

const ROOMS = ["home.json", "lock", "samples", "codebooks", "life-events", "vault", "published", "stamps", "app"];

/**
 * Empties a home that holds nothing but samples and what was made of them. Anything else stops it, unless `yes`;
 * a folder that is no home is never touched.
 */
export function emptyHome(home, { yes }) {
  if (!existsSync(home)) return;
  const names = readdirSync(home);
  if (names.length === 0) return;
  if (!names.includes("home.json") && !names.includes("stamps")) {
    throw new StartProblem(`${home} is not a home of Tilannekuva: nothing was removed.`);
  }
  refuseWhileHeld(home);
  const foreign = notOfSamples(home);
  if (foreign.length > 0 && !yes) {
    const list = foreign.slice(0, 5).join(", ") + (foreign.length > 5 ? ` and ${foreign.length - 5} more` : "");
    throw new StartProblem(
      `${home} holds more than samples (${list}): nothing was removed. Say --fresh --yes to remove it.`,
    );
  }
  for (const name of ROOMS) removeTree(join(home, name));
}

/** What stands in the home and was not made of samples by `npm start`. */
function notOfSamples(home) {
  const made = readMade(home);
  const sampleNames = readStamp(join(home, "stamps", "samples.json"))?.made.files.map((file) => file.name) ?? [];
  const unknown = (folder, known) =>
    list(join(home, folder))
      .filter((name) => !known(name))
      .map((name) => `${folder}/${name}`);
  return [
    ...list(home).filter((name) => !ROOMS.includes(name)),
    ...unknown("samples", (name) => sampleNames.includes(name)),
    ...unknown("vault", (name) => ["keys", "extracts", "releases"].includes(name)),
    ...unknown("vault/extracts", (name) => made.extracts.includes(withoutPartial(name))),
    ...unknown("vault/releases", (name) => made.releases.includes(withoutPartial(name))),
    ...unknown("published", (name) => name === "current" || made.releases.includes(withoutPartial(name))),
    ...unknown("published/current", (name) => made.releases.some((id) => name.startsWith(`${id.split(".")[0]}.json`))),
    ...(list(join(home, "app")).length > 0 ? ["app"] : []),
  ];
}

/** What a killed verb left half-made has the name of what it was to become. */
const withoutPartial = (name) => name.replace(/\.partial$/, "");

function refuseWhileHeld(home) {
  const file = join(home, "lock");
  if (!existsSync(file)) return;
  const pid = Number(/\d+/.exec(readFileSync(file, "utf8"))?.[0]);
  if (pid > 0 && isAlive(pid)) {
    throw new StartProblem(`Process ${pid} is working on ${home}: nothing was removed. Try again when it is done.`);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function readMade(home) {
  try {
    return JSON.parse(readFileSync(madeOfSamples(home), "utf8"));
  } catch {
    return { extracts: [], releases: [] }; // without the list everything counts as somebody's own
  }
}

const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
