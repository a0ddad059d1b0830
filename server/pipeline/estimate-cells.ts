import type { Cell, Statistic, Versus } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import { type Facts, publishCell } from "../disclosure/gate.ts";
import { cellsOf } from "../disclosure/lattice.ts";
import type { Design } from "../statistics/design.ts";
import { differenceBetweenWaves, differenceOfSides } from "../statistics/difference.ts";
import { estimateOf, type LinearisedMean, linearise, type MeanEstimate } from "../statistics/mean.ts";
import { moverInterval } from "../statistics/mover.ts";
import { type ProportionEstimate, proportionOf } from "../statistics/proportion.ts";
import { meanDisplay, proportionDisplay } from "../statistics/reliability.ts";
import type { Question } from "./questions.ts";

/** A wave as estimates see it: its persons' codes by variable, in a fixed order. */
export type CutWave = { wave: string; design: Design; codes: ReadonlyMap<string, readonly (string | null)[]> };
export type Lattice = { tables: readonly (readonly string[])[]; codes: ReadonlyMap<string, readonly string[]> };

/** A cell's persons in a wave; null where the wave is too small for a table of this many variables. */
type Group =
  | { at: Record<string, string>; table: readonly string[]; members: Int32Array; others: Int32Array }
  | { at: Record<string, string>; table: readonly string[]; members: null };
/** A group of a wave in one measure: linearised once, estimated, and compared with other groups. */
type Side = { design: Design; linearised: LinearisedMean; estimate: MeanEstimate };
type Judged = { cell: Published<Cell>; estimate: MeanEstimate | null };

/** Both sides of a tested difference need as much (METHOD §8.4). */
const FEWEST_TESTED = { n: 30, effectiveSampleSize: 20 };

/**
 * Estimates every cell of every measure with its comparisons, wave by wave, and takes each through the disclosure gate.
 * Comparisons (METHOD §8): everyone (shown), all others (tested), the previous wave. `settled` is by the plain 95 %
 * interval until multiplicity is corrected for.
 */
export class CellEstimator {
  readonly cells: Published<Cell>[] = [];
  private readonly judged = new Map<string, Judged>();

  constructor(
    private readonly waves: readonly CutWave[],
    private readonly lattice: Lattice,
    private readonly policy: DisclosurePolicy,
  ) {}

  estimate(questions: readonly Question[]): void {
    for (const [index, wave] of this.waves.entries()) {
      const groups = this.lattice.tables.flatMap((table) => this.groupsOf(wave, table));
      this.estimatePersons(wave, groups, index);
      for (const question of questions) this.estimateQuestion(question, wave, groups, index);
    }
  }

  private groupsOf({ wave, design, codes }: CutWave, table: readonly string[]): Group[] {
    const persons = design.weights.length;
    const cells = cellsOf(table, this.lattice.codes).map((cell) => ({ wave, ...cell }) as Record<string, string>);
    if (table.length > 2 && persons < this.policy.threeWayFrom)
      return cells.map((at) => ({ at, table, members: null }));
    const columns = table.map((variable) => codes.get(variable) ?? []);
    const rows = new Map<string, number[]>();
    for (let person = 0; person < persons; person++) {
      const key = columns.map((column) => column[person] ?? "\u0000").join("\u0001");
      const list = rows.get(key);
      if (list) list.push(person);
      else rows.set(key, [person]);
    }
    return cells.map((at) => {
      const members = Int32Array.from(rows.get(table.map((variable) => at[variable]).join("\u0001")) ?? []);
      const inside = new Uint8Array(persons);
      for (const person of members) inside[person] = 1;
      const others = Int32Array.from({ length: persons - members.length });
      let place = 0;
      for (let person = 0; person < persons; person++) if (inside[person] === 0) others[place++] = person;
      return { at, table, members, others };
    });
  }

  /** How many answered, and each category's share of its parent: the wave, or the same cell without segment. */
  private estimatePersons(wave: CutWave, groups: readonly Group[], index: number): void {
    for (const group of groups) {
      this.keep(
        "persons",
        "count",
        group.at,
        group.members ? { kind: "persons", n: group.members.length } : { kind: "closed" },
        null,
      );
      if (group.table.length === 0) continue;
      if (!group.members) {
        this.keep("persons", "percent", group.at, { kind: "closed" }, null);
        continue;
      }
      this.estimateShare(wave, group.at, group.table, index);
    }
  }

  private estimateShare(wave: CutWave, at: Record<string, string>, table: readonly string[], index: number): void {
    const persons = wave.design.weights.length;
    const event = table.includes("segment") ? ["segment"] : table;
    const within = table.filter((variable) => !event.includes(variable));
    const code = (variable: string, person: number) => wave.codes.get(variable)?.[person] ?? null;
    const values = Float64Array.from({ length: persons }, (_, person) => {
      const given = event.map((variable) => code(variable, person));
      if (given.includes(null)) return Number.NaN;
      return event.every((variable, place) => given[place] === at[variable]) ? 1 : 0;
    });
    const inParent = (person: number) => within.every((variable) => code(variable, person) === at[variable]);
    const everyone = Int32Array.from({ length: persons }, (_, person) => person);
    const members = within.length === 0 ? everyone : everyone.filter(inParent);
    const own = sideOf(wave.design, values, members, true);
    const estimate = own?.estimate as ProportionEstimate | undefined;
    const display = proportionDisplay(estimate ?? null, estimate?.n ?? 0);
    const versus: Versus[] = [];
    if (own && estimate && !display.hidden) {
      const general = this.judged.get(cellKey("persons", "percent", pick(at, ["wave", ...event])));
      if (within.length > 0 && general?.cell.figure.kind === "value") {
        const others = everyone.filter((person) => !inParent(person));
        const sides = [sideOf(wave.design, values, others, true), sideOf(wave.design, values, everyone, true)] as const;
        versus.push(...this.againstEveryone(own, ...sides, true));
      }
      versus.push(...this.againstPreviousWave("persons", "percent", at, estimate, index, true));
    }
    const facts: Facts = {
      kind: "category",
      n: estimate?.n ?? 0,
      events: estimate?.events ?? 0,
      estimate: { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null },
      ...display,
      versus,
    };
    this.keep("persons", "percent", at, facts, estimate ?? null);
  }

  private estimateQuestion(question: Question, wave: CutWave, groups: readonly Group[], index: number): void {
    const { measure, kind, ofUsers } = question;
    const statistic = measure.statistics[0] as Statistic;
    const answers = question.answers.get(wave.wave);
    const everyone = answers
      ? sideOf(wave.design, answers.values, Int32Array.from(answers.values.keys()), kind === "share")
      : null;
    for (const group of groups) {
      if (ofUsers && group.table.length > 1) continue;
      if (!answers) this.keep(measure.id, statistic, group.at, { kind: "not-asked" }, null);
      else if (!group.members) this.keep(measure.id, statistic, group.at, { kind: "closed" }, null);
      else this.estimateGroup(question, { ...group, statistic, everyone }, wave, answers, index);
    }
  }

  private estimateGroup(
    question: Question,
    {
      at,
      table,
      members,
      others,
      statistic,
      everyone,
    }: {
      at: Record<string, string>;
      table: readonly string[];
      members: Int32Array;
      others: Int32Array;
      statistic: Statistic;
      everyone: Side | null;
    },
    wave: CutWave,
    { values, asked }: { values: Float64Array; asked: Uint8Array },
    index: number,
  ): void {
    const { id } = question.measure;
    const share = question.kind === "share";
    const own = sideOf(wave.design, values, members, share);
    const estimate = own?.estimate ?? null;
    let askedHere = 0;
    for (let place = 0; place < members.length; place++) askedHere += asked[members[place] as number] as number;
    const display = displayOf(estimate, askedHere, share);
    const versus: Versus[] = [];
    if (own && estimate && !display.hidden && estimate.n >= this.policy.minimumPersons) {
      const shown = this.judged.get(cellKey(id, statistic, { wave: wave.wave }))?.cell.figure.kind === "value";
      if (table.length > 0 && shown)
        versus.push(...this.againstEveryone(own, sideOf(wave.design, values, others, share), everyone, share));
      const previous = this.waves[index - 1];
      if (previous && question.madeOf.get(previous.wave) === question.madeOf.get(wave.wave))
        versus.push(...this.againstPreviousWave(id, statistic, at, estimate, index, share));
    }
    const flags = question.measure.proxy ? [...display.flags, "proxy" as const] : display.flags;
    const shown = {
      estimate: { value: estimate?.mean ?? 0, low: estimate?.low ?? null, high: estimate?.high ?? null },
      hidden: display.hidden,
      flags,
      versus,
    };
    const n = estimate?.n ?? 0;
    if (share)
      this.keep(
        id,
        statistic,
        at,
        { kind: "share", n, events: (estimate as ProportionEstimate | null)?.events ?? 0, ...shown },
        estimate,
      );
    else
      this.keep(
        id,
        statistic,
        at,
        { kind: "mean", n, ...distanceFromConstants(values, members, n), ...shown },
        estimate,
      );
  }

  /**
   * The cell beside everyone (shown) and beside all others (tested). Both or neither: fewer others than k would be told
   * by either. The verdict of the test against others goes to both (METHOD §8.2–8.3).
   */
  private againstEveryone(own: Side, rest: Side | null, everyone: Side | null, share: boolean): Versus[] {
    if (!rest || !everyone || rest.estimate.n < this.policy.minimumPersons) return [];
    if (displayOf(rest.estimate, rest.estimate.n, share).hidden) return [];
    const tested = bounded(
      differenceOfSides(own.design, own.linearised, rest.linearised),
      own.estimate,
      rest.estimate,
      share,
    );
    const shown = bounded(
      differenceOfSides(own.design, own.linearised, everyone.linearised),
      own.estimate,
      everyone.estimate,
      share,
    );
    if (!tested || !shown) return [];
    return [
      { against: "everyone", ...shown, settled: tested.settled },
      { against: "others", ...tested },
    ];
  }

  private againstPreviousWave(
    measure: string,
    statistic: Statistic,
    at: Record<string, string>,
    estimate: MeanEstimate,
    index: number,
    share: boolean,
  ): Versus[] {
    const previous = this.waves[index - 1];
    if (!previous) return [];
    const before = this.judged.get(cellKey(measure, statistic, { ...at, wave: previous.wave }));
    if (before?.cell.figure.kind !== "value" || !before.estimate) return [];
    const difference = bounded(differenceBetweenWaves(estimate, before.estimate), estimate, before.estimate, share);
    return difference ? [{ against: "previous-wave", ...difference }] : [];
  }

  private keep(
    measure: string,
    statistic: Statistic,
    at: Record<string, string>,
    facts: Facts,
    estimate: MeanEstimate | null,
  ): void {
    const cell = publishCell({ measure, statistic, at }, facts, this.policy);
    this.judged.set(cellKey(measure, statistic, at), { cell, estimate });
    this.cells.push(cell);
  }

  /** The unrounded estimates behind the cells, for the steward's inspection alone. */
  *unrounded(): Generator<{ key: string; kind: string; estimate: MeanEstimate | null }> {
    for (const [key, { cell, estimate }] of this.judged) yield { key, kind: cell.figure.kind, estimate };
  }
}

function pick(at: Record<string, string>, variables: readonly string[]): Record<string, string> {
  return Object.fromEntries(variables.map((variable) => [variable, at[variable] as string]));
}

function sideOf(design: Design, values: Float64Array, members: Int32Array, share: boolean): Side | null {
  const linearised = linearise(design, values, members);
  if (!linearised) return null;
  const estimate = share ? proportionOf(design, values, linearised) : estimateOf(design, linearised);
  return { design, linearised, estimate };
}

function displayOf(estimate: MeanEstimate | null, asked: number, share: boolean) {
  return share ? proportionDisplay(estimate as ProportionEstimate | null, asked) : meanDisplay(estimate, asked);
}

type Bounded = { difference: number; low: number; high: number; settled: boolean };

/**
 * A difference with its interval: Student's for means, MOVER with the sides' correlation for shares (METHOD §8.2).
 * Settled where both sides are large enough and the interval excludes 0; for shares the t interval too (METHOD §5.2).
 */
function bounded(
  test: { difference: number; low: number | null; high: number | null; correlation: number },
  left: MeanEstimate,
  right: MeanEstimate,
  share: boolean,
): Bounded | null {
  if (test.low === null || test.high === null) return null;
  const student = { low: test.low, high: test.high };
  const enough = [left, right].every(
    ({ n, effectiveSampleSize }) => n >= FEWEST_TESTED.n && effectiveSampleSize >= FEWEST_TESTED.effectiveSampleSize,
  );
  if (!share) return { difference: test.difference, ...student, settled: enough && excludesZero(student) };
  if (left.low === null || left.high === null || right.low === null || right.high === null) return null;
  const limits = moverInterval(
    { value: left.mean, low: left.low, high: left.high },
    { value: right.mean, low: right.low, high: right.high },
    test.correlation,
  );
  return { difference: test.difference, ...limits, settled: enough && excludesZero(student) && excludesZero(limits) };
}

function excludesZero({ low, high }: { low: number; high: number }): boolean {
  return low > 0 || high < 0;
}

/** How many persons differ from the floor, from the ceiling, and from whatever value most of them share. */
function distanceFromConstants(values: Float64Array, members: Int32Array, n: number) {
  const counts = new Map<number, number>();
  for (const person of members) {
    const value = values[person] as number;
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return {
    awayFromFloor: n - (counts.get(0) ?? 0),
    awayFromCeiling: n - (counts.get(100) ?? 0),
    awayFromMostCommon: n - [...counts.values()].reduce((most, count) => Math.max(most, count), 0),
  };
}
