import type { Finding } from "./finding.ts";
import type { View } from "./view.ts";

/** A structure test at or below this finds more structure than data without groups have (METHOD §3.5). */
const STRUCTURE_LEVEL = 0.05;

/** Whether there are groups in the data, and what the picture shows instead when there are none (METHOD §3.5, "says"). */
export function groupsFound(view: View): Finding {
  const { verdict, certificate } = view.cells.release.segmentation;
  const { grouping } = view;
  if (!grouping) return { id: "groups-none", values: {}, cells: {} };
  const count = { count: grouping.groups.length };
  const leads = { leads: grouping.variable };
  switch (verdict) {
    case "segments":
      return { id: "groups-segments", values: count, cells: {} };
    case "profiles-on-a-continuum":
      return { id: "groups-continuum", values: count, cells: {} };
    case "untested":
      return { id: "groups-untested", values: count, cells: {} };
    case "level-only":
      return { id: "groups-levels", values: leads, cells: {} };
    case "one-question": {
      const { oneQuestion } = certificate;
      return {
        id: "groups-one-question",
        values: { known: oneQuestion ? "yes" : "no", dimension: oneQuestion ? { low: oneQuestion } : "" },
        cells: {},
      };
    }
    case "none":
      if (certificate.notes.includes("few-dimensions"))
        return { id: "groups-few-dimensions", values: { count: certificate.dimensions.length }, cells: {} };
      return {
        id: certificate.notes.includes("some-structure") ? "groups-unstable" : "groups-troubles",
        values: {},
        cells: {},
      };
  }
}

/** Whether the structure test was run and found structure. */
export function hasStructure({ cells }: View): boolean {
  const { structure } = cells.release.segmentation.certificate;
  return structure !== null && structure.pValue <= STRUCTURE_LEVEL;
}
