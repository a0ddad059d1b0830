import { saysWordsOnly } from "../disclosure/answers.ts";
import { type Limits, type Pattern, protect, type Reason } from "../disclosure/protect.ts";
import { openReservoirs, type Reservoir } from "../disclosure/reservoir.ts";
import type { KnownCell } from "../disclosure/secrets.ts";
import {
  atomsOf,
  keyWithin,
  type LatticeCell,
  type Prepared,
  prepareUniverse,
  type Universe,
} from "../disclosure/universe.ts";
import { sha256 } from "../store/canonical.ts";
import { type CutWave, isGrouping, type Lattice } from "./cut-waves.ts";
import type { Question } from "./questions.ts";
import type { EarlierCell } from "./reckon-with-earlier.ts";
import { PLACED, withVariablesAlone } from "./universe-of-wave.ts";

/** What decides a release's closed set: its waves as universes, the limits, and, once known, the base patterns. */
export type ClosedSets = {
  waves: readonly CutWave[];
  lattice: Lattice;
  universes: readonly Universe[];
  limits: Limits;
  /** Seed of the witnesses; it decides nothing but what chance of 2⁻⁴⁴ suppresses a cell too many. */
  seed: string;
  /** By wave: cells of the same people that readers know from earlier releases. */
  earlier: readonly (readonly EarlierCell[])[];
  /** By wave: cells that too few people came to or left since. */
  unsettled: readonly ReadonlySet<string>[];
  /** By wave: cells that may carry a figure of everyone present. */
  base: readonly Pattern[];
};

type At = Readonly<Record<string, string>>;
/** Whether a measure's cell may carry a figure or words, and why it may not: for the release manager. */
export type ClosedSet = { allows: (at: At) => boolean; reasonOf: (at: At) => Reason | null };

/** The base pattern of a wave: of everyone present (METHOD §7.4). Null where not even everyone may be shown. */
export function protectWave(
  { waves, universes, limits, seed, earlier, unsettled }: Omit<ClosedSets, "base">,
  place: number,
): Pattern | null {
  const { wave, present } = waves[place] as CutWave;
  const own = preparedOf(universes[place] as Universe);
  const pattern = protect(own, limits, {
    valid: withGone(present, own),
    within: () => true,
    unsettled: unsettled[place] as ReadonlySet<string>,
    forced: forcedOf(own, earlier[place] as readonly EarlierCell[]),
    seed: sha256(`${seed} base ${wave}`),
  });
  return pattern?.published.has("") ? pattern : null;
}

/** The closed set of persons themselves: the base pattern. */
export function closedSetOfPersons({ base }: ClosedSets, place: number): ClosedSet {
  const pattern = base[place] as Pattern;
  return {
    allows: (at) => pattern.published.has(keyOf(at)),
    reasonOf: (at) => pattern.protected.get(keyOf(at)) ?? null,
  };
}

/**
 * The closed sets of measures that the same persons answered: first the family's pattern within the base, then each measure's
 * within that, where cells that show words only must not be computable from the numbers of others (METHOD §7.4, passes).
 * Measures of a service's users have their cells in the base with that service, and among the users are cut by the variables.
 */
export function closedSetsOfFamily(sets: ClosedSets, questions: readonly Question[], place: number): ClosedSet[] {
  const { waves, limits, seed } = sets;
  const { wave, present } = waves[place] as CutWave;
  const base = sets.base[place] as Pattern;
  const [first] = questions as [Question];
  const answered = first.answers.get(wave)?.values;
  if (!answered) return questions.map(() => ({ allows: () => false, reasonOf: () => null }));
  const valid = Uint8Array.from(answered, (value, person) => (present[person] === 1 && !Number.isNaN(value) ? 1 : 0));
  const variables = Math.min(3, Math.max(...questions.map(({ crossed }) => crossed.variables)));
  const own = variablesAlone(sets.universes[place] as Universe, variables);
  const asks = (question: Question, cell: LatticeCell) => isAskedOf(question, dimensionsOf(own, cell));
  const reservoirs = variables > 1 ? reservoirsOf(sets, place, { own, base, present }) : null;
  const forced = questions.flatMap(({ measure, statistic }) =>
    forcedOf(own, sets.earlier[place] as readonly EarlierCell[], `${measure.id}/${statistic}`),
  );
  const inBase = (cell: LatticeCell) => base.published.has(keyOf(atOf(own, cell), first.among));
  const none: ClosedSet = { allows: () => false, reasonOf: () => "computable" };
  const family = protect(own, limits, {
    valid: withGone(valid, own),
    within: (cell) => inBase(cell) && questions.some((question) => asks(question, cell)),
    forced,
    ...(reservoirs && !first.among && forced.length === 0 && { reservoirs }),
    seed: sha256(`${seed} family ${wave} ${first.measure.id}`),
  });
  // What was shown before tells of these few already: nothing more is added to it.
  if (!family) return questions.map(() => none);
  const reasonOf = (at: At, measure?: Pattern) =>
    base.protected.get(keyOf(at, first.among)) ??
    family.protected.get(keyOf(at)) ??
    measure?.protected.get(keyOf(at)) ??
    null;
  return questions.map((question) => {
    const { category } = question;
    if (category)
      return {
        allows: (at) => family.published.has(keyOf(at)) && base.published.has(keyOf(at, category)),
        reasonOf: (at) => reasonOf(at) ?? base.protected.get(keyOf(at, category)) ?? null,
      };
    const words = wordsOf(question, { own, valid, wave, limits });
    const within = (cell: LatticeCell) => family.published.has(cell.key) && asks(question, cell);
    // The family's pattern tells of no few already: of a part of it only what shows words is looked for.
    const measure = words.some
      ? protect(own, limits, {
          valid: withGone(valid, own),
          within,
          kinds: [],
          forced: forcedOf(
            own,
            sets.earlier[place] as readonly EarlierCell[],
            `${question.measure.id}/${question.statistic}`,
          ),
          wordsOnly: words.isOnly,
          ...(reservoirs && !first.among && forced.length === 0 && { reservoirs }),
          seed: sha256(`${seed} measure ${wave} ${question.measure.id} ${question.statistic}`),
        })
      : family;
    if (!measure) return none;
    // Words are shown where the outsider's own counts have them; where only a contributor's have, nothing is.
    return {
      allows: (at) => {
        const key = keyOf(at);
        return measure.published.has(key) || (measure.protected.get(key) === "words" && words.isOnlyAt(key));
      },
      reasonOf: (at) => reasonOf(at, measure),
    };
  });
}

/** Which cells of a measure show words only, to whom. */
function wordsOf(
  question: Question,
  { own, valid, wave, limits }: { own: Prepared; valid: Uint8Array; wave: string; limits: Limits },
) {
  const values = question.answers.get(wave)?.values as Float64Array;
  const held = own.universe.views.map(({ holds }) => holds);
  const persons: number[][] = Array.from({ length: own.atoms }, () => []);
  for (let person = 0; person < valid.length; person++)
    if (valid[person] === 1) persons[own.atomOf[person] as number]?.push(person);
  const known = new Map<string, boolean>();
  const isOnly = (cell: LatticeCell, view: number | null) => {
    const key = `${view} ${cell.key}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const holds = view === null ? null : (held[view] as Uint8Array);
    const answers: number[] = [];
    for (const atom of cell.atoms)
      for (const person of persons[atom] as number[])
        if (holds === null || holds[person] === 0) answers.push(values[person] as number);
    const only = answers.length > 0 && saysWordsOnly(question.kind, answers, limits.events);
    known.set(key, only);
    return only;
  };
  const views = [null, ...held.keys()];
  return {
    isOnly,
    isOnlyAt: (key: string) => known.get(`null ${key}`) === true,
    some: own.cells.some((cell) => views.some((view) => isOnly(cell, view))),
  };
}

/**
 * The closed set of the share that could not be placed in a group: those persons are a universe of their own where they are
 * left out of the figures; where they are not, the placed beside them must be a published cell as well.
 */
export function closedSetOfUnplaced({ waves, universes, limits, seed, base }: ClosedSets, place: number): ClosedSet {
  const { wave, placed, unplaced } = waves[place] as CutWave;
  const cut = variablesAlone(universes[place] as Universe, 1);
  const own = protect(cut, limits, {
    valid: Uint8Array.from({ length: cut.universe.persons }, (_, person) => unplaced[person] ?? 0),
    within: () => true,
    seed: sha256(`${seed} unplaced ${wave}`),
  }) as Pattern;
  const beside = base[place] as Pattern;
  const besides: Record<string, string> = placed ? { [PLACED]: "placed" } : {};
  return {
    allows: (at) => own.published.has(keyOf(at)) && beside.published.has(keyOf(at, besides)),
    reasonOf: (at) => own.protected.get(keyOf(at)) ?? beside.protected.get(keyOf(at, besides)) ?? null,
  };
}

/** Persons of earlier releases alone count as well: cells that were shown spoke of them. */
function withGone(mask: Uint8Array, { universe }: Prepared): Uint8Array {
  return Uint8Array.from({ length: universe.persons }, (_, person) => mask[person] ?? 1);
}

/** Earlier cells as sets of atoms, each once: of all measures, or of one. */
function forcedOf({ atomOf, universe }: Prepared, cells: readonly EarlierCell[], measure?: string): KnownCell[] {
  const number = new Map(universe.dimensions.map(({ id }, index) => [id, index]));
  const sets = cells
    .filter((cell) => measure === undefined || cell.measure === measure)
    .map(({ at, persons }) => ({
      atoms: atomsOf(persons, atomOf),
      dimensions: Object.keys(at).flatMap((id) => number.get(id) ?? []),
    }));
  return [...new Map(sets.filter(({ atoms }) => atoms.length > 0).map((set) => [set.atoms.join(), set])).values()];
}

/**
 * The closed sets of shares of everyone who was asked, the left out among them: of a wave as a whole alone. Null where those left
 * out are so few that the figures beside would tell of them.
 */
export function closedSetsOfAsked(
  { waves, universes, limits }: ClosedSets,
  questions: readonly Question[],
  place: number,
): ClosedSet[] | null {
  const { wave, present, unplaced } = waves[place] as CutWave;
  const views = [null, ...(universes[place] as Universe).views.map(({ holds }) => holds)];
  const persons = Array.from(present.keys());
  const tellsOfFew = views.some((holds) => {
    const leftOut = persons.filter((person) => present[person] === 0 && holds?.[person] !== 1);
    const butPlaced = leftOut.filter((person) => unplaced[person] === 0);
    return [leftOut, butPlaced].some(({ length }) => length > 0 && length < limits.persons);
  });
  if (tellsOfFew) return null;
  return questions.map(({ answers }) => {
    const values = answers.get(wave)?.values;
    const given = (holds: Uint8Array | null) =>
      persons
        .filter((person) => holds?.[person] !== 1)
        .map((person) => values?.[person] ?? Number.NaN)
        .filter((value) => !Number.isNaN(value));
    const isWords = (holds: Uint8Array | null) => saysWordsOnly("share", given(holds), limits.events);
    const counts = views.map((holds) => given(holds).length);
    const isSmall = counts.some((n) => n > 0 && n < limits.persons) || counts[0] === 0;
    // Words that only a contributor's own rows make are not said to anybody.
    const onlyInside = views.slice(1).some((holds) => given(holds).length > 0 && isWords(holds)) && !isWords(null);
    return { allows: () => !isSmall && !onlyInside, reasonOf: () => (isSmall ? "small" : onlyInside ? "words" : null) };
  });
}

const reservoirs = new WeakMap<Prepared, Reservoir[]>();

/** Made once a wave and worker, from the base cells of its variables: families of more than one variable ask it. */
function reservoirsOf(
  { seed }: ClosedSets,
  place: number,
  { own, base, present }: { own: Prepared; base: Pattern; present: Uint8Array },
): Reservoir[] {
  const known =
    reservoirs.get(own) ??
    openReservoirs(own, {
      published: base.published,
      present: withGone(present, own),
      seed: sha256(`${seed} reservoir ${place}`),
    });
  reservoirs.set(own, known);
  return known;
}

const prepared = new WeakMap<Universe, Prepared>();
const alone = new WeakMap<Universe, Map<number, Universe>>();

function preparedOf(universe: Universe): Prepared {
  const known = prepared.get(universe) ?? prepareUniverse(universe);
  prepared.set(universe, known);
  return known;
}

/** A wave's universe cut by so many of its variables alone. */
function variablesAlone(universe: Universe, largest: number): Prepared {
  const known = alone.get(universe) ?? new Map<number, Universe>();
  alone.set(universe, known);
  const own = known.get(largest) ?? withVariablesAlone(universe, largest);
  known.set(largest, own);
  return preparedOf(own);
}

/** The key of a cell without its wave, with what else its persons are. */
export function keyOf({ wave: _, ...at }: At, among: At = {}): string {
  return keyWithin({ ...at, ...among });
}

function atOf({ universe }: Prepared, cell: LatticeCell): Record<string, string> {
  return Object.fromEntries(
    cell.dimensions.map((dimension, place) => {
      const { id, codes } = universe.dimensions[dimension] as Universe["dimensions"][number];
      return [id, codes[cell.places[place] as number] ?? ""];
    }),
  );
}

function dimensionsOf({ universe }: Prepared, cell: LatticeCell): string[] {
  return cell.dimensions.map((dimension) => universe.dimensions[dimension]?.id ?? "");
}

/** Whether a measure stands in a table: see `Question.crossed`. */
export function isAskedOf({ crossed }: Question, table: readonly string[]): boolean {
  return table.length <= crossed.variables && (crossed.groupings || !table.some(isGrouping));
}
