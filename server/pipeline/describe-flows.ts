import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Flow } from "../../data/contracts/release.ts";
import { publishCell } from "../disclosure/gate.ts";
import { protect } from "../disclosure/protect.ts";
import { atomsOf, type FilterDimension, keyWithin, prepareUniverse, type Universe } from "../disclosure/universe.ts";
import { inBoth } from "../segmentation/drift.ts";
import { flowsBetween } from "../segmentation/flows.ts";
import { sha256 } from "../store/canonical.ts";
import { type CutWave, type GroupingId, ofPresent } from "./cut-waves.ts";
import type { EarlierRelease } from "./earlier-releases.ts";
import type { Groupings } from "./group-survey.ts";
import type { ClosedSets } from "./protect-cells.ts";
import { viewsOf } from "./universe-of-wave.ts";

type Followed = {
  groupings: Groupings;
  sets: ClosedSets;
  policy: DisclosurePolicy;
  coalitions: NonNullable<LifeEvent["coalitions"]>;
  /** The release before, where there is one, and whether its groups were taken over. */
  before: { document: EarlierRelease["document"]; isSameModel: boolean } | null;
};

/**
 * Where the members of a panel moved between each two waves, in every published grouping (METHOD §3.8). Moves are cells of a
 * universe of their own, the people of both waves, in which the waves' own cells are known already (METHOD §7.3, §7.6); those
 * that may not be shown are shown together.
 *
 * What the release before has told of two waves stands as it was told: of other people or groups nothing is added to it.
 */
export function describeFlows(followed: Followed): Flow[] {
  const { groupings, sets, before } = followed;
  return sets.waves.slice(1).flatMap((later, index): Flow[] => {
    const earlier = sets.waves[index] as CutWave;
    if (!earlier.panel || !later.panel) return [];
    const told = before?.document.segmentation.flows.filter(
      ({ from, to }) => from.wave === earlier.wave && to.wave === later.wave,
    );
    if (before && told && told.length > 0) return before.isSameModel ? told : [];
    const moves = movesOf(followed, index);
    return [...groupings.codes].flatMap(([variable, codes]) =>
      moves ? flowsOf(followed, { index, variable, codes, mayShow: moves.mayShow(variable) }) : [],
    );
  });
}

function flowsOf(
  { groupings, sets, policy }: Followed,
  {
    index,
    variable,
    codes,
    mayShow,
  }: { index: number; variable: GroupingId; codes: readonly string[]; mayShow: (from: string, to?: string) => boolean },
): Flow[] {
  const [earlier, later] = [sets.waves[index] as CutWave, sets.waves[index + 1] as CutWave];
  const side = (wave: CutWave, place: number) => ({
    design: wave.design,
    groups: ofPresent(groupings.waves[place]?.groups.get(variable) as Int32Array, wave.present),
    persons: wave.panel as Int32Array,
  });
  const flows = flowsBetween(side(earlier, index), side(later, index + 1), codes.length);
  if (!flows) return [];
  return codes.flatMap((from, row) => {
    const counts = flows.counts[row] as number[];
    const shares = flows.shares[row] ?? [];
    const isShown = codes.map((to) => mayShow(from) && mayShow(from, to));
    const pooled = codes.flatMap((_, column) => (isShown[column] ? [] : [column]));
    const moves = [
      ...codes.map((to, column) => ({ to, columns: [column], shown: isShown[column] as boolean })),
      ...(pooled.length > 1 && pooled.length < codes.length && mayShow(from)
        ? [{ to: null, columns: pooled, shown: true }]
        : []),
    ];
    return moves.map(({ to, columns, shown }): Flow => {
      const sum = (of: readonly number[]) => columns.reduce((total, column) => total + (of[column] ?? 0), 0);
      const facts = shown
        ? {
            kind: "category" as const,
            n: counts.reduce((total, count) => total + count, 0),
            events: sum(counts),
            estimate: { value: sum(shares), low: null, high: null },
            hidden: false,
            flags: [],
            versus: [],
          }
        : { kind: "closed" as const };
      return {
        variable,
        from: { wave: earlier.wave, code: from },
        to: { wave: later.wave, code: to },
        figure: publishCell({ measure: "flow", statistic: "percent", at: { wave: later.wave } }, facts, policy).figure,
      };
    });
  });
}

/** Which moves may be shown, by grouping. Null where the waves' own cells would tell of few of them already. */
function movesOf({ groupings, sets, coalitions }: Followed, index: number) {
  const joined = joinWaves(sets, index, { variables: [...groupings.codes.keys()], coalitions });
  const prepared = prepareUniverse(joined.universe);
  const pattern = protect(prepared, sets.limits, {
    valid: null,
    within: ({ dimensions }) => dimensions.length > 0,
    forced: joined.cells.map(({ ids, persons }) => ({
      atoms: atomsOf(persons, prepared.atomOf),
      dimensions: ids.map((id) => prepared.universe.dimensions.findIndex((dimension) => dimension.id === id)),
    })),
    seed: sha256(`${sets.seed} moves ${(sets.waves[index + 1] as CutWave).wave}`),
  });
  if (!pattern) return null;
  const mayShow = (variable: string) => (from: string, to?: string) =>
    pattern.published.has(
      keyWithin({
        [bothOf(variable)]: "both",
        [inTurn(0, variable)]: from,
        ...(to !== undefined && { [inTurn(1, variable)]: to }),
      }),
    );
  return { mayShow };
}

const inTurn = (turn: number, id: string) => `${turn}.${id}`;
const bothOf = (variable: string) => `both.${variable}`;

/** Two waves' people as one universe, and their published cells as persons of it. */
function joinWaves(
  { waves, universes, base }: ClosedSets,
  index: number,
  { variables, coalitions }: { variables: readonly string[]; coalitions: NonNullable<LifeEvent["coalitions"]> },
): { universe: Universe; cells: { ids: string[]; persons: number[] }[] } {
  const two = [index, index + 1].map((place) => ({
    wave: waves[place] as CutWave,
    universe: universes[place] as Universe,
    prepared: prepareUniverse(universes[place] as Universe),
    published: base[place]?.published as ReadonlySet<string>,
  }));
  const [earlier, later] = two as [(typeof two)[number], (typeof two)[number]];
  const both = inBoth(earlier.wave.panel as Int32Array, later.wave.panel as Int32Array);
  const isThere = ({ wave }: (typeof two)[number], person: number) => wave.present[person] === 1;
  const after = new Map(both.filter(([, own]) => isThere(later, own)));
  const followed = new Set([...after].flatMap(([own, then]) => (isThere(earlier, own) ? [then] : [])));
  /** Each person's row in either wave, −1 where there is none. */
  const rows = [
    ...[...earlier.wave.present.keys()]
      .filter((own) => isThere(earlier, own))
      .map((own): [number, number] => [own, after.get(own) ?? -1]),
    ...[...later.wave.present.keys()]
      .filter((own) => isThere(later, own) && !followed.has(own))
      .map((own): [number, number] => [-1, own]),
  ];
  const dimensions = two.flatMap(({ universe }, turn) =>
    universe.dimensions.map(
      ({ id, codes, places }): FilterDimension => ({
        id: inTurn(turn, id),
        codes,
        shown: codes.length,
        sensitive: false,
        places: Uint16Array.from(rows, (row) => {
          const own = row[turn] as number;
          return own < 0 ? codes.length : Math.min(codes.length, places[own] as number);
        }),
      }),
    ),
  );
  const hasGroup = (turn: number, variable: string, person: number) => {
    const own = dimensions.find(({ id }) => id === inTurn(turn, variable));
    return own !== undefined && (own.places[person] as number) < own.codes.length;
  };
  const members = variables.map(
    (variable): FilterDimension => ({
      id: bothOf(variable),
      codes: ["both"],
      shown: 1,
      sensitive: false,
      places: Uint16Array.from(rows, (_, person) =>
        hasGroup(0, variable, person) && hasGroup(1, variable, person) ? 0 : 1,
      ),
    }),
  );
  const contributors = rows.map(([own, then]) =>
    own >= 0 ? (earlier.wave.contributors[own] as string) : (later.wave.contributors[then] as string),
  );
  const cells = two.flatMap(({ prepared, published }, turn) => {
    const personsOf: number[][] = Array.from({ length: prepared.atoms }, () => []);
    rows.forEach((row, person) => {
      const own = row[turn] as number;
      if (own >= 0) personsOf[prepared.atomOf[own] as number]?.push(person);
    });
    return prepared.cells
      .filter(({ key }) => published.has(key))
      .map(({ atoms, dimensions: cut }) => ({
        ids: cut.map((dimension) => inTurn(turn, prepared.universe.dimensions[dimension]?.id ?? "")),
        persons: [...atoms].flatMap((atom) => personsOf[atom] as number[]),
      }));
  });
  return {
    universe: {
      persons: rows.length,
      dimensions: [...dimensions, ...members],
      tables: variables.flatMap((variable) => [
        [bothOf(variable)],
        [bothOf(variable), inTurn(0, variable)],
        [bothOf(variable), inTurn(0, variable), inTurn(1, variable)],
      ]),
      keyTables: [],
      apart: two.flatMap(({ universe }, turn) =>
        universe.apart.map(([left, right]): [string, string] => [inTurn(turn, left), inTurn(turn, right)]),
      ),
      views: viewsOf(contributors, coalitions),
    },
    cells,
  };
}
