/** Eigenvalues of a symmetric matrix, and its eigenvectors as the columns of `vectors`, row-major. */
export type Eigen = { values: Float64Array; vectors: Float64Array };

const LEAST_EIGENVALUE = 1e-6;
const MOST_SWEEPS = 60;
const NEGLIGIBLE = 1e-15;

/**
 * The symmetric matrix made a correlation matrix that can be drawn from: eigenvalues below 1e-6 are raised to it, and rows
 * and columns rescaled to a unit diagonal.
 *
 *   A = V·diag(max(λ, 1e-6))·Vᵀ,   R_de = A_de / √(A_dd·A_ee)                                            METHOD §3.5
 *
 * `matrix`: D × D, row-major, symmetric. A matrix that is one already comes back with the rounding of the products.
 */
export function nearestCorrelation(matrix: Float64Array, dimensions: number): Float64Array {
  const { values, vectors } = eigenOfSymmetric(matrix, dimensions);
  const lifted = values.map((value) => Math.max(value, LEAST_EIGENVALUE));
  const raised = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e < dimensions; e++) {
      for (let j = 0; j < dimensions; j++) {
        raised[d * dimensions + e]! += vectors[d * dimensions + j]! * lifted[j]! * vectors[e * dimensions + j]!;
      }
    }
  }
  return raised.map((value, at) => {
    const d = Math.floor(at / dimensions);
    const e = at % dimensions;
    return d === e ? 1 : value / Math.sqrt(raised[d * dimensions + d]! * raised[e * dimensions + e]!);
  });
}

/** F = V·diag(√λ), so that F·Fᵀ is the matrix; eigenvalues that rounding put below 0 count as 0. */
export function squareRoot(matrix: Float64Array, dimensions: number): Float64Array {
  const { values, vectors } = eigenOfSymmetric(matrix, dimensions);
  return vectors.map((value, at) => value * Math.sqrt(Math.max(0, values[at % dimensions]!)));
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, each putting one pair off the diagonal to 0.
 *
 *   θ = (a_qq − a_pp) / 2a_pq,   t = sign(θ) / (|θ| + √(θ² + 1)),   c = 1/√(t² + 1),   s = t·c
 *
 * Sweeps over all pairs until what is off the diagonal is nothing beside what is on it. Only + − × ÷ √: the same bits on
 * every machine. Source: Jacobi (1846); Golub & Van Loan, Matrix Computations, §8.5.
 */
export function eigenOfSymmetric(matrix: Float64Array, dimensions: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) vectors[d * dimensions + d] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, dimensions); sweep++) {
    for (let p = 0; p < dimensions; p++) {
      for (let q = p + 1; q < dimensions; q++) rotate(a, vectors, dimensions, [p, q]);
    }
  }
  return { values: Float64Array.from({ length: dimensions }, (_, d) => a[d * dimensions + d]!), vectors };
}

function rotate(a: Float64Array, vectors: Float64Array, dimensions: number, [p, q]: readonly [number, number]): void {
  const off = a[p * dimensions + q]!;
  if (off === 0) return;
  const theta = (a[q * dimensions + q]! - a[p * dimensions + p]!) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turn = (values: Float64Array, first: number, second: number) => {
    const left = values[first]!;
    const right = values[second]!;
    values[first] = cosine * left - sine * right;
    values[second] = sine * left + cosine * right;
  };
  for (let d = 0; d < dimensions; d++) turn(a, d * dimensions + p, d * dimensions + q);
  for (let d = 0; d < dimensions; d++) turn(a, p * dimensions + d, q * dimensions + d);
  for (let d = 0; d < dimensions; d++) turn(vectors, d * dimensions + p, d * dimensions + q);
}

function isDiagonal(a: Float64Array, dimensions: number): boolean {
  let off = 0;
  let on = 0;
  for (let at = 0; at < a.length; at++) {
    if (at % (dimensions + 1) === 0) on = Math.max(on, Math.abs(a[at]!));
    else off = Math.max(off, Math.abs(a[at]!));
  }
  return off <= NEGLIGIBLE * on;
}
