import { join } from "node:path";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Release } from "../../data/contracts/release.ts";
import { BAND_CODES } from "../segmentation/bands.ts";
import { TROUBLE_CODES } from "../segmentation/troubles.ts";
import { canonicalJson } from "../store/canonical.ts";
import { writeThrough } from "../store/durable-file.ts";
import type { Judged } from "./estimate-question.ts";
import { codesOfGrouping, type Groupings } from "./group-survey.ts";
import type { ScoredWave } from "./score-survey.ts";

/** What a release was made of, for its steward. */
export type StewardCopy = {
  scored: { waves: readonly ScoredWave[]; goalposts: Record<string, unknown>; modelItems: readonly string[] };
  groupings: Groupings;
  judged: readonly Judged[];
};

/**
 * What the steward may inspect on their own machine and nobody else: who got which group (by line of the file), scores,
 * the frozen model, what other methods say for analysts, unrounded cells. Kept in the vault, private to its owner. Segments stand here whether the verdict
 * publishes them or not.
 */
export function keepForSteward(
  folder: string,
  release: Release,
  { scored, groupings, judged }: StewardCopy,
  reasonForK: string | null,
): void {
  const keep = (name: string, bytes: string) => writeThrough(join(folder, name), bytes, 0o600);
  const labels = ["line,segment,wave,extract,band,troubles"];
  const dimensions = release.measures.flatMap(({ id, dimension }) =>
    id.startsWith("dimension.") && dimension ? [dimension] : [],
  );
  const scores = [["line", "wave", "extract", ...dimensions].join(",")];
  scored.waves.forEach((wave, place) => {
    const codesOf = (grouping: "segment" | "band" | "troubles", codes: readonly string[]) =>
      codesOfGrouping(groupings.waves[place]?.groups.get(grouping) ?? new Int32Array(), codes);
    const [segments, bands, troubles] = [
      codesOf("segment", groupings.model?.labels ?? []),
      codesOf("band", BAND_CODES),
      codesOf("troubles", TROUBLE_CODES),
    ];
    wave.source.forEach(({ extract, line }, person) => {
      const groups = [bands, troubles].map((codes) => codes[person] ?? "");
      labels.push([line, segments[person] ?? "", wave.wave, extract, ...groups].join(","));
      const values = dimensions.map((dimension) => wave.dimensionScores.get(dimension)?.[person] ?? Number.NaN);
      scores.push([line, wave.wave, extract, ...values.map((value) => (Number.isNaN(value) ? "" : value))].join(","));
    });
  });
  const cells = ["key,kind,value,low,high,standard_error,degrees_of_freedom,n"];
  for (const { cell, estimate } of judged)
    cells.push(
      [
        cellKey(cell.measure, cell.statistic, cell.at),
        cell.figure.kind,
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
  const { found } = groupings;
  keep("labels.csv", `${labels.join("\n")}\n`);
  keep("scores.csv", `${scores.join("\n")}\n`);
  keep("cells.csv", `${cells.join("\n")}\n`);
  keep(
    "model.json",
    `${canonicalJson({ release: release.id, verdict: found.verdict, model: groupings.model, bands: groupings.bands, items: scored.modelItems, leftOut: found.leftOut, tried: found.tried.map(({ solution, ...tried }) => ({ ...tried, objective: solution.objective })), structure: found.structure, goalposts: scored.goalposts, reasonForK })}\n`,
  );
  keep("analysts.json", `${canonicalJson({ release: release.id, alternatives: found.analysts })}\n`);
}
