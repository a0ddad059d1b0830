import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { FilterDimension, Universe, View } from "../disclosure/universe.ts";
import { type CutWave, isGrouping, type Lattice } from "./cut-waves.ts";
import type { Known } from "./reckon-with-earlier.ts";

/** The dimension of who used a service: `service.` and its id. No variable has a point in its id. */
export const usersOf = (service: string) => `service.${service}`;
/** The dimension of whom some group was found for: what shares of groupings are shares of. */
export const PLACED = "group.placed";

/**
 * A wave as its own universe (METHOD §7.3): its persons, what cuts them, and every table that is answered. Beside the
 * variables of the lattice, each service's users are a dimension, crossed with one variable at most, and whoever handed
 * over rows, or shares them, is a view.
 */
export function universeOfWave(
  wave: CutWave,
  lattice: Lattice,
  {
    keyTables,
    sensitive,
    coalitions,
    threeWayFrom,
    known: { dimensions: then, gone },
  }: {
    known: Pick<Known, "dimensions" | "gone">;
    keyTables: LifeEvent["tables"];
    sensitive: ReadonlySet<string>;
    coalitions: NonNullable<LifeEvent["coalitions"]>;
    threeWayFrom: number;
  },
): Universe {
  const here = wave.design.weights.length;
  const persons = here + gone.length;
  /** Who has gone is in no group of today. */
  const withGone = (places: ArrayLike<number>, codes: number) =>
    Uint16Array.from({ length: persons }, (_, person) => (person < here ? (places[person] as number) : codes + 1));
  const variables = [...lattice.codes].map(([id, codes]): FilterDimension => {
    const place = new Map(codes.map((code, index) => [code, index]));
    return {
      id,
      codes,
      shown: codes.length,
      sensitive: isGrouping(id) || sensitive.has(id),
      places: withGone(
        Array.from({ length: here }, (_, person) => place.get(wave.codes.get(id)?.[person] ?? "") ?? codes.length),
        codes.length,
      ),
    };
  });
  const services = [...wave.users].map(
    ([service, places]): FilterDimension => ({
      id: usersOf(service),
      codes: ["used", "not-used"],
      shown: 1,
      sensitive: true,
      places: withGone(places, 2),
    }),
  );
  const placed: FilterDimension[] = wave.placed
    ? [
        {
          id: PLACED,
          codes: ["placed"],
          shown: 1,
          sensitive: false,
          places: withGone(
            wave.placed.map((held) => 1 - held),
            1,
          ),
        },
      ]
    : [];
  const largest = here < threeWayFrom ? 2 : 3;
  const besides = [...services, ...placed].map(({ id }) => id);
  const single = besides.flatMap((id) => [
    [id],
    ...variables.filter((variable) => id !== PLACED || !isGrouping(variable.id)).map((variable) => [id, variable.id]),
  ]);
  const crossedThen = then.flatMap(({ id }) => [[id], ...variables.map((variable) => [id, variable.id])]);
  return {
    persons,
    gone: gone.length,
    dimensions: [...variables, ...services, ...placed, ...then],
    tables: [...lattice.tables.filter(({ length }) => length <= largest), ...single, ...crossedThen],
    keyTables,
    apart: [
      ...pairsOf(besides),
      ...variables
        .filter(({ id }) => isGrouping(id))
        .flatMap(({ id }) => placed.map((one): [string, string] => [id, one.id])),
      ...then.flatMap(({ id }) => besides.map((beside): [string, string] => [id, beside])),
    ],
    views: viewsOf([...wave.contributors, ...gone], coalitions),
  };
}

function pairsOf(ids: readonly string[]): [string, string][] {
  return ids.flatMap((left, index) => ids.slice(index + 1).map((right): [string, string] => [left, right]));
}

/** Each contributor of several, and each coalition that does not hold everything. */
export function viewsOf(contributors: readonly string[], coalitions: NonNullable<LifeEvent["coalitions"]>): View[] {
  const all = [...new Set(contributors)].sort();
  if (all.length < 2) return [];
  const parties = [
    ...all.map((id) => ({ id, contributors: [id] })),
    ...coalitions.map(({ id, contributors: members }) => ({
      id,
      contributors: members.filter((one) => all.includes(one)),
    })),
  ].filter((party) => party.contributors.length > 0 && party.contributors.length < all.length);
  return parties.map((party) => ({
    id: party.id,
    holds: Uint8Array.from(contributors, (contributor) => (party.contributors.includes(contributor) ? 1 : 0)),
  }));
}

/** The same universe cut by its variables alone: what measures are cut by that speak of everyone, or of a service's users. */
export function withVariablesAlone(universe: Universe, largest: number): Universe {
  const isBeside = (id: string) => id === PLACED || id.startsWith(usersOf(""));
  return {
    ...universe,
    dimensions: universe.dimensions.filter(({ id }) => !isBeside(id)),
    tables: universe.tables.filter((table) => table.length <= largest && !table.some(isBeside)),
    keyTables: universe.keyTables.filter((table) => table.length <= largest),
    apart: [],
  };
}
