import { assemble } from "./assembler.ts";
import { assign, nearer, unsettled } from "./kernel-distances.ts";
import { sumChanges, sumRows } from "./kernel-sums.ts";
import type { ObservedPoints } from "./observed-points.ts";

/** What k-means works on, in a memory that its loops can reach. */
export type KernelArrays = {
  labels: Int32Array;
  near: Float64Array;
  margin: Float64Array;
  travelled: Float64Array;
  closing: Float64Array;
  faces: Float64Array;
  /** Σ w·z by cluster, `width` apart; weight and rows by cluster and pattern. */
  sums: Float64Array;
  heavy: Float64Array;
  many: Int32Array;
  /** min_d W_cd of each cluster, and after them the least of all. */
  lightest: Float64Array;
  /** The rows whose label changed in the last `assign`, and the label each had. */
  changed: Int32Array;
  left: Int32Array;
  /** The rows that the last `assign` measured. */
  open: Int32Array;
  /** Rows that may become a first centroid, and the squared distance of each to the nearest so far. */
  candidates: Int32Array;
  nearest: Float64Array;
};

/**
 * The loops in which k-means spends its time, as WebAssembly: it works two coordinates at a time, which plain JavaScript
 * cannot. What each does stands above it in `kernel-distances.ts` and `kernel-sums.ts`. + − × √ of IEEE 754 in a fixed
 * order: the bits are the same on every machine.
 */
export type Kernel = KernelArrays & {
  /** Gives every row that its bounds do not hold the label of its nearest centroid; answers how many changed. */
  assign: () => number;
  /** The first row from this one on that may gain by a move; as many as rows where there is none. */
  unsettled: (row: number) => number;
  /** Brings `nearest` and labels of the first `count` candidates up to date with a new centroid; answers Σ w·nearest. */
  nearer: (count: number, chosen: number, cluster: number) => number;
  /** Makes sums, heavy and many from all rows. */
  sumRows: () => void;
  /** Brings them up to date with the first `count` changes. */
  sumChanges: (count: number) => void;
  /** Gives the memory back to be used again: nothing of the above may be used after. */
  release: () => void;
};

/** Makes room for points and k clusters and copies the points there. What else is there is left as it was. */
export function createKernel(points: ObservedPoints, clusters: number): Kernel {
  const { rows, width } = points;
  const patterns = points.observedCount.length;
  const room = takeRoom(bytesFor(points, clusters));
  const { doubles, words } = arraysOf(room.memory.buffer);
  const values = doubles(rows * width);
  const weights = doubles(rows);
  const pattern = words(rows);
  values.set(points.values);
  weights.set(points.weights);
  pattern.set(points.pattern);
  const arrays: KernelArrays = {
    labels: words(rows),
    near: doubles(rows),
    margin: doubles(rows),
    travelled: doubles(clusters),
    closing: doubles(clusters),
    faces: doubles(patterns * clusters * width),
    sums: doubles(clusters * width),
    heavy: doubles(clusters * patterns),
    many: words(clusters * patterns),
    lightest: doubles(clusters + 1),
    changed: words(rows),
    left: words(rows),
    open: words(rows + 1),
    candidates: words(rows),
    nearest: doubles(rows),
  };
  const { labels, sums, heavy, many, changed, left } = arrays;
  const { near, margin, travelled, closing, faces } = arrays;
  const bounded = [clusters, ...addresses([values, pattern, faces, labels, near, margin, travelled, closing])];
  const moved = addresses([changed, left]);
  const weighed = addresses([weights, arrays.lightest]);
  const sought = addresses([arrays.candidates, values, weights, arrays.nearest, labels]);
  const summed = [patterns, ...addresses([values, weights, pattern, sums, heavy, many, labels])];
  const loops = loopsOf(room, width);
  return {
    ...arrays,
    assign: () => loops.assign(rows, ...bounded, ...moved, arrays.open.byteOffset),
    unsettled: (row) => loops.unsettled(row, rows, ...bounded, ...weighed),
    nearer: (count, chosen, cluster) => loops.nearer(count, ...sought, chosen, cluster),
    sumRows: () => {
      for (const array of [sums, heavy, many]) array.fill(0);
      loops.sumRows(rows, ...summed);
    },
    sumChanges: (count) => {
      loops.sumChanges(count, ...summed, ...moved);
    },
    release: () => {
      idle.push(room);
    },
  };
}

type Loop = (...addresses: number[]) => number;
type Loops = Record<"assign" | "unsettled" | "nearer" | "sumRows" | "sumChanges", Loop>;
type Room = { memory: WebAssembly.Memory; loops: Map<number, Loops> };

const PAGE = 65_536;
const ALIGNED = 16;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
const WORD = Int32Array.BYTES_PER_ELEMENT;
const ARRAYS = 18;

/** Memories given back: each takes much address space, so they are used again rather than made anew. */
const idle: Room[] = [];
const modules = new Map<number, WebAssembly.Module>();

function bytesFor({ rows, width, observedCount }: ObservedPoints, clusters: number): number {
  const patterns = observedCount.length;
  const aRow = (width + 4) * DOUBLE + 6 * WORD;
  const aCluster = (width * (patterns + 1) + patterns + 3) * DOUBLE + patterns * WORD;
  return rows * aRow + clusters * aCluster + 2 * DOUBLE + ARRAYS * ALIGNED;
}

function takeRoom(bytes: number): Room {
  const pages = Math.ceil(bytes / PAGE);
  const room = idle.pop() ?? { memory: new WebAssembly.Memory({ initial: pages }), loops: new Map() };
  const lacking = pages - room.memory.buffer.byteLength / PAGE;
  if (lacking > 0) room.memory.grow(lacking);
  return room;
}

/** Lays arrays one after another into a buffer. */
function arraysOf(buffer: ArrayBuffer) {
  let next = 0;
  const reserve = (size: number) => {
    const at = next;
    next = Math.ceil((at + size) / ALIGNED) * ALIGNED;
    return at;
  };
  return {
    doubles: (length: number) => new Float64Array(buffer, reserve(length * DOUBLE), length),
    words: (length: number) => new Int32Array(buffer, reserve(length * WORD), length),
  };
}

function addresses(arrays: readonly { byteOffset: number }[]): number[] {
  return arrays.map(({ byteOffset }) => byteOffset);
}

function loopsOf({ memory, loops }: Room, width: number): Loops {
  const known = loops.get(width);
  if (known) return known;
  const texts = [assign, unsettled, nearer, sumRows, sumChanges].map((text) => text(width));
  const module = modules.get(width) ?? new WebAssembly.Module(assemble(texts));
  modules.set(width, module);
  const made = new WebAssembly.Instance(module, { house: { memory } }).exports as Loops;
  loops.set(width, made);
  return made;
}
