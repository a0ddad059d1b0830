import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Release } from "../../data/contracts/release.ts";
import type { Home } from "../store/home.ts";
import { codebookByHash, listExtracts } from "../store/microdata/extracts.ts";
import { askIndex } from "./ask-index.ts";
import { askServices, usersByService } from "./ask-services.ts";
import { askSkills } from "./ask-skills.ts";
import { type Audited, auditCells } from "./audit-cells.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { type CutWave, GROUPINGS, type Lattice } from "./cut-waves.ts";
import { universesOf } from "./decide-closed-sets.ts";
import { type EarlierRelease, keptRelease, readMadeOf } from "./earlier-releases.ts";
import { gatherSurvey } from "./gather-survey.ts";
import type { Progress } from "./ingest.ts";
import { readGroupings } from "./kept-groupings.ts";
import { poolSmallServices } from "./pool-services.ts";
import type { ClosedSets } from "./protect-cells.ts";
import { askScores } from "./questions.ts";
import { readChosen } from "./read-chosen.ts";
import { releaseWords, type WordsOfLanguage } from "./release-words.ts";
import { type ScoredWave, scoreSurvey } from "./score-survey.ts";
import { withWorkers } from "./threads/worker-pool.ts";

export type AuditRequest = {
  home: Home;
  release: string;
  words: Record<Language, WordsOfLanguage>;
  sqlFolder: string;
  workerFile: string;
  threads: number;
  progress: Progress;
  signal?: AbortSignal;
};

/** What was audited and found, with the universes that it was found in, for outside auditors on the steward's machine. */
export type ReleaseAudit = { audited: Audited[]; sets: Omit<ClosedSets, "base">; document: Release };

/**
 * Audits a stored release again, from the rows of its extracts and the groups that its steward keeps: every published cell, old
 * and new, and every measure among those who answered it, for each view.
 */
export async function auditRelease(request: AuditRequest): Promise<ReleaseAudit | Problem[]> {
  const { home, release: id, progress } = request;
  const notFound: Problem[] = [{ code: "release-not-found", where: {}, fields: { release: id } }];
  const kept = /^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/.test(id) ? keptRelease(home, id) : null;
  const madeOf = kept && readMadeOf(home, id);
  const groupings = readGroupings(home, id);
  if (!kept || !madeOf || !groupings) return notFound;
  const extracts = listExtracts(home);
  const chosen = madeOf.extracts.flatMap(({ id: extractId, role, speaksFor }): ChosenExtract[] => {
    const extract = extracts.find((one) => one.id === extractId);
    return extract
      ? [{ extract, codebook: codebookByHash(home, extract.codebookHash), role, speaksFor: new Set(speaksFor) }]
      : [];
  });
  const gone = madeOf.extracts.filter((one) => !chosen.some(({ extract }) => extract.id === one.id));
  if (gone.length > 0) return gone.map((one) => ({ code: "extract-gone", where: {}, fields: { extract: one.id } }));
  progress("gather", 0, 1);
  const surveys = chosen.filter(({ role }) => role === "survey");
  const gathered = gatherSurvey(surveys, await readChosen(home, surveys, request), madeOf.policy.minimumPersons);
  if (Array.isArray(gathered)) return gathered;
  const words = releaseWords(request.words);
  const { survey, event } = poolSmallServices({ survey: gathered, event: madeOf.event }, words);
  const { waves } = scoreSurvey(survey, groupings.referenceWave, groupings);
  const questions = [
    ...askScores(survey, waves, words, () => false),
    ...askServices(survey, waves, event, words),
    ...askSkills(survey, waves, words),
    ...askIndex(madeOf.event.summaryIndex, groupings.dimensions, waves, words),
  ];
  const lattice = latticeOfRelease(kept.document);
  const labels = readLabels(join(home.releases, id, "labels.csv"));
  const cut = waves.map((wave) => cutAgain(wave, kept, labels));
  const earlier = madeOf.earlier.flatMap((one) => keptRelease(home, one) ?? []);
  const { undecided } = universesOf(
    { waves: cut, lattice },
    { event: madeOf.event, chosen, policy: madeOf.policy, seed: id, earlier },
  );
  const judged = kept.document.cells.map((cell) => ({ cell }));
  const { workerFile: file, threads, signal } = request;
  const audited = await withWorkers({ file, threads, ...(signal && { signal }) }, (pool) =>
    auditCells(undecided, { questions, judged }, pool, (done, of) => progress("audit", done, of)),
  );
  return { audited, sets: undecided, document: kept.document };
}

function latticeOfRelease({ variables, grids }: Release): Lattice {
  return {
    tables: grids.map((grid) => grid.filter((variable) => variable !== "wave")),
    codes: new Map(
      variables.filter(({ id }) => id !== "wave").map(({ id, codes }) => [id, codes.map(({ code }) => code)]),
    ),
  };
}

/** The group of each line of each extract, as the steward keeps it: by extract, line and grouping. */
function readLabels(file: string): Map<string, Record<string, string>> {
  const [header = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const columns = header.split(",");
  return new Map(
    lines.map((text) => {
      const cells = text.split(",");
      const row = Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? ""]));
      return [`${row.extract} ${row.line}`, row];
    }),
  );
}

function cutAgain(
  wave: ScoredWave,
  { document, members }: EarlierRelease,
  labels: ReadonlyMap<string, Record<string, string>>,
): CutWave {
  const then = members.waves.find((one) => one.wave === wave.wave);
  const published = new Set(document.variables.map(({ id }) => id));
  const groups = GROUPINGS.filter((grouping) => published.has(grouping)).map(
    (grouping): [string, (string | null)[]] => [
      grouping,
      wave.source.map(({ extract, line }) => labels.get(`${extract} ${line}`)?.[grouping] || null),
    ],
  );
  const codes = new Map<string, readonly (string | null)[]>([...wave.backgrounds, ...groups]);
  const present = Uint8Array.from(wave.source, (_, person) => (then?.present[person] === "1" ? 1 : 0));
  const troubles = codes.get("troubles");
  const unplaced = Uint8Array.from(present, (_, person) => (troubles && troubles[person] === null ? 1 : 0));
  const everyonePlaced = present.every((held, person) => held === 0 || unplaced[person] === 0);
  const { design, panel, hashes, answers, contributors } = wave;
  return {
    ...{ wave: wave.wave, design, codes, panel, hashes, answers, contributors, present, unplaced },
    placed: everyonePlaced ? null : unplaced.map((held) => 1 - held),
    users: usersByService(wave),
  };
}
