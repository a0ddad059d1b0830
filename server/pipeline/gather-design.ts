import type { Codebook } from "../../data/contracts/codebook.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { type Design, rescaleWeights } from "../statistics/design.ts";
import { canonicalJson } from "../store/canonical.ts";
import type { StoredColumn, StoredRows } from "../store/microdata/read-rows.ts";
import type { ChosenExtract } from "./choose-extracts.ts";

/** A row of a wave: which extract it stands in, where, and who contributed it. */
export type Row = { hash: string; part: number; index: number; contributor: string };

/**
 * Weights on one scale (METHOD §2.1: contributors become strata, their weights rescaled), strata and sampling units
 * numbered in the order in which they come, replicate weights where every extract of the wave brings them.
 */
export function gatherDesign(
  rows: readonly Row[],
  parts: readonly ChosenExtract[],
  storedAt: (part: number, column: number) => StoredColumn | undefined,
): Design {
  const number = numbering();
  const unitNumber = numbering();
  const contributorNumber = numbering();
  const populations: (number | null)[] = [];
  const given = new Float64Array(rows.length);
  const contributors = new Int32Array(rows.length);
  const strata = new Int32Array(rows.length);
  const units = new Int32Array(rows.length);
  rows.forEach(({ part, index, contributor }, place) => {
    const { codebook } = parts[part] as ChosenExtract;
    const code = (use: string) => storedAt(part, columnOf(codebook, use))?.codes[index];
    const stratum = `${contributor}\u0000${code("stratum") ?? ""}`;
    const unit = code("psu");
    given[place] = storedAt(part, columnOf(codebook, "weight"))?.numbers[index] ?? 1;
    contributors[place] = contributorNumber(contributor);
    // Of a file of several contributors the population is that of all of them.
    const alone = columnOf(codebook, "contributor") < 0;
    populations[contributors[place] as number] = alone ? (codebook.population?.size ?? null) : null;
    strata[place] = number(stratum);
    units[place] = unitNumber(unit === undefined || unit === null ? `row ${place}` : `${stratum}\u0000${unit}`);
  });
  const several = populations.length > 1;
  const weights = several ? rescaleWeights(given, contributors, populations).weights : given;
  const replicates = gatherReplicates(rows, parts, { given, weights, storedAt });
  return { weights, strata, units, ...(replicates && { replicates }) };
}

/** A wave of several extracts has one set of replicate weights or none: as many, and to be used alike. */
export function replicatesDiffer(wave: string, rows: readonly Row[], parts: readonly ChosenExtract[]): Problem[] {
  const used = [...new Set(rows.map(({ part }) => part))];
  const settings = new Set(used.map((part) => canonicalJson(replicatesOf((parts[part] as ChosenExtract).codebook))));
  return settings.size > 1 ? [{ code: "replicates-differ", where: {}, fields: { wave } }] : [];
}

/** Rows with a weight but without one of its replicates would be in some replicates only. */
export function replicatesMissing({ codebook }: ChosenExtract, { columns }: StoredRows): Problem[] {
  if (!replicatesOf(codebook)) return [];
  const weights = columns.get(columnOf(codebook, "weight"))?.numbers;
  const replicates = codebook.columns.flatMap(({ use }, index) =>
    use === "replicate" ? [columns.get(index)?.numbers ?? new Float64Array()] : [],
  );
  const counts = (row: number) => weights === undefined || (weights[row] as number) > 0;
  const lacks = (row: number) => replicates.some((replicate) => !((replicate[row] as number) >= 0));
  const count = Array.from(replicates[0] ?? [], (_, row) => row).filter((row) => counts(row) && lacks(row)).length;
  return count > 0 ? [{ code: "replicate-missing", where: {}, fields: { codebook: codebook.id, count } }] : [];
}

/** What of a codebook decides how its replicate weights are used; null without any. */
function replicatesOf({ columns, replicates }: Codebook) {
  const count = columns.filter(({ use }) => use === "replicate").length;
  if (!replicates || count === 0) return null;
  return {
    count,
    scale: replicates.scale,
    rscales: replicates.rscales ?? new Array<number>(count).fill(1),
    mse: replicates.mse ?? false,
  };
}

/** Each replicate's weights, brought to the scale of the weights row by row. */
function gatherReplicates(
  rows: readonly Row[],
  parts: readonly ChosenExtract[],
  {
    given,
    weights,
    storedAt,
  }: {
    given: Float64Array;
    weights: Float64Array;
    storedAt: (part: number, column: number) => StoredColumn | undefined;
  },
): Design["replicates"] | null {
  const first = parts[rows[0]?.part ?? 0];
  const settings = first ? replicatesOf(first.codebook) : null;
  if (!settings) return null;
  const columns = parts.map(({ codebook }) =>
    codebook.columns.flatMap(({ use }, index) => (use === "replicate" ? [index] : [])),
  );
  return {
    scale: settings.scale,
    rscales: Float64Array.from(settings.rscales),
    mse: settings.mse,
    weights: Array.from({ length: settings.count }, (_, replicate) =>
      Float64Array.from(rows, ({ part, index }, place) => {
        const weight = storedAt(part, columns[part]?.[replicate] ?? -1)?.numbers[index] ?? 0;
        return (weight * (weights[place] as number)) / (given[place] as number);
      }),
    ),
  };
}

/** The place of the one column of a use; −1 without. */
export function columnOf(codebook: Codebook, use: string): number {
  return codebook.columns.findIndex((column) => column.use === use);
}

/** Numbers texts from 0 in the order in which they come. */
export function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}
