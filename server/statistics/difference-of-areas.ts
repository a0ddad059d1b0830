import { normalCdf } from "./distributions/normal.ts";

export type DifferenceOfAreas = { difference: number; standardError: number; pValue: number };

type ModelledShare = { share: number; meanSquaredError: number | null };

/**
 * Whether one group is a larger part of one area's people than of another's, left minus right.
 *
 *   z = (θ_left − θ_right)/√(mse_left + mse_right),  p = 2 Φ(−|z|)                                       METHOD §4.7
 *
 * |z| > 1.96 is p < .05. Settled is what stays so among all pairs of the release (benjamini-hochberg.ts). That both
 * shares lean on one model is not heeded, which is cautious. Null where either has no mean squared error.
 */
export function differenceOfAreas(left: ModelledShare, right: ModelledShare): DifferenceOfAreas | null {
  if (left.meanSquaredError === null || right.meanSquaredError === null) return null;
  const difference = left.share - right.share;
  const standardError = Math.sqrt(left.meanSquaredError + right.meanSquaredError);
  return { difference, standardError, pValue: 2 * normalCdf(-Math.abs(difference) / standardError) };
}
