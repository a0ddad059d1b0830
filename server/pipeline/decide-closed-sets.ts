import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Pattern } from "../disclosure/protect.ts";
import { sha256 } from "../store/canonical.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import type { Progress } from "./ingest.ts";
import type { ClosedSets } from "./protect-cells.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";
import { universeOfWave } from "./universe-of-wave.ts";

/** The policy as a release keeps it: a contributor's stricter k wins (METHOD §7.2). */
export function strictest(policy: DisclosurePolicy, chosen: readonly ChosenExtract[]): DisclosurePolicy {
  const own = chosen.map(({ codebook }) => codebook.minimumPersons ?? 0);
  return { ...policy, minimumPersons: Math.max(policy.minimumPersons, ...own) };
}

/** Decides once and for all which cells of each wave may carry a figure: a task a wave. */
export async function decideClosedSets(
  { waves, lattice }: { waves: readonly CutWave[]; lattice: Lattice },
  {
    event,
    chosen,
    policy,
    seed,
  }: { event: LifeEvent; chosen: readonly ChosenExtract[]; policy: DisclosurePolicy; seed: string },
  pool: WorkerPool,
  progress: Progress,
): Promise<ClosedSets | Problem[]> {
  const sensitive = new Set(
    chosen.flatMap(({ codebook }) =>
      codebook.columns.flatMap((column) => (column.use === "background" && column.sensitive ? [column.id] : [])),
    ),
  );
  const described = {
    keyTables: event.tables,
    sensitive,
    coalitions: event.coalitions ?? [],
    threeWayFrom: policy.threeWayFrom,
  };
  const undecided = {
    waves,
    lattice,
    universes: waves.map((wave) => universeOfWave(wave, lattice, described)),
    limits: { persons: policy.minimumPersons, events: policy.minimumEvents },
    seed: sha256(seed),
  };
  pool.share<"protect">("undecided", undecided);
  const base = await pool.map("protect", "undecided", [...waves.keys()], (done, of) => progress("protect", done, of));
  const refused = waves.flatMap(({ wave }, place): Problem[] =>
    base[place] === null ? [{ code: "wave-not-publishable", where: {}, fields: { wave } }] : [],
  );
  return refused.length > 0 ? refused : { ...undecided, base: base as Pattern[] };
}
