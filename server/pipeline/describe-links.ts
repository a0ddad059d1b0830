import type { Cell } from "../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { LinksDescription, Reliability } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import type { Universe } from "../disclosure/universe.ts";
import { createRandom } from "../segmentation/random.ts";
import { drawnLines } from "../statistics/drawn-lines.ts";
import { partialCorrelations } from "../statistics/partial-correlations.ts";
import { roundTo } from "../statistics/rounding.ts";
import { sha256 } from "../store/canonical.ts";
import { type CutWave, isGrouping, personsOf } from "./cut-waves.ts";
import { fewestApart, leaveOutByLot } from "./model-population.ts";
import { type ClosedSet, type ClosedSets, closedSetOfPersons } from "./protect-cells.ts";
import type { ScoredWave } from "./score-survey.ts";

type Linked = {
  scored: readonly ScoredWave[];
  sets: ClosedSets;
  policy: DisclosurePolicy;
  reliability: readonly Reliability[];
};
type At = Record<string, string>;

const FEWEST_DIMENSIONS = 3;

/**
 * How the dimensions hang together when the others are held equal: partial correlations as cells `link.<a>.<b>/correlation` of
 * everyone and of each class of a background with enough people, and as data which of them are lines (METHOD §4.8). Never within a
 * segment, band or trouble group: they are cut on the same scores.
 */
export function describeLinks({ scored, sets, policy, reliability }: Linked): {
  cells: Published<Cell>[];
  links: LinksDescription[];
} {
  const drawn = scored.flatMap((wave, place) => {
    const dimensions = DIMENSIONS.filter((dimension) => wave.dimensionScores.has(dimension));
    // Of two there is nothing to hold equal.
    if (dimensions.length < FEWEST_DIMENSIONS) return [];
    const cut = sets.waves[place] as CutWave;
    const closedSet = closedSetOfPersons(sets, place);
    const backgrounds = [...sets.lattice.codes].filter(([variable]) => !isGrouping(variable));
    const populations: At[] = [
      { wave: wave.wave },
      ...backgrounds.flatMap(([variable, codes]) => codes.map((code) => ({ wave: wave.wave, [variable]: code }))),
    ];
    const rough = dimensions.filter((dimension) => isRough(reliability, wave.wave, dimension));
    return populations.map((at) =>
      linksOf(at, {
        ...{ dimensions, cut, closedSet, policy, rough, seed: sets.seed },
        scores: dimensions.map((dimension) => wave.dimensionScores.get(dimension) as Float64Array),
        universe: sets.universes[place] as Universe,
      }),
    );
  });
  return { cells: drawn.flatMap(({ cells }) => cells), links: drawn.flatMap(({ links }) => links) };
}

type Population = {
  dimensions: readonly DimensionId[];
  scores: readonly Float64Array[];
  cut: CutWave;
  closedSet: ClosedSet;
  universe: Universe;
  seed: string;
  policy: DisclosurePolicy;
  rough: DimensionId[];
};

function linksOf(
  at: At,
  { dimensions, scores, cut, closedSet, universe, seed, policy, rough }: Population,
): { cells: Published<Cell>[]; links: LinksDescription[] } {
  const isIn = (person: number) =>
    cut.present[person] === 1 &&
    Object.entries(at).every(([variable, code]) => variable === "wave" || cut.codes.get(variable)?.[person] === code);
  const pairs = dimensions.flatMap((left, place) => dimensions.slice(place + 1).map((right) => ({ left, right })));
  const name = ({ left, right }: (typeof pairs)[number]) => ({
    ...{ measure: `link.${left}.${right}`, statistic: "correlation" as const, at },
  });
  const closed = () => ({ cells: pairs.map((pair) => publishCell(name(pair), { kind: "closed" }, policy)), links: [] });
  if (!closedSet.allows(at)) return closed();
  const complete = leaveOutByLot(
    universe,
    { populations: [isIn], scores },
    { fewest: policy.minimumPersons, random: createRandom(sha256(`${seed} links ${JSON.stringify(at)}`)) },
  );
  const found = partialCorrelations(cut.design, complete, personsOf(cut.present).filter(isIn));
  const apart = fewestApart(universe, { isOf: isIn, scores: complete });
  if (found.kind === "refused") return closed();
  const lines = drawnLines(found.pairs);
  const known = new Map(
    found.pairs.map((pair, place) => [
      `${dimensions[pair.left]} ${dimensions[pair.right]}`,
      { ...pair, isLine: lines[place]?.drawn === true },
    ]),
  );
  return {
    cells: pairs.map((pair) => {
      const own = known.get(`${pair.left} ${pair.right}`);
      if (!own) return publishCell(name(pair), { kind: "closed" }, policy);
      const estimate = { value: own.correlation, low: own.low, high: own.high };
      return publishCell(
        name(pair),
        { kind: "model", n: found.n, apart, estimate, hidden: own.low === null, flags: [], versus: [] },
        policy,
      );
    }),
    links: [
      {
        at,
        retained: roundTo(100 * found.retained, 0),
        fewRetained: found.warning !== null,
        dropped: found.dropped.map(({ column }) => dimensions[column] as DimensionId),
        lines: pairs.flatMap(({ left, right }): [DimensionId, DimensionId][] =>
          known.get(`${left} ${right}`)?.isLine ? [[left, right]] : [],
        ),
        rough,
      },
    ],
  };
}

/** A dimension of one item, or whose items hang together weakly, is measured roughly: its true links may be stronger. */
function isRough(reliability: readonly Reliability[], wave: string, dimension: DimensionId): boolean {
  const own = reliability.find((one) => one.wave === wave && one.dimension === dimension);
  return own === undefined || own.reading === "one-item" || own.reading === "weak" || own.reading === "separate";
}
