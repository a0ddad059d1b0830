/** The largest prime below 2²³: 2⁷ products of two residues are added exactly in a float. */
export const PRIME = 8_388_593;
const PER_PRIME = 1 / PRIME;
/** Functions that are zero on every answer; a group on which all are zero is computable, but for a chance of p⁻³. */
const WITNESSES = 3;

export type Answer = { rows: Int32Array; n: number };

/**
 * What follows from some answers by arithmetic. Each answer is an equation: the people of a group, whoever is in it, are n.
 *
 * The equations are brought to reduced echelon form modulo p (Gauss and Jordan). A group follows from them iff its row is a
 * combination of theirs, iff every function that is zero on all answers is zero on it; its size is then the same combination
 * of the answered sizes. Written for the attackers: nothing of server/ takes part.
 */
export type Ledger = {
  rank: number;
  /** Whether a group's size follows from the answers. */
  tells: (rows: Int32Array) => boolean;
  /** The size of a group that follows, as the attacker works it out; null where it does not follow. */
  sizeOf: (rows: Int32Array) => number | null;
};

export function openLedger(answers: readonly Answer[], people: number): Ledger {
  const { of, sizes } = blocksOf(answers, people);
  const columns = sizes.length;
  const pivots: { at: number; row: Float64Array }[] = [];
  const pivotAt = new Int32Array(columns).fill(-1);
  // Small groups first: their equations are short and stay so.
  for (const { rows, n } of [...answers].sort((one, other) => one.rows.length - other.rows.length)) {
    const line = new Float64Array(columns + 1);
    for (const row of rows) line[of[row]!] = 1;
    line[columns] = n;
    reduce(line);
    const at = firstNonZero(line, columns);
    if (at < 0) continue;
    const scale = inverse(line[at]!);
    for (let place = 0; place <= columns; place++) line[place] = modulo(line[place]! * scale);
    const places = placesOf(line);
    for (const { row } of pivots) subtract(row, row[at]!, line, places);
    pivotAt[at] = pivots.length;
    pivots.push({ at, row: line });
  }
  const witnesses = Array.from({ length: WITNESSES }, (_, seed) => spread(witness(seed + 1)));
  const tells = (rows: Int32Array) => witnesses.every((own) => modulo(sumOf(own, rows)) === 0);
  return { rank: pivots.length, tells, sizeOf };

  /** A pivot's column is zero in every other equation, so each is taken away as often as the line had it: once or never. */
  function reduce(line: Float64Array): void {
    const used = pivots.filter(({ at }) => line[at] === 1);
    for (const { row } of used) for (let place = 0; place <= columns; place++) line[place] = line[place]! - row[place]!;
    for (let place = 0; place <= columns; place++) line[place] = modulo(line[place]!);
  }

  function sizeOf(rows: Int32Array): number | null {
    if (!tells(rows)) return null;
    const line = new Float64Array(columns + 1);
    for (const row of rows) line[of[row]!] = 1;
    reduce(line);
    return firstNonZero(line, columns) < 0 ? modulo(-line[columns]!) : null;
  }

  /** Random on every column that is no pivot, and on the pivots what makes every equation zero. */
  function witness(seed: number): Float64Array {
    const random = residues(seed);
    const own = Float64Array.from({ length: columns }, (_, at) => (pivotAt[at]! < 0 ? random() : 0));
    for (const { at, row } of pivots) {
      let sum = 0;
      for (let place = 0; place < columns; place++)
        if (pivotAt[place]! < 0) sum = modulo(sum + row[place]! * own[place]!);
      own[at] = modulo(-sum);
    }
    return own;
  }

  /** A function of blocks as one of people: random within a block, so that a part of one tells nothing. */
  function spread(own: Float64Array): Float64Array {
    const random = residues(77);
    const left = own.slice();
    const count = sizes.slice();
    return Float64Array.from(of, (block) => {
      count[block]!--;
      const value = count[block] === 0 ? left[block]! : random();
      left[block] = modulo(left[block]! - value);
      return value;
    });
  }
}

/** People whom no answer tells apart. */
function blocksOf(answers: readonly Answer[], people: number): { of: Int32Array; sizes: Int32Array } {
  const held: number[][] = Array.from({ length: people }, () => []);
  answers.forEach(({ rows }, answer) => {
    for (const row of rows) held[row]!.push(answer);
  });
  const known = new Map<string, number>();
  const of = Int32Array.from(held, (own) => {
    const name = own.join();
    if (!known.has(name)) known.set(name, known.size);
    return known.get(name)!;
  });
  const sizes = new Int32Array(known.size);
  for (const block of of) sizes[block]!++;
  return { of, sizes };
}

function firstNonZero(line: Float64Array, columns: number): number {
  for (let place = 0; place < columns; place++) if (line[place] !== 0) return place;
  return -1;
}

function placesOf(line: Float64Array): Int32Array {
  const places: number[] = [];
  for (let place = 0; place < line.length; place++) if (line[place] !== 0) places.push(place);
  return Int32Array.from(places);
}

/** row −= factor · line, at the places where the line is not zero. */
function subtract(row: Float64Array, factor: number, line: Float64Array, places: Int32Array): void {
  if (factor === 0) return;
  for (let index = 0; index < places.length; index++) {
    const place = places[index]!;
    row[place] = modulo(row[place]! - factor * line[place]!);
  }
}

function sumOf(own: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += own[row]!;
  return sum;
}

/** The residue of a whole number below 2⁵² in size. */
function modulo(value: number): number {
  const rest = value - PRIME * Math.floor(value * PER_PRIME);
  return rest >= PRIME ? rest - PRIME : rest < 0 ? rest + PRIME : rest;
}

/** value^(p − 2), which is 1 / value (Fermat). */
function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = modulo(result * base);
    base = modulo(base * base);
  }
  return result;
}

/** Residues that look drawn, the same for the same seed (a linear congruence modulo 2³², its upper bits). */
function residues(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const upper = state >>> 9;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (upper ^ (state >>> 20)) % PRIME;
  };
}
