import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Measure, Release, SeriesDescription } from "../../data/contracts/release.ts";
import { carryOver, speaksForPeople } from "./carry-over.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { coverCells, type Register } from "./count-register.ts";
import type { AskedSkills } from "./count-skills.ts";
import type { Lattice } from "./cut-waves.ts";
import { describeLinks } from "./describe-links.ts";
import { describeModels } from "./describe-release.ts";
import { describeReliability } from "./describe-scores.ts";
import { describeSeries, type SeriesRequest } from "./describe-series.ts";
import { describeServices } from "./describe-services.ts";
import { describeSkills } from "./describe-skills.ts";
import type { EarlierRelease } from "./earlier-releases.ts";
import type { Judged } from "./estimate-question.ts";
import type { Seeds } from "./find-segments.ts";
import type { Survey } from "./gather-survey.ts";
import type { Groupings } from "./group-survey.ts";
import { makeDrivers } from "./model-cells.ts";
import type { ClosedSets } from "./protect-cells.ts";
import { plainMeasure } from "./questions.ts";
import type { ReleaseWords } from "./release-words.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";

type Given = {
  chosen: readonly ChosenExtract[];
  survey: Survey;
  scored: readonly ScoredWave[];
  groupings: Groupings;
  sets: ClosedSets;
  judged: readonly Judged[];
  register: Register | null;
  askedSkills: AskedSkills | null;
  rows: SeriesRequest["rows"];
  earlier: readonly EarlierRelease[];
  policy: DisclosurePolicy;
  words: ReleaseWords;
};

type Described = Pick<
  Release,
  "reliability" | "coverage" | "drivers" | "services" | "people" | "links" | "skills" | "series"
>;

type Models = {
  cells: Published<Cell>[];
  measures: Measure[];
  /** Codes of months, quarters and years that some series has; none where there is no series. */
  months: string[];
  described: Described;
};

/**
 * What follows from more than one question: what lifts and weighs, whom services help, about how many people, how things hang
 * together, skills held and asked for, and who is heard. Of cells that are decided already.
 */
export async function makeModels(
  { chosen, survey, scored, groupings, sets, judged, register, askedSkills, policy, words, ...more }: Given,
  { seedFor, pool }: { seedFor: Seeds; pool: WorkerPool },
): Promise<Models | Problem[]> {
  const monthly = seriesOfRelease(more, { chosen, lattice: sets.lattice, policy });
  if (Array.isArray(monthly)) return monthly;
  const drivers = await makeDrivers({ scored, groupings, sets, policy }, seedFor, pool);
  const cover = register ? coverCells(register, sets, policy) : { cells: [], rows: [] };
  const carried = carryOver({
    ...{ register, groupings, sets, policy, coverage: cover.rows },
    speaksForPeople: (wave) => speaksForPeople(chosen, survey, wave),
  });
  const reliability = describeReliability(survey, { waves: scored, cut: sets.waves }, policy.minimumPersons);
  const linked = describeLinks({ scored, sets, policy, reliability });
  const skilled = describeSkills(askedSkills, sets, { survey, judged, policy, words });
  return {
    cells: [
      ...cover.cells,
      ...carried.cells,
      ...drivers.cells,
      ...linked.cells,
      ...skilled.cells,
      ...(monthly?.cells ?? []),
    ],
    measures: [
      ...describeModels([...drivers.cells, ...linked.cells], words),
      ...skilled.measures,
      ...measuresOfSeries(monthly?.series ?? []),
    ],
    months: monthly?.periods ?? [],
    described: {
      reliability,
      coverage: { register: register?.codebook ?? null, rows: cover.rows },
      drivers: drivers.drivers,
      services: describeServices(judged),
      people: carried.people,
      links: linked.links,
      ...(skilled.skills && { skills: skilled.skills }),
      ...(monthly && { series: monthly.series }),
    },
  };
}

/** Monthly registers beside what readers were ever shown of them; null where the life event has none. */
function seriesOfRelease(
  { rows, earlier }: Pick<Given, "rows" | "earlier">,
  { chosen, lattice, policy }: { chosen: readonly ChosenExtract[]; lattice: Lattice; policy: DisclosurePolicy },
) {
  const own = chosen.filter(({ role }) => role === "series");
  if (own.length === 0) return null;
  const editions = own.flatMap(({ speaksFor }) => [...speaksFor].map((pair) => pair.split(" ")[1] as string));
  const shown = earlier.flatMap(({ document }) =>
    document.cells.flatMap(({ measure, statistic, at, figure }) =>
      measure.startsWith("series.") && figure.kind === "value" ? [cellKey(measure, statistic, at)] : [],
    ),
  );
  return describeSeries({
    ...{ chosen, rows, policy },
    edition: editions.sort().at(-1) ?? "",
    places: { variable: "area", codes: lattice.codes.get("area") ?? [] },
    everShown: new Set(shown),
  });
}

function measuresOfSeries(series: readonly SeriesDescription[]): Measure[] {
  const known = new Map(series.map((one) => [one.id, one]));
  return [...known.values()].map(({ id, name, direction, wave }) =>
    plainMeasure({ id: `series.${id}`, name, direction, statistics: ["people"], asked: [wave] }),
  );
}
