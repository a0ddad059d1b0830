import { z } from "zod";
import { Code, DimensionId, Id, Names } from "./names.ts";

/** A life event (INTERFACES §3): which codebooks make its picture, what may cut it, who serves its people. */
export const SourceRole = z.enum(["survey", "population", "series", "skills"]);
export type SourceRole = z.infer<typeof SourceRole>;

export const Service = z.strictObject({
  id: Id,
  name: Names,
  organisation: Id,
  organisationName: Names.optional(),
  /** How many people give it: services of fewer than five are told of together (METHOD §7.3 rule 7). */
  staff: z.int().positive().optional(),
});

export const LifeEvent = z.strictObject({
  format: z.literal("tilannekuva.life-event/1"),
  id: Id,
  name: Names,
  owner: Id,
  ownerName: Names.optional(),
  purpose: Names,
  sources: z.array(z.strictObject({ codebook: Id, role: SourceRole })),
  variables: z.array(Id),
  tables: z.array(z.array(Id).min(1).max(3)),
  referenceWave: Code.optional(),
  /**
   * Weights raked to the population register's margins of these variables (METHOD §2.6). Off unless asked for: weights
   * that are delivered are often calibrated already.
   */
  calibration: z.strictObject({ variables: z.array(Id).min(1) }).optional(),
  /** A summary index over the usable dimensions (METHOD §1.7). No single number unless asked for. */
  summaryIndex: z
    .strictObject({
      mean: z.enum(["arithmetic", "geometric"]),
      weights: z.partialRecord(DimensionId, z.number().min(0)).optional(),
    })
    .optional(),
  /** Contributors whose rows one party sees together: protected against as one (METHOD §7.3 rule 2). */
  coalitions: z.array(z.strictObject({ id: Id, contributors: z.array(Id).min(2) })).optional(),
  services: z.array(Service),
  /** What is still needed to get a picture, said to readers while there is none. */
  needs: z.array(Names).optional(),
});
export type LifeEvent = z.infer<typeof LifeEvent>;
