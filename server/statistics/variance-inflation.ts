import { inverseFactor } from "../segmentation/mixture-model.ts";

/**
 * Variance inflation: how many times as large a slope's variance is as it were, did its driver vary alone.
 *
 *   VIF_j = (R⁻¹)_jj = 1/(1 − R²_j),   R²_j of driver j by all the others                    METHOD §4.3; R car::vif(lm)
 *
 * `correlations`: drivers × drivers, row-major, weighted. 1 for a driver alone. Null where one follows from the others
 * (`inverseOfCorrelations`).
 */
export function varianceInflation(correlations: Float64Array, drivers: number): Float64Array | null {
  const inverse = inverseOfCorrelations(correlations, drivers);
  return inverse && Float64Array.from({ length: drivers }, (_, j) => inverse[j * drivers + j]!);
}

/**
 * R⁻¹ = L⁻ᵀ·L⁻¹ of Cholesky's R = L·Lᵀ. Null where less than a millionth of a column's variance is its own beside the
 * columns before it: it follows from them.
 */
export function inverseOfCorrelations(correlations: Float64Array, size: number): Float64Array | null {
  const factor = inverseFactor(correlations, { dimensions: size, variances: new Float64Array(size).fill(1) });
  if (!factor) return null;
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k <= j; k++) {
      let product = 0;
      for (let row = j; row < size; row++) product += factor[row * size + j]! * factor[row * size + k]!;
      inverse[j * size + k] = product;
      inverse[k * size + j] = product;
    }
  }
  return inverse;
}
