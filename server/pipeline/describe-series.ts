import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { SeriesDescription } from "../../data/contracts/release.ts";
import { type Facts, publishCell } from "../disclosure/gate.ts";
import {
  amountIn,
  BY_MONTH,
  BY_QUARTER,
  BY_YEAR,
  mergePeriods,
  monthCode,
  monthOf,
  quarterCode,
  type Told,
  yearCode,
} from "../disclosure/merge-periods.ts";
import { type ProcessReading, readProcess } from "../statistics/process-reading.ts";
import { roundTo } from "../statistics/rounding.ts";
import type { StoredRows } from "../store/microdata/read-rows.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { type Counted, type CountedSeries, countSeries } from "./count-series.ts";

export type SeriesRequest = {
  /** All extracts of the release: those of role `series` are read. */
  chosen: readonly ChosenExtract[];
  rows: ReadonlyMap<string, StoredRows>;
  /** The variable that cuts the series, one way, and its codes that the release shows. */
  places: { variable: string; codes: readonly string[] };
  policy: DisclosurePolicy;
  /** The edition that the months come from: the latest wave of the extracts. */
  edition: string;
  /** Keys of series cells that readers have ever been shown a number in: they are told, whatever is decided now. */
  everShown: ReadonlySet<string>;
  /** By series, the month of a known change from which new limits were decided on. */
  limitsFrom?: ReadonlyMap<string, string>;
};

type SeriesGap = SeriesDescription["gaps"][number]["reason"];

/**
 * Monthly registers as cells and charts (METHOD §6.4): `series.<id>/people?wave=2025&area=837&month=2020-04`. Months are no waves: what
 * looks from wave to wave must not meet them, and a register of another year repeats them. So a series' cell names its edition as its
 * wave, and its month beside it; a month is a universe of its own as a wave is. Where a place had to be merged
 * (METHOD §7.3 rule 6), and where its chart has longer points, `month` also holds `2020-Q2` and `2020`.
 *
 * Limits and signals are made of the unrounded counts of shown cells alone, so that they tell nothing that those do not.
 */
export function describeSeries(
  request: SeriesRequest,
): { cells: Published<Cell>[]; series: SeriesDescription[]; periods: string[] } | Problem[] {
  const counted = countSeries(request.chosen, request.rows, request.places);
  if (counted.length > 0 && "code" in counted[0]!) return counted as Problem[];
  const cells: Published<Cell>[] = [];
  const series: SeriesDescription[] = [];
  for (const one of (counted as CountedSeries[]).sort((left, right) => (left.words.id < right.words.id ? -1 : 1))) {
    const measure = `series.${one.words.id}`;
    const at = (place: string | null, month: string) => ({
      ...{ wave: request.edition, month },
      ...(place && { [request.places.variable]: place }),
    });
    const told = mergePeriods(
      {
        ...{ first: one.first, kind: one.words.kind, everyone: one.everyone.people, rest: one.rest.people },
        places: new Map([...one.places].map(([place, { people }]) => [place, people])),
      },
      {
        fewest: request.policy.minimumPersons,
        wasShown: (place, period) => request.everShown.has(cellKey(measure, "people", at(place, period))),
      },
    );
    for (const [place, levels] of told) {
      const counts = place === null ? one.everyone : (one.places.get(place) as Counted);
      const strip = { counts, levels, first: one.first, kind: one.words.kind };
      const period = periodOf(levels);
      const points = (["month", "quarter", "year"] as const).flatMap((length) =>
        pointsOf(strip, length)
          .filter((point) => length === "month" || length === period || point.level === LEVELS[length])
          .map((point) => {
            const wasShown = request.everShown.has(cellKey(measure, "people", at(place, point.code)));
            const facts = factsOf(point, strip, wasShown);
            const cell = publishCell(
              { measure, statistic: "people", at: at(place, point.code) },
              facts,
              request.policy,
            );
            return { ...point, length, cell };
          }),
      );
      cells.push(...points.map(({ cell }) => cell));
      const drawn = points.filter(({ length }) => length === period);
      series.push(describe(one, { place, period, strip, points: drawn }, request));
    }
  }
  return { cells, series, periods: [...new Set(cells.map(({ at }) => at.month as string))].sort() };
}

type Period = "month" | "quarter" | "year";
/** A place's months, and how finely they are told, quarter by quarter. */
type Strip = { counts: Counted; levels: readonly Told[]; first: number; kind: "stock" | "flow" };
/** A month, or a whole quarter or year: its months as places in the strip, and the coarsest way they are told. */
type Point = { code: string; start: number; months: number[]; level: Told };

const LENGTHS = { month: 1, quarter: 3, year: 12 } as const;
const LEVELS = { month: BY_MONTH, quarter: BY_QUARTER, year: BY_YEAR } as const;
const CODES = { month: monthCode, quarter: quarterCode, year: yearCode };

/** A chart has points of one length: of the coarsest that had to be. What is not told at all is a gap in it. */
function periodOf(levels: readonly Told[]): Period {
  if (levels.includes(BY_YEAR)) return "year";
  return levels.includes(BY_QUARTER) ? "quarter" : "month";
}

/** The whole periods of a strip. */
function pointsOf({ counts, levels, first }: Strip, length: Period): Point[] {
  const size = LENGTHS[length];
  const from = Math.ceil(first / size);
  const to = Math.floor((first + counts.people.length) / size);
  return Array.from({ length: Math.max(0, to - from) }, (_, step) => {
    const start = (from + step) * size;
    const months = Array.from({ length: size }, (_, month) => start + month - first);
    const told = months.map((month) => levels[Math.floor((first + month) / 3) - Math.floor(first / 3)]!);
    const level = Math.max(...told) as Told;
    return { code: CODES[length](from + step), start, months, level };
  });
}

/** What is known of a period of a place before the gate. */
function factsOf({ months, level }: Point, { counts, kind }: Strip, wasShown: boolean): Facts {
  const finest = months.length === 1 ? BY_MONTH : months.length === 3 ? BY_QUARTER : BY_YEAR;
  if (level > finest && !wasShown) return { kind: "closed" };
  if (months.every((month) => counts.gaps[month] === "absent" && Number.isNaN(counts.people[month])))
    return { kind: "not-asked" };
  const people = amountIn(
    months.map((month) => counts.people[month]!),
    kind,
  );
  const incomplete = months.some((month) => Number.isNaN(counts.people[month]!) || counts.left[month]! > 0);
  return { kind: "people", people, incomplete };
}

type Drawn = { place: string | null; period: Period; strip: Strip; points: (Point & { cell: Published<Cell> })[] };

function describe(
  one: CountedSeries,
  { place, period, strip, points }: Drawn,
  request: SeriesRequest,
): SeriesDescription {
  const { id, name, unit, kind, direction } = one.words;
  const why = points.map((point) => gapOf(point, strip, request.policy));
  const values = Float64Array.from(points, ({ months }, index) =>
    why[index] === null
      ? amountIn(
          months.map((month) => strip.counts.people[month]!),
          kind,
        )
      : Number.NaN,
  );
  const since = request.limitsFrom?.get(id);
  const later = since === undefined ? 0 : points.findIndex(({ start }) => start >= monthOf(since));
  const seasons =
    period === "year"
      ? {}
      : { seasons: { of: points.map(({ start }) => (start % 12) / LENGTHS[period]), count: 12 / LENGTHS[period] } };
  const read = readProcess({ values, ...seasons }, { direction, from: later < 0 ? points.length : later });
  const codes = points.map(({ code }) => code);
  const reasons = [...new Set(why.filter((reason) => reason !== null))].sort();
  return {
    ...{ wave: request.edition, id, name, unit, counts: kind, direction, area: place, period, months: codes },
    ...linesOf(read, values, codes),
    signals: read.signals.map((signal) => ({
      rule: signal.rule,
      side: signal.side,
      months: signal.points.map((point) => codes[point]!),
    })),
    gaps: reasons.map((reason) => ({ reason, months: codes.filter((_, point) => why[point] === reason) })),
  };
}

/**
 * Why a period is no point of the chart: the source has no count for all of it, it is not told, or so many rows were left out
 * that they could hold more of its people than a release may leave out (each fewer than k, as sources suppress few).
 */
function gapOf(
  { months, cell }: Drawn["points"][number],
  { counts }: Strip,
  policy: DisclosurePolicy,
): SeriesGap | null {
  const empty = months.find((month) => Number.isNaN(counts.people[month]!));
  if (empty !== undefined) return counts.gaps[empty] ?? "no_answer";
  if (cell.figure.kind !== "value") return "protected";
  const partial = months.find(
    (month) => counts.left[month]! * policy.minimumPersons > policy.leftOutAtMost * counts.people[month]!,
  );
  return partial === undefined ? null : (counts.gaps[partial] ?? "no_answer");
}

/** A reading's lines, rounded alike. Counts have no limit below 0, unless effects were taken off. */
function linesOf(read: ProcessReading, values: Float64Array, codes: readonly string[]) {
  const { chart, reading, limits, months, runChart } = read;
  const [from, to] = limits?.baseline ?? [0, 0];
  const centre = limits?.centre ?? runChart?.median ?? values.find((value) => value > 0) ?? 0;
  const decimals = decimalsOf(centre, limits ? limits.high[from]! - limits.centre : 0);
  const round = (value: number) => roundTo(value, decimals);
  const isOther = chart === "change-in-year" || months?.isSeasonal === true;
  const low = limits ? round(limits.low[from]!) : null;
  return {
    ...{ chart, reading },
    baseline: limits
      ? {
          from: codes[from]!,
          to: codes[to - 1]!,
          points: values.subarray(from, to).filter((value) => !Number.isNaN(value)).length,
        }
      : null,
    centre: limits ? round(limits.centre) : null,
    low: low === null || isOther ? low : Math.max(0, low),
    high: limits ? round(limits.high[from]!) : null,
    seasonal: months?.isSeasonal ?? null,
    charted: isOther ? Array.from(read.charted, (value) => (Number.isNaN(value) ? null : round(value))) : null,
    runChart: runChart && {
      ...{ longestRun: runChart.longestRun, longestRunLimit: runChart.longestRunLimit, crossings: runChart.crossings },
      ...{ crossingsLimit: runChart.crossingsLimit, median: round(runChart.median) },
    },
  };
}

/** Lines of a chart carry three digits of its centre, and two of how far its limits lie from it; at most one decimal. */
function decimalsOf(centre: number, reach: number): number {
  const digits = (value: number, wanted: number) =>
    value > 0 ? wanted - 1 - Math.floor(Math.log10(value)) : Number.NEGATIVE_INFINITY;
  const decimals = Math.min(1, Math.max(digits(Math.abs(centre), 3), digits(reach, 2)));
  return Number.isFinite(decimals) ? decimals : 1;
}
