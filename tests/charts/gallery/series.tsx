import { SeriesChart } from "../../../components/charts/series/series-chart.tsx";
import type { Figure } from "../../../data/contracts/cell.ts";
import type { SeriesDescription } from "../../../data/contracts/release.ts";
import { named, value } from "../../findings/made-up.ts";
import { figureOf, LONG, numbersIn, storyWith, WAVE } from "./releases.ts";
import { type Chart, type Scene, scenesOfKinds } from "./scene.ts";

const ID = "jobseekers";
const monthOf = (place: number) => `${2023 + Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}`;

type Rest = Partial<Scene> & { limits?: { centre: number; low: number; high: number } | null; signals?: number[] };

/** A monthly register, from January on. */
function months(figures: readonly (Figure | null)[], { limits = null, signals = [], ...rest }: Rest = {}): Scene {
  const codes = figures.map((_, place) => monthOf(place));
  const cells = codes.map((month, place) => ({
    ...{ measure: `series.${ID}`, statistic: "people" as const, at: { wave: WAVE, month } },
    figure: figures[place] ?? null,
  }));
  const series: SeriesDescription = {
    ...{ wave: WAVE, id: ID, name: { ...named("Työttömät"), sv: LONG.sv }, unit: null },
    ...{ counts: "stock", direction: "-", area: null, period: "month", months: codes, chart: "process-limits" },
    ...{ reading: "steady", baseline: null, seasonal: false, charted: null, runChart: null, gaps: [] },
    ...{ centre: limits?.centre ?? null, low: limits?.low ?? null, high: limits?.high ?? null },
    signals: signals.length > 0 ? [{ rule: "outside", side: "high", months: signals.map(monthOf) }] : [],
  };
  const kinds = new Set(figures.map((figure) => figure?.kind ?? "absent").filter((kind) => kind !== "value"));
  return {
    story: storyWith(cells, { series: [series], segments: [] }),
    draw: (reading) => reading.view.series.map((one) => <SeriesChart key={one.path} view={one} reading={reading} />),
    // A phone's drawing and a desk's are both in the page; one of them is seen.
    marks: 2 * numbersIn(figures),
    height: numbersIn(figures) > 0 ? 425 + 40 * kinds.size : 145 + 40 * kinds.size,
    ...rest,
  };
}

const people = (all: readonly number[]): Figure[] => all.map((one) => value(one));
const USUAL = Array.from({ length: 30 }, (_, place) => 5200 + 60 * ((place * 7) % 11));
const limits = { centre: 5500, low: 5050, high: 5950 };
const NO_GROUPS = "A series is everyone's: there are no groups.";

export const seriesChart: Chart = {
  name: "series",
  marks: ["series-point", "series-signal"],
  scenes: {
    ...scenesOfKinds((kind) =>
      months([...people(USUAL.slice(0, 6)), figureOf(kind), figureOf(kind), ...people([5300, 5400])]),
    ),
    ordinary: months(people(USUAL), { limits }),
    settled: months(people([...USUAL.slice(0, 20), 6400, 6500]), { limits, signals: [20, 21] }),
    unsettled: "A month is a signal or it is none: nothing between is drawn.",
    flagged: "Reservations stand in the table, beside the month's number.",
    "one-group": NO_GROUPS,
    "most-groups": NO_GROUPS,
    "long-names": "The name stands above the chart, not in it.",
    ends: months(people([0, 3, 0, 100000, 99000])),
    nothing: months([{ kind: "protected" }, { kind: "protected" }, { kind: "protected" }]),
    phone: months(people(USUAL), { limits, screen: "phone", height: 290 }),
  },
};
