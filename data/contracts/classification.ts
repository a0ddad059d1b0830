import { z } from "zod";
import { Code, Id, Names } from "./names.ts";

/** A dated code list, such as `municipality-2025`: the id carries the year it holds for. */
export const Classification = z.strictObject({
  format: z.literal("tilannekuva.classification/1"),
  id: Id,
  name: Names,
  source: z.string().min(1),
  codes: z.array(z.strictObject({ code: Code, name: Names })).min(1),
});
export type Classification = z.infer<typeof Classification>;
