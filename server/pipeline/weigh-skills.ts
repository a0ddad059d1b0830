import type { At } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Limits } from "../statistics/mover.ts";
import { ratioOfShares } from "../statistics/ratio-of-shares.ts";
import { roundTo } from "../statistics/rounding.ts";
import { sum } from "../statistics/sum.ts";
import { wilsonInterval } from "../statistics/wilson.ts";
import { heldMeasure } from "./ask-skills.ts";
import { type AskedSkills, askedMeasure, cellsOfMentions, wavesOfMentions } from "./count-skills.ts";
import type { Lattice } from "./cut-waves.ts";
import type { Judged } from "./estimate-question.ts";

/** Where a share lies beside the average of the skills compared: its whole interval above it, below it, or neither. */
export type Reading = "above" | "below" | "unsettled";

/** One skill in one cell: how much it is asked for beside how much it is held. */
export type WeighedSkill = {
  skill: string;
  /** Keys of the cells that hold the figures; null where the survey or the extract does not know the skill. */
  cells: { held: string | null; count: string | null; asked: string | null };
  /** Null where it cannot be compared: a cell of it is not shown, or too few others are. */
  asked: Reading | null;
  held: Reading | null;
  /** Of those missing most alone: how many times its share of mentions its share of holdings is. `high` null: without end. */
  ratio: { value: number; low: number; high: number | null } | null;
  /** Of those missing most alone: the places it may have among them. Overlapping intervals share places: no order is said. */
  places: { from: number; to: number } | null;
};
/** The skills of one cell; those missing most first, in the order of their places, then of their ids. */
export type WeighedSkills = { at: At; months: { from: string; to: string } | null; skills: WeighedSkill[] };

/** What is known once cells have passed the gate. */
export type KnownCells = {
  /** Skills that the survey asks. */
  skills: readonly string[];
  /** Cells of who holds them, by key. */
  judged: ReadonlyMap<string, Judged>;
  /** Keys of the cells of mentions that show a figure. */
  shown: ReadonlySet<string>;
};

/** With fewer skills than these an average says nothing. */
const FEWEST_COMPARED = 3;

/**
 * Skills that people have against skills that work asks for, cell by cell. Compared are the S skills whose three figures the cell shows.
 * With m_s mentions of M together and h_s the weighted share of people who hold it, H = Σ h:
 *
 *   asked `above`    whole Wilson interval of m_s / M above 1/S            (METHOD §2.7: a process model, not a sample)
 *   held `below`     whole interval of h_s below H/S
 *   missing most     asked above and held below
 *   ratio            (m_s / M) / (h_s / H): its share of what is asked to its share of what is held, interval by MOVER of logarithms
 *   places           from 1 + those missing whose ratio is wholly above, to all but those whose ratio is wholly below
 *
 * 1/S and H/S are taken as they are. In one cell M and H are the same for all skills, so their order by ratio is that by mentions per holder.
 * Computed before rounding, from cells that are shown; one that is shown as it was before is not compared.
 */
export function weighSkills(
  asked: AskedSkills,
  { waves, lattice }: { waves: readonly string[]; lattice: Pick<Lattice, "codes"> },
  known: KnownCells,
): WeighedSkills[] {
  const all = [...new Set([...asked.skills.map(({ id }) => id), ...known.skills])].sort();
  return wavesOfMentions(asked, waves).flatMap((wave) =>
    cellsOfMentions(asked, wave, lattice).map((at): WeighedSkills => {
      const facts = all.map((skill) => factsOf(skill, at, asked, known));
      const weighed = new Map(compareSkills(facts).map((one) => [one.skill, one]));
      const list = facts.map(({ skill, cells }): WeighedSkill => {
        const none = { asked: null, held: null, ratio: null, places: null };
        return { skill, cells, ...(weighed.get(skill) ?? none) };
      });
      const months = asked.months.get(wave) ?? null;
      return { at, months, skills: list.sort(byPlaces) };
    }),
  );
}

type Facts = Pick<WeighedSkill, "skill" | "cells"> & { mentions: number; holders: Limits | null };

function factsOf(skill: string, at: At, asked: AskedSkills, { skills, judged, shown }: KnownCells): Facts {
  const isAsked = asked.skills.some(({ id }) => id === skill);
  const cells = {
    held: skills.includes(skill) ? cellKey(heldMeasure(skill), "percent", at) : null,
    count: isAsked ? cellKey(askedMeasure(skill), "count", at) : null,
    asked: isAsked ? cellKey(askedMeasure(skill), "percent", at) : null,
  };
  const areShown = [cells.count, cells.asked].every((key) => key !== null && shown.has(key));
  const held = cells.held === null ? undefined : judged.get(cells.held);
  const holders = areShown && held ? limitsOf(held) : null;
  return { skill, cells, mentions: asked.mentionsOf(at, skill).count, holders };
}

/** The unrounded share behind a cell that shows it. */
function limitsOf({ cell: { figure }, estimate }: Judged): Limits | null {
  if (figure.kind !== "value" || figure.flags.includes("as-before") || !estimate) return null;
  const { mean: value, low, high } = estimate;
  return low === null || high === null || value <= 0 ? null : { value, low, high };
}

type Compared = Pick<WeighedSkill, "skill" | "asked" | "held" | "ratio" | "places">;

function compareSkills(facts: readonly Facts[]): Compared[] {
  const compared = facts.flatMap(({ skill, mentions, holders }) => (holders ? [{ skill, mentions, holders }] : []));
  const all = compared.reduce((total, { mentions }) => total + mentions, 0);
  if (compared.length < FEWEST_COMPARED || all === 0) return [];
  const holdings = sum(compared.map(({ holders }) => holders.value));
  const read = compared.map(({ skill, mentions, holders }) => {
    const share = { value: mentions / all, ...wilsonInterval(mentions, all) };
    const asked = readingOf(share, 1 / compared.length);
    const held = readingOf(holders, holdings / compared.length);
    const { value, low, high } = ratioOfShares(share, holders);
    const ratio = { value: value * holdings, low: low * holdings, high: high === null ? null : high * holdings };
    return { skill, asked, held, ratio, isMissing: asked === "above" && held === "below" };
  });
  const missing = read.filter(({ isMissing }) => isMissing);
  const end = ({ high }: { high: number | null }) => high ?? Number.POSITIVE_INFINITY;
  return read.map(({ isMissing, ratio, ...one }) => {
    if (!isMissing) return { ...one, ratio: null, places: null };
    const above = missing.filter((other) => other.ratio.low > end(ratio)).length;
    const below = missing.filter((other) => end(other.ratio) < ratio.low).length;
    const rounded = {
      value: roundTo(ratio.value, 1),
      low: roundTo(ratio.low, 1),
      high: ratio.high === null ? null : roundTo(ratio.high, 1),
    };
    return { ...one, ratio: rounded, places: { from: 1 + above, to: missing.length - below } };
  });
}

const readingOf = ({ low, high }: Limits, average: number): Reading =>
  low > average ? "above" : high < average ? "below" : "unsettled";

function byPlaces(left: WeighedSkill, right: WeighedSkill): number {
  const last = Number.POSITIVE_INFINITY;
  const from = (one: WeighedSkill) => one.places?.from ?? last;
  const to = (one: WeighedSkill) => one.places?.to ?? last;
  if (from(left) !== from(right)) return from(left) - from(right);
  if (to(left) !== to(right)) return to(left) - to(right);
  return left.skill < right.skill ? -1 : 1;
}
