import { type Design, designShape } from "./design.ts";
import { replicateDegrees } from "./replicate-degrees.ts";
import { sum } from "./sum.ts";
import { TouchedTotals } from "./touched-totals.ts";

/** What single rows add to an estimate: z of `rows`, each at most once; z is 0 for every other row of the design. */
export type Contributions = { rows: Int32Array; z: Float64Array };

export type LinearisedVariance = {
  variance: number;
  /** A row stands in a stratum of one unit, whose variance cannot be seen and counts as 0. */
  understated: boolean;
};

/**
 * Variance of an estimate from how much each row moves it (Taylor linearisation).
 *
 *   V = Σ_h f_h n_h/(n_h − 1) Σ_p (t_hp − t̄_h)²,  t_hp = Σ z over unit p, n_h = units of stratum h in the whole design
 *   f_h = 1 − n_h/N_h where the design declares N_h, else 1
 *
 * A stratum of one unit adds 0 and sets `understated` where a row stands in it (R survey, lonely.psu = "certainty"),
 * unless N_h = 1. With weights alone the same is V = f n/(n − 1) Σ (z − z̄)², n = rows of the whole design. The work
 * grows with the rows given, not with the design. METHOD §2.2.
 */
export function linearisedVariance(design: Design, contributions: Contributions): LinearisedVariance {
  return designShape(design).simple ? overRows(design, contributions) : overUnits(design, contributions);
}

/**
 * Degrees of freedom of an estimate: units minus strata among the rows that take part.
 *
 *   df = #units − #strata                                     R survey, degf; METHOD §2.2
 *
 * With replicate weights df = rank − 1 (replicate-degrees.ts). 0 for no rows. Each row is named at most once.
 */
export function designDegreesOfFreedom(design: Design, rows: Int32Array): number {
  if (design.replicates) return replicateDegrees(design, design.replicates, rows);
  if (designShape(design).simple) return Math.max(0, rows.length - 1);
  const { units, strata } = clearTotals(design);
  for (let index = 0; index < rows.length; index++) {
    units.add(design.units[rows[index]!]!, 0);
    strata.add(design.strata[rows[index]!]!, 0);
  }
  return units.count - strata.count;
}

function overRows(design: Design, { rows, z }: Contributions): LinearisedVariance {
  const { factorOfStratum, hidesVariance } = designShape(design);
  const n = design.weights.length;
  const stratum = design.strata[0]!;
  const mean = sum(z) / n;
  const squares = new Float64Array(z.length);
  for (let index = 0; index < z.length; index++) squares[index] = (z[index]! - mean) ** 2;
  const away = sum(squares) + (n - rows.length) * mean ** 2;
  return { variance: factorOfStratum[stratum]! * away, understated: rows.length > 0 && hidesVariance[stratum] === 1 };
}

function overUnits(design: Design, { rows, z }: Contributions): LinearisedVariance {
  const { stratumOfUnit, unitsInStratum, factorOfStratum, hidesVariance } = designShape(design);
  const { units, strata, squares, touchedInStratum } = clearTotals(design);
  let understated = false;
  for (let index = 0; index < rows.length; index++) {
    const unit = design.units[rows[index]!]!;
    const stratum = design.strata[rows[index]!]!;
    units.add(unit, z[index]!);
    strata.add(stratum, z[index]!);
    if (hidesVariance[stratum] === 1) understated = true;
  }
  for (let index = 0; index < strata.count; index++) touchedInStratum[strata.touched[index]!] = 0;
  for (let index = 0; index < units.count; index++) {
    const unit = units.touched[index]!;
    const stratum = stratumOfUnit[unit]!;
    squares.add(stratum, (units.of(unit) - strata.of(stratum) / unitsInStratum[stratum]!) ** 2);
    touchedInStratum[stratum]!++;
  }
  const parts = new Float64Array(strata.count);
  for (let index = 0; index < strata.count; index++) {
    const stratum = strata.touched[index]!;
    const untouched = unitsInStratum[stratum]! - touchedInStratum[stratum]!;
    squares.add(stratum, untouched * (strata.of(stratum) / unitsInStratum[stratum]!) ** 2);
    parts[index] = factorOfStratum[stratum]! * squares.of(stratum);
  }
  return { variance: sum(parts), understated };
}

/** Room for the totals of one design's units and strata: made once, cleared and given again. */
type Totals = {
  units: TouchedTotals;
  strata: TouchedTotals;
  squares: TouchedTotals;
  touchedInStratum: Int32Array;
};

const totalsOf = new WeakMap<Design, Totals>();

function clearTotals(design: Design): Totals {
  const known = totalsOf.get(design);
  if (known) {
    known.units.clear();
    known.strata.clear();
    known.squares.clear();
    return known;
  }
  const { unitCount, unitsInStratum } = designShape(design);
  const made = {
    units: new TouchedTotals(unitCount),
    strata: new TouchedTotals(unitsInStratum.length),
    squares: new TouchedTotals(unitsInStratum.length),
    touchedInStratum: new Int32Array(unitsInStratum.length),
  };
  totalsOf.set(design, made);
  return made;
}
