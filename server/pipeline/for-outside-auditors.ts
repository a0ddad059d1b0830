import type { Universe } from "../disclosure/universe.ts";
import { publishedTogether } from "./audit-cells.ts";
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
    const published = publishedTogether(document.cells, { wave, earlier: sets.earlier[place] ?? [] });
    const write = (name: string, { dimensions, tables }: Universe, most: number) => {
      const ids = new Set(dimensions.map(({ id }) => id));
      return {
        name,
        document: {
          k: sets.limits.persons,
          maxway: Math.min(most, Math.max(...tables.map(({ length }) => length))),
          records: {
            ...Object.fromEntries(
              dimensions.map(({ id, codes, places }) => [
                id,
                rows.map((person) => codes[places[person] as number] ?? "none"),
              ]),
            ),
            ...(several && { contributor: rows.map((person) => contributors[person] ?? "gone") }),
          },
          contributor: several ? "contributor" : null,
          published: published.filter((at) => {
            const variables = Object.keys(at);
            return variables.length <= most && variables.every((id) => ids.has(id));
          }),
        },
      };
    };
    return [
      write(wave, withVariablesAlone(universe, 3), 3),
      ...(universe.apart.length > 0 ? [write(`${wave}-services`, universe, 2)] : []),
    ];
  });
}
