import { type Design, designShape } from "./design.ts";
import { studentCdf } from "./distributions/student.ts";
import { type Contributions, designDegreesOfFreedom, linearisedVariance } from "./linearised-variance.ts";
import { studentInterval } from "./mean.ts";
import { replicateVariance } from "./replicate-variance.ts";
import { compensatedSum } from "./sum.ts";
import { inverseOfCorrelations } from "./variance-inflation.ts";
import { correlationsOf, reweighted, type WeightedSpread, weightedSpread } from "./weighted-covariance.ts";

/** One number of a model with what each row adds to it: enough for its variance, and for that of sums of such numbers. */
export type Estimated = Contributions & {
  estimate: number;
  /** The same by each replicate's weights, where the design has them; NaN where a replicate leaves nothing to fit. */
  replicates?: Float64Array;
};

export type Regression = {
  /** Outcome and predictors, in this order. */
  spread: WeightedSpread;
  intercept: Estimated;
  slopes: Estimated[];
  rSquared: number;
  /** Of its slopes: units less strata among the rows, less the number of slopes. */
  degreesOfFreedom: number;
};

/** An estimate with its error, 95 % interval and two-sided p of being 0; the last three null where df < 1. */
export type Tested = {
  estimate: number;
  standardError: number;
  degreesOfFreedom: number;
  low: number | null;
  high: number | null;
  pValue: number | null;
  /** A stratum of one unit, or a replicate that could not be fitted, hides some variance. */
  understated: boolean;
};

/**
 * Weighted least squares of an outcome on predictors, with an error that heeds how persons were drawn.
 *
 *   b = (XᵀWX)⁻¹ XᵀWy;   in columns about their means: b = S⁻¹ s_y, b₀ = ȳ − Σ b_j x̄_j
 *   u_i = (XᵀWX)⁻¹ x_i w_i e_i,  e = y − Xb;   V = design variance of Σ u (METHOD §2.2)
 *   df = #units − #strata − p, p = slopes without the intercept                       METHOD §4.1; R survey, svyglm
 *   with replicate weights: V of the replicates' own b (replicate-variance.ts), df = rank − 1 − p
 *
 * `outcome` and `predictors` have one entry per row of the design; `rows` are the complete cases, each once, in a fixed
 * order: every other row counts with u = 0. Null where nothing can be fitted: the outcome or a predictor does not vary,
 * a predictor follows from the others, or the outcome from them all (1 − R² ≤ 10⁻¹²: no error is left to see).
 * RangeError: no predictors, columns that are not as long as the design, a row given that is not complete.
 */
export function weightedRegression(
  design: Design,
  outcome: Float64Array,
  predictors: readonly Float64Array[],
  rows: Int32Array,
): Regression | null {
  designShape(design); // refuses replicates that do not fit the rows
  if (predictors.length === 0) throw new RangeError("a regression has at least one predictor");
  if ([outcome, ...predictors].some((column) => column.length !== design.weights.length))
    throw new RangeError("columns have one entry per row of the design");
  if (rows.length === 0) return null;
  const spread = weightedSpread([outcome, ...predictors], design.weights, rows);
  const fit = fitOf(spread);
  if (fit === null || 1 - fit.rSquared <= 1e-12) return null;
  const again = design.replicates?.weights.map((weights) => {
    const moved = reweighted(spread, weights);
    return moved && fitOf(moved)?.coefficients;
  });
  const influences = influencesOf(spread, fit, design.weights);
  const [intercept, ...slopes] = influences.map((z, term) => ({
    rows,
    z,
    estimate: fit.coefficients[term]!,
    ...(again && { replicates: Float64Array.from(again, (coefficients) => coefficients?.[term] ?? Number.NaN) }),
  }));
  const degreesOfFreedom = designDegreesOfFreedom(design, rows) - predictors.length;
  return { spread, intercept: intercept!, slopes, rSquared: fit.rSquared, degreesOfFreedom };
}

/**
 * Error, interval and test of one number of a model, by the degrees of freedom of the model.
 *
 *   θ ± t(.975, df)·√V,   p = 2 P(T ≤ −|θ|/√V)
 *
 * p = 1 for a 0 without error.
 */
export function tested(design: Design, estimated: Estimated, degreesOfFreedom: number): Tested {
  const { estimate, replicates } = estimated;
  const { variance, understated } =
    design.replicates && replicates
      ? replicateVariance(design.replicates, replicates, estimate)
      : linearisedVariance(design, estimated);
  const standardError = Math.sqrt(variance);
  const t = estimate === 0 ? 0 : Math.abs(estimate) / standardError;
  const pValue = degreesOfFreedom < 1 ? null : 2 * studentCdf(-t, degreesOfFreedom);
  const interval = studentInterval(estimate, standardError, degreesOfFreedom);
  return { estimate, standardError, degreesOfFreedom, ...interval, pValue, understated };
}

type Fit = {
  coefficients: Float64Array;
  rSquared: number /** Of the predictors' covariances. */;
  inverse: Float64Array;
};

/** b₀ and b, R², S⁻¹: by way of the correlations, so that the scale of a predictor is no matter. */
function fitOf(spread: WeightedSpread): Fit | null {
  const { columns, means, covariances } = spread;
  const correlations = correlationsOf(spread);
  const predictors = columns - 1;
  const deviation = (column: number) => Math.sqrt(covariances[column * columns + column]!);
  const among = Float64Array.from({ length: predictors ** 2 }, (_, at) => {
    const [j, k] = [Math.floor(at / predictors), at % predictors];
    return correlations === null ? Number.NaN : correlations[(j + 1) * columns + k + 1]!;
  });
  const inverse = correlations && inverseOfCorrelations(among, predictors);
  if (!inverse) return null;
  const coefficients = new Float64Array(columns);
  let rSquared = 0;
  let intercept = means[0]!;
  for (let j = 0; j < predictors; j++) {
    let standardised = 0;
    for (let k = 0; k < predictors; k++) standardised += inverse[j * predictors + k]! * correlations[k + 1]!;
    rSquared += standardised * correlations[j + 1]!;
    coefficients[j + 1] = (standardised * deviation(0)) / deviation(j + 1);
    intercept -= coefficients[j + 1]! * means[j + 1]!;
  }
  coefficients[0] = intercept;
  const unscaled = inverse.map((entry, at) => {
    const [j, k] = [Math.floor(at / predictors), at % predictors];
    return entry / (deviation(j + 1) * deviation(k + 1));
  });
  return { coefficients, rSquared, inverse: unscaled };
}

/**
 * u of every row for the intercept and each slope: with v = w e / W and c = x − x̄,
 *
 *   u_j = v Σ_k (S⁻¹)_jk c_k,   u_0 = v − Σ_j x̄_j u_j
 */
function influencesOf(spread: WeightedSpread, fit: Fit, weights: Float64Array): Float64Array[] {
  const { rows, columns, means, centred } = spread;
  const predictors = columns - 1;
  const influences = Array.from({ length: columns }, () => new Float64Array(rows.length));
  const total = compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  for (let index = 0; index < rows.length; index++) {
    const from = index * columns;
    let residual = centred[from]!;
    for (let j = 1; j < columns; j++) residual -= fit.coefficients[j]! * centred[from + j]!;
    const moved = (weights[rows[index]!]! * residual) / total;
    let ofIntercept = moved;
    for (let j = 0; j < predictors; j++) {
      let along = 0;
      for (let k = 0; k < predictors; k++) along += fit.inverse[j * predictors + k]! * centred[from + k + 1]!;
      influences[j + 1]![index] = moved * along;
      ofIntercept -= means[j + 1]! * moved * along;
    }
    influences[0]![index] = ofIntercept;
  }
  return influences;
}
