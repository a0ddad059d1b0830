import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../../server/api/router.ts";
import { type CloserAnswer, type CloserChoices, closerQuestions } from "./closer-table.tsx";

const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: "/api/trpc", transformer: superjson })] });

/** Asks the stored cells of one table, in one request. Loaded only when somebody asks. */
export async function fetchAnswer(choices: CloserChoices, dimension: string, by: string): Promise<CloserAnswer> {
  const { release, wave } = choices;
  const answers = await Promise.all(
    closerQuestions(choices, by).map((variables) =>
      client.picture.cells.query({ release, wave, measures: [dimension], variables }),
    ),
  );
  return { dimension, by, cells: answers.flatMap(({ cells }) => cells) };
}
