import type { ItemColumn, Scale } from "../contracts/codebook.ts";
import {
  COMMON,
  GENDER_LEVELS,
  INVENTED_ITEMS,
  type ItemModel,
  LIFTS,
  LOOSE_ITEMS,
  NOISE,
  PUBLISHED_3X10D,
  SEGMENTED,
  SUBJECTIVE_NOISE,
  TOWNS,
  TYPE_IDS,
  TYPES,
  type TypeId,
  WAVES,
  WITHIN,
} from "./moving-to-study-model.ts";
import { type RegisterCell, typeShares } from "./moving-to-study-population.ts";
import type { Random } from "./random.ts";
import { type Component, type Line, roundedAnswer, type Steps, solveLine, solveThreshold } from "./rounded-mixture.ts";

/** η of one person: the eight dimensions in their order, and the subjective one last. */
export type Levels = Float64Array;
const SUBJECTIVE = SEGMENTED.length;

/** What the model expects of a person of this type and cell in each of the nine dimensions. */
function expectedLevels(type: TypeId, cell: RegisterCell): Levels {
  const levels = new Float64Array(SUBJECTIVE + 1);
  SEGMENTED.forEach((dimension, d) => {
    const parts = [TYPES[type].levels, TOWNS[cell.area].levels, GENDER_LEVELS[cell.gender], WAVES[cell.wave].levels];
    levels[d] = parts.reduce((sum, part) => sum + (part[dimension] ?? 0), 0);
    levels[SUBJECTIVE]! += liftsOf(type)[d]! * levels[d]!;
  });
  return levels;
}

export function drawLevels(type: TypeId, cell: RegisterCell, random: Random): Levels {
  const levels = expectedLevels(type, cell);
  const common = Math.sqrt(COMMON) * random.normal();
  for (let d = 0; d < SUBJECTIVE; d++) {
    const own = WITHIN * (common + Math.sqrt(1 - COMMON) * random.normal());
    levels[d]! += own;
    levels[SUBJECTIVE]! += liftsOf(type)[d]! * own;
  }
  levels[SUBJECTIVE]! += SUBJECTIVE_NOISE * random.normal();
  return levels;
}

function liftsOf(type: TypeId): number[] {
  return SEGMENTED.map((dimension) => TYPES[type].lifts?.[dimension] ?? LIFTS[dimension]);
}

/** Variance of η within a type and cell: WITHIN² for the eight; through the lifts for the subjective one. */
function varianceWithin(type: TypeId, d: number): number {
  if (d < SUBJECTIVE) return WITHIN ** 2;
  const lifts = liftsOf(type);
  const sum = lifts.reduce((total, lift) => total + lift, 0);
  const squares = lifts.reduce((total, lift) => total + lift * lift, 0);
  return WITHIN ** 2 * (COMMON * sum ** 2 + (1 - COMMON) * squares) + SUBJECTIVE_NOISE ** 2;
}

/** How an item is answered: its line, its steps, and how often it is not answered. */
export type SolvedItem = ItemModel & { column: ItemColumn; d: number; noise: number; steps: Steps; line: Line };

/** Solves the line of every item on the population of the reference wave: by the model, before anyone is drawn. */
export function solveItems(
  columns: readonly ItemColumn[],
  scales: Record<string, Scale>,
  population: readonly RegisterCell[],
): SolvedItem[] {
  const distributions = new Map<number, Component[]>();
  return columns.map((column) => {
    const d = dimensionIndex(column);
    if (!distributions.has(d)) distributions.set(d, levelDistribution(d, population));
    const model = PUBLISHED_3X10D[column.id] ?? INVENTED_ITEMS[column.id];
    if (model === undefined) throw new RangeError(`The sample's model has no item ${column.id}`);
    const noise = LOOSE_ITEMS[column.id] ?? NOISE;
    const components = itemDistribution(distributions.get(d)!, noise);
    const direction = column.direction === "+" ? 1 : -1;
    const { type, min = 0, max = 1 } = scales[column.scale]!;
    const line =
      type === "binary"
        ? solveThreshold(components, model.mean, direction)
        : solveLine(components, { min, max }, { mean: model.mean, sd: model.sd, direction });
    return { ...model, column, d, noise, steps: { min, max }, line };
  });
}

export function dimensionIndex(column: ItemColumn): number {
  return column.dimension === "subjective" ? SUBJECTIVE : SEGMENTED.indexOf(column.dimension);
}

/** The mixture over types and cells that η of a dimension has in a population; equal components are joined. */
export function levelDistribution(d: number, population: readonly RegisterCell[]): Component[] {
  const people = population.reduce((sum, cell) => sum + cell.people, 0);
  const components = new Map<string, Component>();
  for (const cell of population) {
    const shares = typeShares(cell);
    for (const type of TYPE_IDS) {
      const mean = expectedLevels(type, cell)[d]!;
      const key = `${type} ${mean}`;
      const component = components.get(key) ?? { share: 0, mean, sd: Math.sqrt(varianceWithin(type, d)) };
      component.share += (shares[type] * cell.people) / people;
      components.set(key, component);
    }
  }
  return [...components.values()];
}

/** An item's latent answer: η and the item's own noise. */
export function itemDistribution(levels: readonly Component[], noise: number): Component[] {
  return levels.map((component) => ({ ...component, sd: Math.sqrt(component.sd ** 2 + noise ** 2) }));
}

export function answerItem(item: SolvedItem, levels: Levels, random: Random): number {
  return roundedAnswer(item.line, item.steps, levels[item.d]! + item.noise * random.normal());
}
