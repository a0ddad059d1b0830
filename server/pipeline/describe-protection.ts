import { type AuditOfView, auditUniverse } from "../disclosure/audit/audit.ts";
import { protect } from "../disclosure/protect.ts";
import { countAtoms, keyWithin, prepareUniverse, sizeOf, type Universe } from "../disclosure/universe.ts";
import { sha256 } from "../store/canonical.ts";
import { publishedTogether, recordsOf } from "./audit-cells.ts";
import type { ReleaseAudit } from "./audit-release.ts";
import { withVariablesAlone } from "./universe-of-wave.ts";

/** Attacks on one wave by one view: what is to be hidden, and how much of it could be computed. */
export type Attack = {
  wave: string;
  view: string;
  kind: keyof AuditOfView["derivable"];
  /** Groups of fewer than k persons. */
  looked: number;
  /** Of these, from all cells of k persons or more: what a threshold alone gives away. */
  thresholdOnly: number;
  /** Of these, from this release. */
  released: number;
};

/** What protection costs in tables of so many variables: cells with somebody in them, and the persons whom they hold. */
export type Cost = { wave: string; variables: number; cells: number; published: number; personsPercent: number };

/** What merging a variable's smallest two codes would give back: a knob that is safe to turn. */
export type Coarser = { wave: string; variable: string; codes: [string, string]; published: number; instead: number };

/** The disclosure report: for the steward and the release manager alone. */
export function describeProtection(audit: ReleaseAudit) {
  const { audited, sets } = audit;
  const together = audited.filter(({ measure }) => measure === null);
  const attacks = together.flatMap(({ wave, views }, place): Attack[] => {
    const naive = thresholdOnly(sets, place);
    return views.flatMap((view, index) =>
      KINDS.map((kind) => ({
        ...{ wave, view: view.view, kind, looked: view.looked[kind] },
        thresholdOnly: naive[index]?.derivable[kind] ?? 0,
        released: view.derivable[kind],
      })),
    );
  });
  const measures = audited.filter(({ measure }) => measure !== null);
  return {
    attacks,
    measures: {
      audits: measures.length,
      derivable: measures.reduce((sum, { views }) => sum + views.reduce((all, view) => all + total(view), 0), 0),
    },
    cost: sets.waves.flatMap((_, place) => costOf(sets, place, publishedKeys(audit, place))),
    coarser: sets.waves.flatMap((_, place) => coarserOf(sets, place)),
  };
}

/** Keys of the groups that the release tells of. */
function publishedKeys({ sets, document }: ReleaseAudit, place: number): ReadonlySet<string> {
  const known = {
    wave: (sets.waves[place] as Sets["waves"][number]).wave,
    ...{ earlier: [], unsettled: new Set<string>(), universe: { ...(sets.universes[place] as Universe), gone: 0 } },
  };
  return new Set(publishedTogether(document.cells, known).map(keyWithin));
}

const KINDS = ["small", "deeper", "unions", "differences", "exclusions"] as const;
const total = ({ derivable, publishedBelow }: AuditOfView) =>
  Object.values(derivable).reduce((sum, count) => sum + count, publishedBelow);

type Sets = ReleaseAudit["sets"];

function withGone(mask: Uint8Array, { persons }: Universe): Uint8Array {
  return Uint8Array.from({ length: persons }, (_, person) => mask[person] ?? 1);
}

/** What could be computed if every cell of k persons or more were shown. */
function thresholdOnly({ universes, waves, limits }: Sets, place: number): AuditOfView[] {
  const universe = universes[place] as Universe;
  const valid = withGone((waves[place] as Sets["waves"][number]).present, universe);
  const prepared = prepareUniverse(universe);
  const counts = countAtoms(prepared, valid, null);
  const published = prepared.cells
    .filter((cell) => cell.shown && sizeOf(cell.atoms, counts) >= limits.persons)
    .map(({ key }) =>
      Object.fromEntries(key === "" ? [] : key.split("&").map((part) => part.split("=") as [string, string])),
    );
  const { tables, apart, views } = universe;
  return auditUniverse({ k: limits.persons, tables, apart, views, records: recordsOf(universe), published, valid });
}

function costOf({ universes, waves }: Sets, place: number, published: ReadonlySet<string>): Cost[] {
  const universe = universes[place] as Universe;
  const { wave, present } = waves[place] as Sets["waves"][number];
  const prepared = prepareUniverse(withVariablesAlone(universe, 3));
  const counts = countAtoms(prepared, withGone(present, universe), null);
  return [1, 2, 3].flatMap((variables) => {
    const cells = prepared.cells
      .filter((cell) => cell.shown && cell.dimensions.length === variables)
      .map(({ key, atoms }) => ({ key, n: sizeOf(atoms, counts) }))
      .filter(({ n }) => n > 0);
    if (cells.length === 0) return [];
    const shown = cells.filter(({ key }) => published.has(key));
    const persons = (list: typeof cells) => list.reduce((sum, { n }) => sum + n, 0);
    const percent = Math.round((1000 * persons(shown)) / persons(cells)) / 10;
    return [{ wave, variables, cells: cells.length, published: shown.length, personsPercent: percent }];
  });
}

/** Each background with its two smallest codes merged: how many cells of variables could then be shown. */
function coarserOf({ universes, waves, limits, seed }: Sets, place: number): Coarser[] {
  const universe = withVariablesAlone(universes[place] as Universe, 3);
  const { wave, present } = waves[place] as Sets["waves"][number];
  const valid = withGone(present, universe);
  const shownOf = (cut: Universe) =>
    protect(prepareUniverse(cut), limits, { valid, within: () => true, seed: sha256(`${seed} coarser ${wave}`) })
      ?.published.size ?? 0;
  const now = shownOf(universe);
  return universe.dimensions.flatMap((dimension): Coarser[] => {
    if (dimension.sensitive || dimension.shown < 3) return [];
    const sizes = dimension.codes.map((code, at) => ({ code, at, n: countOf(dimension.places, at) }));
    const [least, next] = sizes.sort((a, b) => a.n - b.n);
    if (!least || !next) return [];
    const merged = {
      ...dimension,
      places: dimension.places.map((at) => (at === least.at ? next.at : at)) as Uint16Array,
    };
    const instead = shownOf({
      ...universe,
      dimensions: universe.dimensions.map((one) => (one === dimension ? merged : one)),
    });
    if (instead <= now) return [];
    return [{ wave, variable: dimension.id, codes: [least.code, next.code], published: now, instead }];
  });
}

function countOf(places: ArrayLike<number>, at: number): number {
  let count = 0;
  for (let person = 0; person < places.length; person++) if (places[person] === at) count++;
  return count;
}
