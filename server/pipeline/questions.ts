import type { Flag, Statistic } from "../../data/contracts/cell.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { lowColumns } from "../segmentation/troubles.ts";
import type { Item, Survey } from "./gather-survey.ts";
import type { ReleaseWords } from "./release-words.ts";
import type { ScoredWave } from "./score-survey.ts";

/** One wave's answers to a measure: a number per person (NaN = none), who was asked, and what its cells must say. */
export type AnswersOfWave = {
  values: Float64Array;
  asked: Uint8Array;
  flags: readonly Flag[];
  /** The numbers, were nothing missing: two-way imputation (METHOD §1.4). */
  filled?: Float64Array;
};

/** One measure of persons with its statistic: what each person's number is in each wave that asked it. */
export type Question = {
  measure: Measure;
  statistic: Statistic;
  kind: "mean" | "share" | "median";
  /**
   * Which tables it stands in: at most this many variables beside the wave, the groupings or not. What speaks of a
   * service's users alone counts as one variable more (INTERFACES §5).
   */
  crossed: { variables: number; groupings: boolean };
  /** Of a share: the cell of those who have the event, beside the cell's own codes, where that is a cell of the release too. */
  category?: Readonly<Record<string, string>>;
  /** What the persons it speaks of are, beside the cell's own codes: users of a service. */
  among?: Readonly<Record<string, string>>;
  /**
   * Speaks of respondents who are left out of the figures as well: of those who could not be placed beside those who could, or
   * of everyone who was asked.
   */
  ofAll?: "unplaced" | "asked";
  answers: Map<string, AnswersOfWave>;
  /** By wave: what the number is made of. Waves are compared only when it is the same. */
  madeOf: Map<string, string>;
};

export const EVERYWHERE = { variables: Number.POSITIVE_INFINITY, groupings: true };
export const ONE_WAY = { variables: 1, groupings: true };

/** A measure of which only this much is to be said. */
export const plainMeasure = (
  measure: Pick<Measure, "id" | "name" | "statistics" | "asked"> & Partial<Measure>,
): Measure => ({
  dimension: null,
  service: null,
  min: null,
  max: null,
  direction: null,
  proxy: false,
  items: [],
  ...measure,
});

/** Everything that the survey's scores answer: dimensions and items, how many are low, what money they have. */
export function askScores(
  survey: Survey,
  waves: readonly ScoredWave[],
  words: ReleaseWords,
  differing: (wave: string, item: string) => boolean,
): Question[] {
  const flagsOf = (items: readonly Item[], wave: string): Flag[] => [
    ...(items.every(({ proxy }) => proxy) ? ["proxy" as const] : []),
    ...(items.length === 1 && differing(wave, items[0]?.id ?? "") ? ["behaves-differently" as const] : []),
  ];
  return [
    ...DIMENSIONS.flatMap((dimension) => {
      const items = survey.items.filter(({ column }) => column.dimension === dimension);
      return items.length > 0 ? askDimension(dimension, items, waves, words, flagsOf) : [];
    }),
    ...survey.items.flatMap((item) => askItem(item, waves, words, flagsOf)),
  ];
}

function askDimension(
  dimension: (typeof DIMENSIONS)[number],
  items: readonly Item[],
  waves: readonly ScoredWave[],
  words: ReleaseWords,
  flagsOf: (items: readonly Item[], wave: string) => Flag[],
): Question[] {
  const answers: Question["answers"] = new Map();
  const low: Question["answers"] = new Map();
  const madeOf: Question["madeOf"] = new Map();
  for (const wave of waves) {
    const values = wave.dimensionScores.get(dimension);
    if (!values) continue;
    const scored = items.filter(({ id }) => wave.itemScores.has(id));
    const asked = Uint8Array.from(values.keys(), (person) =>
      scored.some(({ id }) => wave.itemScores.get(id)?.administered[person] === 1) ? 1 : 0,
    );
    const filled = wave.filledScores.get(dimension);
    const flags = flagsOf(items, wave.wave);
    answers.set(wave.wave, { values, asked, flags, ...(filled && { filled }) });
    const [isLow] = lowColumns([dimension], [{ dimension, values }]);
    low.set(wave.wave, { values: isLow as Float64Array, asked, flags });
    madeOf.set(wave.wave, scored.map(({ id }) => id).join(" "));
  }
  const named = words.measures(dimension);
  const measure = plainMeasure({
    id: `dimension.${dimension}`,
    name: named.dimension,
    statistics: ["mean"],
    dimension,
    min: 0,
    max: 100,
    direction: "+",
    proxy: items.every(({ proxy }) => proxy),
    items: items.map(({ id }) => `item.${id}`),
    asked: [...answers.keys()],
  });
  const share = { ...measure, id: `low.${dimension}`, name: named.low, statistics: ["percent" as const], items: [] };
  return [
    { measure, statistic: "mean", kind: "mean", crossed: EVERYWHERE, answers, madeOf },
    {
      measure: { ...share, direction: "-" },
      statistic: "percent",
      kind: "share",
      crossed: ONE_WAY,
      answers: low,
      madeOf,
    },
  ];
}

function askItem(
  { id, column, scale, proxy }: Item,
  waves: readonly ScoredWave[],
  words: ReleaseWords,
  flagsOf: (items: readonly Item[], wave: string) => Flag[],
): Question[] {
  const answers: Question["answers"] = new Map();
  const amounts: Question["answers"] = new Map();
  const reasons = new Map<MissingReasonShown, Question["answers"]>();
  for (const wave of waves) {
    const scored = wave.itemScores.get(id);
    const given = wave.items.get(id);
    if (!scored || !given) continue;
    const flags = flagsOf([{ id, column, scale, proxy }], wave.wave);
    answers.set(wave.wave, { values: scored.scores, asked: scored.administered, flags });
    amounts.set(wave.wave, { values: given.values, asked: scored.administered, flags });
    for (const reason of MISSING_SHOWN) {
      const values = Float64Array.from(given.reasons, (why, person) =>
        scored.administered[person] === 1 ? Number(why === reason) : Number.NaN,
      );
      const ofReason = reasons.get(reason) ?? new Map();
      reasons.set(reason, ofReason.set(wave.wave, { values, asked: scored.administered, flags: [] }));
    }
  }
  const asked = [...answers.keys()];
  const madeOf = new Map(asked.map((wave) => [wave, id]));
  const money = scale.type === "money";
  const measure = plainMeasure({
    id: `item.${id}`,
    name: column.text,
    statistics: money ? ["mean", "median"] : ["mean"],
    dimension: column.dimension,
    min: 0,
    max: 100,
    direction: column.direction,
    proxy,
    asked,
  });
  return [
    { measure, statistic: "mean", kind: "mean", crossed: EVERYWHERE, answers, madeOf },
    ...(money
      ? [{ measure, statistic: "median" as const, kind: "median" as const, crossed: ONE_WAY, answers: amounts, madeOf }]
      : []),
    ...[...reasons].filter(isGiven).map(([reason, ofReason]): Question => {
      const name = words.missing(reason, column.text);
      return {
        measure: plainMeasure({
          id: `missing.${id}.${reason}`,
          name,
          statistics: ["percent"],
          dimension: column.dimension,
          asked: [...ofReason.keys()],
        }),
        statistic: "percent",
        kind: "share",
        crossed: { variables: 0, groupings: false },
        ofAll: "asked",
        answers: ofReason,
        madeOf,
      };
    }),
  ];
}

/** A reason that somebody gave in some wave; in a wave where nobody did it is very few, not a question that was not asked. */
function isGiven([, answers]: [MissingReasonShown, Question["answers"]]): boolean {
  return [...answers.values()].some(({ values }) => values.includes(1));
}

/** Why an answer is missing that was asked for (METHOD §1.3). */
export const MISSING_SHOWN = ["dont_know", "refused", "no_answer"] as const;
export type MissingReasonShown = (typeof MISSING_SHOWN)[number];
