import type { Cell, Figure, Flag } from "../../../data/contracts/cell.ts";
import type { DimensionId, Names } from "../../../data/contracts/names.ts";
import { MESSAGES } from "../../../data/words/messages.ts";
import { type Story, storyOf } from "../../../server/findings/story.ts";
import type { Group, Grouping, GroupingId } from "../../../server/findings/view.ts";
import { comparison, madeUp, share, value } from "../../findings/made-up.ts";
import type { Kind } from "./scene.ts";

export const WAVE = "2025";

/** Names as long as Swedish makes them. */
export const LONG: Names = {
  fi: "Vaikuttaminen ja luottamus",
  sv: "Förtroende, delaktighet och påverkansmöjligheter i vardagslivet",
  en: "Voice and trust",
};

/** The figure of a kind that is no number; null where the release holds no cell at all. */
export function figureOf(kind: Kind): Figure | null {
  return kind === "absent" ? null : { kind };
}

/** A number with limits, `half` to each side, and if it is compared its difference from everyone. */
export function within(
  number: number,
  half: number,
  { flags = [], from = null }: { flags?: Flag[]; from?: { difference: number; settled: boolean } | null } = {},
): Figure {
  const versus = from ? [comparison("everyone", from.difference, from)] : [];
  return value(number, { low: Math.max(0, number - half), high: Math.min(100, number + half), flags, versus });
}

/** The story of a made-up release; what has no figure is no cell of it. */
export function storyWith(
  cells: (Omit<Cell, "figure"> & { figure: Figure | null })[],
  rest: Partial<Omit<Parameters<typeof madeUp>[0], "cells">> = {},
): Story {
  const held = cells.flatMap(({ figure, ...cell }): Cell[] => (figure ? [{ ...cell, figure }] : []));
  const story = storyOf(madeUp({ cells: held, waves: [WAVE], ...rest }));
  if (!story) throw new Error("The made-up release has no wave.");
  return story;
}

/** Measures of dimensions, called as the pages call them, or all by one long name. */
export function namedMeasures(dimensions: readonly DimensionId[], name?: Names) {
  return dimensions.map((dimension) => ({
    id: `dimension.${dimension}`,
    name: name ?? {
      fi: MESSAGES.fi.dimensions[dimension].name,
      sv: MESSAGES.sv.dimensions[dimension].name,
      en: MESSAGES.en.dimensions[dimension].name,
    },
    statistics: ["mean" as const],
    dimension,
    service: null,
    min: 0,
    max: 100,
    direction: "+" as const,
    proxy: false,
    items: [],
    asked: [WAVE],
  }));
}

/** Groups as a chart is given them, whether or not the release holds their shares. */
export function groupingOf(variable: GroupingId, codes: readonly string[], name: Group["name"] = null): Grouping {
  return { variable, groups: codes.map((code, place) => ({ variable, code, name, place, of: codes.length })) };
}

export function shareCells(variable: GroupingId, codes: readonly string[], figures: readonly (Figure | null)[]) {
  return codes.map((code, place) => {
    const figure = figures[place] ?? null;
    return { ...share({ wave: WAVE, [variable]: code }, { kind: "protected" }), figure };
  });
}

/** How many of some figures are numbers. */
export function numbersIn(figures: readonly (Figure | null)[]): number {
  return figures.filter((figure) => figure?.kind === "value").length;
}
