import type { Code } from "../../data/contracts/names.ts";
import type { CoverageRow } from "../../data/contracts/release.ts";
import { changeSaid, groupChanges } from "./changes.ts";
import { coverageRows, coverageSaid } from "./coverage.ts";
import type { Finding } from "./finding.ts";
import { fingerprintSaid, groupsFound, type SettledDifference, settledDifferences, sharesSaid } from "./groups.ts";
import { headline, oneSentence } from "./headline.ts";
import { type Unknown, unknownOf } from "./unknown.ts";
import {
  type DimensionView,
  type Group,
  type KeyedCell,
  meanOf,
  type PublishedCells,
  shareOf,
  type View,
  viewOf,
} from "./view.ts";
import { type Place, placesOf, whereSaid } from "./where.ts";

/** A wave of a release with all that may be said of it: what pages, alternative texts and reports are made from. */
export type Story = View & {
  said: {
    headline: Finding[];
    oneSentence: Finding;
    groups: Finding;
    shares: Finding;
    dimensions: Finding;
    changes: Finding;
    groupChanges: Finding[];
    /** For a heading: the two furthest. */
    coverage: Finding;
    coverageList: Finding;
  };
  coverage: CoverageRow[];
  unknown: Unknown;
  /** The cell of a group's share. */
  share(group: Group): KeyedCell | null;
  /** The cell of a dimension's mean: everyone's, or a group's. */
  mean(dimension: DimensionView, group?: Group): KeyedCell | null;
  /** The cell of everyone's mean in another wave. */
  meanIn(wave: Code, dimension: DimensionView): KeyedCell | null;
  /** The cell of how many answered: of everyone, or of a group. */
  persons(group?: Group): KeyedCell | null;
  settled(group: Group): SettledDifference[];
  places(dimension: DimensionView, variable: string): Place[];
  where(dimension: DimensionView, variable: string): Finding;
};

/** Null when the release has no such wave; without a wave, the latest. */
export function storyOf(cells: PublishedCells, wave?: string): Story | null {
  const view = viewOf(cells, wave);
  if (!view) return null;
  const { grouping } = view;
  const at = (group?: Group) => (group && grouping ? { variable: grouping.variable, code: group.code } : undefined);
  return {
    ...view,
    said: {
      headline: headline(view),
      oneSentence: oneSentence(view),
      groups: groupsFound(view),
      shares: sharesSaid(view),
      dimensions: fingerprintSaid(view),
      changes: changeSaid(view),
      groupChanges: groupChanges(view),
      coverage: coverageSaid(view, 2),
      coverageList: coverageSaid(view),
    },
    coverage: coverageRows(view),
    unknown: unknownOf(view),
    share: (group) => (grouping ? shareOf(view, grouping, group) : null),
    mean: (dimension, group) => meanOf(view, dimension, at(group)),
    meanIn: (other, dimension) => cells.find(dimension.measure, "mean", { wave: other }),
    persons: (group) =>
      cells.find(
        "persons",
        "count",
        group && grouping ? { wave: view.wave, [grouping.variable]: group.code } : { wave: view.wave },
      ),
    settled: (group) => (grouping ? settledDifferences(view, grouping, group) : []),
    places: (dimension, variable) => placesOf(view, dimension, variable),
    where: (dimension, variable) => whereSaid(view, dimension, variable),
  };
}
