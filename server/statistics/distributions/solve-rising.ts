/** A distribution function and its density at one place. */
export type ChanceAt = { chance: number; density: number };

/** e to this power and its inverse are doubles still. */
const FARTHEST = 709;

/**
 * The place u at which a distribution function F reaches a small chance, ½ at most.
 *
 *   ln F(u) = ln p                                             Newton: u ← u − (F/f) ln(F/p), kept inside a bracket
 *
 * Newton in ln F walks a thin tail in a few steps, where Newton in F would need hundreds. F is log-concave in u, as the
 * beta distribution is in the log odds and the gamma distribution in the logarithm. `start` is a first guess. Places
 * beyond ±708 are ∓∞.
 */
export function solveRising(at: (u: number) => ChanceAt, p: number, start: number): number {
  let low = -FARTHEST;
  let high = FARTHEST;
  let u = Math.max(low, Math.min(high, start));
  for (let step = 0; step < 200; step++) {
    const { chance, density } = at(u);
    if (chance === p) break;
    if (chance < p) low = u;
    else high = u;
    const newton = u - (chance / density) * Math.log(chance / p);
    if (Math.abs(newton - u) <= 1e-14 * Math.max(1, Math.abs(u))) break;
    u = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return Math.abs(u) > FARTHEST - 1 ? Math.sign(u) * Number.POSITIVE_INFINITY : u;
}
