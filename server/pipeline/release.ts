import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Cell, cellKey } from "../../data/contracts/cell.ts";
import type { Classification } from "../../data/contracts/classification.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { Language } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Release, Verdict } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import { tablesOf } from "../disclosure/lattice.ts";
import { FEWEST_DIMENSIONS } from "../segmentation/standardise.ts";
import { weightedProportion } from "../statistics/proportion.ts";
import { proportionDisplay } from "../statistics/reliability.ts";
import { canonicalJson, sha256 } from "../store/canonical.ts";
import { replaceFile, syncFolder } from "../store/durable-file.ts";
import type { Home } from "../store/home.ts";
import { codebookByHash, extractRowsPath, listExtracts, withWorkFolder } from "../store/microdata/extracts.ts";
import { readExtracts } from "../store/microdata/read-rows.ts";
import { isSameDocument, releaseStands, writeRelease } from "../store/published/write-release.ts";
import { type ChosenExtract, chooseExtracts } from "./choose-extracts.ts";
import { countRegister, coverCells } from "./count-register.ts";
import { describeInputs, describeMeasures, describeVariables, type ReleaseWords } from "./describe-release.ts";
import { CellEstimator, type CutWave, type Lattice } from "./estimate-cells.ts";
import { gatherSurvey, type Survey } from "./gather-survey.ts";
import type { Progress } from "./ingest.ts";
import { keepForSteward } from "./keep-for-steward.ts";
import { nameSegment } from "./name-segment.ts";
import { questionsOf } from "./questions.ts";
import { type ScoredWave, scoreSurvey } from "./score-survey.ts";
import { type Segmented, segmentSurvey } from "./segment-survey.ts";

/** Raised whenever any figure of a release may change for the same inputs. */
export const METHOD_VERSION = "1";

export type ReleaseRequest = {
  home: Home;
  event: LifeEvent;
  policy: DisclosurePolicy;
  classifications: ReadonlyMap<string, Classification>;
  words: Record<Language, ReleaseWords>;
  forced?: { k: number; reason: string };
  sqlFolder: string;
  threads: number;
  progress: Progress;
};
export type Made = {
  release: string;
  already: boolean;
  cells: { published: number; protected: number };
  verdict: Verdict;
};

/**
 * Makes the release of a life event from every ready extract: gather → score → segment → estimate → protect → store.
 * Same extracts, codebooks, life event, policy and method: same id and same bytes, on any machine, in any row order.
 */
export async function makeRelease(request: ReleaseRequest): Promise<Made | Problem[]> {
  const { home, event, policy, progress } = request;
  const chosen = chooseExtracts(event, listExtracts(home), (extract) => codebookByHash(home, extract.codebookHash));
  const missing = missingSources(event, chosen);
  if (missing.length > 0) return missing;
  const content = sha256(
    canonicalJson({
      extracts: chosen.map(({ extract, speaksFor }) => [extract.id, [...speaksFor].sort()]),
      codebooks: [...new Set(chosen.map(({ extract }) => extract.codebookHash))].sort(),
      lifeEvent: event,
      policy,
      method: METHOD_VERSION,
      words: request.words,
      model: null,
      previous: null,
      k: request.forced?.k ?? null,
    }),
  );
  const id = `${event.id}.${content.slice(0, 12)}`;
  progress("gather", 0, 6);
  const rows = await withWorkFolder(home, (folder) =>
    readExtracts(columnsToRead(home, chosen), request.sqlFolder, request.threads, join(folder, "spill")),
  );
  const survey = gatherSurvey(
    chosen.filter(({ role }) => role === "survey"),
    rows,
  );
  if (Array.isArray(survey)) return survey;
  const referenceWave = event.referenceWave ?? survey.waves[0]?.wave ?? "";
  const refused = [...checkWaves(survey, referenceWave, policy), ...checkVariables(event, chosen)];
  if (refused.length > 0) return refused;

  progress("score", 1, 6);
  const scored = scoreSurvey(survey, referenceWave);
  progress("segment", 2, 6);
  const seedFor = (purpose: string, k: number) => sha256(`${content} ${purpose} ${k}`);
  const segmented = segmentSurvey(scored.waves, referenceWave, seedFor, request.forced?.k);
  if (request.forced && !segmented.model)
    return [
      {
        code: "groups-not-possible",
        where: {},
        fields: { count: segmented.dimensions.length, fewest: FEWEST_DIMENSIONS },
      },
    ];
  progress("estimate", 3, 6);
  const lattice = latticeOf(event, scored.waves, segmented, chosen, policy, request.classifications);
  const waves = scored.waves.map(
    (wave): CutWave => ({ wave: wave.wave, design: wave.design, codes: codesOf(wave, segmented) }),
  );
  const estimator = new CellEstimator(waves, lattice, policy);
  const { dimensionNames, serviceWords } = namesIn(request.words);
  const questions = questionsOf(survey, scored.waves, event, dimensionNames, serviceWords);
  estimator.estimate(questions);
  const register = countRegister(
    chosen.filter(({ role }) => role === "population"),
    rows,
    event.variables,
  );
  const cover = register ? coverCells(register, waves, lattice, policy) : { cells: [], rows: [] };

  progress("store", 4, 6);
  const cells = sortedByKey([...estimator.cells, ...cover.cells]);
  const release = {
    format: "tilannekuva.release/1" as const,
    id,
    lifeEvent: {
      id: event.id,
      name: event.name,
      purpose: event.purpose,
      owner: event.owner,
      ownerName: event.ownerName ?? null,
      services: event.services.map((service) => ({ ...service, organisationName: service.organisationName ?? null })),
    },
    synthetic: chosen.some(({ codebook }) => codebook.synthetic),
    protection: "threshold-only" as const,
    policy: {
      version: policy.version,
      minimumPersons: policy.minimumPersons,
      minimumEvents: policy.minimumEvents,
      decidedOn: policy.decidedOn,
      decidedBy: policy.decidedBy,
    },
    method: METHOD_VERSION,
    inputs: describeInputs(chosen, survey, policy.minimumPersons),
    variables: describeVariables({
      lattice,
      waves,
      segmented,
      chosen,
      classifications: request.classifications,
      words: request.words,
    }),
    grids: lattice.tables.map((table) => ["wave", ...table]),
    measures: describeMeasures(
      questions,
      waves.map(({ wave }) => wave),
      register,
      request.words,
    ),
    segmentation: {
      verdict: segmented.verdict,
      referenceWave,
      k: segmented.model?.labels.length ?? null,
      labels: segmented.names.map(({ code, name }) => ({ code, proposedName: nameSegment(name, request.words) })),
      certificate: {
        dimensions: segmented.dimensions,
        leftOut: segmented.leftOut,
        chosenBy: request.forced ? ("steward" as const) : ("silhouette" as const),
        silhouettes: segmented.silhouettes.map(({ k, silhouette }) => ({
          k,
          silhouette: Math.round(silhouette * 100) / 100,
        })),
        unclassifiable: unclassifiable(waves, segmented, policy),
      },
    },
    coverage: { register: register?.codebook ?? null, rows: cover.rows },
    cells,
  } satisfies Release & { cells: Published<Cell>[] };
  const published = cells.filter(({ figure }) => figure.kind !== "protected").length;
  const made: Made = {
    release: id,
    already: false,
    cells: { published, protected: cells.length - published },
    verdict: segmented.verdict,
  };
  if (releaseStands(home, id)) {
    if (isSameDocument(home, release)) return { ...made, already: true };
    return [{ code: "release-differs", where: {}, fields: { release: id, method: METHOD_VERSION } }];
  }
  if (existsSync(join(home.published, id))) return [{ code: "release-damaged", where: {}, fields: { release: id } }];
  storeRelease(request, release, { scored, segmented, estimator });
  progress("store", 6, 6);
  return made;
}

/** The steward's copy first, then the readers': a release that readers see can always be inspected. */
function storeRelease(
  { home, event, forced }: ReleaseRequest,
  release: Release & { cells: Published<Cell>[] },
  made: {
    scored: ReturnType<typeof scoreSurvey>;
    segmented: Segmented;
    estimator: CellEstimator;
  },
): void {
  const folder = join(home.releases, release.id);
  const partial = `${folder}.partial`;
  const eventFile = join(home.lifeEvents, `${sha256(canonicalJson(event))}.json`);
  const eventKnown = existsSync(eventFile);
  try {
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    keepForSteward(partial, release, made, forced?.reason ?? null);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    syncFolder(home.releases);
    replaceFile(eventFile, `${canonicalJson(event)}\n`);
    writeRelease(home, release);
  } catch (error) {
    // A full disk, say: the home is left as it was.
    for (const path of [
      partial,
      folder,
      join(home.published, `${release.id}.partial`),
      ...(eventKnown ? [] : [eventFile]),
    ])
      rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

function missingSources(event: LifeEvent, chosen: readonly ChosenExtract[]): Problem[] {
  const surveys = event.sources.filter(({ role }) => role === "survey");
  if (surveys.length === 0)
    return [{ code: "life-event-without-survey", where: { path: "sources" }, fields: { lifeEvent: event.id } }];
  return event.sources.flatMap(({ codebook, role }, index) =>
    role === "survey" && !chosen.some((entry) => entry.codebook.id === codebook)
      ? [{ code: "extract-missing", where: { path: `sources[${index}]` }, fields: { codebook, lifeEvent: event.id } }]
      : [],
  );
}

function checkWaves(survey: Survey, referenceWave: string, policy: DisclosurePolicy): Problem[] {
  const problems: Problem[] = [];
  if (!survey.waves.some(({ wave }) => wave === referenceWave))
    problems.push({
      code: "reference-wave-missing",
      where: { path: "referenceWave" },
      fields: { wave: referenceWave, known: survey.waves.map(({ wave }) => wave).join(", ") },
    });
  for (const { wave, persons } of survey.waves)
    if (persons < policy.minimumUniverse)
      problems.push({ code: "wave-too-small", where: {}, fields: { wave, minimum: policy.minimumUniverse } });
  return problems;
}

/** A variable that no survey has would cut nothing: most likely a slip of the pen. */
function checkVariables(event: LifeEvent, chosen: readonly ChosenExtract[]): Problem[] {
  const known = new Set(
    chosen.flatMap(({ codebook, role }) =>
      role === "survey" ? codebook.columns.flatMap((column) => (column.use === "background" ? [column.id] : [])) : [],
    ),
  );
  return event.variables.flatMap((variable, index) =>
    known.has(variable)
      ? []
      : [
          {
            code: "variable-unknown",
            where: { path: `variables[${index}]` },
            fields: { variable, known: [...known].join(", ") },
          },
        ],
  );
}

/** Only columns that estimates use are read: not persons, nor what is stored for later. */
function columnsToRead(home: Home, chosen: readonly ChosenExtract[]): Map<string, { path: string; columns: number[] }> {
  const used = new Set(["item", "background", "service", "weight", "stratum", "psu", "wave", "contributor", "count"]);
  return new Map(
    chosen.map(({ extract, codebook }) => [
      extract.id,
      {
        path: extractRowsPath(home, extract.id),
        columns: codebook.columns.flatMap(({ use }, index) => (used.has(use) ? [index] : [])),
      },
    ]),
  );
}

/**
 * The variables that cut this release with their codes. A declared list stands whole; of a classification only the codes
 * that some wave holds with at least k persons, so that a code's presence tells of no one.
 */
function latticeOf(
  event: LifeEvent,
  waves: readonly ScoredWave[],
  segmented: Segmented,
  chosen: readonly ChosenExtract[],
  policy: DisclosurePolicy,
  classifications: ReadonlyMap<string, Classification>,
): Lattice {
  const codes = new Map<string, readonly string[]>();
  if (segmented.model) codes.set("segment", segmented.model.labels);
  for (const variable of event.variables) {
    const columns = chosen
      .filter(({ role }) => role === "survey")
      .flatMap(({ codebook }) =>
        codebook.columns.filter((column) => column.use === "background" && column.id === variable),
      );
    if (columns.length === 0) continue;
    const declared = columns.flatMap((column) => {
      if (column.use !== "background") return [];
      if (!column.classification) return (column.categories ?? column.bands ?? []).map(({ code }) => code);
      const held = (code: string) =>
        waves.some(
          ({ backgrounds }) =>
            (backgrounds.get(variable) ?? []).filter((entry) => entry === code).length >= policy.minimumPersons,
        );
      return (classifications.get(column.classification)?.codes ?? []).map(({ code }) => code).filter(held);
    });
    codes.set(variable, [...new Set(declared)].sort());
  }
  const largest = Math.max(...waves.map(({ persons }) => persons));
  return { tables: tablesOf([...codes.keys()], event.tables, largest, policy.threeWayFrom), codes };
}

function codesOf(wave: ScoredWave, segmented: Segmented): Map<string, readonly (string | null)[]> {
  const codes = new Map<string, readonly (string | null)[]>(wave.backgrounds);
  const segments = segmented.codes.get(wave.wave);
  if (segments) codes.set("segment", segments);
  return codes;
}

/** Share of persons with too few scores for a segment: an answer like any other, through the same rules. */
function unclassifiable(waves: readonly CutWave[], segmented: Segmented, policy: DisclosurePolicy) {
  if (!segmented.model) return [];
  return waves.map(({ wave, design }) => {
    const codes = segmented.codes.get(wave) ?? [];
    const everyone = Int32Array.from(codes.keys());
    const estimate = weightedProportion(
      design,
      Float64Array.from(codes, (code) => (code === null ? 1 : 0)),
      everyone,
    );
    const facts = {
      kind: "share" as const,
      n: estimate?.n ?? 0,
      events: estimate?.events ?? 0,
      estimate: { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null },
      ...proportionDisplay(estimate, estimate?.n ?? 0),
      versus: [],
    };
    return {
      wave,
      figure: publishCell({ measure: "unclassifiable", statistic: "percent", at: { wave } }, facts, policy).figure,
    };
  });
}

function sortedByKey(cells: readonly Published<Cell>[]): Published<Cell>[] {
  return cells
    .map((cell) => ({ cell, key: cellKey(cell.measure, cell.statistic, cell.at) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ cell }) => cell);
}

function namesIn(words: Record<Language, ReleaseWords>) {
  return {
    dimensionNames: (id: string) => ({
      fi: words.fi.dimensions[id]?.name ?? id,
      sv: words.sv.dimensions[id]?.name ?? id,
      en: words.en.dimensions[id]?.name ?? id,
    }),
    serviceWords: (question: string) => {
      const key = question as "used" | "need-met" | "experience";
      return { fi: words.fi.segments[key], sv: words.sv.segments[key], en: words.en.segments[key] };
    },
  };
}
