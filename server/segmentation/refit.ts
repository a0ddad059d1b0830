import { adjustedRandIndex } from "./adjusted-rand.ts";

/** A frozen segment beside the group of the new grouping that it matches; null where none that shares a person is left. */
export type MatchedSegment = {
  frozen: number;
  refit: number | null;
  /** Persons in both / persons in either: 0 … 1. */
  jaccard: number;
};

export type Refit = {
  /** Persons with a group in both. */
  persons: number;
  /** Adjusted Rand index of the two groupings. */
  agreement: number;
  reading: "holds" | "consider-new-version";
  matches: MatchedSegment[];
};

const HOLDS_FROM = 0.6;
const MOST_GROUPS = 12;

/**
 * Refit check: a new wave is grouped freely, in the frozen z and with as many groups, and these are held beside the frozen
 * segments of the same people. The units of measure stay, so only the borders can differ.
 *
 *   agreement = ARI(frozen, refit);  below .60: consider a new version                                  METHOD §3.6
 *   matches: one new group to each segment, so that Σ persons in both is greatest
 *
 * Labels are 0 … k − 1, −1 where a person has none; persons with both count. The two may have unequal numbers of groups. Of
 * equally good matchings the one that gives the first segment the lowest group. Nothing is ever refitted silently: this
 * reports. Null where fewer than two persons have both. RangeError: lists of unequal length, more than 12 groups.
 */
export function refitCheck(frozen: Int32Array, refit: Int32Array): Refit | null {
  if (frozen.length !== refit.length) throw new RangeError("one frozen and one new label a person");
  const both = Int32Array.from(frozen.keys()).filter((person) => frozen[person]! >= 0 && refit[person]! >= 0);
  if (both.length < 2) return null;
  const left = Int32Array.from(both, (person) => frozen[person]!);
  const right = Int32Array.from(both, (person) => refit[person]!);
  const agreement = adjustedRandIndex(left, right);
  return {
    persons: both.length,
    agreement,
    reading: agreement < HOLDS_FROM ? "consider-new-version" : "holds",
    matches: matchSegments(left, right),
  };
}

function matchSegments(left: Int32Array, right: Int32Array): MatchedSegment[] {
  const common = crossTable(left, right);
  const leftSizes = common.map((row) => row.reduce((total, count) => total + count, 0));
  const rightSizes = common[0]!.map((_, group) => common.reduce((total, row) => total + row[group]!, 0));
  return bestMatching(common).map((refit, frozen): MatchedSegment => {
    const shared = refit === null ? 0 : common[frozen]![refit]!;
    if (refit === null || shared === 0) return { frozen, refit: null, jaccard: 0 };
    return { frozen, refit, jaccard: shared / (leftSizes[frozen]! + rightSizes[refit]! - shared) };
  });
}

/** How many persons are in segment i and group j. */
function crossTable(left: Int32Array, right: Int32Array): number[][] {
  const rows = Math.max(...left) + 1;
  const columns = Math.max(...right) + 1;
  if (Math.max(rows, columns) > MOST_GROUPS) throw new RangeError(`at most ${MOST_GROUPS} groups are matched`);
  const table = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  left.forEach((row, person) => {
    table[row]![right[person]!]!++;
  });
  return table;
}

/** The column of each row, each at most once, with the greatest sum: by dynamic programming over the sets of columns. */
function bestMatching(table: readonly (readonly number[])[]): (number | null)[] {
  const columns = table[0]!.length;
  const known = new Map<number, { total: number; chosen: (number | null)[] }>();
  const best = (row: number, taken: number): { total: number; chosen: (number | null)[] } => {
    if (row === table.length) return { total: 0, chosen: [] };
    const key = row * 2 ** columns + taken;
    const before = known.get(key);
    if (before) return before;
    let found: { total: number; chosen: (number | null)[] } | null = null;
    for (let column = 0; column < columns; column++) {
      if (taken & (1 << column)) continue;
      const rest = best(row + 1, taken | (1 << column));
      const total = rest.total + table[row]![column]!;
      if (!found || total > found.total) found = { total, chosen: [column, ...rest.chosen] };
    }
    if (!found || table.length - row > columns - countBits(taken)) {
      const rest = best(row + 1, taken);
      if (!found || rest.total > found.total) found = { total: rest.total, chosen: [null, ...rest.chosen] };
    }
    known.set(key, found);
    return found;
  };
  return best(0, 0).chosen;
}

function countBits(set: number): number {
  let count = 0;
  for (let left = set; left > 0; left &= left - 1) count++;
  return count;
}
