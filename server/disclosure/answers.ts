/** An order statistic needs as many persons strictly on each side (METHOD §7.3 rule 5). */
export const PERSONS_BEYOND = 10;

/**
 * Whether the answers of a cell may be shown in words only, or not at all (METHOD §7.3 rules 3–5): fewer than `events` persons
 * with the answer or without it; fewer than `events` who differ from one value of a score; a median with fewer than ten
 * persons on a side, or money of which two persons' rest would tell the largest to within a tenth (p %-rule).
 *
 * `answers`: of those who gave one, unweighted.
 */
export function saysWordsOnly(kind: "share" | "mean" | "median", answers: readonly number[], events: number): boolean {
  switch (kind) {
    case "share": {
      const having = answers.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0);
      return having < events || answers.length - having < events;
    }
    case "mean":
      return awayFromMostCommon(answers) < events;
    case "median":
      return !isCoveredByOthers(answers) || !hasBothSides(answers);
  }
}

/** How many persons differ from whatever value most of them share. */
export function awayFromMostCommon(answers: readonly number[]): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const value of answers) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most) most = count;
  }
  return answers.length - most;
}

/** p %-rule with p = 10: X − x₁ − x₂ ≥ 0.10·x₁ on |x|, the two largest x₁ ≥ x₂ of total X. */
export function isCoveredByOthers(amounts: readonly number[]): boolean {
  let [total, first, second] = [0, 0, 0];
  for (const amount of amounts) {
    const size = Math.abs(amount);
    total += size;
    if (size > first) [first, second] = [size, first];
    else if (size > second) second = size;
  }
  return total - first - second >= 0.1 * first;
}

function hasBothSides(amounts: readonly number[]): boolean {
  const sorted = [...amounts].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const below = sorted.filter((amount) => amount < middle).length;
  const above = sorted.filter((amount) => amount > middle).length;
  return Math.min(below, above) >= PERSONS_BEYOND;
}
