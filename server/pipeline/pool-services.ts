import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { rescaleItem } from "../scoring/rescale.ts";
import type { Answers, Survey, SurveyWave } from "./gather-survey.ts";
import { names, type ReleaseWords } from "./release-words.ts";

/** Whoever gives a service is a data subject too (METHOD §7.3 rule 7). */
const FEWEST_STAFF = 5;
/** All services of fewer staff as one. */
const POOLED = "small-services";

/**
 * Services with fewer than five members of staff are one service together: used where any of them was, met where every need was
 * that was told of, the experience their mean. Where the staff of all of them is fewer than five, nothing is told.
 */
export function poolSmallServices(
  { survey, event }: { survey: Survey; event: LifeEvent },
  words: ReleaseWords,
): { survey: Survey; event: LifeEvent } {
  const small = event.services.filter(({ staff }) => staff !== undefined && staff < FEWEST_STAFF);
  if (small.length === 0) return { survey, event };
  const ids = new Set(small.map(({ id }) => id));
  const staff = small.reduce((sum, one) => sum + (one.staff as number), 0);
  const isPooled = staff >= FEWEST_STAFF;
  const own = survey.services.filter(({ service }) => ids.has(service));
  const questions = isPooled ? [...new Set(own.map(({ question }) => question))] : [];
  const list = small.map(({ name }) => name);
  return {
    survey: {
      ...survey,
      services: [
        ...survey.services.filter(({ service }) => !ids.has(service)),
        ...questions.map((question) => ({ service: POOLED, question, scale: null })),
      ],
      waves: survey.waves.map((wave) => ({ ...wave, services: poolAnswers(wave, own, questions) })),
    },
    event: {
      ...event,
      services: [
        ...event.services.filter(({ id }) => !ids.has(id)),
        ...(isPooled
          ? [
              {
                id: POOLED,
                name: words.word("small-services", (language) => ({
                  list: list.map((name) => name[language]).join(", "),
                })),
                organisation: POOLED,
                organisationName: names((language) =>
                  [...new Set(small.map((one) => one.organisationName?.[language] ?? one.organisation))].join(", "),
                ),
                staff,
              },
            ]
          : []),
      ],
    },
  };
}

function poolAnswers(
  { services, persons }: SurveyWave,
  small: Survey["services"],
  questions: readonly string[],
): SurveyWave["services"] {
  const kept = new Map([...services].filter(([key]) => !small.some((one) => key === `${one.service}.${one.question}`)));
  for (const question of questions) {
    const given = small.flatMap(({ service, question: asked, scale }) => {
      const answers = asked === question ? services.get(`${service}.${asked}`) : undefined;
      const score = (value: number) =>
        scale && question === "experience" ? rescaleItem(value, scale.min ?? 0, scale.max ?? 1, "+") : value;
      return answers ? [{ ...answers, values: answers.values.map(score) }] : [];
    });
    if (given.length > 0) kept.set(`${POOLED}.${question}`, together(given, question, persons));
  }
  return kept;
}

/** One answer of each person from those given: of who told nothing, the first reason. */
function together(given: readonly Answers[], question: string, persons: number): Answers {
  const values = new Float64Array(persons).fill(Number.NaN);
  const reasons: Answers["reasons"] = new Array(persons).fill(null);
  for (let person = 0; person < persons; person++) {
    const told = given.map((one) => one.values[person] as number).filter((value) => !Number.isNaN(value));
    // Who used none of those that were asked about may have used one that was not told of.
    const isSilent = told.length === 0 || (question === "used" && told.length < given.length && !told.includes(1));
    if (isSilent) reasons[person] = given.find((one) => one.reasons[person] !== null)?.reasons[person] ?? "no_answer";
    else if (question === "used") values[person] = Math.max(...told);
    else if (question === "need-met") values[person] = Math.min(...told);
    else values[person] = told.reduce((sum, value) => sum + value, 0) / told.length;
  }
  return { values, reasons };
}
