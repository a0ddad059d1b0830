import { z } from "zod";

/**
 * What went wrong, for a person to mend. Problems carry fields; the sentence is made at the edge from
 * data/words (problems.<code>). Fields never hold a value of a row.
 */
export const Where = z.strictObject({
  file: z.string().optional(),
  line: z.int().optional(),
  column: z.string().optional(),
  path: z.string().optional(),
});
export type Where = z.infer<typeof Where>;

export type Problem = { code: string; where: Where; fields: Record<string, string | number> };

/** A problem as the command prints it (INTERFACES §7). */
export const PrintedProblem = z.strictObject({ code: z.string(), message: z.string(), where: Where, todo: z.string() });
export type PrintedProblem = z.infer<typeof PrintedProblem>;
