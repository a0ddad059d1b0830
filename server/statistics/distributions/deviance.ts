/**
 * Half the deviance of a Poisson count `a` from its mean `m`: how far apart they are, for use in an exponent.
 *
 *   D(a, m) = a ln(a/m) + m − a                                Loader (2000), "Fast and accurate computation of
 *                                                              binomial probabilities"
 *
 * By its series where a and m are close and the three terms would cancel. For a > 0; m = 0 gives ∞.
 */
export function deviance(a: number, m: number): number {
  if (m === 0) return Number.POSITIVE_INFINITY;
  if (Math.abs(a - m) >= 0.1 * (a + m)) return a * Math.log(a / m) + m - a;
  const ratio = (a - m) / (a + m);
  let total = (a - m) * ratio;
  let power = 2 * a * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = total + power / odd;
    if (next === total) return next;
    total = next;
  }
}
