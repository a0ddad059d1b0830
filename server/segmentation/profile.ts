import type { DimensionId } from "../../data/contracts/names.ts";
import { compensatedSum } from "../statistics/sum.ts";

/** A measure that describes segments: a dimension's scores or an item's, a row each; NaN = no valid answer. */
export type MeasureColumn = { measure: string; values: Float64Array };

/** A segment beside everyone and beside the rest in one measure. */
export type Contrast = {
  measure: string;
  /** Persons of the segment with a valid answer. */
  n: number;
  /** Of the segment; null where n = 0. */
  mean: number | null;
  /** (m_s − m_pop)/σ_pop; null where n = 0 or everyone answers alike. */
  z: number | null;
  /** Standardised difference from the rest; null where a side has no answer, or neither side varies. */
  d: number | null;
};

export type SegmentProfile = { persons: number; share: number; contrasts: Contrast[] };

/** How far a segment's mean lies from everyone's in a dimension, in standard deviations of everyone. */
export type ZOfDimension = { dimension: DimensionId; z: number };

export type ProposedName = {
  /**
   * `all-high`, `all-low`: clearly above or below everyone in every dimension. `even`: near everyone in all of them.
   * `mixed`: anything else; `high` or `low` may be empty, not both.
   */
  kind: "all-high" | "all-low" | "even" | "mixed";
  /** At most two, the clearest first. */
  high: DimensionId[];
  /** At most two, the clearest first. */
  low: DimensionId[];
};

/** A dimension is clearly above or below everyone from this |z| on. */
export const CLEAR = 0.25;

const MOST_NAMED = 2;
const LEAST_D = 0.5;
const MOST_DISTINGUISHING = 5;

/**
 * The profile of each segment: how large it is and where its people stand.
 *
 *   share = Σ_{i∈s} w / Σ_{all with a segment} w
 *   z = (m_s − m_pop)/σ_pop                         m = Σ w y/W, v = Σ w (y − m)²/W, σ = √v, over valid answers
 *   d = (m_s − m_rest)/√((v_s + v_rest)/2)          rest = everyone with another segment              METHOD §3.7
 *
 * "Everyone" are those with a segment. d is descriptive and has no test: the groups were cut on these scores. Profiles
 * stand in the order of the segments, contrasts in that of `columns`. A segment that nobody has: share 0, all else null.
 * Nobody with a segment: no profile. RangeError: columns of unequal length.
 */
export function segmentProfiles(
  columns: readonly MeasureColumn[],
  weights: Float64Array,
  { segments, count }: { segments: Int32Array; count: number },
): SegmentProfile[] {
  if ([weights, ...columns.map(({ values }) => values)].some(({ length }) => length !== segments.length))
    throw new RangeError("weights and columns have one entry per row");
  const grouped = Int32Array.from(segments.keys()).filter((row) => segments[row]! >= 0);
  if (grouped.length === 0) return [];
  const weightOf = (rows: Int32Array) => compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  const total = weightOf(grouped);
  return Array.from({ length: count }, (_, segment): SegmentProfile => {
    const own = grouped.filter((row) => segments[row] === segment);
    const rest = grouped.filter((row) => segments[row] !== segment);
    const contrasts = columns.map(({ measure, values }) => {
      const moments = (rows: Int32Array) => momentsOf(values, weights, rows);
      return { measure, ...contrastOf(moments(own), moments(rest), moments(grouped)) };
    });
    return { persons: own.length, share: weightOf(own) / total, contrasts };
  });
}

/**
 * What sets a segment apart: the contrasts with |d| ≥ .5, the greatest first, at most five (METHOD §3.7).
 *
 * Of equal |d| in the order given. A contrast without d, where a side has no answer, is left out.
 */
export function distinguishing(contrasts: readonly Contrast[]): { measure: string; d: number }[] {
  return contrasts
    .flatMap(({ measure, d }) => (d !== null && Math.abs(d) >= LEAST_D ? [{ measure, d }] : []))
    .sort((left, right) => Math.abs(right.d) - Math.abs(left.d))
    .slice(0, MOST_DISTINGUISHING);
}

/**
 * What a segment may be called until people name it: "high X, low Y".
 *
 *   high: z ≥ 0.25, low: z ≤ −0.25; of each at most two, by |z|, of equal ones in the order given     METHOD §3.7
 *
 * Dimension ids only; the words are made elsewhere. Two segments may be proposed the same name: `proposedNames` tells them
 * apart. An empty profile is a caller's mistake (RangeError).
 */
export function proposedName(zProfile: readonly ZOfDimension[]): ProposedName {
  if (zProfile.length === 0) throw new RangeError("a profile has at least one dimension");
  const high = zProfile.filter(({ z }) => z >= CLEAR).sort((left, right) => right.z - left.z);
  const low = zProfile.filter(({ z }) => z <= -CLEAR).sort((left, right) => left.z - right.z);
  const first = (clear: ZOfDimension[]) => clear.slice(0, MOST_NAMED).map(({ dimension }) => dimension);
  return { kind: kindOf(high.length, low.length, zProfile.length), high: first(high), low: first(low) };
}

function kindOf(high: number, low: number, all: number): ProposedName["kind"] {
  if (high === all) return "all-high";
  if (low === all) return "all-low";
  return high === 0 && low === 0 ? "even" : "mixed";
}

type Moments = { n: number; mean: number; variance: number };

function momentsOf(values: Float64Array, weights: Float64Array, rows: Int32Array): Moments {
  const valid = rows.filter((row) => !Number.isNaN(values[row]!));
  const total = compensatedSum(valid.length, (index) => weights[valid[index]!]!);
  const mean = compensatedSum(valid.length, (index) => weights[valid[index]!]! * values[valid[index]!]!) / total;
  const squares = compensatedSum(valid.length, (index) => {
    return weights[valid[index]!]! * (values[valid[index]!]! - mean) ** 2;
  });
  return { n: valid.length, mean, variance: squares / total };
}

function contrastOf(own: Moments, rest: Moments, everyone: Moments): Omit<Contrast, "measure"> {
  if (own.n === 0) return { n: 0, mean: null, z: null, d: null };
  const z = everyone.variance > 0 ? (own.mean - everyone.mean) / Math.sqrt(everyone.variance) : null;
  const pooled = (own.variance + rest.variance) / 2;
  const d = rest.n > 0 && pooled > 0 ? (own.mean - rest.mean) / Math.sqrt(pooled) : null;
  return { n: own.n, mean: own.mean, z, d };
}
