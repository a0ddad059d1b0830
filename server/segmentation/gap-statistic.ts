import { compensatedSum } from "../statistics/sum.ts";
import { eigenOfSymmetric } from "./correlation.ts";
import { countDifferentRows } from "./different-rows.ts";
import { bestOfStarts, startSeeds } from "./k-means.ts";
import { centre } from "./mixture-model.ts";
import { createRandom } from "./random.ts";

export type GapQuestion = {
  /** Row-major points, nothing missing. Rows in canonical order (METHOD §0). */
  points: Float64Array;
  dimensions: number;
  /** How many clusters. */
  clusters: number;
  /** The box that references are drawn from lies along the principal axes of the points unless told. */
  box?: "principal-axes" | "dimensions";
  /** B; 20 unless told. */
  references?: number;
  /** k-means starts of the points and of every reference alike; 5 unless told. */
  starts?: number;
};

/** One number of clusters: ln W_k of the points, its mean over the references, and how far that is above. */
export type Gap = { k: number; lnWithin: number; expected: number; gap: number; standardError: number };

/** Why there is no gap: `few-different-rows` each different row is a cluster of its own, so W_k = 0 and ln W_k is not. */
export type GapRefused = "few-different-rows";

const REFERENCES = 20;
const STARTS = 5;

/**
 * Gap statistic: how much tighter k clusters are than those of points spread evenly over a box.
 *
 *   Gap(k) = (1/B)·Σ_b ln W_kb − ln W_k,   s_k = sd_b(ln W_kb)·√(1 + 1/B)              Tibshirani, Walther & Hastie (2001)
 *
 * W_k = least within-cluster sum of squares that k-means finds, unweighted, the best start polished; sd with divisor B − 1.
 * cluster::clusGap's W is half of it, so its ln W is less by ln 2 and its gap the same. References are as many points,
 * uniform in the smallest box around the points, along their principal axes ("scaledPCA" of clusGap) or along the
 * dimensions. One seed of `references` draws the same references for every k.
 *
 * For analysts: **it never decides**. It compares with a box, not with a continuum of people, and where groups are none it
 * finds some (METHOD §3.4, §3.5). What may be of data is a named refusal. RangeError: k < 1, fewer than 2 references, no
 * start, points that are not rows × D of finite numbers.
 */
export function gapStatistic(
  { points, dimensions, clusters, box = "principal-axes", references = REFERENCES, starts = STARTS }: GapQuestion,
  seeds: { references: string; starts: string },
): Gap | { refused: GapRefused } {
  if (!(Number.isInteger(points.length / dimensions) && points.every(Number.isFinite)))
    throw new RangeError("points are rows × dimensions");
  if (!(Number.isInteger(clusters) && clusters >= 1)) throw new RangeError("at least one cluster");
  if (!(references >= 2)) throw new RangeError("at least two references");
  if (countDifferentRows(points, dimensions, clusters + 1) <= clusters) return { refused: "few-different-rows" };
  const draw = boxAround(points, dimensions, box);
  const random = createRandom(seeds.starts);
  const lnWithin = (some: Float64Array) => {
    const weights = new Float64Array(some.length / dimensions).fill(1);
    const problem = { points: some, weights, dimensions, clusters, polish: "every" as const };
    return Math.log(bestOfStarts(problem, startSeeds(random, starts)).objective);
  };
  const ofPoints = lnWithin(points);
  const ofReferences = startSeeds(createRandom(seeds.references), references).map((seed) => lnWithin(draw(seed)));
  const expected = compensatedSum(references, (b) => ofReferences[b]!) / references;
  const squares = compensatedSum(references, (b) => (ofReferences[b]! - expected) ** 2);
  return {
    k: clusters,
    lnWithin: ofPoints,
    expected,
    gap: expected - ofPoints,
    standardError: Math.sqrt((squares / (references - 1)) * (1 + 1 / references)),
  };
}

/**
 * What the textbook would take: the smallest k of neighbouring ones with Gap(k) ≥ Gap(k + 1) − s_(k+1). Null where there is
 * none: the gap rises still. For analysts; nothing follows from it.
 */
export function textbookClusters(gaps: readonly Gap[]): number | null {
  const found = gaps.find(({ k, gap }) => {
    const next = gaps.find((other) => other.k === k + 1);
    return next !== undefined && gap >= next.gap - next.standardError;
  });
  return found?.k ?? null;
}

/** What draws, by a seed, as many points as there are, uniform in the smallest box around them along the axes. */
function boxAround(points: Float64Array, dimensions: number, box: GapQuestion["box"]): (seed: string) => Float64Array {
  const { centred, centre: middle, scatter, rows } = centre(points, dimensions);
  // Columns are the axes, one orthonormal whatever their order and sign.
  const axes =
    box === "principal-axes"
      ? eigenOfSymmetric(scatter, dimensions).vectors
      : scatter.map((_, at) => (at % (dimensions + 1) === 0 ? 1 : 0));
  const least = new Float64Array(dimensions).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(dimensions).fill(Number.NEGATIVE_INFINITY);
  for (let from = 0; from < centred.length; from += dimensions) {
    for (let axis = 0; axis < dimensions; axis++) {
      let along = 0;
      for (let d = 0; d < dimensions; d++) along += centred[from + d]! * axes[d * dimensions + axis]!;
      least[axis] = Math.min(least[axis]!, along);
      most[axis] = Math.max(most[axis]!, along);
    }
  }
  return (seed) => {
    const random = createRandom(seed);
    const drawn = new Float64Array(rows * dimensions);
    const along = new Float64Array(dimensions);
    for (let from = 0; from < drawn.length; from += dimensions) {
      for (let axis = 0; axis < dimensions; axis++)
        along[axis] = least[axis]! + random.next() * (most[axis]! - least[axis]!);
      for (let d = 0; d < dimensions; d++) {
        let at = middle[d]!;
        for (let axis = 0; axis < dimensions; axis++) at += along[axis]! * axes[d * dimensions + axis]!;
        drawn[from + d] = at;
      }
    }
    return drawn;
  };
}
