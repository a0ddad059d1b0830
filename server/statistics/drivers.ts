import type { Design } from "./design.ts";
import { type DriverImportance, driverImportance, type Importance, type Resampling } from "./driver-importance.ts";
import { type Contrast, type OthersBy, penaltyReward } from "./penalty-reward.ts";
import { varianceInflation } from "./variance-inflation.ts";
import { correlationsOf } from "./weighted-covariance.ts";
import { type Regression, type Tested, tested, weightedRegression } from "./weighted-regression.ts";

export type DriversQuestion = {
  design: Design;
  /** One entry per row of the design, 0–100, NaN = missing; so are the drivers. */
  outcome: Float64Array;
  drivers: readonly Float64Array[];
  /** The population's rows, each once, in a fixed order. */
  members: Int32Array;
  /** A segment's own model needs more persons than everyone's. */
  population: "everyone" | "segment";
  /** How the contrast of low and high holds the other drivers equal; `levels` where not said. */
  othersBy?: OthersBy;
};

/** Whom an answer speaks of. */
export type CompleteCases = {
  /** Persons with a valid outcome and every driver, and their share of the members. */
  n: number;
  retained: number;
  /** Fewer than 80 % are left: a warning. */
  fewRetained: boolean;
};

export type Driver = {
  /** How far the outcome lies higher per 10 points of the driver, the others held equal. */
  perTenPoints: Tested;
  varianceInflation: number;
  /** The slope points the other way than the simple correlation. */
  opposite: boolean;
  /** The driver that it cannot be separated from: its nearest, where VIF > 5 or the sign is opposite. */
  inseparableFrom: number | null;
  importance: Importance;
  contrast: Contrast;
};

export type Drivers = CompleteCases & {
  kind: "drivers";
  rSquared: number;
  drivers: Driver[];
  differing: DriverImportance["differing"];
};

/** Why a population has no drivers. */
export type NoDrivers =
  | (CompleteCases & { kind: "too-few"; needed: number })
  | (CompleteCases & { kind: "explains-little"; rSquared: number })
  /** The outcome or a driver does not vary, or one follows from the others. */
  | (CompleteCases & { kind: "not-estimable" });

const [LEAST_PERSONS, LEAST_OF_SEGMENT, LEAST_A_DRIVER] = [200, 300, 20];
const LEAST_EXPLAINED = 0.1;
const LEAST_RETAINED = 0.8;
const MOST_INFLATED = 5;
const POINTS = 10;

/**
 * What goes together with an outcome in one population: each driver's slope, its share of what the drivers explain, and
 * the contrast of its low and high scores.
 *
 *   slope: `weightedRegression`, per 10 points;  share of R²: `driverImportance`;  contrast: `penaltyReward`   METHOD §4.1–4.4
 *   n ≥ max(200, 20·p) complete cases, max(300, 20·p) for a segment's own model;  R² ≥ .10
 *   VIF > 5, or a slope against the simple correlation: "cannot be separated from" the driver most correlated with it
 *
 * Verdicts need the p-values of all populations of the release (`judgeContrasts`). Slopes are compared between segments by
 * `driverInteractions`; R² and shares never: segments were cut on the same scores, so that ranges are restricted. The same
 * random numbers give the same answer. RangeError: no drivers, columns that are not as long as the design, an infinite
 * score.
 */
export function driversOf(question: DriversQuestion, resampling: Resampling): Drivers | NoDrivers {
  const { design, outcome, drivers, members } = question;
  const { rows, cases } = completeCases(question, members);
  const least = question.population === "segment" ? LEAST_OF_SEGMENT : LEAST_PERSONS;
  const needed = Math.max(least, LEAST_A_DRIVER * drivers.length);
  if (rows.length < needed) return { kind: "too-few", ...cases, needed };
  const model = weightedRegression(design, outcome, drivers, rows);
  if (!model) return { kind: "not-estimable", ...cases };
  const { rSquared } = model;
  if (rSquared < LEAST_EXPLAINED) return { kind: "explains-little", ...cases, rSquared };
  const importance = driverImportance(design, model.spread, resampling);
  if (!importance) return { kind: "not-estimable", ...cases };
  const contrasts = penaltyReward({ ...question, rows });
  const told = separations(model).map((separation, place) => ({
    perTenPoints: perTenPoints(tested(design, model.slopes[place]!, model.degreesOfFreedom)),
    ...separation,
    importance: importance.drivers[place]!,
    contrast: contrasts[place]!,
  }));
  return { kind: "drivers", ...cases, rSquared, drivers: told, differing: importance.differing };
}

/** The rows among `members` with a valid outcome and every driver, in their order. */
export function completeCases(
  { design, outcome, drivers }: Pick<DriversQuestion, "design" | "outcome" | "drivers">,
  members: Int32Array,
): { rows: Int32Array; cases: CompleteCases } {
  const columns = [outcome, ...drivers];
  if (drivers.length === 0) throw new RangeError("at least one driver");
  if (columns.some((column) => column.length !== design.weights.length))
    throw new RangeError("columns have one entry per row of the design");
  const rows = members.filter((row) => columns.every((column) => !Number.isNaN(column[row]!)));
  const retained = members.length === 0 ? 0 : rows.length / members.length;
  return { rows, cases: { n: rows.length, retained, fewRetained: retained < LEAST_RETAINED } };
}

/** A slope as it is shown: per 10 points of the driver. */
export function perTenPoints(slope: Tested): Tested {
  return {
    ...slope,
    estimate: POINTS * slope.estimate,
    standardError: POINTS * slope.standardError,
    low: slope.low === null ? null : POINTS * slope.low,
    high: slope.high === null ? null : POINTS * slope.high,
  };
}

type Separation = Pick<Driver, "varianceInflation" | "opposite" | "inseparableFrom">;

function separations({ spread, slopes }: Regression): Separation[] {
  const size = spread.columns;
  const drivers = size - 1;
  const correlations = correlationsOf(spread)!; // the model was fitted by them
  const between = (j: number, k: number) => correlations[(j + 1) * size + k + 1]!;
  const among = Float64Array.from({ length: drivers ** 2 }, (_, at) => between(Math.floor(at / drivers), at % drivers));
  const inflation = varianceInflation(among, drivers)!;
  return slopes.map(({ estimate }, j) => {
    const opposite = estimate * correlations[j + 1]! < 0;
    const others = slopes.map((_, k) => k).filter((k) => k !== j);
    const nearest = others.reduce<number | null>(
      (best, k) => (best === null || Math.abs(between(j, k)) > Math.abs(between(j, best)) ? k : best),
      null,
    );
    const inseparable = inflation[j]! > MOST_INFLATED || opposite;
    return { varianceInflation: inflation[j]!, opposite, inseparableFrom: inseparable ? nearest : null };
  });
}
