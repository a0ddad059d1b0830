import { z } from "zod";
import { Code, DimensionId, Id, Names } from "./names.ts";

/**
 * What a file means, column by column (INTERFACES §2). Declared, never guessed.
 * What one field can say alone stands here; what fields say together is `pipeline/check-codebook.ts`.
 */
export const MISSING_REASONS = [
  "dont_know",
  "refused",
  "not_applicable",
  "not_asked",
  "no_answer",
  "suppressed_at_source",
] as const;
export const MissingReason = z.enum(MISSING_REASONS);
export type MissingReason = z.infer<typeof MissingReason>;

/** A text that stands for no answer; the empty one where nothing written has a reason of its own. */
export const MissingCode = z.strictObject({ code: z.string(), reason: MissingReason });

/** A name or word that is no name of JavaScript's own. */
const Word = z.string().regex(/^(?!(?:__proto__|constructor|prototype)$)[\s\S]+$/);

/** Words or codes of the file → the number they stand for. */
const Values = z.record(Word, z.number());

export const Scale = z.strictObject({
  type: z.enum(["likert", "scale", "binary", "count", "money"]),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Counts: above it counts as it (METHOD §1.2). */
  cap: z.number().positive().optional(),
  values: Values.optional(),
  missing: z.array(MissingCode).optional(),
});
export type Scale = z.infer<typeof Scale>;

const column = { column: z.string().min(1), missing: z.array(MissingCode).optional() };

export const ItemColumn = z.strictObject({
  ...column,
  use: z.literal("item"),
  id: Id,
  /** Items pool over waves and contributors only when wording and scale are equal. */
  wording: z.string().min(1),
  scale: z.string().min(1),
  values: Values.optional(),
  dimension: DimensionId,
  direction: z.enum(["+", "-"]),
  text: Names,
  proxy: z.boolean().optional(),
  sensitivity: z.string().optional(),
});

export const Category = z.strictObject({
  code: Code,
  /** The texts of the file that mean this category; the code itself when left out. */
  from: z.array(z.string().min(1)).min(1).optional(),
  name: Names,
});
export const Band = z.strictObject({ code: Code, from: z.number(), to: z.number(), name: Names });

export const BackgroundColumn = z.strictObject({
  ...column,
  use: z.literal("background"),
  id: Id,
  name: Names.optional(),
  /** Exactly one of these three says which codes there are. */
  classification: Id.optional(),
  categories: z.array(Category).min(1).optional(),
  bands: z.array(Band).min(1).optional(),
  /** What may not be told of all persons of a cell: main activity, language, health (METHOD §7.3 rule 3). */
  sensitive: z.boolean().optional(),
});

export const ServiceColumn = z.strictObject({
  ...column,
  use: z.literal("service"),
  service: Id,
  question: z.enum(["used", "need-met", "experience"]),
  /** `used` and `need-met`: 1 or 0. `experience`: a number of its scale. */
  values: Values.optional(),
  scale: z.string().min(1).optional(),
});

export const WaveColumn = z.strictObject({
  ...column,
  use: z.literal("wave"),
  categories: z.array(Category).min(1).optional(),
});

export const PlainColumn = z.strictObject({
  ...column,
  use: z.enum(["weight", "stratum", "psu", "replicate", "person", "contributor", "month", "ignore"]),
});

/** People of a register. By month each such column is a series: what it is called, and how it is to be read. */
export const CountColumn = z.strictObject({
  ...column,
  use: z.literal("count"),
  id: Id.optional(),
  name: Names.optional(),
  unit: Names.optional(),
  /** Whether more is better. */
  direction: z.enum(["+", "-"]).optional(),
  /** `stock`: who is there at a moment, the same persons month after month; `flow`: whoever comes in the month. */
  counts: z.enum(["stock", "flow"]).optional(),
});

export const SkillColumn = z.strictObject({
  ...column,
  use: z.literal("skill"),
  id: Id,
  name: Names,
  values: Values.optional(),
});

export const Column = z.discriminatedUnion("use", [
  ItemColumn,
  BackgroundColumn,
  ServiceColumn,
  SkillColumn,
  WaveColumn,
  CountColumn,
  PlainColumn,
]);
export type Column = z.infer<typeof Column>;
export type ItemColumn = z.infer<typeof ItemColumn>;
export type BackgroundColumn = z.infer<typeof BackgroundColumn>;
export type ServiceColumn = z.infer<typeof ServiceColumn>;

/** One printable mark of ASCII, or a tab: no letter, digit or blank. */
const Mark = z.string().regex(/^[\t!-/:-@[-`{-~]$/);

export const Dialect = z.strictObject({
  encoding: z.enum(["utf-8", "utf-16", "windows-1252", "iso-8859-15"]),
  delimiter: Mark,
  quote: Mark,
  decimal: z.enum([",", "."]),
  header: z.boolean(),
  skipLines: z.int().min(0),
  /** Texts that mean "nothing was written": no_answer. */
  empty: z.array(z.string()),
});
export type Dialect = z.infer<typeof Dialect>;

export const Codebook = z.strictObject({
  format: z.literal("tilannekuva.codebook/1"),
  id: Id,
  version: z.int().min(1),
  kind: z.enum(["survey", "register-rows", "register-counts"]),
  name: Names,
  synthetic: z.boolean(),
  file: Dialect,
  contributor: Id.optional(),
  wave: Code.optional(),
  /** How this wave is called by people; the code stands where it is left out. */
  waveName: Names.optional(),
  scales: z.record(Word, Scale).optional(),
  columns: z.array(Column).min(1),
  population: z.strictObject({ name: Names, size: z.int().positive().optional() }).optional(),
  responseRate: z.number().min(0).max(1).optional(),
  fieldwork: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  owner: Names.optional(),
  terms: Names.optional(),
  /** The contributor's own fewest persons in a published group; the strictest of a release wins (METHOD §7.2). */
  minimumPersons: z.int().min(5).optional(),
  proxy: z.boolean().optional(),
  /** How the columns of use `replicate` become a variance (METHOD §2.2). */
  replicates: z
    .strictObject({
      scale: z.number().positive(),
      /** One a column, in their order; 1 where left out. */
      rscales: z.array(z.number().min(0)).optional(),
      /** Deviations from the full-sample estimate instead of from the replicates' mean. */
      mse: z.boolean().optional(),
    })
    .optional(),
  /** Dimensions whose items cause rather than reflect them (METHOD §1.5). */
  formative: z.array(DimensionId).optional(),
});
export type Codebook = z.infer<typeof Codebook>;
