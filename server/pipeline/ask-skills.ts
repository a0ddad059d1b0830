import type { Survey } from "./gather-survey.ts";
import { ONE_WAY, plainMeasure, type Question } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";
import type { ScoredWave } from "./score-survey.ts";

export const heldMeasure = (skill: string) => `skill.${skill}.held`;

/**
 * What the survey asks of skills: who can do each well enough for work, as a share of those who answered, in tables of one variable.
 * A skill is an answer, not a variable of the release: nothing is cut by it.
 */
export function askSkills(survey: Survey, waves: readonly ScoredWave[], words: ReleaseWords): Question[] {
  return survey.skills.map(({ id, name }): Question => {
    const answers: Question["answers"] = new Map();
    for (const wave of waves) {
      const given = wave.skills.get(id);
      if (!given) continue;
      const asked = Uint8Array.from(given.reasons, (reason) =>
        reason === "not_applicable" || reason === "not_asked" ? 0 : 1,
      );
      answers.set(wave.wave, { values: given.values, asked, flags: [] });
    }
    const measure = plainMeasure({
      id: heldMeasure(id),
      name: words.word("skill.held", (language) => ({ skill: name[language] })),
      statistics: ["percent"],
      min: 0,
      max: 100,
      asked: [...answers.keys()],
    });
    return {
      ...{ measure, statistic: "percent", kind: "share", crossed: ONE_WAY, answers },
      madeOf: new Map([...answers.keys()].map((wave) => [wave, measure.id])),
    };
  });
}
