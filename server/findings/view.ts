import type { At, Cell, Statistic } from "../../data/contracts/cell.ts";
import { type Code, DIMENSIONS, type DimensionId, type Names } from "../../data/contracts/names.ts";
import type { Release, Verdict } from "../../data/contracts/release.ts";

/** A published cell with its key. */
export type KeyedCell = Cell & { key: string };

/** A release as findings see it: the document and its cells, found by what they say. */
export type PublishedCells = {
  release: Release;
  get(key: string): KeyedCell | null;
  find(measure: string, statistic: Statistic, at: At): KeyedCell | null;
};

/** The frozen groupings of a release (METHOD §3.9). */
export const GROUPINGS = ["segment", "band", "troubles"] as const;
export type GroupingId = (typeof GROUPINGS)[number];

/** One group of a frozen grouping: `place` is its order from the best off, from 0, among `of`. */
export type Group = { variable: GroupingId; code: Code; name: Names | null; place: number; of: number };
export type Grouping = { variable: GroupingId; groups: Group[] };
export type DimensionView = { id: DimensionId; measure: string; name: Names; proxy: boolean };

/** One wave of a release, as a picture shows it. */
export type View = {
  cells: PublishedCells;
  wave: Code;
  previousWave: Code | null;
  waves: { code: Code; name: Names | null }[];
  /** The grouping that leads. Null when none is published: then everyone stands alone. */
  grouping: Grouping | null;
  /** The groupings that stand beside it. */
  beside: Grouping[];
  /** Every grouping that is published, in the order of the contract. */
  groupings: Grouping[];
  dimensions: DimensionView[];
};

/** The view of a wave; null when the release has no such wave. Without a wave: the latest. */
export function viewOf(cells: PublishedCells, asked?: string): View | null {
  const waves = wavesOf(cells.release);
  const place = asked === undefined ? waves.length - 1 : waves.findIndex((wave) => wave.code === asked);
  const wave = waves[place];
  if (!wave) return null;
  const groupings = GROUPINGS.map((variable) => groupsOf(cells, wave.code, variable)).filter(
    ({ groups }) => groups.length > 1,
  );
  const published = (variable: GroupingId) => groupings.find((one) => one.variable === variable);
  const { leads, beside } = SHOWN[cells.release.segmentation.verdict];
  const grouping = leads.map(published).find((one) => one !== undefined) ?? null;
  return {
    cells,
    wave: wave.code,
    previousWave: waves[place - 1]?.code ?? null,
    waves,
    grouping,
    beside: beside.flatMap((variable) => (variable === grouping?.variable ? [] : (published(variable) ?? []))),
    groupings,
    dimensions: dimensionsOf(cells.release),
  };
}

/**
 * The strongest description that the verdict allows, and what stands beside it (METHOD §3.9): segments, else level
 * bands, else groups by number of troubles.
 */
const SHOWN: Record<Verdict, { leads: GroupingId[]; beside: GroupingId[] }> = {
  segments: { leads: ["segment"], beside: ["band", "troubles"] },
  "profiles-on-a-continuum": { leads: ["segment"], beside: ["band", "troubles"] },
  untested: { leads: ["segment"], beside: ["band", "troubles"] },
  "level-only": { leads: ["band", "troubles"], beside: ["troubles"] },
  "one-question": { leads: ["troubles"], beside: [] },
  none: { leads: ["troubles"], beside: [] },
};

/** Waves sort by their text. They stand among the variables; where they do not, the inputs name them. */
function wavesOf({ variables, inputs }: Release): View["waves"] {
  const named = variables.find((variable) => variable.id === "wave")?.codes ?? [];
  const asked = inputs.filter((input) => input.role === "survey").flatMap((input) => input.waves);
  const codes = [...new Set(asked.length > 0 ? asked : named.map(({ code }) => code))].sort();
  return codes.map((code) => ({ code, name: named.find((wave) => wave.code === code)?.name ?? null }));
}

function dimensionsOf({ measures }: Release): DimensionView[] {
  return DIMENSIONS.flatMap((id) => {
    const measure = measures.find((one) => one.id === `dimension.${id}`);
    return measure ? [{ id, measure: measure.id, name: measure.name, proxy: measure.proxy }] : [];
  });
}

/** The groups whose share the wave publishes, from the best off: segments A first, the highest level, no troubles. */
function groupsOf(cells: PublishedCells, wave: Code, variable: GroupingId): Grouping {
  const groups = codesOf(cells.release, variable).filter(
    ({ code }) => cells.find("persons", "percent", { wave, [variable]: code }) !== null,
  );
  return { variable, groups: groups.map((group, place) => ({ variable, ...group, place, of: groups.length })) };
}

function codesOf({ segmentation, variables }: Release, variable: GroupingId): Pick<Group, "code" | "name">[] {
  if (variable !== "segment") return ORDERED[variable].map((code) => ({ code, name: null }));
  const named = variables.find(({ id }) => id === variable)?.codes ?? [];
  const proposed = segmentation.labels.map(({ code, proposedName }) => ({ code, name: proposedName }));
  return proposed.length > 0 ? proposed : named;
}

/** Levels and pile-ups are steps of one scale; their words are the pages' own, in every language. */
const ORDERED = { band: ["5", "4", "3", "2", "1"], troubles: ["0", "1", "2", "3+"] };

/** The cell of a group's share: of the persons who could be placed in a group. */
export function shareOf({ cells, wave }: View, group: Group): KeyedCell | null {
  return cells.find("persons", "percent", { wave, [group.variable]: group.code });
}

/** The mean of a dimension, of everyone or of a group. */
export function meanOf({ cells, wave }: View, dimension: DimensionView, group?: Group): KeyedCell | null {
  return cells.find(dimension.measure, "mean", group ? { wave, [group.variable]: group.code } : { wave });
}

/** The share with a score below 40 in a dimension, of everyone or of a group. */
export function lowOf({ cells, wave }: View, dimension: DimensionView, group?: Group): KeyedCell | null {
  return cells.find(`low.${dimension.id}`, "percent", group ? { wave, [group.variable]: group.code } : { wave });
}

/** The published grouping by a variable; null when there is none. */
export function groupingBy(view: View, variable: GroupingId): Grouping | null {
  return view.groupings.find((one) => one.variable === variable) ?? null;
}

/** The outcome, satisfaction with life; null where it was not asked. It makes no grouping, so groups may differ in it. */
export function outcomeOf(view: View): DimensionView | null {
  return view.dimensions.find(({ id }) => id === "subjective") ?? null;
}
