import {
  expectedLevels,
  joinComponents,
  type LevelModel,
  type Levels,
  type Shifts,
  varianceWithin,
} from "./latent-levels.ts";
import type { Random } from "./random.ts";
import { peopleOf } from "./respondents.ts";
import type { Component } from "./rounded-mixture.ts";

/** One kind of people: how common (relative), where its levels lie, and what lifts its satisfaction with life beside what lifts everyone's. */
export type LatentType = { share: number; levels: Shifts; lifts?: Shifts };
export type TypeEffects<Type extends string> = Partial<Record<Type, number>>;

/** A world of latent types: what each is, and what of a cell of the register moves their shares (log odds) and the levels. */
export type TypedWorld<Type extends string, Cell> = {
  types: Record<Type, LatentType>;
  levels: LevelModel;
  effectsOf: (cell: Cell) => readonly (TypeEffects<Type> | undefined)[];
  shiftsOf: (cell: Cell) => readonly Shifts[];
};

const idsOf = <Type extends string>(types: Record<Type, LatentType>) => Object.keys(types) as Type[];

/**
 * How likely each type is for a person of this cell.
 *
 *   P(c) = share_c·e^(Σ effects_c) / Σ_k share_k·e^(Σ effects_k)
 */
export function sharesOfTypes<Type extends string, Cell>(
  { types, effectsOf }: TypedWorld<Type, Cell>,
  cell: Cell,
): Record<Type, number> {
  const ids = idsOf(types);
  const effects = effectsOf(cell);
  const odds = ids.map(
    (type) => types[type].share * Math.exp(effects.reduce<number>((sum, effect) => sum + (effect?.[type] ?? 0), 0)),
  );
  const all = odds.reduce((sum, odd) => sum + odd, 0);
  return Object.fromEntries(ids.map((type, index) => [type, odds[index]! / all])) as Record<Type, number>;
}

export function drawType<Type extends string, Cell>(world: TypedWorld<Type, Cell>, cell: Cell, random: Random): Type {
  const ids = idsOf(world.types);
  const shares = sharesOfTypes(world, cell);
  return ids[random.pick(ids.map((id) => shares[id]))]!;
}

/** How people of one type and cell differ. */
export function levelsOfType<Type extends string, Cell>(
  { types, levels }: TypedWorld<Type, Cell>,
  type: Type,
): LevelModel {
  return { ...levels, lifts: { ...levels.lifts, ...types[type].lifts } };
}

/** What the model expects of a person of this type and cell in each of the nine dimensions. */
export function expectedOfType<Type extends string, Cell>(
  world: TypedWorld<Type, Cell>,
  type: Type,
  cell: Cell,
): Levels {
  return expectedLevels([world.types[type].levels, ...world.shiftsOf(cell)], levelsOfType(world, type));
}

/** The mixture over types and cells that η of a dimension has in a population. */
export function distributionOfLevels<Type extends string, Cell extends { people: number }>(
  world: TypedWorld<Type, Cell>,
  d: number,
  population: readonly Cell[],
): Component[] {
  const people = peopleOf(population);
  return joinComponents(
    population.flatMap((cell) => {
      const shares = sharesOfTypes(world, cell);
      return idsOf(world.types).map((type) => ({
        share: (shares[type] * cell.people) / people,
        mean: expectedOfType(world, type, cell)[d]!,
        sd: Math.sqrt(varianceWithin(levelsOfType(world, type), d)),
      }));
    }),
  );
}
