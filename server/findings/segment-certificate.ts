import type { SegmentCertificate } from "../../data/contracts/release.ts";
import { CERTIFICATE, readingWord } from "./certificate.ts";
import type { Finding } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import type { Group, View } from "./view.ts";

/** What the certificate says of one segment: for the line under its card, and for what may be opened. */
export type SegmentSaid = {
  stability: Finding;
  /** The segment that most of its borderline people lie near; null when no such share is a number. */
  nearest: Finding | null;
  overlaps: Finding[];
  distinguishing: Finding[];
  background: Finding[];
  typical: Finding | null;
};

/** Null for groups that are no segments, and where the certificate does not name the segment. */
export function segmentSaid(view: View, group: Group): SegmentSaid | null {
  const { segments } = view.cells.release.segmentation.certificate;
  const place = segments.findIndex(({ code }) => code === group.code);
  const segment = segments[place];
  if (group.variable !== "segment" || !segment) return null;
  const path = `${CERTIFICATE}.segments.${place}`;
  return {
    stability: {
      id: "segment-stability",
      values: { reading: readingWord(segment.reading) },
      cells: {},
      numbers: { stability: `${path}.stability` },
    },
    nearest: nearestOf(segment, path),
    overlaps: overlapsOf(segment, path),
    distinguishing: distinguishingOf(view, segment, path),
    background: backgroundOf(view, segment, path),
    typical: typicalOf(view, segment),
  };
}

/** Shares of its people who lie almost as near to another segment; where it is no number, it is not said. */
function overlapsOf({ overlap }: SegmentCertificate, path: string): Finding[] {
  return overlap.flatMap(({ with: other, figure }, place): Finding[] => {
    if (figure.kind !== "value") return [];
    const share = `${path}.overlap.${place}.figure`;
    return [
      {
        id: "segment-overlap-item",
        values: { other, limits: figure.low === null || figure.high === null ? "no" : "yes" },
        cells: {},
        numbers: { share: `${share}.value`, low: `${share}.low`, high: `${share}.high` },
      },
    ];
  });
}

/** The largest of these shares, "about 12 %"; of equal ones the first. It is no ranking: the others stand beside it. */
function nearestOf({ code, overlap }: SegmentCertificate, path: string): Finding | null {
  const shares = overlap.map(({ figure }) => (figure.kind === "value" ? figure.value : 0));
  const place = shares.indexOf(Math.max(...shares));
  const nearest = overlap[place];
  if (nearest?.figure.kind !== "value" || nearest.figure.value === 0) return null;
  return {
    id: "segment-overlap",
    values: { code, other: nearest.with },
    cells: {},
    numbers: { share: `${path}.overlap.${place}.figure.value` },
  };
}

/** Questions in which it differs most from all others: descriptive, because the segments were cut on these scores. */
function distinguishingOf(view: View, { distinguishing }: SegmentCertificate, path: string): Finding[] {
  const names = namesOf(view);
  return distinguishing.map(({ measure, d }, place) => ({
    id: "segment-distinguishing-item",
    values: { name: names.measure(measure), side: d > 0 ? "above" : "below" },
    cells: {},
    numbers: { d: `${path}.distinguishing.${place}.d` },
  }));
}

/** Backgrounds commoner or rarer here than among everyone. Where a limit prints as 1.0 it says nothing, and is left out. */
function backgroundOf(view: View, { background }: SegmentCertificate, path: string): Finding[] {
  const names = namesOf(view);
  return background.flatMap(({ variable, code, low, high }, place): Finding[] => {
    if (inTenths(low) <= 10 && inTenths(high) >= 10) return [];
    const at = `${path}.background.${place}`;
    return [
      {
        id: "segment-background-item",
        values: { name: names.code(variable, code), variable: names.inside(variable) },
        cells: {},
        numbers: { ratio: `${at}.ratio`, low: `${at}.low`, high: `${at}.high` },
      },
    ];
  });
}

/** A ratio as it is printed, with one decimal. */
function inTenths(ratio: number): number {
  return Math.round(ratio * 10 + 1e-9);
}

/** The commonest class of each background: a composed description, never a person. */
function typicalOf(view: View, { typical }: SegmentCertificate): Finding | null {
  if (typical.length === 0) return null;
  const names = namesOf(view);
  return {
    id: "segment-typical",
    values: {},
    cells: {},
    list: typical.map(({ variable, code }) => ({
      id: "segment-typical-item",
      values: { name: names.code(variable, code), variable: names.inside(variable) },
      cells: {},
    })),
  };
}
