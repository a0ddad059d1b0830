import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runVerb } from "./command.mjs";
import { commandFile, hashOfMethod } from "./compile.mjs";
import { hashFile, hashOf, hashTree, listFiles } from "./hash.mjs";
import { StartProblem } from "./problem.mjs";
import { doIfStale, readStamp, writeJson, writeStamp } from "./stamp.mjs";

const PINS = "data/samples/samples.sha256";

/** Samples → extracts → releases → pointers, each only when what it reads has changed. */
export async function makePictures({ root, home, say }) {
  const task = { root, home, say, method: hashOfMethod(root), codebooks: readCodebooks(root) };
  const samples = await makeSamples(task);
  const extracts = [];
  for (const sample of samples) if (sample.codebook) extracts.push(await ingestSample(task, sample));
  const pictures = [];
  for (const lifeEvent of lifeEventsWithSamples(task, extracts)) {
    const release = await releaseLifeEvent(task, lifeEvent);
    await publishRelease(task, lifeEvent, release);
    pictures.push({ lifeEvent: lifeEvent.id, release });
  }
  return pictures;
}

/** Makes the sample files again when one is missing or is not the one that is pinned. */
async function makeSamples({ root, home, say }) {
  const command = hashFile(commandFile(root));
  const out = join(home, "samples");
  const stampFile = stampOf(home, "samples");
  const stamp = readStamp(stampFile);
  const pins = readPins(root);
  const files = { [PINS]: hashOf(JSON.stringify(pins)) };
  const why = whySamples({ stamp, out, pins, command });
  if (why === null) {
    say.fresh("samples");
    return stamp.made.files;
  }
  const { made } = await say.step("samples", why, async (far) => {
    const document = await runVerb(root, ["samples", "--out", out], { home, far });
    return { made: { command, files: document.files }, what: document.files.map((file) => file.name).join(", ") };
  });
  for (const { name, sha256 } of made.files) {
    if (pins[name] !== sha256) say.line(`note: ${name} is not the file that ${PINS} names.`);
  }
  writeStamp(stampFile, "samples", files, made);
  return made.files;
}

/** A sample is fresh when it is the pinned file; or, unpinned, the one that this very command made. */
function whySamples({ stamp, out, pins, command }) {
  if (!stamp) return "not done yet";
  const made = Object.fromEntries(stamp.made.files.map((file) => [file.name, file.sha256]));
  const changes = [];
  for (const name of new Set([...Object.keys(pins), ...Object.keys(made)])) {
    const file = join(out, name);
    const hash = existsSync(file) ? hashFile(file) : null;
    if (hash === null || !(name in made)) changes.push(`${name} is missing`);
    else if (hash !== made[name]) changes.push(`${name} changed`);
    else if (hash !== pins[name] && stamp.made.command !== command) changes.push(`${name} is not the pinned one`);
  }
  return changes.length ? changes.join(", ") : null;
}

async function ingestSample({ root, home, say, method, codebooks }, sample) {
  const codebook = codebookOf(codebooks, sample.codebook);
  const file = join(home, "samples", sample.name);
  const made = await doIfStale(
    {
      name: `extract ${sample.name}`,
      stampFile: stampOf(home, `extract.${sample.name}`),
      files: {
        [`samples/${sample.name}`]: hashFile(file),
        [codebook.path]: codebook.hash,
        ...hashTree(root, ["data/classifications", "data/sql"]),
        "the command": method,
      },
      stillThere: ({ extract }) => existsSync(join(home, "vault", "extracts", extract)),
      work: async (far) => {
        const call = ["ingest", "--codebook", join(root, codebook.path), file];
        const { extract, repeated, rows } = await runVerb(root, call, { home, far });
        remember(home, "extracts", extract);
        const read = repeated ? "had been read in before" : `${rows.loaded} rows, ${rows.rejected} rejected`;
        return { made: { extract, codebook: codebook.id }, what: `${extract}, ${read}` };
      },
    },
    say,
  );
  return made;
}

async function releaseLifeEvent({ root, home, say, method, codebooks }, lifeEvent) {
  const files = {
    [lifeEvent.path]: lifeEvent.hash,
    ...hashTree(root, ["data/classifications", "data/policy", "data/sql"]),
    ...wordsOfReleases(root),
  };
  for (const { id, path, hash } of codebooks) if (lifeEvent.codebooks.has(id)) files[path] = hash;
  for (const extract of extractsIn(home))
    if (lifeEvent.codebooks.has(extract.split(".")[0]))
      files[extract] = hashFile(join(home, "vault", "extracts", extract, "extract.json"));
  const made = await doIfStale(
    {
      name: `release ${lifeEvent.id}`,
      stampFile: stampOf(home, `release.${lifeEvent.id}`),
      files: { ...files, "the command": method },
      stillThere: ({ release }) => existsSync(join(home, "published", release, "release.json")),
      work: async (far) => {
        const call = ["release", "--life-event", join(root, lifeEvent.path)];
        const { release, already, cells } = await runVerb(root, call, { home, far });
        remember(home, "releases", release);
        const what = already ? "the same as before" : `${cells.published} cells, ${cells.protected} protected`;
        return { made: { release }, what: `${release}, ${what}` };
      },
    },
    say,
  );
  return made.release;
}

/** Publishes a new release. A pointer that a person has set back since is left as they set it. */
async function publishRelease({ root, home, say }, lifeEvent, release) {
  await doIfStale(
    {
      name: `pointer ${lifeEvent.id}`,
      stampFile: stampOf(home, `pointer.${lifeEvent.id}`),
      files: { release },
      stillThere: () => existsSync(join(home, "published", "current", `${lifeEvent.id}.json`)),
      work: async (far) => {
        await runVerb(root, ["publish", "--release", release], { home, far });
        return { made: null, what: release };
      },
    },
    say,
  );
}

/** The catalogue's life events for which every source's codebook has a sample. */
function lifeEventsWithSamples({ root }, extracts) {
  const withSample = new Set(extracts.map((extract) => extract.codebook));
  const found = [];
  for (const path of jsonFiles(root, "data/life-events")) {
    const { id, sources } = readJson(join(root, path));
    const codebooks = new Set((sources ?? []).map((source) => source.codebook));
    if (codebooks.size > 0 && [...codebooks].every((codebook) => withSample.has(codebook))) {
      found.push({ id, path, codebooks, hash: hashFile(join(root, path)) });
    }
  }
  return found;
}

function readCodebooks(root) {
  return jsonFiles(root, "data/codebooks").map((path) => {
    const file = join(root, path);
    return { path, name: basename(path, ".json"), id: readJson(file).id, hash: hashFile(file) };
  });
}

/** A sample names its codebook by file name; where one id has one file, by id. */
function codebookOf(codebooks, called) {
  const name = basename(called, ".json");
  const byId = codebooks.filter((codebook) => codebook.id === name);
  const found = codebooks.find((codebook) => codebook.name === name) ?? (byId.length === 1 ? byId[0] : undefined);
  if (!found) throw new StartProblem(`A sample asks for codebook ${called}, and data/codebooks has none of that name.`);
  return found;
}

/** Lines of `sha256sum`: the hash, two spaces, the file's name. */
function readPins(root) {
  const file = join(root, PINS);
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(66).trim(), line.slice(0, 64)]));
}

/** Names of dimensions and groups travel in releases; the other words are the pages' own. */
function wordsOfReleases(root) {
  const files = hashTree(root, ["data/words"]);
  return Object.fromEntries(Object.entries(files).filter(([path]) => /\/(dimensions|segments)\.json$/.test(path)));
}

function extractsIn(home) {
  const folder = join(home, "vault", "extracts");
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.[0-9a-f]{12}$/.test(name)) : [];
}

/** Everything that was ever made of samples here: what `--fresh` may remove without asking. */
function remember(home, kind, id) {
  const file = madeOfSamples(home);
  const made = existsSync(file) ? readJson(file) : { extracts: [], releases: [] };
  if (!made[kind].includes(id)) writeJson(file, { ...made, [kind]: [...made[kind], id] });
}

export const madeOfSamples = (home) => join(home, "stamps", "made-of-samples.json");
const stampOf = (home, step) => join(home, "stamps", `${step}.json`);
const jsonFiles = (root, folder) => listFiles(root, [folder]).filter((path) => path.endsWith(".json"));

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StartProblem(`${file} is not JSON: ${error.message}`);
  }
}
