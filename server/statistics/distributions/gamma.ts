/**
 * Natural logarithm of the gamma function.
 *
 *   ln Γ(z) = (z − ½) ln z − z + ½ ln 2π + δ(z),  δ = Stirling's error        Abramowitz & Stegun 6.1.41
 *
 * For z > 0; else a RangeError.
 */
export function lnGamma(z: number): number {
  return (z - 0.5) * Math.log(z) - z + HALF_LN_TWO_PI + stirlingError(z);
}

/**
 * What Stirling's formula leaves out, kept apart so that differences of ln Γ at large z lose no digits.
 *
 *   δ(z) = 1/12z − 1/360z³ + 1/1260z⁵ − …                     for z ≥ 16; Abramowitz & Stegun 6.1.41
 *   δ(z) = δ(z + 1) + (z + ½) ln(1 + 1/z) − 1                 below, from Γ(z + 1) = z Γ(z)
 *
 * For z > 0; else a RangeError.
 */
export function stirlingError(z: number): number {
  if (!(z > 0)) throw new RangeError(`ln Γ is defined here for z > 0, not ${z}`);
  let carried = 0;
  let shifted = z;
  for (; shifted < 16; shifted++) carried += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
  const square = shifted * shifted;
  let series = 0;
  for (const coefficient of STIRLING_COEFFICIENTS) series = series / square + coefficient;
  return carried + series / shifted;
}

const HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** B₂ₖ / (2k(2k − 1)) with Bernoulli's numbers, from the highest power down. */
const STIRLING_COEFFICIENTS = [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];
