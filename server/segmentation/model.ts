import type { DimensionId } from "../../data/contracts/names.ts";
import { compensatedSum } from "../statistics/sum.ts";
import type { KMeansSolution } from "./k-means.ts";
import { type DimensionScores, neededDimensions, standardise, type UsableDimension } from "./standardise.ts";

/** The frozen model: all that is needed to give new people a segment, as JSON. */
export type SegmentModel = {
  dimensions: DimensionId[];
  means: number[];
  deviations: number[];
  /** Segment by segment, in the order of `labels`, in z: also the segment's profile in the reference wave. */
  centroids: number[][];
  /** A, B, … */
  labels: string[];
  referenceWave: string;
};

export const UNCLASSIFIABLE = -1;

const CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The clusters in the order of their letters: by weighted mean of the subjective score, high to low. Where that is not
 * known for every cluster, by the mean of the clusters' weighted dimension means. Of equal ones the lower number first.
 *
 *   order[0] is the cluster that becomes A                                                          METHOD §3.3
 *
 * Rows with the label −1 count nowhere; NaN = no valid score.
 */
export function orderLabels({
  labels,
  weights,
  subjective,
  scores,
  clusters,
}: {
  labels: Int32Array;
  weights: Float64Array;
  /** Null where the wave did not ask it. */
  subjective: Float64Array | null;
  /** The usable dimensions, 0–100. */
  scores: readonly DimensionScores[];
  clusters: number;
}): number[] {
  const means = (values: Float64Array) => {
    return Array.from({ length: clusters }, (_, cluster) => meanOfCluster(values, weights, labels, cluster));
  };
  let height = subjective === null ? [] : means(subjective);
  if (height.length === 0 || height.some(Number.isNaN)) {
    const byDimension = scores.map(({ values }) => means(values));
    height = Array.from({ length: clusters }, (_, cluster) => {
      const known = byDimension.map((ofDimension) => ofDimension[cluster]!).filter((mean) => !Number.isNaN(mean));
      return compensatedSum(known.length, (index) => known[index]!) / known.length;
    });
  }
  return height.map((_, cluster) => cluster).sort((left, right) => height[right]! - height[left]! || left - right);
}

/**
 * Freezes a solution: centroids in the order of their letters, and what scores are standardised by. At most 26 segments.
 */
export function freezeModel(
  usable: readonly UsableDimension[],
  solution: Pick<KMeansSolution, "centroids">,
  { order, referenceWave }: { order: readonly number[]; referenceWave: string },
): SegmentModel {
  const dimensions = usable.length;
  if (order.length > CODES.length) throw new RangeError("at most 26 segments");
  if (solution.centroids.length !== order.length * dimensions) throw new RangeError("one centroid a segment");
  return {
    dimensions: usable.map(({ dimension }) => dimension),
    means: usable.map(({ mean }) => mean),
    deviations: usable.map(({ deviation }) => deviation),
    centroids: order.map((cluster) => [
      ...solution.centroids.subarray(cluster * dimensions, (cluster + 1) * dimensions),
    ]),
    labels: order.map((_, index) => CODES[index]!),
    referenceWave,
  };
}

/**
 * The segment of each row: index into `model.labels`, −1 where the row has fewer than ⌈0.75·D⌉ of the D dimensions.
 *
 *   argmin_c Σ_{d∈O_i} (z_id − μ_cd)²,   z = (s − m_d)/σ_d with the frozen m, σ                        METHOD §3.6
 *
 * The partial distance is not rescaled; of equally near segments the first is taken. A dimension that `scores` lacks is
 * missing for every row.
 */
export function assignSegments(model: SegmentModel, scores: readonly DimensionScores[]): Int32Array {
  return placePersons(model, scores).segments;
}

/** Where the frozen model places each row. */
export type Placed = {
  /** As `assignSegments`. */
  segments: Int32Array;
  /** Squared distance to the own centroid over what is observed; NaN without a segment. */
  squaredDistances: Float64Array;
  /** |O_i|: how many of the model's dimensions the row has; 0 without a segment. */
  observed: Int32Array;
};

/** `assignSegments`, with how far each row lies from its segment. */
export function placePersons(model: SegmentModel, scores: readonly DimensionScores[]): Placed {
  const { points, dimensions, enough } = standardise(scores, frozenDimensions(model));
  const rows = scores[0]?.values.length ?? 0;
  const segments = new Int32Array(rows).fill(UNCLASSIFIABLE);
  const squaredDistances = new Float64Array(rows).fill(Number.NaN);
  const observed = new Int32Array(rows);
  for (const row of enough) {
    const z = points.subarray(row * dimensions, (row + 1) * dimensions);
    const segment = nearestSegment(model.centroids, z);
    segments[row] = segment;
    squaredDistances[row] = squaredDistanceToSegment(model.centroids[segment]!, z);
    observed[row] = countKnown(z);
  }
  return { segments, squaredDistances, observed };
}

/** The model's dimensions with the frozen m and σ, to standardise another wave by. */
export function frozenDimensions(model: Pick<SegmentModel, "dimensions" | "means" | "deviations">): UsableDimension[] {
  return model.dimensions.map((dimension, index) => {
    return { dimension, mean: model.means[index]!, deviation: model.deviations[index]! };
  });
}

/**
 * The nearest centroid of one person's z-scores (NaN = missing), by the observed-coordinate distance; −1 where fewer than
 * ⌈0.75·D⌉ are known. Of equally near ones the first.
 */
export function nearestSegment(centroids: readonly (readonly number[])[], z: Float64Array): number {
  const known = countKnown(z);
  if (known === 0 || known < neededDimensions(z.length)) return UNCLASSIFIABLE;
  let nearest = UNCLASSIFIABLE;
  let least = Number.POSITIVE_INFINITY;
  centroids.forEach((centroid, segment) => {
    const distance = squaredDistanceToSegment(centroid, z);
    if (distance < least) {
      least = distance;
      nearest = segment;
    }
  });
  return nearest;
}

/**
 * How far one person's z-scores lie from a centroid: Σ_{d∈O_i} (z_id − μ_d)², squared, over what is observed, not rescaled
 * (METHOD §3.3). 0 where nothing is.
 */
export function squaredDistanceToSegment(centroid: readonly number[], z: Float64Array): number {
  let distance = 0;
  for (let d = 0; d < z.length; d++) {
    const difference = z[d]! - centroid[d]!;
    if (!Number.isNaN(difference)) distance += difference * difference;
  }
  return distance;
}

function countKnown(z: Float64Array): number {
  return z.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
}

function meanOfCluster(values: Float64Array, weights: Float64Array, labels: Int32Array, cluster: number): number {
  const counts = (row: number) => labels[row] === cluster && !Number.isNaN(values[row]!);
  const total = compensatedSum(values.length, (row) => (counts(row) ? weights[row]! : 0));
  return compensatedSum(values.length, (row) => (counts(row) ? weights[row]! * values[row]! : 0)) / total;
}
