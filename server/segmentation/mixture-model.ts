import { compensatedSum, sum } from "../statistics/sum.ts";
import { toPosterior } from "./expectation-maximisation.ts";

/**
 * What the covariances of the components may be (in brackets mclust's name): one ellipsoid for all (EEE), one each (VVV);
 * axes along the dimensions, one set of variances for all (EEI), one each (VVI); a sphere each (VII).
 */
export type CovarianceForm = "tied" | "full" | "tied-diagonal" | "diagonal" | "spherical";
export type MixtureForm = { covariance: CovarianceForm; clusters: number };

/** Points about their mean, with what is worked out once. */
export type MixtureData = {
  rows: number;
  dimensions: number;
  /** z_i − z̄, row-major. */
  centred: Float64Array;
  /** z̄. */
  centre: Float64Array;
  /** (1/n)·Σ (z_i − z̄)(z_i − z̄)ᵀ, and its diagonal. */
  scatter: Float64Array;
  variances: Float64Array;
  /** Room for points as a component sees them. */
  room: Float64Array;
};

/** A mixture of which every component has spread in every direction. */
export type MixtureModel = {
  /** π_c. */
  shares: Float64Array;
  /** μ_c − z̄, row-major by component. */
  means: Float64Array;
  /** F_c with F_c·Σ_c·F_cᵀ = 1, lower triangular, component by component; of a tied form one for all. */
  factors: Float64Array[];
};

/** Less of a dimension's variance left within a component, given the dimensions before it, and there is none. */
const LEAST_OWN_VARIANCE = 1e-6;
/** A component of fewer rows than this is none. */
const LEAST_MEMBERS = 1e-9;

/** Points about their plain mean, so that second moments lose no digits. */
export function centre(points: Float64Array, dimensions: number): MixtureData {
  const rows = points.length / dimensions;
  const middle = Float64Array.from({ length: dimensions }, (_, d) => {
    return compensatedSum(rows, (row) => points[row * dimensions + d]!) / rows;
  });
  const centred = points.map((value, at) => value - middle[at % dimensions]!);
  const scatter = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e <= d; e++) {
      const product = (row: number) => centred[row * dimensions + d]! * centred[row * dimensions + e]!;
      scatter[d * dimensions + e] = compensatedSum(rows, product) / rows;
      scatter[e * dimensions + d] = scatter[d * dimensions + e]!;
    }
  }
  const variances = Float64Array.from({ length: dimensions }, (_, d) => scatter[d * dimensions + d]!);
  return { rows, dimensions, centred, centre: middle, scatter, variances, room: new Float64Array(points.length) };
}

/**
 * The expectation: how likely each point is to belong to each component, into `posterior` (row-major); answers ln L.
 *
 *   ln φ(z; μ, Σ) = −½·D·ln 2π + ln |F| − ½·‖F(z − μ)‖²;   r_ic as `toPosterior` says
 */
export function expectation(model: MixtureModel, data: MixtureData, posterior: Float64Array): number {
  const { shares, means, factors } = model;
  const { rows, dimensions, centred, room: whitened } = data;
  const clusters = shares.length;
  for (let c = 0; c < clusters; c++) {
    const factor = factors[c]!;
    if (c === 0 || factor !== factors[c - 1]) transform(factor, centred, dimensions, whitened);
    const mean = new Float64Array(dimensions);
    transform(factor, means.subarray(c * dimensions, (c + 1) * dimensions), dimensions, mean);
    let fixed = Math.log(shares[c]!) - (dimensions * Math.log(2 * Math.PI)) / 2;
    for (let d = 0; d < dimensions; d++) fixed += Math.log(factor[d * dimensions + d]!);
    for (let row = 0, at = 0; row < rows; row++) {
      let square = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = whitened[at++]! - mean[d]!;
        square += difference * difference;
      }
      posterior[row * clusters + c] = fixed - square / 2;
    }
  }
  return toPosterior(posterior, clusters);
}

/**
 * The maximisation: the model under which the points are most likely, if they belong to the components as `posterior` says.
 *
 *   n_c = Σ_i r_ic,   π_c = n_c/n,   μ_c = Σ_i r_ic·z_i / n_c,   Σ_c = Σ_i r_ic·z_i·z_iᵀ / n_c − μ_c·μ_cᵀ, as the form asks:
 *   tied: Σ_c π_c·Σ_c = (1/n)·Σ_i z_i·z_iᵀ − Σ_c π_c·μ_c·μ_cᵀ;   diagonal: its diagonal;   spherical: the mean of that
 *
 * Null where a component has nobody or no spread in some direction.
 */
export function maximisation(data: MixtureData, form: MixtureForm, posterior: Float64Array): MixtureModel | null {
  const { rows, dimensions, centred } = data;
  const { clusters, covariance } = form;
  const members = new Float64Array(clusters);
  const means = new Float64Array(clusters * dimensions);
  for (let row = 0, from = 0; row < rows; row++, from += dimensions) {
    for (let c = 0; c < clusters; c++) {
      const share = posterior[row * clusters + c]!;
      members[c]! += share;
      for (let d = 0; d < dimensions; d++) means[c * dimensions + d]! += share * centred[from + d]!;
    }
  }
  if (members.some((count) => !(count > LEAST_MEMBERS))) return null;
  for (let at = 0; at < means.length; at++) means[at]! /= members[Math.floor(at / dimensions)]!;
  const shares = members.map((count) => count / rows);
  const tied = covariance === "tied" || covariance === "tied-diagonal";
  const factors: Float64Array[] = [];
  for (let c = 0; c < clusters; c++) {
    if (tied && c > 0) {
      factors.push(factors[0]!);
      continue;
    }
    const covarianceOf = tied ? pooled(data, shares, means) : own(data, posterior, c, { members, means });
    const factor = inverseFactor(shaped(covarianceOf, dimensions, covariance), data);
    if (factor === null) return null;
    factors.push(factor);
  }
  return { shares, means, factors };
}

function pooled({ scatter, dimensions }: MixtureData, shares: Float64Array, means: Float64Array): Float64Array {
  return scatter.map((value, at) => {
    const e = at % dimensions;
    const d = (at - e) / dimensions;
    let between = 0;
    for (let c = 0; c < shares.length; c++) {
      between += shares[c]! * means[c * dimensions + d]! * means[c * dimensions + e]!;
    }
    return value - between;
  });
}

function own(
  { rows, dimensions, centred }: MixtureData,
  posterior: Float64Array,
  c: number,
  { members, means }: { members: Float64Array; means: Float64Array },
): Float64Array {
  const clusters = members.length;
  const mean = means.subarray(c * dimensions, (c + 1) * dimensions);
  const apart = new Float64Array(dimensions);
  const covariance = new Float64Array(dimensions * dimensions);
  for (let row = 0; row < rows; row++) {
    const share = posterior[row * clusters + c]! / members[c]!;
    for (let d = 0; d < dimensions; d++) {
      apart[d] = centred[row * dimensions + d]! - mean[d]!;
      for (let e = 0; e <= d; e++) covariance[d * dimensions + e]! += share * apart[d]! * apart[e]!;
    }
  }
  return covariance;
}

/** What a form keeps of a covariance: below the diagonal nothing unless it is turned; on it one value of a sphere. */
function shaped(covariance: Float64Array, dimensions: number, form: CovarianceForm): Float64Array {
  if (form === "tied" || form === "full") return covariance;
  const variances = Array.from({ length: dimensions }, (_, d) => covariance[d * dimensions + d]!);
  const shape = new Float64Array(covariance.length);
  variances.forEach((variance, d) => {
    shape[d * dimensions + d] = form === "spherical" ? sum(variances) / dimensions : variance;
  });
  return shape;
}

/**
 * F = L⁻¹ of Cholesky's Σ = L·Lᵀ, lower triangular, of which the part on and below the diagonal is read. Null where less
 * than a millionth of a dimension's variance is left to it: Σ has no spread there.
 */
export function inverseFactor(
  covariance: Float64Array,
  { dimensions, variances }: Pick<MixtureData, "dimensions" | "variances">,
): Float64Array | null {
  const lower = new Float64Array(covariance.length);
  const inverse = new Float64Array(covariance.length);
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e <= d; e++) {
      let left = covariance[d * dimensions + e]!;
      for (let j = 0; j < e; j++) left -= lower[d * dimensions + j]! * lower[e * dimensions + j]!;
      if (e < d) lower[d * dimensions + e] = left / lower[e * dimensions + e]!;
      else if (left > LEAST_OWN_VARIANCE * variances[d]!) lower[d * dimensions + d] = Math.sqrt(left);
      else return null;
    }
    inverse[d * dimensions + d] = 1 / lower[d * dimensions + d]!;
    for (let e = 0; e < d; e++) {
      let turned = 0;
      for (let j = e; j < d; j++) turned -= lower[d * dimensions + j]! * inverse[j * dimensions + e]!;
      inverse[d * dimensions + e] = turned / lower[d * dimensions + d]!;
    }
  }
  return inverse;
}

/** F·z of every row. */
function transform(factor: Float64Array, points: Float64Array, dimensions: number, into: Float64Array): void {
  for (let from = 0; from < points.length; from += dimensions) {
    for (let d = 0; d < dimensions; d++) {
      let turned = 0;
      for (let e = 0; e <= d; e++) turned += factor[d * dimensions + e]! * points[from + e]!;
      into[from + d] = turned;
    }
  }
}
