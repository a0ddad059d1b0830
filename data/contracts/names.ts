import { z } from "zod";

/** A text in the three languages of the house. All three, always. */
export const Names = z.strictObject({ fi: z.string().min(1), sv: z.string().min(1), en: z.string().min(1) });
export type Names = z.infer<typeof Names>;

export const LANGUAGES = ["fi", "sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Id of a codebook, life event, item, variable, service, contributor. `all` is reserved for "everyone". */
export const Id = z.string().regex(/^(?!(?:all|constructor|prototype)$)[a-z0-9][a-z0-9-]*$/);
export type Id = z.infer<typeof Id>;

/** Code of a category: a municipality "837", a wave "2025-autumn", a segment "A". */
export const Code = z.string().regex(/^(?!all$)[A-Za-z0-9._-]+$/);
export type Code = z.infer<typeof Code>;

/** The nine dimensions of Stiglitz, Sen and Fitoussi (METHOD §0.1). Scores are 0–100, high = better. */
export const DIMENSIONS = [
  "material",
  "health",
  "education",
  "activities",
  "voice",
  "social",
  "environment",
  "insecurity",
  "subjective",
] as const;
export const DimensionId = z.enum(DIMENSIONS);
export type DimensionId = z.infer<typeof DimensionId>;

/** D1–D8: what segments are made of. `subjective` is the outcome and never an input. */
export const SEGMENTING_DIMENSIONS = DIMENSIONS.filter((dimension) => dimension !== "subjective");
