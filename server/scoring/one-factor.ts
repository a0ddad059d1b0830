import type { SquareMatrix } from "./covariance.ts";

/** Loadings of the items on their one common factor, or why there are none. */
export type OneFactor = { kind: "loadings"; loadings: Float64Array } | { kind: "heywood" | "unsettled" };

/**
 * One common factor behind correlated items, by maximum likelihood.
 *
 *   Σ = λλ′ + Ψ,  Ψ = diag(ψ),  ψ_j = 1 − λ_j²                each item = λ_j × the factor + something of its own
 *   f(λ) = ln|Σ| + tr(Σ⁻¹R) = Σ ln ψ_j + ln(1 + s) + Σ 1/ψ_j − b′Rb/(1 + s),   b_j = λ_j/ψ_j,  s = Σ λ_j b_j
 *
 * R: the correlations. The least f is where R's factanal(x, 1) ends: at its solution Σ has R's diagonal too, so that λ is
 * all there is to find. Fisher scoring, damped until a step lowers f by a tenth of what it promised (Levenberg, Marquardt),
 * from the centroid λ_j = Σ_l r_jl/√ΣΣr until f is flat. The sign makes Σλ ≥ 0. Jöreskog (1967); Lawley & Maxwell (1971).
 *
 * `heywood`: a ψ fell to .005 or below, the floor of factanal: the likelihood drives that λ² to 1. `unsettled`: no end
 * was reached, or the items add up to a constant. Fewer than 3 items do not settle a factor: RangeError.
 */
export function oneFactor(correlations: SquareMatrix): OneFactor {
  const { size } = correlations;
  if (size < 3) throw new RangeError(`${size} items do not settle a factor`);
  let loadings = centroid(correlations);
  if (loadings === null) return { kind: "unsettled" };
  let value = discrepancy(correlations, loadings);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = derivatives(correlations, loadings);
    if (slope.every((along) => Math.abs(along) <= FLAT)) return { kind: "loadings", loadings: upright(loadings) };
    const move = solve(curvature, slope, damping);
    const next = loadings.map((loading, item) => loading - move[item]!);
    const lower = discrepancy(correlations, next);
    const promised = move.reduce((sum, moved, item) => sum + (moved * slope[item]!) / 2, 0);
    if (value - lower > 0.75 * promised + ROUNDING) damping /= 4;
    if (!(value - lower >= 0.1 * promised - ROUNDING)) {
      damping *= 4;
      continue;
    }
    loadings = next;
    value = lower;
    if (loadings.some((loading) => 1 - loading * loading <= LEAST_UNIQUENESS)) return { kind: "heywood" };
  }
  return { kind: "unsettled" };
}

const LEAST_UNIQUENESS = 0.005;
/** A slope of f that counts as none. */
const FLAT = 1e-9;
/** f is a sum of some numbers around 1: what its last digits say is rounding. */
const ROUNDING = 1e-13;
const MOST_STEPS = 2000;

function centroid({ size, entries }: SquareMatrix): Float64Array | null {
  const totals = new Float64Array(size);
  entries.forEach((r, place) => {
    totals[Math.floor(place / size)]! += r;
  });
  const all = totals.reduce((sum, total) => sum + total, 0);
  if (!(all > 1e-9)) return null;
  return totals.map((total) => Math.min(0.95, Math.max(-0.95, total / Math.sqrt(all))));
}

function upright(loadings: Float64Array): Float64Array {
  const total = loadings.reduce((sum, loading) => sum + loading, 0);
  return total < 0 ? loadings.map((loading) => -loading) : loadings;
}

/** f(λ); ∞ where a λ² is 1 or more. */
function discrepancy({ size, entries }: SquareMatrix, loadings: Float64Array): number {
  let signal = 0;
  let value = 0;
  const scaled = new Float64Array(size);
  for (let item = 0; item < size; item++) {
    const unique = 1 - loadings[item]! ** 2;
    if (!(unique > 0)) return Number.POSITIVE_INFINITY;
    scaled[item] = loadings[item]! / unique;
    signal += loadings[item]! * scaled[item]!;
    value += Math.log(unique) + 1 / unique;
  }
  let explained = 0;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      explained += entries[row * size + column]! * scaled[row]! * scaled[column]!;
  return value + Math.log(1 + signal) - explained / (1 + signal);
}

/**
 * How f falls along each loading, and Fisher's expectation of how that changes.
 *
 *   A = Σ⁻¹ = Ψ⁻¹ − bb′/(1 + s),  G = A − ARA,  m_j = λ without its place j
 *   ∂f/∂λ_j = 2 (G m_j)_j,   E ∂²f/∂λ_i∂λ_j = 2 [A_ij m_i′A m_j + (A m_j)_i (A m_i)_j]
 */
function derivatives(
  { size, entries }: SquareMatrix,
  loadings: Float64Array,
): { slope: Float64Array; curvature: Float64Array } {
  const inverse = inverseOfModel(loadings);
  const explained = product(product(inverse, entries, size), inverse, size);
  const misfit = inverse.map((a, place) => a - explained[place]!);
  const onFactor = times(inverse, loadings);
  const signal = loadings.reduce((sum, loading, item) => sum + loading * onFactor[item]!, 0);
  const misfitOnFactor = times(misfit, loadings);
  const slope = loadings.map((loading, item) => 2 * (misfitOnFactor[item]! - loading * misfit[item * size + item]!));
  const curvature = inverse.map((a, place) => {
    const i = Math.floor(place / size);
    const j = place % size;
    const [li, lj] = [loadings[i]!, loadings[j]!];
    const both = signal - li * onFactor[i]! - lj * onFactor[j]! + li * lj * a;
    return 2 * (a * both + (onFactor[i]! - lj * a) * (onFactor[j]! - li * a));
  });
  return { slope, curvature };
}

function inverseOfModel(loadings: Float64Array): Float64Array {
  const size = loadings.length;
  const scaled = loadings.map((loading) => loading / (1 - loading * loading));
  const signal = loadings.reduce((sum, loading, item) => sum + loading * scaled[item]!, 0);
  return Float64Array.from({ length: size * size }, (_, place) => {
    const row = Math.floor(place / size);
    const column = place % size;
    const own = row === column ? 1 / (1 - loadings[row]! ** 2) : 0;
    return own - (scaled[row]! * scaled[column]!) / (1 + signal);
  });
}

function product(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let k = 0; k < size; k++)
      for (let column = 0; column < size; column++)
        result[row * size + column]! += left[row * size + k]! * right[k * size + column]!;
  return result;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => vector.reduce((sum, value, column) => sum + matrix[row * size + column]! * value, 0));
}

/** x with (M + damping·I)x = v, M symmetric: Cholesky's triangle, down and up. M + damping·I is positive definite. */
function solve(matrix: Float64Array, right: Float64Array, damping: number): Float64Array {
  const size = right.length;
  const triangle = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let left = matrix[row * size + column]! + (row === column ? damping : 0);
      for (let k = 0; k < column; k++) left -= triangle[row * size + k]! * triangle[column * size + k]!;
      triangle[row * size + column] = row === column ? Math.sqrt(left) : left / triangle[column * size + column]!;
    }
  }
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= triangle[row * size + k]! * x[k]!;
    x[row]! /= triangle[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= triangle[k * size + row]! * x[k]!;
    x[row]! /= triangle[row * size + row]!;
  }
  return x;
}
