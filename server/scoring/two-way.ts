import { compensatedSum } from "../statistics/sum.ts";
import { requireItems, type ScoredItem } from "./dimension-score.ts";

/**
 * Score of a dimension for each person as if nothing were missing: what a person left unsaid is guessed from what the
 * person says of the other items and what others say of this one.
 *
 *   TW_ij = x̄_i + x̄_j − x̄ where person i was asked item j and did not answer;  S_i = mean of the answered and guessed
 *   x̄_i: mean of the person's answers, x̄_j of the item's, x̄ of all      Bernaards & Sijtsma (2000); METHOD §1.4
 *
 * Means are unweighted, over the answers given in this dimension and wave. Not clipped to 0–100. What a person was not
 * asked, and items that nobody answered, are left out. NaN for a person without an answer. RangeErrors of scoreDimension.
 */
export function dimensionScoreTwoWay(items: readonly ScoredItem[]): Float64Array {
  const persons = requireItems(items);
  const answeredItems = items.filter(({ scores }) => answersOf(scores).length > 0);
  const grandMean = meanOf(Float64Array.from(answeredItems.flatMap(({ scores }) => [...answersOf(scores)])));
  const effects = answeredItems.map(({ scores }) => meanOf(answersOf(scores)) - grandMean);
  return Float64Array.from({ length: persons }, (_, person) => scorePerson(answeredItems, effects, person));
}

/**
 * Whether a published mean depends on missing answers: it moves by more than 1 point when they are guessed.
 *
 *   |ȳ − ȳ_TW| > 1                                            METHOD §1.4; both means weighted, of the same group
 */
export function dependsOnMissingAnswers(mean: number, meanTwoWay: number): boolean {
  return Math.abs(mean - meanTwoWay) > GREATEST_MOVE;
}

const GREATEST_MOVE = 1;

/** `effects`: how far each item's mean lies from the grand mean. */
function scorePerson(items: readonly ScoredItem[], effects: readonly number[], person: number): number {
  const answers = answersOf(Float64Array.from(items, ({ scores }) => scores[person]!));
  if (answers.length === 0) return Number.NaN;
  const personMean = meanOf(answers);
  const guesses = effects
    .filter((_, item) => items[item]!.administered[person] === 1 && Number.isNaN(items[item]!.scores[person]!))
    .map((effect) => personMean + effect);
  return meanOf(Float64Array.of(...answers, ...guesses));
}

function answersOf(scores: Float64Array): Float64Array {
  return scores.filter((score) => !Number.isNaN(score));
}

function meanOf(values: Float64Array): number {
  return compensatedSum(values.length, (index) => values[index]!) / values.length;
}
