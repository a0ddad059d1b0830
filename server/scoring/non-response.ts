import type { MissingReason } from "../../data/contracts/codebook.ts";

/** Why an item was not answered by someone who was asked it. */
export type SilenceReason = Exclude<MissingReason, "not_applicable" | "not_asked">;

/** How the persons who were asked an item answered it, counted unweighted. */
export type NonResponse = {
  asked: number;
  answered: number;
  byReason: Record<SilenceReason, number>;
  /** More than 15 % of those asked do not know. */
  manyDontKnow: boolean;
};

/**
 * Item non-response by reason, among those who were asked.
 *
 *   asked = answered + Σ byReason;  manyDontKnow: dont_know/asked > .15                              METHOD §1.3
 *
 * `reasons`: one place per person, null = answered. `not_applicable` and `not_asked` are no part of those asked. With
 * nobody asked all is 0 and nothing flagged. Unweighted: it speaks of the question, not of the population.
 */
export function nonResponseOf(reasons: readonly (MissingReason | null)[]): NonResponse {
  const byReason = { dont_know: 0, refused: 0, no_answer: 0, suppressed_at_source: 0 };
  let answered = 0;
  for (const reason of reasons) {
    if (reason === "not_applicable" || reason === "not_asked") continue;
    if (reason === null) answered++;
    else byReason[reason]++;
  }
  const silent = byReason.dont_know + byReason.refused + byReason.no_answer + byReason.suppressed_at_source;
  const asked = answered + silent;
  return { asked, answered, byReason, manyDontKnow: 100 * byReason.dont_know > MOST_DONT_KNOW * asked };
}

/** Percent. */
const MOST_DONT_KNOW = 15;
