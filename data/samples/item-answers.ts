import type { ItemColumn, Scale } from "../contracts/codebook.ts";
import { type Levels, SEGMENTED, SUBJECTIVE } from "./latent-levels.ts";
import type { Random } from "./random.ts";
import {
  type Component,
  type Line,
  overallSd,
  roundedAnswer,
  type Steps,
  solveLine,
  solveThreshold,
} from "./rounded-mixture.ts";

/**
 * What is known of an item before anyone answers, as written (before reversing): mean and SD in the population; of a yes
 * or no, the share of yes; of money, the geometric mean in euros and the SD of its logarithm.
 */
export type ItemModel = { mean: number; sd: number; noise?: number; dontKnow?: number; refused?: number };

/** How an item is answered: its line, its steps, and how often it is not answered. */
export type SolvedItem = ItemModel & {
  column: ItemColumn;
  scale: Scale;
  d: number;
  noise: number;
  steps: Steps;
  line: Line;
};

/** Money is written in whole tens of euros. */
const EUROS = 10;

/**
 * Solves the line of every item on a population, by the model, before anyone is drawn. An answer is
 *
 *   x = clip(round(a + b·(η + noise·u)))        money: 10·round(e^(a + b·(η + noise·u)) / 10)
 */
export function solveItems(
  columns: readonly ItemColumn[],
  scales: Record<string, Scale>,
  world: { models: Record<string, ItemModel>; noise: number; levelsOf: (d: number) => Component[] },
): SolvedItem[] {
  const distributions = new Map<number, Component[]>();
  return columns.map((column) => {
    const d = dimensionIndex(column);
    if (!distributions.has(d)) distributions.set(d, world.levelsOf(d));
    const model = world.models[column.id];
    if (model === undefined) throw new RangeError(`The sample's model has no item ${column.id}`);
    const scale = scales[column.scale]!;
    const noise = model.noise ?? world.noise;
    const steps = { min: scale.min ?? 0, max: scale.max ?? 1 };
    const components = itemDistribution(distributions.get(d)!, noise);
    return { ...model, column, scale, d, noise, steps, line: lineOf(column, scale, model, { components, steps }) };
  });
}

function lineOf(
  column: ItemColumn,
  { type }: Scale,
  { mean, sd }: ItemModel,
  { components, steps }: { components: Component[]; steps: Steps },
): Line {
  const direction = column.direction === "+" ? 1 : -1;
  if (type === "binary") return solveThreshold(components, mean, direction);
  if (type !== "money") return solveLine(components, steps, { mean, sd, direction });
  const slope = (direction * sd) / overallSd(components);
  const centre = components.reduce((sum, component) => sum + component.share * component.mean, 0);
  return { intercept: Math.log(mean) - slope * centre, slope };
}

function dimensionIndex({ dimension }: ItemColumn): number {
  return dimension === "subjective" ? SUBJECTIVE : SEGMENTED.indexOf(dimension);
}

/** An item's latent answer: η and the item's own noise. */
export function itemDistribution(levels: readonly Component[], noise: number): Component[] {
  return levels.map((component) => ({ ...component, sd: Math.sqrt(component.sd ** 2 + noise ** 2) }));
}

export function answerItem(item: SolvedItem, levels: Levels, random: Random): number {
  const latent = levels[item.d]! + item.noise * random.normal();
  if (item.scale.type !== "money") return roundedAnswer(item.line, item.steps, latent);
  return EUROS * Math.round(Math.exp(item.line.intercept + item.line.slope * latent) / EUROS);
}
