import { LEVEL_ONLY_FROM } from "./level-share.ts";

/** What was found out about one number of groups. The lists have an entry a segment, in one order. */
export type TriedClusters = {
  k: number;
  /** Null where it is not defined: fewer than two groups have a person with every dimension. */
  silhouette: number | null;
  /** Mean Jaccard of each segment over the resamples; NaN for one that was never drawn. */
  stability: readonly number[];
  /** Weighted. */
  shares: readonly number[];
  persons: readonly number[];
  levelShare: number;
};

/** Why a number of groups may not be used. */
export type RefusedReason = "unstable" | "small-share" | "few-persons";
export type JudgedClusters = { k: number; admissible: boolean; refused: RefusedReason[] };

export type ChosenClusters = {
  /** Null: no k is admissible, or the one asked for may not be used. */
  chosen: number | null;
  chosenBy: "rule" | "steward";
  /** A forced k that may not be used; `judged` says why where it was tried. */
  forcedRefused: "not-tried" | "not-admissible" | null;
  judged: JudgedClusters[];
};

/** No more groups than this are tried. */
export const MOST_CLUSTERS = 8;
const PERSONS_A_CLUSTER = 100;
const LEAST_STABILITY = 0.75;
const LEAST_SHARE = 0.05;
const FEWEST_PERSONS = 50;
const NEAR_BEST = 0.9;
/** What rounding may take from a share or a mean that is exactly at its limit. */
const ROUNDING = 1e-12;

/**
 * How many groups. Two groups are left out of the comparison: with positively correlated dimensions high against low has
 * the greatest silhouette always.
 *
 *   C  = admissible k ≥ 3 with L < .9;  if there is none, admissible k ≥ 3
 *   S* = max of silhouette over C;      chosen = the largest k of C with silhouette ≥ .9·S*
 *   C empty: k = 2 if admissible, else none                                                        METHOD §3.4
 *
 * Why the level shares are looked at first and S* is the best of C, not of all: a grouping along the level axis gains its
 * silhouette from that axis just as k = 2 does. Were S* its silhouette, no other k might reach .9·S*, and a k with
 * L ≥ .9 would win although there is another, which METHOD forbids. k = 2 is no such other: admissible k of 3 with L ≥ .9
 * wins over 2, whatever the L of 2 (so wineq 2015 and 2019: 3).
 * S* ≤ 0: only the best itself. A k without silhouette is not compared; where none of C has one, the smallest k of C.
 *
 * A forced k is taken if it is admissible; else none is, and `forcedRefused` says that it was not tried or may not be used.
 * RangeError: a k tried twice, or what `admissible` refuses.
 */
export function chooseClusters(tried: readonly TriedClusters[], forced?: number): ChosenClusters {
  const judged = admissible(tried);
  if (forced !== undefined) {
    const asked = judged.find(({ k }) => k === forced);
    const forcedRefused = asked === undefined ? "not-tried" : asked.admissible ? null : "not-admissible";
    return { chosen: forcedRefused === null ? forced : null, chosenBy: "steward", forcedRefused, judged };
  }
  const usable = tried.filter((_, index) => judged[index]!.admissible);
  const several = usable.filter(({ k }) => k >= 3);
  const inKind = several.filter(({ levelShare }) => levelShare < LEVEL_ONLY_FROM);
  const candidates = inKind.length > 0 ? inKind : several;
  const two = usable.some(({ k }) => k === 2) ? 2 : null;
  const chosen = candidates.length > 0 ? largestNearBest(candidates) : two;
  return { chosen, chosenBy: "rule", forcedRefused: null, judged };
}

/**
 * Which of the tried k may be used, and why the others may not, in the order given.
 *
 *   every segment: mean Jaccard ≥ .75, weighted share ≥ 5 %, persons ≥ 50                              METHOD §3.4
 *
 * A segment whose Jaccard is not known (NaN) is not stable. RangeError: a k tried twice, lists that are not k long.
 */
export function admissible(tried: readonly TriedClusters[]): JudgedClusters[] {
  if (new Set(tried.map(({ k }) => k)).size !== tried.length) throw new RangeError("each k is tried once");
  return tried.map(({ k, stability, shares, persons }) => {
    if ([stability, shares, persons].some((list) => list.length !== k))
      throw new RangeError(`k = ${k}: one entry a segment`);
    const refused: RefusedReason[] = [];
    if (!stability.every((jaccard) => jaccard >= LEAST_STABILITY - ROUNDING)) refused.push("unstable");
    if (!shares.every((share) => share >= LEAST_SHARE - ROUNDING)) refused.push("small-share");
    if (!persons.every((count) => count >= FEWEST_PERSONS)) refused.push("few-persons");
    return { k, admissible: refused.length === 0, refused };
  });
}

/**
 * The numbers of groups to try with n persons of `different` different points:
 *
 *   2 … min(8, ⌊n/100⌋, different);   none under 200 persons                                           METHOD §3.4
 *
 * k groups that differ need k different points, and with as many each is a group of its own, which nothing can better: of
 * more groups some would be alike, told apart by rounding alone.
 */
export function clustersToTry(persons: number, different = Number.POSITIVE_INFINITY): number[] {
  const most = Math.min(MOST_CLUSTERS, Math.floor(persons / PERSONS_A_CLUSTER), different);
  return Array.from({ length: Math.max(0, most - 1) }, (_, index) => index + 2);
}

function largestNearBest(candidates: readonly TriedClusters[]): number {
  const known = candidates.filter(({ silhouette }) => silhouette !== null);
  if (known.length === 0) return Math.min(...candidates.map(({ k }) => k));
  const best = Math.max(...known.map(({ silhouette }) => silhouette!));
  const enough = best > 0 ? NEAR_BEST * best - ROUNDING : best;
  return Math.max(...known.filter(({ silhouette }) => silhouette! >= enough).map(({ k }) => k));
}
