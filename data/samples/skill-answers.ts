import type { Column } from "../contracts/codebook.ts";
import type { Random } from "./random.ts";
import { probability } from "./service-answers.ts";
import { missingCode, type Unanswered, wordOfValue } from "./written-answers.ts";

/**
 * Whether a person can do something well enough for work, from the share of everyone and what of the person moves it:
 *
 *   logit P(held) = logit(share) + Σ heldBy
 */
export type SkillOdds = { share: number; heldBy: readonly (number | undefined)[] };

/** The text of the answer to "I can do this well enough for work", or of why there is none. */
export function drawSkill(
  { values, missing = [] }: Extract<Column, { use: "skill" }>,
  { share, heldBy }: SkillOdds,
  { blank, dontKnow, refused }: Unanswered,
  random: Random,
): string {
  const held = random.chance(probability(share, heldBy));
  const way = random.uniform();
  if (way < blank) return "";
  if (way < blank + dontKnow) return missingCode(missing, "dont_know");
  if (way < blank + dontKnow + refused) return missingCode(missing, "refused");
  return wordOfValue(values!, held ? 1 : 0);
}
