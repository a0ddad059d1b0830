import { join } from "node:path";
import type { Release } from "../../data/contracts/release.ts";
import { canonicalJson } from "../store/canonical.ts";
import { writeThrough } from "../store/durable-file.ts";
import type { CellEstimator } from "./estimate-cells.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { Segmented } from "./segment-survey.ts";

/**
 * What the steward may inspect on their own machine and nobody else: who got which segment (by line of the file), scores,
 * the frozen model, unrounded cells. Kept in the vault, private to its owner.
 */
export function keepForSteward(
  folder: string,
  release: Release,
  {
    scored,
    segmented,
    estimator,
  }: {
    scored: { waves: readonly ScoredWave[]; goalposts: Record<string, unknown>; modelItems: readonly string[] };
    segmented: Segmented;
    estimator: CellEstimator;
  },
  reasonForK: string | null,
): void {
  const keep = (name: string, bytes: string) => writeThrough(join(folder, name), bytes, 0o600);
  const labels = ["line,segment,wave,extract"];
  const dimensions = release.measures.flatMap(({ id, dimension }) =>
    id.startsWith("dimension.") && dimension ? [dimension] : [],
  );
  const scores = [["line", "wave", "extract", ...dimensions].join(",")];
  for (const wave of scored.waves)
    wave.source.forEach(({ extract, line }, person) => {
      labels.push([line, segmented.codes.get(wave.wave)?.[person] ?? "", wave.wave, extract].join(","));
      const values = dimensions.map((dimension) => wave.dimensionScores.get(dimension)?.[person] ?? Number.NaN);
      scores.push([line, wave.wave, extract, ...values.map((value) => (Number.isNaN(value) ? "" : value))].join(","));
    });
  const cells = ["key,kind,value,low,high,standard_error,degrees_of_freedom,n"];
  for (const { key, kind, estimate } of estimator.unrounded())
    cells.push(
      [
        key,
        kind,
        estimate?.mean,
        estimate?.low,
        estimate?.high,
        estimate?.standardError,
        estimate?.degreesOfFreedom,
        estimate?.n,
      ]
        .map((entry) => entry ?? "")
        .join(","),
    );
  keep("labels.csv", `${labels.join("\n")}\n`);
  keep("scores.csv", `${scores.join("\n")}\n`);
  keep("cells.csv", `${cells.join("\n")}\n`);
  keep(
    "model.json",
    `${canonicalJson({ release: release.id, verdict: segmented.verdict, model: segmented.model, items: scored.modelItems, leftOut: segmented.leftOut, silhouettes: segmented.silhouettes, goalposts: scored.goalposts, reasonForK })}\n`,
  );
}
