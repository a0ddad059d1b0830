import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { changeInPanel, joinWaves, type PanelWave } from "../statistics/change-in-panel.ts";
import type { Design } from "../statistics/design.ts";
import type { DifferenceEstimate } from "../statistics/difference.ts";
import { moverInterval } from "../statistics/mover.ts";
import { type ProportionEstimate, weightedProportion } from "../statistics/proportion.ts";

/** The groups of one wave: index of each row's group, −1 without one. */
export type GroupedWave = {
  design: Design;
  groups: Int32Array;
  /** Number of each row's person, the same in both waves; −1 where no one's. Only where a panel is declared. */
  persons?: Int32Array;
};

/** How a group's share changed, later minus earlier. */
export type GroupDrift = {
  group: number;
  earlier: ProportionEstimate;
  later: ProportionEstimate;
  difference: number;
  /** 95 % interval; null where a wave has df < 1. */
  low: number | null;
  high: number | null;
  standardError: number;
  degreesOfFreedom: number;
  /** Two-sided; null where the change is not tested. */
  pValue: number | null;
  /** After Benjamini and Hochberg over the groups. */
  adjusted: number | null;
  settled: boolean;
  /** `persons`: who answered in both waves is one unit. `independent`: nobody is known to, and variances are added. */
  variance: "persons" | "independent";
};

const SETTLED_AT = 0.05;
const FEWEST_ANSWERS = 30;
const LEAST_EFFECTIVE = 20;

/**
 * Drift: has a group's share changed between two waves?
 *
 *   θ = p_later − p_earlier,  V = V_earlier + V_later by METHOD §2.2, df by Satterthwaite (difference.ts)
 *   interval: MOVER of Korn and Graubard's limits with ρ;  p = 2·P(T_df ≥ |θ|/√V)                    METHOD §3.8, §5.2
 *   settled: p adjusted over the groups (Benjamini & Hochberg) ≤ .05 and the interval excludes 0       METHOD §8.3
 *
 * With panel persons the two waves are one design in which a person's rows are one unit (change-in-panel.ts), so that the
 * covariance is in V and ρ: ignoring it misstates the error. Shares are of the persons with a group. Not tested, and not
 * counted among the tests: n < 30 or ESS < 20 in a wave, df < 1. Null where a wave has nobody with a group. RangeError:
 * groups or persons of another length than the design.
 */
export function driftOfShares(earlier: GroupedWave, later: GroupedWave, groups: number): GroupDrift[] | null {
  const joined = joinWaves(panelOf(later), panelOf(earlier));
  const changes: Omit<GroupDrift, "adjusted" | "settled">[] = [];
  for (let group = 0; group < groups; group++) {
    const before = shareOf(earlier, group);
    const after = shareOf(later, group);
    const change = changeInPanel(joined, inGroup(later, group), inGroup(earlier, group));
    if (!before || !after || !change) return null;
    changes.push({
      group,
      ...changeBetween(before, after, change),
      variance: joined.together ? "persons" : "independent",
    });
  }
  const adjustedValues = benjaminiHochberg(changes.map(({ pValue }) => pValue));
  return changes.map((change, index) => {
    const adjusted = adjustedValues[index] ?? null;
    const excludesNought = change.low !== null && change.high !== null && (change.low > 0 || change.high < 0);
    return { ...change, adjusted, settled: adjusted !== null && adjusted <= SETTLED_AT && excludesNought };
  });
}

function changeBetween(
  earlier: ProportionEstimate,
  later: ProportionEstimate,
  { difference, standardError, degreesOfFreedom, pValue, correlation }: DifferenceEstimate,
): Omit<GroupDrift, "adjusted" | "settled" | "group" | "variance"> {
  const left = limitsOf(later);
  const right = limitsOf(earlier);
  const interval = left && right ? moverInterval(left, right, correlation) : { low: null, high: null };
  const enough = [earlier, later].every(
    ({ n, effectiveSampleSize }) => n >= FEWEST_ANSWERS && effectiveSampleSize >= LEAST_EFFECTIVE,
  );
  return {
    earlier,
    later,
    difference,
    ...interval,
    standardError,
    degreesOfFreedom,
    pValue: enough ? pValue : null,
  };
}

function limitsOf({ mean, low, high }: ProportionEstimate): { value: number; low: number; high: number } | null {
  return low === null || high === null ? null : { value: mean, low, high };
}

function shareOf(wave: GroupedWave, group: number): ProportionEstimate | null {
  const { values, members } = inGroup(wave, group);
  return weightedProportion(wave.design, values, members);
}

/** 1 = in the group, 0 = in another, NaN = in none, for everyone. */
function inGroup({ groups }: GroupedWave, group: number): { values: Float64Array; members: Int32Array } {
  return {
    values: Float64Array.from(groups, (own) => (own < 0 ? Number.NaN : own === group ? 1 : 0)),
    members: Int32Array.from(groups.keys()),
  };
}

function panelOf({ design, persons }: Pick<GroupedWave, "design" | "persons">): PanelWave {
  return { design, persons: persons ?? new Int32Array(design.weights.length).fill(-1) };
}

/**
 * Two waves as one design, the rows of the earlier first, in which a person's rows are one unit (change-in-panel.ts). Null
 * where nobody is known to be in both.
 */
export function poolPanel(
  earlier: Pick<GroupedWave, "design" | "persons">,
  later: Pick<GroupedWave, "design" | "persons">,
): Design | null {
  return joinWaves(panelOf(earlier), panelOf(later)).together;
}

/**
 * The rows of those who are in both waves, [earlier, later], in the earlier wave's order. RangeError: a person twice in a
 * wave, who would have two groups.
 */
export function inBoth(earlier: Int32Array | undefined, later: Int32Array | undefined): [number, number][] {
  if (!earlier || !later) return [];
  const before = rowOfPerson(earlier);
  const after = rowOfPerson(later);
  return [...before].flatMap(([person, row]): [number, number][] => {
    const laterRow = after.get(person);
    return laterRow === undefined ? [] : [[row, laterRow]];
  });
}

function rowOfPerson(persons: Int32Array): Map<number, number> {
  const rows = new Map<number, number>();
  persons.forEach((person, row) => {
    if (person < 0) return;
    if (rows.has(person)) throw new RangeError(`person ${person} stands twice in a wave`);
    rows.set(person, row);
  });
  return rows;
}
