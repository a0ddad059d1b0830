import type { Pattern } from "../../disclosure/protect.ts";
import { calinskiHarabasz } from "../../segmentation/calinski-harabasz.ts";
import { type Gap, type GapQuestion, type GapRefused, gapStatistic } from "../../segmentation/gap-statistic.ts";
import { type GaussianMixture, gaussianMixture, type MixtureRefused } from "../../segmentation/gaussian-mixture.ts";
import { bestOfStarts, type KMeansSolution } from "../../segmentation/k-means.ts";
import { type LatentClasses, type LatentClassRefused, latentClasses } from "../../segmentation/latent-class.ts";
import { createRandom } from "../../segmentation/random.ts";
import { meanSilhouette } from "../../segmentation/silhouette.ts";
import { type Resample, resampleStability } from "../../segmentation/stability.ts";
import {
  dataWithin,
  type PreparedStructureTest,
  prepareStructureTest,
  referenceWithin,
} from "../../segmentation/structure-test.ts";
import { type Audited, type AuditTask, audit } from "../audit-cells.ts";
import { type Estimation, estimateFamily, type Family } from "../estimate-cells.ts";
import { type DriversOfWave, type DriversTask, estimateDrivers } from "../estimate-drivers.ts";
import type { Judged } from "../estimate-question.ts";
import { type ClosedSets, protectWave } from "../protect-cells.ts";

/** What is grouped: z-scores of the persons with enough dimensions, row-major, NaN = missing, in canonical order. */
export type PointsToGroup = {
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  /** What is drawn anew by the bootstrap: sampling units within strata. */
  design: { strata: Int32Array; units: Int32Array };
};
/** What analysts' alternatives look at: points and answers of which nothing is missing. */
type WholePoints = Pick<PointsToGroup, "points" | "dimensions">;
type WholeAnswers = { answers: Float64Array[] };
type Fitting = { clusters: number; seeds: string[] };
type Labelled = { labels: Int32Array; clusters: number };

/**
 * The heavy work of a release that worker threads do. Each is a pure function of what its tasks share and of one input, so
 * that it does not show which thread did it.
 */
const TASKS = {
  starts: (shared: PointsToGroup, { clusters, seeds }: { clusters: number; seeds: string[] }): KMeansSolution =>
    bestOfStarts({ ...shared, clusters }, seeds),
  separation: (
    { points, dimensions }: PointsToGroup,
    { labels, clusters, seed }: Labelled & { seed: string },
  ): { silhouette: number | null; calinskiHarabasz: number | null } => ({
    silhouette: meanSilhouette({ points, dimensions, labels, random: createRandom(seed) }),
    calinskiHarabasz: calinskiHarabasz({ points, dimensions, labels, clusters }),
  }),
  resamples: (
    { design, ...shared }: PointsToGroup,
    { labels, clusters, seeds }: Labelled & { seeds: string[] },
  ): Resample[] => seeds.map((seed) => resampleStability({ ...shared, ...design, labels, clusters, seed })),
  "structure-prepare": ({ points, dimensions }: PointsToGroup, seed: string): PreparedStructureTest | null =>
    prepareStructureTest(points, dimensions, seed),
  "structure-data": (prepared: PreparedStructureTest, seed: string): Float64Array => dataWithin(prepared, seed),
  "structure-reference": (prepared: PreparedStructureTest, seed: string): Float64Array =>
    referenceWithin(prepared, seed),
  gap: (
    shared: WholePoints,
    { seeds, ...question }: Omit<GapQuestion, keyof WholePoints> & { seeds: Parameters<typeof gapStatistic>[1] },
  ): Gap | { refused: GapRefused } => gapStatistic({ ...shared, ...question }, seeds),
  "latent-profile": (
    shared: WholePoints,
    { clusters, seeds }: Fitting,
  ): GaussianMixture | { refused: MixtureRefused } => gaussianMixture({ ...shared, clusters }, seeds),
  "latent-class": (
    shared: WholeAnswers,
    { clusters, seeds }: Fitting,
  ): LatentClasses | { refused: LatentClassRefused } => latentClasses({ ...shared, clusters }, seeds),
  protect: (shared: Omit<ClosedSets, "base">, wave: number): Pattern | null => protectWave(shared, wave),
  audit: (shared: Omit<ClosedSets, "base">, task: AuditTask): Audited => audit(shared, task),
  drivers: (_: null, task: DriversTask): DriversOfWave => estimateDrivers(task),
  estimate: (shared: Estimation, family: Family | "persons"): Judged[] => estimateFamily(shared, family),
};

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type TaskOf<T extends TaskName> = {
  shared: Parameters<Tasks[T]>[0];
  input: Parameters<Tasks[T]>[1];
  output: ReturnType<Tasks[T]>;
};

/** Does one task. What crosses between threads has lost its type; the pool's `share` and `map` give it back. */
export function perform(task: TaskName, shared: unknown, input: unknown): unknown {
  return (TASKS[task] as (shared: unknown, input: unknown) => unknown)(shared, input);
}
