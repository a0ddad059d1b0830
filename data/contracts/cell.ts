import { z } from "zod";
import { Code } from "./names.ts";

/** Published cell (INTERFACES §5). Absence is a case; zero is a number, and possible for register counts alone. */
export const STATISTICS = [
  "mean",
  "percent",
  "count",
  "people",
  "median",
  "slope",
  "importance",
  "correlation",
] as const;
export const Statistic = z.enum(STATISTICS);
export type Statistic = z.infer<typeof Statistic>;

/** Flags of a shown number (METHOD §2.5, §2.2, §4.7). */
export const FLAGS = [
  "few-answers",
  "many-missing",
  "wide",
  "few-units",
  "variance-understated",
  "proxy",
  "convenience-sample",
  "incomplete",
  "depends-on-missing",
  "behaves-differently",
  "as-before",
  "rough",
  "mostly-modelled",
] as const;
export const Flag = z.enum(FLAGS);
export type Flag = z.infer<typeof Flag>;

export const Versus = z.strictObject({
  /** `everyone`, `others`, `previous-wave`, or `variable=code` of a sibling. */
  against: z.string().regex(/^(everyone|others|previous-wave|[a-z0-9][a-z0-9-]*=[A-Za-z0-9._+-]+)$/),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  settled: z.boolean(),
});
export type Versus = z.infer<typeof Versus>;

export const ValueFigure = z.strictObject({
  kind: z.literal("value"),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().nullable(),
  flags: z.array(Flag),
  versus: z.array(Versus),
});
export const Figure = z.discriminatedUnion("kind", [
  ValueFigure,
  z.strictObject({ kind: z.literal("few") }),
  z.strictObject({ kind: z.literal("most") }),
  z.strictObject({ kind: z.literal("uncertain") }),
  z.strictObject({ kind: z.literal("not-asked") }),
  z.strictObject({ kind: z.literal("not-yet") }),
  z.strictObject({ kind: z.literal("protected") }),
]);
export type Figure = z.infer<typeof Figure>;
export type FigureKind = Figure["kind"];

/** A code that cuts a cell. That of three troubles or more is `3+`, hence beside the pattern of codes. */
export const GroupCode = Code.or(z.literal("3+"));
/** Which variables cut the cell; one not named is `all`. */
export const At = z.record(z.string(), GroupCode);
export type At = z.infer<typeof At>;

export const Cell = z.strictObject({ measure: z.string().min(1), statistic: Statistic, at: At, figure: Figure });
export type Cell = z.infer<typeof Cell>;
