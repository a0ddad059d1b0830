import { type DimensionId, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { adjustedRandIndex } from "../segmentation/adjusted-rand.ts";
import {
  chooseClusters,
  clustersToTry,
  type JudgedClusters,
  MOST_CLUSTERS,
  type TriedClusters,
} from "../segmentation/choose-clusters.ts";
import { countDifferentRows } from "../segmentation/different-rows.ts";
import { type KMeansSolution, startSeeds } from "../segmentation/k-means.ts";
import { oneQuestionGroups } from "../segmentation/level-share.ts";
import { createRandom } from "../segmentation/random.ts";
import {
  type DimensionScores,
  FEWEST_DIMENSIONS,
  type LeftOutDimension,
  pointsOfRows,
  standardise,
  type UsableDimension,
  usableDimensions,
} from "../segmentation/standardise.ts";
import { judgeStructure } from "../segmentation/structure-test.ts";
import { judgeSegments, type VerdictNote } from "../segmentation/verdict.ts";
import { type Alternatives, findAlternatives } from "./find-alternatives.ts";
import type { Progress } from "./ingest.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { PointsToGroup } from "./threads/tasks.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";
import { bestSolutions, centroidsOf, tryClusters } from "./try-clusters.ts";

export const STARTS = 100;
export const RESAMPLES = 100;
const REFERENCES = 99;
/** More coordinates missing than this: the grouping is made of complete rows too, and compared (METHOD §3.3). */
const MUCH_MISSING = 0.15;

/** One number of groups with all that was found out about it. */
export type Tried = TriedClusters &
  JudgedClusters & { solution: KMeansSolution; agreement: number; calinskiHarabasz: number | null };

/** What the reference wave holds: groups, or that there are none, and what speaks for it. */
export type FoundSegments = {
  usable: UsableDimension[];
  leftOut: LeftOutDimension[];
  /** Rows of the reference wave that were grouped. */
  grouped: Int32Array;
  tried: Tried[];
  chosen: Tried | null;
  chosenBy: "rule" | "steward";
  verdict: Verdict;
  notes: VerdictNote[];
  structure: { statistic: number; pValue: number; references: number } | null;
  oneQuestion: DimensionId | null;
  weightsAgreement: number | null;
  missing: { share: number; agreement: number | null } | null;
  /** What other methods say, for analysts; null where nothing was grouped. It decides nothing. */
  analysts: Alternatives | null;
};

export type Seeds = (purpose: string, k: number) => string;
export type Work = { seedFor: Seeds; pool: WorkerPool; progress: Progress };

/**
 * Finds out whether the reference wave holds groups of people, how many, and how far they can be trusted (METHOD §3.2–3.5):
 * usable dimensions → every k with 100 starts → stability → choice of k → structure test → verdict. A forced k that is
 * not admissible is refused with the reasons.
 */
export async function findSegments(
  reference: ScoredWave,
  forced: number | undefined,
  work: Work,
): Promise<FoundSegments | Problem[]> {
  const scores = segmentingScores(reference);
  const { usable, leftOut } = usableDimensions(scores, reference.design.weights);
  const absent = SEGMENTING_DIMENSIONS.filter((dimension) => !reference.modelScores.has(dimension));
  const standardised = standardise(scores, usable);
  const grouped = standardised.enough;
  const points = pointsOfRows(standardised, grouped);
  const different = countDifferentRows(points, usable.length, MOST_CLUSTERS);
  const ks = usable.length < FEWEST_DIMENSIONS ? [] : clustersToTry(grouped.length, different);
  const found: FoundSegments = {
    usable,
    leftOut: [...leftOut, ...absent.map((dimension) => ({ dimension, reason: "absent" as const }))],
    grouped,
    tried: [],
    chosen: null,
    chosenBy: "rule",
    structure: null,
    oneQuestion: null,
    weightsAgreement: null,
    missing: null,
    analysts: null,
    ...verdictOf(usable.length, null, null),
  };
  if (forced !== undefined && ks.length === 0) return [refusedK(forced, [], usable.length)];
  if (ks.length === 0) return found;

  const take = (values: Int32Array) => Int32Array.from(grouped, (row) => values[row] as number);
  const shared: PointsToGroup = {
    points,
    weights: Float64Array.from(grouped, (row) => reference.design.weights[row] as number),
    dimensions: usable.length,
    design: drawnAnew(take(reference.design.strata), take(reference.design.units)),
  };
  work.pool.share<"starts">("points", shared);
  const tried = await tryClusters(shared, ks, { starts: STARTS, resamples: RESAMPLES }, work);
  const { chosen: k, chosenBy, judged } = chooseClusters(tried, forced);
  found.tried = tried.map((one, index) => ({ ...one, ...(judged[index] as JudgedClusters) }));
  if (forced !== undefined && k === null)
    return [
      refusedK(
        forced,
        found.tried.filter(({ admissible }) => admissible).map((one) => one.k),
        usable.length,
      ),
    ];
  found.chosenBy = chosenBy;
  found.chosen = found.tried.find((one) => one.k === k) ?? null;
  found.structure = await testStructure(work);
  found.missing = await withoutMissing(shared, found.chosen, work);
  if (found.chosen) {
    found.weightsAgreement = await withoutWeights(shared, found.chosen, work);
    const [one] = oneQuestionGroups(centroidsOf(found.chosen, shared.dimensions), found.chosen.shares);
    found.oneQuestion = one ? (usable[one.dimension]?.dimension ?? null) : null;
  }
  found.analysts = await findAlternatives(shared, found, reference, work);
  return { ...found, ...verdictOf(usable.length, found.chosen, found) };
}

/**
 * What the resamples draw: sampling units within strata. In a stratum of one unit that unit would be drawn again and again,
 * and every grouping look stable: there each person is drawn.
 */
function drawnAnew(strata: Int32Array, units: Int32Array): PointsToGroup["design"] {
  const unitsOf = new Map<number, Set<number>>();
  strata.forEach((stratum, row) => {
    unitsOf.set(stratum, (unitsOf.get(stratum) ?? new Set()).add(units[row] as number));
  });
  const next = units.reduce((highest, unit) => Math.max(highest, unit), -1) + 1;
  const isLone = (row: number) => unitsOf.get(strata[row] as number)?.size === 1;
  return { strata, units: units.map((unit, row) => (isLone(row) ? next + row : unit)) };
}

function verdictOf(
  dimensions: number,
  chosen: Tried | null,
  found: Pick<FoundSegments, "oneQuestion" | "structure" | "weightsAgreement"> | null,
) {
  return judgeSegments({
    chosen: chosen?.k ?? null,
    usableDimensions: dimensions,
    levelShare: chosen?.levelShare ?? null,
    oneQuestion: (found?.oneQuestion ?? null) !== null,
    structure: found?.structure?.pValue ?? null,
    weightsAgreement: found?.weightsAgreement ?? null,
  });
}

/** The free grouping of some points into k, beside the labels they have: adjusted Rand index of the rows. */
export async function agreementWithFree(
  shared: PointsToGroup,
  labels: Int32Array,
  { k, name, purpose }: { k: number; name: string; purpose: string },
  work: Work,
): Promise<{ agreement: number; labels: Int32Array }> {
  work.pool.share<"starts">(name, shared);
  const [solution] = await bestSolutions([k], { shared: name, purpose, starts: STARTS }, work);
  const free = (solution as KMeansSolution).labels;
  return { agreement: adjustedRandIndex(labels, free), labels: free };
}

async function testStructure({ pool, seedFor, progress }: Work): Promise<FoundSegments["structure"]> {
  const [prepared] = await pool.map("structure-prepare", "points", [seedFor("structure", 0)]);
  if (!prepared) return null;
  pool.share<"structure-data">("structure", prepared);
  const [data] = await pool.map("structure-data", "structure", [seedFor("structure", 1)]);
  const seeds = startSeeds(createRandom(seedFor("structure", 2)), REFERENCES);
  const references = await pool.map("structure-reference", "structure", seeds, (done, of) =>
    progress("structure", done, of),
  );
  return judgeStructure(data as Float64Array, references);
}

/** Share of coordinates missing; above 15 % also how far a grouping of complete rows alone agrees. */
async function withoutMissing(
  shared: PointsToGroup,
  chosen: Tried | null,
  work: Work,
): Promise<FoundSegments["missing"]> {
  const { points, dimensions } = shared;
  const share = points.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) / points.length;
  if (share <= MUCH_MISSING || !chosen) return { share, agreement: null };
  const rows = Int32Array.from(shared.weights.keys()).filter((row) =>
    points.subarray(row * dimensions, (row + 1) * dimensions).every((value) => !Number.isNaN(value)),
  );
  if (rows.length < chosen.k) return { share, agreement: null };
  const labels = Int32Array.from(rows, (row) => chosen.solution.labels[row] as number);
  const complete = {
    points: pointsOfRows({ points, dimensions, enough: rows }, rows),
    weights: Float64Array.from(rows, (row) => shared.weights[row] as number),
    dimensions,
    design: shared.design,
  };
  const asked = { k: chosen.k, name: "complete", purpose: "kmeans-complete" };
  return { share, agreement: (await agreementWithFree(complete, labels, asked, work)).agreement };
}

/** How far the chosen grouping stands without the survey weights; null where they are all equal. */
async function withoutWeights(shared: PointsToGroup, chosen: Tried, work: Work): Promise<number | null> {
  if (shared.weights.every((weight) => weight === shared.weights[0])) return null;
  const unweighted = { ...shared, weights: new Float64Array(shared.weights.length).fill(1) };
  const asked = { k: chosen.k, name: "unweighted", purpose: "kmeans-unweighted" };
  return (await agreementWithFree(unweighted, chosen.solution.labels, asked, work)).agreement;
}

/** What segments, bands and troubles are made of: D1–D8 from the reference wave's items. */
export function segmentingScores(wave: ScoredWave): DimensionScores[] {
  return SEGMENTING_DIMENSIONS.flatMap((dimension) => {
    const values = wave.modelScores.get(dimension);
    return values ? [{ dimension, values }] : [];
  });
}

function refusedK(k: number, possible: readonly number[], dimensions: number): Problem {
  if (dimensions < FEWEST_DIMENSIONS)
    return { code: "groups-not-possible", where: {}, fields: { count: dimensions, fewest: FEWEST_DIMENSIONS } };
  return { code: "k-not-admissible", where: {}, fields: { k, possible: possible.join(", ") || "–" } };
}
