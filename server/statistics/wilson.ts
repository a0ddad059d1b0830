import { normalQuantile } from "./distributions/normal.ts";

/**
 * Wilson's score interval of an unweighted share.
 *
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)         Wilson (1927); R prop.test(correct = FALSE)
 *
 * `events` of `n`, 0 ≤ events ≤ n and n > 0, else a RangeError. `level` is 0.95 unless told. 0 and n events give
 * exactly 0 and 1 at their end.
 */
export function wilsonInterval(events: number, n: number, level = 0.95): { low: number; high: number } {
  if (!(n > 0 && events >= 0 && events <= n)) throw new RangeError(`${events} of ${n} is no share`);
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, not at ${level}`);
  const z = normalQuantile(0.5 + level / 2);
  const p = events / n;
  const square = (z * z) / n;
  const middle = (p + square / 2) / (1 + square);
  const reach = (z * Math.sqrt((p * (1 - p)) / n + square / (4 * n))) / (1 + square);
  return { low: events === 0 ? 0 : middle - reach, high: events === n ? 1 : middle + reach };
}
