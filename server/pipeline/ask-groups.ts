import type { CutWave } from "./cut-waves.ts";
import type { Groupings } from "./group-survey.ts";
import { type AnswersOfWave, plainMeasure, type Question } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";

/** Who could not be placed in a group, and who lies far from every segment: shares like any other (METHOD §3.2, §3.6). */
export function askGroups(groupings: Groupings, waves: readonly CutWave[], words: ReleaseWords): Question[] {
  if (groupings.dimensions.length === 0) return [];
  const everyone = (values: Float64Array): AnswersOfWave => ({
    values,
    asked: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
    flags: [],
  });
  const placed = new Map(
    groupings.waves.map(({ wave, groups }) => {
      const troubles = groups.get("troubles") as Int32Array;
      return [wave, everyone(Float64Array.from(troubles, (group) => (group < 0 ? 1 : 0)))];
    }),
  );
  const atypical = new Map(
    groupings.waves.flatMap(({ wave, atypical: far }) => (far ? [[wave, everyone(far)] as const] : [])),
  );
  const madeOf = new Map(waves.map(({ wave }) => [wave, "groups"]));
  const ask = (id: "unclassifiable" | "atypical", answers: Question["answers"], variables: number): Question => ({
    ...(id === "unclassifiable" && { ofAll: "unplaced" as const }),
    measure: plainMeasure({
      id,
      name: words.word(id),
      statistics: ["percent"],
      direction: "-",
      asked: [...answers.keys()],
    }),
    statistic: "percent",
    kind: "share",
    crossed: { variables, groupings: false },
    answers,
    madeOf,
  });
  return [ask("unclassifiable", placed, 1), ...(groupings.codes.has("segment") ? [ask("atypical", atypical, 0)] : [])];
}
