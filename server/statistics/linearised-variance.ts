import { type Design, designShape } from "./design.ts";
import { sum } from "./sum.ts";

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
 *   V = Σ_h n_h/(n_h − 1) Σ_p (t_hp − t̄_h)²,  t_hp = Σ z over unit p, n_h = units of stratum h in the whole design
 *
 * A stratum of one unit adds 0 and sets `understated` where a row stands in it (R survey, lonely.psu = "certainty").
 * With weights alone the same is V = n/(n − 1) Σ (z − z̄)², n = rows of the whole design. Without finite population
 * correction. METHOD §2.2.
 */
export function linearisedVariance(design: Design, contributions: Contributions): LinearisedVariance {
  return designShape(design).simple ? overRows(design, contributions) : overUnits(design, contributions);
}

/**
 * Degrees of freedom of an estimate: units minus strata among the rows that take part.
 *
 *   df = #units − #strata                                     R survey, degf; METHOD §2.2
 *
 * 0 for no rows. Each row may be named more than once.
 */
export function designDegreesOfFreedom(design: Design, rows: Int32Array): number {
  const { unitCount, unitsInStratum } = designShape(design);
  const unitSeen = new Uint8Array(unitCount);
  const stratumSeen = new Uint8Array(unitsInStratum.length);
  let degrees = 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const unit = design.units[row]!;
    const stratum = design.strata[row]!;
    if (!unitSeen[unit]) degrees++;
    if (!stratumSeen[stratum]) degrees--;
    unitSeen[unit] = 1;
    stratumSeen[stratum] = 1;
  }
  return degrees;
}

function overRows(design: Design, { rows, z }: Contributions): LinearisedVariance {
  const n = design.weights.length;
  if (n === 1) return { variance: 0, understated: rows.length > 0 };
  const mean = sum(z) / n;
  const squares = new Float64Array(z.length);
  for (let index = 0; index < z.length; index++) squares[index] = (z[index]! - mean) ** 2;
  const away = sum(squares) + (n - rows.length) * mean ** 2;
  return { variance: (n / (n - 1)) * away, understated: false };
}

function overUnits(design: Design, { rows, z }: Contributions): LinearisedVariance {
  const { unitCount, stratumOfUnit, unitsInStratum } = designShape(design);
  const unitTotals = new CompensatedTotals(unitCount);
  const stratumTotals = new CompensatedTotals(unitsInStratum.length);
  let understated = false;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    unitTotals.add(design.units[row]!, z[index]!);
    stratumTotals.add(design.strata[row]!, z[index]!);
    if (unitsInStratum[design.strata[row]!] === 1) understated = true;
  }
  const squares = new CompensatedTotals(unitsInStratum.length);
  for (let unit = 0; unit < unitCount; unit++) {
    const stratum = stratumOfUnit[unit]!;
    if (stratum < 0) continue; // a number that no row bears
    const mean = stratumTotals.of(stratum) / unitsInStratum[stratum]!;
    squares.add(stratum, (unitTotals.of(unit) - mean) ** 2);
  }
  const parts = Float64Array.from(unitsInStratum, (units, stratum) =>
    units > 1 ? (units / (units - 1)) * squares.of(stratum) : 0,
  );
  return { variance: sum(parts), understated };
}

/** Many Neumaier sums side by side, one a place (see sum.ts). */
class CompensatedTotals {
  private readonly totals: Float64Array;
  private readonly lost: Float64Array;

  constructor(places: number) {
    this.totals = new Float64Array(places);
    this.lost = new Float64Array(places);
  }

  add(place: number, value: number): void {
    const total = this.totals[place]!;
    const next = total + value;
    this.lost[place]! += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    this.totals[place] = next;
  }

  of(place: number): number {
    return this.totals[place]! + this.lost[place]!;
  }
}
