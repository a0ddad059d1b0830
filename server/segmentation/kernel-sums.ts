import { type Code, type FunctionText, f64, f64x2, i32, type Local, repeatWhile } from "./assembler.ts";

const WORD = 4;
const DOUBLE = 8;
const PAIR = 16;

/**
 * Adds every row to the sums of its cluster.
 *
 *   sums_cd += w_i·z_id;   heavy_cp += w_i,  many_cp += 1  for the row's pattern p
 *
 * What clusters hold by pattern says what they hold by coordinate, with far less to add.
 */
export function sumRows(width: number): FunctionText {
  return {
    name: "sumRows",
    result: "i32",
    body: ({ parameter, local }) => {
      const rows = parameter();
      const places = placesOf(parameter);
      const labels = parameter();
      const row = local("i32");
      const room = { cell: local("i32"), factor: local("v128") };
      return [
        repeatWhile(i32.less(row.get, rows.get), [
          ...addRow(width, places, room, { row: row.get, cluster: i32.load(at(labels, row.get, WORD)), sign: 1 }),
          row.set(i32.add(row.get, i32.const(1))),
        ]),
        rows.get,
      ];
    },
  };
}

/** Takes `count` rows, listed in `changed`, out of the sums of the clusters they have left and into those they are in. */
export function sumChanges(width: number): FunctionText {
  return {
    name: "sumChanges",
    result: "i32",
    body: ({ parameter, local }) => {
      const count = parameter();
      const places = placesOf(parameter);
      const [labels, changed, left] = [parameter(), parameter(), parameter()];
      const [index, row] = [local("i32"), local("i32")];
      const room = { cell: local("i32"), factor: local("v128") };
      return [
        repeatWhile(i32.less(index.get, count.get), [
          row.set(i32.load(at(changed, index.get, WORD))),
          ...addRow(width, places, room, { row: row.get, cluster: i32.load(at(left, index.get, WORD)), sign: -1 }),
          ...addRow(width, places, room, { row: row.get, cluster: i32.load(at(labels, row.get, WORD)), sign: 1 }),
          index.set(i32.add(index.get, i32.const(1))),
        ]),
        count.get,
      ];
    },
  };
}

type Places = ReturnType<typeof placesOf>;

function placesOf(parameter: () => Local) {
  const [patterns, values, weights, pattern] = [parameter(), parameter(), parameter(), parameter()];
  const [sums, heavy, many] = [parameter(), parameter(), parameter()];
  return { patterns, values, weights, pattern, sums, heavy, many };
}

function addRow(
  width: number,
  { patterns, values, weights, pattern, sums, heavy, many }: Places,
  { cell, factor }: { cell: Local; factor: Local },
  { row, cluster, sign }: { row: Code; cluster: Code; sign: 1 | -1 },
): Code[] {
  const weight = f64.mul(f64.load(at(weights, row, DOUBLE)), f64.const(sign));
  const from = at(values, row, width * DOUBLE);
  return [
    cell.set(i32.add(i32.mul(cluster, patterns.get), i32.load(at(pattern, row, WORD)))),
    f64.store(at(heavy, cell.get, DOUBLE), f64.add(f64.load(at(heavy, cell.get, DOUBLE)), weight)),
    i32.store(at(many, cell.get, WORD), i32.add(i32.load(at(many, cell.get, WORD)), i32.const(sign))),
    factor.set(f64x2.splat(weight)),
    cell.set(at(sums, cluster, width * DOUBLE)),
    ...Array.from({ length: width / 2 }, (_, pair) =>
      f64x2.store(
        cell.get,
        f64x2.add(f64x2.load(cell.get, pair * PAIR), f64x2.mul(factor.get, f64x2.load(from, pair * PAIR))),
        pair * PAIR,
      ),
    ),
  ];
}

/** Where entry `index` of an array of entries of `size` bytes stands. */
function at(array: Local, index: Code, size: number): Code {
  return i32.add(array.get, i32.mul(index, i32.const(size)));
}
