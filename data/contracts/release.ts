import { z } from "zod";
import { Cell, Figure, Statistic } from "./cell.ts";
import { SourceRole } from "./life-event.ts";
import { Code, DimensionId, Id, Names } from "./names.ts";

/** Release document, `release.json` (INTERFACES §6): a closed set of published cells and what they mean. */
export const VERDICTS = [
  "segments",
  "profiles-on-a-continuum",
  "level-only",
  "one-question",
  "none",
  "untested",
] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

export const ReleaseInput = z.strictObject({
  extract: z.string(),
  codebook: Id,
  version: z.int(),
  name: Names,
  contributor: Id,
  role: SourceRole,
  waves: z.array(Code),
  /** Universe total: exact (METHOD §7.5). Null for registers, and where a wave holds fewer than k of this extract. */
  respondents: z.int().nullable(),
  /** The same wave by wave. */
  respondentsByWave: z.array(z.strictObject({ wave: Code, respondents: z.int() })),
  /** Rows whose weight is not above 0: in the file, in no estimate. Rounded to 5; null for a few. */
  withoutWeight: z.int().nullable(),
  weighted: z.boolean(),
  owner: Names.nullable(),
  terms: Names.nullable(),
  fieldwork: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  responseRate: z.number().nullable(),
  population: z.strictObject({ name: Names, size: z.int().positive().optional() }).nullable(),
});
export type ReleaseInput = z.infer<typeof ReleaseInput>;

export const ReleaseVariable = z.strictObject({
  id: Id,
  name: Names,
  codes: z.array(z.strictObject({ code: Code, name: Names })),
});
export type ReleaseVariable = z.infer<typeof ReleaseVariable>;

export const Measure = z.strictObject({
  id: z.string(),
  name: Names,
  statistics: z.array(Statistic),
  dimension: DimensionId.nullable(),
  service: Id.nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  direction: z.enum(["+", "-"]).nullable(),
  /** Made of an item that only stands in for the dimension. */
  proxy: z.boolean(),
  /** Dimensions: the measures of its items. */
  items: z.array(z.string()),
  asked: z.array(Code),
});
export type Measure = z.infer<typeof Measure>;

export const Certificate = z.strictObject({
  /** Usable dimensions (METHOD §0.1) and those left out, with why. */
  dimensions: z.array(DimensionId),
  leftOut: z.array(
    z.strictObject({ dimension: DimensionId, reason: z.enum(["few-valid", "constant", "coarse", "absent"]) }),
  ),
  /** Who chose k: the rule of the largest silhouette, or a steward with a reason that stays with the steward. */
  chosenBy: z.enum(["silhouette", "steward"]),
  /** Mean silhouette of each k tried. */
  silhouettes: z.array(z.strictObject({ k: z.int(), silhouette: z.number() })),
  /** Share of persons with too few dimensions to be given a segment, per wave, through the same rules as any cell. */
  unclassifiable: z.array(z.strictObject({ wave: Code, figure: Figure })),
});
export type Certificate = z.infer<typeof Certificate>;

export const Segmentation = z.strictObject({
  verdict: Verdict,
  referenceWave: Code,
  k: z.int().nullable(),
  labels: z.array(z.strictObject({ code: Code, proposedName: Names })),
  certificate: Certificate,
});

/** One margin class of the respondents beside the register (METHOD §2.6). Figures stand in the cells named by key. */
export const CoverageRow = z.strictObject({
  wave: Code,
  variable: Id,
  code: Code,
  cells: z.strictObject({
    respondents: z.string(),
    sample: z.string(),
    weighted: z.string(),
    register: z.string(),
    people: z.string(),
  }),
  /** Unweighted share in sample : share in register, outside 0.8–1.25 amber, outside 0.5–2 red. Null when protected. */
  reading: z.enum(["even", "under", "over", "far-under", "far-over"]).nullable(),
});
export type CoverageRow = z.infer<typeof CoverageRow>;

export const Coverage = z.strictObject({ register: Id.nullable(), rows: z.array(CoverageRow) });

export const Release = z.strictObject({
  format: z.literal("tilannekuva.release/1"),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/),
  lifeEvent: z.strictObject({
    id: Id,
    name: Names,
    purpose: Names,
    owner: Id,
    ownerName: Names.nullable(),
    services: z.array(z.strictObject({ id: Id, name: Names, organisation: Id, organisationName: Names.nullable() })),
  }),
  synthetic: z.boolean(),
  protection: z.enum(["threshold-only", "audited"]),
  policy: z.strictObject({
    version: z.int(),
    minimumPersons: z.int(),
    minimumEvents: z.int(),
    decidedOn: z.string(),
    decidedBy: z.string(),
  }),
  method: z.string(),
  inputs: z.array(ReleaseInput),
  variables: z.array(ReleaseVariable),
  grids: z.array(z.array(Id)),
  measures: z.array(Measure),
  segmentation: Segmentation,
  coverage: Coverage,
  cells: z.array(Cell),
});
export type Release = z.infer<typeof Release>;

/** The pointer of a life event: the only truth of what is shown. */
export const Pointer = z.strictObject({ release: z.string(), publishedAt: z.iso.datetime() });
export type Pointer = z.infer<typeof Pointer>;
