import { api } from "../page/ask-api.ts";
import { type CloserAnswer, type CloserChoices, closerQuestions } from "./closer-table.tsx";

/** Asks the stored cells of one table, in one request. Loaded only when somebody asks. */
export async function fetchAnswer(
  { release, wave }: CloserChoices,
  asked: Omit<CloserAnswer, "cells">,
): Promise<CloserAnswer> {
  const answers = await Promise.all(
    closerQuestions(asked.by, asked.groups).map((variables) =>
      api.picture.cells.query({ release, wave, measures: [asked.dimension], variables }),
    ),
  );
  return { ...asked, cells: answers.flatMap(({ cells }) => cells) };
}
