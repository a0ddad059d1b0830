import { type Design, designShape, effectiveSampleSize } from "./design.ts";
import { criticalStudent, studentCdf } from "./distributions/student.ts";
import { designDegreesOfFreedom, linearisedVariance } from "./linearised-variance.ts";
import { type DroppedColumn, type PrecisionMatrix, precisionOf, separableColumns } from "./precision-matrix.ts";
import { replicateVariance } from "./replicate-variance.ts";
import { sum } from "./sum.ts";
import { correlationsOf, reweighted, type WeightedSpread, weightedSpread } from "./weighted-covariance.ts";

/** How two columns go together when all the others are held equal. */
export type PartialCorrelation = {
  /** Places of the two among the columns given, the smaller first. */
  left: number;
  right: number;
  correlation: number;
  standardError: number;
  degreesOfFreedom: number;
  /** 95 % interval; null where degrees of freedom are below 1 or no variance is to be seen. */
  low: number | null;
  high: number | null;
  /** Of no correlation, two-sided; null as the interval is. */
  pValue: number | null;
  /** The same two without holding anything equal. */
  simple: number;
  /** The two correlations have opposite signs: both are to be shown. */
  signsDiffer: boolean;
  understated: boolean;
};

export type PartialCorrelations = {
  /** Complete cases, and their part of the members. */
  n: number;
  retained: number;
  /** Fewer than 80 % are complete. */
  warning: "many-missing" | null;
  effectiveSampleSize: number;
  dropped: DroppedColumn[];
} & (
  | { kind: "pairs"; pairs: PartialCorrelation[]; conditionNumber: number }
  | { kind: "refused"; reason: "few-answers" | "few-effective" | "few-columns" }
);

/** METHOD §4.8. */
const FEWEST_ANSWERS = 300;
const LEAST_EFFECTIVE = 200;
const LEAST_RETAINED = 0.8;
/** Of two columns nothing is held equal. */
const FEWEST_COLUMNS = 3;
/** A replicate of a condition number beyond this leaves nothing to invert. */
const SINGULAR = 1e12;
/** A variance below this is rounding. */
const NO_VARIANCE = 1e-24;

/**
 * Partial correlations of all pairs of columns, with intervals that heed how persons were drawn.
 *
 *   S = Σ w (s − s̄)(s − s̄)ᵀ/W,  Θ = S⁻¹,  r_jk = −θ_jk/√(θ_jj θ_kk)                                     METHOD §4.8
 *   ε_j = (s − s̄)Θ_·j/√θ_jj,   u = ε_j ε_k + (r/2)(ε_j² + ε_k²);   V(r) = design variance of Σ w u/W, df = degf
 *   tanh(atanh r ± t(.975, df)·√V/(1 − r²));   p = 2 P(T ≤ −|atanh r|·(1 − r²)/√V)
 *   with replicate weights: V of the replicates' own r (replicate-variance.ts), df by replicate-degrees.ts
 *
 * Over the members that are complete in all columns given (NaN = missing); `members` are rows of the design, each once.
 * A column that follows from the others is left out, with notice (precision-matrix.ts); the complete cases stay the same.
 * Refused: fewer than 300 complete cases, an effective sample size below 200, fewer than 3 columns left. RangeError:
 * fewer than 3 columns, columns not as long as the design, a member that is no row of it, an infinite score.
 */
export function partialCorrelations(
  design: Design,
  columns: readonly Float64Array[],
  members: Int32Array,
): PartialCorrelations {
  designShape(design); // refuses replicates that do not fit the rows
  const rows = completeRows(design, columns, members);
  const weights = Float64Array.from(rows, (row) => design.weights[row]!);
  const retained = members.length === 0 ? 0 : rows.length / members.length;
  const about = {
    n: rows.length,
    retained,
    warning: retained < LEAST_RETAINED ? ("many-missing" as const) : null,
    effectiveSampleSize: effectiveSampleSize(weights),
  };
  const refused = (reason: "few-answers" | "few-effective" | "few-columns", dropped: DroppedColumn[] = []) =>
    ({ ...about, dropped, kind: "refused", reason }) as const;
  if (about.n < FEWEST_ANSWERS) return refused("few-answers");
  if (about.effectiveSampleSize < LEAST_EFFECTIVE) return refused("few-effective");
  const { kept, dropped } = separableColumns(weightedSpread(columns, design.weights, rows));
  if (kept.length < FEWEST_COLUMNS) return refused("few-columns", dropped);
  const spread = weightedSpread(
    kept.map((column) => columns[column]!),
    design.weights,
    rows,
  );
  const precision = precisionOf(spread)!;
  const pairs = estimatePairs(design, spread, precision);
  const named = pairs.map((pair) => ({ ...pair, left: kept[pair.left]!, right: kept[pair.right]! }));
  return { ...about, dropped, kind: "pairs", pairs: named, conditionNumber: precision.conditionNumber };
}

function completeRows(design: Design, columns: readonly Float64Array[], members: Int32Array): Int32Array {
  if (columns.length < FEWEST_COLUMNS) throw new RangeError(`${columns.length} columns leave nothing to hold equal`);
  if (columns.some((column) => column.length !== design.weights.length))
    throw new RangeError("columns have one entry per row of the design");
  for (const member of members)
    if (!(member >= 0 && member < design.weights.length)) throw new RangeError(`member ${member} is no row`);
  return members.filter((row) => columns.every((column) => !Number.isNaN(column[row]!)));
}

function estimatePairs(design: Design, spread: WeightedSpread, precision: PrecisionMatrix): PartialCorrelation[] {
  const { rows, columns } = spread;
  const degreesOfFreedom = designDegreesOfFreedom(design, rows);
  const total = sum(Float64Array.from(rows, (row) => design.weights[row]!));
  const weights = Float64Array.from(rows, (row) => design.weights[row]! / total);
  const residuals = standardisedResiduals(spread, precision);
  const simple = correlationsOf(spread)!;
  const again = design.replicates?.weights.map((column) => {
    const moved = reweighted(spread, column);
    const own = moved && precisionOf(moved);
    return own && own.conditionNumber < SINGULAR ? own : null;
  });
  const pairs: PartialCorrelation[] = [];
  for (let left = 0; left < columns; left++) {
    for (let right = left + 1; right < columns; right++) {
      const r = partialOf(precision, left, right);
      const [one, other] = [residuals[left]!, residuals[right]!];
      const z = weights.map((w, at) => w * (one[at]! * other[at]! + (r / 2) * (one[at]! ** 2 + other[at]! ** 2)));
      const { variance, understated } =
        design.replicates && again
          ? replicateVariance(
              design.replicates,
              Float64Array.from(again, (moved) => (moved ? partialOf(moved, left, right) : Number.NaN)),
              r,
            )
          : linearisedVariance(design, { rows, z });
      const alone = simple[left * columns + right]!;
      const estimate = { correlation: r, standardError: Math.sqrt(variance), degreesOfFreedom };
      pairs.push({
        left,
        right,
        ...estimate,
        ...limitsOf(estimate),
        simple: alone,
        signsDiffer: r * alone < 0,
        understated,
      });
    }
  }
  return pairs;
}

function partialOf({ inverse, columns }: PrecisionMatrix, left: number, right: number): number {
  const own = (column: number) => inverse[column * columns + column]!;
  return -inverse[left * columns + right]! / Math.sqrt(own(left) * own(right));
}

/** ε of each column: what the others leave of it, with variance 1. */
function standardisedResiduals(
  { rows, columns, centred, covariances }: WeightedSpread,
  { inverse }: PrecisionMatrix,
): Float64Array[] {
  return Array.from({ length: columns }, (_, own) => {
    const coefficients = Float64Array.from({ length: columns }, (_, column) => {
      const scale = Math.sqrt(covariances[column * columns + column]! * inverse[own * columns + own]!);
      return inverse[column * columns + own]! / scale;
    });
    return Float64Array.from(rows, (_, at) => {
      let residual = 0;
      for (let column = 0; column < columns; column++)
        residual += centred[at * columns + column]! * coefficients[column]!;
      return residual;
    });
  });
}

type Estimate = Pick<PartialCorrelation, "correlation" | "standardError" | "degreesOfFreedom">;

function limitsOf(estimate: Estimate): Pick<PartialCorrelation, "low" | "high" | "pValue"> {
  const { z, standardError } = onNormalScale(estimate);
  const { degreesOfFreedom } = estimate;
  if (degreesOfFreedom < 1 || !(estimate.standardError ** 2 > NO_VARIANCE))
    return { low: null, high: null, pValue: null };
  const reach = criticalStudent(degreesOfFreedom) * standardError;
  return {
    low: Math.tanh(z - reach),
    high: Math.tanh(z + reach),
    pValue: 2 * studentCdf(-Math.abs(z) / standardError, degreesOfFreedom),
  };
}

/** Fisher's z of a correlation, on which its error hardly depends on its size: z = atanh r, SE(z) = SE(r)/(1 − r²). */
export function onNormalScale({ correlation, standardError }: Pick<Estimate, "correlation" | "standardError">): {
  z: number;
  standardError: number;
} {
  return { z: Math.atanh(correlation), standardError: standardError / (1 - correlation ** 2) };
}
