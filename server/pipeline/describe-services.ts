import type { ServiceVerdict } from "../../data/contracts/release.ts";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import type { Judged } from "./estimate-question.ts";

/** Adjusted p from which on a service is said to work, or to fail (METHOD §4.6). */
const SETTLED = 0.05;

/**
 * For whom each service works and for whom it fails: the share of its users whose need was met in one group beside that of all
 * others, corrected over the whole matrix of services and groups of one variable in a wave (METHOD §4.6). `not-settled` is any other
 * shown cell: too few users, or no clear difference. Never a ranking, and never an effect of the service.
 */
export function describeServices(judged: readonly Judged[]): ServiceVerdict[] {
  const matrices = new Map<string, { verdict: Omit<ServiceVerdict, "verdict">; of: Judged }[]>();
  for (const one of judged) {
    const { measure, at, figure } = one.cell;
    const service = /^service\.(.+)\.need-met$/.exec(measure)?.[1];
    const [variable, ...more] = Object.keys(at).filter((id) => id !== "wave");
    if (!service || !variable || more.length > 0 || figure.kind !== "value") continue;
    const wave = at.wave as string;
    const key = `${wave} ${variable}`;
    const cell = { wave, variable, code: at[variable] as string, service };
    matrices.set(key, [...(matrices.get(key) ?? []), { verdict: cell, of: one }]);
  }
  return [...matrices.values()].flatMap((matrix) => {
    const adjusted = benjaminiHochberg(matrix.map(({ of }) => of.againstOthers?.pValue ?? null));
    return matrix.map(({ verdict, of }, place): ServiceVerdict => {
      const [test, p] = [of.againstOthers, adjusted[place]];
      const isSettled = test && p !== null && p !== undefined && p <= SETTLED && (test.low > 0 || test.high < 0);
      return { ...verdict, verdict: isSettled ? (test.difference > 0 ? "works" : "fails") : "not-settled" };
    });
  });
}
