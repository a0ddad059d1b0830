import type { Design } from "../statistics/design.ts";
import { criticalStudent } from "../statistics/distributions/student.ts";
import { type Contributions, designDegreesOfFreedom, linearisedVariance } from "../statistics/linearised-variance.ts";
import { type LinearisedMean, linearise } from "../statistics/mean.ts";
import { replicateVariance } from "../statistics/replicate-variance.ts";

/** How common a background is in a segment beside everyone. */
export type OverRepresentation = {
  segmentShare: number;
  everyoneShare: number;
  /** segmentShare / everyoneShare. */
  ratio: number;
  /** 95 % interval; null where it cannot be made. */
  low: number | null;
  high: number | null;
  /** The interval lies wholly above 1, or wholly below. */
  over: boolean;
  under: boolean;
};

/**
 * Over-representation: how many times as common a background is in a segment as among everyone.
 *
 *   R = p_s/p,  p_s = share of the background in the segment, p = among everyone with a segment
 *   u_i = z_i^s/p_s − z_i/p,   z = linearised contributions of the two shares (METHOD §2.2), 0 for all other rows
 *   R·exp(± t(.975, df)·√V(Σ u)),   df = #units − #strata among the valid rows − 1                      METHOD §3.7
 *
 * Taylor on the log, so that the interval stays above 0 and is the same read either way; the segment's part in everyone is
 * in u. R svycontrast(…, quote(log(a/b))). With replicate weights V is that of the replicates' log R (METHOD §2.2). `events`: 1 = has the background, 0 = not, NaN = unknown. `segments`: index a
 * row, −1 without one. Shown beside each other, not tested against each other: many ratios are made.
 * No interval where p_s = 0 (R = 0), where nothing varies, or df < 1. Null where the segment has no valid answer or nobody
 * has the background. RangeError: columns that are not as long as the design.
 */
export function overRepresentation(
  design: Design,
  events: Float64Array,
  { segments, segment }: { segments: Int32Array; segment: number },
): OverRepresentation | null {
  if (segments.length !== design.weights.length) throw new RangeError("one segment a row of the design");
  const grouped = Int32Array.from(segments.keys()).filter((row) => segments[row]! >= 0);
  const everyone = linearise(design, events, grouped);
  const own = linearise(
    design,
    events,
    grouped.filter((row) => segments[row] === segment),
  );
  if (!everyone || !own || everyone.mean === 0) return null;
  const ratio = own.mean / everyone.mean;
  const { low, high } = intervalOf(design, own, everyone);
  return {
    segmentShare: own.mean,
    everyoneShare: everyone.mean,
    ratio,
    low,
    high,
    over: low !== null && low > 1,
    under: high !== null && high < 1,
  };
}

function intervalOf(
  design: Design,
  own: LinearisedMean,
  everyone: LinearisedMean,
): { low: number | null; high: number | null } {
  const degreesOfFreedom = designDegreesOfFreedom(design, everyone.rows) - 1;
  if (own.mean === 0 || degreesOfFreedom < 1) return { low: null, high: null };
  const variance = varianceOfLog(design, own, everyone);
  if (!(variance > 0)) return { low: null, high: null };
  const reach = Math.exp(criticalStudent(degreesOfFreedom) * Math.sqrt(variance));
  const ratio = own.mean / everyone.mean;
  return { low: ratio / reach, high: ratio * reach };
}

function varianceOfLog(design: Design, own: LinearisedMean, everyone: LinearisedMean): number {
  const { replicates } = design;
  if (!replicates || !own.replicates || !everyone.replicates)
    return linearisedVariance(design, logContributions(own, everyone)).variance;
  const logs = own.replicates.map((share, replicate) => {
    const log = Math.log(share / everyone.replicates![replicate]!);
    return Number.isFinite(log) ? log : Number.NaN;
  });
  return replicateVariance(replicates, logs, Math.log(own.mean / everyone.mean)).variance;
}

/** u of the rows of everyone, who hold the segment's rows in the same order. */
function logContributions(own: LinearisedMean, everyone: LinearisedMean): Contributions {
  let place = 0;
  const z = Float64Array.from(everyone.rows, (row, index) => {
    const ofEveryone = everyone.z[index]! / everyone.mean;
    return own.rows[place] === row ? own.z[place++]! / own.mean - ofEveryone : -ofEveryone;
  });
  return { rows: everyone.rows, z };
}
