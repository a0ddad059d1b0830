import { compensatedSum } from "../statistics/sum.ts";
import { type GroupedWave, inBoth } from "./drift.ts";

/** Where members of a panel moved between two waves. */
export type Flows = {
  /** Panel members with a group in both waves. */
  members: number;
  /** Panel members without a group in one of them. */
  withoutGroup: number;
  /** Persons by earlier group and later group. */
  counts: number[][];
  /** Of each earlier group the weighted share now in each group; null where nobody was in it. */
  shares: (number[] | null)[];
  /** The share still in their group. */
  stayed: number;
  /** Always: who stands near a border changes group by answering a little differently. */
  includesAnswerNoise: true;
};

/**
 * Flows between groups among panel members: who answered in both waves and has a group in both.
 *
 *   share(a → b) = Σ_{i: a then b} w_i / Σ_{i: a then any} w_i                                          METHOD §3.8
 *
 * w = weight of the earlier wave, whose groups are followed. A part of every flow is answer noise, not change; how large a
 * part a retest would tell. Plain numbers of people: nothing here has passed the disclosure gate. Null without a member.
 * RangeError: a person twice in a wave, a group number that `groups` does not have.
 */
export function flowsBetween(earlier: GroupedWave, later: GroupedWave, groups: number): Flows | null {
  const both = inBoth(earlier.persons, later.persons);
  const moves = both
    .map(([before, after]) => {
      const weight = earlier.design.weights[before]!;
      return { from: earlier.groups[before]!, to: later.groups[after]!, weight };
    })
    .filter(({ from, to }) => from >= 0 && to >= 0);
  if (moves.some(({ from, to }) => from >= groups || to >= groups))
    throw new RangeError(`groups are numbered 0 … ${groups - 1}`);
  if (moves.length === 0) return null;
  const weightOf = (chosen: typeof moves) => compensatedSum(chosen.length, (index) => chosen[index]!.weight);
  const numbers = Array.from({ length: groups }, (_, group) => group);
  const between = numbers.map((from) =>
    numbers.map((to) => moves.filter((move) => move.from === from && move.to === to)),
  );
  return {
    members: moves.length,
    withoutGroup: both.length - moves.length,
    counts: between.map((row) => row.map((chosen) => chosen.length)),
    shares: between.map((row) => {
      const total = weightOf(row.flat());
      return total > 0 ? row.map((chosen) => weightOf(chosen) / total) : null;
    }),
    stayed: weightOf(moves.filter(({ from, to }) => from === to)) / weightOf(moves),
    includesAnswerNoise: true,
  };
}
