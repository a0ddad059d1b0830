import type { z } from "zod";
import type { Cell, ValueFigure, Versus } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import { DIMENSIONS, type DimensionId, type Names } from "../../data/contracts/names.ts";
import { type Certificate, type PileUp, Release } from "../../data/contracts/release.ts";
import { indexRelease } from "../../server/store/published/read-release.ts";

/** Releases made up for tests: a few cells, and the rest of the document around them. */
type Value = z.infer<typeof ValueFigure>;

export const named = (text: string): Names => ({ fi: text, sv: text, en: text });

export function value(number: number, rest: Partial<Omit<Value, "kind" | "value">> = {}): Value {
  return { kind: "value", value: number, low: null, high: null, n: null, flags: [], versus: [], ...rest };
}

export function comparison(against: Versus["against"], difference: number, { settled }: { settled: boolean }): Versus {
  return { against, difference, low: difference - 1, high: difference + 1, settled };
}

export function mean(dimension: DimensionId, at: Cell["at"], figure: Cell["figure"]): Cell {
  return { measure: `dimension.${dimension}`, statistic: "mean", at, figure };
}

export function share(at: Cell["at"], figure: Cell["figure"]): Cell {
  return { measure: "persons", statistic: "percent", at, figure };
}

export function percent(measure: string, at: Cell["at"], figure: Cell["figure"]): Cell {
  return { measure, statistic: "percent", at, figure };
}

/** A certificate in which nothing was tried; a test says what it is about. */
export function certificate(rest: Partial<Certificate> = {}): Certificate {
  return {
    dimensions: DIMENSIONS.filter((id) => id !== "subjective"),
    leftOut: [],
    chosenBy: "rule",
    tried: [],
    structure: null,
    levelShare: null,
    oneQuestion: null,
    notes: [],
    weights: null,
    missing: null,
    resamples: 100,
    starts: 100,
    segments: [],
    waves: [],
    ...rest,
  };
}

export function tried(k: number, rest: Partial<Certificate["tried"][number]> = {}): Certificate["tried"][number] {
  return {
    k,
    silhouette: 0.2,
    calinskiHarabasz: 300,
    stability: Array.from({ length: k }, () => 0.9),
    agreement: 0.85,
    levelShare: 0.5,
    admissible: true,
    refused: [],
    ...rest,
  };
}

type MadeUp = {
  cells: Cell[];
  dimensions?: readonly DimensionId[];
  waves?: string[];
  segments?: string[];
  verdict?: Release["segmentation"]["verdict"];
  certificate?: Certificate;
  pileUp?: PileUp[];
} & Partial<
  Pick<
    Release,
    | "variables"
    | "coverage"
    | "measures"
    | "reliability"
    | "comparability"
    | "lifeEvent"
    | "drivers"
    | "services"
    | "links"
    | "skills"
    | "series"
  >
>;

export function madeUp({
  cells,
  dimensions = DIMENSIONS,
  waves = ["2024", "2025"],
  segments = ["A", "B"],
  verdict = "untested",
  certificate: certified = certificate(),
  pileUp = [],
  ...rest
}: MadeUp) {
  return indexRelease(
    Release.parse({
      format: "tilannekuva.release/1",
      id: "made-up.0123456789ab",
      lifeEvent: {
        id: "made-up",
        name: named("Made up"),
        purpose: named("Tests"),
        owner: "nobody",
        ownerName: null,
        services: [],
      },
      synthetic: true,
      protection: "audited",
      audit: { groups: 100, contributors: 1 },
      policy: {
        version: 1,
        minimumPersons: 10,
        minimumEvents: 3,
        leftOutAtMost: 0.05,
        coalitions: [],
        decidedOn: "2026-01-01",
        decidedBy: "Nobody",
      },
      method: "1",
      previous: null,
      inputs: [],
      variables: [{ id: "wave", name: named("Wave"), codes: waves.map((code) => ({ code, name: named(code) })) }],
      grids: [],
      measures: dimensions.map((dimension) => ({
        id: `dimension.${dimension}`,
        name: named(dimension),
        statistics: ["mean"],
        dimension,
        service: null,
        min: 0,
        max: 100,
        direction: "+",
        proxy: false,
        items: [],
        asked: waves,
      })),
      segmentation: {
        verdict,
        referenceWave: waves[0],
        k: segments.length === 0 ? null : segments.length,
        labels: segments.map((code) => ({ code, proposedName: named(`name of ${code}`) })),
        certificate: certified,
        pileUp,
        flows: [],
      },
      reliability: [],
      comparability: [],
      calibration: [],
      summaryIndex: null,
      indexSensitivity: [],
      coverage: { register: null, rows: [] },
      cells: [...cells].sort((left, right) =>
        cellKey(left.measure, left.statistic, left.at) < cellKey(right.measure, right.statistic, right.at) ? -1 : 1,
      ),
      ...rest,
    }),
  );
}
