/**
 * Rounds to a number of decimals; negative decimals round to tens, hundreds and so on.
 *
 *   sign(x) · ⌊(|x| + 10⁻⁹)·10^d + ½⌋ / 10^d                  METHOD §7.5: halves away from zero after adding 1e-9
 *
 * Never −0. A value that is not finite is a caller's mistake (RangeError): absence is a figure of its own.
 */
export function roundTo(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`only numbers are rounded, not ${value}`);
  const scale = 10 ** Math.abs(decimals);
  const size = Math.abs(value) + 1e-9;
  const rounded = decimals < 0 ? Math.floor(size / scale + 0.5) * scale : Math.floor(size * scale + 0.5) / scale;
  return value < 0 && rounded > 0 ? -rounded : rounded;
}

/**
 * Rounds a number of persons to 5, ties up.
 *
 *   5 · ⌊(n + 10⁻⁹)/5 + ½⌋                                    METHOD §7.5; INTERFACES §5
 *
 * `fewest` is the policy's k: a rounded n is never below it, but the next multiple of 5. Negative n is a RangeError.
 */
export function roundCount(n: number, fewest = 0): number {
  if (!(n >= 0 && Number.isFinite(n))) throw new RangeError(`a count is 0 or more, not ${n}`);
  const rounded = Math.floor((n + 1e-9) / 5 + 0.5) * 5;
  return rounded < fewest && n >= fewest ? Math.ceil(fewest / 5) * 5 : rounded;
}

/**
 * Rounds to a number of significant digits, halves away from zero: 12 345 people with 2 digits are 12 000.
 *
 *   roundTo(x, digits − 1 − ⌊log₁₀|x|⌋)                       METHOD §7.5, people from register
 *
 * 0 stays 0. Meant for |x| well above 10⁻⁹, as numbers of people are. RangeError for fewer than 1 digit.
 */
export function roundSignificant(value: number, digits: number): number {
  if (!(digits >= 1)) throw new RangeError(`at least 1 digit is significant, not ${digits}`);
  if (value === 0) return 0;
  const power = Number(Math.abs(value).toExponential().split("e")[1]);
  return roundTo(value, digits - 1 - power);
}
