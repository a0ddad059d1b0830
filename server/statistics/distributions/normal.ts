/**
 * Distribution function of the standard normal: the chance that z is at most `z`.
 *
 *   Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …)                 for |z| < 3; Abramowitz & Stegun 26.2.11
 *   1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …))))         beyond; Abramowitz & Stegun 26.2.14
 *
 * ±∞ give 1 and 0; NaN is a RangeError.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("z is not a number");
  if (z <= -3) return upperTail(-z);
  if (z >= 3) return 1 - upperTail(z);
  let term = z;
  let series = z;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (z * z) / odd;
    series += term;
  }
  return 0.5 + normalDensity(z) * series;
}

/**
 * Quantile of the standard normal: the value that z stays below with the given chance.
 *
 *   Φ(z) = p                                                  start: Abramowitz & Stegun 26.2.23; then Halley's steps
 *
 * 0 ≤ p ≤ 1, else a RangeError; p = 0 gives −∞ and p = 1 gives ∞.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const root = Math.sqrt(-2 * Math.log(tail));
  const top = 2.515517 + root * (0.802853 + root * 0.010328);
  const bottom = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308));
  let z = top / bottom - root;
  for (let step = 0; step < 4; step++) {
    const error = (normalCdf(z) - tail) / normalDensity(z);
    z -= error / (1 + (z * error) / 2);
  }
  return p < 0.5 ? z : -z;
}

function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

function upperTail(z: number): number {
  let fraction = z;
  for (let numerator = 200; numerator >= 1; numerator--) fraction = z + numerator / fraction;
  return normalDensity(z) / fraction;
}
