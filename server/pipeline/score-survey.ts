import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import { type ScoredItem, scoreDimension } from "../scoring/dimension-score.ts";
import { type Goalposts, rescaleCount, rescaleItem, rescaleMoney } from "../scoring/rescale.ts";
import { dimensionScoreTwoWay } from "../scoring/two-way.ts";
import { weightedQuantile } from "../statistics/quantile.ts";
import type { Answers, Item, Survey, SurveyWave } from "./gather-survey.ts";

/** A wave with its 0–100 scores: by item, by dimension, and of services' experiences. */
export type ScoredWave = SurveyWave & {
  itemScores: Map<string, ScoredItem>;
  dimensionScores: Map<DimensionId, Float64Array>;
  /** The same with missing answers filled in by two-way imputation: what shows whether a mean depends on them. */
  filledScores: Map<DimensionId, Float64Array>;
  /** The same as `dimensionScores` of the reference wave's items alone: what the frozen segments are made of, whatever is asked later. */
  modelScores: Map<DimensionId, Float64Array>;
};

/**
 * Scores every wave (METHOD §1.2–1.4). The goalposts of money are the reference wave's weighted P5 and P95; a wave is
 * scored by them even where it did not make them. `frozen`: goalposts and items of groupings that an earlier release made.
 */
export function scoreSurvey(
  survey: Survey,
  referenceWave: string,
  frozen: { items: readonly string[]; goalposts: Record<string, Goalposts> } | null = null,
): { waves: ScoredWave[]; goalposts: Record<string, Goalposts>; modelItems: string[] } {
  const goalposts: Record<string, Goalposts> = { ...frozen?.goalposts };
  for (const item of survey.items.filter(({ id, scale }) => scale.type === "money" && !(id in goalposts))) {
    const wave =
      survey.waves.find((entry) => entry.wave === referenceWave && entry.items.has(item.id)) ??
      survey.waves.find((entry) => entry.items.has(item.id));
    const posts = wave && goalpostsOf(wave, item.id);
    if (posts) goalposts[item.id] = posts;
  }
  const reference = survey.waves.find(({ wave }) => wave === referenceWave);
  const modelItems = survey.items.filter(({ id }) => (frozen ? frozen.items.includes(id) : reference?.items.has(id)));
  return {
    goalposts,
    modelItems: modelItems.map(({ id }) => id),
    waves: survey.waves.map((wave) => scoreWave(wave, { all: survey.items, model: modelItems }, goalposts)),
  };
}

/**
 * Weighted P5 and P95; where a twentieth or more have nothing, of those who have something, since a logarithm needs a post
 * above 0. Null where these do not differ: then nobody has a score, as of a question that all answered alike.
 */
function goalpostsOf(wave: SurveyWave, item: string): Goalposts | null {
  const { values } = wave.items.get(item) as Answers;
  const everyone = Int32Array.from(values.keys());
  const posts = (rows: Int32Array) => ({
    low: weightedQuantile(wave.design, values, rows, 0.05) ?? 0,
    high: weightedQuantile(wave.design, values, rows, 0.95) ?? 0,
  });
  let found = posts(everyone);
  if (!(found.low > 0)) found = posts(everyone.filter((row) => (values[row] as number) > 0));
  return found.low > 0 && found.low < found.high ? found : null;
}

function scoreWave(
  wave: SurveyWave,
  items: { all: readonly Item[]; model: readonly Item[] },
  goalposts: Record<string, Goalposts>,
): ScoredWave {
  const itemScores = new Map<string, ScoredItem>();
  for (const item of items.all) {
    const answers = wave.items.get(item.id);
    if (answers) itemScores.set(item.id, scoreItem(answers, item, goalposts[item.id]));
  }
  const dimensionsOf = (some: readonly Item[], score: (items: ScoredItem[]) => Float64Array) => {
    const scores = new Map<DimensionId, Float64Array>();
    for (const dimension of DIMENSIONS) {
      const own = some.filter(({ column }) => column.dimension === dimension);
      const scored = own.flatMap(({ id }) => itemScores.get(id) ?? []);
      if (scored.length > 0) scores.set(dimension, score(scored));
    }
    return scores;
  };
  return {
    ...wave,
    itemScores,
    dimensionScores: dimensionsOf(items.all, scoreDimension),
    filledScores: dimensionsOf(items.all, dimensionScoreTwoWay),
    modelScores: dimensionsOf(items.model, scoreDimension),
  };
}

function scoreItem(
  { values, reasons }: Answers,
  { scale, column }: Item,
  goalposts: Goalposts | undefined,
): ScoredItem {
  const score = (value: number): number => {
    if (Number.isNaN(value)) return value;
    switch (scale.type) {
      case "count":
        return rescaleCount(value, scale.cap as number, column.direction);
      case "money":
        return goalposts ? rescaleMoney(value, goalposts) : Number.NaN;
      case "likert":
      case "scale":
      case "binary":
        return rescaleItem(value, scale.min ?? 0, scale.max ?? 1, column.direction);
    }
  };
  return {
    scores: values.map(score),
    administered: Uint8Array.from(reasons, (reason) => (reason === "not_applicable" || reason === "not_asked" ? 0 : 1)),
  };
}
