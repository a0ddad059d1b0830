import { type Design, designShape, type Replicates } from "./design.ts";

/**
 * Degrees of freedom of replicate weights: in how many ways they move the group, less one.
 *
 *   df = rank of the replicates' weights over the group's rows − 1              R survey, degf of a svrepdesign
 *
 * Rows whose weights are moved alike, as a unit's are, add nothing to a rank and are counted as one. The rank is found
 * by Gram and Schmidt's method over the different w_r/w; a remainder below 10⁻⁵ of its length is none, which is the
 * tolerance R gives to qr. 0 for no rows, as for a design without replicates.
 */
export function replicateDegrees(design: Design, replicates: Replicates, rows: Int32Array): number {
  const { moves, moveOfRow, whole, ranks } = movesOf(design, replicates);
  const present = new Uint8Array(moves.length);
  for (let index = 0; index < rows.length; index++) present[moveOfRow[rows[index]!]!] = 1;
  const key = keyOf(present);
  const those = () => moves.filter((_, move) => present[move] === 1);
  const rank = ranks.get(key) ?? rankOf(those(), whole);
  ranks.set(key, rank);
  return Math.max(0, rank - 1);
}

/** The different ways in which replicates move rows, w_r/w, and which of them moves each row. */
type Moves = {
  moves: Float64Array[];
  moveOfRow: Int32Array;
  /** Rank of the whole design, which no group passes. */
  whole: number;
  /** Ranks already counted, by which ways are present. */
  ranks: Map<string, number>;
};

const REMAINDER = 1e-5;
const known = new WeakMap<Design, Moves>();

function movesOf(design: Design, { weights }: Replicates): Moves {
  const before = known.get(design);
  if (before) return before;
  designShape(design); // refuses replicates that do not fit the rows
  const moves: Float64Array[] = [];
  const moveOfRow = new Int32Array(design.weights.length);
  const alike = new Map<number, number[]>();
  for (let row = 0; row < moveOfRow.length; row++) {
    const move = Float64Array.from(weights, (column) => Math.round((column[row]! / design.weights[row]!) * 1e9) / 1e9);
    const hash = hashOf(move);
    const candidates = alike.get(hash) ?? [];
    const same = candidates.find((candidate) => moves[candidate]!.every((ratio, place) => ratio === move[place]));
    moveOfRow[row] = same ?? moves.length;
    if (same !== undefined) continue;
    alike.set(hash, [...candidates, moves.length]);
    moves.push(move);
  }
  const made = { moves, moveOfRow, whole: rankOf(moves, weights.length), ranks: new Map<string, number>() };
  known.set(design, made);
  return made;
}

function rankOf(vectors: readonly Float64Array[], highest: number): number {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    if (basis.length === highest) break;
    const remainder = vector.slice();
    for (let pass = 0; pass < 2; pass++)
      for (const direction of basis) subtractAlong(remainder, direction, dot(remainder, direction));
    const length = Math.sqrt(dot(remainder, remainder));
    if (!(length > REMAINDER * Math.sqrt(dot(vector, vector)))) continue;
    basis.push(remainder.map((value) => value / length));
  }
  return basis.length;
}

function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let place = 0; place < one.length; place++) total += one[place]! * other[place]!;
  return total;
}

function subtractAlong(vector: Float64Array, direction: Float64Array, by: number): void {
  for (let place = 0; place < vector.length; place++) vector[place]! -= by * direction[place]!;
}

function hashOf(values: Float64Array): number {
  let hash = 0;
  for (const value of values) hash = (Math.imul(hash, 31) + Math.round(value * 1e9)) | 0;
  return hash;
}

/** Which are present, sixteen to a character. */
function keyOf(present: Uint8Array): string {
  let key = "";
  for (let start = 0; start < present.length; start += 16) {
    let bits = 0;
    for (let place = start; place < Math.min(start + 16, present.length); place++) bits = 2 * bits + present[place]!;
    key += String.fromCharCode(bits);
  }
  return key;
}
