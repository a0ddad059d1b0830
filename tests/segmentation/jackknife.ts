import type { Design } from "../../server/statistics/design.ts";

/**
 * A design with the replicate weights of R's as.svrepdesign(type = "JKn"): each unit left out in turn, the others of its
 * stratum raised by n_h/(n_h − 1), rscale (n_h − 1)/n_h, scale 1, about the mean of the replicates.
 */
export function jackknifed({ weights, strata, units }: Design): Design {
  const all = [...new Set(units)];
  const stratumOf = (unit: number) => strata[units.indexOf(unit)]!;
  const sizeOf = (stratum: number) => all.filter((unit) => stratumOf(unit) === stratum).length;
  return {
    weights,
    strata,
    units,
    replicates: {
      scale: 1,
      mse: false,
      rscales: Float64Array.from(all, (unit) => 1 - 1 / sizeOf(stratumOf(unit))),
      weights: all.map((left) => {
        const size = sizeOf(stratumOf(left));
        return weights.map((weight, row) => {
          if (units[row] === left) return 0;
          return strata[row] === stratumOf(left) ? (weight * size) / (size - 1) : weight;
        });
      }),
    },
  };
}
