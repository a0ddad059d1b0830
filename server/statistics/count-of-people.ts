import { criticalStudent } from "./distributions/student.ts";

/** How a number of people is shown; "not-shown" says why beside it. */
export type Reading = "plain" | "rough" | "not-shown";
export type NotShown = "few-people" | "too-rough" | "no-limits";

/** A number of people, not rounded, with its 95 % interval. */
export type CountOfPeople = {
  people: number;
  /** Null where no interval can be made. */
  low: number | null;
  high: number | null;
  /** Root of the mean squared error over the share; null where either is missing. */
  coefficientOfVariation: number | null;
  reading: Reading;
  why: NotShown | null;
};

/** METHOD §4.7: of fewer inhabitants, or for fewer people, there is no count. */
const FEWEST_INHABITANTS = 1000;
const FEWEST_PEOPLE = 50;
const PLAIN = 0.2;
const ROUGH = 0.33;

/** How exact a share is: its mean squared error, and degrees of freedom of its interval. */
export type Exactness = { meanSquaredError: number; degreesOfFreedom: number };

/**
 * A share of N inhabitants as a number of people, with an interval that stays within 0 and N.
 *
 *   logit θ ± t(.975, df) √mse/(θ(1 − θ)), taken back and times N                                        METHOD §4.7
 *   CV = √mse/θ:  at most .20 plain, at most .33 rough, above not shown
 *
 * Not shown either: N < 1,000, or fewer than 50 people. No limits for a share of 0 or 1, or without `exactness`.
 */
export function countOfPeople(people: number, inhabitants: number, exactness: Exactness | null): CountOfPeople {
  const share = inhabitants > 0 ? people / inhabitants : 0;
  if (exactness === null || !(share > 0 && share < 1))
    return withReading(inhabitants, { people, low: null, high: null, coefficientOfVariation: null });
  const error = Math.sqrt(exactness.meanSquaredError);
  const centre = Math.log(share / (1 - share));
  const reach = (criticalStudent(exactness.degreesOfFreedom) * error) / (share * (1 - share));
  const limit = (logit: number) => inhabitants / (1 + Math.exp(-logit));
  return withReading(inhabitants, {
    people,
    low: limit(centre - reach),
    high: limit(centre + reach),
    coefficientOfVariation: error / share,
  });
}

/** Adds how the count is read. */
export function withReading(inhabitants: number, count: Omit<CountOfPeople, "reading" | "why">): CountOfPeople {
  const { people, low, high, coefficientOfVariation } = count;
  const notShown = (why: NotShown) => ({ ...count, reading: "not-shown", why }) as const;
  if (inhabitants < FEWEST_INHABITANTS || people < FEWEST_PEOPLE) return notShown("few-people");
  if (low === null || high === null || coefficientOfVariation === null) return notShown("no-limits");
  if (coefficientOfVariation > ROUGH) return notShown("too-rough");
  return { ...count, reading: coefficientOfVariation > PLAIN ? "rough" : "plain", why: null };
}
