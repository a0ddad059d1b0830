import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { poolPanel } from "../segmentation/drift.ts";
import type { Design } from "../statistics/design.ts";
import { type CutWave, groupsOf, type Lattice } from "./cut-waves.ts";
import { estimatePersons } from "./estimate-persons.ts";
import { estimateQuestion, type GroupsOfWave, type Judged } from "./estimate-question.ts";
import type { Question } from "./questions.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";

/** What every estimate of a release shares: its waves, what cuts them, and the rules. */
export type Estimation = { waves: readonly CutWave[]; lattice: Lattice; policy: DisclosurePolicy };

/**
 * Estimates every cell of every measure with its comparisons and takes each through the disclosure gate: one task a
 * measure, divided among worker threads.
 */
export async function estimateCells(
  estimation: Estimation,
  questions: readonly Question[],
  pool: WorkerPool,
  far: (done: number, of: number) => void,
): Promise<Judged[]> {
  pool.share<"estimate">("estimation", estimation);
  const judged = await pool.map("estimate", "estimation", ["persons", ...questions], far);
  return judged.flat();
}

const groups = new WeakMap<Estimation, GroupsOfWave[]>();

/** One measure's cells: a task of a worker, which works out the groups of the waves once. */
export function estimateMeasure(estimation: Estimation, question: Question | "persons"): Judged[] {
  const { waves, lattice, policy } = estimation;
  let cut = groups.get(estimation);
  if (!cut) {
    cut = waves.map((wave, index) => ({
      wave,
      groups: groupsOf(wave, lattice, policy.threeWayFrom),
      pooled: pooledWith(waves[index - 1], wave),
    }));
    groups.set(estimation, cut);
  }
  return question === "persons" ? estimatePersons(cut, policy) : estimateQuestion(question, cut, policy);
}

/** Two waves as one design where members of a panel answered in both. */
function pooledWith(earlier: CutWave | undefined, later: CutWave): Design | null {
  if (!earlier?.panel || !later.panel) return null;
  return poolPanel({ design: earlier.design, persons: earlier.panel }, { design: later.design, persons: later.panel });
}
