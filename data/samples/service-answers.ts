import type { Codebook, ServiceColumn } from "../contracts/codebook.ts";
import type { Random } from "./random.ts";
import { missingCode, type Unanswered, wordOfValue } from "./written-answers.ts";

/**
 * What one person has to say of a service, from the shares of everyone and what of the person moves them, in log odds:
 *
 *   logit P(used)          = logit(use)  + Σ useBy
 *   logit P(need met|used) = logit(help) + Σ helpBy
 *   experience|used        = clip(round(2.2 + 1.7·need met + 0.9·u), 1, 5)          u ~ N(0, 1)
 */
export type ServiceOdds = {
  use: number;
  help: number;
  useBy: readonly (number | undefined)[];
  helpBy: readonly (number | undefined)[];
};
export type ServiceAnswers = {
  used: boolean;
  needMet: boolean;
  experience: number;
  silent: "blank" | "refused" | null;
};

export function drawService(
  odds: ServiceOdds,
  { blank, refused }: Pick<Unanswered, "blank" | "refused">,
  random: Random,
): ServiceAnswers {
  const used = random.chance(probability(odds.use, odds.useBy));
  const needMet = random.chance(probability(odds.help, odds.helpBy));
  const experience = Math.floor(2.2 + (needMet ? 1.7 : 0) + 0.9 * random.normal() + 0.5);
  const way = random.uniform();
  const silent = way < blank ? "blank" : way < blank + refused ? "refused" : null;
  return { used, needMet, experience: Math.min(5, Math.max(1, experience)), silent };
}

/** logit⁻¹(logit(share) + effects). */
export function probability(share: number, effects: readonly (number | undefined)[]): number {
  const odds = (share / (1 - share)) * Math.exp(effects.reduce<number>((sum, effect) => sum + (effect ?? 0), 0));
  return odds / (1 + odds);
}

/** The text of one of a service's three questions; who did not use it is not asked about help and experience. */
export function writeService(
  column: ServiceColumn,
  answers: ServiceAnswers,
  { scales }: Codebook,
  { dontKnow, random }: { dontKnow: number; random: Random },
): string {
  const scale = scales?.[column.scale ?? ""];
  const missing = [...(column.missing ?? []), ...(scale?.missing ?? [])];
  const values = column.values ?? scale?.values;
  const doesNotKnow = random.chance(dontKnow);
  if (answers.silent === "blank") return "";
  if (answers.silent === "refused") return missingCode(missing, "refused");
  if (column.question === "used") return wordOfValue(values!, answers.used ? 1 : 0);
  if (!answers.used) return missingCode(missing, "not_applicable");
  if (column.question === "experience")
    return values ? wordOfValue(values, answers.experience) : String(answers.experience);
  return doesNotKnow ? missingCode(missing, "dont_know") : wordOfValue(values!, answers.needMet ? 1 : 0);
}
