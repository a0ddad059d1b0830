import type { Universe } from "../disclosure/universe.ts";
import { publishedTogether, recordsOf } from "./audit-cells.ts";
import type { ReleaseAudit } from "./audit-release.ts";
import { withVariablesAlone } from "./universe-of-wave.ts";

/**
 * Each wave's persons and published cells as a program of somebody else's can audit them: `{k, maxway, records, contributor,
 * published}`, a column of codes a dimension: once cut by the variables, once by two of anything, with services. Personal rows:
 * for the steward's machine alone.
 */
export function forOutsideAuditors({ sets, document }: ReleaseAudit) {
  return sets.waves.flatMap(({ wave, present, contributors }, place) => {
    const universe = sets.universes[place] as Universe;
    const rows = Array.from({ length: universe.persons }, (_, person) => person).filter(
      (person) => present[person] !== 0,
    );
    const several = new Set(contributors).size > 1;
    const published = publishedTogether(document.cells, {
      ...{ wave, universe },
      earlier: sets.earlier[place] ?? [],
      unsettled: sets.unsettled[place] ?? new Set(),
    });
    const write = (name: string, cut: Universe, most: number) => {
      const records = recordsOf(cut);
      const { tables } = cut;
      return {
        name,
        document: {
          k: sets.limits.persons,
          maxway: Math.min(most, Math.max(...tables.map(({ length }) => length))),
          records: {
            ...Object.fromEntries(
              Object.entries(records).map(([id, codes]) => [id, rows.map((person) => codes[person] ?? "none")]),
            ),
            ...(several && { contributor: rows.map((person) => contributors[person] ?? "gone") }),
          },
          contributor: several ? "contributor" : null,
          published: published.filter((at) => Object.keys(at).every((id) => id in records)),
        },
      };
    };
    return [
      write(wave, withVariablesAlone(universe, 3), 3),
      ...(universe.apart.length > 0 ? [write(`${wave}-services`, universe, 2)] : []),
    ];
  });
}
