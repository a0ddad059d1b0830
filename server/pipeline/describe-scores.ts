import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Comparability, Reliability } from "../../data/contracts/release.ts";
import { compareItems } from "../scoring/comparability.ts";
import { reliabilityOf, reliabilityWord, reverseCodingConsequence } from "../scoring/reliability.ts";
import { roundCount, roundTo } from "../statistics/rounding.ts";
import type { CutWave } from "./cut-waves.ts";
import type { Survey } from "./gather-survey.ts";
import type { ScoredWave } from "./score-survey.ts";

/** How well the items of each dimension hang together, wave by wave, among who counts (METHOD §1.5). */
export function describeReliability(
  survey: Survey,
  { waves, cut }: { waves: readonly ScoredWave[]; cut: readonly CutWave[] },
  fewest: number,
): Reliability[] {
  return waves.flatMap((wave, place) =>
    DIMENSIONS.flatMap((dimension): Reliability[] => {
      const { present } = cut[place] as CutWave;
      const items = [...itemsOf(survey, wave, dimension)].map(([id, { scores }]) => ({
        id,
        scores: scores.filter((_, person) => present[person] === 1),
      }));
      if (items.length === 0) return [];
      const formative = survey.formative.has(dimension);
      return [{ wave: wave.wave, dimension, formative, ...describeItems(items, fewest) }];
    }),
  );
}

/**
 * Items of a dimension that run against each other beyond chance: one is probably coded the wrong way round, and every
 * figure of the dimension would be wrong with it. Refused until the codebook is put right (METHOD §1.5).
 */
export function opposedItems(survey: Survey, waves: readonly ScoredWave[]): Problem[] {
  return waves.flatMap((wave) =>
    DIMENSIONS.flatMap((dimension): Problem[] => {
      const items = [...itemsOf(survey, wave, dimension)].map(([id, { scores }]) => ({ id, scores }));
      if (items.length < 2) return [];
      const found = reliabilityOf(items);
      if (found.kind !== "reverse-coded?") return [];
      if (reverseCodingConsequence(found, survey.formative.has(dimension)) !== "block") return [];
      const suspected = found.items.filter(({ restCorrelation }) => restCorrelation === null || restCorrelation < 0);
      const fields = { dimension, wave: wave.wave, items: suspected.map(({ id }) => id).join(", ") };
      return [{ code: "items-opposed", where: {}, fields }];
    }),
  );
}

/** Items that behave otherwise beside their dimension than in the reference wave (METHOD §1.6). */
export function describeComparability(
  survey: Survey,
  waves: readonly ScoredWave[],
  referenceWave: string,
): Comparability[] {
  const reference = waves.find(({ wave }) => wave === referenceWave) as ScoredWave;
  return waves
    .filter((wave) => wave !== reference)
    .flatMap((wave) =>
      DIMENSIONS.flatMap((dimension) =>
        compareItems(
          { items: itemsOf(survey, reference, dimension), weights: reference.design.weights },
          { items: itemsOf(survey, wave, dimension), weights: wave.design.weights },
        ).flatMap((compared): Comparability[] =>
          compared.kind === "compared"
            ? [
                {
                  wave: wave.wave,
                  measure: `item.${compared.id}`,
                  shift: roundTo(compared.shift, 2),
                  differs: compared.differs,
                },
              ]
            : [],
        ),
      ),
    );
}

function itemsOf(survey: Survey, wave: ScoredWave, dimension: DimensionId): ScoredWave["itemScores"] {
  const own = survey.items.filter(({ column }) => column.dimension === dimension);
  return new Map(
    own.flatMap(({ id }) => {
      const scored = wave.itemScores.get(id);
      return scored ? [[id, scored] as const] : [];
    }),
  );
}

const UNKNOWN = {
  n: null,
  alpha: null,
  low: null,
  high: null,
  standardised: null,
  omega: null,
  spearmanBrown: null,
  opposed: false,
  items: [],
} as const;

function describeItems(
  items: Parameters<typeof reliabilityOf>[0],
  fewest: number,
): Omit<Reliability, "wave" | "dimension" | "formative"> {
  const found = reliabilityOf(items);
  const dropped = found.dropped.map(({ id }) => `item.${id}`);
  const reading = reliabilityWord(asShown(found), false);
  const rounded = (value: number | null) => (value === null ? null : roundTo(value, 2));
  switch (found.kind) {
    case "one-item":
    case "no-items":
      return { ...UNKNOWN, items: [], dropped, reading: "one-item" };
    case "too-few":
      return { ...UNKNOWN, items: [], dropped, reading: "too-few" };
    case "spearman-brown":
      return {
        ...UNKNOWN,
        items: [],
        dropped,
        reading: reading as Reliability["reading"],
        n: roundCount(found.complete, fewest),
        spearmanBrown: roundTo(found.coefficient, 2),
      };
    case "alpha":
    case "reverse-coded?": {
      const own = found.kind === "alpha" ? found : null;
      return {
        ...UNKNOWN,
        dropped,
        reading: reading as Reliability["reading"],
        opposed: found.kind === "reverse-coded?",
        n: roundCount(found.complete, fewest),
        alpha: rounded(own?.alpha ?? null),
        low: rounded(own?.low ?? null),
        high: rounded(own?.high ?? null),
        standardised: rounded(own?.standardisedAlpha ?? null),
        omega: rounded(own && own.omega.kind === "omega" ? own.omega.omega : null),
        items: found.items.map(({ id, alphaIfDeleted, restCorrelation }) => ({
          measure: `item.${id}`,
          alphaWithout: rounded(alphaIfDeleted),
          itemRest: rounded(restCorrelation),
        })),
      };
    }
  }
}

/** The word is that of the number as it is shown: .80 is good, whatever was rounded to it. */
function asShown(found: ReturnType<typeof reliabilityOf>): ReturnType<typeof reliabilityOf> {
  if (found.kind === "alpha") return { ...found, alpha: roundTo(found.alpha, 2) };
  return found.kind === "spearman-brown" ? { ...found, coefficient: roundTo(found.coefficient, 2) } : found;
}
