import { type Code, type FunctionText, f64, f64x2, i32, type Local, repeatWhile, select, when } from "./assembler.ts";

const WORD = 4;
const DOUBLE = 8;
const PAIR = 16;
/** Rounding of a distance stays far below this part of it. */
const ROUNDING = 1e-12;

/**
 * Gives each row the label of its nearest centroid as its pattern sees it, and answers how many labels changed; these rows
 * and the labels they had stand in `changed` and `left`.
 *
 *   argmin_c Σ_{d∈O_i} (z_id − μ_cd)²;   a row stays where no other is strictly nearer; of equals the first
 *
 * A row with margin > closing of its cluster is passed over (`Bounds`). The others are listed in `open` first, without a
 * branch, and then measured, near and margin made anew.
 */
export function assign(width: number): FunctionText {
  return {
    name: "assign",
    result: "i32",
    body: ({ parameter, local }) => {
      const rows = parameter();
      const place = placesOf(parameter, width);
      const [changed, left, open] = [parameter(), parameter(), parameter()];
      const [row, before, count] = [local("i32"), local("i32"), local("i32")];
      const [asked, index] = [local("i32"), local("i32")];
      const measured = declareMeasured(local, width);
      const { label, least, second, own } = measured;
      const change = [
        i32.store(place.label(row.get), label.get),
        i32.store(at(changed, count.get, WORD), row.get),
        i32.store(at(left, count.get, WORD), before.get),
        count.set(i32.add(count.get, i32.const(1))),
      ];
      const measure = [
        ...measureRow(measured, place, row, before),
        label.set(select(before.get, label.get, f64.equal(own.get, least.get))),
        own.set(f64.sqrt(least.get)),
        ...keepBounds(place, row, { label: label.get, own: own.get, next: f64.sqrt(second.get) }),
        when(i32.differ(label.get, before.get), change),
      ];
      const stays = f64.more(f64.load(place.margin(row.get)), f64.load(place.closing(before.get)));
      return [
        repeatWhile(i32.less(row.get, rows.get), [
          before.set(i32.load(place.label(row.get))),
          i32.store(at(open, asked.get, WORD), row.get),
          asked.set(i32.add(asked.get, i32.isZero(stays))),
          row.set(i32.add(row.get, i32.const(1))),
        ]),
        repeatWhile(i32.less(index.get, asked.get), [
          row.set(i32.load(at(open, index.get, WORD))),
          before.set(i32.load(place.label(row.get))),
          ...measure,
          index.set(i32.add(index.get, i32.const(1))),
        ]),
        count.get,
      ];
    },
  };
}

/**
 * The first row from `row` on for which the bounds do not rule out that a move to another cluster gains; `rows` where there
 * is none. With u ≥ d(i, a), l ≤ d(i, b) for b ≠ a, A = min_d W_ad and S = min_cd W_cd (`lightest`) no move gains where
 *
 *   A/(A − w)·u² < S/(S + w)·l²,   A > w
 *
 * A row that its bounds leave open is measured, its bounds made anew, and asked again.
 */
export function unsettled(width: number): FunctionText {
  return {
    name: "unsettled",
    result: "i32",
    body: ({ parameter, local }) => {
      const [row, rows] = [parameter(), parameter()];
      const place = placesOf(parameter, width);
      const [weights, lightest] = [parameter(), parameter()];
      const [label, open] = [local("i32"), local("i32")];
      const [u, l, weight, own] = [local("f64"), local("f64"), local("f64"), local("f64")];
      const [a, s] = [local("f64"), local("f64")];
      const measured = declareMeasured(local, width);
      const { least, second } = measured;
      const square = (value: Local) => f64.mul(value.get, value.get);
      const ask = [
        u.set(f64.add(f64.load(place.near(row.get)), f64.load(place.travelled(label.get)))),
        l.set(f64.sub(f64.load(place.margin(row.get)), f64.load(place.closing(label.get)))),
        l.set(f64.add(u.get, l.get)),
        a.set(f64.load(at(lightest, label.get, DOUBLE))),
        open.set(i32.const(1)),
        when(f64.more(a.get, weight.get), [
          when(f64.more(l.get, f64.const(0)), [
            open.set(
              i32.isZero(
                f64.more(
                  f64.mul(f64.mul(square(l), f64.sub(a.get, weight.get)), s.get),
                  f64.mul(f64.mul(square(u), a.get), f64.add(s.get, weight.get)),
                ),
              ),
            ),
          ]),
        ]),
      ];
      return [
        s.set(f64.load(at(lightest, place.clusters.get, DOUBLE))),
        repeatWhile(i32.both(i32.isZero(open.get), i32.less(row.get, rows.get)), [
          label.set(i32.load(place.label(row.get))),
          weight.set(f64.load(at(weights, row.get, DOUBLE))),
          ...ask,
          when(open.get, [
            ...measureRow(measured, place, row, label),
            own.set(f64.sqrt(measured.own.get)),
            least.set(select(second.get, least.get, f64.equal(measured.own.get, least.get))),
            ...keepBounds(place, row, { label: label.get, own: own.get, next: f64.sqrt(least.get) }),
            ...ask,
          ]),
          row.set(i32.add(row.get, i32.const(1))),
        ]),
        i32.sub(row.get, open.get),
      ];
    },
  };
}

/**
 * Brings `nearest` and the labels of the rows in `list` up to date with a new centroid, which stands on the complete row
 * `chosen` and has the number `cluster`. Answers Σ w_i·nearest_i over the list, in its order.
 *
 *   nearest_i = min(nearest_i, Σ_d (z_id − z_chosen,d)²)
 */
export function nearer(width: number): FunctionText {
  return {
    name: "nearer",
    result: "f64",
    body: ({ parameter, local }) => {
      const [count, list, values, weights] = [parameter(), parameter(), parameter(), parameter()];
      const [nearest, labels, chosen, cluster] = [parameter(), parameter(), parameter(), parameter()];
      const [index, row, label] = [local("i32"), local("i32"), local("i32")];
      const [square, least, total] = [local("f64"), local("f64"), local("f64")];
      const { coordinates, room } = { coordinates: pairsOf(local, width), room: roomOf(local) };
      return [
        ...coordinates.map((pair, part) => pair.set(f64x2.load(at(values, chosen.get, width * DOUBLE), part * PAIR))),
        repeatWhile(i32.less(index.get, count.get), [
          row.set(i32.load(at(list, index.get, WORD))),
          ...squareTo(coordinates, at(values, row.get, width * DOUBLE), room, square),
          least.set(f64.load(at(nearest, index.get, DOUBLE))),
          label.set(i32.load(at(labels, row.get, WORD))),
          i32.store(at(labels, row.get, WORD), select(cluster.get, label.get, f64.less(square.get, least.get))),
          least.set(lesser(square.get, least.get)),
          f64.store(at(nearest, index.get, DOUBLE), least.get),
          total.set(f64.add(total.get, f64.mul(f64.load(at(weights, row.get, DOUBLE)), least.get))),
          index.set(i32.add(index.get, i32.const(1))),
        ]),
        total.get,
      ];
    },
  };
}

type Places = ReturnType<typeof placesOf>;
type Measured = ReturnType<typeof declareMeasured>;

/** Parameters that say where what a measure needs stands, in the order of `Kernel`'s `bounded`. */
function placesOf(parameter: () => Local, width: number) {
  const [clusters, values, pattern, faces] = [parameter(), parameter(), parameter(), parameter()];
  const [labels, near, margin] = [parameter(), parameter(), parameter()];
  const [travelled, closing] = [parameter(), parameter()];
  return {
    clusters,
    values: (row: Code) => at(values, row, width * DOUBLE),
    pattern: (row: Code) => at(pattern, row, WORD),
    face: (number: Code) => at(faces, number, width * DOUBLE),
    label: (row: Code) => at(labels, row, WORD),
    near: (row: Code) => at(near, row, DOUBLE),
    margin: (row: Code) => at(margin, row, DOUBLE),
    travelled: (cluster: Code) => at(travelled, cluster, DOUBLE),
    closing: (cluster: Code) => at(closing, cluster, DOUBLE),
  };
}

function declareMeasured(local: (type: "i32" | "f64" | "v128") => Local, width: number) {
  return {
    label: local("i32"),
    cluster: local("i32"),
    face: local("i32"),
    isLess: local("i32"),
    square: local("f64"),
    least: local("f64"),
    second: local("f64"),
    own: local("f64"),
    coordinates: pairsOf(local, width),
    room: roomOf(local),
  };
}

/**
 * Squared distances of a row to all centroids: the least with its cluster (of equals the first), the second least, and that
 * to the cluster the row is in. Kept without branches, for no processor could foresee them.
 */
function measureRow(measured: Measured, place: Places, row: Local, before: Local): Code[] {
  const { label, cluster, face, isLess, square, least, second, own, coordinates, room } = measured;
  const infinity = f64.const(Number.POSITIVE_INFINITY);
  return [
    ...coordinates.map((pair, part) => pair.set(f64x2.load(place.values(row.get), part * PAIR))),
    face.set(place.face(i32.mul(i32.load(place.pattern(row.get)), place.clusters.get))),
    cluster.set(i32.const(0)),
    label.set(before.get),
    ...[least, second, own].map((one) => one.set(infinity)),
    repeatWhile(i32.less(cluster.get, place.clusters.get), [
      ...squareTo(coordinates, face.get, room, square),
      own.set(select(square.get, own.get, i32.equal(cluster.get, before.get))),
      isLess.set(f64.less(square.get, least.get)),
      label.set(select(cluster.get, label.get, isLess.get)),
      second.set(lesser(second.get, greater(square.get, least.get))),
      least.set(lesser(square.get, least.get)),
      face.set(i32.add(face.get, i32.const(coordinates.length * PAIR))),
      cluster.set(i32.add(cluster.get, i32.const(1))),
    ]),
  ];
}

/** Stores near and margin of a row that was measured: its distance to its own centroid and to the next. */
function keepBounds(place: Places, row: Local, { label, own, next }: { label: Code; own: Code; next: Code }): Code[] {
  const margin = f64.sub(next, f64.mul(own, f64.const(1 + ROUNDING)));
  return [
    f64.store(place.near(row.get), f64.sub(own, f64.load(place.travelled(label)))),
    f64.store(place.margin(row.get), f64.add(margin, f64.load(place.closing(label)))),
  ];
}

/** Sets `square` to the squared distance from the coordinates to those at an address. */
function squareTo(coordinates: readonly Local[], from: Code, { sums, difference }: Room, square: Local): Code[] {
  const [even, odd] = sums;
  const parts = coordinates.flatMap((pair, index) => {
    const sum = index % 2 === 0 ? even : odd;
    const squared = f64x2.mul(difference.get, difference.get);
    return [
      difference.set(f64x2.sub(pair.get, f64x2.load(from, index * PAIR))),
      sum.set(index < 2 ? squared : f64x2.add(sum.get, squared)),
    ];
  });
  const whole = coordinates.length < 2 ? [] : [even.set(f64x2.add(even.get, odd.get))];
  return [...parts, ...whole, square.set(f64.add(f64x2.lane(even.get, 0), f64x2.lane(even.get, 1)))];
}

type Room = { sums: readonly [Local, Local]; difference: Local };

function roomOf(local: (type: "v128") => Local): Room {
  return { sums: [local("v128"), local("v128")], difference: local("v128") };
}

function pairsOf(local: (type: "v128") => Local, width: number): Local[] {
  return Array.from({ length: width / 2 }, () => local("v128"));
}

/** Where entry `index` of an array of entries of `size` bytes stands. */
function at(array: Local, index: Code, size: number): Code {
  return i32.add(array.get, i32.mul(index, i32.const(size)));
}

/** As pairs, for the lesser of two single numbers is a branch on some processors. */
function lesser(one: Code, other: Code): Code {
  return f64x2.lane(f64x2.min(f64x2.splat(one), f64x2.splat(other)), 0);
}

function greater(one: Code, other: Code): Code {
  return f64x2.lane(f64x2.max(f64x2.splat(one), f64x2.splat(other)), 0);
}
