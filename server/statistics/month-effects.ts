import { fUpperTail } from "./distributions/f.ts";
import { sum } from "./sum.ts";

const LARGEST_P = 0.01;

/** Which month of the year each point is, from 0; or which quarter. `count`: 12 or 4. */
export type Seasons = { of: ArrayLike<number>; count: number };

/** The months' effects in a baseline, and whether they are more than chance. */
export type MonthEffects = {
  /** By month: how much its mean lies above the mean of all months. */
  effects: Float64Array;
  f: number;
  degreesOfFreedom: [number, number];
  pValue: number;
  /** p < .01: the months differ. */
  isSeasonal: boolean;
  /** Points of the baseline that have a value, and where it ends. */
  points: number;
  baselineEnd: number;
};

/**
 * Effects of the months of the year in a baseline of two years or more, with the F test that they are none.
 *
 *   yₜ = μ + e_m(t) + εₜ,  Σ e_m = 0:   e_m = ȳ_m − μ,  μ = mean of the ȳ_m
 *   F = [Σ n_m (ȳ_m − ȳ)² / (M − 1)] / [Σ (yₜ − ȳ_m(t))² / (n − M)],   seasonal when P(F_{M−1, n−M} > F) < .01     METHOD §6.4
 *
 *   M = 12 months (4 quarters); n_m, ȳ_m = points and mean of month m; n, ȳ = of the baseline, the shortest beginning of
 *   the series with at least `points` valid points (2M unless told) and each month at least twice
 *
 * A trend within the baseline widens the residual: seasons are then found less often, never more. NaN is a gap. Months that
 * repeat exactly are seasonal (F = ∞); a constant baseline is not (F = 0). Null where the series is too short. RangeError
 * for a month outside 0…M − 1, for other than two seasons or more, and for a baseline below 2M points.
 */
export function monthEffects(values: Float64Array, { of, count }: Seasons, points = 2 * count): MonthEffects | null {
  checkSeasons(values, { of, count });
  if (!(points >= 2 * count))
    throw new RangeError(`a seasonal baseline has ${2 * count} points or more, not ${points}`);
  const months = Array.from({ length: count }, (): number[] => []);
  let [valid, end] = [0, 0];
  while (end < values.length && (valid < points || months.some(({ length }) => length < 2))) {
    const value = values[end]!;
    if (!Number.isNaN(value)) {
      months[of[end]!]!.push(value);
      valid++;
    }
    end++;
  }
  if (valid < points || months.some(({ length }) => length < 2)) return null;
  const means = months.map((own) => sum(own) / own.length);
  const mean = sum(months.flat()) / valid;
  const between = sum(months.map((own, month) => own.length * (means[month]! - mean) ** 2));
  const within = sum(months.flatMap((own, month) => own.map((value) => (value - means[month]!) ** 2)));
  const degreesOfFreedom: [number, number] = [count - 1, valid - count];
  const isConstant = months.flat().every((value) => value === months[0]![0]);
  const f = isConstant ? 0 : between / degreesOfFreedom[0] / (within / degreesOfFreedom[1]);
  const pValue = f === 0 ? 1 : fUpperTail(f, ...degreesOfFreedom);
  const middle = sum(means) / count;
  return {
    effects: Float64Array.from(means, (own) => own - middle),
    f,
    degreesOfFreedom,
    pValue,
    isSeasonal: pValue < LARGEST_P,
    points: valid,
    baselineEnd: end,
  };
}

/**
 * Each point without its month's effect.
 *
 *   yₜ − e_m(t)                                                                METHOD §6.4
 */
export function withoutMonthEffects(values: Float64Array, seasons: Seasons, effects: Float64Array): Float64Array {
  checkSeasons(values, seasons);
  return values.map((value, point) => value - effects[seasons.of[point]!]!);
}

/**
 * How much wider limits have to be around points without month effects that were themselves estimated: the effects follow the
 * baseline, so that its points lie nearer to each other than those that come after it.
 *
 *   √((1 + M/n) / (1 − M/n))
 *
 *   In the baseline Var(yₜ − e_m) = σ²(1 − M/n) on average, after it σ²(1 + M/n): a limit of 2.66 MR̄ would be passed by
 *   one in nine points of an unchanged process with M = 12, n = 24 (tests), √3 times wider by one in seventy. METHOD is silent.
 *
 * n > M, else a RangeError. Tends to 1 with the length of the baseline.
 */
export function seasonalWidening(points: number, count: number): number {
  if (!(points > count)) throw new RangeError(`${points} points cannot give ${count} effects and a spread`);
  return Math.sqrt((1 + count / points) / (1 - count / points));
}

/**
 * How much each point differs from the same month a year before, where the series is too short for effects of months.
 *
 *   yₜ − yₜ₋ₘ                                                                  METHOD §6.4, 12–23 months
 *
 * NaN in the first year and where either is a gap. Points are consecutive months.
 */
export function changeInYear(values: Float64Array, count: number): Float64Array {
  return values.map((value, point) => (point < count ? Number.NaN : value - values[point - count]!));
}

function checkSeasons(values: Float64Array, { of, count }: Seasons): void {
  if (!(Number.isInteger(count) && count >= 2)) throw new RangeError(`a year has two seasons or more, not ${count}`);
  if (of.length !== values.length) throw new RangeError("each point has its month");
  for (let point = 0; point < of.length; point++)
    if (!(Number.isInteger(of[point]) && of[point]! >= 0 && of[point]! < count))
      throw new RangeError(`a month is a whole number from 0 to ${count - 1}, not ${of[point]}`);
}
