import { type Membership, spanOfTwoPrimes } from "./modular-span.ts";
import { codePeople, columnOf, keepPeople, type People } from "./people.ts";
import { type Blocks, blocksOf, cellSets } from "./published-sets.ts";
import { countNestedDifferences, twoExclusions } from "./small-differences.ts";
import { deeperCells, levelsOf, smallCells, smallUnions } from "./small-groups.ts";

/** All that is shown of one universe (a wave, a panel, a register extract), and of whom. */
export type AuditedUniverse = {
  /** The fewest persons that a shown or computable group may have. */
  k: number;
  /** Declared tables: dimensions; [] = everyone. Having no code of a dimension (null) is a category of its own. */
  tables: readonly (readonly string[])[];
  /** Of each dimension each person's code, null = none. */
  records: Readonly<Record<string, readonly (string | null)[]>>;
  /** Pairs of dimensions that never meet in one cell: levels of one hierarchy, one service and another. */
  apart: readonly (readonly [string, string])[];
  /** Contributors and declared coalitions: the rows (1) that each holds and can subtract. */
  views: readonly { id: string; holds: Uint8Array }[];
  /** Cells that carry any figure, of old and new releases together; `{}` is everyone. */
  published: readonly Readonly<Record<string, string>>[];
  /** Persons of whom a measure speaks (1); left out = all. Who did not answer is missing from every set. */
  valid?: Uint8Array;
  /** Cells of a measure that show words only: they may not be computable either. */
  wordsOnly?: readonly Readonly<Record<string, string>>[];
};

/** The kinds of secrets, in the order of METHOD §7.4: 1 … 6. */
export type Kind = "small" | "deeper" | "unions" | "differences" | "exclusions" | "words";

export type AuditOfView = {
  /** "outsider", or the id of a contributor or coalition. */
  view: string;
  /** Published cells with 0 < n < k. */
  publishedBelow: number;
  /** Secrets that can be computed from the published cells: all must be 0. */
  derivable: Record<Kind, number>;
  /** What was looked at: published cells with somebody, and the secrets of each kind. */
  looked: Record<Kind | "published", number>;
};

/** Decides for a system of published cells which sets can be computed from it. */
export type Arithmetic = (blocks: Blocks) => Membership;

/**
 * The audit of a release: which protected groups somebody could compute from all that is published, as an outsider and as each
 * contributor or coalition that subtracts its own rows.
 *
 * A set of people can be computed iff it is a linear combination of published cells (METHOD §7.4). Looked at are 1 small
 * cells of declared tables; 2 small cells one dimension deeper; 3 small unions of small siblings; 4 small differences of
 * nested published cells, which anybody subtracts; 5 "A, neither b nor c"; 6 cells that show words only. Small = 0 < n < k,
 * counted among the valid people of the view. Cells, pairs and unions are counted as they are named, one set perhaps twice;
 * exclusions by set.
 *
 * Beside kind 4 each answer is exact but for a prime that divides a determinant, see `spanOfTwoPrimes`. RangeError: k that is no
 * whole number above 0; columns, views and `valid` of different lengths; a dimension that the records do not have.
 */
export function auditUniverse(universe: AuditedUniverse, arithmetic: Arithmetic = spanOfTwoPrimes): AuditOfView[] {
  const everyone = codePeople(universe.records);
  refuseWhatDoesNotFit(universe, everyone);
  const levels = levelsOf(everyone, universe);
  const nobody = new Uint8Array(everyone.count);
  return [{ id: "outsider", holds: nobody }, ...universe.views].map(({ id, holds }) => {
    const people = keepPeople(everyone, (row) => holds[row] === 0 && universe.valid?.[row] !== 0);
    return { view: id, ...auditPeople(people, universe, { levels, arithmetic }) };
  });
}

/** Whether an audit found nothing. An audit of nobody's view has not looked: not clean. */
export function isClean(audits: readonly AuditOfView[]): boolean {
  return (
    audits.length > 0 &&
    audits.every(
      ({ publishedBelow, derivable }) => publishedBelow === 0 && Object.values(derivable).every((count) => count === 0),
    )
  );
}

function auditPeople(
  people: People,
  universe: AuditedUniverse,
  { levels, arithmetic }: { levels: readonly (readonly [string, string])[]; arithmetic: Arithmetic },
): Omit<AuditOfView, "view"> {
  const published = cellSets(people, universe.published);
  const words = cellSets(people, universe.wordsOnly ?? []).map(({ rows }) => rows);
  const blocks = blocksOf(people.count, published);
  const isInSpan = arithmetic(blocks);
  const canBeComputed = (rows: Int32Array) => {
    const whole = wholeBlocks(blocks, rows);
    return whole !== null && isInSpan(whole);
  };
  const differences = countNestedDifferences(people.count, published, universe.k);
  const tallies = {
    small: tally(smallCells(people, universe), canBeComputed),
    deeper: tally(deeperCells(people, universe), canBeComputed),
    unions: tally(smallUnions(people, universe, levels), canBeComputed),
    differences: { looked: differences, derivable: differences },
    exclusions: tally(twoExclusions(people, published, universe), canBeComputed),
    words: tally(words, canBeComputed),
  };
  return {
    publishedBelow: published.filter(({ rows }) => rows.length < universe.k).length,
    derivable: byKind(tallies, ({ derivable }) => derivable),
    looked: { published: published.length, ...byKind(tallies, ({ looked }) => looked) },
  };
}

type Tally = { looked: number; derivable: number };

function tally(secrets: Iterable<Int32Array>, canBeComputed: (rows: Int32Array) => boolean): Tally {
  const found = { looked: 0, derivable: 0 };
  for (const rows of secrets) {
    found.looked++;
    if (canBeComputed(rows)) found.derivable++;
  }
  return found;
}

function byKind(tallies: Record<Kind, Tally>, count: (tally: Tally) => number): Record<Kind, number> {
  const { small, deeper, unions, differences, exclusions, words } = tallies;
  return {
    small: count(small),
    deeper: count(deeper),
    unions: count(unions),
    differences: count(differences),
    exclusions: count(exclusions),
    words: count(words),
  };
}

/** The blocks that people make up, or null where they hold a part of one: no combination of cells divides a block. */
function wholeBlocks(blocks: Blocks, rows: Int32Array): Int32Array | null {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(blocks.of[row]!, (counts.get(blocks.of[row]!) ?? 0) + 1);
  for (const [block, count] of counts) if (count < blocks.sizes[block]!) return null;
  return Int32Array.from(counts.keys());
}

function refuseWhatDoesNotFit({ k, tables, views, valid, apart }: AuditedUniverse, { count, columns }: People): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is a whole number of persons, not ${k}`);
  for (const dimension of [...tables.flat(), ...apart.flat()]) columnOf({ count, columns }, dimension);
  for (const { id, holds } of views)
    if (holds.length !== count) throw new RangeError(`view "${id}" has ${holds.length} rows, not ${count}`);
  if (valid && valid.length !== count) throw new RangeError(`valid has ${valid.length} rows, not ${count}`);
}
