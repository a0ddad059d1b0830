import type { Design, Replicates } from "./design.ts";
import { type DifferenceEstimate, differenceBetweenWaves, differenceOfMeans } from "./difference.ts";
import { weightedMean } from "./mean.ts";

/** A wave of a panel. `persons`: number of each row's person, the same in both waves; −1 where not known. */
export type PanelWave = { design: Design; persons: Int32Array };

/** Two waves as one design; null where nobody is in both. */
export type JoinedWaves = { left: PanelWave; right: PanelWave; together: Design | null };

/** A group of a wave in one measure. */
export type WaveGroup = { values: Float64Array; members: Int32Array };

/**
 * Change of a mean between two waves in which some persons answered twice, left minus right.
 *
 *   θ = ȳ_left − ȳ_right;  z = z_left − z_right over the rows of both waves, a person's rows in one unit
 *   V by METHOD §2.2 of the joined design: the covariance is in it;  df = #units − #strata − 1         METHOD §3.8, §6.2
 *                                                             R survey, svyglm(y ~ wave) with ids = ~person
 *
 * Taking the waves as independent misstates the error. Where nobody is in both: `differenceBetweenWaves`. Shares: with
 * values of 0 and 1, their interval MOVER's with ρ (mover.ts). Null when a side has no valid answer.
 */
export function changeInPanel(joined: JoinedWaves, left: WaveGroup, right: WaveGroup): DifferenceEstimate | null {
  const { together } = joined;
  const before = joined.left.design.weights.length;
  if (left.values.length !== before || right.values.length !== joined.right.design.weights.length)
    throw new RangeError("values have one entry per row of their wave");
  if (!together) {
    const one = weightedMean(joined.left.design, left.values, left.members);
    const other = weightedMean(joined.right.design, right.values, right.members);
    return one && other && differenceBetweenWaves(one, other);
  }
  const later = right.members.map((row) => before + row);
  return differenceOfMeans(together, chain(left.values, right.values), left.members, later);
}

/**
 * Two waves as one design: the rows of the left wave, then those of the right.
 *
 * Units of which one person has rows become one unit, so that a person is the unit where each row is its own, and
 * clusters stay whole where waves are clustered. Strata that share a unit become one. Persons who move between clusters
 * join them: with many movers few units are left, and df says so. Finite populations are not declared for the joined
 * design. Replicate weights are joined, replicate by replicate, where both waves have as many, with the same scales: they
 * must then be made together, as a panel's are; else strata and units stand.
 */
export function joinWaves(left: PanelWave, right: PanelWave): JoinedWaves {
  const before = left.design.weights.length;
  const rows = before + right.design.weights.length;
  const [leftUnits, leftStrata] = [numbersIn(left.design.units), numbersIn(left.design.strata)];
  const unitOf = (row: number) =>
    row < before ? left.design.units[row]! : leftUnits + right.design.units[row - before]!;
  const stratumOf = (row: number) =>
    row < before ? left.design.strata[row]! : leftStrata + right.design.strata[row - before]!;
  const personOf = (row: number) => (row < before ? left.persons[row]! : right.persons[row - before]!);
  if (left.persons.length !== before || right.persons.length !== rows - before)
    throw new RangeError("one person per row of a wave");

  const units = new Joins(leftUnits + numbersIn(right.design.units));
  const strata = new Joins(leftStrata + numbersIn(right.design.strata));
  const firstRow = new Map<number, number>();
  let inBoth = false;
  for (let row = 0; row < rows; row++) {
    const person = personOf(row);
    if (person < 0) continue;
    const first = firstRow.get(person) ?? row;
    firstRow.set(person, first);
    units.join(unitOf(first), unitOf(row));
    strata.join(stratumOf(first), stratumOf(row));
    if (first < before && row >= before) inBoth = true;
  }
  if (!inBoth) return { left, right, together: null };
  const weights = chain(left.design.weights, right.design.weights);
  const replicates = joinReplicates(left.design.replicates, right.design.replicates);
  const together = {
    weights,
    strata: Int32Array.from(weights.keys(), (row) => strata.of(stratumOf(row))),
    units: Int32Array.from(weights.keys(), (row) => units.of(unitOf(row))),
    ...(replicates && { replicates }),
  };
  return { left, right, together };
}

function joinReplicates(left: Replicates | undefined, right: Replicates | undefined): Replicates | null {
  if (!left || !right || left.weights.length !== right.weights.length) return null;
  if (left.scale !== right.scale || left.mse !== right.mse) return null;
  if (!left.rscales.every((rscale, replicate) => rscale === right.rscales[replicate])) return null;
  const weights = left.weights.map((column, replicate) => chain(column, right.weights[replicate]!));
  return { ...left, weights };
}

function chain(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function numbersIn(numbers: Int32Array): number {
  return numbers.reduce((highest, number) => Math.max(highest, number + 1), 0);
}

/** Things that were joined are one: each is known by the lowest number among them (union–find). */
class Joins {
  private readonly parent: Int32Array;

  constructor(things: number) {
    this.parent = Int32Array.from({ length: things }, (_, thing) => thing);
  }

  of(thing: number): number {
    let root = thing;
    while (this.parent[root] !== root) root = this.parent[root]!;
    this.parent[thing] = root;
    return root;
  }

  join(one: number, other: number): void {
    const [low, high] = [Math.min(this.of(one), this.of(other)), Math.max(this.of(one), this.of(other))];
    this.parent[high] = low;
  }
}
