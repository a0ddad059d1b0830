import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import type { PartialCorrelation } from "./partial-correlations.ts";

export type Line = {
  /** Adjusted among all pairs; null where the pair has no test. */
  adjusted: number | null;
  drawn: boolean;
};

/** METHOD §4.8. */
const SETTLED = 0.05;
const LEAST_CORRELATION = 0.1;

/**
 * Which pairs of a network are joined by a line: those settled and not slight.
 *
 *   drawn where q ≤ .05 and |r| ≥ .10,  q = p adjusted over all pairs given (benjamini-hochberg.ts)      METHOD §4.8
 *
 * A line stands where its pair stood. `tests` is the number of tests where the family is larger than what is given.
 */
export function drawnLines(
  pairs: readonly Pick<PartialCorrelation, "correlation" | "pValue">[],
  tests?: number,
): Line[] {
  const adjusted = benjaminiHochberg(
    pairs.map(({ pValue }) => pValue),
    tests,
  );
  return pairs.map(({ correlation }, place) => {
    const own = adjusted[place]!;
    return { adjusted: own, drawn: own !== null && own <= SETTLED && Math.abs(correlation) >= LEAST_CORRELATION };
  });
}
