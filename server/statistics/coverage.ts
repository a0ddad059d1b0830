import type { CoverageRow } from "../../data/contracts/release.ts";

/**
 * How a part of the sample reads beside the register: their shares' ratio in words.
 *
 *   r = share in the sample / share in the register; outside 0.8–1.25 amber, outside 0.5–2 red       METHOD §2.6
 *
 * The bounds themselves are even, and amber. Null where the register has nobody there and the sample neither; nobody in
 * the register but some in the sample is far over. A share that is not 0 to 1 is a RangeError.
 */
export function coverageReading(sampleShare: number, registerShare: number): CoverageRow["reading"] {
  for (const share of [sampleShare, registerShare])
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a share lies between 0 and 1, not at ${share}`);
  if (registerShare === 0) return sampleShare > 0 ? "far-over" : null;
  const ratio = sampleShare / registerShare;
  if (ratio < 0.5) return "far-under";
  if (ratio < 0.8) return "under";
  if (ratio > 2) return "far-over";
  return ratio > 1.25 ? "over" : "even";
}
