import { type Design, effectiveSampleSize } from "./design.ts";
import { designDegreesOfFreedom } from "./linearised-variance.ts";
import { type LinearisedMean, linearise } from "./mean.ts";

/** How some people divide into groups: one entry a group in `shares` and `variances`. */
export type GroupShares = {
  /** Unweighted number of persons with a group. */
  n: number;
  effectiveSampleSize: number;
  degreesOfFreedom: number;
  shares: Float64Array;
  /** Of the shares, by the design. */
  variances: Float64Array;
};

/** Of each row the group, −1 for none; and how many groups there are. */
export type Grouping = { groups: Int32Array; count: number };

/**
 * Shares of all groups among the same people: everyone, one cell of age and gender, or one area.
 *
 *   p_s = Σ_{i∈s} w / Σ w over those with a group, V(p_s) by linearisation         METHOD §4.7, §2.2
 *
 * `members` are rows of the design, each once. Who has no group (−1) is missing, so that the shares add up to 1. Null
 * when no member has a group. RangeError: no groups, a group that is not there, a column not as long as the design.
 */
export function groupShares(design: Design, { groups, count }: Grouping, members: Int32Array): GroupShares | null {
  if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`${count} groups`);
  if (groups.length !== design.weights.length) throw new RangeError("groups have one entry per row of the design");
  const events = new Float64Array(groups.length).fill(Number.NaN);
  const shares: LinearisedMean[] = [];
  for (let group = 0; group < count; group++) {
    for (const row of members) {
      const own = groups[row] ?? -1; // a row that the design lacks is refused with the members
      if (own >= count) throw new RangeError(`group ${own} of ${count}`);
      if (own >= 0) events[row] = Number(own === group);
    }
    const share = linearise(design, events, members);
    if (share === null) return null;
    shares.push(share);
  }
  const { rows, weights } = shares[0]!;
  return {
    n: rows.length,
    effectiveSampleSize: effectiveSampleSize(weights),
    degreesOfFreedom: designDegreesOfFreedom(design, rows),
    shares: Float64Array.from(shares, ({ mean }) => mean),
    variances: Float64Array.from(shares, ({ variance }) => variance),
  };
}
