import type { Versus } from "../../data/contracts/cell.ts";
import type { DimensionId, Names } from "../../data/contracts/names.ts";
import type { KeyedCell } from "./view.ts";

/**
 * A finding is what may be said, before any language: a message id (data/words/…/findings.json), the values that
 * the sentence chooses by, and the cells whose numbers stand in it. No number is in `values` that a cell holds.
 */
export type Finding = {
  id: FindingId;
  values: Record<
    string,
    string | number | Names | { low: DimensionId } | { inside: Names } | { side: SideNamed; inside?: true }
  >;
  cells: Record<string, CellPart>;
  /** Numbers of the release that are no cells, by their path in the document: `segmentation.certificate.levelShare`. */
  numbers?: Record<string, string>;
  list?: Finding[];
};

/** One side of a comparison, by its variable and code: a sentence calls it as pages do. `inside`: in the middle of the sentence. */
export type SideNamed = { variable: string; code: string; name: Names | null };

/** Which number of a cell stands in the sentence. */
export type CellPart = { key: string; part: Part; against?: Versus["against"] };
export type Part = "value" | "interval" | "n" | "difference" | "difference-interval";

export type FindingId =
  | "groups-segments"
  | "groups-continuum"
  | "groups-untested"
  | "groups-levels"
  | "groups-one-question"
  | "groups-unstable"
  | "groups-troubles"
  | "groups-few-dimensions"
  | "groups-none"
  | "shares-all"
  | "shares-everyone"
  | "share-item"
  | "group-above"
  | "group-below"
  | "difference-item"
  | "fingerprint-below"
  | "fingerprint-above"
  | "fingerprint-ends"
  | "fingerprint-unsettled"
  | "fingerprint-everyone"
  | "levels-outcome"
  | "levels-change-settled"
  | "levels-change-none"
  | "levels-reference"
  | "levels-shares"
  | "pile-shares"
  | "pile-commoner"
  | "pile-rarer"
  | "pile-as-common"
  | "pile-outcome"
  | "pile-change-settled"
  | "pile-change-none"
  | "pile-low-half"
  | "pile-low-none"
  | "pile-low-protected"
  | "pile-low-partly"
  | "pile-low-item"
  | "pile-independent"
  | "share-change-item"
  | "shares-change-settled"
  | "shares-change-none"
  | "certificate-structure-found"
  | "certificate-structure-weak"
  | "certificate-structure-absent"
  | "certificate-structure-untested"
  | "certificate-tried"
  | "certificate-tried-none"
  | "certificate-stability"
  | "certificate-level"
  | "certificate-one-question"
  | "certificate-weights"
  | "certificate-missing"
  | "certificate-missing-refit"
  | "certificate-unclassifiable"
  | "certificate-atypical"
  | "certificate-refit"
  | "segment-stability"
  | "segment-overlap"
  | "segment-overlap-item"
  | "segment-distinguishing-item"
  | "segment-background-item"
  | "segment-typical"
  | "segment-typical-item"
  | "unplaced-all"
  | "unplaced-more"
  | "unplaced-item"
  | "reliability-weak"
  | "reliability-item"
  | "unanswered-many"
  | "unanswered-item"
  | "missing-moves"
  | "item-differs"
  | "name-item"
  | "question-item"
  | "change-settled"
  | "change-groups"
  | "change-none"
  | "change-incomparable"
  | "change-first"
  | "change-item"
  | "change-group-item"
  | "coverage-under"
  | "coverage-even"
  | "coverage-protected"
  | "coverage-absent"
  | "coverage-item"
  | "drivers-most"
  | "drivers-none"
  | "driver-item"
  | "services-fail"
  | "services-work"
  | "services-none"
  | "service-item"
  | "actors-unmet"
  | "actor-unmet-item"
  | "actors-less"
  | "actors-more"
  | "actors-none"
  | "actor-item"
  | "reference-beside"
  | "series-all"
  | "series-item"
  | "skills-missing"
  | "skills-none"
  | "skill-item"
  | "links-most"
  | "links-none"
  | "link-item"
  | "weakest-more"
  | "weakest-item"
  | "weakest-none"
  | "where-settled"
  | "where-none"
  | "where-item"
  | "compare-one"
  | "compare-both"
  | "compare-none"
  | "compare-absent"
  | "compare-side"
  | "compare-count"
  | "compare-list"
  | "compare-unsettled"
  | "compare-missing"
  | "compare-shares"
  | "compare-shares-none"
  | "compare-share-item"
  | "where-mean-above"
  | "where-mean-below"
  | "where-mean-none"
  | "where-mean-item"
  | "where-share-above"
  | "where-share-below"
  | "where-share-none"
  | "where-share-item"
  | "where-people-group"
  | "where-people-register"
  | "where-people-places"
  | "where-people-commoner"
  | "where-people-spread"
  | "where-people-item"
  | "where-register-item"
  | "where-others"
  | "where-rest"
  | "where-rest-unsettled"
  | "where-rest-uncertain"
  | "where-rest-protected"
  | "where-rest-none"
  | "portrait-who"
  | "portrait-who-hidden"
  | "portrait-people"
  | "portrait-people-none"
  | "portrait-standing"
  | "portrait-questions"
  | "portrait-questions-none"
  | "portrait-background-over"
  | "portrait-background-under"
  | "portrait-background-none"
  | "portrait-background-item"
  | "portrait-drivers-own"
  | "portrait-drivers-shared"
  | "portrait-driver-item"
  | "portrait-lifts"
  | "portrait-weighs"
  | "portrait-dimension-item"
  | "portrait-services-work"
  | "portrait-services-fail"
  | "portrait-services-none"
  | "portrait-service-item"
  | "portrait-share-change"
  | "portrait-changed"
  | "portrait-unchanged";

/** A cell's value, or its limits, as they stand in a sentence. */
export function numberOf(cell: KeyedCell): CellPart {
  return { key: cell.key, part: "value" };
}
export function limitsOf(cell: KeyedCell): CellPart {
  return { key: cell.key, part: "interval" };
}

/** Whether a cell holds a number. */
export function isValue(cell: KeyedCell | null): cell is KeyedCell & { figure: { kind: "value" } } {
  return cell?.figure.kind === "value";
}

/** The comparison of a cell with something, if it is stored. Nobody subtracts two cells. */
export function versus(cell: KeyedCell | null, against: Versus["against"]): Versus | null {
  if (cell?.figure.kind !== "value") return null;
  return cell.figure.versus.find((one) => one.against === against) ?? null;
}

/** The difference of a cell from something, and its limits, as they stand in a sentence. */
export function differenceParts({ key }: KeyedCell, against: Versus["against"]): Finding["cells"] {
  return {
    difference: { key, part: "difference", against },
    interval: { key, part: "difference-interval", against },
  };
}

/** "Every sixth" and its like, where a published whole percent is that near to it; else `other`. */
export function everyNth(cell: KeyedCell | null): string {
  if (cell?.figure.kind !== "value") return "other";
  const { value } = cell.figure;
  const near = NTHS.find(({ n, slack }) => Math.abs(value - 100 / n) <= slack);
  return near?.word ?? "other";
}

const NTHS = [
  { n: 2, slack: 1, word: "half" },
  { n: 3, slack: 1, word: "third" },
  { n: 4, slack: 1, word: "fourth" },
  { n: 5, slack: 1, word: "fifth" },
  { n: 6, slack: 0.7, word: "sixth" },
  { n: 7, slack: 0.7, word: "seventh" },
  { n: 8, slack: 0.5, word: "eighth" },
  { n: 10, slack: 0.5, word: "tenth" },
];
