import type { Classification } from "../../data/contracts/classification.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { tablesOf } from "../disclosure/lattice.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { CutWave, GroupingId, Lattice } from "./cut-waves.ts";

/**
 * The variables that cut this release with their codes, and its tables. A declared list stands whole; of a classification
 * only the codes that some wave holds with at least k persons, so that a code's presence tells of no one.
 */
export function latticeOf(
  event: LifeEvent,
  waves: readonly CutWave[],
  groupings: ReadonlyMap<GroupingId, readonly string[]>,
  {
    chosen,
    policy,
    classifications,
  }: {
    chosen: readonly ChosenExtract[];
    policy: DisclosurePolicy;
    classifications: ReadonlyMap<string, Classification>;
  },
): Lattice {
  const codes = new Map<string, readonly string[]>(groupings);
  for (const variable of event.variables) {
    const columns = chosen
      .filter(({ role }) => role === "survey")
      .flatMap(({ codebook }) =>
        codebook.columns.filter((column) => column.use === "background" && column.id === variable),
      );
    if (columns.length === 0) continue;
    const held = (code: string) =>
      waves.some(
        (wave) => (wave.codes.get(variable) ?? []).filter((entry) => entry === code).length >= policy.minimumPersons,
      );
    const declared = columns.flatMap((column) => {
      if (column.use !== "background") return [];
      if (!column.classification) return (column.categories ?? column.bands ?? []).map(({ code }) => code);
      return (classifications.get(column.classification)?.codes ?? []).map(({ code }) => code).filter(held);
    });
    codes.set(variable, [...new Set(declared)].sort());
  }
  const largest = Math.max(...waves.map(({ design }) => design.weights.length));
  return { tables: tablesOf([...codes.keys()], event.tables, largest, policy.threeWayFrom), codes };
}
