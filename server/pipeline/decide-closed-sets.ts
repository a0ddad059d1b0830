import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { affordableTables, isWithinBudget } from "../disclosure/budget.ts";
import { cellsOf } from "../disclosure/lattice.ts";
import type { Pattern } from "../disclosure/protect.ts";
import { keyWithin, prepareUniverse } from "../disclosure/universe.ts";
import { sha256 } from "../store/canonical.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import type { EarlierRelease } from "./earlier-releases.ts";
import type { Progress } from "./ingest.ts";
import type { ClosedSets } from "./protect-cells.ts";
import { type Known, reckonWithEarlier } from "./reckon-with-earlier.ts";
import type { WorkerPool } from "./threads/worker-pool.ts";
import { universeOfWave, usersOf } from "./universe-of-wave.ts";

/** The policy as a release keeps it: a contributor's stricter k wins (METHOD §7.2). */
export function strictest(policy: DisclosurePolicy, chosen: readonly ChosenExtract[]): DisclosurePolicy {
  const own = chosen.map(({ codebook }) => codebook.minimumPersons ?? 0);
  return { ...policy, minimumPersons: Math.max(policy.minimumPersons, ...own) };
}

type MadeOf = {
  event: LifeEvent;
  chosen: readonly ChosenExtract[];
  policy: DisclosurePolicy;
  seed: string;
  earlier: readonly EarlierRelease[];
};

/** Decides once and for all which cells of each wave may carry a figure: a task a wave. */
export async function decideClosedSets(
  cut: { waves: readonly CutWave[]; lattice: Lattice },
  madeOf: MadeOf,
  pool: WorkerPool,
  progress: Progress,
): Promise<ClosedSets | Problem[]> {
  const { waves } = cut;
  const { undecided, known } = universesOf(cut, madeOf);
  const { earlier, policy } = madeOf;
  const waiting = waves.flatMap(({ wave }, place): Problem[] => {
    const changed = known[place]?.changed?.({}) ?? 0;
    return changed > 0 && changed < policy.minimumPersons
      ? [{ code: "release-waits", where: {}, fields: { wave, minimum: policy.minimumPersons } }]
      : [];
  });
  if (waiting.length > 0) return waiting;
  pool.share<"protect">("undecided", undecided);
  const base = await pool.map("protect", "undecided", [...waves.keys()], (done, of) => progress("protect", done, of));
  const refused = waves.flatMap(({ wave }, place): Problem[] =>
    base[place] === null
      ? [{ code: earlier.length > 0 ? "earlier-releases-tell" : "wave-not-publishable", where: {}, fields: { wave } }]
      : [],
  );
  return refused.length > 0 ? refused : { ...undecided, base: base as Pattern[] };
}

/** The tables that can be decided in time in every wave, and those that are left out for it (METHOD §7.4, bound). */
export function affordableLattice(
  { waves, lattice }: { waves: readonly CutWave[]; lattice: Lattice },
  madeOf: MadeOf,
): { lattice: Lattice; leftOut: (readonly string[])[] } {
  const tables = affordableTables(lattice.tables, (some) =>
    universesOf({ waves, lattice: { ...lattice, tables: some } }, madeOf).undecided.universes.every((universe) =>
      isWithinBudget(prepareUniverse(universe), madeOf.policy.minimumPersons),
    ),
  );
  return { lattice: { ...lattice, tables }, leftOut: lattice.tables.filter((table) => !tables.includes(table)) };
}

/** The waves as universes, with what is known of them from earlier releases. */
export function universesOf(
  { waves, lattice }: { waves: readonly CutWave[]; lattice: Lattice },
  { event, chosen, policy, seed, earlier }: MadeOf,
): { undecided: Omit<ClosedSets, "base">; known: readonly Known[] } {
  const sensitive = new Set(
    chosen.flatMap(({ codebook }) =>
      codebook.columns.flatMap((column) => (column.use === "background" && column.sensitive ? [column.id] : [])),
    ),
  );
  const known = waves.map((wave) => reckonWithEarlier(wave, lattice, earlier));
  const described = {
    keyTables: event.tables,
    sensitive,
    coalitions: event.coalitions ?? [],
    threeWayFrom: policy.threeWayFrom,
  };
  const undecided = {
    waves,
    lattice,
    universes: waves.map((wave, place) =>
      universeOfWave(wave, lattice, { ...described, known: known[place] as Known }),
    ),
    earlier: known.map(({ cells }) => cells),
    unsettled: known.map(({ changed }) => unsettledCells(lattice, waves, changed, policy.minimumPersons)),
    limits: { persons: policy.minimumPersons, events: policy.minimumEvents },
    seed: sha256(seed),
  };
  return { undecided, known };
}

/** Cells in which fewer than k persons came, went or changed since the last release: old and new together would tell of them. */
function unsettledCells(
  lattice: Lattice,
  waves: readonly CutWave[],
  changed: Known["changed"],
  fewest: number,
): ReadonlySet<string> {
  if (!changed) return new Set();
  const services = [...new Set(waves.flatMap(({ users }) => [...users.keys()]))];
  const cells = lattice.tables.flatMap((table) =>
    cellsOf(table, lattice.codes).flatMap((at) => [
      at,
      ...(table.length < 2 ? services.map((service) => ({ ...at, [usersOf(service)]: "used" })) : []),
    ]),
  );
  return new Set(
    cells.flatMap((at) => {
      const persons = changed(at);
      return persons > 0 && persons < fewest ? [keyWithin(at)] : [];
    }),
  );
}
