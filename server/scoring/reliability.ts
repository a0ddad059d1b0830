import { correlations, covariances, type SquareMatrix } from "./covariance.ts";
import { cronbachAlpha, feldtInterval, restCorrelation, withoutItem } from "./cronbach-alpha.ts";
import { type Omega, omegaTotal } from "./omega.ts";

/** One item's 0–100 scores, a place per person; NaN = missing. */
export type ItemScores = { id: string; scores: Float64Array };

/** An item that says nothing about its fellows, left out with notice: nobody answered it, or all answered the same. */
export type DroppedItem = { id: string; reason: "unanswered" | "constant" };

/** How one item goes along with the others. Null: the others add up to a constant; nothing to compare without it. */
export type ItemReliability = { id: string; restCorrelation: number | null; alphaIfDeleted: number | null };

/** How far the items of a dimension go along with each other, or the named reason why that cannot be said. */
export type Reliability = { dropped: DroppedItem[] } & (
  | {
      kind: "alpha";
      /** Persons who answered every item. */
      complete: number;
      alpha: number;
      /** Feldt's 95 % interval. */
      low: number;
      high: number;
      /** Null: the standardised items add up to a constant. */
      standardisedAlpha: number | null;
      items: ItemReliability[];
      omega: Omega;
    }
  | { kind: "spearman-brown"; complete: number; coefficient: number; correlation: number }
  | {
      kind: "reverse-coded?";
      complete: number;
      items: ItemReliability[];
      /** The whole of α's 95 % interval is negative: hardly chance. */
      beyondChance: boolean;
    }
  | { kind: "too-few"; complete: number }
  | { kind: "one-item" | "no-items" }
);

/**
 * Reliability of a dimension's items in one wave: unweighted, over the n persons who answered all k of them.
 *
 *   k ≥ 3: α with Feldt's interval, standardised α, each item's rest correlation and α without it, ω_total
 *   k = 2: Spearman–Brown 2r/(1 + r)                           Eisinga, te Grotenhuis & Pelzer (2013); METHOD §1.5
 *
 * Left out first: items that nobody answered, then those constant among the complete cases, which are counted anew.
 * Cases: `no-items` and `one-item` are left; `too-few`, n < 50; `reverse-coded?`, the items' mean covariance is below 0;
 * an item with a negative rest correlation is the likely one. RangeError: no items, columns of unequal length, infinity.
 */
export function reliabilityOf(items: readonly ItemScores[]): Reliability {
  requireItems(items);
  const dropped: DroppedItem[] = [];
  let kept = [...items];
  const leaveOut = (reason: DroppedItem["reason"], applies: (item: ItemScores, place: number) => boolean) => {
    dropped.push(...kept.filter(applies).map(({ id }) => ({ id, reason })));
    kept = kept.filter((item, place) => !applies(item, place));
  };
  leaveOut("unanswered", ({ scores }) => scores.every(Number.isNaN));
  while (kept.length >= 2) {
    const columns = completeCases(kept);
    const complete = columns[0]!.length;
    if (complete < FEWEST_COMPLETE) return { kind: "too-few", complete, dropped };
    const before = kept.length;
    leaveOut("constant", (_, place) => isConstant(columns[place]!));
    if (kept.length === before) return compare(kept, columns, dropped);
  }
  return { kind: kept.length === 1 ? "one-item" : "no-items", dropped };
}

export type ReliabilityWord = "good" | "acceptable" | "weak" | "separate" | "formative";

/**
 * The word for a dimension's reliability.
 *
 *   c ≥ .80 good, ≥ .70 acceptable, ≥ .60 weak, below that separate: the items measure different things
 *   c: α, of two items Spearman–Brown's coefficient            METHOD §1.5
 *
 * `formative` where the codebook says that the items make up the dimension: they need not go along. Items that run
 * against each other are separate. Null: nothing could be compared.
 */
export function reliabilityWord(reliability: Reliability, formative: boolean): ReliabilityWord | null {
  switch (reliability.kind) {
    case "alpha":
      return formative ? "formative" : wordOf(reliability.alpha);
    case "spearman-brown":
      return formative ? "formative" : wordOf(reliability.coefficient);
    case "reverse-coded?":
      return formative ? "formative" : "separate";
    case "too-few":
    case "one-item":
    case "no-items":
      return null;
  }
}

/**
 * What a probable reverse-coding error does: it blocks a reflective dimension until the codebook is put right, and is a note
 * on a formative one (METHOD §1.5). A note too where the negative covariance may be chance: items that have nothing to do
 * with each other fall below 0 every other time, and their direction cannot be told from it. Null: no such suspicion.
 */
export function reverseCodingConsequence(reliability: Reliability, formative: boolean): "block" | "note" | null {
  if (reliability.kind !== "reverse-coded?") return null;
  return formative || !reliability.beyondChance ? "note" : "block";
}

const FEWEST_COMPLETE = 50;
/** An α this little below 0 is 0 but for rounding. */
const ROUNDING = 1e-12;

/** α < 0 says the same as a mean covariance < 0; without an α the items cancel each other out. */
function compare(kept: readonly ItemScores[], columns: readonly Float64Array[], dropped: DroppedItem[]): Reliability {
  const complete = columns[0]!.length;
  const matrix = covariances(columns);
  const alpha = cronbachAlpha(matrix);
  const items = kept.map(({ id }, item) => itemReliability(id, matrix, item));
  if (alpha === null || alpha < -ROUNDING) {
    const beyondChance = alpha === null || feldtInterval(alpha, complete, kept.length).high < 0;
    return { kind: "reverse-coded?", complete, items, beyondChance, dropped };
  }
  const standard = correlations(matrix);
  if (kept.length === 2) {
    const correlation = standard.entries[1]!;
    const coefficient = (2 * correlation) / (1 + correlation);
    return { kind: "spearman-brown", complete, coefficient, correlation, dropped };
  }
  return {
    kind: "alpha",
    complete,
    alpha,
    ...feldtInterval(alpha, complete, kept.length),
    standardisedAlpha: cronbachAlpha(standard),
    items,
    omega: omegaTotal(standard),
    dropped,
  };
}

function itemReliability(id: string, matrix: SquareMatrix, item: number): ItemReliability {
  const alphaIfDeleted = matrix.size > 2 ? cronbachAlpha(withoutItem(matrix, item)) : null;
  return { id, restCorrelation: restCorrelation(matrix, item), alphaIfDeleted };
}

function wordOf(coefficient: number): ReliabilityWord {
  if (coefficient >= 0.8) return "good";
  if (coefficient >= 0.7) return "acceptable";
  return coefficient >= 0.6 ? "weak" : "separate";
}

/** The items' columns over the persons who answered every one. */
function completeCases(items: readonly ItemScores[]): Float64Array[] {
  const persons = Int32Array.from(items[0]!.scores.keys()).filter((person) =>
    items.every(({ scores }) => !Number.isNaN(scores[person]!)),
  );
  return items.map(({ scores }) => Float64Array.from(persons, (person) => scores[person]!));
}

function isConstant(column: Float64Array): boolean {
  return column.every((score) => score === column[0]);
}

function requireItems(items: readonly ItemScores[]): void {
  if (items.length === 0) throw new RangeError("a dimension has at least one item");
  for (const { id, scores } of items) {
    if (scores.length !== items[0]!.scores.length)
      throw new RangeError("items of a dimension have one place per person");
    if (scores.some((score) => Math.abs(score) === Number.POSITIVE_INFINITY))
      throw new RangeError(`${id}: a score is finite`);
  }
}
