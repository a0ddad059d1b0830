import { type DimensionId, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { adjustedRandIndex } from "../segmentation/adjusted-rand.ts";
import {
  chooseClusters,
  clustersToTry,
  type JudgedClusters,
  type TriedClusters,
} from "../segmentation/choose-clusters.ts";
import { betterOf, type KMeansSolution, startSeeds } from "../segmentation/k-means.ts";
import { levelShare, oneQuestionGroups } from "../segmentation/level-share.ts";
import { createRandom } from "../segmentation/random.ts";
import { summariseResamples } from "../segmentation/stability.ts";
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
import type { Progress } from "./ingest.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { PointsToGroup } from "./threads/tasks.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";

export const STARTS = 100;
export const RESAMPLES = 100;
const REFERENCES = 99;
const STARTS_A_TASK = 25;
const RESAMPLES_A_TASK = 5;
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
  const ks = usable.length < FEWEST_DIMENSIONS ? [] : clustersToTry(grouped.length);
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
    ...verdictOf(usable.length, null, null),
  };
  if (forced !== undefined && ks.length === 0) return [refusedK(forced, [], usable.length)];
  if (ks.length === 0) return found;

  const take = (values: Int32Array) => Int32Array.from(grouped, (row) => values[row] as number);
  const shared: PointsToGroup = {
    points: pointsOfRows(standardised, grouped),
    weights: Float64Array.from(grouped, (row) => reference.design.weights[row] as number),
    dimensions: usable.length,
    design: drawnAnew(take(reference.design.strata), take(reference.design.units)),
  };
  work.pool.share<"starts">("points", shared);
  const tried = await tryClusters(shared, ks, work);
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

/** Every k: the best of 100 starts, how separate its groups are, and how far 100 resamples find them again. */
async function tryClusters(
  shared: PointsToGroup,
  ks: readonly number[],
  work: Work,
): Promise<(Omit<Tried, keyof JudgedClusters> & { k: number })[]> {
  const { pool, seedFor, progress } = work;
  const solutions = await bestSolutions(ks, "points", "kmeans", work);
  const labelled = ks.map((clusters, index) => ({ clusters, labels: (solutions[index] as KMeansSolution).labels }));
  // One seed for all k: they are judged by the same people.
  const separations = await pool.map(
    "separation",
    "points",
    labelled.map((one) => ({ ...one, seed: seedFor("silhouette", 0) })),
  );
  const inputs = labelled.flatMap((one) =>
    chunks(startSeeds(createRandom(seedFor("bootstrap", one.clusters)), RESAMPLES), RESAMPLES_A_TASK).map((seeds) => ({
      ...one,
      seeds,
    })),
  );
  const resamples = await pool.map("resamples", "points", inputs, (done, of) => progress("stability", done, of));
  return labelled.map(({ clusters, labels }, index) => {
    const own = resamples.flatMap((some, task) => (inputs[task]?.clusters === clusters ? some : []));
    const { jaccard, meanAri } = summariseResamples(own);
    const solution = solutions[index] as KMeansSolution;
    const { shares, persons } = sizesOf(labels, shared.weights, clusters);
    const centroids = centroidsOf({ k: clusters, solution }, shared.dimensions);
    return {
      k: clusters,
      solution,
      silhouette: separations[index]?.silhouette ?? null,
      calinskiHarabasz: separations[index]?.calinskiHarabasz ?? null,
      stability: [...jaccard],
      agreement: meanAri,
      shares,
      persons,
      // Groups that do not differ are one level, if anything.
      levelShare: levelShare(centroids, shares) ?? 1,
    };
  });
}

/** The best of 100 starts for each k, of points shared by name. */
async function bestSolutions(
  ks: readonly number[],
  shared: string,
  purpose: string,
  { pool, seedFor, progress }: Work,
): Promise<KMeansSolution[]> {
  const inputs = ks.flatMap((clusters) =>
    chunks(startSeeds(createRandom(seedFor(purpose, clusters)), STARTS), STARTS_A_TASK).map((seeds) => ({
      clusters,
      seeds,
    })),
  );
  const solutions = await pool.map("starts", shared, inputs, (done, of) => progress("groups", done, of));
  return ks.map((k) => solutions.filter((_, task) => inputs[task]?.clusters === k).reduce(betterOf));
}

/** The free grouping of some points into k, beside the labels they have: adjusted Rand index of the rows. */
export async function agreementWithFree(
  shared: PointsToGroup,
  labels: Int32Array,
  { k, name, purpose }: { k: number; name: string; purpose: string },
  work: Work,
): Promise<{ agreement: number; labels: Int32Array }> {
  work.pool.share<"starts">(name, shared);
  const [solution] = await bestSolutions([k], name, purpose, work);
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

function sizesOf(labels: Int32Array, weights: Float64Array, clusters: number) {
  const persons = new Array<number>(clusters).fill(0);
  const weight = new Array<number>(clusters).fill(0);
  labels.forEach((label, row) => {
    persons[label] = (persons[label] as number) + 1;
    weight[label] = (weight[label] as number) + (weights[row] as number);
  });
  const total = weight.reduce((sum, part) => sum + part, 0);
  return { persons, shares: weight.map((part) => part / total) };
}

function centroidsOf({ k, solution }: Pick<Tried, "k" | "solution">, dimensions: number): number[][] {
  return Array.from({ length: k }, (_, cluster) => [
    ...solution.centroids.subarray(cluster * dimensions, (cluster + 1) * dimensions),
  ]);
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

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
