import type { Cell } from "../../data/contracts/cell.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Measure, Release } from "../../data/contracts/release.ts";
import { carryOver, speaksForPeople } from "./carry-over.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { coverCells, type Register } from "./count-register.ts";
import type { AskedSkills } from "./count-skills.ts";
import { describeLinks } from "./describe-links.ts";
import { describeModels } from "./describe-release.ts";
import { describeReliability } from "./describe-scores.ts";
import { describeServices } from "./describe-services.ts";
import { describeSkills } from "./describe-skills.ts";
import type { Judged } from "./estimate-question.ts";
import type { Seeds } from "./find-segments.ts";
import type { Survey } from "./gather-survey.ts";
import type { Groupings } from "./group-survey.ts";
import { makeDrivers } from "./model-cells.ts";
import type { ClosedSets } from "./protect-cells.ts";
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
  policy: DisclosurePolicy;
  words: ReleaseWords;
};

type Described = Pick<Release, "reliability" | "coverage" | "drivers" | "services" | "people" | "links" | "skills">;

/**
 * What follows from more than one question: what lifts and weighs, whom services help, about how many people, how things hang
 * together, skills held and asked for, and who is heard. Of cells that are decided already.
 */
export async function makeModels(
  { chosen, survey, scored, groupings, sets, judged, register, askedSkills, policy, words }: Given,
  { seedFor, pool }: { seedFor: Seeds; pool: WorkerPool },
): Promise<{ cells: Published<Cell>[]; measures: Measure[]; described: Described }> {
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
    cells: [...cover.cells, ...carried.cells, ...drivers.cells, ...linked.cells, ...skilled.cells],
    measures: [...describeModels([...drivers.cells, ...linked.cells], words), ...skilled.measures],
    described: {
      reliability,
      coverage: { register: register?.codebook ?? null, rows: cover.rows },
      drivers: drivers.drivers,
      services: describeServices(judged),
      people: carried.people,
      links: linked.links,
      ...(skilled.skills && { skills: skilled.skills }),
    },
  };
}
