import { type AtomSet, type LatticeCell, numbersOf, type Prepared, sizeOf } from "./universe.ts";
import { residue } from "./witness.ts";

/**
 * The kinds of METHOD §7.4, and unions one dimension deeper, which it leaves out: the attackers of the tests add up such
 * groups too. What shows words only, METHOD's sixth, is a measure's own.
 */
export const SECRET_KINDS = ["small", "deeper", "unions", "deeper-unions", "differences", "exclusions"] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** A cell that is known already, by what it is cut by. */
export type KnownCell = Pick<LatticeCell, "atoms" | "dimensions">;

type Collected = { add: (set: AtomSet) => void; sets: AtomSet[] };
type Seen = {
  prepared: Prepared;
  /** Persons of each atom in this view and family; atoms without any are nowhere. */
  counts: Int32Array;
  k: number;
};

/**
 * Every set of fewer than k persons that may not be computed by one view from the published cells of one family
 * (METHOD §7.4, kinds 1–5 but unions), each once, as ascending atoms that hold somebody:
 *
 *   small        cells of the lattice                           0 < n < k
 *   deeper       occupied cells with one dimension more than any declared table
 *   differences  A∖B, B ⊂ A as sets
 *   exclusions   A∖(b∪c): a candidate A, neither b nor c, of two other dimensions; n = n_A − n_Ab − n_Ac + n_Abc
 *
 * `candidates` are the cells that may be published, `forced` those that are known already: differences and exclusions are of both.
 * `kinds` is what is looked for; all of them but in tests. Unions of small children are too many to be listed: see
 * `smallSiblings` and `unionsInSpan`.
 */
export function secretsOf(
  seen: Seen,
  { candidates, forced = [] }: { candidates: readonly LatticeCell[]; forced?: readonly KnownCell[] },
  kinds: readonly SecretKind[] = SECRET_KINDS,
): AtomSet[] {
  const found = collect(seen.prepared.atoms);
  const { counts, k } = seen;
  const isSmall = (set: AtomSet) => isBetween(sizeOf(set, counts), k);
  const keep = (set: AtomSet) => found.add(occupied(set, counts));
  if (kinds.includes("small")) for (const { atoms } of seen.prepared.cells) if (isSmall(atoms)) keep(atoms);
  if (kinds.includes("deeper")) addDeeper(seen, found);
  if (kinds.includes("differences")) addDifferences(seen, [...forced, ...candidates], found);
  if (kinds.includes("exclusions")) addExclusions(seen, [...forced, ...candidates], found);
  return found.sets;
}

/** The at most `most` atoms of a set that are neither in one group nor in another. */
function without(set: AtomSet, b: Uint16Array, row: number, c: Uint16Array, column: number, most: number): AtomSet {
  const left = new Int32Array(most);
  let size = 0;
  for (let place = 0; place < set.length; place++) {
    const atom = set[place]!;
    if (b[atom] !== row && c[atom] !== column) left[size++] = atom;
  }
  return left.subarray(0, size);
}

const isBetween = (n: number, k: number) => n > 0 && n < k;

function occupied(set: AtomSet, counts: Int32Array): AtomSet {
  return set.filter((atom) => counts[atom]! > 0);
}

/** Sets without repeats. A small set has fewer than k atoms. */
function collect(atoms: number): Collected {
  const sets: AtomSet[] = [];
  const known = new Set<string>();
  const single = new Uint8Array(atoms);
  const add = (set: AtomSet) => {
    if (set.length === 0) return;
    if (set.length === 1) {
      if (single[set[0]!] === 1) return;
      single[set[0]!] = 1;
    } else {
      const key = set.join();
      if (known.has(key)) return;
      known.add(key);
    }
    sets.push(set);
  };
  return { add, sets };
}

/** Tables with one dimension more than a declared one, each once. */
export function deeperTables({ tables, levels, isApart }: Prepared): number[][] {
  const declared = new Set(tables.map((table) => [...table].sort((a, b) => a - b).join()));
  const deeper = new Map<string, number[]>();
  for (const table of tables)
    for (let dimension = 0; dimension < levels.length; dimension++) {
      if (table.some((own) => isApart(own, dimension))) continue;
      const larger = [...table, dimension].sort((a, b) => a - b);
      if (!declared.has(larger.join())) deeper.set(larger.join(), larger);
    }
  return [...deeper.values()];
}

function addDeeper(seen: Seen, found: Collected): void {
  for (const table of deeperTables(seen.prepared)) for (const set of smallGroups(seen, table)) found.add(set);
}

/** The groups of a table, declared or not, with 0 < n < k: each its occupied atoms. */
function smallGroups({ prepared, counts, k }: Seen, table: readonly number[]): AtomSet[] {
  const { atoms, levels } = prepared;
  const numbers = numbersOf(prepared, table);
  const groups = table.reduce((size, dimension) => size * (levels[dimension] as number), 1);
  const persons = new Int32Array(groups);
  for (let atom = 0; atom < atoms; atom++) persons[numbers[atom]!]! += counts[atom]!;
  const small = new Map<number, number[]>();
  for (let atom = 0; atom < atoms; atom++) {
    const group = numbers[atom]!;
    if (counts[atom]! === 0 || persons[group]! >= k) continue;
    const own = small.get(group);
    if (own) own.push(atom);
    else small.set(group, [atom]);
  }
  return [...small.values()].map((own) => Int32Array.from(own));
}

/**
 * Small groups that differ in one dimension alone, two or more: children of one parent, of declared tables and of those one
 * dimension deeper. Of a hierarchy also the children of one coarser code: small municipalities of an area, small groups of
 * those who were placed.
 */
export function smallSiblings(seen: Seen, kinds: readonly SecretKind[] = SECRET_KINDS): AtomSet[][] {
  const { prepared } = seen;
  const coarser = coarserLevels(prepared);
  const tables = kinds.includes("unions") ? prepared.tables : [];
  const deeper = kinds.includes("deeper-unions") ? deeperTables(prepared) : [];
  return [...tables, ...deeper].flatMap((table) => {
    const small = smallGroups(seen, table).map((atoms) => ({
      atoms,
      places: table.map((dimension) => prepared.places[dimension]![atoms[0]!] as number),
    }));
    return table.flatMap((split, at) => {
      const parents: ((place: number) => number)[] = [() => 0];
      for (const { fine, of } of coarser) if (fine === split) parents.push((place) => of[place] as number);
      return parents.flatMap((levelOf) => {
        const lines = new Map<string, AtomSet[]>();
        for (const { atoms, places } of small) {
          const level = levelOf(places[at] as number);
          if (level < 0) continue;
          const parent = places.map((place, other) => (other === at ? level : place)).join();
          const line = lines.get(parent);
          if (line) line.push(atoms);
          else lines.set(parent, [atoms]);
        }
        return [...lines.values()].filter(({ length }) => length > 1);
      });
    });
  });
}

/** So many sums of a line are looked at, and so many unions of it are kept: of fifteen groups any. */
const MOST_SUMS = 32_768;
const MOST_UNIONS = 512;

/**
 * The unions of two or more siblings, fewer than k persons together, that lie in a span: what each of its witnesses says of a
 * union is the sum of what it says of the siblings, and it is zero. The fewest siblings first, up to a limit.
 */
export function unionsInSpan(siblings: readonly AtomSet[], { counts, k, valuesOf }: InSpan): AtomSet[] {
  const own = siblings.map((atoms) => ({ atoms, size: sizeOf(atoms, counts), values: valuesOf(atoms) }));
  const found: AtomSet[] = [];
  let looked = 0;
  const more = (from: number, left: number, chosen: typeof own, size: number): void => {
    for (let next = from; next + left <= own.length; next++) {
      const one = own[next]!;
      if (size + one.size + left - 1 >= k) continue;
      if (looked >= MOST_SUMS || found.length >= MOST_UNIONS) return;
      const all = [...chosen, one];
      if (left > 1) more(next + 1, left - 1, all, size + one.size);
      else {
        looked++;
        if (one.values.every((_, place) => residue(all.reduce((sum, { values }) => sum + values[place]!, 0)) === 0))
          found.push(Int32Array.from(all.flatMap(({ atoms }) => [...atoms])).sort());
      }
    }
  };
  for (let together = 2; together <= Math.min(own.length, k - 1); together++) more(0, together, [], 0);
  return found;
}

type InSpan = Pick<Seen, "counts" | "k"> & {
  /** What each of a few witnesses of the span says of a set. */
  valuesOf: (set: AtomSet) => readonly number[];
};

/** Pairs of dimensions of which one is the coarser level of the other: of each place its place there, −1 for several. */
function coarserLevels({ levels, places, atoms, isApart }: Prepared): { fine: number; of: Int32Array }[] {
  return levels.flatMap((size, fine) =>
    levels.flatMap((_, coarse) => {
      if (fine === coarse || !isApart(fine, coarse)) return [];
      const [own, other] = [places[fine] as Uint16Array, places[coarse] as Uint16Array];
      const of = new Int32Array(size).fill(-2);
      for (let atom = 0; atom < atoms; atom++) {
        const place = own[atom]!;
        if (of[place] === -2) of[place] = other[atom]!;
        else if (of[place] !== other[atom]) of[place] = -1;
      }
      return [{ fine, of }];
    }),
  );
}

/** For each B, only candidates that hold the atom of B that lies in fewest of them can contain it. */
function addDifferences({ prepared, counts, k }: Seen, cells: readonly KnownCell[], found: Collected): void {
  const sets = cells.map(({ atoms }) => occupied(atoms, counts));
  const sizes = sets.map((set) => sizeOf(set, counts));
  const holders: number[][] = Array.from({ length: prepared.atoms }, () => []);
  sets.forEach((set, index) => {
    for (const atom of set) holders[atom]!.push(index);
  });
  const inside = new Int32Array(prepared.atoms).fill(-1);
  sets.forEach((smaller, index) => {
    if (smaller.length === 0) return;
    let rarest = smaller[0]!;
    for (const atom of smaller) if (holders[atom]!.length < holders[rarest]!.length) rarest = atom;
    for (const larger of holders[rarest]!) {
      const missing = sizes[larger]! - sizes[index]!;
      if (!isBetween(missing, k)) continue;
      const set = sets[larger]!;
      for (const atom of set) inside[atom] = larger;
      const contained = smaller.every((atom) => inside[atom] === larger);
      if (contained) {
        for (const atom of smaller) inside[atom] = -1;
        found.add(set.filter((atom) => inside[atom] === larger));
      }
      for (const atom of set) inside[atom] = -1;
    }
  });
}

/** Counted for every pair of conditions at once: rows, columns and cells of the candidate's persons in two dimensions. */
function addExclusions({ prepared, counts, k }: Seen, cells: readonly KnownCell[], found: Collected): void {
  const { levels, places, tables, isApart } = prepared;
  const deepest = Math.max(...tables.map(({ length }) => length));
  for (const cell of cells) {
    if (cell.dimensions.length > deepest - 1) continue;
    const others = levels.flatMap((_, dimension) =>
      cell.dimensions.some((own) => isApart(own, dimension)) ? [] : [dimension],
    );
    const set = occupied(cell.atoms, counts);
    const all = sizeOf(set, counts);
    others.forEach((first, index) => {
      for (const second of others.slice(index + 1)) {
        if (isApart(first, second)) continue;
        const [rows, columns] = [levels[first] as number, levels[second] as number];
        const [b, c] = [places[first] as Uint16Array, places[second] as Uint16Array];
        const ofRow = new Int32Array(rows);
        const ofColumn = new Int32Array(columns);
        const both = new Int32Array(rows * columns);
        for (let place = 0; place < set.length; place++) {
          const atom = set[place]!;
          const persons = counts[atom]!;
          ofRow[b[atom]!]! += persons;
          ofColumn[c[atom]!]! += persons;
          both[b[atom]! * columns + c[atom]!]! += persons;
        }
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column++) {
            if (ofRow[row] === 0 || ofColumn[column] === 0) continue;
            const left = all - ofRow[row]! - ofColumn[column]! + both[row * columns + column]!;
            if (isBetween(left, k)) found.add(without(set, b, row, c, column, left));
          }
      }
    });
  }
}
