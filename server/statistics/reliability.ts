import type { Flag } from "../../data/contracts/cell.ts";
import type { MeanEstimate } from "./mean.ts";
import type { ProportionEstimate } from "./proportion.ts";

/** Whether a number is too imprecise to show, and what a shown one must say about itself. */
export type Display = { hidden: boolean; flags: Flag[] };

/**
 * May this mean be shown? Precision only; disclosure is another matter.
 *
 *   hidden:  n < 20, or item non-response > 50 %, or df < 1
 *   flagged: n 20–49 few-answers; non-response 20–50 % many-missing; df < 8 few-units; variance-understated
 *                                                             METHOD §2.5 (EU-SILC publication rule), §2.2
 *
 * `asked` counts the group's persons who were asked; non-response = 1 − n/asked, and asked < n is a RangeError. No
 * estimate: hidden. A hidden number has no flags.
 */
export function meanDisplay(estimate: MeanEstimate | null, asked: number): Display {
  if (!estimate) return hidden();
  const missing = missingAnswers(estimate, asked);
  if (estimate.n < 20 || 2 * missing > asked || estimate.degreesOfFreedom < 1) return hidden();
  const flags: Flag[] = [];
  if (estimate.n < 50) flags.push("few-answers");
  if (5 * missing >= asked) flags.push("many-missing");
  return { hidden: false, flags: [...flags, ...designFlags(estimate)] };
}

/**
 * May this share be shown? Precision only.
 *
 *   hidden:  n or ESS < 30, or df < 1
 *   flagged: interval wider than or as wide as .30, or wider than both .05 and 130 % of the share: wide;
 *            non-response ≥ 20 % many-missing; df < 8 few-units; variance-understated
 *                                                             METHOD §2.5 (NCHS standard, Parker et al. 2017), §2.2
 *
 * METHOD hides no share for non-response, so many-missing has no upper end here. `asked` as for a mean.
 */
export function proportionDisplay(estimate: ProportionEstimate | null, asked: number): Display {
  if (!estimate) return hidden();
  const missing = missingAnswers(estimate, asked);
  const { n, effectiveSampleSize, low, high } = estimate;
  if (n < 30 || effectiveSampleSize < 30 || low === null || high === null) return hidden();
  const flags: Flag[] = [];
  if (5 * missing >= asked) flags.push("many-missing");
  const width = high - low;
  if (width >= 0.3 || (width > 0.05 && width > 1.3 * estimate.mean)) flags.push("wide");
  return { hidden: false, flags: [...flags, ...designFlags(estimate)] };
}

function hidden(): Display {
  return { hidden: true, flags: [] };
}

function missingAnswers(estimate: MeanEstimate, asked: number): number {
  if (!(asked >= estimate.n)) throw new RangeError(`${estimate.n} answers from ${asked} asked`);
  return asked - estimate.n;
}

function designFlags(estimate: MeanEstimate): Flag[] {
  const flags: Flag[] = [];
  if (estimate.degreesOfFreedom < 8) flags.push("few-units");
  if (estimate.understated) flags.push("variance-understated");
  return flags;
}
