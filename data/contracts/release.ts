import { z } from "zod";
import { At, Cell, Figure, GroupCode, Statistic } from "./cell.ts";
import { MISSING_REASONS } from "./codebook.ts";
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
  /** Of several contributors in one extract: their ids with + between. */
  contributor: z.string().regex(/^[a-z0-9][a-z0-9-]*(\+[a-z0-9][a-z0-9-]*)*$/),
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
  /** The dated code list that its codes are of, where every survey names the same one. */
  classification: Id.optional(),
  codes: z.array(z.strictObject({ code: GroupCode, name: Names })),
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

/** How far a segment is found again when the respondents are drawn anew: mean Jaccard ≥ .85, ≥ .75, ≥ .60, less (METHOD §3.4). */
export const STABILITY_READINGS = ["very-stable", "stable", "doubtful", "not-trusted"] as const;
export const StabilityReading = z.enum(STABILITY_READINGS);
export type StabilityReading = z.infer<typeof StabilityReading>;

/** One number of groups that was tried, and whether it may be used (METHOD §3.4). */
export const TriedGroups = z.strictObject({
  k: z.int(),
  silhouette: z.number().nullable(),
  calinskiHarabasz: z.number().nullable(),
  /** Mean Jaccard of each group over the resamples, the least first. */
  stability: z.array(z.number()),
  /** Mean adjusted Rand index of the resamples' groups with these. */
  agreement: z.number(),
  /** L: how much of the grouping is one axis from ill to well (METHOD §3.5). */
  levelShare: z.number(),
  admissible: z.boolean(),
  refused: z.array(z.enum(["unstable", "small-share", "few-persons"])),
});
export type TriedGroups = z.infer<typeof TriedGroups>;

/** How far one published segment can be trusted, and what sets it apart. */
export const SegmentCertificate = z.strictObject({
  code: Code,
  stability: z.number(),
  reading: StabilityReading,
  /** Distance of the segment's mean from everyone's in standard deviations of everyone, reference wave. */
  profile: z.array(z.strictObject({ dimension: DimensionId, z: z.number() })),
  /** Items that set it apart from all others, standardised difference d, |d| ≥ .5, at most five. Descriptive only. */
  distinguishing: z.array(z.strictObject({ measure: z.string(), d: z.number() })),
  /** Backgrounds commoner (or rarer) here than among everyone: ratio of shares with its 95 % interval, where it excludes 1. */
  background: z.array(
    z.strictObject({ variable: Id, code: Code, ratio: z.number(), low: z.number(), high: z.number() }),
  ),
  /** The commonest published code of each background: a composed description, never a person. */
  typical: z.array(z.strictObject({ variable: Id, code: Code })),
  /** Overlap: share of its persons who lie almost as near to another segment (distance ratio above .9), by that segment. */
  overlap: z.array(z.strictObject({ with: Code, figure: Figure })),
});
export type SegmentCertificate = z.infer<typeof SegmentCertificate>;

/**
 * How the frozen groups fare in one wave (METHOD §3.6). The shares behind it are cells: `unclassifiable/percent`, of persons
 * with too few dimensions to be placed, and `atypical/percent`, farther from their segment than 99 % of the reference wave.
 */
export const WaveCertificate = z.strictObject({
  wave: Code,
  /** More than 3 % are atypical. Null where nobody is placed in segments, or the share may not be told. */
  atypicalHigh: z.boolean().nullable(),
  /** The wave grouped freely beside the frozen groups: adjusted Rand index; below .60 a new version is to be considered. */
  refit: z.strictObject({ agreement: z.number(), reading: z.enum(["holds", "consider-new-version"]) }).nullable(),
});
export type WaveCertificate = z.infer<typeof WaveCertificate>;

export const Certificate = z.strictObject({
  /** Usable dimensions (METHOD §0.1) and those left out, with why. */
  dimensions: z.array(DimensionId),
  leftOut: z.array(
    z.strictObject({ dimension: DimensionId, reason: z.enum(["few-valid", "constant", "coarse", "absent"]) }),
  ),
  /** Who chose k: the rule of METHOD §3.4, or a steward with a reason that stays with the steward. */
  chosenBy: z.enum(["rule", "steward"]),
  tried: z.array(TriedGroups),
  /** The structure test (METHOD §3.5). Null where it was not run. */
  structure: z.strictObject({ statistic: z.number(), pValue: z.number(), references: z.int() }).nullable(),
  /** L of the chosen grouping. */
  levelShare: z.number().nullable(),
  /** Verdict `one-question`: the dimension whose question makes a group. */
  oneQuestion: DimensionId.nullable(),
  /** What is said beside the verdict (METHOD §3.5). */
  notes: z.array(z.enum(["few-dimensions", "no-admissible-k", "some-structure", "depends-on-weights"])),
  /** Agreement (adjusted Rand index) of the grouping made with and without survey weights. Null without weights. */
  weights: z.strictObject({ agreement: z.number() }).nullable(),
  /** Share of coordinates missing among the grouped, whole percent; above 15 also the agreement with a fit on complete rows. */
  missing: z.strictObject({ percent: z.number(), agreement: z.number().nullable() }).nullable(),
  resamples: z.int(),
  starts: z.int(),
  /** Published segments alone, by code. Empty where the verdict publishes none. */
  segments: z.array(SegmentCertificate),
  waves: z.array(WaveCertificate),
});
export type Certificate = z.infer<typeof Certificate>;

/** The pile-up of troubles in a wave beside what it would be, were the dimensions independent (METHOD §3.9). */
export const PileUp = z.strictObject({
  wave: Code,
  /** The group of the ratio: no low dimension, or three or more. */
  code: z.enum(["0", "3+"]),
  /** Share under independence, whole percent. */
  independent: z.number(),
  /** Observed : independent, with the 95 % interval of resampled designs. */
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
});
export type PileUp = z.infer<typeof PileUp>;

/**
 * Where members of a panel moved between two waves: shares of the earlier group, through the gate; includes answer noise. `to` of no
 * group: all moves of which none is shown, together.
 */
export const Flow = z.strictObject({
  variable: z.enum(["segment", "band", "troubles"]),
  from: z.strictObject({ wave: Code, code: GroupCode }),
  to: z.strictObject({ wave: Code, code: GroupCode.nullable() }),
  figure: Figure,
});
export type Flow = z.infer<typeof Flow>;

/**
 * What goes together with satisfaction with life in a wave (METHOD §4): beside the cells `driver.<dimension>/slope` and
 * `/importance`. Never a cause, never a direction.
 */
export const DriversDescription = z.strictObject({
  wave: Code,
  outcome: z.literal("subjective"),
  /** `drivers`, or why there are none. */
  reading: z.enum(["drivers", "too-few", "explains-little", "not-estimable", "protected"]),
  /** Share of the wave's persons with every score, whole percent; below 80 it is a warning. */
  retained: z.number().nullable(),
  fewRetained: z.boolean(),
  /** R², two decimals. */
  explained: z.number().nullable(),
  drivers: z.array(
    z.strictObject({
      dimension: DimensionId,
      verdict: z.enum(["weakens-when-low", "lifts-when-high", "both", "neither", "too-few-answers"]),
      /** How far satisfaction with life lies at a low (below 40) and a high (above 70) score from a middle one, points. */
      low: Figure.nullable(),
      high: Figure.nullable(),
      /** Two that vary together too closely to be told apart. */
      inseparableFrom: DimensionId.nullable(),
      /** The slope points the other way than the simple correlation. */
      opposite: z.boolean(),
      /** 95 % of the resampled designs rank its importance within these. */
      ranks: z.strictObject({ best: z.int(), worst: z.int() }).nullable(),
    }),
  ),
  /** Pairs whose importance differs, the larger first. Any other pair has no order. */
  differing: z.array(z.tuple([DimensionId, DimensionId])),
});
export type DriversDescription = z.infer<typeof DriversDescription>;

/**
 * Whether a service meets the need of one group's users more often, or less often, than that of all others (METHOD §4.6), beside the
 * cell `service.<id>.need-met/percent`.
 */
export const ServiceVerdict = z.strictObject({
  wave: Code,
  variable: Id,
  code: GroupCode,
  service: Id,
  verdict: z.enum(["works", "fails", "not-settled"]),
});
export type ServiceVerdict = z.infer<typeof ServiceVerdict>;

/**
 * Whether a grouping's shares are carried over to the register's people (METHOD §4.7), as cells `persons/people` of the grouping and,
 * with `areas`, of the grouping and an area; else why not.
 */
export const PeopleDescription = z.strictObject({
  wave: Code,
  variable: Id,
  /** What register and survey know alike, by which people are taken to be alike. */
  by: z.array(Id),
  reading: z.enum(["areas", "everyone", "no-population", "register-incomplete", "coverage", "nobody-answered"]),
});
export type PeopleDescription = z.infer<typeof PeopleDescription>;

/**
 * How a population's dimensions hang together (METHOD §4.8), beside the cells `link.<a>.<b>/correlation` of the same `at`: which of
 * them are settled and large enough to be a line. Never a cause, never a direction.
 */
export const LinksDescription = z.strictObject({
  at: At,
  /** Share of its persons with every score, whole percent; below 80 it is a warning. */
  retained: z.number(),
  fewRetained: z.boolean(),
  /** Left out because they follow from the others. */
  dropped: z.array(DimensionId),
  lines: z.array(z.tuple([DimensionId, DimensionId])),
  /** Measured roughly: true links may be stronger, and others only apparent. */
  rough: z.array(DimensionId),
});
export type LinksDescription = z.infer<typeof LinksDescription>;

/**
 * Skills that people hold against skills that work asks for (MISSION M22), cell by cell: `skill.<id>.held/percent` beside
 * `skill.<id>.asked/count` and `/percent`. Missing most: asked above, held below. No order where the places overlap.
 */
export const SkillsDescription = z.strictObject({
  codebook: Id,
  names: z.array(z.strictObject({ id: Id, name: Names })),
  weighed: z.array(
    z.strictObject({
      at: At,
      months: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      skills: z.array(
        z.strictObject({
          skill: Id,
          cells: z.strictObject({
            held: z.string().nullable(),
            count: z.string().nullable(),
            asked: z.string().nullable(),
          }),
          asked: z.enum(["above", "below", "unsettled"]).nullable(),
          held: z.enum(["above", "below", "unsettled"]).nullable(),
          /** Its share of what is asked to its share of what is held. */
          ratio: z
            .strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
            .nullable(),
          /** Of those missing, from the most. */
          places: z.strictObject({ from: z.int(), to: z.int() }).nullable(),
        }),
      ),
    }),
  ),
});
export type SkillsDescription = z.infer<typeof SkillsDescription>;

export const Segmentation = z.strictObject({
  verdict: Verdict,
  referenceWave: Code,
  /** Number of published segments; null where the verdict publishes none. */
  k: z.int().nullable(),
  labels: z.array(z.strictObject({ code: Code, proposedName: Names })),
  certificate: Certificate,
  pileUp: z.array(PileUp),
  flows: z.array(Flow),
});

/** How well the items of a dimension hang together (METHOD §1.5): unweighted, complete answers of one wave. */
export const Reliability = z.strictObject({
  wave: Code,
  dimension: DimensionId,
  /** Declared so in the codebook: items cause the dimension rather than reflect it, and consistency is not expected. */
  formative: z.boolean(),
  reading: z.enum(["good", "acceptable", "weak", "separate", "one-item", "too-few"]),
  /** Persons with every item, to 5. Null with `one-item` and `too-few`. */
  n: z.number().nullable(),
  alpha: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  standardised: z.number().nullable(),
  omega: z.number().nullable(),
  spearmanBrown: z.number().nullable(),
  /** Items that all answered alike, left out. */
  dropped: z.array(z.string()),
  /** Items run against each other on average: a reverse-coded item is likely. */
  opposed: z.boolean(),
  items: z.array(
    z.strictObject({ measure: z.string(), alphaWithout: z.number().nullable(), itemRest: z.number().nullable() }),
  ),
});
export type Reliability = z.infer<typeof Reliability>;

/** An item beside its dimension, in a wave against the reference wave (METHOD §1.6): shift in baseline deviations. */
export const Comparability = z.strictObject({
  wave: Code,
  measure: z.string(),
  shift: z.number(),
  differs: z.boolean(),
});
export type Comparability = z.infer<typeof Comparability>;

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

/** A wave's weights raked to the register's margins: what that cost (METHOD §2.6). */
export const Calibration = z.strictObject({
  wave: Code,
  variables: z.array(Id),
  /** Effective sample size of the weights, to 5. */
  effectiveBefore: z.number(),
  effectiveAfter: z.number(),
  /** Margins' totals lie more than .5 % apart in the register. */
  totalsApart: z.boolean(),
});
export type Calibration = z.infer<typeof Calibration>;

/** How far the order of places or groups by the summary index depends on the weights of its dimensions (METHOD §1.7). */
export const IndexSensitivity = z.strictObject({
  wave: Code,
  variable: Id,
  /** 5–95 % range of each rank over 1 000 draws of weights, arithmetic and geometric. */
  ranks: z.array(z.strictObject({ code: GroupCode, rank: z.number(), low: z.number(), high: z.number() })),
  dependsOnWeights: z.boolean(),
});
export type IndexSensitivity = z.infer<typeof IndexSensitivity>;

/** A monthly register's reading for everyone or a place (METHOD §6.4). Its points are the cells of `months`. */
export const Series = z.strictObject({
  /** The edition that the months come from: the cells' wave. */
  wave: Code,
  id: Id,
  name: Names,
  unit: Names.nullable(),
  counts: z.enum(["stock", "flow"]),
  direction: z.enum(["+", "-"]).nullable(),
  area: Code.nullable(),
  period: z.enum(["month", "quarter", "year"]),
  months: z.array(z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/)),
  chart: z.enum(["process-limits", "laney", "change-in-year", "run-chart", "none"]),
  reading: z.enum(["improvement", "concern", "change", "steady", "trial", "none"]),
  baseline: z.strictObject({ from: Code, to: Code, points: z.int() }).nullable(),
  centre: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  seasonal: z.boolean().nullable(),
  charted: z.array(z.number().nullable()).nullable(),
  signals: z.array(
    z.strictObject({
      rule: z.enum(["outside", "shift", "trend", "two-of-three"]),
      side: z.enum(["high", "low"]),
      months: z.array(Code),
    }),
  ),
  runChart: z
    .strictObject({
      median: z.number(),
      longestRun: z.int(),
      longestRunLimit: z.int(),
      crossings: z.int(),
      crossingsLimit: z.int(),
    })
    .nullable(),
  gaps: z.array(z.strictObject({ reason: z.enum([...MISSING_REASONS, "absent", "protected"]), months: z.array(Code) })),
});
export type SeriesDescription = z.infer<typeof Series>;

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
  /** What the independent audit looked at: protected groups, to two digits, and views beside the outsider's. */
  audit: z.strictObject({ groups: z.number(), contributors: z.int() }),
  policy: z.strictObject({
    version: z.int(),
    minimumPersons: z.int(),
    minimumEvents: z.int(),
    /** Largest share of a wave's persons left out because a group or background of theirs is not known. */
    leftOutAtMost: z.number(),
    /** Contributors declared to see one another's rows: protected against as one. */
    coalitions: z.array(z.array(z.string())),
    decidedOn: z.string(),
    decidedBy: z.string(),
  }),
  method: z.string(),
  /** The release of this life event that was published last when this one was made: protected together with it. */
  previous: z.string().nullable(),
  inputs: z.array(ReleaseInput),
  variables: z.array(ReleaseVariable),
  grids: z.array(z.array(Id)),
  measures: z.array(Measure),
  segmentation: Segmentation,
  reliability: z.array(Reliability),
  comparability: z.array(Comparability),
  calibration: z.array(Calibration),
  /** How the measure `index.summary` was made, where the life event asks for it. */
  summaryIndex: z.strictObject({ mean: z.enum(["arithmetic", "geometric"]), ownWeights: z.boolean() }).nullable(),
  indexSensitivity: z.array(IndexSensitivity),
  coverage: Coverage,
  drivers: z.array(DriversDescription).optional(),
  services: z.array(ServiceVerdict).optional(),
  people: z.array(PeopleDescription).optional(),
  links: z.array(LinksDescription).optional(),
  skills: SkillsDescription.optional(),
  series: z.array(Series).optional(),
  cells: z.array(Cell),
});
export type Release = z.infer<typeof Release>;

/** The pointer of a life event: the only truth of what is shown. */
export const Pointer = z.strictObject({
  release: z.string(),
  publishedAt: z.iso.datetime(),
  /** Every release that was ever shown, in the order of their first time: what is known of the same people. */
  everPublished: z.array(z.string()).optional(),
});
export type Pointer = z.infer<typeof Pointer>;
