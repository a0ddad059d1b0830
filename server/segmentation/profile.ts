import type { DimensionId } from "../../data/contracts/names.ts";

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

const CLEAR = 0.25;
const MOST_NAMED = 2;

/**
 * What a segment may be called until people name it: "high X, low Y".
 *
 *   high: z ≥ 0.25, low: z ≤ −0.25; of each at most two, by |z|, of equal ones in the order given     METHOD §3.7
 *
 * Dimension ids only; the words are made elsewhere. Two segments may be proposed the same name. An empty profile is a
 * caller's mistake (RangeError).
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
