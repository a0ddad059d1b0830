import type { Cell } from "../../data/contracts/cell.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Release } from "../../data/contracts/release.ts";
import type { Universe } from "../disclosure/universe.ts";
import { createRandom } from "../segmentation/random.ts";
import { describeDrivers } from "./describe-drivers.ts";
import type { DriversTask } from "./estimate-drivers.ts";
import type { Seeds } from "./find-segments.ts";
import type { Groupings } from "./group-survey.ts";
import { fewestApart, leaveOutByLot, type Population } from "./model-population.ts";
import { type ClosedSets, closedSetOfPersons } from "./protect-cells.ts";
import type { ScoredWave } from "./score-survey.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";

/** What models are made of: scores, groups, and which cells may carry a figure. */
export type Modelled = {
  scored: readonly ScoredWave[];
  groupings: Groupings;
  sets: ClosedSets;
  policy: DisclosurePolicy;
};
type Made = { cells: Published<Cell>[] } & Pick<Release, "drivers">;

/** What goes together with satisfaction with life, wave by wave (METHOD §4.1–4.5). */
export async function makeDrivers(modelled: Modelled, seedFor: Seeds, pool: WorkerPool): Promise<Made> {
  const { scored, groupings, sets, policy } = modelled;
  const waves = scored.flatMap((wave, place) => {
    const given = wave.dimensionScores.get("subjective");
    const dimensions = groupings.dimensions.filter(
      (dimension) => dimension !== "subjective" && wave.dimensionScores.has(dimension),
    );
    if (!given || dimensions.length === 0) return [];
    const { design, present } = sets.waves[place] as ClosedSets["waves"][number];
    const segments = groupings.codes.has("segment") ? (groupings.waves[place]?.groups.get("segment") ?? null) : null;
    const populationOf =
      (segment?: number): Population =>
      (person) =>
        present[person] === 1 && (segment === undefined || segments?.[person] === segment);
    const universe = sets.universes[place] as Universe;
    const [outcome, ...drivers] = leaveOutByLot(
      universe,
      {
        populations: [
          ...(groupings.codes.get("segment") ?? []).map((_, segment) => populationOf(segment)),
          populationOf(),
        ],
        scores: [given, ...dimensions.map((dimension) => wave.dimensionScores.get(dimension) as Float64Array)],
      },
      { fewest: policy.minimumPersons, random: createRandom(seedFor(`left out ${wave.content}`, 0)) },
    ) as [Float64Array, ...Float64Array[]];
    const task: DriversTask = {
      ...{ wave: { design, present }, outcome, drivers, segments },
      seed: seedFor(`drivers ${wave.content}`, 0),
    };
    const apartOf = (segment?: number) =>
      fewestApart(universe, { isOf: populationOf(segment), scores: [outcome, ...drivers] });
    return [{ place, wave: wave.wave, dimensions, task, apartOf }];
  });
  pool.share<"drivers">("drivers", null);
  const found = await pool.map(
    "drivers",
    "drivers",
    waves.map(({ task }) => task),
  );
  return describeDrivers(
    waves.map(({ place, wave, dimensions, apartOf }, index) => ({
      ...{ wave, dimensions, apartOf },
      found: found[index] as (typeof found)[number],
      segments: groupings.codes.get("segment") ?? [],
      closedSet: closedSetOfPersons(sets, place),
    })),
    policy,
  );
}
