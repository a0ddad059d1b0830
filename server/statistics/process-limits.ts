import { sum } from "./sum.ts";

/** Fewest points that limits are made of, and the most: from then on they stand (METHOD §6.4). */
export const FEWEST_FOR_LIMITS = 12;
export const MOST_FOR_LIMITS = 20;
const RUN = 7;

/** Limits of a process that only varies by itself. */
export type ProcessLimits = {
  centre: number;
  low: number;
  high: number;
  /** 2.66 MR̄: how far the limits lie from the centre. */
  reach: number;
  /** MR̄, and the most that two neighbouring points differ by themselves. */
  meanMovingRange: number;
  movingRangeLimit: number;
  /** Where the baseline ends: the limits are made of the points before this one. */
  baselineEnd: number;
};

/**
 * Limits of an XmR chart: how far single points of an unchanged process lie from their mean.
 *
 *   x̄ ± 2.66 MR̄,   MR̄ = mean of |xᵢ − xᵢ₋₁|,   MR limit = 3.267 MR̄            Wheeler (2000); METHOD §6.4
 *
 *   2.66 = 3/1.128 and 3.267: a range of two normal values is 1.128 σ on average
 *   baseline = the first `points` valid points; without it the first 20, or all where there are 12–19. Later points never move
 *   the limits. No moving range is screened out, as in NHS England's tool; R's NHSRplotthedots leaves large ones out.
 *
 * NaN is a gap: it belongs to no mean, and no moving range reaches over it. A constant baseline has limits at its mean. Null
 * for fewer than 12 valid points, or where no two of the baseline are neighbours. RangeError for a baseline below 12 points.
 */
export function processLimits(values: Float64Array, points?: number): ProcessLimits | null {
  const end = baselineEnd(values, points);
  if (end === null) return null;
  const baseline = values.subarray(0, end);
  const valid = baseline.filter((value) => !Number.isNaN(value));
  const ranges = movingRanges(baseline).filter((range) => !Number.isNaN(range));
  if (ranges.length === 0) return null;
  const centre = sum(valid) / valid.length;
  const meanMovingRange = sum(ranges) / ranges.length;
  const reach = 2.66 * meanMovingRange;
  return {
    centre,
    low: centre - reach,
    high: centre + reach,
    reach,
    meanMovingRange,
    movingRangeLimit: 3.267 * meanMovingRange,
    baselineEnd: end,
  };
}

/** Where a baseline ends: at its last valid point. Null where the series has fewer valid points than it needs. */
export function baselineEnd(values: Float64Array, points?: number): number | null {
  if (points !== undefined && !(Number.isInteger(points) && points >= FEWEST_FOR_LIMITS))
    throw new RangeError(`a baseline has ${FEWEST_FOR_LIMITS} points or more, not ${points}`);
  const valid = [...values.keys()].filter((point) => !Number.isNaN(values[point]!)).slice(0, points ?? MOST_FOR_LIMITS);
  return valid.length >= (points ?? FEWEST_FOR_LIMITS) ? valid.at(-1)! + 1 : null;
}

/**
 * How much each point differs from the one before it; NaN at the first point and beside a gap.
 *
 *   MRᵢ = |xᵢ − xᵢ₋₁|
 */
export function movingRanges(values: Float64Array): Float64Array {
  return values.map((value, point) => (point === 0 ? Number.NaN : Math.abs(value - values[point - 1]!)));
}

/** The four signals of METHOD §6.4: beyond a limit, seven on one side, seven rising or falling, two of three far out. */
export const PROCESS_RULES = ["outside", "shift", "trend", "two-of-three"] as const;
export type ProcessRule = (typeof PROCESS_RULES)[number];
/** `high`: above the centre, or rising. */
export type ProcessSignal = { rule: ProcessRule; side: "high" | "low"; points: number[] };

/** What points are held against: the centre, and how far a limit lies from it, at each point. */
export type ProcessBounds = { centre: number; reach: (point: number) => number };

/**
 * Where a process says that something has changed (METHOD §6.4, rules as in NHSRplotthedots 0.2).
 *
 *   outside        x > c + r or x < c − r
 *   shift          7 consecutive points on one side of c
 *   trend          7 consecutive points, each above (below) the one before
 *   two-of-three   of 3 consecutive points on one side of c at least 2 in the outer third, c + ⅔r < x ≤ c + r
 *
 *   c, r = centre, and the distance of the limits from it
 *
 * Each signal names all points that it holds at: of a run every point, of two-of-three those in the outer third. A point on
 * the centre lies on no side; a gap ends a run. Signals are listed by rule, high before low; one without points is left out.
 */
export function processSignals(values: Float64Array, bounds: ProcessBounds): ProcessSignal[] {
  const found: ProcessSignal[] = [];
  for (const rule of PROCESS_RULES)
    for (const side of ["high", "low"] as const) {
      const points = pointsOf(rule, side === "high" ? 1 : -1, values, bounds);
      if (points.length > 0) found.push({ rule, side, points });
    }
  return found;
}

function pointsOf(rule: ProcessRule, sign: 1 | -1, values: Float64Array, { centre, reach }: ProcessBounds): number[] {
  const beyond = (point: number, share: number) => {
    const limit = centre + sign * share * reach(point);
    return sign > 0 ? values[point]! > limit : values[point]! < limit;
  };
  const isOnSide = (point: number) => sign * (values[point]! - centre) > 0;
  const isFarOut = (point: number) => beyond(point, 2 / 3) && !beyond(point, 1);
  switch (rule) {
    case "outside":
      return [...values.keys()].filter((point) => beyond(point, 1));
    case "shift":
      return inWindows(values.length, RUN, (from) => windowOf(from, RUN).every(isOnSide));
    case "trend":
      return inWindows(values.length, RUN, (from) =>
        windowOf(from + 1, RUN - 1).every((point) => sign * (values[point]! - values[point - 1]!) > 0),
      );
    case "two-of-three":
      return inWindows(
        values.length,
        3,
        (from) => windowOf(from, 3).every(isOnSide) && windowOf(from, 3).filter(isFarOut).length >= 2,
      ).filter(isFarOut);
  }
}

const windowOf = (from: number, length: number) => Array.from({ length }, (_, step) => from + step);

/** The points of all windows of a length that something holds in, each once. */
function inWindows(points: number, length: number, holds: (from: number) => boolean): number[] {
  const held = new Set<number>();
  for (let from = 0; from + length <= points; from++)
    if (holds(from)) for (const point of windowOf(from, length)) held.add(point);
  return [...held];
}
