import type { Design } from "../statistics/design.ts";
import {
  type DifferenceEstimate,
  differenceBetweenWaves,
  differenceOfMeans,
  differenceOfSides,
} from "../statistics/difference.ts";
import { estimateOf, type LinearisedMean, linearise, type MeanEstimate } from "../statistics/mean.ts";
import { moverInterval } from "../statistics/mover.ts";
import { type ProportionEstimate, proportionOf } from "../statistics/proportion.ts";
import { meanDisplay, proportionDisplay } from "../statistics/reliability.ts";
import type { Tested } from "./settle-comparisons.ts";

/** A group of a wave in one measure: linearised once, estimated, and compared with other groups. */
export type Side = { design: Design; linearised: LinearisedMean; estimate: MeanEstimate };

/** Both sides of a tested difference need as much (METHOD §8.4). */
const FEWEST_TESTED = { n: 30, effectiveSampleSize: 20 };

/** A group's side of a measure; null when none of its members has an answer. `share`: answers are 0 or 1. */
export function sideOf(design: Design, values: Float64Array, members: Int32Array, share: boolean): Side | null {
  const linearised = linearise(design, values, members);
  if (!linearised) return null;
  const estimate = share ? proportionOf(design, values, linearised) : estimateOf(design, linearised);
  return { design, linearised, estimate };
}

/** Whether a mean or share is too imprecise to show, and its flags (METHOD §2.5). */
export function displayOf(estimate: MeanEstimate | null, asked: number, share: boolean) {
  return share ? proportionDisplay(estimate as ProportionEstimate | null, asked) : meanDisplay(estimate, asked);
}

/**
 * A group beside everyone (shown) and beside all others (tested). Both or neither: fewer others than k would be told by
 * either. The verdict of the test against others goes to both; the shown interval is Student's, of shares too, and so hardly
 * ever touches 0 where the difference is settled (METHOD §8.2–8.3).
 */
export function againstEveryone(
  own: Side,
  rest: Side | null,
  everyone: Side | null,
  { share, fewest }: { share: boolean; fewest: number },
): Tested[] {
  if (!rest || !everyone || rest.estimate.n < fewest) return [];
  if (displayOf(rest.estimate, rest.estimate.n, share).hidden) return [];
  const tested = judgedDifference(
    differenceOfSides(own.design, own.linearised, rest.linearised),
    own.estimate,
    rest.estimate,
    share,
  );
  const { difference, low, high } = differenceOfSides(own.design, own.linearised, everyone.linearised);
  if (!tested || low === null || high === null) return [];
  return [
    { against: "everyone", difference, low, high, settled: tested.settled, pValue: null },
    { against: "others", ...tested },
  ];
}

/** A cell's group in one wave: its answers and who its members are. */
export type GroupInWave = { values: Float64Array; members: Int32Array; estimate: MeanEstimate };

/**
 * A group beside the same group in the wave before. Where members of a panel answered in both, `pooled` is the two waves
 * as one design with the person as the unit, earlier rows first: their covariance is in the error (METHOD §6.2).
 */
export function againstPreviousWave(
  now: GroupInWave,
  before: GroupInWave,
  pooled: Design | null,
  share: boolean,
): Tested[] {
  const test = pooled ? changeInPool(now, before, pooled) : differenceBetweenWaves(now.estimate, before.estimate);
  const change = test && judgedDifference(test, now.estimate, before.estimate, share);
  return change ? [{ against: "previous-wave", ...change }] : [];
}

function changeInPool(now: GroupInWave, before: GroupInWave, pooled: Design): DifferenceEstimate | null {
  const earlier = before.values.length;
  const values = new Float64Array(pooled.weights.length);
  values.set(before.values);
  values.set(now.values, earlier);
  return differenceOfMeans(
    pooled,
    values,
    now.members.map((row) => earlier + row),
    before.members,
  );
}

/**
 * A difference with its interval: Student's for means, MOVER with the sides' correlation for shares (METHOD §8.2).
 * Settled, before multiplicity, where both sides are large enough and the interval excludes 0; for shares the t interval too (METHOD §5.2).
 */
export function judgedDifference(
  test: Pick<DifferenceEstimate, "difference" | "low" | "high" | "correlation" | "pValue">,
  left: MeanEstimate,
  right: MeanEstimate,
  share: boolean,
): Omit<Tested, "against"> | null {
  if (test.low === null || test.high === null) return null;
  const student = { low: test.low, high: test.high };
  const enough = [left, right].every(
    ({ n, effectiveSampleSize }) => n >= FEWEST_TESTED.n && effectiveSampleSize >= FEWEST_TESTED.effectiveSampleSize,
  );
  const tested = { difference: test.difference, pValue: enough ? test.pValue : null };
  if (!share) return { ...tested, ...student, settled: enough && excludesZero(student) };
  if (left.low === null || left.high === null || right.low === null || right.high === null) return null;
  const limits = moverInterval(
    { value: left.mean, low: left.low, high: left.high },
    { value: right.mean, low: right.low, high: right.high },
    test.correlation,
  );
  return { ...tested, ...limits, settled: enough && excludesZero(student) && excludesZero(limits) };
}

function excludesZero({ low, high }: { low: number; high: number }): boolean {
  return low > 0 || high < 0;
}
