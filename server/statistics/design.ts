import { sum } from "./sum.ts";

/**
 * How the persons of one wave were drawn: one entry per row with a weight above 0, whatever else is missing in it.
 * `strata` and `units` (primary sampling units) are numbered from 0; a unit lies in one stratum.
 */
export type Design = {
  weights: Float64Array;
  strata: Int32Array;
  units: Int32Array;
  /** N_h by stratum, counted in units: the sampled are then a finite part of them. NaN = not declared. */
  populationOfStratum?: Float64Array;
  /** Where delivered, variances are made from these and not from strata and units. */
  replicates?: Replicates;
};

/**
 * Replicate weights as their maker delivers them: each replicate's whole analysis weights, a column a replicate, a row
 * each, 0 or more; and how the estimates they give become a variance (replicate-variance.ts).
 */
export type Replicates = { weights: Float64Array[]; scale: number; rscales: Float64Array; mse: boolean };

/** What follows from a design alone. `simple`: one stratum in which every row is its own unit. */
export type DesignShape = {
  simple: boolean;
  unitCount: number;
  /** −1 for a number that no row bears. */
  stratumOfUnit: Int32Array;
  /** n_h: units of each stratum in the whole design. */
  unitsInStratum: Int32Array;
  /** n_h/(n_h − 1) · (1 − n_h/N_h), the last only where N_h is declared; 0 for a stratum of one unit. */
  factorOfStratum: Float64Array;
  /** 1 for a stratum of one unit, unless that unit is all there is. */
  hidesVariance: Uint8Array;
};

/**
 * The design of a survey that declares weights alone: one stratum, each row its own unit (METHOD §2.1).
 *
 * Weights are > 0; a weight ≤ 0 is a caller's mistake (RangeError).
 */
export function simpleDesign(weights: Float64Array): Design {
  requireWeights(weights);
  const units = new Int32Array(weights.length);
  for (let row = 0; row < units.length; row++) units[row] = row;
  return { weights, strata: new Int32Array(weights.length), units };
}

/**
 * Counts the units of each stratum, n_h, in the whole design. Worked out once for a design and remembered with it,
 * so a design's arrays are not changed once it has been used.
 *
 * RangeError: columns of unequal length, a weight ≤ 0, a negative number, a unit in two strata, a population smaller
 * than its sample, replicates that do not fit the rows.
 */
export function designShape(design: Design): DesignShape {
  const known = shapes.get(design);
  if (known) return known;
  const shape = countUnits(design);
  shapes.set(design, shape);
  return shape;
}

/**
 * Kish's effective sample size: how many equally weighted answers these weighted ones are worth.
 *
 *   n_eff = (Σ w)² / Σ w²                                     Kish (1965), §11.7
 *
 * 0 for no weights. Weights are > 0; a weight ≤ 0 is a caller's mistake (RangeError).
 */
export function effectiveSampleSize(weights: Float64Array): number {
  requireWeights(weights);
  if (weights.length === 0) return 0;
  const total = sum(weights);
  const squares = new Float64Array(weights.length);
  for (let row = 0; row < weights.length; row++) squares[row] = weights[row]! ** 2;
  return (total * total) / sum(squares);
}

/** Rescaled weights, and what they add up to inside a contributor. */
export type RescaledWeights = { weights: Float64Array; addUpTo: "population" | "respondents" };

/**
 * Brings the weights of several contributors to one scale.
 *
 *   w′ = w N_o / Σ_o w   if the population N_o of every contributor is known,
 *   w′ = w n_o / Σ_o w   otherwise, for all of them           METHOD §2.1; n_o = rows of contributor o
 *
 * `contributors` gives each row's place in `populations`; contributors without rows play no part. RangeError: columns
 * of unequal length, a weight or population ≤ 0, a place that `populations` does not have.
 */
export function rescaleWeights(
  weights: Float64Array,
  contributors: Int32Array,
  populations: readonly (number | null)[],
): RescaledWeights {
  requireWeights(weights);
  if (contributors.length !== weights.length) throw new RangeError("each weight needs one contributor");
  const rowsOf: number[][] = populations.map(() => []);
  contributors.forEach((contributor, row) => {
    const rows = rowsOf[contributor];
    if (!rows) throw new RangeError(`row ${row} names contributor ${contributor} of ${populations.length}`);
    rows.push(row);
  });
  const allKnown = populations.every((population, contributor) => population !== null || !rowsOf[contributor]!.length);
  const rescaled = new Float64Array(weights.length);
  rowsOf.forEach((rows, contributor) => {
    const target = allKnown ? (populations[contributor] ?? 0) : rows.length;
    if (rows.length && !(target > 0 && Number.isFinite(target)))
      throw new RangeError(`a population is above 0, not ${target}`);
    const total = sum(rows.map((row) => weights[row]!));
    for (const row of rows) rescaled[row] = (weights[row]! * target) / total;
  });
  return { weights: rescaled, addUpTo: allKnown ? "population" : "respondents" };
}

const shapes = new WeakMap<Design, DesignShape>();

function countUnits(design: Design): DesignShape {
  const { weights, strata, units } = design;
  requireWeights(weights);
  if (strata.length !== weights.length || units.length !== weights.length)
    throw new RangeError("weights, strata and units of a design are equally long");
  if (design.replicates) requireReplicates(design.replicates, weights.length);
  const count = (numbers: Int32Array) => numbers.reduce((highest, number) => Math.max(highest, number + 1), 0);
  const unitCount = count(units);
  const stratumOfUnit = new Int32Array(unitCount).fill(-1);
  const unitsInStratum = new Int32Array(count(strata));
  for (let row = 0; row < units.length; row++) {
    const unit = units[row]!;
    const stratum = strata[row]!;
    if (unit < 0 || stratum < 0) throw new RangeError(`row ${row}: strata and units are numbered from 0`);
    if (stratumOfUnit[unit] === -1) {
      stratumOfUnit[unit] = stratum;
      unitsInStratum[stratum]!++;
    } else if (stratumOfUnit[unit] !== stratum) throw new RangeError(`unit ${unit} lies in two strata`);
  }
  const inhabitedStrata = unitsInStratum.filter((unitsHere) => unitsHere > 0);
  const simple = inhabitedStrata.length === 1 && inhabitedStrata[0] === weights.length;
  return { simple, unitCount, stratumOfUnit, unitsInStratum, ...factorsOf(unitsInStratum, design.populationOfStratum) };
}

function factorsOf(unitsInStratum: Int32Array, populationOfStratum: Float64Array | undefined) {
  const factorOfStratum = new Float64Array(unitsInStratum.length);
  const hidesVariance = new Uint8Array(unitsInStratum.length);
  for (let stratum = 0; stratum < unitsInStratum.length; stratum++) {
    const units = unitsInStratum[stratum]!;
    const population = populationOfStratum?.[stratum] ?? Number.NaN;
    if (population < units) throw new RangeError(`stratum ${stratum}: ${units} units of a population of ${population}`);
    const unseen = population >= units ? 1 - units / population : 1;
    if (units > 1) factorOfStratum[stratum] = (units / (units - 1)) * unseen;
    else if (units === 1 && unseen > 0) hidesVariance[stratum] = 1;
  }
  return { factorOfStratum, hidesVariance };
}

function requireReplicates({ weights, scale, rscales }: Replicates, rows: number): void {
  if (weights.length < 2 || rscales.length !== weights.length)
    throw new RangeError(
      `${weights.length} replicates with ${rscales.length} scales: at least two, and one scale each`,
    );
  if (!(scale > 0 && Number.isFinite(scale)) || !rscales.every((rscale) => rscale >= 0 && Number.isFinite(rscale)))
    throw new RangeError("the scales of replicates are numbers, 0 or more");
  for (const [replicate, column] of weights.entries()) {
    if (column.length !== rows) throw new RangeError(`replicate ${replicate} has ${column.length} of ${rows} weights`);
    for (let row = 0; row < rows; row++)
      if (!(column[row]! >= 0 && Number.isFinite(column[row]!)))
        throw new RangeError(`replicate ${replicate}, row ${row}: a weight is 0 or more, not ${column[row]}`);
  }
}

/** RangeError unless every weight is above 0 and finite. */
export function requireWeights(weights: Float64Array): void {
  for (let row = 0; row < weights.length; row++)
    if (!(weights[row]! > 0 && Number.isFinite(weights[row]!)))
      throw new RangeError(`row ${row}: a weight is above 0, not ${weights[row]}`);
}
