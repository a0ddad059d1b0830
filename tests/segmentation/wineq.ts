import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { type DimensionId, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import { scoreDimension } from "../../server/scoring/dimension-score.ts";
import { rescaleItem } from "../../server/scoring/rescale.ts";
import type { DimensionScores } from "../../server/segmentation/standardise.ts";
import { ROOT, SHARED } from "../command.ts";

const RAW = join(SHARED, "data", "wineq_wellbeing_2015_2019", "data.csv");

/** The raw file is not copied here (GPL-3): without it the tests on it are skipped. */
export const WINEQ_IS_HERE = existsSync(RAW);

export type WineqWave = {
  scores: DimensionScores[];
  subjective: Float64Array;
  weights: Float64Array;
};

type Codebook = { columns: { column: string; use: string; dimension?: DimensionId; direction?: "+" | "-" }[] };

/** The D1–D8 and SWB scores of one wave, from the raw file by the codebook of tests/real: items 1–5, METHOD §1.2 and §1.4. */
export function readWineq(year: "2015" | "2019"): WineqWave {
  const codebook = JSON.parse(readFileSync(join(ROOT, "tests", "real", "wineq.codebook.json"), "utf8")) as Codebook;
  const { data } = Papa.parse<Record<string, string>>(readFileSync(RAW, "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  const rows = data.filter((row) => row.Year === year);
  const scoreOf = (dimension: DimensionId) => {
    const items = codebook.columns.filter((column) => column.use === "item" && column.dimension === dimension);
    return scoreDimension(
      items.map(({ column, direction }) => ({
        scores: Float64Array.from(rows, (row) => rescaleItem(Number(row[column]), 1, 5, direction!)),
        administered: new Uint8Array(rows.length).fill(1),
      })),
    );
  };
  return {
    scores: SEGMENTING_DIMENSIONS.map((dimension) => ({ dimension, values: scoreOf(dimension) })),
    subjective: scoreOf("subjective"),
    weights: Float64Array.from(rows, (row) => Number(row.Weight)),
  };
}

/** Share of each group, whole percent, and the mean of a score in it to one decimal; rows with −1 left out. */
export function percentsOf(groups: Int32Array, count: number): number[] {
  const placed = groups.filter((group) => group >= 0).length;
  return Array.from({ length: count }, (_, group) => {
    return Math.round((100 * groups.filter((own) => own === group).length) / placed);
  });
}
