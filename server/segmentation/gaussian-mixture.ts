import { countDifferentRows } from "./different-rows.ts";
import { climbFromStarts } from "./expectation-maximisation.ts";
import { bestOfStarts } from "./k-means.ts";
import {
  type CovarianceForm,
  centre,
  expectation,
  inverseFactor,
  type MixtureData,
  type MixtureForm,
  type MixtureModel,
  maximisation,
} from "./mixture-model.ts";
import { observePoints } from "./observed-points.ts";
import { createPartition } from "./partition.ts";
import { createRandom } from "./random.ts";
import { rowsToSeedFrom, seedCentroids } from "./seed-centroids.ts";

export type MixtureQuestion = {
  /** Row-major points, nothing missing. Rows in canonical order (METHOD §0). */
  points: Float64Array;
  dimensions: number;
  /** How many components. */
  clusters: number;
  covariance?: CovarianceForm;
};

export type GaussianMixture = {
  logLikelihood: number;
  parameters: number;
  /** Lower is better. */
  bic: number;
  /** π_c, in the lexicographic order of the means, as k-means numbers its clusters. */
  shares: Float64Array;
  /** μ_cd, row-major by component. */
  means: Float64Array;
  /** Whether the last step gained next to nothing. */
  converged: boolean;
};

/**
 * Why there is no mixture: `few-rows` fewer than parameters; `few-different-rows` fewer than components;
 * `constant-dimension` one value; `collinear-dimensions` one follows from the others; `collapsed` from every start a
 * component shrank to a point, a line or a plane, where the likelihood has no bound.
 */
export type MixtureRefused =
  | "few-rows"
  | "few-different-rows"
  | "constant-dimension"
  | "collinear-dimensions"
  | "collapsed";

/** What rounding alone may leave of the variance of one value. */
const LEAST_VARIANCE = 1e-18;

/**
 * Gaussian mixture, the latent profile analysis of questionnaires: the shares, means and covariances under which the points
 * are most likely, if each is drawn from one of k normal distributions.
 *
 *   ln L = Σ_i ln Σ_c π_c·φ(z_i; μ_c, Σ_c),   BIC = −2·ln L + p·ln n            METHOD §3.1; mclust's BIC is its negative
 *   p = (k − 1) + k·D + free covariances: D(D+1)/2 tied, k times that full, D tied-diagonal, k·D diagonal, k spherical
 *
 * By expectation–maximisation (`expectation-maximisation.ts`), a start a seed: the clusters of k-means, in every other start
 * those of its k-means++ seeds alone, with the pooled covariance within them for every component. Unweighted, complete rows.
 * Tied unless told. An alternative for analysts, which decides nothing: in simulation it found kinds of people about as well
 * as k-means, and BIC too many.
 *
 * What may be of data is a named refusal. RangeError: k < 1, no start, points that are not rows × D of finite numbers.
 * Source: McLachlan & Peel (2000), Finite mixture models; Fraley & Raftery (2002).
 */
export function gaussianMixture(
  { points, dimensions, clusters, covariance = "tied" }: MixtureQuestion,
  seeds: readonly string[],
): GaussianMixture | { refused: MixtureRefused } {
  const rows = points.length / dimensions;
  if (!(Number.isInteger(rows) && points.every(Number.isFinite))) throw new RangeError("points are rows × dimensions");
  if (!(Number.isInteger(clusters) && clusters >= 1)) throw new RangeError("at least one component");
  if (seeds.length === 0) throw new RangeError("at least one start");
  const parameters = parametersOf(covariance, dimensions, clusters);
  if (rows < parameters) return { refused: "few-rows" };
  if (countDifferentRows(points, dimensions, clusters) < clusters) return { refused: "few-different-rows" };
  const data = centre(points, dimensions);
  if (data.variances.some((variance) => !(variance > LEAST_VARIANCE))) return { refused: "constant-dimension" };
  const turned = covariance === "tied" || covariance === "full";
  if (turned && inverseFactor(data.scatter, data) === null) return { refused: "collinear-dimensions" };

  const form = { covariance, clusters };
  const posterior = new Float64Array(rows * clusters);
  const top = climbFromStarts(startModels(data, form, seeds), rows, (model) => ({
    logLikelihood: expectation(model, data, posterior),
    next: maximisation(data, form, posterior),
  }));
  if (top === null) return { refused: "collapsed" };
  const { logLikelihood, converged, model } = top;
  return {
    logLikelihood,
    parameters,
    bic: -2 * logLikelihood + parameters * Math.log(rows),
    ...inOrder(model, data),
    converged,
  };
}

/** p: the free numbers of a mixture. */
function parametersOf(covariance: CovarianceForm, dimensions: number, clusters: number): number {
  const ellipsoid = (dimensions * (dimensions + 1)) / 2;
  const free = {
    tied: ellipsoid,
    full: clusters * ellipsoid,
    "tied-diagonal": dimensions,
    diagonal: clusters * dimensions,
    spherical: clusters,
  };
  return clusters - 1 + clusters * dimensions + free[covariance];
}

/** A model of every different division that the starts come to; null where one has a part without spread. */
function startModels(data: MixtureData, form: MixtureForm, seeds: readonly string[]): (MixtureModel | null)[] {
  const { rows } = data;
  const { clusters, covariance } = form;
  const divisions = new Map<string, Int32Array>();
  seeds.forEach((seed, start) => {
    const labels = divide(data, clusters, { seed, settled: start % 2 === 0 });
    divisions.set(labels.join(), labels);
  });
  const alike = covariance === "full" ? "tied" : covariance === "diagonal" ? "tied-diagonal" : covariance;
  return [...divisions.values()].map((labels) => {
    const posterior = new Float64Array(rows * clusters);
    labels.forEach((label, row) => {
      posterior[row * clusters + label] = 1;
    });
    return maximisation(data, { clusters, covariance: alike }, posterior);
  });
}

/** Clusters to start from: those that k-means settles to, or of its seeds alone, which are more varied. */
function divide(
  { centred, rows, dimensions }: MixtureData,
  clusters: number,
  { seed, settled }: { seed: string; settled: boolean },
): Int32Array {
  const weights = new Float64Array(rows).fill(1);
  if (settled) return bestOfStarts({ points: centred, weights, dimensions, clusters, polish: "none" }, [seed]).labels;
  const points = observePoints(centred, weights, dimensions);
  const partition = createPartition(points, clusters);
  seedCentroids(partition, points, rowsToSeedFrom(points, clusters), createRandom(seed));
  const labels = partition.labels.slice();
  partition.kernel.release();
  return labels;
}

function inOrder({ shares, means }: MixtureModel, { dimensions, centre }: MixtureData) {
  const order = Array.from(shares.keys()).sort((left, right) => {
    for (let d = 0; d < dimensions; d++) {
      const difference = means[left * dimensions + d]! - means[right * dimensions + d]!;
      if (difference !== 0) return difference;
    }
    return left - right;
  });
  return {
    shares: Float64Array.from(order, (component) => shares[component]!),
    means: Float64Array.from(means, (_, at) => {
      const d = at % dimensions;
      return means[order[(at - d) / dimensions]! * dimensions + d]! + centre[d]!;
    }),
  };
}
