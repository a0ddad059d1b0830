import type { DimensionId } from "../../data/contracts/names.ts";
import { completeRows, sampleRows } from "../segmentation/complete-rows.ts";
import { type Gap, type GapRefused, textbookClusters } from "../segmentation/gap-statistic.ts";
import type { MixtureRefused } from "../segmentation/gaussian-mixture.ts";
import { startSeeds } from "../segmentation/k-means.ts";
import type { LatentClassRefused } from "../segmentation/latent-class.ts";
import { createRandom } from "../segmentation/random.ts";
import { pointsOfRows, type UsableDimension } from "../segmentation/standardise.ts";
import type { Work } from "./find-segments.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { PointsToGroup } from "./threads/tasks.ts";

type Fit = { k: number; logLikelihood: number; parameters: number; bic: number; converged: boolean };
type Refused<Why extends string> = { k: number; refused: Why };

/** What other methods say of the people that were grouped: for analysts, in the steward's copy alone. */
export type Alternatives = {
  decides: false;
  note: string;
  /** Of these points, z-scores: complete rows, at most 3 000 of them. */
  points: { grouped: number; complete: number; used: number; dimensions: DimensionId[] };
  gap: { references: number; starts: number; textbookClusters: number | null; tried: (Gap | Refused<GapRefused>)[] };
  latentProfile: {
    covariance: "tied";
    starts: number;
    tried: ((Fit & { shares: number[]; means: number[][] }) | Refused<MixtureRefused>)[];
  };
  latentClass: {
    starts: number;
    items: { id: string; scores: number[] }[];
    complete: number;
    used: number;
    /** Shares of classes; and by class and item how likely each score is. Null: too few items. */
    tried: ((Fit & { shares: number[]; probabilities: number[][][] }) | Refused<LatentClassRefused>)[] | null;
    reason: "few-items" | null;
  };
};

const NOTE =
  "For analysts. None of this decides anything: k-means, its certificate and the structure test alone make segments, their number and the verdict. Unweighted, complete rows. Items of the outcome are among those of the latent classes.";
const MOST_ROWS = 3000;
const GAP = { most: 8, references: 20, starts: 5 };
const PROFILE = { most: 6, starts: 20 };
const CLASS = { most: 5, starts: 20 };
/** Items of more different scores are no categories. */
const MOST_SCORES = 5;
const FEWEST_ITEMS = 3;
/** Of the grouped; as METHOD §3.2 asks of a dimension. */
const LEAST_ANSWERED = 0.6;

/**
 * The alternatives of METHOD §3.1 and §3.4 on the people that were grouped: gap statistic, tied latent profiles, latent
 * classes of the items that have few answers. They are shown to analysts and decide nothing.
 */
export async function findAlternatives(
  shared: PointsToGroup,
  { grouped, usable }: { grouped: Int32Array; usable: readonly UsableDimension[] },
  reference: ScoredWave,
  work: Work,
): Promise<Alternatives> {
  const { points, dimensions } = shared;
  const complete = completeRows(points, dimensions);
  const used = sampleRows(complete, MOST_ROWS, createRandom(work.seedFor("analysts", 0)));
  work.pool.share<"gap">("analysts", { points: pointsOfRows({ points, dimensions, enough: used }, used), dimensions });
  const [latentProfile, latentClass, gap] = await Promise.all([
    findProfiles(dimensions, work),
    findClasses(categoricalItems(reference, grouped), grouped, work),
    findGaps(work),
  ]);
  const ids = usable.map(({ dimension }) => dimension);
  return {
    decides: false,
    note: NOTE,
    points: { grouped: grouped.length, complete: complete.length, used: used.length, dimensions: ids },
    gap,
    latentProfile,
    latentClass,
  };
}

async function findGaps({ pool, seedFor }: Work): Promise<Alternatives["gap"]> {
  const { references, starts } = GAP;
  // One seed for the references of all k: they are compared with the same boxes of points.
  const inputs = upTo(GAP.most).map((clusters) => ({
    ...{ clusters, references, starts },
    seeds: { references: seedFor("gap", 0), starts: seedFor("gap", clusters) },
  }));
  const found = await pool.map("gap", "analysts", inputs);
  const tried = found.map((one, index) => ("refused" in one ? { k: index + 1, ...one } : one));
  const gaps = tried.filter((one) => "gap" in one);
  return { references, starts, textbookClusters: textbookClusters(gaps), tried };
}

async function findProfiles(dimensions: number, { pool, seedFor }: Work): Promise<Alternatives["latentProfile"]> {
  const inputs = upTo(PROFILE.most).map((clusters) => ({
    clusters,
    seeds: startSeeds(createRandom(seedFor("latent-profile", clusters)), PROFILE.starts),
  }));
  const found = await pool.map("latent-profile", "analysts", inputs);
  const tried = found.map((one, index) => {
    const k = index + 1;
    if ("refused" in one) return { k, ...one };
    const means = upTo(k).map((next) => [...one.means.subarray((next - 1) * dimensions, next * dimensions)]);
    return { k, ...one, shares: [...one.shares], means };
  });
  return { covariance: "tied", starts: PROFILE.starts, tried };
}

type CategoricalItem = { id: string; values: Float64Array; scores: number[] };

/** Items of 2 to 5 different scores that enough of the grouped answered, by id. */
function categoricalItems({ itemScores }: ScoredWave, grouped: Int32Array): CategoricalItem[] {
  const items = [...itemScores].sort(([left], [right]) => (left < right ? -1 : 1));
  return items.flatMap(([id, { scores: values }]) => {
    const answered = grouped.filter((row) => !Number.isNaN(values[row] as number));
    const scores = [...new Set(Array.from(answered, (row) => values[row] as number))];
    if (answered.length < LEAST_ANSWERED * grouped.length || scores.length < 2 || scores.length > MOST_SCORES)
      return [];
    return [{ id, values, scores: scores.sort((left, right) => left - right) }];
  });
}

async function findClasses(
  items: readonly CategoricalItem[],
  grouped: Int32Array,
  { pool, seedFor }: Work,
): Promise<Alternatives["latentClass"]> {
  const { starts, most } = CLASS;
  const complete = grouped.filter((row) => items.every(({ values }) => !Number.isNaN(values[row] as number)));
  const used = sampleRows(complete, MOST_ROWS, createRandom(seedFor("analysts", 1)));
  const told = {
    starts,
    items: items.map(({ id, scores }) => ({ id, scores })),
    complete: complete.length,
    used: used.length,
  };
  if (items.length < FEWEST_ITEMS) return { ...told, tried: null, reason: "few-items" };
  const answers = items.map(({ values }) => Float64Array.from(used, (row) => values[row] as number));
  pool.share<"latent-class">("answers", { answers });
  const inputs = upTo(most).map((clusters) => ({
    clusters,
    seeds: startSeeds(createRandom(seedFor("latent-class", clusters)), starts),
  }));
  const found = await pool.map("latent-class", "answers", inputs);
  const tried = found.map((one, index) => {
    if ("refused" in one) return { k: index + 1, ...one };
    const { answers: _, ...fit } = one;
    return { k: index + 1, ...fit };
  });
  return { ...told, tried, reason: null };
}

function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, index) => index + 1);
}
