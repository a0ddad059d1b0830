import type { Code } from "../../data/contracts/names.ts";
import type { CoverageRow } from "../../data/contracts/release.ts";
import { certificateInShort, certificateSaid } from "./certificate.ts";
import { changeSaid, groupChanges } from "./changes.ts";
import { coverageRows, coverageSaid } from "./coverage.ts";
import { driversOf, driversSaid } from "./drivers.ts";
import type { Finding } from "./finding.ts";
import { fingerprintSaid, type SettledDifference, settledDifferences, sharesSaid } from "./groups.ts";
import { headline, type InShort, inShort, oneSentence } from "./headline.ts";
import { levelsOutcome, levelsSaid } from "./levels.ts";
import { linksOf, linksSaid } from "./links.ts";
import { numberAt } from "./number-at.ts";
import {
  independentSaid,
  lowDimensions,
  type PiledUp,
  piledUp,
  pileUpLow,
  pileUpOutcome,
  pileUpSaid,
} from "./pile-up.ts";
import { type SegmentSaid, segmentSaid } from "./segment-certificate.ts";
import { type SeriesView, seriesOf, seriesSaid } from "./series.ts";
import { type ServiceView, servicesOf, servicesSaid } from "./services.ts";
import { type SkillsView, skillsOf, skillsSaid } from "./skills.ts";
import { type Unknown, unknownOf } from "./unknown.ts";
import { groupsFound } from "./verdict.ts";
import {
  type DimensionView,
  type Group,
  type KeyedCell,
  lowOf,
  meanOf,
  outcomeOf,
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
    inShort: InShort[];
    oneSentence: Finding;
    groups: Finding;
    /** What the description rests on: all of it, and what stands beside the headline. */
    certificate: Finding[];
    certificateInShort: Finding[];
    shares: Finding;
    dimensions: Finding;
    /** Null where the level bands, or the pile-up of troubles, are not published. */
    levels: Finding | null;
    levelsOutcome: Finding | null;
    pileUp: Finding | null;
    pileUpOutcome: Finding | null;
    pileUpLow: Finding | null;
    changes: Finding;
    groupChanges: Finding[];
    /** For a heading: the two furthest. */
    coverage: Finding;
    coverageList: Finding;
    /** Null where the release says nothing of it for this wave. */
    drivers: Finding | null;
    services: Finding | null;
    links: Finding | null;
    skills: Finding | null;
    series: Finding | null;
  };
  drivers: ReturnType<typeof driversOf>;
  services: ServiceView[];
  links: ReturnType<typeof linksOf>;
  skills: SkillsView | null;
  series: SeriesView[];
  /** About how many people are in a group, by the register. */
  people(group: Group): KeyedCell | null;
  coverage: CoverageRow[];
  unknown: Unknown;
  piledUp: (PiledUp & { said: Finding })[];
  lowDimensions: DimensionView[];
  outcome: DimensionView | null;
  /** A number of the release that is no cell, by its path in the document. */
  numberAt(path: string): number | null;
  /** The cell of a group's share. */
  share(group: Group): KeyedCell | null;
  /** The cell of a dimension's mean: everyone's, or a group's. */
  mean(dimension: DimensionView, group?: Group): KeyedCell | null;
  /** The cell of the share that is low in a dimension: of everyone, or of a group. */
  low(dimension: DimensionView, group?: Group): KeyedCell | null;
  /** The cell of everyone's mean in another wave. */
  meanIn(wave: Code, dimension: DimensionView): KeyedCell | null;
  /** The cell of how many answered: of everyone, or of a group. */
  persons(group?: Group): KeyedCell | null;
  settled(group: Group): SettledDifference[];
  /** What the certificate says of a segment; null for other groups. */
  segment(group: Group): SegmentSaid | null;
  places(dimension: DimensionView, variable: string): Place[];
  where(dimension: DimensionView, variable: string): Finding;
};

/** Null when the release has no such wave; without a wave, the latest. */
export function storyOf(cells: PublishedCells, asked?: string): Story | null {
  const view = viewOf(cells, asked);
  if (!view) return null;
  const { wave } = view;
  return {
    ...view,
    said: {
      headline: headline(view),
      inShort: inShort(view),
      oneSentence: oneSentence(view),
      groups: groupsFound(view),
      certificate: certificateSaid(view),
      certificateInShort: certificateInShort(view),
      shares: (view.grouping?.variable === "band" ? levelsSaid(view) : null) ?? sharesSaid(view),
      dimensions: fingerprintSaid(view),
      levels: levelsSaid(view),
      levelsOutcome: levelsOutcome(view),
      pileUp: pileUpSaid(view),
      pileUpOutcome: pileUpOutcome(view),
      pileUpLow: pileUpLow(view),
      changes: changeSaid(view),
      groupChanges: groupChanges(view),
      coverage: coverageSaid(view, 2),
      coverageList: coverageSaid(view),
      drivers: driversSaid(view),
      services: servicesSaid(view),
      links: linksSaid(view),
      skills: skillsSaid(view),
      series: seriesSaid(view),
    },
    drivers: driversOf(view),
    services: servicesOf(view),
    links: linksOf(view),
    skills: skillsOf(view),
    series: seriesOf(view),
    people: (group) => cells.find("persons", "people", { wave, [group.variable]: group.code }),
    coverage: coverageRows(view),
    unknown: unknownOf(view),
    piledUp: piledUp(view).map((one) => ({ ...one, said: independentSaid(one) })),
    lowDimensions: lowDimensions(view),
    outcome: outcomeOf(view),
    numberAt: (path) => numberAt(cells.release, path),
    share: (group) => shareOf(view, group),
    mean: (dimension, group) => meanOf(view, dimension, group),
    low: (dimension, group) => lowOf(view, dimension, group),
    meanIn: (other, dimension) => cells.find(dimension.measure, "mean", { wave: other }),
    persons: (group) => cells.find("persons", "count", group ? { wave, [group.variable]: group.code } : { wave }),
    settled: (group) => settledDifferences(view, group),
    segment: (group) => segmentSaid(view, group),
    places: (dimension, variable) => placesOf(view, dimension, variable),
    where: (dimension, variable) => whereSaid(view, dimension, variable),
  };
}
