import type { At, Cell, Statistic } from "../../data/contracts/cell.ts";
import { type Code, DIMENSIONS, type DimensionId, type Names } from "../../data/contracts/names.ts";
import type { Release } from "../../data/contracts/release.ts";

/** A published cell with its key. */
export type KeyedCell = Cell & { key: string };

/** A release as findings see it: the document and its cells, found by what they say. */
export type PublishedCells = {
  release: Release;
  get(key: string): KeyedCell | null;
  find(measure: string, statistic: Statistic, at: At): KeyedCell | null;
};

/** One group of the frozen grouping that leads the picture. `place` is its order, from 0. */
export type Group = { code: Code; name: Names | null; place: number };
export type Grouping = { variable: "segment" | "band" | "troubles"; groups: Group[] };
export type DimensionView = { id: DimensionId; measure: string; name: Names; proxy: boolean };

/** One wave of a release, as a picture shows it. */
export type View = {
  cells: PublishedCells;
  wave: Code;
  previousWave: Code | null;
  waves: { code: Code; name: Names | null }[];
  grouping: Grouping | null;
  dimensions: DimensionView[];
};

/** The view of a wave; null when the release has no such wave. Without a wave: the latest. */
export function viewOf(cells: PublishedCells, asked?: string): View | null {
  const waves = wavesOf(cells.release);
  const place = asked === undefined ? waves.length - 1 : waves.findIndex((wave) => wave.code === asked);
  const wave = waves[place];
  if (!wave) return null;
  return {
    cells,
    wave: wave.code,
    previousWave: waves[place - 1]?.code ?? null,
    waves,
    grouping: leadingGrouping(cells, wave.code),
    dimensions: dimensionsOf(cells.release),
  };
}

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

/**
 * The strongest description that the verdict allows and the release holds (METHOD §3.9): segments, else level
 * bands, else groups by number of troubles. Null when none is published: then everyone stands alone.
 */
function leadingGrouping(cells: PublishedCells, wave: Code): Grouping | null {
  for (const variable of LEADS[cells.release.segmentation.verdict]) {
    const groups = groupsOf(cells, wave, variable);
    if (groups.length > 1) return { variable, groups };
  }
  return null;
}

const LEADS: Record<Release["segmentation"]["verdict"], Grouping["variable"][]> = {
  segments: ["segment"],
  "profiles-on-a-continuum": ["segment"],
  untested: ["segment"],
  "level-only": ["band", "troubles"],
  none: ["troubles"],
  "one-question": ["troubles"],
};

function groupsOf(cells: PublishedCells, wave: Code, variable: Grouping["variable"]): Group[] {
  const { segmentation, variables } = cells.release;
  const named = variables.find(({ id }) => id === variable)?.codes ?? [];
  const proposed = segmentation.labels.map(({ code, proposedName }) => ({ code, name: proposedName }));
  const codes: { code: Code; name: Names | null }[] = variable === "segment" && proposed.length > 0 ? proposed : named;
  const counted =
    variable === "troubles"
      ? TROUBLES.map((code) => codes.find((one) => one.code === code) ?? { code, name: null })
      : codes;
  return counted
    .filter(({ code }) => cells.find("persons", "percent", { wave, [variable]: code }) !== null)
    .map(({ code, name }, place) => ({ code, name, place }));
}

const TROUBLES = ["0", "1", "2", "3+"];

/** The cell of a group's share: of the persons who could be placed in a group. */
export function shareOf(view: View, grouping: Grouping, group: Group): KeyedCell | null {
  return view.cells.find("persons", "percent", { wave: view.wave, [grouping.variable]: group.code });
}

/** The mean of a dimension, of everyone or of a group. */
export function meanOf(
  view: View,
  dimension: DimensionView,
  group?: { variable: string; code: Code },
): KeyedCell | null {
  const at: At = group ? { wave: view.wave, [group.variable]: group.code } : { wave: view.wave };
  return view.cells.find(dimension.measure, "mean", at);
}
