import type { Cell, Flag } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import { awayFromMostCommon, isCoveredByOthers } from "../disclosure/answers.ts";
import { type Facts, publishCell } from "../disclosure/gate.ts";
import type { Reason } from "../disclosure/protect.ts";
import { dependsOnMissingAnswers } from "../scoring/two-way.ts";
import type { Design } from "../statistics/design.ts";
import { linearise, type MeanEstimate } from "../statistics/mean.ts";
import type { ProportionEstimate } from "../statistics/proportion.ts";
import { quantileWithInterval } from "../statistics/quantile.ts";
import {
  againstEveryone,
  againstPreviousWave,
  displayOf,
  type GroupInWave,
  type Side,
  sideOf,
} from "./compare-groups.ts";
import type { CutWave, Group } from "./cut-waves.ts";
import { type ClosedSet, isAskedOf } from "./protect-cells.ts";
import type { AnswersOfWave, Question } from "./questions.ts";
import { type Compared, compareSiblings, settle, siblingVariables, type Tested } from "./settle-comparisons.ts";

/**
 * A cell that passed the gate, with the unrounded estimate behind it, its test against all others and why it is protected: for the
 * steward alone.
 */
export type Judged = {
  cell: Published<Cell>;
  estimate: MeanEstimate | null;
  reason: Reason | null;
  againstOthers?: Tested | null;
};
/** A wave with the cells' groups in one order. `pooled`: it and the wave before as one design, where they share a panel. */
export type GroupsOfWave = { wave: CutWave; groups: readonly Group[]; pooled: Design | null };

/**
 * Every cell of one measure with its comparisons, wave by wave, through the disclosure gate. Comparisons (METHOD §8):
 * everyone (shown), all others (tested), the previous wave, the siblings in each variable. What is settled is said once all
 * tests of the measure are known.
 */
export function estimateQuestion(
  question: Question,
  waves: readonly GroupsOfWave[],
  { policy, closedSets }: { policy: DisclosurePolicy; closedSets: readonly ClosedSet[] },
): Judged[] {
  const judged = new Map<string, Judged>();
  const compared = new Map<string, Compared & { facts: Facts }>();
  const keyOf = (at: Record<string, string>) => cellKey(question.measure.id, question.statistic, at);
  waves.forEach(({ wave, groups, pooled }, index) => {
    const answers = question.answers.get(wave.wave);
    const previous = waves[index - 1];
    const comparable = previous && question.madeOf.get(previous.wave.wave) === question.madeOf.get(wave.wave);
    const closed = closedSets[index] as ClosedSet;
    const [all] = groups;
    const everyone =
      answers && all?.members && question.kind !== "median"
        ? sideOf(wave.design, answers.values, all.members, question.kind === "share")
        : null;
    for (const [place, group] of groups.entries()) {
      if (!isAskedOf(question, group.table)) continue;
      const keep = (facts: Facts, estimate: MeanEstimate | null) =>
        judged.set(keyOf(group.at), {
          cell: publishCell(
            { measure: question.measure.id, statistic: question.statistic, at: group.at },
            facts,
            policy,
          ),
          estimate,
          reason: closed.reasonOf(group.at),
        });
      if (!answers) keep({ kind: "not-asked" }, null);
      else if (!group.members || !closed.allows(group.at)) keep({ kind: "closed" }, null);
      else if (question.kind === "median") keep(medianOf(wave, answers, group.members), null);
      else {
        const general = judged.get(keyOf({ wave: wave.wave }))?.cell.figure.kind === "value";
        const before = comparable ? judged.get(keyOf({ ...group.at, wave: previous.wave.wave })) : undefined;
        const members = previous?.groups[place]?.members;
        const values = previous && question.answers.get(previous.wave.wave)?.values;
        const { facts, side, versus } = estimateGroup(
          {
            share: question.kind === "share",
            category: question.category !== undefined || question.ofAll === "unplaced",
          },
          {
            ...group,
            everyone: general ? everyone : null,
            before:
              before?.cell.figure.kind === "value" && before.estimate && members && values
                ? { members, values, estimate: before.estimate }
                : null,
          },
          { wave, answers, pooled, fewest: policy.minimumPersons },
        );
        keep(facts, side?.estimate ?? null);
        const isShown = judged.get(keyOf(group.at))?.cell.figure.kind === "value";
        if (side && isShown) compared.set(keyOf(group.at), { ...group, side, versus, facts });
      }
    }
  });
  const share = question.kind === "share";
  const isDimension = question.measure.id.startsWith("dimension.");
  compareSiblings([...compared.values()], {
    share,
    // Of two variables only dimensions have siblings: else a release would be mostly comparisons that no one asks for.
    variablesOf: siblingVariables(waves[0]?.groups ?? [], isDimension),
  });
  settle([...compared.values()]);
  for (const [key, { at, facts, versus }] of compared) {
    const known = judged.get(key) as Judged;
    const cell = publishCell({ measure: question.measure.id, statistic: question.statistic, at }, facts, policy);
    const againstOthers = versus.find(({ against }) => against === "others") ?? null;
    judged.set(key, { ...known, cell, againstOthers });
  }
  return [...judged.values()];
}

function estimateGroup(
  { share, category }: { share: boolean; category: boolean },
  group: {
    table: readonly string[];
    members: Int32Array;
    others: Int32Array;
    everyone: Side | null;
    before: GroupInWave | null;
  },
  { wave, answers, pooled, fewest }: { wave: CutWave; answers: AnswersOfWave; pooled: Design | null; fewest: number },
): { facts: Facts; side: Side | null; versus: Tested[] } {
  const { values } = answers;
  const own = sideOf(wave.design, values, group.members, share);
  const estimate = own?.estimate ?? null;
  const display = displayOf(estimate, askedAmong(answers, group.members), share);
  const versus: Tested[] = [];
  if (own && estimate && !display.hidden && estimate.n >= fewest) {
    if (group.table.length > 0 && group.everyone)
      versus.push(
        ...againstEveryone(own, sideOf(wave.design, values, group.others, share), group.everyone, { share, fewest }),
      );
    if (group.before)
      versus.push(...againstPreviousWave({ values, members: group.members, estimate }, group.before, pooled, share));
  }
  const n = estimate?.n ?? 0;
  const shown = {
    n,
    estimate: { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null },
    hidden: display.hidden,
    flags: [...display.flags, ...answers.flags, ...sensitivityOf(wave, answers, group.members, estimate)],
    versus,
  };
  if (share)
    return {
      side: own,
      versus,
      facts: {
        kind: category ? "category" : "share",
        events: (estimate as ProportionEstimate | null)?.events ?? 0,
        ...shown,
      },
    };
  return { side: own, versus, facts: { kind: "mean", ...distanceFromConstants(values, group.members, n), ...shown } };
}

/** Flags a mean that moves by more than a point when missing answers are filled in (METHOD §1.4). */
function sensitivityOf(
  wave: CutWave,
  { filled }: AnswersOfWave,
  members: Int32Array,
  estimate: MeanEstimate | null,
): Flag[] {
  const other = filled && estimate ? linearise(wave.design, filled, members) : null;
  return other && estimate && dependsOnMissingAnswers(estimate.mean, other.mean) ? ["depends-on-missing"] : [];
}

/** A median of money with Woodruff's interval, and how many persons lie beyond it and its limits. */
function medianOf(wave: CutWave, answers: AnswersOfWave, members: Int32Array): Facts {
  const { values } = answers;
  const valid = members.filter((person) => !Number.isNaN(values[person] as number));
  const median = quantileWithInterval(wave.design, values, members, 0.5);
  const beyond = (limit: number | null) =>
    limit === null
      ? { below: 0, above: 0 }
      : {
          below: valid.filter((person) => (values[person] as number) < limit).length,
          above: valid.filter((person) => (values[person] as number) > limit).length,
        };
  const display = displayOf(
    sideOf(wave.design, values, members, false)?.estimate ?? null,
    askedAmong(answers, members),
    false,
  );
  return {
    kind: "median",
    n: valid.length,
    estimate: { value: median?.value ?? 0, low: median?.low ?? null, high: median?.high ?? null },
    covered:
      isCoveredByOthers(Array.from(valid, (person) => values[person] as number)) &&
      isCoveredByOthers(
        Array.from(valid, (person) => (values[person] as number) * (wave.design.weights[person] as number)),
      ),
    beyond: {
      value: beyond(median?.value ?? null),
      low: beyond(median?.low ?? null),
      high: beyond(median?.high ?? null),
    },
    hidden: display.hidden,
    flags: [...display.flags, ...answers.flags],
    versus: [],
  };
}

function askedAmong({ asked }: AnswersOfWave, members: Int32Array): number {
  let count = 0;
  for (const person of members) count += asked[person] as number;
  return count;
}

/** How many persons differ from the floor, from the ceiling, and from whatever value most of them share. */
function distanceFromConstants(values: Float64Array, members: Int32Array, n: number) {
  const given = Array.from(members, (person) => values[person] as number).filter((value) => !Number.isNaN(value));
  return {
    awayFromFloor: n - given.filter((value) => value === 0).length,
    awayFromCeiling: n - given.filter((value) => value === 100).length,
    awayFromMostCommon: awayFromMostCommon(given),
  };
}
