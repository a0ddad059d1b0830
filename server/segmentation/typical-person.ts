import { simpleDesign } from "../statistics/design.ts";
import { weightedQuantile } from "../statistics/quantile.ts";
import { compensatedSum } from "../statistics/sum.ts";
import type { MeasureColumn } from "./profile.ts";

/** A background, a code each row; null = unknown. `codes` in the order of the codebook. */
export type BackgroundColumn = { variable: string; codes: readonly string[]; values: readonly (string | null)[] };

export type TypicalPerson = {
  /** The commonest code of each background, with how many of the segment hold it and their weighted share of the known. */
  backgrounds: { variable: string; code: string; persons: number; share: number }[];
  /** The weighted median of each measure; a group's own figure, to be shown by the gate's rules for medians. */
  medians: { measure: string; median: number; n: number }[];
};

/**
 * The "typical person" of a group: a composed description, each part from its own margin, never a real row.
 *
 *   code = argmax Σ_{i: code} w_i,   median = min { y : Σ_{y_j ≤ y} w_j ≥ W/2 }                  METHOD §3.7, §2.4
 *
 * No row is chosen and no two columns are looked at together: with the answers of each column dealt out anew among the
 * group's people the description stays the same, so it tells of no one, and may fit no one. Of equally common codes the
 * first of the codebook. A background or measure that nobody in the group answered is left out. `members`: rows of the
 * group, in order. Rules of disclosure (a code of few, a median's ten on each side) are the gate's.
 */
export function typicalPerson(
  members: Int32Array,
  weights: Float64Array,
  { backgrounds, measures }: { backgrounds: readonly BackgroundColumn[]; measures: readonly MeasureColumn[] },
): TypicalPerson {
  const design = simpleDesign(weights);
  return {
    backgrounds: backgrounds.flatMap((background) => {
      const commonest = commonestCode(background, members, weights);
      return commonest ? [{ variable: background.variable, ...commonest }] : [];
    }),
    medians: measures.flatMap(({ measure, values }) => {
      const median = weightedQuantile(design, values, members, 0.5);
      const n = members.filter((row) => !Number.isNaN(values[row]!)).length;
      return median === null ? [] : [{ measure, median, n }];
    }),
  };
}

function commonestCode(
  { codes, values }: BackgroundColumn,
  members: Int32Array,
  weights: Float64Array,
): { code: string; persons: number; share: number } | null {
  const weightOf = (rows: Int32Array) => compensatedSum(rows.length, (index) => weights[rows[index]!]!);
  const known = weightOf(members.filter((row) => values[row] !== null && codes.includes(values[row]!)));
  let commonest: { code: string; persons: number; weight: number } | null = null;
  for (const code of codes) {
    const rows = members.filter((row) => values[row] === code);
    const weight = weightOf(rows);
    if (weight > (commonest?.weight ?? 0)) commonest = { code, persons: rows.length, weight };
  }
  return commonest && { code: commonest.code, persons: commonest.persons, share: commonest.weight / known };
}
