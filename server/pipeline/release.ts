import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "../../data/contracts/cell.ts";
import { byVariableOrder, cellKey } from "../../data/contracts/cell-key.ts";
import type { Classification } from "../../data/contracts/classification.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Calibration, Release, Verdict } from "../../data/contracts/release.ts";
import { showAgain } from "../disclosure/gate.ts";
import { proposedNames } from "../segmentation/tell-apart.ts";
import { roundSignificant } from "../statistics/rounding.ts";
import type { Home } from "../store/home.ts";
import { codebookByHash, listExtracts } from "../store/microdata/extracts.ts";
import {
  addMissingFiles,
  isSameDocument,
  type PublishedRelease,
  releaseStands,
} from "../store/published/write-release.ts";
import { askGroups } from "./ask-groups.ts";
import { askIndex, describeIndexSensitivity } from "./ask-index.ts";
import { askServices } from "./ask-services.ts";
import { askSkills } from "./ask-skills.ts";
import { auditCells, countsOf, isReleasable } from "./audit-cells.ts";
import { calibrate, calibrateWhoCounts } from "./calibrate.ts";
import { certifyGroups, describePileUp } from "./certify-groups.ts";
import { checkModelFits, checkVariables, checkWaves, missingSources } from "./check-release.ts";
import { type ChosenExtract, chooseExtracts } from "./choose-extracts.ts";
import { countRegister } from "./count-register.ts";
import { countSkills } from "./count-skills.ts";
import { cutWave } from "./cut-wave.ts";
import { affordableLattice, decideClosedSets, strictest } from "./decide-closed-sets.ts";
import { describeFlows } from "./describe-flows.ts";
import { describeInputs, describeMeasures, describeMonths, describeVariables } from "./describe-release.ts";
import { describeComparability, opposedItems } from "./describe-scores.ts";
import { estimateCells } from "./estimate-cells.ts";
import type { Judged } from "./estimate-question.ts";
import { gatherSurvey, type Survey } from "./gather-survey.ts";
import { type Groupings, groupSurvey } from "./group-survey.ts";
import type { Progress } from "./ingest.ts";
import { latticeOf } from "./lattice-of.ts";
import { makeModels } from "./make-models.ts";
import { nameSegment } from "./name-segment.ts";
import { poolSmallServices } from "./pool-services.ts";
import { askScores } from "./questions.ts";
import { readChosen } from "./read-chosen.ts";
import { releaseWords, type WordsOfLanguage } from "./release-words.ts";
import { type ScoredWave, scoreSurvey } from "./score-survey.ts";
import { METHOD_VERSION, type Standing, seedsOf, standing } from "./standing.ts";
import { storeRelease } from "./store-release.ts";
import { type WorkerPool, withWorkers } from "./threads/worker-pool.ts";

export type ReleaseRequest = {
  home: Home;
  event: LifeEvent;
  policy: DisclosurePolicy;
  classifications: ReadonlyMap<string, Classification>;
  words: Record<Language, WordsOfLanguage>;
  forced?: { k: number; reason: string };
  /** Why the groups are to be made anew, where they are: else those of the last published release stand. */
  newModel?: { reason: string };
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
  /** Tables of three variables that would have taken too long to protect. */
  leftOut: (readonly string[])[];
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
  const rows = await readChosen(home, chosen, request);
  const surveys = chosen.filter(({ role }) => role === "survey");
  const survey = gatherSurvey(surveys, rows, policy.minimumPersons);
  if (Array.isArray(survey)) return survey;
  const { id, earlier, kept } = standing(request, chosen);
  const referenceWave = kept?.referenceWave ?? event.referenceWave ?? survey.waves[0]?.wave ?? "";
  const refused = [
    ...checkWaves(survey, referenceWave, policy),
    ...checkVariables(event, chosen),
    ...checkModelFits(survey, referenceWave, kept?.items ?? []),
  ];
  if (refused.length > 0) return refused;
  const register = countRegister(
    chosen.filter(({ role }) => role === "population"),
    rows,
    event.variables,
  );
  const askedSkills = countSkills(
    chosen.filter(({ role }) => role === "skills"),
    rows,
    event.variables,
  );
  const calibrated = event.calibration
    ? calibrate(survey, event.calibration.variables, register)
    : { survey, calibration: [] };
  if (Array.isArray(calibrated)) return calibrated;
  const { file, threads, signal } = { ...request, file: request.workerFile };
  const release = await withWorkers({ file, threads, ...(signal && { signal }) }, (pool) =>
    composeRelease(
      request,
      { id, chosen, ...calibrated, referenceWave, register, askedSkills, rows, earlier, kept },
      pool,
    ),
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
  askedSkills: ReturnType<typeof countSkills>;
  rows: Awaited<ReturnType<typeof readChosen>>;
} & Omit<Standing, "id">;
type Composed = { document: PublishedRelease; leftOut: Made["leftOut"]; steward: Parameters<typeof storeRelease>[2] };

/** From gathered rows to the release document: what is heavy is done by the pool's threads. */
async function composeRelease(
  request: ReleaseRequest,
  { id, chosen, calibration, referenceWave, register, askedSkills, rows, earlier, kept, ...gathered }: Gathered,
  pool: WorkerPool,
): Promise<Composed | Problem[]> {
  const { policy, progress, classifications } = request;
  const words = releaseWords(request.words);
  const { survey, event } = poolSmallServices({ survey: gathered.survey, event: request.event }, words);
  progress("score", 0, 1);
  const scored = scoreSurvey(survey, referenceWave, kept);
  const opposed = opposedItems(survey, scored.waves);
  if (opposed.length > 0) return opposed;
  const comparability = describeComparability(survey, scored.waves, referenceWave);
  const seedFor = seedsOf(survey, referenceWave, scored.modelItems);
  const version = kept?.version ?? 1 + Math.max(0, ...earlier.map(({ groupings }) => groupings?.version ?? 0));
  const groupings = await groupSurvey(
    scored.waves,
    referenceWave,
    { forced: request.forced?.k, origin: { version, ...originOf(survey, scored.modelItems, chosen) }, kept },
    { seedFor, pool, progress },
  );
  if (Array.isArray(groupings)) return groupings;

  const cut = scored.waves
    .map((wave, place) => cutWave(wave, groupings, { place, policy, variables: event.variables }))
    .map((wave) => (event.calibration ? calibrateWhoCounts(wave, event.calibration.variables, register) : wave));
  const { lattice, leftOut } = affordableLattice(
    { waves: cut, lattice: latticeOf(event, cut, groupings.codes, { chosen, policy, classifications }) },
    { event, chosen, policy, seed: id, earlier },
  );
  const differing = new Set(
    comparability.filter(({ differs }) => differs).map(({ wave, measure }) => `${wave} ${measure}`),
  );
  const questions = [
    ...askScores(survey, scored.waves, words, (wave, item) => differing.has(`${wave} item.${item}`)),
    ...askServices(survey, scored.waves, event, words),
    ...askSkills(survey, scored.waves, words),
    ...askGroups(groupings, cut, words),
    ...askIndex(event.summaryIndex, groupings.dimensions, scored.waves, words),
  ];
  const sets = await decideClosedSets(
    { waves: cut, lattice },
    { event, chosen, policy, seed: id, earlier },
    pool,
    progress,
  );
  if (Array.isArray(sets)) return sets;
  const estimated = await estimateCells({ ...sets, policy }, questions, pool, (done, of) =>
    progress("estimate", done, of),
  );
  const judged = asShownBefore(estimated, earlier.at(-1)?.document ?? null);
  const audited = await auditCells(sets, { questions, judged }, pool, (done, of) => progress("audit", done, of));
  if (!isReleasable(audited)) return [{ code: "audit-failed", where: {}, fields: countsOf(audited) }];
  progress("models", 0, 1);
  const models = await makeModels(
    {
      ...{ chosen, survey, scored: scored.waves, groupings, sets, judged, register, askedSkills, rows, earlier },
      ...{ policy, words },
    },
    { seedFor, pool },
  );
  if (Array.isArray(models)) return models;
  const published = new Map(judged.map((one) => [keyOf(one.cell), one]));
  const certified = { groupings, scored: scored.waves, cut, published, policy };
  const segmentNames = namesOf(groupings, words);
  const document: PublishedRelease = {
    format: "tilannekuva.release/1",
    id,
    lifeEvent: describeLifeEvent(event),
    synthetic: chosen.some(({ codebook }) => codebook.synthetic),
    protection: "audited",
    audit: {
      groups: roundSignificant(countsOf(audited).looked, 2),
      contributors: new Set(cut.flatMap(({ contributors }) => contributors)).size,
    },
    policy: {
      version: policy.version,
      minimumPersons: policy.minimumPersons,
      minimumEvents: policy.minimumEvents,
      leftOutAtMost: policy.leftOutAtMost,
      coalitions: (event.coalitions ?? []).map(({ contributors }) => [...contributors].sort()),
      decidedOn: policy.decidedOn,
      decidedBy: policy.decidedBy,
    },
    method: METHOD_VERSION,
    previous: earlier.at(-1)?.id ?? null,
    inputs: describeInputs(chosen, { survey, cut }, policy.minimumPersons),
    variables: [
      ...describeVariables({ lattice, waves: cut, segmentNames, chosen, classifications, words }),
      ...describeMonths(models.months, words),
    ].sort((left, right) => byVariableOrder(left.id, right.id)),
    grids: lattice.tables.map((table) => ["wave", ...table]),
    measures: [
      ...describeMeasures(
        questions,
        cut.map(({ wave }) => wave),
        register,
        words,
      ),
      ...models.measures,
    ],
    segmentation: {
      verdict: groupings.found.verdict,
      referenceWave,
      k: groupings.codes.get("segment")?.length ?? null,
      labels: [...segmentNames].map(([code, proposedName]) => ({ code, proposedName })),
      certificate: certifyGroups(certified),
      pileUp: describePileUp(certified, seedFor),
      flows: describeFlows({
        ...{ groupings, sets, policy, coalitions: event.coalitions ?? [] },
        before: earlier.length > 0 ? { document: earlier.at(-1)!.document, isSameModel: kept !== null } : null,
      }),
    },
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
    ...models.described,
    cells: sortedByKey([...judged.map(({ cell }) => cell), ...models.cells]),
  };
  const reference = scored.waves.find(({ wave }) => wave === referenceWave) as ScoredWave;
  return {
    document,
    leftOut,
    steward: {
      ...{ scored, groupings, judged, cut, lattice },
      madeOf: {
        ...{ event: request.event, policy },
        extracts: chosen.map(({ extract, role, speaksFor }) => ({
          id: extract.id,
          role,
          speaksFor: [...speaksFor].sort(),
        })),
        earlier: earlier.map((release) => release.id),
        asBefore: Object.fromEntries(cut.map(({ wave }, place) => [wave, [...(sets.unsettled[place] ?? [])].sort()])),
      },
      made: {
        version,
        referenceWave,
        content: kept?.content ?? reference.content,
        items: scored.modelItems,
        goalposts: scored.goalposts,
        forcedK: request.forced?.k ?? kept?.forcedK ?? null,
      },
    },
  };
}

/** Stores a new release; one that stands must be the same bytes. */
function keepRelease(request: ReleaseRequest, { document, leftOut, steward }: Composed): Made | Problem[] {
  const { home, progress } = request;
  const { id, cells, segmentation } = document;
  const published = cells.filter(({ figure }) => figure.kind !== "protected").length;
  const made: Made = {
    release: id,
    already: false,
    cells: { published, protected: cells.length - published },
    verdict: segmentation.verdict,
    leftOut,
  };
  progress("store", 0, 1);
  if (releaseStands(home, id)) {
    if (!isSameDocument(home, document))
      return [{ code: "release-differs", where: {}, fields: { release: id, method: METHOD_VERSION } }];
    addMissingFiles(home, document);
    return { ...made, already: true };
  }
  if (existsSync(join(home.published, id))) return [{ code: "release-damaged", where: {}, fields: { release: id } }];
  storeRelease(request, document, steward);
  progress("store", 1, 1);
  return made;
}

/** Cells that too few people came to or left since the release before keep its figure: it is known, and tells nothing more. */
function asShownBefore(judged: readonly Judged[], before: Release | null): Judged[] {
  if (!before) return [...judged];
  const shown = new Map(before.cells.map((cell) => [keyOf(cell), cell]));
  return judged.map((one) => {
    const cell = one.reason === "unsettled" ? shown.get(keyOf(one.cell)) : undefined;
    return cell && (cell.figure.kind === "value" || cell.figure.kind === "few" || cell.figure.kind === "most")
      ? { ...one, cell: showAgain(cell) }
      : one;
  });
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
    services: event.services.map(({ staff: _, ...service }) => ({
      ...service,
      organisationName: service.organisationName ?? null,
    })),
  };
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
