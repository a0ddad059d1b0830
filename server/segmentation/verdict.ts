import type { Verdict } from "../../data/contracts/release.ts";
import { LEVEL_ONLY_FROM } from "./level-share.ts";
import { FEWEST_DIMENSIONS } from "./standardise.ts";

/** All that the verdict follows from. */
export type VerdictQuestion = {
  /** The chosen number of groups, by the rule or by the steward; null where none is admissible. */
  chosen: number | null;
  /** D: usable dimensions. */
  usableDimensions: number;
  /** L of the chosen grouping; null where nothing is chosen. */
  levelShare: number | null;
  /** Whether any segment of the chosen grouping is a one-question group. */
  oneQuestion: boolean;
  /** p of the structure test; null where it was not run. */
  structure: number | null;
  /** Adjusted Rand index of the chosen grouping with and without survey weights; null where it was not compared. */
  weightsAgreement: number | null;
};

/**
 * What is said beside a verdict. `few-dimensions`, `no-admissible-k`: why there are no groups. `some-structure`: "some
 * structure, but no stable borders". `depends-on-weights`: "the grouping depends on the survey weights".
 */
export type VerdictNote = "few-dimensions" | "no-admissible-k" | "some-structure" | "depends-on-weights";

const STRUCTURE_AT_MOST = 0.05;
const LEAST_WEIGHTS_AGREEMENT = 0.8;

/**
 * Are there segments at all? The first that applies decides (METHOD §3.5):
 *
 *   1  none                      D < 5, or no admissible k;  p ≤ .05 adds `some-structure`
 *   2  level-only                L ≥ .9
 *   3  one-question              a segment is a one-question group
 *   -  untested                  the structure test was not run
 *   4  segments                  p ≤ .05, and the grouping does not depend on the weights
 *   5  profiles-on-a-continuum   otherwise
 *
 * A grouping depends on the survey weights where the adjusted Rand index with and without them is below .80: it is at
 * most `profiles-on-a-continuum`, and any verdict on it bears the note. `untested` is asked after the rows that need no
 * p: an untested level axis is still one, and nothing untested is ever called segments.
 * RangeError: groups without a level share, p outside 0…1.
 */
export function judgeSegments(question: VerdictQuestion): { verdict: Verdict; notes: VerdictNote[] } {
  const { chosen, usableDimensions, levelShare, oneQuestion, structure, weightsAgreement } = question;
  if (structure !== null && !(structure >= 0 && structure <= 1)) throw new RangeError("a p lies within 0…1");
  const structured = structure !== null && structure <= STRUCTURE_AT_MOST;
  const fewDimensions = usableDimensions < FEWEST_DIMENSIONS;
  if (fewDimensions || chosen === null) {
    const notes: VerdictNote[] = [fewDimensions ? "few-dimensions" : "no-admissible-k"];
    if (structured) notes.push("some-structure");
    return { verdict: "none", notes };
  }
  if (levelShare === null || Number.isNaN(levelShare)) throw new RangeError("a grouping has a level share");
  const dependsOnWeights = weightsAgreement !== null && weightsAgreement < LEAST_WEIGHTS_AGREEMENT;
  const notes: VerdictNote[] = dependsOnWeights ? ["depends-on-weights"] : [];
  if (levelShare >= LEVEL_ONLY_FROM) return { verdict: "level-only", notes };
  if (oneQuestion) return { verdict: "one-question", notes };
  if (structure === null) return { verdict: "untested", notes };
  return { verdict: structured && !dependsOnWeights ? "segments" : "profiles-on-a-continuum", notes };
}
