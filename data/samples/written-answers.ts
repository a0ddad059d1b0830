import type { BackgroundColumn, Codebook, Column } from "../contracts/codebook.ts";
import { answerItem, type SolvedItem } from "./item-answers.ts";
import type { Levels } from "./latent-levels.ts";
import type { Random } from "./random.ts";

/** How often a question is left blank, not known and refused. */
export type Unanswered = { blank: number; dontKnow: number; refused: number };

/**
 * One person's row, column by column. Of some (`stops`) the answers end half-way: from a question drawn at random on, every
 * question is blank.
 */
export function writeRow(
  { columns }: Codebook,
  stops: number,
  random: Random,
  write: (column: Column) => string,
): string[] {
  const isQuestion = ({ use }: Column) => use === "item" || use === "service" || use === "skill";
  const questions = columns.filter(isQuestion).length;
  const stopsAfter = random.chance(stops) ? Math.floor(random.uniform() * questions) : questions;
  let asked = 0;
  return columns.map((column) => {
    const text = write(column);
    return isQuestion(column) && asked++ >= stopsAfter ? "" : text;
  });
}

/** The text of a background: of a code, its word; of a band, some number in it. */
export function writeBackground(column: BackgroundColumn, code: string, random: Random): string {
  if (!column.bands) return wordOf(column, code);
  const band = column.bands.find((candidate) => candidate.code === code)!;
  return String(band.from + Math.floor(random.uniform() * (band.to - band.from + 1)));
}

/** The text of the file that means this code. */
export function wordOf({ categories }: Pick<BackgroundColumn, "categories">, code: string): string {
  return categories?.find((category) => category.code === code)?.from?.[0] ?? code;
}

/** The text of an answer to an item, as this codebook writes it, or of why there is none. */
export function writeItem(item: SolvedItem, levels: Levels, random: Random, unanswered: Unanswered): string {
  const answer = answerItem(item, levels, random);
  const way = random.uniform();
  const { blank } = unanswered;
  const { dontKnow = unanswered.dontKnow, refused = unanswered.refused, column, scale } = item;
  const missing = [...(column.missing ?? []), ...(scale.missing ?? [])];
  if (way < blank) return "";
  if (way < blank + dontKnow) return missingCode(missing, "dont_know");
  if (way < blank + dontKnow + refused) return missingCode(missing, "refused");
  const values = column.values ?? scale.values;
  return values ? wordOfValue(values, answer) : String(answer);
}

export function wordOfValue(values: Record<string, number>, value: number): string {
  return Object.keys(values).find((word) => values[word] === value)!;
}

export function missingCode(missing: readonly { code: string; reason: string }[], reason: string): string {
  return missing.find((candidate) => candidate.reason === reason)!.code;
}
