import { type DimensionId, SEGMENTING_DIMENSIONS } from "../../data/contracts/names.ts";
import type { Verdict } from "../../data/contracts/release.ts";
import { bySilhouette } from "../segmentation/choose-clusters.ts";
import { assignSegments, freezeModel, orderLabels, type SegmentModel } from "../segmentation/model.ts";
import { type ProposedName, proposedName } from "../segmentation/profile.ts";
import {
  type DimensionScores,
  FEWEST_DIMENSIONS,
  type LeftOutDimension,
  pointsOfRows,
  standardise,
  usableDimensions,
} from "../segmentation/standardise.ts";
import type { ScoredWave } from "./score-survey.ts";

/** The frozen segments of a release: the model, and the segment code of every person of every wave (null: too few scores). */
export type Segmented = {
  verdict: Verdict;
  model: SegmentModel | null;
  dimensions: DimensionId[];
  leftOut: LeftOutDimension[];
  silhouettes: { k: number; silhouette: number }[];
  names: { code: string; name: ProposedName }[];
  codes: Map<string, (string | null)[]>;
};

/**
 * Finds segments in the reference wave, freezes them, and gives every wave's persons theirs (METHOD §3.2–3.3, 3.6).
 * k is the one of 2…6 with the best silhouette, or the steward's. Whether there are segments at all is not tested yet:
 * the verdict is `untested`, or `none` with fewer than five usable dimensions or too few persons.
 */
export function segmentSurvey(
  waves: readonly ScoredWave[],
  referenceWave: string,
  seedFor: (purpose: string, k: number) => string,
  forced: number | undefined,
): Segmented {
  const reference = waves.find(({ wave }) => wave === referenceWave) as ScoredWave;
  const scores = segmentingScores(reference);
  const { usable, leftOut } = usableDimensions(scores, reference.design.weights);
  const absent = SEGMENTING_DIMENSIONS.filter((dimension) => !reference.modelScores.has(dimension));
  const answer: Segmented = {
    verdict: "none",
    model: null,
    dimensions: usable.map(({ dimension }) => dimension),
    leftOut: [...leftOut, ...absent.map((dimension) => ({ dimension, reason: "absent" as const }))],
    silhouettes: [],
    names: [],
    codes: new Map(),
  };
  if (usable.length < FEWEST_DIMENSIONS) return answer;
  const standardised = standardise(scores, usable);
  const weights = Float64Array.from(standardised.enough, (row) => reference.design.weights[row] as number);
  const { tried, chosen } = bySilhouette({
    points: pointsOfRows(standardised, standardised.enough),
    weights,
    dimensions: standardised.dimensions,
    seedFor,
    ...(forced !== undefined && { forced }),
  });
  answer.silhouettes = tried.flatMap(({ k, silhouette }) => (silhouette === null ? [] : [{ k, silhouette }]));
  if (!chosen) return answer;
  const take = (values: Float64Array) => Float64Array.from(standardised.enough, (row) => values[row] as number);
  const subjective = reference.dimensionScores.get("subjective");
  const order = orderLabels({
    labels: chosen.solution.labels,
    weights,
    subjective: subjective ? take(subjective) : null,
    scores: scores
      .filter(({ dimension }) => answer.dimensions.includes(dimension))
      .map(({ dimension, values }) => ({ dimension, values: take(values) })),
    clusters: chosen.k,
  });
  const model = freezeModel(usable, chosen.solution, { order, referenceWave });
  for (const wave of waves) {
    const segments = assignSegments(model, segmentingScores(wave));
    answer.codes.set(
      wave.wave,
      Array.from({ length: wave.persons }, (_, person) => model.labels[segments[person] as number] ?? null),
    );
  }
  answer.names = model.labels.map((code, index) => ({
    code,
    name: proposedName(model.dimensions.map((dimension, d) => ({ dimension, z: model.centroids[index]?.[d] ?? 0 }))),
  }));
  return { ...answer, verdict: "untested", model };
}

function segmentingScores(wave: ScoredWave): DimensionScores[] {
  return SEGMENTING_DIMENSIONS.flatMap((dimension) => {
    const values = wave.modelScores.get(dimension);
    return values ? [{ dimension, values }] : [];
  });
}
