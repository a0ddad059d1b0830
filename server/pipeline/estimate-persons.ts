import { cellKey } from "../../data/contracts/cell-key.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { type Facts, publishCell } from "../disclosure/gate.ts";
import { driftOfShares, type GroupDrift } from "../segmentation/drift.ts";
import type { Design } from "../statistics/design.ts";
import type { ProportionEstimate } from "../statistics/proportion.ts";
import { proportionDisplay } from "../statistics/reliability.ts";
import { againstEveryone, againstPreviousWave, type Side, sideOf } from "./compare-groups.ts";
import { type CutWave, type Group, isGrouping, personsOf } from "./cut-waves.ts";
import type { GroupsOfWave, Judged } from "./estimate-question.ts";
import type { ClosedSet } from "./protect-cells.ts";
import { type Compared, compareSiblings, settle, type Tested } from "./settle-comparisons.ts";
import { PLACED } from "./universe-of-wave.ts";

type Kept = Map<string, Judged>;
type Share = {
  at: Record<string, string>;
  facts: Facts;
  estimate: ProportionEstimate | null;
  side: Side | null;
  versus: Tested[];
};

/**
 * How many answered, and each category's share: of its parent, which is the wave, or the same cell without its grouping
 * (of two groupings the first: a segment's share of a band, INTERFACES §5).
 */
export function estimatePersons(
  waves: readonly GroupsOfWave[],
  { policy, closedSets }: { policy: DisclosurePolicy; closedSets: readonly ClosedSet[] },
): Judged[] {
  const kept: Kept = new Map();
  const compared = new Map<string, Compared & { facts: Facts }>();
  waves.forEach(({ wave, groups, pooled }, index) => {
    const { allows, reasonOf } = closedSets[index] as ClosedSet;
    const keep = (
      statistic: "count" | "percent",
      at: Record<string, string>,
      facts: Facts,
      estimate: Judged["estimate"],
    ) =>
      kept.set(cellKey("persons", statistic, at), {
        cell: publishCell({ measure: "persons", statistic, at }, facts, policy),
        estimate,
        reason: reasonOf(at),
      });
    const previous = waves[index - 1]?.wave ?? null;
    for (const table of new Set(groups.map((group) => group.table))) {
      const inTable = groups.filter((group) => group.table === table);
      for (const { at, members } of inTable)
        keep("count", at, members && allows(at) ? { kind: "persons", n: members.length } : { kind: "closed" }, null);
      if (table.length === 0) continue;
      const drift = table.length === 1 && previous ? driftOf(inTable, wave, previous) : null;
      const shares = inTable.map((group, place) =>
        shareOf(
          group,
          { wave, previous, pooled, drift: drift?.[place] ?? null, allows, fewest: policy.minimumPersons },
          kept,
        ),
      );
      for (const { at, facts, estimate, side, versus } of shares) {
        keep("percent", at, facts, estimate);
        const key = cellKey("persons", "percent", at);
        const isShown = kept.get(key)?.cell.figure.kind === "value";
        if (side && isShown) compared.set(key, { at, table, side, versus, facts });
      }
    }
  });
  // A share is compared with the same share elsewhere: by what it is a share within.
  compareSiblings([...compared.values()], {
    share: true,
    variablesOf: (table) => (table.length === 2 && table.some(isGrouping) ? withinOf(table) : []),
  });
  settle([...compared.values()]);
  for (const [key, { at, facts }] of compared) {
    const known = kept.get(key) as Judged;
    kept.set(key, { ...known, cell: publishCell({ measure: "persons", statistic: "percent", at }, facts, policy) });
  }
  return [...kept.values()];
}

/** How the groups of a grouping moved since the wave before, in the order of the table's cells; null for backgrounds. */
function driftOf(inTable: readonly Group[], wave: CutWave, previous: CutWave): GroupDrift[] | null {
  const variable = inTable[0]?.table[0] ?? "";
  if (!isGrouping(variable)) return null;
  const codes = inTable.map(({ at }) => at[variable] as string);
  const grouped = ({ design, codes: held, panel }: CutWave) => ({
    design,
    groups: Int32Array.from(held.get(variable) ?? [], (code) => (code === null ? -1 : codes.indexOf(code))),
    ...(panel && { persons: panel }),
  });
  return driftOfShares(grouped(previous), grouped(wave), codes.length);
}

type Beside = {
  wave: CutWave;
  previous: CutWave | null;
  pooled: Design | null;
  drift: GroupDrift | null;
  allows: ClosedSet["allows"];
  fewest: number;
};

function shareOf(
  { at, table, members: own }: Group,
  { wave, previous, pooled, drift, allows, fewest }: Beside,
  kept: Kept,
): Share {
  const closed: Share = { at, facts: { kind: "closed" }, estimate: null, side: null, versus: [] };
  const grouping = table.find(isGrouping);
  const within = withinOf(table);
  const event = table.filter((variable) => !within.includes(variable));
  if (!own || !allows(at) || !allows(pick(at, within))) return closed;
  // A grouping's shares are of those who were placed: a cell of its own where not everyone was.
  if (grouping && wave.placed && !within.some(isGrouping) && !allows({ ...pick(at, within), [PLACED]: "placed" }))
    return closed;
  const { values, inParent } = eventsOf(wave, at, { event, within, fewest });
  const everyone = personsOf(wave.present);
  const members = within.length === 0 ? everyone : everyone.filter(inParent);
  const side = sideOf(wave.design, values, members, true);
  const estimate = (side?.estimate ?? null) as ProportionEstimate | null;
  const display = proportionDisplay(estimate, estimate?.n ?? 0);
  const versus: Tested[] = [];
  if (side && estimate && !display.hidden) {
    const general = kept.get(cellKey("persons", "percent", pick(at, ["wave", ...event])));
    if (within.length > 0 && general?.cell.figure.kind === "value") {
      const others = everyone.filter((person) => !inParent(person));
      const [rest, all] = [others, everyone].map((rows) => sideOf(wave.design, values, rows, true));
      versus.push(...againstEveryone(side, rest ?? null, all ?? null, { share: true, fewest: 0 }));
    }
    const before = previous ? kept.get(cellKey("persons", "percent", { ...at, wave: previous.wave })) : undefined;
    if (previous && before?.cell.figure.kind === "value" && before.estimate) {
      if (drift && drift.low !== null && drift.high !== null)
        versus.push({ against: "previous-wave", ...pickChange(drift, drift.low, drift.high) });
      else if (!drift) {
        const then = eventsOf(previous, at, { event, within, fewest });
        const rows = personsOf(previous.present).filter(then.inParent);
        const earlier = { values: then.values, members: rows, estimate: before.estimate };
        versus.push(...againstPreviousWave({ values, members, estimate }, earlier, pooled, true));
      }
    }
  }
  const shown = { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null };
  const counts = { n: estimate?.n ?? 0, events: estimate?.events ?? 0 };
  return { at, estimate, side, versus, facts: { kind: "category", ...counts, estimate: shown, ...display, versus } };
}

/** What a table's shares are shares within: of a grouping's, the other variables; a background's are of the wave. */
function withinOf(table: readonly string[]): string[] {
  const grouping = table.find(isGrouping);
  return grouping ? table.filter((variable) => variable !== grouping) : [];
}

/**
 * 1 who has the event, 0 who has not, NaN whose group is not known; and who belongs to the cell without it. Where fewer than
 * k persons' backgrounds are not known, the shares are of everyone: shares of the others would count those few out.
 */
function eventsOf(
  { design, codes, present }: CutWave,
  at: Record<string, string>,
  { event, within, fewest }: { event: readonly string[]; within: readonly string[]; fewest: number },
) {
  const code = (variable: string, person: number) => codes.get(variable)?.[person] ?? null;
  const isUnknown = (person: number) => event.some((variable) => code(variable, person) === null);
  const unknown = personsOf(present).filter(isUnknown).length;
  const counted = !event.some(isGrouping) && unknown < fewest;
  const values = Float64Array.from(design.weights, (_, person) => {
    if (isUnknown(person)) return counted ? 0 : Number.NaN;
    return event.every((variable) => code(variable, person) === at[variable]) ? 1 : 0;
  });
  return { values, inParent: (person: number) => within.every((variable) => code(variable, person) === at[variable]) };
}

function pickChange({ difference, pValue }: GroupDrift, low: number, high: number): Omit<Tested, "against"> {
  return { difference, low, high, pValue, settled: low > 0 || high < 0 };
}

function pick(at: Record<string, string>, variables: readonly string[]): Record<string, string> {
  return Object.fromEntries(variables.map((variable) => [variable, at[variable] as string]));
}
