import type { Code } from "../../data/contracts/names.ts";
import type { Places } from "../../data/contracts/places.ts";
import type { Reference } from "../../data/contracts/reference.ts";
import type { CoverageRow } from "../../data/contracts/release.ts";
import { type Actor, actorsOf, actorsSaid, type Contributor, contributorsOf } from "./actors.ts";
import { certificateInShort, certificateSaid } from "./certificate.ts";
import { changeSaid, groupChanges } from "./changes.ts";
import { type Comparable, type CompareAnswer, type Comparison, comparables, compareAsked } from "./compare.ts";
import { type ComparisonSaid, comparisonSaid } from "./compare-said.ts";
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
import { groupAsked, type Portrait, portraitOf } from "./portrait.ts";
import { type ReferenceView, referenceOf, referenceSaid } from "./reference.ts";
import { type SegmentSaid, segmentSaid } from "./segment-certificate.ts";
import { type SeriesView, seriesOf, seriesSaid } from "./series.ts";
import { type ServiceView, servicesOf, servicesSaid } from "./services.ts";
import { type SkillsView, skillsOf, skillsSaid } from "./skills.ts";
import { type Unknown, unknownOf } from "./unknown.ts";
import { groupsFound } from "./verdict.ts";
import {
  type DimensionView,
  type Group,
  type GroupingId,
  type KeyedCell,
  lowOf,
  meanOf,
  outcomeOf,
  type PublishedCells,
  shareOf,
  type View,
  viewOf,
} from "./view.ts";
import { type Weakest, weakestOf, weakestSaid } from "./weakest.ts";
import { type Place, type PlaceDetail, placeDetail, placesOf, type WhereView, whereOf } from "./where.ts";
import { backgroundSaid, whereSaid } from "./where-said.ts";

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
    weakest: Finding | null;
    drivers: Finding | null;
    services: Finding | null;
    actors: Finding | null;
    reference: Finding | null;
    links: Finding | null;
    skills: Finding | null;
    series: Finding | null;
  };
  weakest: Weakest | null;
  drivers: ReturnType<typeof driversOf>;
  services: ServiceView[];
  actors: Actor[];
  contributors: Contributor[];
  /** A national reference beside the picture; null where none is declared, or nothing of it was asked. */
  reference: ReferenceView | null;
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
  /** A group that the picture shows, by its code; null where it shows none such. */
  groupAsked(variable: GroupingId, code: Code): Group | null;
  /** A group on a page of its own. */
  portrait(group: Group): Portrait;
  places(dimension: DimensionView, variable: string): Place[];
  /** What can be compared, the comparison that an address asks for, and what a comparison says. */
  comparables: Comparable[];
  compare(asked?: string): CompareAnswer | null;
  compared(comparison: Comparison): ComparisonSaid;
  background(dimension: DimensionView, variable: string): Finding;
  /** The places by what the address asks of them, with what may be said; null where nothing is published of any two. */
  where(asked?: string): (WhereView & { said: Finding[] }) | null;
  placeDetail(code: Code): PlaceDetail;
};

/** Null when the release has no such wave; without a wave, the latest. */
export function storyOf(
  cells: PublishedCells,
  asked?: string,
  references: readonly Reference[] = [],
  places: Places = NO_PLACES,
): Story | null {
  const view = viewOf(cells, asked);
  if (!view) return null;
  const { wave } = view;
  const reference = referenceOf(view, references);
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
      weakest: weakestSaid(view),
      drivers: driversSaid(view),
      services: servicesSaid(view),
      actors: actorsSaid(view),
      reference: referenceSaid(reference),
      links: linksSaid(view),
      skills: skillsSaid(view),
      series: seriesSaid(view),
    },
    weakest: weakestOf(view),
    drivers: driversOf(view),
    services: servicesOf(view),
    actors: actorsOf(view),
    contributors: contributorsOf(view),
    reference,
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
    groupAsked: (variable, code) => groupAsked(view, variable, code),
    portrait: (group) => portraitOf(view, group),
    places: (dimension, variable) => placesOf(view, dimension, variable),
    comparables: comparables(view),
    compare: (asked) => compareAsked(view, asked),
    compared: (comparison) => comparisonSaid(view, comparison),
    background: (dimension, variable) => backgroundSaid(view, dimension, variable),
    where: (asked) => {
      const where = whereOf(view, places, asked);
      return where && { ...where, said: whereSaid(view, where) };
    },
    placeDetail: (code) => placeDetail(view, code),
  };
}

/** Nothing is known of how places lie: they stand in a list. */
const NO_PLACES: Places = { layouts: [], correspondences: [], names: [] };
