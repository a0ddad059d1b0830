import type { Cell, Flag, Statistic } from "../../data/contracts/cell.ts";
import type { DimensionId } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { DriversDescription } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { judgeContrasts } from "../statistics/penalty-reward.ts";
import { roundTo } from "../statistics/rounding.ts";
import type { Tested } from "../statistics/weighted-regression.ts";
import type { DriversOfWave } from "./estimate-drivers.ts";
import type { ClosedSet } from "./protect-cells.ts";

/** A wave's drivers before the gate, with what the gate must know of whom they speak. */
export type WaveWithDrivers = {
  wave: string;
  dimensions: readonly DimensionId[];
  found: DriversOfWave;
  /** Codes of the segments, in their order. */
  segments: readonly string[];
  closedSet: ClosedSet;
  /** Persons of the wave, or of one of its segments, without every score: of any view that has some, the fewest. */
  apartOf: (segment?: number) => number;
};

type Drawn = { cells: Published<Cell>[]; drivers: DriversDescription[] };

/** Adjusted p of a segment's own slope that is shown (METHOD §4.1). */
const SETTLED = 0.05;

/**
 * Drivers as cells, `driver.<dimension>/slope` and `/importance` of everyone and the slopes of segments where they are settled to
 * be their own, and as data of the release: what weakens when low, what lifts when high, and what cannot be told (METHOD §4).
 * Verdicts are corrected over all tests of the wave: then a later wave leaves an earlier one's as they were.
 */
export function describeDrivers(waves: readonly WaveWithDrivers[], policy: DisclosurePolicy): Drawn {
  const drawn = waves.map((wave) => {
    const own = ofWave(wave, policy);
    return { ...own, cells: [...own.cells, ...ofSegments(wave, policy)] };
  });
  return { cells: drawn.flatMap(({ cells }) => cells), drivers: drawn.map(({ described }) => described) };
}

function ofWave(
  { wave, dimensions, found: { everyone }, closedSet, apartOf }: WaveWithDrivers,
  policy: DisclosurePolicy,
): { cells: Published<Cell>[]; described: DriversDescription } {
  const at = { wave };
  const isTold = closedSet.allows(at) && !isFew(apartOf(), policy);
  const described: DriversDescription = {
    wave,
    outcome: "subjective",
    reading: isTold ? everyone.kind : "protected",
    retained: isTold ? roundTo(100 * everyone.retained, 0) : null,
    fewRetained: isTold && everyone.fewRetained,
    explained: isTold && everyone.kind === "drivers" ? roundTo(everyone.rSquared, 2) : null,
    drivers: [],
    differing: [],
  };
  if (!isTold || everyone.kind !== "drivers") return { cells: [], described };
  const gate = (measure: string, statistic: Statistic, estimated: Estimated) =>
    publishCell({ measure, statistic, at }, factsOf(estimated, everyone.n, apartOf()), policy);
  const [judged] = judgeContrasts([everyone.drivers.map(({ contrast }) => contrast)]);
  const nameOf = (place: number) => dimensions[place] as DimensionId;
  const cells = everyone.drivers.flatMap(({ perTenPoints, importance }, place) => [
    gate(`driver.${nameOf(place)}`, "slope", ofTested(perTenPoints)),
    gate(`driver.${nameOf(place)}`, "importance", {
      value: importance.share,
      low: importance.low,
      high: importance.high,
      flags: [],
    }),
  ]);
  return {
    cells,
    described: {
      ...described,
      drivers: everyone.drivers.map(({ contrast, importance, inseparableFrom, opposite }, place) => {
        const figureOf = (side: "low" | "high") =>
          contrast.kind === "contrast"
            ? gate(`driver.${nameOf(place)}.${side}`, "slope", ofTested(contrast[side])).figure
            : null;
        return {
          dimension: nameOf(place),
          verdict: judged?.[place]?.verdict ?? "too-few-answers",
          low: figureOf("low"),
          high: figureOf("high"),
          inseparableFrom: inseparableFrom === null ? null : nameOf(inseparableFrom),
          opposite,
          ranks:
            importance.bestRank === null || importance.worstRank === null
              ? null
              : { best: importance.bestRank, worst: importance.worstRank },
        };
      }),
      differing: everyone.differing.map(([more, less]) => [nameOf(more), nameOf(less)]),
    },
  };
}

/** A segment's own slopes: a number where they are settled to differ from the other segments', else too uncertain to be its own. */
function ofSegments(
  { wave, dimensions, found, segments, closedSet, apartOf }: WaveWithDrivers,
  policy: DisclosurePolicy,
): Published<Cell>[] {
  if (found.everyone.kind !== "drivers" || found.segments?.kind !== "interactions") return [];
  const fitted = new Map(
    found.segments.segments.flatMap((one) => (one.kind === "drivers" ? [[one.segment, one]] : [])),
  );
  const adjusted = benjaminiHochberg(
    [...fitted.values()].flatMap((one) => one.drivers.map(({ difference }) => difference.pValue)),
  );
  const places = [...fitted.keys()];
  return segments.flatMap((segment, number) => {
    const own = fitted.get(number);
    const at = { wave, segment };
    return dimensions.map((dimension, place) => {
      const name = { measure: `driver.${dimension}`, statistic: "slope" as const, at };
      const interaction = own?.drivers[place];
      if (!own || !interaction || !closedSet.allows(at)) return publishCell(name, { kind: "closed" }, policy);
      const p = adjusted[places.indexOf(number) * dimensions.length + place] ?? null;
      const facts = factsOf(ofTested(interaction.own), Math.max(own.n, LEAST_POOLED), apartOf(number));
      return publishCell(name, { ...facts, hidden: p === null || p > SETTLED }, policy);
    });
  });
}

/** A segment's slopes are of the model of all segments, which has at least so many persons (METHOD §4.1). */
const LEAST_POOLED = 400;

type Estimated = { value: number; low: number | null; high: number | null; flags: Flag[] };

function ofTested({ estimate, low, high, understated }: Tested): Estimated {
  return { value: estimate, low, high, flags: understated ? ["variance-understated"] : [] };
}

function factsOf({ flags, ...estimate }: Estimated, n: number, apart: number) {
  // Without an interval a slope claims too much.
  return { kind: "model" as const, n, apart, estimate, hidden: estimate.low === null, flags, versus: [] };
}

const isFew = (persons: number, { minimumPersons }: DisclosurePolicy) => persons > 0 && persons < minimumPersons;
