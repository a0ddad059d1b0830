import type { Scale } from "../../data/contracts/codebook.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { rescaleItem } from "../scoring/rescale.ts";
import type { Answers, Survey } from "./gather-survey.ts";
import { type AnswersOfWave, ONE_WAY, plainMeasure, type Question } from "./questions.ts";
import { names, type ReleaseWords } from "./release-words.ts";
import type { ScoredWave } from "./score-survey.ts";
import { usersOf } from "./universe-of-wave.ts";

/** What the survey asks of the life event's services: who used them, whether the need was met, how it was. */
export function askServices(
  survey: Survey,
  waves: readonly ScoredWave[],
  event: LifeEvent,
  words: ReleaseWords,
): Question[] {
  const asksForUsers = (service: string) =>
    survey.services.some((one) => one.service === service && one.question === "used");
  return survey.services.flatMap(({ service, question, scale }): Question[] => {
    const declared = event.services.find(({ id }) => id === service);
    if (!declared) return [];
    const answers: Question["answers"] = new Map();
    for (const wave of waves) {
      const given = wave.services.get(`${service}.${question}`);
      if (given) answers.set(wave.wave, ofService(wave, service, question, given, scale));
    }
    const mean = question === "experience";
    const asked = words.serviceQuestion(question);
    const measure = plainMeasure({
      id: `service.${service}.${question}`,
      name: names((language) => `${declared.name[language]}: ${asked[language]}`),
      statistics: [mean ? "mean" : "percent"],
      service,
      min: 0,
      max: 100,
      direction: question === "used" ? null : "+",
      asked: [...answers.keys()],
    });
    return [
      {
        measure,
        statistic: mean ? "mean" : "percent",
        kind: mean ? "mean" : "share",
        // Using a service cuts people like a variable, so with another variable that makes two (INTERFACES §5).
        crossed: ONE_WAY,
        ...(question === "used" && { category: { [usersOf(service)]: "used" } }),
        ...(question !== "used" && asksForUsers(service) && { among: { [usersOf(service)]: "used" } }),
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
): AnswersOfWave {
  const used = question === "used" ? undefined : wave.services.get(`${service}.used`)?.values;
  const counts = (person: number) => used === undefined || used[person] === 1;
  const score = (value: number) =>
    scale && !Number.isNaN(value) ? rescaleItem(value, scale.min ?? 0, scale.max ?? 1, "+") : value;
  return {
    values: given.map((value, person) => (counts(person) ? score(value) : Number.NaN)),
    asked: Uint8Array.from(reasons, (reason, person) =>
      counts(person) && reason !== "not_applicable" && reason !== "not_asked" ? 1 : 0,
    ),
    flags: [],
  };
}

/** Each service's users by whether they said so: 0 used, 1 not, 2 not known. Of services that the wave asked who used. */
export function usersByService(wave: ScoredWave): Map<string, Uint16Array> {
  return new Map(
    [...wave.services].flatMap(([key, { values }]): [string, Uint16Array][] => {
      const at = key.lastIndexOf(".");
      if (key.slice(at + 1) !== "used") return [];
      return [[key.slice(0, at), Uint16Array.from(values, (value) => (value === 1 ? 0 : value === 0 ? 1 : 2))]];
    }),
  );
}
