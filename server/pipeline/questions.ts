import type { Scale } from "../../data/contracts/codebook.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { DIMENSIONS, type Names } from "../../data/contracts/names.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { rescaleItem } from "../scoring/rescale.ts";
import type { Answers, Survey } from "./gather-survey.ts";
import type { ScoredWave } from "./score-survey.ts";

/** One measure of persons with its statistic: what each person's number is in each wave that asked it. */
export type Question = {
  measure: Measure;
  kind: "mean" | "share";
  /** Speaks of a service's users alone: counts as one more variable in every cell (INTERFACES §5). */
  ofUsers: boolean;
  /** By wave: a number per person (NaN = none) and who was asked. */
  answers: Map<string, { values: Float64Array; asked: Uint8Array }>;
  /** By wave: what the number is made of. Waves are compared only when it is the same. */
  madeOf: Map<string, string>;
};

/** Every measure that the survey answers: dimensions, items, services. */
export function questionsOf(
  survey: Survey,
  waves: readonly ScoredWave[],
  event: LifeEvent,
  dimensionNames: (id: string) => Names,
  serviceWords: (question: string) => Names,
): Question[] {
  return [
    ...dimensionQuestions(survey, waves, dimensionNames),
    ...itemQuestions(survey, waves),
    ...serviceQuestions(survey, waves, event, serviceWords),
  ];
}

const empty = {
  dimension: null,
  service: null,
  min: null,
  max: null,
  direction: null,
  proxy: false,
  items: [] as string[],
} as const;

function dimensionQuestions(
  survey: Survey,
  waves: readonly ScoredWave[],
  dimensionNames: (id: string) => Names,
): Question[] {
  return DIMENSIONS.flatMap((dimension): Question[] => {
    const items = survey.items.filter(({ column }) => column.dimension === dimension);
    if (items.length === 0) return [];
    const answers: Question["answers"] = new Map();
    const madeOf: Question["madeOf"] = new Map();
    for (const wave of waves) {
      const values = wave.dimensionScores.get(dimension);
      if (!values) continue;
      const scored = items.flatMap(({ id }) => wave.itemScores.get(id) ?? []);
      answers.set(wave.wave, {
        values,
        asked: Uint8Array.from(values.keys(), (person) =>
          scored.some(({ administered }) => administered[person] === 1) ? 1 : 0,
        ),
      });
      madeOf.set(
        wave.wave,
        items
          .map(({ id }) => id)
          .filter((id) => wave.itemScores.has(id))
          .join(" "),
      );
    }
    const measure: Measure = {
      ...empty,
      id: `dimension.${dimension}`,
      name: dimensionNames(dimension),
      statistics: ["mean"],
      dimension,
      min: 0,
      max: 100,
      direction: "+",
      proxy: items.every(({ proxy }) => proxy),
      items: items.map(({ id }) => `item.${id}`),
      asked: [...answers.keys()],
    };
    return [{ measure, kind: "mean", ofUsers: false, answers, madeOf }];
  });
}

function itemQuestions(survey: Survey, waves: readonly ScoredWave[]): Question[] {
  return survey.items.map(({ id, column, proxy }) => {
    const answers: Question["answers"] = new Map();
    for (const wave of waves) {
      const scored = wave.itemScores.get(id);
      if (scored) answers.set(wave.wave, { values: scored.scores, asked: scored.administered });
    }
    const measure: Measure = {
      ...empty,
      id: `item.${id}`,
      name: column.text,
      statistics: ["mean"],
      dimension: column.dimension,
      min: 0,
      max: 100,
      direction: column.direction,
      proxy,
      items: [],
      asked: [...answers.keys()],
    };
    return {
      measure,
      kind: "mean",
      ofUsers: false,
      answers,
      madeOf: new Map([...answers.keys()].map((wave) => [wave, id])),
    };
  });
}

function serviceQuestions(
  survey: Survey,
  waves: readonly ScoredWave[],
  event: LifeEvent,
  serviceWords: (question: string) => Names,
): Question[] {
  return survey.services.flatMap(({ service, question, scale }): Question[] => {
    const declared = event.services.find(({ id }) => id === service);
    if (!declared) return [];
    const answers: Question["answers"] = new Map();
    for (const wave of waves) {
      const given = wave.services.get(`${service}.${question}`);
      if (!given) continue;
      answers.set(wave.wave, ofService(wave, service, question, given, scale));
    }
    const mean = question === "experience";
    const words = serviceWords(question);
    const name = (language: keyof Names) => `${declared.name[language]}: ${words[language]}`;
    const measure: Measure = {
      ...empty,
      id: `service.${service}.${question}`,
      name: { fi: name("fi"), sv: name("sv"), en: name("en") },
      statistics: [mean ? "mean" : "percent"],
      service,
      min: 0,
      max: 100,
      direction: question === "used" ? null : "+",
      asked: [...answers.keys()],
    };
    return [
      {
        measure,
        kind: mean ? "mean" : "share",
        ofUsers: question !== "used",
        answers,
        madeOf: new Map([...answers.keys()].map((wave) => [wave, measure.id])),
      },
    ];
  });
}

/**
 * Answers about a service. Whether it was met and how it was speak of its users alone: where the survey asked who they
 * are, nobody else counts as asked, whatever else they wrote.
 */
function ofService(
  wave: ScoredWave,
  service: string,
  question: string,
  { values: given, reasons }: Answers,
  scale: Scale | null,
): { values: Float64Array; asked: Uint8Array } {
  const used = question === "used" ? undefined : wave.services.get(`${service}.used`)?.values;
  const counts = (person: number) => used === undefined || used[person] === 1;
  const score = (value: number) =>
    scale && !Number.isNaN(value) ? rescaleItem(value, scale.min ?? 0, scale.max ?? 1, "+") : value;
  return {
    values: given.map((value, person) => (counts(person) ? score(value) : Number.NaN)),
    asked: Uint8Array.from(reasons, (reason, person) =>
      counts(person) && reason !== "not_applicable" && reason !== "not_asked" ? 1 : 0,
    ),
  };
}
