import { occupiedAtoms, publishAll, type Reservoir, residuesOf } from "./reservoir.ts";
import { type KnownCell, type SecretKind, secretsOf, smallSiblings, unionsInSpan } from "./secrets.ts";
import { type AtomSet, countAtoms, type LatticeCell, type Prepared, sizeOf } from "./universe.ts";
import { inverse, openSpan, residue, type Span, subtract, sumOver } from "./witness.ts";

export type Limits = {
  /** Fewest persons in any group that is published or can be computed. */
  persons: number;
  /** Fewest persons outside a sensitive group, within a cell (METHOD §7.3 rule 3). */
  events: number;
};

/** Why a cell is not published: for the release manager alone. */
export type Reason = "small" | "contributor" | "sensitive" | "unsettled" | "computable" | "words";

/** Which cells of a universe may carry a figure, by key, and why the others may not. */
export type Pattern = { published: ReadonlySet<string>; protected: ReadonlyMap<string, Reason> };

/** One pass: who counts, which cells may at most be published, and what more must stay unknown. */
export type Pass = {
  /** 1 for persons whom the measures speak of; null for everyone. */
  valid: Uint8Array | null;
  /** Only cells of which this holds are looked at. */
  within: (cell: LatticeCell) => boolean;
  /**
   * Whether a cell shows words only, as rules 3–5 have it in the view of whoever holds these rows; null is the outsider. It is
   * asked of every cell of the lattice: what is not published may not be computed either.
   */
  wordsOnly?: (cell: LatticeCell, view: number | null) => boolean;
  /** Cells that fewer than k people came to, left or changed in since an earlier release (METHOD §7.6). */
  unsettled?: ReadonlySet<string>;
  /** Cells of earlier releases of the same people: they are known already. */
  forced?: readonly KnownCell[];
  /** What is known of the span of all cells of which `within` can hold, of everyone: by view, the outsider first. */
  reservoirs?: readonly Reservoir[];
  seed: string;
  /** Secrets looked for: all, but in tests of the audit. */
  kinds?: readonly SecretKind[];
};

/**
 * Which cells may be published together: none small, none computable, for an outsider and for each contributor and declared
 * coalition that subtracts its own rows (METHOD §7.3–7.4). Greedy in the order of the tables: a cell is published unless it
 * would put a secret into the span of what is published.
 *
 * Null when earlier releases already give a secret away, or everyone is too few.
 */
export function protect(prepared: Prepared, limits: Limits, pass: Pass): Pattern | null {
  const reasons = new Map<string, Reason>();
  const views = [null, ...prepared.held.keys()].map((view) => ({
    view,
    counts: countAtoms(prepared, pass.valid, view),
  }));
  const asked = prepared.cells.filter((cell) => cell.shown && pass.within(cell));
  const parents = cellsByPlaces(prepared);
  const candidates: LatticeCell[] = [];
  const wordsOnly: LatticeCell[] = [];
  for (const cell of asked) {
    const reason = pass.unsettled?.has(cell.key) ? "unsettled" : refused(cell, views, { prepared, parents, limits });
    if (reason) reasons.set(cell.key, reason);
    else if (pass.wordsOnly && views.some(({ view }) => pass.wordsOnly?.(cell, view))) wordsOnly.push(cell);
    else candidates.push(cell);
  }
  const ordered = inOrder(candidates, prepared, { counts: views[0]?.counts as Int32Array, k: limits.persons });
  const random = residuesOf(pass.seed);
  const forced = pass.forced ?? [];
  const systems = views.map(({ counts, view }, place) => {
    const seen = { prepared, counts, k: limits.persons };
    const secrets = secretsOf(seen, { candidates: ordered, forced }, pass.kinds);
    const words = prepared.cells
      .filter((cell) => pass.wordsOnly?.(cell, view))
      .map(({ atoms }) => atoms.filter((atom) => counts[atom]! > 0))
      .filter(({ length }) => length > 0);
    return {
      counts,
      k: limits.persons,
      sets: [...secrets, ...words],
      siblings: smallSiblings(seen, pass.kinds),
      reservoir: pass.reservoirs?.[place] ?? null,
    };
  });
  const shown = publishInOrder(systems, {
    forced: forced.map(({ atoms }) => atoms),
    cells: ordered.map(({ atoms }) => atoms),
    random,
  });
  if (!shown) return null;
  const published = new Set<string>();
  ordered.forEach(({ key }, index) => {
    if (shown[index] === 1) published.add(key);
    else reasons.set(key, "computable");
  });
  for (const { key } of wordsOnly) reasons.set(key, "words");
  return { published, protected: reasons };
}

type Views = readonly { view: number | null; counts: Int32Array }[];

/** The cell rules that need counts alone: size, what contributors can subtract, and all but a few in a sensitive group. */
function refused(
  cell: LatticeCell,
  views: Views,
  { prepared, parents, limits }: { prepared: Prepared; parents: ReadonlyMap<string, LatticeCell>; limits: Limits },
): Reason | null {
  for (const { view, counts } of views) {
    const n = sizeOf(cell.atoms, counts);
    if (view === null ? n < limits.persons : n > 0 && n < limits.persons)
      return view === null ? "small" : "contributor";
    if (n === 0) continue;
    for (const [place, dimension] of cell.dimensions.entries()) {
      if (!prepared.universe.dimensions[dimension]?.sensitive) continue;
      const parent = parents.get(placesKey(cell, place));
      if (parent && sizeOf(parent.atoms, counts) - n < limits.events) return "sensitive";
    }
  }
  return null;
}

/** A cell by its dimensions and places, one of them left out. */
function placesKey({ dimensions, places }: LatticeCell, without?: number): string {
  return dimensions
    .map((dimension, place) => (place === without ? "" : `${dimension}=${places[place]}`))
    .filter((text) => text !== "")
    .sort()
    .join();
}

function cellsByPlaces({ cells }: Prepared): Map<string, LatticeCell> {
  return new Map(cells.map((cell) => [placesKey(cell), cell]));
}

/**
 * Everyone and the cells of one dimension first, without which there is no picture; then the key tables, then fewer dimensions
 * before more. Of these first the cells that could shelter only one small neighbour: a cell that stands in two lines with a
 * small one each shelters both when it is the one to go. Then the larger first.
 */
function inOrder(cells: readonly LatticeCell[], prepared: Prepared, { counts, k }: { counts: Int32Array; k: number }) {
  const exposed = exposedLines(prepared, counts, k);
  const rank = ({ dimensions, table }: LatticeCell) =>
    dimensions.length < 2 ? -1 : (prepared.priority[table] as number);
  const shelters = (cell: LatticeCell) =>
    cell.dimensions.filter((_, place) => exposed.has(`${cell.table} ${placesKey(cell, place)}`)).length > 1 ? 1 : 0;
  return cells
    .map((cell) => ({ cell, rank: rank(cell), shelters: shelters(cell), n: sizeOf(cell.atoms, counts) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.cell.dimensions.length - b.cell.dimensions.length ||
        a.shelters - b.shelters ||
        b.n - a.n ||
        (a.cell.key < b.cell.key ? -1 : 1),
    )
    .map(({ cell }) => cell);
}

/** Lines of a table (a cell's siblings in one dimension) whose small cells are fewer than k persons together. */
function exposedLines({ cells }: Prepared, counts: Int32Array, k: number): Set<string> {
  const small = new Map<string, number>();
  for (const cell of cells) {
    const n = sizeOf(cell.atoms, counts);
    if (n === 0 || n >= k) continue;
    for (const place of cell.dimensions.keys()) {
      const line = `${cell.table} ${placesKey(cell, place)}`;
      small.set(line, (small.get(line) ?? 0) + n);
    }
  }
  return new Set([...small].flatMap(([line, n]) => (n < k ? [line] : [])));
}

type System = {
  counts: Int32Array;
  k: number;
  sets: readonly AtomSet[];
  /** Any few of one line are a secret together where they are fewer than k. */
  siblings: readonly (readonly AtomSet[])[];
  reservoir: Reservoir | null;
};
type Asked = { forced: readonly AtomSet[]; cells: readonly AtomSet[]; random: () => number };

/** 1 for each cell that is published. Null where forced cells alone, or the first cell, give a secret away. */
function publishInOrder(systems: readonly System[], asked: Asked): Uint8Array | null {
  const views = systems.map((system) => viewOf(system, asked));
  for (const [index] of asked.forced.entries())
    for (const view of views) {
      if (view.endangers(index)) return null;
      view.publish(index);
    }
  return Uint8Array.from(asked.cells.keys(), (index) => {
    const element = asked.forced.length + index;
    if (views.some((view) => view.endangers(element))) return 0;
    for (const view of views) view.publish(element);
    return 1;
  });
}

/**
 * One view's system. First all elements are put into the span at once: a secret outside even that span is never in danger and
 * is put aside. Where none is left, nothing has to be looked at again. The rest is done element by element, on whichever has
 * fewer columns: the atoms, or the elements and remaining secrets themselves.
 */
function viewOf({ counts, k, sets, siblings, reservoir }: System, { forced, cells, random }: Asked) {
  const { renumber, columns } = occupiedAtoms(counts);
  const start = () => Float64Array.from({ length: columns }, random);
  const elements = [...forced, ...cells].map(renumber);
  const endangered = sets.length === 0 && siblings.length === 0 ? sets : withinSpan();
  if (endangered.length === 0) return { endangers: () => false, publish: () => undefined };
  const secrets = endangered.map(renumber);
  const direct = elements.length + secrets.length < columns;
  const size = direct ? elements.length + secrets.length : columns;
  const all = [...elements, ...secrets];
  const begin = () => {
    if (!direct) return start();
    const witness = start();
    return Float64Array.from(all, (set) => sumOver(witness, set));
  };
  const places = all.map((set, index): ArrayLike<number> => (direct ? [index] : set));
  return guard(openSpan(size, begin), places.slice(0, elements.length), places.slice(elements.length));

  function withinSpan(): AtomSet[] {
    const { witnesses, numbered } = reservoir
      ? reservoir.open(counts)
      : { witnesses: publishAll(elements, columns, start).live.slice(0, 3), numbered: renumber };
    const valuesOf = (set: AtomSet) => {
      const own = numbered(set);
      return witnesses.map((witness) => sumOver(witness, own));
    };
    return [
      ...sets.filter((set) => valuesOf(set).every((value) => value === 0)),
      ...siblings.flatMap((line) => unionsInSpan(line, { counts, k, valuesOf })),
    ];
  }
}

/** Watches secrets while elements are published: what three witnesses say of each secret is kept beside them. */
function guard(span: Span, elements: readonly ArrayLike<number>[], secrets: readonly ArrayLike<number>[]) {
  let watched = span.live.slice(0, 3).map(watch);
  return { endangers, publish };

  function watch(witness: Float64Array) {
    return { witness, values: Float64Array.from(secrets, (set) => sumOver(witness, set)) };
  }

  /** Whether some secret's column is a multiple of the element's, beyond what is published. */
  function endangers(element: number): boolean {
    const set = elements[element] as ArrayLike<number>;
    const own = watched.map(({ witness }) => sumOver(witness, set));
    const i = own.findIndex((value) => value !== 0);
    if (i < 0) return false;
    const [j, h] = [(i + 1) % 3, (i + 2) % 3];
    const [x, y, z] = [watched[i]!.values, watched[j]!.values, watched[h]!.values];
    for (let secret = 0; secret < x.length; secret++)
      if (
        residue(own[j]! * x[secret]!) === residue(own[i]! * y[secret]!) &&
        residue(own[h]! * x[secret]!) === residue(own[i]! * z[secret]!)
      )
        return true;
    return false;
  }

  function publish(element: number): void {
    const set = elements[element] as ArrayLike<number>;
    const own = watched.map(({ witness }) => sumOver(witness, set));
    const i = own.findIndex((value) => value !== 0);
    if (i < 0) return;
    const used = watched[i]!;
    const scale = inverse(own[i]!);
    const eliminated = used.values.map((value) => residue(value * scale));
    span.publish(set, i);
    // The span has brought the other witnesses up to date; their values on the secrets follow.
    watched.forEach(({ values }, place) => {
      if (place !== i) subtract(values, own[place]!, eliminated);
    });
    const kept = new Map(watched.map((one) => [one.witness, one]));
    watched = span.live.slice(0, 3).map((witness) => kept.get(witness) ?? watch(witness));
  }
}
