import { laneyLimits, totalsVary } from "./laney.ts";
import {
  changeInYear,
  type MonthEffects,
  monthEffects,
  type Seasons,
  seasonalWidening,
  withoutMonthEffects,
} from "./month-effects.ts";
import {
  FEWEST_FOR_LIMITS,
  MOST_FOR_LIMITS,
  type ProcessBounds,
  type ProcessSignal,
  processLimits,
  processSignals,
} from "./process-limits.ts";
import { type RunChart, runChart } from "./run-chart.ts";

/** A register's figures over time, one a period without breaks; NaN is a gap. */
export type ProcessSeries = {
  values: Float64Array;
  /** What shares are of; left out where the values are counts or means. */
  totals?: Float64Array;
  /** The month or quarter of each point; left out where a point is a whole year. */
  seasons?: Seasons;
};
/** What a series is read for. `direction`: whether high is good. `from`: where the baseline begins, 0 unless re-based. */
export type ProcessQuestion = { direction: "+" | "-" | null; target?: number; from?: number };

/** How the series is charted. `change-in-year`: as differences from the same month last year. */
export type ProcessChart = "process-limits" | "laney" | "change-in-year" | "run-chart" | "none";
/** What its last point says. `change`: a signal without a declared direction. `trial`: too short to say. */
export type ProcessVerdict = "improvement" | "concern" | "change" | "steady" | "trial" | "none";
/** Whether the process as it is meets its target: always, never, or now and then. */
export type Assurance = "passes" | "fails" | "hit-and-miss";
type Limits = {
  centre: number;
  /** One a point; NaN before the baseline. */
  low: Float64Array;
  high: Float64Array;
  /** First point of the baseline, and the one after its last. */
  baseline: [number, number];
};

export type ProcessReading = {
  chart: ProcessChart;
  reading: ProcessVerdict;
  /** What is drawn: the values, without their months' effects where there are any; changes in a year. */
  charted: Float64Array;
  limits: Limits | null;
  signals: ProcessSignal[];
  /** The test of months of the year; null where it could not be made. */
  months: MonthEffects | null;
  runChart: RunChart | null;
  assurance: Assurance | null;
};

/**
 * Reads a register's series by METHOD §6.4: which chart its length and kind allow, and what its last point says.
 *
 *   no point                       none
 *   below 12 points                run chart about the median (Anhøj), "trial"
 *   12–23 monthly points           change from the same month last year, "trial"
 *   24 or more                     F test of months in the first 24; where they differ, the value minus its month's effect
 *   then                           shares with n varying by more than 25 %: Laney's p′; else XmR, limits of the first 12–20
 *                                  points (of the seasonal baseline where effects are removed, and wider: `seasonalWidening`)
 *
 * Limits stand from then on. `from` re-bases them: earlier points keep their place and give no signals. Where no two points of
 * a baseline are neighbours, the run chart reads on. RangeError for `from` outside the series and unequal lengths.
 */
export function readProcess(series: ProcessSeries, question: ProcessQuestion): ProcessReading {
  const from = question.from ?? 0;
  const { values, totals } = series;
  if (!(Number.isInteger(from) && from >= 0 && from <= values.length))
    throw new RangeError(`a baseline begins within the series, not at ${from}`);
  if (totals && totals.length !== values.length) throw new RangeError("each share has its number of cases");
  const since = values.subarray(from);
  const valid = since.filter((value) => !Number.isNaN(value)).length;
  const seasons = series.seasons && { ...series.seasons, of: Array.from(series.seasons.of).slice(from) };
  const unread: ProcessReading = {
    ...{ chart: "none", reading: "none", charted: values, limits: null, signals: [], months: null },
    ...{ runChart: null, assurance: null },
  };
  if (valid === 0) return unread;
  const trial: ProcessReading = { ...unread, chart: "run-chart", reading: "trial", runChart: runChart(since) };
  if (valid < FEWEST_FOR_LIMITS) return trial;
  if (seasons && valid < 2 * seasons.count) {
    const charted = values.map((_, point) =>
      point < from ? Number.NaN : changeInYear(since, seasons.count)[point - from]!,
    );
    return { ...unread, chart: "change-in-year", reading: "trial", charted };
  }
  const months = seasons
    ? monthEffects(since, seasons, Math.max(2 * seasons.count, Math.min(MOST_FOR_LIMITS, valid)))
    : null;
  const isSeasonal = months?.isSeasonal === true;
  const charted = isSeasonal ? withoutMonthEffects(values, series.seasons!, months.effects) : values;
  const found = boundsOf(
    charted.subarray(from),
    totals?.subarray(from) ?? null,
    isSeasonal ? months.points : undefined,
  );
  if (!found) return { ...trial, months };
  const widening = isSeasonal ? seasonalWidening(months.points, series.seasons!.count) : 1;
  const bounds = { centre: found.bounds.centre, reach: (point: number) => widening * found.bounds.reach(point) };
  const limits = limitsOf(bounds, { values, from, baselineEnd: found.baselineEnd, isShare: found.chart === "laney" });
  const signals = processSignals(charted.subarray(from), bounds).map((signal) => ({
    ...signal,
    points: signal.points.map((point) => point + from),
  }));
  const latest = charted.findLastIndex((value) => !Number.isNaN(value));
  return {
    ...{
      chart: found.chart,
      reading: verdictAt(latest, signals, question.direction),
      charted,
      limits,
      signals,
      months,
    },
    runChart: null,
    assurance: assuranceOf(limits.low[latest]!, limits.high[latest]!, question),
  };
}

/** Which limits fit the kind of value: p′ for shares of changing numbers, else XmR. Null where there can be none. */
function boundsOf(
  values: Float64Array,
  totals: Float64Array | null,
  points: number | undefined,
): { chart: "laney" | "process-limits"; bounds: ProcessBounds; baselineEnd: number } | null {
  const shares = totals && totalsVary(totals) ? laneyLimits(values, totals, points) : null;
  if (shares) return { chart: "laney", bounds: shares.bounds, baselineEnd: shares.baselineEnd };
  const limits = processLimits(values, points);
  if (!limits) return null;
  const { centre, reach, baselineEnd } = limits;
  return { chart: "process-limits", bounds: { centre, reach: () => reach }, baselineEnd };
}

function limitsOf(
  { centre, reach }: ProcessBounds,
  { values, from, baselineEnd, isShare }: { values: Float64Array; from: number; baselineEnd: number; isShare: boolean },
): Limits {
  const at = (sign: 1 | -1) =>
    values.map((_, point) => {
      if (point < from) return Number.NaN;
      const limit = centre + sign * reach(point - from);
      return isShare ? Math.max(0, Math.min(1, limit)) : limit;
    });
  return { centre, low: at(-1), high: at(1), baseline: [from, from + baselineEnd] };
}

/** The last point's signal, the first by rule: to the good side, to the bad side, or to a side that nobody declared. */
function verdictAt(point: number, signals: readonly ProcessSignal[], direction: "+" | "-" | null): ProcessVerdict {
  const signal = signals.find(({ points }) => points.includes(point));
  if (!signal) return "steady";
  if (direction === null) return "change";
  return (signal.side === "high") === (direction === "+") ? "improvement" : "concern";
}

/** Target beyond the limits: the process always passes or always fails; between them it hits and misses by chance. */
function assuranceOf(low: number, high: number, { target, direction }: ProcessQuestion): Assurance | null {
  if (target === undefined || direction === null) return null;
  if (target >= low && target <= high) return "hit-and-miss";
  return target < low === (direction === "+") ? "passes" : "fails";
}
