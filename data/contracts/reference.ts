import { z } from "zod";
import { At } from "./cell.ts";
import { Id, Names } from "./names.ts";

/**
 * A published reference of an instrument: what people of a whole country answered. It stands beside a picture and is no
 * cell of it: made elsewhere, of other people, at another time. Limits of its means are not published, so it has none.
 */
export const ReferenceItem = z.strictObject({
  item: Id,
  /** The wording that a codebook's item must have, on the same scale, to stand beside it. */
  wording: z.string().min(1),
  name: Names,
  /** What the source asked, in its own words. */
  asked: z.string().min(1),
  /** Mean and standard deviation, on the source's scale. */
  mean: z.number(),
  sd: z.number().positive(),
  /** The same mean on the scale 0–100 of scores: 100 · (mean − from) / (to − from), exactly. */
  score: z.number().min(0).max(100),
});
export type ReferenceItem = z.infer<typeof ReferenceItem>;

export const Reference = z.strictObject({
  format: z.literal("tilannekuva.reference/1"),
  id: Id,
  instrument: z.string().min(1),
  source: Names,
  address: z.url(),
  population: Names,
  ages: z.strictObject({ from: z.int(), to: z.int() }),
  /** Year and month. */
  fieldwork: z.string().regex(/^\d{4}-\d{2}$/),
  year: z.int(),
  n: z.int().positive(),
  weighted: z.boolean(),
  scale: z.strictObject({ from: z.number(), to: z.number() }),
  /** How its authors read one answer. A mean says nothing of how many answered so. */
  readings: z.array(
    z.strictObject({ id: z.enum(["dissatisfied", "moderate", "satisfied"]), from: z.int(), to: z.int() }),
  ),
  items: z.array(ReferenceItem).min(1),
  /** Life events beside whose people it may stand, and which of them: those of its ages, asked the same. */
  beside: z.array(z.strictObject({ lifeEvent: Id, at: At })),
});
export type Reference = z.infer<typeof Reference>;
