import { type CompleteCases, completeCases, type DriversQuestion, perTenPoints } from "./drivers.ts";
import { designDegreesOfFreedom } from "./linearised-variance.ts";
import { sum } from "./sum.ts";
import { type Estimated, type Regression, type Tested, tested, weightedRegression } from "./weighted-regression.ts";

export type InteractionsQuestion = Omit<DriversQuestion, "population" | "othersBy"> & {
  /** A segment's place from 0 for each row of the design, −1 for none. */
  segments: Int32Array;
};

/** A driver in a segment beside the same driver in the other segments, both per 10 points. */
export type Interaction = {
  own: Tested;
  /** Own slope less the others' pooled one; its p is that of the interaction, as yet unadjusted. */
  difference: Tested;
};

/** A segment's drivers, in their order; `too-few` persons of a segment leave it out of the model. */
export type SegmentDrivers =
  | { kind: "drivers"; segment: number; n: number; drivers: Interaction[] }
  | { kind: "too-few" | "not-estimable"; segment: number; n: number };

export type Interactions =
  | (CompleteCases & { kind: "interactions"; segments: SegmentDrivers[] })
  | (CompleteCases & { kind: "too-few"; needed: number; segments: SegmentDrivers[] });

const LEAST_IN_SEGMENT = 80;
const LEAST_IN_ALL = 400;

/**
 * Does a driver go together with the outcome otherwise in one segment than in the others: one model of all segments, in
 * which each has its own level and its own slopes.
 *
 *   y = Σ_s [s] (a_s + Σ_j b_sj x_j) + e  by `weightedRegression`
 *   difference_sj = b_sj − Σ_{t≠s} W_t b_tj / Σ_{t≠s} W_t,   W_t = Σ w of segment t, taken as fixed
 *   df = #units − #strata − (S·(p + 1) − 1)                  METHOD §4.1; R svyglm(y ~ seg·x) with svycontrast
 *
 * The segments' parts of the model share no column, so each is fitted alone and the rows of all stand in the variance.
 * A segment's own slope is shown only where its difference, adjusted over the release, has p ≤ .05; else the pooled one.
 * Segments of fewer than 80 complete cases, or where nothing can be fitted, are named and left out, and are no part of
 * the others; `too-few` altogether: fewer than two segments left, or fewer than 400 persons in them. RangeError as in
 * `driversOf`, and segments that are not as long as the design.
 */
export function driverInteractions(question: InteractionsQuestion): Interactions {
  const { design, outcome, drivers, segments } = question;
  if (segments.length !== design.weights.length) throw new RangeError("one segment a row of the design");
  const grouped = question.members.filter((row) => segments[row]! >= 0);
  const { rows, cases } = completeCases(question, grouped);
  const fitted: FittedSegment[] = [];
  const left: SegmentDrivers[] = [];
  for (const segment of [...new Set(grouped.map((row) => segments[row]!))].sort((one, other) => one - other)) {
    const own = rows.filter((row) => segments[row] === segment);
    const model = own.length < LEAST_IN_SEGMENT ? null : weightedRegression(design, outcome, drivers, own);
    const weight = sum(Float64Array.from(own, (row) => design.weights[row]!));
    if (model) fitted.push({ segment, model, weight, n: own.length });
    else left.push({ kind: own.length < LEAST_IN_SEGMENT ? "too-few" : "not-estimable", segment, n: own.length });
  }
  const used = fitted.reduce((total, { n }) => total + n, 0);
  if (fitted.length < 2 || used < LEAST_IN_ALL)
    return { kind: "too-few", ...cases, needed: LEAST_IN_ALL, segments: left };
  const everyone = joinRows(fitted.map(({ model }) => model.intercept.rows));
  const slopes = fitted.length * (drivers.length + 1) - 1;
  const degreesOfFreedom = designDegreesOfFreedom(design, everyone) - slopes;
  const show = (estimated: Estimated) => perTenPoints(tested(design, estimated, degreesOfFreedom));
  const told = fitted.map((one): SegmentDrivers => {
    const interactions = one.model.slopes.map((slope, driver) => ({
      own: show(slope),
      difference: show(differenceFromOthers(fitted, one, driver)),
    }));
    return { kind: "drivers", segment: one.segment, n: one.n, drivers: interactions };
  });
  return { kind: "interactions", ...cases, segments: [...told, ...left].sort((a, b) => a.segment - b.segment) };
}

type FittedSegment = { segment: number; model: Regression; weight: number; n: number };

/** b_sj less the others' slopes by their weights, with what every row adds to it. */
function differenceFromOthers(fitted: readonly FittedSegment[], own: FittedSegment, driver: number): Estimated {
  const others = sum(fitted.map((one) => (one === own ? 0 : one.weight)));
  const parts = fitted.map((one) => ({
    slope: one.model.slopes[driver]!,
    factor: one === own ? 1 : -one.weight / others,
  }));
  const combined = (part: (slope: Estimated) => number) => sum(parts.map(({ slope, factor }) => factor * part(slope)));
  const rows = joinRows(parts.map(({ slope }) => slope.rows));
  const z = new Float64Array(rows.length);
  let from = 0;
  for (const { slope, factor } of parts) {
    z.set(
      slope.z.map((part) => factor * part),
      from,
    );
    from += slope.z.length;
  }
  const replicates = own.model.slopes[driver]!.replicates;
  return {
    rows,
    z,
    estimate: combined((slope) => slope.estimate),
    ...(replicates && { replicates: replicates.map((_, at) => combined((slope) => slope.replicates![at]!)) }),
  };
}

function joinRows(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((total, part) => total + part.length, 0));
  let from = 0;
  for (const part of parts) {
    joined.set(part, from);
    from += part.length;
  }
  return joined;
}
