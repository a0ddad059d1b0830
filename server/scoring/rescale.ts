/** `+`: a high answer is good; `-`: a high answer is bad. */
export type Direction = "+" | "-";

/** The incomes that stand for 0 and 100, in the baseline year's money: weighted P5 and P95 of the baseline wave. */
export type Goalposts = { low: number; high: number };

/**
 * Percent of the maximum possible score of an answer.
 *
 *   s = 100 (x − min)/(max − min),  100 − s when high is bad   Cohen, Cohen, Aiken & West (1999); METHOD §1.2
 *
 * min and max are the scale's own ends, never observed ones. Yes or no is min 0, max 1. NaN (missing) stays NaN. An
 * answer outside the scale, or a scale without length, is a caller's mistake (RangeError).
 */
export function rescaleItem(value: number, min: number, max: number, direction: Direction): number {
  if (!(min < max)) throw new RangeError(`a scale goes up, not from ${min} to ${max}`);
  if (value < min || value > max) throw new RangeError(`${value} lies outside the scale ${min}–${max}`);
  return oriented((100 * (value - min)) / (max - min), direction);
}

/**
 * Score of a count, which stops mattering at its cap.
 *
 *   s = 100 min(x, cap)/cap,  100 − s when high is bad         METHOD §1.2
 *
 * NaN stays NaN. A negative count or a cap ≤ 0 is a RangeError.
 */
export function rescaleCount(value: number, cap: number, direction: Direction): number {
  if (!(cap > 0)) throw new RangeError(`a cap is above 0, not ${cap}`);
  if (value < 0) throw new RangeError(`a count is 0 or more, not ${value}`);
  return oriented((100 * Math.min(value, cap)) / cap, direction);
}

/**
 * Score of a household's equivalised, deflated income: each doubling counts alike.
 *
 *   s = 100 clip((ln x − ln a)/(ln b − ln a), 0, 1)            log goalposts a < b as in UNDP's HDI; METHOD §1.2
 *
 * x ≤ 0 gives 0; NaN stays NaN. Goalposts that are not 0 < a < b are a RangeError.
 */
export function rescaleMoney(value: number, goalposts: Goalposts): number {
  const { low, high } = goalposts;
  if (!(low > 0 && low < high)) throw new RangeError(`goalposts go up from above 0, not from ${low} to ${high}`);
  if (value <= 0) return 0;
  const share = (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
  return 100 * Math.min(1, Math.max(0, share));
}

function oriented(score: number, direction: Direction): number {
  return direction === "-" ? 100 - score : score;
}
