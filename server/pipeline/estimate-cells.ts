import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { poolPanel } from "../segmentation/drift.ts";
import type { Design } from "../statistics/design.ts";
import { type CutWave, groupsOf, type Lattice } from "./cut-waves.ts";
import { estimatePersons } from "./estimate-persons.ts";
import { estimateQuestion, type GroupsOfWave, type Judged } from "./estimate-question.ts";
import {
  type ClosedSets,
  closedSetOfPersons,
  closedSetOfUnplaced,
  closedSetsOfAsked,
  closedSetsOfFamily,
} from "./protect-cells.ts";
import type { Question } from "./questions.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";

/** What every estimate of a release shares: its waves, what cuts them, the rules, and which cells may be answered. */
export type Estimation = ClosedSets & { policy: DisclosurePolicy };

/** Measures that the same persons answered in every wave: their closed sets are decided together. */
export type Family = readonly Question[];

/**
 * Estimates every cell of every measure with its comparisons and takes each through the disclosure gate: one task a
 * family, divided among worker threads. In the order of the questions.
 */
export async function estimateCells(
  estimation: Estimation,
  questions: readonly Question[],
  pool: WorkerPool,
  far: (done: number, of: number) => void,
): Promise<Judged[]> {
  pool.share<"estimate">("estimation", estimation);
  const judged = await pool.map("estimate", "estimation", ["persons", ...familiesOf(questions)], far);
  return judged.flat();
}

/** Questions by who answered them. */
export function familiesOf(questions: readonly Question[]): Family[] {
  const families = new Map<string, Question[]>();
  for (const question of questions) {
    const answered = [...question.answers].map(([wave, { values }]) => [wave, ...maskOf(values)].join());
    const key = JSON.stringify([question.ofAll ?? null, question.among ?? null, answered]);
    families.set(key, [...(families.get(key) ?? []), question]);
  }
  return [...families.values()];
}

/** Whether each person answered, as numbers of 32 bits. */
function maskOf(values: Float64Array): Uint32Array {
  const bits = new Uint32Array(Math.ceil(values.length / 32));
  values.forEach((value, person) => {
    if (!Number.isNaN(value)) bits[person >>> 5] = (bits[person >>> 5] as number) | (1 << (person & 31));
  });
  return bits;
}

const groups = new WeakMap<Estimation, Record<"ofPresent" | "ofAll" | "withUnplaced", GroupsOfWave[]>>();

/** One family's cells: a task of a worker, which works out the groups of the waves once. */
export function estimateFamily(estimation: Estimation, family: Family | "persons"): Judged[] {
  const { waves, lattice, policy } = estimation;
  let cut = groups.get(estimation);
  if (!cut) {
    const oneWay = { ...lattice, tables: lattice.tables.filter(({ length }) => length < 2) };
    cut = {
      ofPresent: cutOf(waves, lattice, policy),
      ofAll: cutOf(waves.map(withEveryone), oneWay, policy),
      withUnplaced: cutOf(waves.map(withUnplaced), oneWay, policy),
    };
    groups.set(estimation, cut);
  }
  const places = [...waves.keys()];
  if (family === "persons")
    return estimatePersons(cut.ofPresent, {
      policy,
      closedSets: places.map((place) => closedSetOfPersons(estimation, place)),
    });
  const { ofPresent, ofAll, withUnplaced: withRest } = cut;
  const speaksOf = (family[0] as Question).ofAll;
  const byWave = places.map((place) => {
    if (speaksOf === "unplaced")
      return { cut: withRest[place], sets: family.map(() => closedSetOfUnplaced(estimation, place)) };
    const asked = speaksOf === "asked" ? closedSetsOfAsked(estimation, family, place) : null;
    return asked
      ? { cut: ofAll[place], sets: asked }
      : { cut: ofPresent[place], sets: closedSetsOfFamily(estimation, family, place) };
  });
  return family.flatMap((question, index) =>
    estimateQuestion(
      question,
      byWave.map((wave) => wave.cut as GroupsOfWave),
      { policy, closedSets: byWave.map(({ sets }) => sets[index] as (typeof sets)[number]) },
    ),
  );
}

function cutOf(waves: readonly CutWave[], lattice: Lattice, policy: DisclosurePolicy): GroupsOfWave[] {
  return waves.map((wave, index) => ({
    wave,
    groups: groupsOf(wave, lattice, policy.threeWayFrom),
    pooled: pooledWith(waves[index - 1], wave),
  }));
}

function withEveryone(wave: CutWave): CutWave {
  return { ...wave, present: new Uint8Array(wave.present.length).fill(1) };
}

/** Who is left out for a background that is not known is left out of the share that could not be placed as well. */
function withUnplaced(wave: CutWave): CutWave {
  return { ...wave, present: wave.present.map((held, person) => held | (wave.unplaced[person] as number)) };
}

/** Two waves as one design where members of a panel answered in both. */
function pooledWith(earlier: CutWave | undefined, later: CutWave): Design | null {
  if (!earlier?.panel || !later.panel) return null;
  return poolPanel({ design: earlier.design, persons: earlier.panel }, { design: later.design, persons: later.panel });
}
