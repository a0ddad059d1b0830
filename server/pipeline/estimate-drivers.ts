import { createRandom } from "../segmentation/random.ts";
import { driverInteractions, type Interactions } from "../statistics/driver-interactions.ts";
import { type Drivers, driversOf, type NoDrivers } from "../statistics/drivers.ts";
import type { CutWave } from "./cut-waves.ts";
import { personsOf } from "./cut-waves.ts";

/** Satisfaction with life, and what may go together with it: a wave's scores in the order of the dimensions. */
export type DriversTask = {
  wave: Pick<CutWave, "design" | "present">;
  outcome: Float64Array;
  drivers: Float64Array[];
  /** A place per person, −1 without one; null where no segments are published. */
  segments: Int32Array | null;
  seed: string;
};

/** What goes together with satisfaction with life, among everyone and segment by segment; nothing here has passed the gate. */
export type DriversOfWave = { everyone: Drivers | NoDrivers; segments: Interactions | null };

/** One wave: a task of a worker (METHOD §4.1–4.4). */
export function estimateDrivers({ wave, outcome, drivers, segments, seed }: DriversTask): DriversOfWave {
  const question = {
    ...{ design: wave.design, outcome, drivers, members: personsOf(wave.present) },
    // With METHOD's contrast an idle driver gets a verdict in up to a third of cases where effects run along the whole scale.
    othersBy: "levels-and-scores" as const,
  };
  return {
    everyone: driversOf({ ...question, population: "everyone" }, { random: createRandom(seed) }),
    segments: segments && driverInteractions({ ...question, segments }),
  };
}
