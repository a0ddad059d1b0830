import { createRandom } from "../segmentation/random.ts";
import { combinationsZeroOn } from "./combinations.ts";
import { type AtomSet, countAtoms, type Prepared } from "./universe.ts";
import { openSpan, PRIME, type Span, sumOver } from "./witness.ts";

/** The span of all of some sets. */
export function publishAll(sets: readonly AtomSet[], columns: number, start: () => Float64Array): Span {
  const span = openSpan(columns, start);
  for (const set of sets) {
    const place = span.live.slice(0, 3).findIndex((witness) => sumOver(witness, set) !== 0);
    if (place >= 0) span.publish(set, place);
  }
  return span;
}

/**
 * Witnesses of a pattern of everyone, from which those of a family follow without another elimination: of persons who did not
 * answer nothing is known or added, so a family's witness is one that is zero on their atoms, a combination of as many
 * witnesses of everyone and a few more.
 */
export type Reservoir = {
  /** Three witnesses of those of whom these are the counts, and the numbers of their columns. */
  open: (counts: Int32Array) => { witnesses: readonly Float64Array[]; numbered: (set: AtomSet) => Int32Array };
};

/** `published`: the keys of the pattern. One reservoir a view, the outsider first. */
export function openReservoirs(
  prepared: Prepared,
  { published, present, seed }: { published: ReadonlySet<string>; present: Uint8Array; seed: string },
): Reservoir[] {
  const random = residuesOf(seed);
  const cells = prepared.cells.filter(({ key }) => published.has(key)).map(({ atoms }) => atoms);
  return [null, ...prepared.held.keys()].map((view) => {
    const everyone = countAtoms(prepared, present, view);
    const { renumber, columns, atoms } = occupiedAtoms(everyone);
    const span = publishAll(cells.map(renumber), columns, () => Float64Array.from({ length: columns }, random));
    const witnesses = [...span.live];
    return {
      open: (counts) => {
        const silent = atoms.flatMap((atom, column) => (counts[atom]! > 0 ? [] : [column]));
        while (witnesses.length < silent.length + SPARE) witnesses.push(...span.fresh());
        const own = combinationsZeroOn(witnesses.slice(0, silent.length + SPARE), silent, random);
        return { witnesses: own, numbered: renumber };
      },
    };
  });
}

/** Random residues modulo p: 22 bits each, the three values too large taken as 0. */
export function residuesOf(seed: string): () => number {
  const random = createRandom(seed);
  return () => {
    const drawn = random.bits() >>> 10;
    return drawn < PRIME ? drawn : 0;
  };
}

/** Witnesses more than equations: so many dimensions are left to draw from. */
const SPARE = 16;

/** Atoms that hold somebody, numbered anew. */
export function occupiedAtoms(counts: Int32Array) {
  const number = new Int32Array(counts.length).fill(-1);
  const atoms: number[] = [];
  for (let atom = 0; atom < counts.length; atom++)
    if (counts[atom]! > 0) {
      number[atom] = atoms.length;
      atoms.push(atom);
    }
  const renumber = (set: AtomSet) => {
    const own = new Int32Array(set.length);
    let size = 0;
    for (let place = 0; place < set.length; place++) if (number[set[place]!]! >= 0) own[size++] = number[set[place]!]!;
    return own.subarray(0, size);
  };
  return { renumber, columns: atoms.length, atoms };
}
