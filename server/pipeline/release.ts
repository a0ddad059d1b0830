import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Cell, cellKey } from "../../data/contracts/cell.ts";
import type { Classification } from "../../data/contracts/classification.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Calibration, Verdict } from "../../data/contracts/release.ts";
import { proposedNames } from "../segmentation/tell-apart.ts";
import { canonicalJson, sha256 } from "../store/canonical.ts";
import type { Home } from "../store/home.ts";
import { codebookByHash, extractRowsPath, listExtracts, withWorkFolder } from "../store/microdata/extracts.ts";
import { readExtracts } from "../store/microdata/read-rows.ts";
import { isSameDocument, type PublishedRelease, releaseStands } from "../store/published/write-release.ts";
import { askGroups } from "./ask-groups.ts";
import { askIndex, describeIndexSensitivity } from "./ask-index.ts";
import { askServices, usersByService } from "./ask-services.ts";
import { calibrate } from "./calibrate.ts";
import { certifyGroups, describeFlows, describePileUp } from "./certify-groups.ts";
import { decideClosedSets, strictest } from "./decide-closed-sets.ts";
import { checkVariables, checkWaves, missingSources } from "./check-release.ts";
import { type ChosenExtract, chooseExtracts } from "./choose-extracts.ts";
import { countRegister, coverCells } from "./count-register.ts";
import type { CutWave } from "./cut-waves.ts";
import { describeInputs, describeMeasures, describeVariables } from "./describe-release.ts";
import { describeComparability, describeReliability, opposedItems } from "./describe-scores.ts";
import { estimateCells } from "./estimate-cells.ts";
import { gatherSurvey, type Survey } from "./gather-survey.ts";
import { codesOfGrouping, type Groupings, groupSurvey } from "./group-survey.ts";
import type { Progress } from "./ingest.ts";
import { latticeOf } from "./lattice-of.ts";
import { nameSegment } from "./name-segment.ts";
import { askScores } from "./questions.ts";
import { releaseWords, type WordsOfLanguage } from "./release-words.ts";
import { type ScoredWave, scoreSurvey } from "./score-survey.ts";
import { storeRelease } from "./store-release.ts";
import { whoCounts } from "./who-counts.ts";
import { type WorkerPool, withWorkers } from "./threads/worker-pool.ts";

/** Raised whenever any figure of a release may change for the same inputs. */
export const METHOD_VERSION = "3";

export type ReleaseRequest = {
  home: Home;
  event: LifeEvent;
  policy: DisclosurePolicy;
  classifications: ReadonlyMap<string, Classification>;
  words: Record<Language, WordsOfLanguage>;
  forced?: { k: number; reason: string };
  sqlFolder: string;
  /** The built file that worker threads run. */
  workerFile: string;
  threads: number;
  progress: Progress;
  /** Ends the work at once; the home is left as it was. */
  signal?: AbortSignal;
};
export type Made = {
  release: string;
  already: boolean;
  cells: { published: number; protected: number };
  verdict: Verdict;
};

/**
 * Makes the release of a life event from every ready extract: gather → score → group → estimate → protect → store.
 * Same extracts, codebooks, life event, policy and method: same id and same bytes, on any machine, in any row order, with
 * any number of threads.
 */
export async function makeRelease(asked: ReleaseRequest): Promise<Made | Problem[]> {
  const { home, event, progress } = asked;
  const chosen = chooseExtracts(event, listExtracts(home), (extract) => codebookByHash(home, extract.codebookHash));
  const policy = strictest(asked.policy, chosen);
  const request = { ...asked, policy };
  const missing = missingSources(event, chosen);
  if (missing.length > 0) return missing;
  progress("gather", 0, 1);
  const rows = await withWorkFolder(home, (folder) =>
    readExtracts(columnsToRead(home, chosen), request.sqlFolder, request.threads, join(folder, "spill")),
  );
  const surveys = chosen.filter(({ role }) => role === "survey");
  const survey = gatherSurvey(surveys, rows);
  if (Array.isArray(survey)) return survey;
  const referenceWave = event.referenceWave ?? survey.waves[0]?.wave ?? "";
  const refused = [...checkWaves(survey, referenceWave, policy), ...checkVariables(event, chosen)];
  if (refused.length > 0) return refused;
  const register = countRegister(
    chosen.filter(({ role }) => role === "population"),
    rows,
    event.variables,
  );
  const calibrated = event.calibration
    ? calibrate(survey, event.calibration.variables, register)
    : { survey, calibration: [] };
  if (Array.isArray(calibrated)) return calibrated;
  const { file, threads, signal } = { ...request, file: request.workerFile };
  const release = await withWorkers({ file, threads, ...(signal && { signal }) }, (pool) =>
    composeRelease(request, { id: identify(request, chosen), chosen, ...calibrated, referenceWave, register }, pool),
  );
  if (Array.isArray(release)) return release;
  signal?.throwIfAborted();
  return keepRelease(request, release);
}

type Gathered = {
  id: string;
  chosen: ChosenExtract[];
  survey: Survey;
  calibration: Calibration[];
  referenceWave: string;
  register: ReturnType<typeof countRegister>;
};
type Composed = { document: PublishedRelease; steward: Parameters<typeof storeRelease>[2] };

/** From gathered rows to the release document: what is heavy is done by the pool's threads. */
async function composeRelease(
  request: ReleaseRequest,
  { id, chosen, survey, calibration, referenceWave, register }: Gathered,
  pool: WorkerPool,
): Promise<Composed | Problem[]> {
  const { event, policy, progress, classifications } = request;
  const words = releaseWords(request.words);
  progress("score", 0, 1);
  const scored = scoreSurvey(survey, referenceWave);
  const opposed = opposedItems(survey, scored.waves);
  if (opposed.length > 0) return opposed;
  const comparability = describeComparability(survey, scored.waves, referenceWave);
  const seedFor = seedsOf(survey, referenceWave, scored.modelItems);
  const groupings = await groupSurvey(
    scored.waves,
    referenceWave,
    { forced: request.forced?.k, origin: originOf(survey, scored.modelItems, chosen) },
    { seedFor, pool, progress },
  );
  if (Array.isArray(groupings)) return groupings;

  const cut = scored.waves.map((wave, place) => cutWave(wave, groupings, { place, policy }));
  const lattice = latticeOf(event, cut, groupings.codes, { chosen, policy, classifications });
  const differing = new Set(
    comparability.filter(({ differs }) => differs).map(({ wave, measure }) => `${wave} ${measure}`),
  );
  const questions = [
    ...askScores(survey, scored.waves, words, (wave, item) => differing.has(`${wave} item.${item}`)),
    ...askServices(survey, scored.waves, event, words),
    ...askGroups(groupings, cut, words),
    ...askIndex(event.summaryIndex, groupings.dimensions, scored.waves, words),
  ];
  const sets = await decideClosedSets({ waves: cut, lattice }, { event, chosen, policy, seed: id }, pool, progress);
  if (Array.isArray(sets)) return sets;
  const judged = await estimateCells({ ...sets, policy }, questions, pool, (done, of) =>
    progress("estimate", done, of),
  );
  const cover = register ? coverCells(register, sets, policy) : { cells: [], rows: [] };
  const published = new Map(judged.map((one) => [keyOf(one.cell), one]));
  const certified = { groupings, scored: scored.waves, cut, published, policy };
  const segmentNames = namesOf(groupings, words);
  const document: PublishedRelease = {
    format: "tilannekuva.release/1",
    id,
    lifeEvent: describeLifeEvent(event),
    synthetic: chosen.some(({ codebook }) => codebook.synthetic),
    protection: "audited",
    policy: {
      version: policy.version,
      minimumPersons: policy.minimumPersons,
      minimumEvents: policy.minimumEvents,
      decidedOn: policy.decidedOn,
      decidedBy: policy.decidedBy,
    },
    method: METHOD_VERSION,
    inputs: describeInputs(chosen, survey, policy.minimumPersons),
    variables: describeVariables({ lattice, waves: cut, segmentNames, chosen, classifications, words }),
    grids: lattice.tables.map((table) => ["wave", ...table]),
    measures: describeMeasures(
      questions,
      cut.map(({ wave }) => wave),
      register,
      words,
    ),
    segmentation: {
      verdict: groupings.found.verdict,
      referenceWave,
      k: groupings.codes.get("segment")?.length ?? null,
      labels: [...segmentNames].map(([code, proposedName]) => ({ code, proposedName })),
      certificate: certifyGroups(certified),
      pileUp: describePileUp(certified, seedFor),
      flows: describeFlows(certified),
    },
    reliability: describeReliability(survey, scored.waves, policy.minimumPersons),
    comparability,
    calibration,
    summaryIndex:
      event.summaryIndex && questions.some(({ measure }) => measure.id === "index.summary")
        ? { mean: event.summaryIndex.mean, ownWeights: event.summaryIndex.weights !== undefined }
        : null,
    indexSensitivity: describeIndexSensitivity(
      { asked: event.summaryIndex, dimensions: groupings.dimensions },
      { waves: cut, lattice, published },
      seedFor,
    ),
    coverage: { register: register?.codebook ?? null, rows: cover.rows },
    cells: sortedByKey([...judged.map(({ cell }) => cell), ...cover.cells]),
  };
  return { document, steward: { scored, groupings, judged } };
}

/** Stores a new release; one that stands must be the same bytes. */
function keepRelease(request: ReleaseRequest, { document, steward }: Composed): Made | Problem[] {
  const { home, progress } = request;
  const { id, cells, segmentation } = document;
  const published = cells.filter(({ figure }) => figure.kind !== "protected").length;
  const made: Made = {
    release: id,
    already: false,
    cells: { published, protected: cells.length - published },
    verdict: segmentation.verdict,
  };
  progress("store", 0, 1);
  if (releaseStands(home, id)) {
    if (isSameDocument(home, document)) return { ...made, already: true };
    return [{ code: "release-differs", where: {}, fields: { release: id, method: METHOD_VERSION } }];
  }
  if (existsSync(join(home.published, id))) return [{ code: "release-damaged", where: {}, fields: { release: id } }];
  storeRelease(request, document, steward);
  progress("store", 1, 1);
  return made;
}

/** The release's id: of everything that its bytes follow from (INTERFACES §4). */
function identify({ event, policy, words, forced }: ReleaseRequest, chosen: readonly ChosenExtract[]): string {
  const content = sha256(
    canonicalJson({
      extracts: chosen.map(({ extract, speaksFor }) => [extract.id, [...speaksFor].sort()]),
      codebooks: [...new Set(chosen.map(({ extract }) => extract.codebookHash))].sort(),
      lifeEvent: event,
      policy,
      method: METHOD_VERSION,
      words,
      model: null,
      previous: null,
      k: forced?.k ?? null,
    }),
  );
  return `${event.id}.${content.slice(0, 12)}`;
}

/**
 * Seeds of everything drawn at random: of the reference wave's rows and items, the method, a purpose and a number. A later
 * wave, a word or a table more leaves the reference wave as it is, and so the frozen groups: they cannot be reshuffled by a
 * re-issue (METHOD §3.3).
 */
function seedsOf(survey: Survey, referenceWave: string, items: readonly string[]) {
  const reference = survey.waves.find(({ wave }) => wave === referenceWave);
  const content = sha256(
    canonicalJson({ rows: reference?.content ?? "", items: [...items].sort(), method: METHOD_VERSION }),
  );
  return (purpose: string, k: number) => sha256(`${content} ${purpose} ${k}`);
}

function originOf(survey: Survey, items: readonly string[], chosen: readonly ChosenExtract[]) {
  const dimensions = [...new Set(survey.items.map(({ column }) => column.dimension))];
  const codebooks = new Map(chosen.map(({ codebook, extract }) => [extract.codebookHash, codebook]));
  return {
    items: dimensions.map((dimension) => ({
      dimension,
      items: survey.items
        .filter(({ id, column }) => column.dimension === dimension && items.includes(id))
        .map(({ id }) => id),
    })),
    codebooks: [...codebooks].map(([hash, { id, version }]) => ({ id, version, hash })),
  };
}

function cutWave(
  wave: ScoredWave,
  groupings: Groupings,
  { place, policy }: { place: number; policy: DisclosurePolicy },
): CutWave {
  const codes = new Map<string, readonly (string | null)[]>(wave.backgrounds);
  for (const [variable, list] of groupings.codes) {
    const groups = groupings.waves[place]?.groups.get(variable);
    if (groups) codes.set(variable, codesOfGrouping(groups, list));
  }
  const { wave: code, persons, design, panel, contributors } = wave;
  return {
    ...{ wave: code, design, codes, panel, contributors },
    ...whoCounts(persons, { codes, troubles: groupings.waves[place]?.groups.get("troubles") ?? null }, policy.leftOutAtMost),
    users: usersByService(wave),
  };
}

/** Proposed names of the published segments, by code. */
function namesOf({ codes, model }: Groupings, words: ReturnType<typeof releaseWords>) {
  if (!codes.has("segment") || !model) return new Map<string, ReturnType<typeof nameSegment>>();
  const profiles = model.centroids.map((centroid) =>
    model.dimensions.map((dimension, d) => ({ dimension, z: centroid[d] as number })),
  );
  const named = proposedNames(profiles);
  return new Map(model.labels.map((code, index) => [code, nameSegment(named[index] as (typeof named)[number], words)]));
}

function describeLifeEvent(event: LifeEvent): PublishedRelease["lifeEvent"] {
  return {
    id: event.id,
    name: event.name,
    purpose: event.purpose,
    owner: event.owner,
    ownerName: event.ownerName ?? null,
    services: event.services.map((service) => ({ ...service, organisationName: service.organisationName ?? null })),
  };
}

/** Only columns that estimates use are read, not what is stored for later. */
function columnsToRead(home: Home, chosen: readonly ChosenExtract[]): Map<string, { path: string; columns: number[] }> {
  const unused = new Set(["ignore", "skill", "month"]);
  return new Map(
    chosen.map(({ extract, codebook }) => [
      extract.id,
      {
        path: extractRowsPath(home, extract.id),
        columns: codebook.columns.flatMap(({ use }, index) => (unused.has(use) ? [] : [index])),
      },
    ]),
  );
}

function keyOf({ measure, statistic, at }: Cell): string {
  return cellKey(measure, statistic, at);
}

function sortedByKey(cells: readonly Published<Cell>[]): Published<Cell>[] {
  return cells
    .map((cell) => ({ cell, key: keyOf(cell) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ cell }) => cell);
}
