import type { PileUp } from "../../data/contracts/release.ts";
import { type Finding, type FindingId, isValue, limitsOf, numberOf } from "./finding.ts";
import { shareChangeSaid } from "./levels.ts";
import {
  type DimensionView,
  type Group,
  groupingBy,
  type KeyedCell,
  lowOf,
  meanOf,
  outcomeOf,
  shareOf,
  type View,
} from "./view.ts";

/** Observed against independent, for one group, with where it stands in the release. */
export type PiledUp = { group: Group; share: KeyedCell | null; pileUp: PileUp; path: string };

/**
 * How troubles pile up: the share with none and with three or more, and how much commoner the latter is than if the
 * dimensions were independent. Commoner, rarer or neither by the interval of the ratio, as it is printed.
 */
export function pileUpSaid(view: View): Finding | null {
  const [none, many] = ["0", "3+"].map((code) => {
    const group = troublesOf(view).find((one) => one.code === code);
    return group ? shareOf(view, group) : null;
  });
  if (!isValue(none ?? null) || !isValue(many ?? null) || !none || !many) return null;
  const cells = {
    none: numberOf(none),
    noneInterval: limitsOf(none),
    many: numberOf(many),
    manyInterval: limitsOf(many),
  };
  const ratio = piledUp(view).find(({ group }) => group.code === "3+");
  if (!ratio) return { id: "pile-shares", values: {}, cells };
  return { id: ratioSaid(ratio.pileUp), values: {}, cells, numbers: ratioNumbers(ratio.path) };
}

function ratioSaid({ low, high }: PileUp): FindingId {
  const printed = (limit: number) => Math.round(limit * 10 + 1e-9) / 10;
  if (printed(low) > 1) return "pile-commoner";
  return printed(high) < 1 ? "pile-rarer" : "pile-as-common";
}

function ratioNumbers(path: string): Record<string, string> {
  return { ratio: `${path}.ratio`, low: `${path}.low`, high: `${path}.high` };
}

/** The groups whose share is compared with independence in this wave: none, and three or more. */
export function piledUp(view: View): PiledUp[] {
  return view.cells.release.segmentation.pileUp.flatMap((pileUp, place) => {
    const group = troublesOf(view).find(({ code }) => code === pileUp.code);
    if (pileUp.wave !== view.wave || !group) return [];
    return [{ group, share: shareOf(view, group), pileUp, path: `segmentation.pileUp.${place}` }];
  });
}

/** One group's share beside what it would be, were the dimensions independent. */
export function independentSaid({ group, path }: PiledUp): Finding {
  return {
    id: "pile-independent",
    values: { code: group.code },
    cells: {},
    numbers: { ...ratioNumbers(path), independent: `${path}.independent` },
  };
}

/** How satisfied with life those without troubles and those with three or more are. */
export function pileUpOutcome(view: View): Finding | null {
  const outcome = outcomeOf(view);
  const groups = troublesOf(view);
  const [none, many] = [groups[0], groups.at(-1)].map((group) =>
    outcome && group ? meanOf(view, outcome, group) : null,
  );
  if (!none || !many || none === many || !isValue(none) || !isValue(many)) return null;
  return {
    id: "pile-outcome",
    values: {},
    cells: {
      none: numberOf(none),
      noneInterval: limitsOf(none),
      many: numberOf(many),
      manyInterval: limitsOf(many),
    },
  };
}

/** Whether the share without troubles or with three or more has changed since the wave before. */
export function pileUpChange(view: View): Finding | null {
  const ends = troublesOf(view).filter(({ code }) => code === "0" || code === "3+");
  return shareChangeSaid(view, ends, { settled: "pile-change-settled", none: "pile-change-none" });
}

/** Dimensions that the number of low ones counts and of which it is published how many are low, in their order. */
export function lowDimensions(view: View): DimensionView[] {
  const counted = view.cells.release.segmentation.certificate.dimensions;
  return view.dimensions.filter((dimension) => counted.includes(dimension.id) && lowOf(view, dimension) !== null);
}

/**
 * What is low where troubles pile up: dimensions low in more than half of those with three or more, by the lower
 * limit. Their own order is not settled, so they stand in the order of the dimensions.
 */
export function pileUpLow(view: View): Finding | null {
  const most = troublesOf(view).at(-1);
  const dimensions = lowDimensions(view);
  if (!most || dimensions.length === 0) return null;
  const list = dimensions.flatMap((dimension): Finding[] => {
    const cell = lowOf(view, dimension, most);
    if (cell?.figure.kind !== "value" || (cell.figure.low ?? 0) <= 50) return [];
    return [{ id: "pile-low-item", values: { dimension: { low: dimension.id } }, cells: { share: numberOf(cell) } }];
  });
  if (list.length > 0) return { id: "pile-low-half", values: {}, cells: {}, list };
  // Of shares that are not shown nothing is said, not even that none is large.
  const shown = dimensions.filter((dimension) => lowOf(view, dimension, most)?.figure.kind === "value").length;
  const id = shown === dimensions.length ? "pile-low-none" : shown > 0 ? "pile-low-partly" : "pile-low-protected";
  return { id, values: {}, cells: {} };
}

function troublesOf(view: View): Group[] {
  return groupingBy(view, "troubles")?.groups ?? [];
}
