import { compensatedSum } from "../statistics/sum.ts";

/** A grouping with at least this level share is one axis from ill to well (METHOD §3.5). */
export const LEVEL_ONLY_FROM = 0.9;

const ONE_QUESTION_ABOVE = 0.7;

/**
 * Level share: how much of a grouping is one axis from ill to well, rather than groups that differ in kind.
 *
 *   L = Σ_c π_c·D·(mean_d μ_cd)² / Σ_c π_c·‖μ_c‖²                                                METHOD §3.5
 *
 * μ_c = centroid of segment c in z over D dimensions, π_c = its weighted share. Centroids are centred first by
 * Σ_c π_c·μ_c / Σ π_c, so that only how the groups differ counts. 0 … 1: 1 where every group is as much above or below
 * in every dimension, 0 where each is as much above in some as below in others. Null where the centroids do not differ.
 * RangeError: no centroid, centroids of unequal length, shares that are not as many or not above 0.
 */
export function levelShare(centroids: readonly (readonly number[])[], shares: readonly number[]): number | null {
  const centred = centredCentroids(centroids, shares);
  const dimensions = centred[0]!.length;
  const length = compensatedSum(centred.length, (c) => shares[c]! * squaredLength(centred[c]!));
  if (!(length > 0)) return null;
  const level = compensatedSum(centred.length, (c) => {
    const mean = compensatedSum(dimensions, (d) => centred[c]![d]!) / dimensions;
    return shares[c]! * dimensions * mean * mean;
  });
  return Math.min(1, level / length);
}

/** A segment that one dimension makes: `share` of its centroid's squared length lies in that dimension. */
export type OneQuestionGroup = { segment: number; dimension: number; share: number };

/**
 * One-question groups: segments that are told from everyone by little else than one dimension.
 *
 *   max_d μ_cd² / ‖μ_c‖² > .70                                  METHOD §3.5; centroids centred as for the level share
 *
 * Segments and dimensions are numbered as in `centroids`; of equally great dimensions the first. A segment that lies where
 * everyone does (‖μ_c‖ = 0) is none. With one dimension every other segment is one. Errors as for `levelShare`.
 */
export function oneQuestionGroups(
  centroids: readonly (readonly number[])[],
  shares: readonly number[],
): OneQuestionGroup[] {
  return centredCentroids(centroids, shares).flatMap((centroid, segment) => {
    const length = squaredLength(centroid);
    if (!(length > 0)) return [];
    const parts = centroid.map((z) => (z * z) / length);
    const share = Math.max(...parts);
    return share > ONE_QUESTION_ABOVE ? [{ segment, dimension: parts.indexOf(share), share }] : [];
  });
}

function centredCentroids(centroids: readonly (readonly number[])[], shares: readonly number[]): number[][] {
  const dimensions = centroids[0]?.length ?? 0;
  if (dimensions === 0) throw new RangeError("a centroid has at least one dimension");
  if (centroids.some((centroid) => centroid.length !== dimensions)) throw new RangeError("centroids have one length");
  if (shares.length !== centroids.length || !shares.every((share) => share > 0))
    throw new RangeError("each centroid has a share above 0");
  const total = compensatedSum(shares.length, (c) => shares[c]!);
  const middle = centroids[0]!.map(
    (_, d) => compensatedSum(shares.length, (c) => shares[c]! * centroids[c]![d]!) / total,
  );
  return centroids.map((centroid) => centroid.map((z, d) => z - middle[d]!));
}

function squaredLength(centroid: readonly number[]): number {
  return compensatedSum(centroid.length, (d) => centroid[d]! * centroid[d]!);
}
