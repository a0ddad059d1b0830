import type { At, Statistic } from "./cell.ts";

/** The variables that stand first in every key, in this order; the other backgrounds follow by id. */
export const LEADING_VARIABLES = ["wave", "segment", "band", "troubles", "area"] as const;

/** The order of variables in keys, grids and columns: `wave segment band troubles area`, then by id. */
export function byVariableOrder(left: string, right: string): number {
  const rank = (variable: string) => {
    const index = (LEADING_VARIABLES as readonly string[]).indexOf(variable);
    return index < 0 ? LEADING_VARIABLES.length : index;
  };
  return rank(left) - rank(right) || (left < right ? -1 : left > right ? 1 : 0);
}

/** The key of a cell as text, unique in a release: `measure/statistic?wave=2025&segment=A`. */
export function cellKey(measure: string, statistic: Statistic, at: At): string {
  const variables = Object.keys(at).sort(byVariableOrder);
  return `${measure}/${statistic}?${variables.map((variable) => `${variable}=${at[variable]}`).join("&")}`;
}
