import { compensatedSum } from "../statistics/sum.ts";

/** One step from a model: how likely the data are under it, and a model that they are no less likely under; null: none. */
export type Step<Model> = (model: Model) => { logLikelihood: number; next: Model | null };

/** The model that a climb ended at. `converged`: the last step gained next to nothing. */
export type Climbed<Model> = { model: Model; logLikelihood: number; converged: boolean };

type Until = { gain: number; rounds: number };
/** A climb goes on while a step gains at least this much of ln L a row: of every start at first, then of the best. */
const ROUGH: Until = { gain: 1e-5, rounds: 100 };
const FINE: Until = { gain: 1e-10, rounds: 5000 };

/**
 * Expectation–maximisation from several starts: each climbs until a step gains less than 1e-5 of ln L a row (at most 100
 * steps), then the best, of equals the first, until less than 1e-10 (at most 5 000).
 *
 *   ln L never falls from one step to the next                                        Dempster, Laird & Rubin (1977)
 *   short climbs from many starts, a long one from the best                           Biernacki, Celeux & Govaert (2003)
 *
 * A start that comes to a model without a next one, because a part of it collapsed, is out; where the best collapses on its
 * long climb the next best takes its place. Null where all are out. Several starts find a high top, not surely the highest.
 */
export function climbFromStarts<Model>(
  starts: readonly (Model | null)[],
  rows: number,
  step: Step<Model>,
): Climbed<Model> | null {
  const tops = starts.flatMap((start) => (start === null ? [] : (climb(start, rows, step, ROUGH) ?? [])));
  tops.sort((left, right) => right.logLikelihood - left.logLikelihood);
  for (const { model } of tops) {
    const top = climb(model, rows, step, FINE);
    if (top !== null) return top;
  }
  return null;
}

function climb<Model>(start: Model, rows: number, step: Step<Model>, until: Until): Climbed<Model> | null {
  let model = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let round = 1; ; round++) {
    const { logLikelihood, next } = step(model);
    const converged = logLikelihood - before < until.gain * rows;
    if (converged || round === until.rounds) return { model, logLikelihood, converged };
    if (next === null) return null;
    before = logLikelihood;
    model = next;
  }
}

/**
 * Turns rows of ln(π_c·f_c) into how likely a row is to belong to each component; answers ln L.
 *
 *   r_ic = π_c·f_c(x_i) / Σ_b π_b·f_b(x_i),   ln L = Σ_i n_i·ln Σ_c π_c·f_c(x_i)
 *
 * `densities`: row-major by component, in place. n_i: how often a row is there, once unless told.
 */
export function toPosterior(densities: Float64Array, clusters: number, times?: Float64Array): number {
  return compensatedSum(densities.length / clusters, (row) => {
    const from = row * clusters;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = from; at < from + clusters; at++) if (densities[at]! > most) most = densities[at]!;
    let total = 0;
    for (let at = from; at < from + clusters; at++) {
      densities[at] = Math.exp(densities[at]! - most);
      total += densities[at]!;
    }
    for (let at = from; at < from + clusters; at++) densities[at]! /= total;
    return (most + Math.log(total)) * (times === undefined ? 1 : times[row]!);
  });
}
