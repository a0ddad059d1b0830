import { z } from "zod";

/** Disclosure thresholds with who decided them and when (METHOD §7.2–7.3). */
export const DisclosurePolicy = z.strictObject({
  format: z.literal("tilannekuva.disclosure-policy/1"),
  version: z.int().min(1),
  decidedBy: z.string().min(1),
  decidedOn: z.iso.date(),
  reason: z.string().min(1),
  /** Fewest persons in a published group. Never below 5. */
  minimumPersons: z.int().min(5),
  /** Fewest persons at one end of an answer before a number is shown (rule 3). */
  minimumEvents: z.int().min(3),
  /** Fewest persons in a wave for any release. */
  minimumUniverse: z.int().min(100),
  /** From this many persons in a wave on, declared tables may cross three variables. */
  threeWayFrom: z.int().min(100),
  /**
   * The largest share of a wave's persons who may be left out of every figure because a group or a background of theirs is
   * not known. So few would be a small group of their own in each cell, computable from everyone and the others, and another
   * group would have to be hidden beside them each time.
   */
  leftOutAtMost: z.number().min(0).max(0.2),
});
export type DisclosurePolicy = z.infer<typeof DisclosurePolicy>;
