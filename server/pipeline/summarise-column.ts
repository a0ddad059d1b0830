import type { Column, MissingReason } from "../../data/contracts/codebook.ts";
import type { ColumnSummary } from "../../data/contracts/extract.ts";
import type { Meaning } from "./interpret-column.ts";

/** Columns whose answers are a declared list: their counts by answer are worth showing to the steward. */
const LISTED = new Set(["item", "background", "service", "skill", "wave", "contributor"]);
const MOST_LISTED = 400;

/**
 * A column as the steward reads it: valid answers, missing ones by reason, and min, max, mean and counts of the parsed
 * values. Exact, unweighted, before scoring. Categories are counted by their code, answers by their number.
 */
export function summariseColumn(column: Column, texts: readonly { rows: number; meaning: Meaning }[]): ColumnSummary {
  const missing: Partial<Record<MissingReason, number>> = {};
  const counts = new Map<string | number, number>();
  for (const { rows, meaning } of texts) {
    if ("reason" in meaning) missing[meaning.reason] = (missing[meaning.reason] ?? 0) + rows;
    else {
      const value = "number" in meaning ? meaning.number : meaning.code;
      counts.set(value, (counts.get(value) ?? 0) + rows);
    }
  }
  const numbers = [...counts].filter((entry): entry is [number, number] => typeof entry[0] === "number");
  const valid = [...counts.values()].reduce((total, rows) => total + rows, 0);
  const listed = LISTED.has(column.use) && counts.size <= MOST_LISTED;
  const order = [...counts].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return {
    column: column.column,
    use: column.use,
    valid,
    missing,
    min:
      numbers.length > 0 ? numbers.reduce((least, [value]) => Math.min(least, value), Number.POSITIVE_INFINITY) : null,
    max: numbers.length > 0 ? numbers.reduce((most, [value]) => Math.max(most, value), Number.NEGATIVE_INFINITY) : null,
    mean: numbers.length > 0 ? numbers.reduce((total, [value, rows]) => total + value * rows, 0) / valid : null,
    values: listed ? Object.fromEntries(order.map(([value, rows]) => [String(value), rows])) : null,
  };
}
