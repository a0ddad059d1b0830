import { normalQuantile } from "../statistics/distributions/normal.ts";
import { nearestCorrelation, squareRoot } from "./correlation.ts";
import type { Random } from "./random.ts";
import { drawNormals } from "./random.ts";

/**
 * A way to draw people without groups: each dimension has exactly the values it has in the data, and what ties dimensions
 * together is one normal distribution behind them (a Gaussian copula).
 */
export type Copula = {
  rows: number;
  dimensions: number;
  /** The values of each dimension, ascending, one dimension after another. */
  margins: Float64Array;
  /** F with F·Fᵀ = R, row-major: latent scores are F·g for standard normal g. */
  factor: Float64Array;
};

const ITERATIONS = 12;
const ROWS_AN_ITERATION = 20_000;
const GREATEST_CORRELATION = 0.995;
const GREATEST_SCORE = 15.9;
const STEPS = 2 ** 27;
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/**
 * Finds the latent correlation R with which references are as correlated, on average, as the data.
 *
 *   start: Pearson correlation of Φ⁻¹((rank − ½)/n), average ranks for equal values                      METHOD §3.5
 *   12 times: R ← clip(R + C − R̃, ±.995), unit diagonal;  R̃ = mean correlation of ⌈20 000/n⌉ references drawn with R
 *
 * C = Pearson correlation of the data. R is made a correlation matrix with eigenvalues ≥ 1e-6 before each draw and at the
 * end (`nearestCorrelation`). Equal and coarse values weaken correlation on the way from latent to seen; without the
 * steps references are less correlated than the data, and a mere continuum looks grouped. `data`: z-scores, row-major; a
 * dimension that is 0 throughout has correlation 0 with all.
 */
export function fitCopula(data: Float64Array, dimensions: number, random: Random): Copula {
  const rows = data.length / dimensions;
  const wanted = correlationOf(data, dimensions);
  const latent = correlationOf(normalScores(data, dimensions), dimensions);
  const copula: Copula = { rows, dimensions, margins: marginsOf(data, dimensions), factor: new Float64Array(0) };
  const draws = Math.ceil(ROWS_AN_ITERATION / rows);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    copula.factor = squareRoot(nearestCorrelation(latent, dimensions), dimensions);
    const seen = new Float64Array(dimensions * dimensions);
    for (let draw = 0; draw < draws; draw++) {
      const drawn = correlationOf(drawReference(copula, random), dimensions);
      for (let at = 0; at < seen.length; at++) seen[at]! += drawn[at]! / draws;
    }
    for (let at = 0; at < latent.length; at++) {
      const next = latent[at]! + wanted[at]! - seen[at]!;
      const onDiagonal = at % (dimensions + 1) === 0;
      latent[at] = onDiagonal ? 1 : Math.max(-GREATEST_CORRELATION, Math.min(GREATEST_CORRELATION, next));
    }
  }
  copula.factor = squareRoot(nearestCorrelation(latent, dimensions), dimensions);
  return copula;
}

/**
 * As many people as in the data, drawn without groups: latent normal scores, replaced in each dimension by the values of
 * the data in the same order. Row-major.
 */
export function drawReference({ rows, dimensions, margins, factor }: Copula, random: Random): Float64Array {
  const normals = drawNormals(rows * dimensions, random);
  const reference = new Float64Array(rows * dimensions);
  const latent = new Float64Array(rows);
  for (let d = 0; d < dimensions; d++) {
    const loads = factor.subarray(d * dimensions, (d + 1) * dimensions);
    for (let row = 0, at = 0; row < rows; row++) {
      let score = 0;
      for (let e = 0; e < dimensions; e++) score += loads[e]! * normals[at++]!;
      latent[row] = score;
    }
    const order = ascending(latent);
    for (let place = 0; place < rows; place++) reference[order[place]! * dimensions + d] = margins[d * rows + place]!;
  }
  return reference;
}

/**
 * The rows in ascending order of their scores, of equal ones the earlier first: scores between −16 and 16 are cut into 2³²
 * steps and sorted digit by digit, eleven bits at a time, the lowest first (radix sort).
 */
function ascending(scores: Float64Array): Int32Array {
  const keys = new Uint32Array(scores.length);
  let order = new Int32Array(scores.length);
  let next = new Int32Array(scores.length);
  const counts = new Int32Array(DIGITS);
  for (let row = 0; row < scores.length; row++) {
    keys[row] = Math.floor((Math.max(-GREATEST_SCORE, Math.min(GREATEST_SCORE, scores[row]!)) + 16) * STEPS);
    order[row] = row;
  }
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    counts.fill(0);
    for (let row = 0; row < keys.length; row++) counts[(keys[row]! >>> shift) & (DIGITS - 1)]!++;
    for (let digit = 0, before = 0; digit < DIGITS; digit++) {
      const count = counts[digit]!;
      counts[digit] = before;
      before += count;
    }
    for (let place = 0; place < order.length; place++) {
      const row = order[place]!;
      next[counts[(keys[row]! >>> shift) & (DIGITS - 1)]!++] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}

function marginsOf(data: Float64Array, dimensions: number): Float64Array {
  const rows = data.length / dimensions;
  const margins = new Float64Array(data.length);
  for (let d = 0; d < dimensions; d++) {
    margins.set(columnOf(data, dimensions, d).sort(), d * rows);
  }
  return margins;
}

/** Φ⁻¹((rank − ½)/n) of each value in its column; equal values share the mean of their ranks. */
function normalScores(data: Float64Array, dimensions: number): Float64Array {
  const rows = data.length / dimensions;
  const scores = new Float64Array(data.length);
  for (let d = 0; d < dimensions; d++) {
    const column = columnOf(data, dimensions, d);
    const sorted = column.slice().sort();
    const known = new Map<number, number>();
    for (let first = 0; first < rows; ) {
      let next = first + 1;
      while (next < rows && sorted[next] === sorted[first]) next++;
      known.set(sorted[first]!, normalQuantile((first + next) / 2 / rows));
      first = next;
    }
    column.forEach((value, row) => {
      scores[row * dimensions + d] = known.get(value)!;
    });
  }
  return scores;
}

function columnOf(data: Float64Array, dimensions: number, d: number): Float64Array {
  return Float64Array.from({ length: data.length / dimensions }, (_, row) => data[row * dimensions + d]!);
}

/** Pearson's correlations of the columns, D × D; 0 beside a column without spread, 1 on the diagonal. */
function correlationOf(data: Float64Array, dimensions: number): Float64Array {
  const rows = data.length / dimensions;
  const means = new Float64Array(dimensions);
  for (let row = 0, at = 0; row < rows; row++) for (let d = 0; d < dimensions; d++) means[d]! += data[at++]! / rows;
  const products = new Float64Array(dimensions * dimensions);
  const apart = new Float64Array(dimensions);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dimensions; d++) apart[d] = data[row * dimensions + d]! - means[d]!;
    for (let d = 0, at = 0; d < dimensions; d++, at = d * dimensions) {
      for (let e = 0; e <= d; e++) products[at++]! += apart[d]! * apart[e]!;
    }
  }
  const correlation = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) {
    correlation[d * dimensions + d] = 1;
    for (let e = 0; e < d; e++) {
      const scale = Math.sqrt(products[d * dimensions + d]! * products[e * dimensions + e]!);
      const value = scale > 0 ? products[d * dimensions + e]! / scale : 0;
      correlation[d * dimensions + e] = value;
      correlation[e * dimensions + d] = value;
    }
  }
  return correlation;
}
