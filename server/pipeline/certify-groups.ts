import type { Figure } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Certificate, PileUp, SegmentCertificate, StabilityReading } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import { overlapColumn } from "../segmentation/borderline.ts";
import { GREATEST_ATYPICAL_SHARE } from "../segmentation/model-file.ts";
import { overRepresentation } from "../segmentation/over-representation.ts";
import { pileUp } from "../segmentation/pile-up.ts";
import { distinguishing, segmentProfiles } from "../segmentation/profile.ts";
import { createRandom } from "../segmentation/random.ts";
import { lowColumns } from "../segmentation/troubles.ts";
import { typicalPerson } from "../segmentation/typical-person.ts";
import type { ProportionEstimate } from "../statistics/proportion.ts";
import { proportionDisplay } from "../statistics/reliability.ts";
import { roundTo } from "../statistics/rounding.ts";
import { sideOf } from "./compare-groups.ts";
import { type CutWave, type GroupingId, ofPresent, personsOf } from "./cut-waves.ts";
import type { Judged } from "./estimate-question.ts";
import { RESAMPLES, type Seeds, STARTS, segmentingScores, type Tried } from "./find-segments.ts";
import type { GroupedPersons, Groupings } from "./group-survey.ts";
import type { ScoredWave } from "./score-survey.ts";

/** What a certificate is written from: the groupings, the scored and cut waves, and the cells that were published. */
export type Certified = {
  groupings: Groupings;
  scored: readonly ScoredWave[];
  cut: readonly CutWave[];
  published: ReadonlyMap<string, Judged>;
  policy: DisclosurePolicy;
};

/** How far the groups can be trusted, as data of the release (METHOD §3.4–3.7). Of single segments only those published. */
export function certifyGroups(certified: Certified): Certificate {
  const { groupings, published } = certified;
  const { found, model } = groupings;
  const shownSegments = groupings.codes.has("segment");
  return {
    dimensions: groupings.dimensions,
    leftOut: found.leftOut,
    chosenBy: found.chosenBy,
    tried: found.tried.map(describeTried),
    structure: found.structure && {
      statistic: roundTo(found.structure.statistic, 2),
      pValue: roundTo(found.structure.pValue, 2),
      references: found.structure.references,
    },
    levelShare: found.chosen && roundTo(found.chosen.levelShare, 2),
    oneQuestion: found.oneQuestion,
    notes: found.notes,
    weights: found.weightsAgreement === null ? null : { agreement: roundTo(found.weightsAgreement, 2) },
    missing: found.missing && {
      percent: roundTo(100 * found.missing.share, 0),
      agreement: found.missing.agreement === null ? null : roundTo(found.missing.agreement, 2),
    },
    resamples: RESAMPLES,
    starts: STARTS,
    segments: shownSegments && model ? model.labels.map((_, segment) => certifySegment(segment, certified)) : [],
    waves: groupings.waves.map(({ wave, refit }) => {
      const atypical = published.get(cellKey("atypical", "percent", { wave }));
      return {
        wave,
        atypicalHigh:
          atypical?.cell.figure.kind === "value" && atypical.estimate
            ? atypical.estimate.mean > GREATEST_ATYPICAL_SHARE
            : null,
        refit: refit && { agreement: roundTo(refit.agreement, 2), reading: refit.reading },
      };
    }),
  };
}

function describeTried(tried: Tried): Certificate["tried"][number] {
  const { k, silhouette, calinskiHarabasz, stability, agreement, admissible, refused } = tried;
  return {
    k,
    silhouette: silhouette === null ? null : roundTo(silhouette, 2),
    calinskiHarabasz: calinskiHarabasz === null ? null : roundTo(calinskiHarabasz, 1),
    stability: stability.map((jaccard) => (Number.isNaN(jaccard) ? 0 : roundTo(jaccard, 2))).sort((a, b) => a - b),
    agreement: roundTo(agreement, 2),
    levelShare: roundTo(tried.levelShare, 2),
    admissible,
    refused,
  };
}

/** METHOD §3.4 in words, of the number as it is shown. */
function readStability(jaccard: number): StabilityReading {
  if (jaccard >= 0.85) return "very-stable";
  if (jaccard >= 0.75) return "stable";
  return jaccard >= 0.6 ? "doubtful" : "not-trusted";
}

function certifySegment(segment: number, certified: Certified): SegmentCertificate {
  const { groupings, scored, cut, published, policy } = certified;
  const { model, found } = groupings;
  if (!model || !found.chosen) throw new Error("a certified segment has a model");
  const code = model.labels[segment] as string;
  const wave = model.referenceWave;
  const at = cut.findIndex((entry) => entry.wave === wave);
  const reference = scored[at] as ScoredWave;
  const { design, codes, present } = cut[at] as CutWave;
  const grouped = groupings.waves[at] as GroupedPersons;
  const segments = ofPresent(grouped.groups.get("segment") as Int32Array, present);
  const isShown = (key: string) => published.get(key)?.cell.figure.kind === "value";
  const cluster = clusterOf(segment, groupings);
  const stability = found.chosen.stability[cluster] as number;
  const profiles = (columns: { measure: string; values: Float64Array }[]) =>
    segmentProfiles(columns, design.weights, { segments, count: model.labels.length })[segment]?.contrasts ?? [];
  const items = [...reference.itemScores].map(([id, { scores }]) => ({ measure: `item.${id}`, values: scores }));
  const backgrounds = [...codes].filter(([variable]) => !groupings.codes.has(variable as GroupingId));
  const members = Int32Array.from(segments.keys()).filter((person) => segments[person] === segment);
  const isCellShown = (variable: string, value: string) =>
    isShown(cellKey("persons", "count", { wave, segment: code, [variable]: value }));
  return {
    code,
    stability: roundTo(stability, 2),
    reading: readStability(roundTo(stability, 2)),
    profile: profiles(
      segmentingScores(reference)
        .filter(({ dimension }) => groupings.dimensions.includes(dimension))
        .map(({ dimension, values }) => ({ measure: dimension, values })),
    ).flatMap(({ measure, z }) =>
      z !== null && isShown(cellKey(`dimension.${measure}`, "mean", { wave, segment: code }))
        ? [{ dimension: measure as Groupings["dimensions"][number], z: roundTo(z, 2) }]
        : [],
    ),
    distinguishing: distinguishing(
      profiles(items).filter(({ measure }) => isShown(cellKey(measure, "mean", { wave, segment: code }))),
    ).map(({ measure, d }) => ({ measure, d: roundTo(d, 2) })),
    background: backgrounds.flatMap(([variable, values]) =>
      [...new Set(values)].sort().flatMap((value) => {
        if (value === null || !isCellShown(variable, value)) return [];
        const events = Float64Array.from(values, (own) => (own === null ? Number.NaN : Number(own === value)));
        const ratio = overRepresentation(design, events, { segments, segment });
        if (!ratio || ratio.low === null || ratio.high === null || !(ratio.over || ratio.under)) return [];
        const [size, low, high] = [ratio.ratio, ratio.low, ratio.high].map((number) => roundTo(number, 2));
        return [{ variable, code: value, ratio: size as number, low: low as number, high: high as number }];
      }),
    ),
    typical: typicalPerson(members, design.weights, {
      backgrounds: backgrounds.map(([variable, values]) => ({
        variable,
        codes: [...new Set(values)].filter((value) => value !== null).sort(),
        values,
      })),
      measures: [],
    }).backgrounds.flatMap(({ variable, code: value }) =>
      isCellShown(variable, value) ? [{ variable, code: value }] : [],
    ),
    overlap: model.labels.flatMap((other, place) =>
      place === segment
        ? []
        : [{ with: other, figure: overlapOf({ segment, other: place }, grouped, cut[at] as CutWave, policy) }],
    ),
  };
}

/** The number that a published segment had among the clusters: its centroid is the cluster's. */
function clusterOf(segment: number, { model, found }: Groupings): number {
  const centroid = model?.centroids[segment] ?? [];
  const solution = found.chosen?.solution.centroids ?? new Float64Array();
  const clusters = solution.length / centroid.length;
  for (let cluster = 0; cluster < clusters; cluster++)
    if (centroid.every((z, d) => z === solution[cluster * centroid.length + d])) return cluster;
  throw new Error("a frozen centroid is a cluster's");
}

/** Share of a segment's people who lie almost as near another: an answer like any other, through the same rules. */
function overlapOf(
  { segment, other }: { segment: number; other: number },
  { wave, between }: GroupedPersons,
  { design, present }: CutWave,
  policy: DisclosurePolicy,
): Figure {
  const column = overlapColumn(between as NonNullable<typeof between>, segment, other);
  const estimate = (sideOf(design, column, personsOf(present), true)?.estimate ?? null) as ProportionEstimate | null;
  const facts = {
    kind: "share" as const,
    n: estimate?.n ?? 0,
    events: estimate?.events ?? 0,
    estimate: { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null },
    ...proportionDisplay(estimate, estimate?.n ?? 0),
    versus: [],
  };
  return publishCell({ measure: "overlap", statistic: "percent", at: { wave } }, facts, policy).figure;
}

/** Do troubles pile up beyond chance, wave by wave. Only where it has an interval. */
export function describePileUp({ groupings, scored, cut, published }: Certified, seedFor: Seeds): PileUp[] {
  // A ratio to a share that may not be told would tell it.
  const isShare = (wave: string, troubles: string) =>
    published.get(cellKey("persons", "percent", { wave, troubles }))?.cell.figure.kind === "value";
  return scored.flatMap((wave, place) => {
    const groups = groupings.waves[place]?.groups.get("troubles");
    if (!groups) return [];
    const { design, present } = cut[place] as CutWave;
    const found = pileUp({
      design,
      groups: ofPresent(groups, present),
      lows: lowColumns(groupings.dimensions, segmentingScores(wave)),
      random: createRandom(seedFor(`pile-up ${wave.content}`, 0)),
    });
    return (found ?? []).flatMap(({ code, independent, ratio, low, high }) =>
      ratio === null || low === null || high === null || !isShare(wave.wave, code)
        ? []
        : [
            {
              wave: wave.wave,
              code,
              independent: roundTo(100 * independent, 0),
              ratio: roundTo(ratio, 2),
              low: roundTo(low, 2),
              high: roundTo(high, 2),
            },
          ],
    );
  });
}
