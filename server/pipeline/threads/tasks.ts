import { calinskiHarabasz } from "../../segmentation/calinski-harabasz.ts";
import { bestOfStarts, type KMeansSolution } from "../../segmentation/k-means.ts";
import { createRandom } from "../../segmentation/random.ts";
import { meanSilhouette } from "../../segmentation/silhouette.ts";
import { type Resample, resampleStability } from "../../segmentation/stability.ts";
import {
  dataWithin,
  type PreparedStructureTest,
  prepareStructureTest,
  referenceWithin,
} from "../../segmentation/structure-test.ts";
import { type Estimation, estimateMeasure } from "../estimate-cells.ts";
import type { Judged } from "../estimate-question.ts";
import type { Question } from "../questions.ts";

/** What is grouped: z-scores of the persons with enough dimensions, row-major, NaN = missing, in canonical order. */
export type PointsToGroup = {
  points: Float64Array;
  weights: Float64Array;
  dimensions: number;
  /** What is drawn anew by the bootstrap: sampling units within strata. */
  design: { strata: Int32Array; units: Int32Array };
};
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
  estimate: (shared: Estimation, question: Question | "persons"): Judged[] => estimateMeasure(shared, question),
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
