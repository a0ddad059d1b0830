import { z } from "zod";
import { MissingReason } from "./codebook.ts";
import { Code, Id } from "./names.ts";

/** What ingest found in a file (INTERFACES §7): for the steward alone, never stored under published/. */
export const Finding = z.strictObject({
  severity: z.enum(["info", "warning", "error"]),
  code: z.string(),
  line: z.int().nullable(),
  column: z.string().nullable(),
  count: z.int().nullable(),
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const ColumnSummary = z.strictObject({
  column: z.string(),
  use: z.string(),
  valid: z.int(),
  missing: z.partialRecord(MissingReason, z.int()),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** Answers and how many gave them; for columns with a declared list of answers only. */
  values: z.record(z.string(), z.int()).nullable(),
});
export type ColumnSummary = z.infer<typeof ColumnSummary>;

/** `extract.json`: what an extract is. */
export const Extract = z.strictObject({
  format: z.literal("tilannekuva.extract/1"),
  id: z.string(),
  codebook: Id,
  version: z.int(),
  /** SHA-256 of the codebook's canonical JSON; its copy stands at codebooks/<hash>.json. */
  codebookHash: z.string(),
  /** SHA-256 of the file as it came: how "the same bytes again" is known. */
  fileHash: z.string(),
  contributors: z.array(Id),
  waves: z.array(Code),
  rows: z.strictObject({ read: z.int(), loaded: z.int(), rejected: z.int() }),
  withoutWeight: z.int(),
  /** Order in which extracts came into this home: of two for one contributor and wave, the later counts. */
  sequence: z.int(),
});
export type Extract = z.infer<typeof Extract>;
