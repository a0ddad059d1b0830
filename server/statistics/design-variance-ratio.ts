import { type Design, designShape } from "./design.ts";
import type { GroupShares } from "./group-shares.ts";

/**
 * How many times wider the areas' variances are than weighting alone would make them.
 *
 *   d = median of V(p_as) / (p_as (1 − p_as)/ESS_a),  at least 1;  1 where each person is a unit         METHOD §4.7
 *
 * One number for all areas and groups, since a single area's own ratio hangs on a few units. Over areas of `fewest`
 * persons or more and shares that are not 0 or 1; 1 where none is left. Of an even number the mean of the two in the
 * middle.
 */
export function designVarianceRatio(design: Design, areas: readonly (GroupShares | null)[], fewest = 20): number {
  if (designShape(design).unitCount === design.weights.length && !design.replicates) return 1;
  const ratios = areas.flatMap((area) => {
    if (area === null || area.n < fewest) return [];
    const drawnSingly = area.shares.map((share) => (share * (1 - share)) / area.effectiveSampleSize);
    return [...area.variances.keys()]
      .filter((group) => drawnSingly[group]! > 0)
      .map((group) => area.variances[group]! / drawnSingly[group]!);
  });
  return ratios.length === 0 ? 1 : Math.max(1, median(ratios));
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
