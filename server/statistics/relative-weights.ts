import { eigenOfSymmetric } from "../segmentation/correlation.ts";

/**
 * Johnson's relative weights: importance of drivers too many for all their subsets to be gone through.
 *
 *   Λ = R_xx^½ (symmetric),  β = Λ⁻¹ r_xy,  ε_j = Σ_k λ_jk² β_k²,  Σ_j ε_j = R²          Johnson (2000); METHOD §4.2
 *
 * λ_jk² is the square of the entry, not an entry of Λ². `correlations`: (1 + p) × (1 + p), row-major, the outcome first.
 * Null where a driver follows from the others: an eigenvalue of R_xx not above 10⁻¹⁰.
 */
export function relativeWeights(correlations: Float64Array, drivers: number): Float64Array | null {
  const size = drivers + 1;
  if (correlations.length !== size ** 2) throw new RangeError("one row and column a driver, and the outcome's");
  const among = new Float64Array(drivers * drivers);
  for (let j = 0; j < drivers; j++)
    for (let k = 0; k < drivers; k++) among[j * drivers + k] = correlations[(j + 1) * size + k + 1]!;
  const { values, vectors } = eigenOfSymmetric(among, drivers);
  if (!values.every((value) => value > 1e-10)) return null;
  const root = powerOf(vectors, values.map(Math.sqrt));
  const inverse = powerOf(
    vectors,
    values.map((value) => 1 / Math.sqrt(value)),
  );
  const squares = new Float64Array(drivers);
  for (let k = 0; k < drivers; k++) {
    let beta = 0;
    for (let l = 0; l < drivers; l++) beta += inverse[k * drivers + l]! * correlations[l + 1]!;
    squares[k] = beta * beta;
  }
  return Float64Array.from({ length: drivers }, (_, j) => {
    let weight = 0;
    for (let k = 0; k < drivers; k++) weight += root[j * drivers + k]! ** 2 * squares[k]!;
    return weight;
  });
}

/** V·diag(values)·Vᵀ. */
function powerOf(vectors: Float64Array, values: Float64Array): Float64Array {
  const size = values.length;
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [j, k] = [Math.floor(at / size), at % size];
    let entry = 0;
    for (let l = 0; l < size; l++) entry += vectors[j * size + l]! * values[l]! * vectors[k * size + l]!;
    return entry;
  });
}
