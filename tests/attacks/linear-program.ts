/**
 * What the smallest and largest of some sum can be, of numbers 0 ≤ x ≤ u that meet equations. Written for the interval attack:
 * a simplex with bounded variables on a dense table (Dantzig's rule; Bland's where nothing moves any more), phase 1 by artificial
 * variables once, every further sum from where the last one ended.
 */
export type Equation = { of: readonly [variable: number, factor: number][]; equals: number };
export type Program = { variables: number; upper: readonly number[]; equations: readonly Equation[] };

const NOTHING = 1e-9;
const MOST_STEPS = 20_000;
const PATIENCE = 60;

/** Null where no numbers meet the equations. */
export function openProgram({ variables, upper, equations }: Program) {
  const rows = equations.length;
  const all = variables + rows;
  const bound = Float64Array.from({ length: all }, (_, at) => (at < variables ? upper[at]! : Number.POSITIVE_INFINITY));
  const table = equations.map(({ of, equals }, row) => {
    const line = new Float64Array(all + 1);
    const sign = equals < 0 ? -1 : 1;
    for (const [at, factor] of of) line[at]! += sign * factor;
    line[variables + row] = 1;
    line[all] = sign * equals;
    return line;
  });
  const basis = Int32Array.from({ length: rows }, (_, row) => variables + row);
  const flipped = new Uint8Array(all);
  // Columns in use; the right side stands behind all of them.
  let open = all;
  const artificial = Float64Array.from({ length: all }, (_, at) => (at < variables ? 0 : 1));
  if (minimise(artificial) > 1e-6) return null;
  // Artificial variables stay at zero from here on.
  open = variables;
  for (let at = variables; at < all; at++) bound[at] = 0;
  return {
    /** The least and the greatest of Σ x over some variables. */
    range(sum: readonly number[]): [number, number] {
      const cost = new Float64Array(all);
      for (const at of sum) cost[at] = 1;
      const least = minimise(cost);
      for (const at of sum) cost[at] = -1;
      return [least, -minimise(cost)];
    },
  };

  function minimise(cost: Float64Array): number {
    const reduced = new Float64Array(all + 1);
    let constant = 0;
    for (let at = 0; at < all; at++) {
      reduced[at] = flipped[at] === 1 ? -cost[at]! : cost[at]!;
      if (flipped[at] === 1) constant += cost[at]! * bound[at]!;
    }
    table.forEach((line, row) => {
      const factor = reduced[basis[row]!]!;
      if (factor !== 0) subtract(reduced, factor, line);
    });
    let [still, steps] = [0, 0];
    for (; steps < MOST_STEPS; steps++) {
      const entering = choose(reduced, still > PATIENCE);
      if (entering < 0) break;
      still = step(entering, reduced) > NOTHING ? 0 : still + 1;
    }
    if (steps === MOST_STEPS) throw new Error("the program does not end");
    return constant - reduced[all]!;
  }

  function subtract(other: Float64Array, times: number, line: Float64Array): void {
    for (let at = 0; at < open; at++) other[at]! -= times * line[at]!;
    other[all]! -= times * line[all]!;
  }

  function choose(reduced: Float64Array, first: boolean): number {
    let chosen = -1;
    for (let at = 0; at < open; at++) {
      if (reduced[at]! >= -NOTHING || bound[at]! <= 0) continue;
      if (chosen < 0 || reduced[at]! < reduced[chosen]!) chosen = at;
      if (first) break;
    }
    return chosen;
  }

  /** Lets a variable grow until itself, or one of the basis, meets a bound. How far it came. */
  function step(entering: number, reduced: Float64Array): number {
    let far = bound[entering]!;
    let leaving = -1;
    let atUpper = false;
    for (let row = 0; row < rows; row++) {
      const factor = table[row]![entering]!;
      if (Math.abs(factor) < NOTHING) continue;
      const value = table[row]![all]!;
      const top = bound[basis[row]!]!;
      const room = factor > 0 ? value / factor : (value - top) / factor;
      if (room === Number.POSITIVE_INFINITY) continue;
      if (room < far - NOTHING || (room < far + NOTHING && leaving >= 0 && basis[row]! < basis[leaving]!)) {
        far = Math.max(0, Math.min(far, room));
        leaving = row;
        atUpper = factor < 0;
      }
    }
    if (leaving < 0) {
      flip(entering, reduced);
      return far;
    }
    if (atUpper) flipBasic(leaving);
    pivot(leaving, entering, reduced);
    return far;
  }

  /** x = u − x′ for a variable outside the basis. */
  function flip(at: number, reduced: Float64Array): void {
    const top = bound[at]!;
    for (const line of [...table, reduced]) {
      if (line[at] === 0) continue;
      line[all]! -= line[at]! * top;
      line[at] = -line[at]!;
    }
    flipped[at] = 1 - flipped[at]!;
  }

  /** The same for the variable of a row: its row is turned round. */
  function flipBasic(row: number): void {
    const at = basis[row]!;
    const line = table[row]!;
    line[all] = bound[at]! - line[all]!;
    for (let place = 0; place < open; place++) if (place !== at) line[place] = -line[place]!;
    flipped[at] = 1 - flipped[at]!;
  }

  function pivot(row: number, entering: number, reduced: Float64Array): void {
    const line = table[row]!;
    const factor = line[entering]!;
    for (let at = 0; at < open; at++) line[at]! /= factor;
    line[all]! /= factor;
    line[entering] = 1;
    for (const other of [...table, reduced]) {
      if (other === line) continue;
      const times = other[entering]!;
      if (times === 0) continue;
      subtract(other, times, line);
      other[entering] = 0;
    }
    basis[row] = entering;
  }
}
