import { LinksChart } from "../../../components/charts/links/links-chart.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../../data/contracts/names.ts";
import { value } from "../../findings/made-up.ts";
import { figureOf, LONG, namedMeasures, storyWith, WAVE } from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

type Pair = readonly [DimensionId, DimensionId];
type Rest = Partial<Scene> & { dimensions?: readonly DimensionId[]; isLong?: boolean; rough?: DimensionId[] };

const FOUR: DimensionId[] = ["material", "health", "social", "subjective"];
const pairsOf = (dimensions: readonly DimensionId[]): Pair[] =>
  dimensions.flatMap((left, place) => dimensions.slice(place + 1).map((right): Pair => [left, right]));

/** Correlations of pairs, in the pairs' order; those that are settled are lines. */
function links(
  figures: readonly { figure: Figure | null; isLine: boolean }[],
  { dimensions = FOUR, isLong, rough = [], ...rest }: Rest = {},
): Scene {
  const pairs = pairsOf(dimensions);
  const of = (place: number) => figures[place % figures.length] ?? { figure: null, isLine: false };
  const lines = pairs
    .filter((_, place) => of(place).isLine)
    .map(([left, right]): [DimensionId, DimensionId] => [left, right]);
  const cells = pairs.map(([left, right], place) => ({
    ...{ measure: `link.${left}.${right}`, statistic: "correlation" as const, at: { wave: WAVE } },
    figure: of(place).figure,
  }));
  const described = { at: { wave: WAVE }, retained: 97, fewRetained: false, dropped: [], lines, rough };
  const measures = namedMeasures(dimensions, isLong ? LONG : undefined);
  const without = pairs.filter((_, place) => of(place).figure?.kind !== "value").length;
  return {
    story: storyWith(cells, { dimensions, measures, links: [described], segments: [] }),
    draw: (reading) =>
      reading.view.links && <LinksChart pairs={reading.view.links.pairs} rough={rough} reading={reading} />,
    // A phone's drawing and a desk's are both in the page; one of them is seen.
    marks: 2 * pairs.filter((_, place) => of(place).isLine && of(place).figure?.kind === "value").length,
    height: 515 + (lines.length === 0 ? 100 : 0) + (without > 0 ? 45 : 0),
    ...rest,
  };
}

const link = (size: number, isLine = true) => ({
  figure: value(size, { low: size - 0.05, high: size + 0.05 }),
  isLine,
});
const NO_GROUPS = "Links are everyone's: there are no groups.";

export const linksChart: Chart = {
  name: "links",
  marks: ["link"],
  scenes: {
    ...scenesOfKinds((kind) => links([link(0.4), { figure: figureOf(kind), isLine: true }, link(0.05, false)])),
    ordinary: links([link(0.4), link(0.05, false), link(0.12), link(-0.2), link(0.02, false)], {
      dimensions: DIMENSIONS,
    }),
    settled: links([link(0.6)]),
    unsettled: links([link(0.04, false)]),
    flagged: links([link(0.4), link(0.2)], { rough: ["social"] }),
    "one-group": NO_GROUPS,
    "most-groups": NO_GROUPS,
    "long-names": links([link(0.3)], { isLong: true, language: "sv" }),
    ends: links([link(1), link(-1), link(0.1)]),
    nothing: links([], { dimensions: [], height: 140 }),
    phone: links([link(0.4), link(0.05, false), link(0.12)], { dimensions: DIMENSIONS, screen: "phone", height: 400 }),
  },
};
