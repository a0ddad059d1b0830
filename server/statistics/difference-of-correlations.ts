import { criticalStudent, studentCdf } from "./distributions/student.ts";
import { onNormalScale, type PartialCorrelation } from "./partial-correlations.ts";

/** Of Fisher's z, left minus right. */
export type DifferenceOfCorrelations = {
  difference: number;
  standardError: number;
  degreesOfFreedom: number;
  /** 95 % interval; null as the p-value is. */
  low: number | null;
  high: number | null;
  /** Of no difference, two-sided; null where either side has none. */
  pValue: number | null;
};

/**
 * Whether a pair goes together more closely in one group or wave than in another, left minus right.
 *
 *   δ = atanh r₁ − atanh r₂,  V = V₁ + V₂,  V_i = V(r_i)/(1 − r_i²)²                                     METHOD §4.8
 *   δ ± t(.975, df)·√V,  df = V²/(V₁²/df₁ + V₂²/df₂),  p = 2 P(T ≤ −|δ|/√V)                              Satterthwaite (1946)
 *
 * METHOD names no df; this is the one of difference.ts between waves. The groups share no persons; that they may share
 * units is not heeded. Adjust the p-values over the pairs compared (benjamini-hochberg.ts).
 */
export function differenceOfCorrelations(
  left: PartialCorrelation,
  right: PartialCorrelation,
): DifferenceOfCorrelations {
  const [one, other] = [onNormalScale(left), onNormalScale(right)];
  const difference = one.z - other.z;
  const [first, second] = [one.standardError ** 2, other.standardError ** 2];
  const standardError = Math.sqrt(first + second);
  if (left.pValue === null || right.pValue === null)
    return { difference, standardError, degreesOfFreedom: 0, low: null, high: null, pValue: null };
  const degreesOfFreedom =
    (first + second) ** 2 / (first ** 2 / left.degreesOfFreedom + second ** 2 / right.degreesOfFreedom);
  const reach = criticalStudent(degreesOfFreedom) * standardError;
  return {
    difference,
    standardError,
    degreesOfFreedom,
    low: difference - reach,
    high: difference + reach,
    pValue: 2 * studentCdf(-Math.abs(difference) / standardError, degreesOfFreedom),
  };
}
