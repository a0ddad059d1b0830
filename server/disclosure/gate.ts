import type { Cell, Figure, Flag, Statistic, Versus } from "../../data/contracts/cell.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import { roundCount, roundSignificant, roundTo } from "../statistics/rounding.ts";
import { PERSONS_BEYOND } from "./answers.ts";

/** A difference before rounding. Groups of shares count 0–1. */
export type RawVersus = Versus;

/**
 * What is known of one cell before it may be shown: exact, unweighted numbers of persons for the rules, and the
 * unrounded estimate. Never stored for readers.
 */
export type Facts =
  | { kind: "not-asked" }
  /** Outside the closed set: small, computable from what is published, or crossing more variables than this wave allows. */
  | { kind: "closed" }
  /** A mean of 0–100 scores. `away…`: persons who differ from the floor, the ceiling, the most common value. */
  | ({
      kind: "mean";
      n: number;
      awayFromFloor: number;
      awayFromCeiling: number;
      awayFromMostCommon: number;
    } & Estimated)
  /** A share of persons with an answer that is no variable of the release: events stand for the persons with it. */
  | ({ kind: "share"; n: number; events: number } & Estimated)
  /** A share of persons in a category that also stands as a cell of its own. */
  | ({ kind: "category"; n: number; events: number } & Estimated)
  /** A median of money. `covered`: the p %-rule holds. `beyond`: persons strictly below and above it and each limit; whoever lies there hides whose it is. */
  | ({ kind: "median"; n: number; covered: boolean; beyond: Record<"value" | "low" | "high", Beyond> } & Estimated)
  /**
   * Of a model of complete cases: slope, share of R², correlation. `apart`: persons of its population who are not in it, of any view
   * that has some the fewest.
   */
  | ({ kind: "model"; n: number; apart: number } & Estimated)
  /** People of a register, by the shares of a survey's groups. */
  | ({ kind: "carried-over" } & Estimated)
  | { kind: "persons"; n: number }
  /** People in a register; `incomplete`: parts were suppressed at source and are not in it. */
  | { kind: "people"; people: number; incomplete: boolean }
  | { kind: "register-share"; people: number; of: number; incomplete: boolean }
  /** Things that are no persons, such as mentions in advertisements: how many, or where `of` is given which share of all. */
  | { kind: "occurrences"; count: number; of: number | null; incomplete: boolean };
type Beyond = { below: number; above: number };
type Estimated = {
  /** Shares as 0–1. */
  estimate: { value: number; low: number | null; high: number | null };
  hidden: boolean;
  flags: Flag[];
  versus: RawVersus[];
};

const PROTECTED: Figure = { kind: "protected" };
/**
 * The disclosure gate: the one place where a figure becomes publishable. Whether its cell is of the closed set has been decided
 * before (`protect`); here stand the rules of the single figure once more (METHOD §7.3) and rounding (§7.5).
 */
export function publishCell(
  { measure, statistic, at }: Pick<Cell, "measure" | "statistic" | "at">,
  facts: Facts,
  policy: DisclosurePolicy,
): Published<Cell> {
  const figure = judge(facts, statistic, policy);
  return { measure, statistic, at, figure } as Published<Cell>;
}

/** A cell that readers have been shown in an earlier release, shown again as it was (METHOD §7.6). */
export function showAgain({ measure, statistic, at, figure }: Cell): Published<Cell> {
  const again: Figure =
    figure.kind === "value" ? { ...figure, flags: [...new Set([...figure.flags, "as-before" as const])] } : figure;
  return { measure, statistic, at, figure: again } as Published<Cell>;
}

function judge(facts: Facts, statistic: Statistic, policy: DisclosurePolicy): Figure {
  const { minimumPersons: k, minimumEvents: events } = policy;
  switch (facts.kind) {
    case "not-asked":
      return { kind: "not-asked" };
    case "closed":
      return PROTECTED;
    case "mean":
      if (facts.n < k) return PROTECTED;
      if (facts.hidden) return { kind: "uncertain" };
      if (facts.awayFromFloor < events) return { kind: "few" };
      if (facts.awayFromCeiling < events) return { kind: "most" };
      if (facts.awayFromMostCommon < events) return PROTECTED;
      return shown(facts, statistic, k);
    case "share":
      if (facts.n < k) return PROTECTED;
      if (facts.hidden) return { kind: "uncertain" };
      if (facts.events < events) return { kind: "few" };
      if (facts.n - facts.events < events) return { kind: "most" };
      return shown(facts, statistic, k);
    case "category":
      if (facts.n < k || facts.events < k || facts.n - facts.events < events) return PROTECTED;
      if (facts.hidden) return { kind: "uncertain" };
      return shown(facts, statistic, k);
    case "median": {
      const hides = ({ below, above }: Beyond) => Math.min(below, above) >= PERSONS_BEYOND;
      if (facts.n < k || !facts.covered || !hides(facts.beyond.value)) return PROTECTED;
      if (facts.hidden) return { kind: "uncertain" };
      const { value, low, high } = facts.estimate;
      const limits = { low: hides(facts.beyond.low) ? low : null, high: hides(facts.beyond.high) ? high : null };
      return shown({ ...facts, estimate: { value, ...limits } }, statistic, k);
    }
    case "model":
      // Two models of nearly the same persons would tell of those few: there is one a population, and it leaves out none or many.
      if (facts.n < LEAST_IN_MODEL || (facts.apart > 0 && facts.apart < k)) return PROTECTED;
      if (facts.hidden) return { kind: "uncertain" };
      return withoutPersons(shown({ ...facts, versus: [] }, statistic, k));
    case "carried-over":
      if (facts.hidden) return { kind: "uncertain" };
      return withoutPersons(shown({ ...facts, n: 0, versus: [] }, statistic, k));
    case "persons":
      return facts.n < k ? PROTECTED : counted(roundCount(facts.n, k), roundCount(facts.n, k));
    case "people":
      // What was suppressed at source is not zero: a margin that holds little else says nothing.
      if (facts.people < k && (facts.people > 0 || facts.incomplete)) return PROTECTED;
      return counted(roundSignificant(facts.people, 2), null, facts.incomplete);
    case "register-share":
      if (facts.people < k || facts.of - facts.people < events) return PROTECTED;
      return counted(roundTo((100 * facts.people) / facts.of, 0), null, facts.incomplete);
    case "occurrences": {
      const { count, of, incomplete } = facts;
      // Nobody is behind them, so no threshold; but what rounds to nothing is not nothing, nor is what was suppressed at source.
      if ((roundCount(count) === 0 && (count > 0 || incomplete)) || of === 0) return PROTECTED;
      return counted(of === null ? roundCount(count) : roundTo((100 * count) / of, 0), null, incomplete);
    }
  }
}

/** Fewest complete cases of a model (METHOD §4.1, §7.2). */
const LEAST_IN_MODEL = 200;

/** Shares 0–1 to whole percents, medians of money to 100, scores to one decimal, people to two significant digits (METHOD §7.5). */
const ROUNDED: Record<Statistic, (value: number) => number> = {
  mean: (value) => roundTo(value, 1),
  percent: (value) => roundTo(100 * value, 0),
  count: (value) => roundTo(value, 0),
  people: (value) => roundSignificant(value, 2),
  median: (value) => roundTo(value, -2),
  slope: (value) => roundTo(value, 1),
  importance: (value) => roundTo(100 * value, 0),
  correlation: (value) => roundTo(value, 2),
};

function counted(value: number, n: number | null, incomplete = false): Figure {
  return { kind: "value", value, low: null, high: null, n, flags: incomplete ? ["incomplete"] : [], versus: [] };
}

/** How many complete cases a model has is not told (METHOD §7.5). */
function withoutPersons(figure: Figure): Figure {
  return figure.kind === "value" ? { ...figure, n: null } : figure;
}

/** An estimate that passed the rules, rounded (METHOD §7.5). */
function shown({ n, estimate, flags, versus }: Estimated & { n: number }, statistic: Statistic, k: number): Figure {
  const round = ROUNDED[statistic];
  const value = round(estimate.value);
  // Zero is a number of registers alone, and three persons or more are not "very few": such a share says nothing.
  if (statistic === "percent" && (value === 0 || value === 100)) return PROTECTED;
  return {
    kind: "value",
    value,
    low: estimate.low === null ? null : round(estimate.low),
    high: estimate.high === null ? null : round(estimate.high),
    n: roundCount(n, k),
    flags,
    versus: versus.map(({ against, difference, low, high, settled }) => ({
      against,
      difference: round(difference),
      low: round(low),
      high: round(high),
      settled,
    })),
  };
}
