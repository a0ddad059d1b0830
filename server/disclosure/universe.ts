/**
 * One variable that cuts cells, or one that a measure's persons are defined by (users of a service). `places`: each
 * person's place in `codes`, or `codes.length` for a person without a code, who is a group of its own: it can be computed
 * from everyone and the others.
 */
export type FilterDimension = {
  id: string;
  codes: readonly string[];
  places: Uint16Array;
  /** Only the first so many codes are ever cells: of a service its users alone. */
  shown: number;
  /** Being in one of its groups may not be told of all persons of a cell (METHOD §7.3 rule 3). */
  sensitive: boolean;
};

/** Those who hold rows of a universe, and so can subtract them from every answer: a contributor, or a declared coalition. */
export type View = { id: string; holds: Uint8Array };

/** One wave, panel or register extract: persons, what cuts them, and the tables that may be answered (METHOD §7.4). */
export type Universe = {
  persons: number;
  /**
   * So many of the persons, the last, are of earlier releases alone: in no cell of today, but in cells that were shown. Their
   * places are `codes.length + 1` in what is cut by today.
   */
  gone?: number;
  /** People of each row where a row is a count of a register; a row is one person otherwise. */
  people?: Int32Array;
  dimensions: readonly FilterDimension[];
  /** Tables as ids of dimensions. */
  tables: readonly (readonly string[])[];
  /** Those of them that are to keep their cells before others, the first most. */
  keyTables: readonly (readonly string[])[];
  /** Dimensions that never meet in one cell: levels of one hierarchy, one service with another. */
  apart: readonly (readonly [string, string])[];
  views: readonly View[];
};

/** A set of atoms, ascending. */
export type AtomSet = Int32Array;

/** A cell of the lattice that somebody is in. */
export type LatticeCell = {
  key: string;
  table: number;
  /** Dimensions by number and the place of the code in each. */
  dimensions: readonly number[];
  places: readonly number[];
  atoms: AtomSet;
  /** May carry a figure; a group of persons without a code may not. */
  shown: boolean;
};

/** A universe made ready: persons alike in every dimension and view are one atom. */
export type Prepared = {
  universe: Universe;
  atomOf: Int32Array;
  atoms: number;
  /** 1 for atoms of persons of earlier releases alone. */
  isGone: Uint8Array;
  /** By dimension: the place of each atom. */
  places: readonly Uint16Array[];
  levels: readonly number[];
  isApart: (left: number, right: number) => boolean;
  /** By view: 1 for atoms whose rows it holds. */
  held: readonly Uint8Array[];
  tables: readonly (readonly number[])[];
  /** By table: its place among the key tables; their number for any other. */
  priority: readonly number[];
  cells: readonly LatticeCell[];
};

/** Atoms and occupied lattice cells of a universe. Cells come table by table, in the order of their places. */
export function prepareUniverse(universe: Universe): Prepared {
  const { dimensions, views, persons } = universe;
  for (const { id, places } of dimensions)
    if (places.length !== persons) throw new RangeError(`${id} has ${places.length} places for ${persons} persons`);
  const levels = dimensions.map(({ codes }) => codes.length + (universe.gone ? 2 : 1));
  const { atomOf, first } = numberAtoms(universe);
  const places = dimensions.map((dimension) => Uint16Array.from(first, (person) => dimension.places[person] as number));
  const held = views.map(({ holds }) => Uint8Array.from(first, (person) => holds[person] as number));
  const number = new Map(dimensions.map(({ id }, index) => [id, index]));
  const numberOf = (id: string) => {
    const found = number.get(id);
    if (found === undefined) throw new RangeError(`no such dimension: ${id}`);
    return found;
  };
  const forbidden = new Set(
    universe.apart.flatMap(([a, b]) => [`${numberOf(a)} ${numberOf(b)}`, `${numberOf(b)} ${numberOf(a)}`]),
  );
  const tables = universe.tables.map((table) => table.map(numberOf));
  const prepared = {
    universe,
    atomOf,
    atoms: first.length,
    isGone: Uint8Array.from(first, (person) => (person >= persons - (universe.gone ?? 0) ? 1 : 0)),
    places,
    levels,
    isApart: (left: number, right: number) => left === right || forbidden.has(`${left} ${right}`),
    held,
    tables,
    priority: universe.tables.map((table) => {
      const place = universe.keyTables.findIndex((key) => [...key].sort().join() === [...table].sort().join());
      return place < 0 ? universe.keyTables.length : place;
    }),
  };
  const cells = tables.flatMap((table, index) => cellsOfTable(prepared, table, index));
  return { ...prepared, cells };
}

/** The key of a cell within its universe: `gender=f&segment=A`, dimensions in the order of their ids; of everyone "". */
export function keyWithin(at: Readonly<Record<string, string>>): string {
  return Object.keys(at)
    .sort()
    .map((id) => `${id}=${at[id]}`)
    .join("&");
}

function numberAtoms({ dimensions, views, persons, gone = 0 }: Universe) {
  const atomOf = new Int32Array(persons);
  const first: number[] = [];
  const known = new Map<string, number>();
  for (let person = 0; person < persons; person++) {
    let key = person >= persons - gone ? "gone " : "";
    for (const { places } of dimensions) key += `${places[person]} `;
    for (const { holds } of views) key += holds[person];
    let atom = known.get(key);
    if (atom === undefined) {
      atom = first.length;
      known.set(key, atom);
      first.push(person);
    }
    atomOf[person] = atom;
  }
  return { atomOf, first };
}

type Cut = Pick<Prepared, "universe" | "atoms" | "isGone" | "places" | "levels">;

function cellsOfTable(prepared: Cut, table: readonly number[], index: number): LatticeCell[] {
  const { dimensions } = prepared.universe;
  return groupsOfTable(prepared, table).map(({ places, atoms }) => {
    const at: Record<string, string> = {};
    let shown = true;
    table.forEach((dimension, place) => {
      const { id, codes, shown: most } = dimensions[dimension] as FilterDimension;
      at[id] = codes[places[place] as number] ?? "";
      if ((places[place] as number) >= most) shown = false;
    });
    const here = table.length === 0 ? atoms.filter((atom) => prepared.isGone[atom] === 0) : atoms;
    return { key: keyWithin(at), table: index, dimensions: table, places, atoms: here, shown };
  });
}

/** The occupied groups of some dimensions together: mixed-radix numbers of the places, counted and then filled. */
export function groupsOfTable(
  { places, levels, atoms }: Pick<Prepared, "places" | "levels" | "atoms">,
  table: readonly number[],
): { places: number[]; atoms: AtomSet }[] {
  const numbers = numbersOf({ places, levels, atoms }, table);
  const groups = table.reduce((size, dimension) => size * (levels[dimension] as number), 1);
  const sizes = new Int32Array(groups);
  for (let atom = 0; atom < atoms; atom++) sizes[numbers[atom]!]!++;
  const sets = new Map<number, { set: AtomSet; filled: number }>();
  for (let atom = 0; atom < atoms; atom++) {
    const group = numbers[atom]!;
    let own = sets.get(group);
    if (!own) {
      own = { set: new Int32Array(sizes[group]!), filled: 0 };
      sets.set(group, own);
    }
    own.set[own.filled++] = atom;
  }
  return [...sets]
    .sort(([left], [right]) => left - right)
    .map(([group, { set }]) => ({ places: placesOf(group, table, levels), atoms: set }));
}

/** The mixed-radix number of each atom in a table, first dimension slowest. */
export function numbersOf(
  { places, levels, atoms }: Pick<Prepared, "places" | "levels" | "atoms">,
  table: readonly number[],
): Int32Array {
  const numbers = new Int32Array(atoms);
  for (const dimension of table) {
    const radix = levels[dimension] as number;
    const own = places[dimension] as Uint16Array;
    for (let atom = 0; atom < atoms; atom++) numbers[atom] = numbers[atom]! * radix + own[atom]!;
  }
  return numbers;
}

function placesOf(group: number, table: readonly number[], levels: readonly number[]): number[] {
  const places = new Array<number>(table.length);
  let rest = group;
  for (let place = table.length - 1; place >= 0; place--) {
    const radix = levels[table[place] as number] as number;
    places[place] = rest % radix;
    rest = Math.floor(rest / radix);
  }
  return places;
}

/** Persons of each atom that count: of a family those with an answer, of a view those whose rows it does not hold. */
export function countAtoms(
  { universe, atoms, atomOf, held }: Prepared,
  valid: Uint8Array | null,
  view: number | null,
): Int32Array {
  const counts = new Int32Array(atoms);
  const { people } = universe;
  for (let person = 0; person < atomOf.length; person++)
    if (!valid || valid[person] === 1) counts[atomOf[person]!]! += people ? people[person]! : 1;
  if (view !== null) {
    const own = held[view] as Uint8Array;
    for (let atom = 0; atom < atoms; atom++) if (own[atom] === 1) counts[atom] = 0;
  }
  return counts;
}

/** The persons of a set of atoms. */
export function sizeOf(set: AtomSet, counts: Int32Array): number {
  let size = 0;
  for (let index = 0; index < set.length; index++) size += counts[set[index]!]!;
  return size;
}

/** The atoms of some persons, each once, ascending. */
export function atomsOf(persons: ArrayLike<number>, atomOf: Int32Array): AtomSet {
  return Int32Array.from(new Set(Array.from(persons, (person) => atomOf[person]!))).sort();
}
