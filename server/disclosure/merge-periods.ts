import { sum } from "../statistics/sum.ts";

/**
 * How finely a place's counts are told in a quarter: month by month, as one quarter, within one year, or not at all.
 * Places are the codes of one variable, and everyone (null).
 */
export const BY_MONTH = 0;
export const BY_QUARTER = 1;
export const BY_YEAR = 2;
export const UNTOLD = 3;
export type Told = typeof BY_MONTH | typeof BY_QUARTER | typeof BY_YEAR | typeof UNTOLD;

/** A register's persons by month: consecutive months from `first`, counted from the year 0. NaN: none known. */
export type MonthlyCounts = {
  first: number;
  /** `stock`: who is there at a moment, the same persons in several months. `flow`: whoever comes in the month. */
  kind: "stock" | "flow";
  everyone: Float64Array;
  places: ReadonlyMap<string, Float64Array>;
  /** Of everyone, those in no place that is shown. */
  rest: Float64Array;
};
export type MergeRules = {
  /** k, the fewest persons of a published or derivable group. */
  fewest: number;
  /** Whether readers have been shown this place in this period before: `2020-04`, `2020-Q2` or `2020`. */
  wasShown: (place: string | null, period: string) => boolean;
};

/** How finely each place is told, quarter by quarter from the quarter of the first month. */
export type Merged = ReadonlyMap<string | null, readonly Told[]>;

/** Months as they are written: `2020-04`, `2020-Q2`, `2020`. Months count from the year 0. */
export const monthOf = (code: string) => 12 * Number(code.slice(0, 4)) + Number(code.slice(5, 7)) - 1;
export const monthCode = (month: number) =>
  `${yearCode(Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, "0")}`;
export const quarterCode = (quarter: number) => `${yearCode(Math.floor(quarter / 4))}-Q${(quarter % 4) + 1}`;
export const yearCode = (year: number) => String(year).padStart(4, "0");

/** A period's figure: of a flow the sum of its months, of a stock their mean. Months without a count are left out; 0 for none. */
export function amountIn(values: ArrayLike<number>, kind: "stock" | "flow"): number {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const total = sum(known);
  return kind === "flow" || known.length === 0 ? total : total / known.length;
}

/**
 * Buckets of 1 to k − 1 persons are merged with the next longer period: month, quarter, year (METHOD §7.3 rule 6), so that no
 * such group can be computed from what is told either. A quarter whose year is too few, or not over, stays untold.
 *
 * A place with a small month is told by quarters there, and its three months are not. What everyone less the places that are
 * told leaves over is itself a group, in each month, quarter and year: it must be 0 or k persons, else another place, the
 * smallest that will do, is told more coarsely too. Where none will do, everyone is.
 *
 *   Told are then E(t) − Σ places by month = R(t), the buckets S(a, q) and T(a, y). Sums with weights of these that count
 *   each place and month once or never are unions of R(t), of S, of T, and of what quarters and years leave over: all ≥ k.
 *
 * A bucket needs all its months, and none of them told before: one that grows or that has been told in part would tell the
 * rest. Of a stock the persons of several months are at least those of its largest. Rounding protects nothing here.
 */
export function mergePeriods(counts: MonthlyCounts, rules: MergeRules): Merged {
  const work = prepare(counts, rules);
  for (let before = -1; before !== coarseness(work); ) {
    before = coarseness(work);
    for (const [place, told] of work.told) settle(work, place, told);
    if (coarseness(work) === before) for (const one of remainders(work)) coarsen(work, one);
  }
  return work.told;
}

type Work = MonthlyCounts & MergeRules & { start: number; quarters: number; told: Map<string | null, Told[]> };

/** All by month, but for buckets that have been told: their months stay untold. */
function prepare(counts: MonthlyCounts, rules: MergeRules): Work {
  const { first, everyone, places } = counts;
  const start = Math.floor(first / 3);
  const quarters = Math.floor((first + everyone.length - 1) / 3) - start + 1;
  const told = new Map<string | null, Told[]>();
  const work: Work = { ...counts, ...rules, start, quarters, told };
  for (const place of [null, ...[...places.keys()].sort()]) {
    const was = (period: string) => rules.wasShown(place, period);
    const levels = Array.from({ length: Math.max(0, quarters) }, (_, at): Told => {
      const year = Math.floor((start + at) / 4);
      if (monthsOf(work, at).some((month) => was(monthCode(first + month)))) return BY_MONTH;
      if (was(quarterCode(start + at))) return BY_QUARTER;
      return was(yearCode(year)) ? BY_YEAR : BY_MONTH;
    });
    told.set(place, levels);
  }
  return work;
}

/** How coarsely all is told: it only ever grows. */
const coarseness = ({ told }: Work) => sum([...told.values()].flat());
const isSmall = ({ fewest }: Work, persons: number) => persons > 0 && persons < fewest;
const valuesOf = ({ everyone, places }: Work, place: string | null) =>
  place === null ? everyone : (places.get(place) as Float64Array);

/** The months of a quarter that the series has, as places in it. */
function monthsOf({ first, start, everyone }: Work, at: number): number[] {
  const from = 3 * (start + at) - first;
  return [from, from + 1, from + 2].filter((month) => month >= 0 && month < everyone.length);
}

/** The quarters of the year of a quarter, as places in the series. */
function yearOf({ start, quarters }: Work, at: number): number[] {
  const from = 4 * Math.floor((start + at) / 4) - start;
  return [from, from + 1, from + 2, from + 3].filter((quarter) => quarter >= 0 && quarter < quarters);
}

/** Whether a place's months may be told as one: all there, none told before, and together 0 or at least k. */
function mayBeOne(work: Work, place: string | null, months: readonly number[], length: number): boolean {
  const wasTold = months.some((month) => work.wasShown(place, monthCode(work.first + month)));
  const values = months.map((month) => valuesOf(work, place)[month]!);
  return months.length === length && !wasTold && !isSmall(work, amountIn(values, work.kind));
}

/** Tells a place as coarsely as its own counts ask for. */
function settle(work: Work, place: string | null, told: Told[]): void {
  for (let at = 0; at < told.length; at++) {
    const months = monthsOf(work, at);
    if (told[at] === BY_MONTH && months.some((month) => isSmall(work, valuesOf(work, place)[month]!)))
      told[at] = BY_QUARTER;
    if (told[at] === BY_QUARTER && !mayBeOne(work, place, months, 3)) told[at] = BY_YEAR;
    if (told[at] !== BY_YEAR) continue;
    const year = yearOf(work, at);
    const isWhole = year.every((quarter) => told[quarter] !== UNTOLD && !wasQuarterTold(work, place, told, quarter));
    const all = year.flatMap((quarter) => monthsOf(work, quarter));
    if (isWhole && mayBeOne(work, place, all, 12)) for (const quarter of year) told[quarter] = BY_YEAR;
    else for (const quarter of year) if (told[quarter] === BY_YEAR) told[quarter] = UNTOLD;
  }
}

const wasQuarterTold = (work: Work, place: string | null, told: readonly Told[], at: number) =>
  told[at] !== BY_YEAR && work.wasShown(place, quarterCode(work.start + at));

type Lacking = { at: number; least: Told; failing: (values: (month: number) => number) => boolean };

/** What is left over by everyone less the places told, where it is too few: in months, then quarters, then years. */
function remainders(work: Work): Lacking[] {
  const all = work.told.get(null) as Told[];
  const lacking = (at: number, least: Told, groups: readonly (readonly number[])[]): Lacking[] => {
    const failing: Lacking["failing"] = (extra) =>
      groups.some((group) => isSmall(work, personsOf(work, group, least, extra)));
    return failing(() => 0) ? [{ at, least, failing }] : [];
  };
  return Array.from({ length: work.quarters }, (_, at): Lacking[] => {
    const [months, year] = [monthsOf(work, at), yearOf(work, at)];
    const isKnown = (month: number) => all[at] === BY_MONTH || work.wasShown(null, monthCode(work.first + month));
    const byMonth = lacking(
      at,
      BY_QUARTER,
      months.filter(isKnown).map((month) => [month]),
    );
    if (byMonth.length > 0) return byMonth;
    const isQuarterKnown = all[at]! < BY_YEAR || months.every(isKnown);
    const byQuarter = isQuarterKnown ? lacking(at, BY_YEAR, [months]) : [];
    if (byQuarter.length > 0 || year[0] !== at || year.some((quarter) => all[quarter] === UNTOLD)) return byQuarter;
    return lacking(at, UNTOLD, [year.flatMap((quarter) => monthsOf(work, quarter))]);
  }).flat();
}

/** At least how many persons are in no place told as finely as asked, in some months: of a stock, in the largest of them. */
function personsOf(work: Work, months: readonly number[], least: Told, extra: (month: number) => number): number {
  const byMonth = months.map((month) => {
    const quarter = Math.floor((work.first + month) / 3) - work.start;
    let left = (work.rest[month] || 0) + extra(month);
    for (const place of work.places.keys())
      if ((work.told.get(place) as Told[])[quarter]! >= least) left += unseen(work, place, month);
    return left;
  });
  return work.kind === "flow" ? sum(byMonth) : Math.max(0, ...byMonth);
}

/** Tells the smallest place that will do more coarsely, so that what is left over is not too few; else everyone. */
function coarsen(work: Work, { at, least, failing }: Lacking): void {
  const quarters = least === UNTOLD ? yearOf(work, at) : [at];
  const months = quarters.flatMap((quarter) => monthsOf(work, quarter));
  const candidates = [...work.places.keys()]
    .filter((place) => quarters.some((quarter) => (work.told.get(place) as Told[])[quarter]! < least))
    .filter((place) => !wasBucketTold(work, place, at, least))
    .map((place) => {
      const hidden = (month: number) => unseen(work, place, month);
      return { place, hidden, amount: sum(months.map(hidden)) };
    })
    .filter(({ amount }) => amount > 0)
    .sort((left, right) => left.amount - right.amount || (left.place < right.place ? -1 : 1));
  const chosen = candidates.find(({ hidden }) => !failing(hidden)) ?? candidates.at(-1);
  const told = work.told.get(chosen?.place ?? null) as Told[];
  for (const quarter of quarters) if (told[quarter]! < least) told[quarter] = least;
}

/** A place's persons in a month, unless readers have been told them. */
const unseen = (work: Work, place: string, month: number) =>
  work.wasShown(place, monthCode(work.first + month)) ? 0 : (work.places.get(place) as Float64Array)[month] || 0;

const wasBucketTold = (work: Work, place: string, at: number, least: Told) =>
  (least >= BY_YEAR && work.wasShown(place, quarterCode(work.start + at))) ||
  (least === UNTOLD && work.wasShown(place, yearCode(Math.floor((work.start + at) / 4))));
