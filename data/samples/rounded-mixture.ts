import { normalDistribution } from "./random.ts";

/** One group of the population: its share, and the normal distribution of its latent answer. */
export type Component = { share: number; mean: number; sd: number };
/** The steps that an answer is rounded and clipped to: whole numbers from min to max. */
export type Steps = { min: number; max: number };
export type Moments = { mean: number; sd: number };
/** From latent answer to written answer: round(clip(intercept + slope·y)). */
export type Line = { intercept: number; slope: number };

/**
 * Mean and SD, in the population, of x = clip(round(a + b·y), min, max) where y is a mixture of normals.
 *
 *   E x   = min + Σ_{k>min} P(x ≥ k)
 *   E x²  : (x − min)² = Σ_{k>min, k≤x} (2(k − min) − 1)
 *   P(x ≥ k) = Σ_c π_c·Φ((a + b·m_c − k + ½) / (|b|·s_c))
 *
 * Shares must add up to 1; b ≠ 0.
 */
export function roundedMoments(components: readonly Component[], steps: Steps, line: Line): Moments {
  let first = 0;
  let second = 0;
  for (let k = steps.min + 1; k <= steps.max; k++) {
    let reach = 0;
    for (const { share, mean, sd } of components) {
      reach += share * normalDistribution((line.intercept + line.slope * mean - k + 0.5) / (Math.abs(line.slope) * sd));
    }
    first += reach;
    second += (2 * (k - steps.min) - 1) * reach;
  }
  return { mean: steps.min + first, sd: Math.sqrt(second - first * first) };
}

/**
 * The line that gives the wanted mean and SD exactly, by Newton's method with halved steps.
 * The sign of the slope is the item's direction. Throws where no line reaches the moments.
 */
export function solveLine(
  components: readonly Component[],
  steps: Steps,
  wanted: Moments & { direction: 1 | -1 },
): Line {
  const spread = overallSd(components);
  const lineOf = (intercept: number, logSlope: number): Line => ({
    intercept,
    slope: wanted.direction * Math.exp(logSlope),
  });
  const miss = (intercept: number, logSlope: number) => {
    const got = roundedMoments(components, steps, lineOf(intercept, logSlope));
    return [got.mean - wanted.mean, got.sd - wanted.sd] as const;
  };
  let intercept = wanted.mean;
  let logSlope = Math.log(wanted.sd / spread);
  for (let round = 0; round < 60; round++) {
    const [u, v] = miss(intercept, logSlope);
    const size = Math.hypot(u, v);
    if (size < 1e-11) return lineOf(intercept, logSlope);
    const h = 1e-6;
    const [ua, va] = miss(intercept + h, logSlope);
    const [ub, vb] = miss(intercept, logSlope + h);
    const [a, b, c, d] = [(ua - u) / h, (ub - u) / h, (va - v) / h, (vb - v) / h];
    const determinant = a * d - b * c;
    let [stepA, stepB] = [(u * d - v * b) / determinant, (v * a - u * c) / determinant];
    while (!(Math.hypot(...miss(intercept - stepA, logSlope - stepB)) < size) && Math.abs(stepA) > 1e-13) {
      stepA /= 2;
      stepB /= 2;
    }
    intercept -= stepA;
    logSlope -= stepB;
  }
  const [u, v] = miss(intercept, logSlope);
  if (Math.hypot(u, v) < 1e-8) return lineOf(intercept, logSlope);
  throw new RangeError(`No line reaches mean ${wanted.mean} and SD ${wanted.sd} on ${steps.min}–${steps.max}`);
}

/** A yes or no: the intercept at which the wanted share of the population says yes, with slope ±1. By bisection. */
export function solveThreshold(components: readonly Component[], share: number, direction: 1 | -1): Line {
  let low = -40;
  let high = 40;
  for (let round = 0; round < 200; round++) {
    const intercept = (low + high) / 2;
    if (roundedMoments(components, { min: 0, max: 1 }, { intercept, slope: direction }).mean < share) low = intercept;
    else high = intercept;
  }
  return { intercept: (low + high) / 2, slope: direction };
}

export function roundedAnswer(line: Line, steps: Steps, latent: number): number {
  return Math.min(steps.max, Math.max(steps.min, Math.floor(line.intercept + line.slope * latent + 0.5)));
}

/** SD of a mixture. */
export function overallSd(components: readonly Component[]): number {
  let mean = 0;
  let square = 0;
  for (const component of components) {
    mean += component.share * component.mean;
    square += component.share * (component.mean ** 2 + component.sd ** 2);
  }
  return Math.sqrt(square - mean ** 2);
}
