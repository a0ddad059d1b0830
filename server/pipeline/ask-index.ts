import { cellKey } from "../../data/contracts/cell-key.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { IndexSensitivity } from "../../data/contracts/release.ts";
import { rankSensitivity } from "../scoring/rank-sensitivity.ts";
import { type IndexRule, summaryIndex } from "../scoring/summary-index.ts";
import { createRandom } from "../segmentation/random.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import { isGrouping } from "./cut-waves.ts";
import type { Judged } from "./estimate-question.ts";
import type { Seeds } from "./find-segments.ts";
import { EVERYWHERE, plainMeasure, type Question } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";
import type { ScoredWave } from "./score-survey.ts";

type AskedIndex = NonNullable<LifeEvent["summaryIndex"]>;
type Dimensions = readonly (keyof NonNullable<AskedIndex["weights"]> & string)[];

/** The optional summary index over the usable dimensions (METHOD §1.7). None where fewer than five are usable. */
export function askIndex(
  asked: AskedIndex | undefined,
  dimensions: Dimensions,
  waves: readonly ScoredWave[],
  words: ReleaseWords,
): Question[] {
  if (!asked || !hasWeight(asked, dimensions)) return [];
  const answers: Question["answers"] = new Map();
  for (const wave of waves) {
    const columns = dimensions.map((dimension) => wave.dimensionScores.get(dimension) ?? noScores(wave));
    const values = summaryIndex(columns, ruleOf(asked, dimensions));
    if (values) answers.set(wave.wave, { values, asked: new Uint8Array(wave.persons).fill(1), flags: [] });
  }
  if (answers.size === 0) return [];
  const madeOf = (wave: ScoredWave) => dimensions.filter((dimension) => wave.dimensionScores.has(dimension)).join(" ");
  return [
    {
      measure: plainMeasure({
        id: "index.summary",
        name: words.word("index.summary"),
        statistics: ["mean"],
        min: 0,
        max: 100,
        direction: "+",
        items: dimensions.map((dimension) => `dimension.${dimension}`),
        asked: [...answers.keys()],
      }),
      statistic: "mean",
      kind: "mean",
      crossed: EVERYWHERE,
      answers,
      madeOf: new Map(waves.map((wave) => [wave.wave, madeOf(wave)])),
    },
  ];
}

/**
 * How far the order of the codes of each background by the index depends on the dimensions' weights: of the published
 * means alone, so that nothing is told that is not already shown.
 */
export function describeIndexSensitivity(
  { asked, dimensions }: { asked: AskedIndex | undefined; dimensions: Dimensions },
  {
    waves,
    lattice,
    published,
  }: { waves: readonly CutWave[]; lattice: Lattice; published: ReadonlyMap<string, Judged> },
  seedFor: Seeds,
): IndexSensitivity[] {
  if (!asked || !hasWeight(asked, dimensions)) return [];
  const shown = (key: string) => {
    const figure = published.get(key)?.cell.figure;
    return figure?.kind === "value" ? figure.value : null;
  };
  return waves.flatMap(({ wave }) =>
    [...lattice.codes].flatMap(([variable, codes]): IndexSensitivity[] => {
      if (isGrouping(variable)) return [];
      const units = codes.flatMap((code) => {
        const at = { wave, [variable]: code };
        const means = dimensions.map((dimension) => shown(cellKey(`dimension.${dimension}`, "mean", at)));
        const index = shown(cellKey("index.summary", "mean", at));
        return index === null || means.includes(null) ? [] : [{ code, index, means: means as number[] }];
      });
      if (units.length < 2) return [];
      const random = createRandom(seedFor(`index ${wave} ${variable}`, 0));
      const found = rankSensitivity(
        units.map(({ means }) => means),
        random,
        1000,
        ruleOf(asked, dimensions),
      );
      const ranks = units.flatMap(({ code, index }, unit) => {
        const band = found.bands[unit];
        // The rank is that of the index as it is shown, which is made of persons and not of means.
        const rank = 1 + units.filter((other) => other.index > index).length;
        return band ? [{ code, rank, low: Math.min(rank, band.low), high: Math.max(rank, band.high) }] : [];
      });
      return [{ wave, variable, ranks, dependsOnWeights: found.dependsOnWeights }];
    }),
  );
}

/** Weights may all be of dimensions that turned out not to be usable: then there is no index. */
function hasWeight({ weights }: AskedIndex, dimensions: Dimensions): boolean {
  return !weights || dimensions.some((dimension) => (weights[dimension] ?? 0) > 0);
}

function ruleOf({ mean, weights }: AskedIndex, dimensions: Dimensions): IndexRule {
  return weights ? { mean, weights: dimensions.map((dimension) => weights[dimension] ?? 0) } : { mean };
}

function noScores(wave: ScoredWave): Float64Array {
  return new Float64Array(wave.persons).fill(Number.NaN);
}
