import { describe, expect, it } from "vitest";
import {
  amountIn,
  BY_MONTH,
  BY_QUARTER,
  BY_YEAR,
  type Merged,
  type MonthlyCounts,
  mergePeriods,
  monthCode,
  monthOf,
  quarterCode,
  UNTOLD,
  yearCode,
} from "../../server/disclosure/merge-periods.ts";
import { drawing } from "../statistics/reference.ts";

const K = 10;
const NEVER = () => false;

function counted(
  first: string,
  kind: "stock" | "flow",
  places: Record<string, number[]>,
  rest?: number[],
): MonthlyCounts {
  const rows = Object.values(places);
  const left = Float64Array.from(rows[0]!, (_, month) => rest?.[month] ?? 0);
  return {
    first: monthOf(first),
    kind,
    everyone: left.map((value, month) => rows.reduce((sum, row) => sum + (row[month] || 0), value)),
    places: new Map(Object.entries(places).map(([place, row]) => [place, Float64Array.from(row)])),
    rest: left,
  };
}
const merge = (counts: MonthlyCounts, wasShown: (place: string | null, period: string) => boolean = NEVER) =>
  mergePeriods(counts, { fewest: K, wasShown });

/** Everything that readers are told: periods with their months, place by place. */
function toldSums(counts: MonthlyCounts, merged: Merged): { place: string | null; period: string; months: number[] }[] {
  const months = [...counts.everyone.keys()];
  const start = Math.floor(counts.first / 3);
  return [...merged].flatMap(([place, told]) => {
    const periods = new Map<string, number[]>();
    for (const month of months) {
      const at = counts.first + month;
      const level = told[Math.floor(at / 3) - start];
      if (level === UNTOLD) continue;
      const period =
        level === BY_MONTH
          ? monthCode(at)
          : level === BY_QUARTER
            ? quarterCode(Math.floor(at / 3))
            : yearCode(Math.floor(at / 12));
      periods.set(period, [...(periods.get(period) ?? []), month]);
    }
    return [...periods].map(([period, own]) => ({ place, period, months: own }));
  });
}

/** Atoms: a place (or the rest) in a month. A sum that readers can make is a vector that the told sums span. */
function spanOf(counts: MonthlyCounts, sums: readonly { place: string | null; months: number[] }[]) {
  const places = [...counts.places.keys(), "rest"];
  const width = counts.everyone.length;
  const atom = (place: string, month: number) => places.indexOf(place) * width + month;
  const rows = sums.map(({ place, months }) => {
    const row = new Array<number>(places.length * width).fill(0);
    for (const month of months) for (const own of place === null ? places : [place]) row[atom(own, month)] = 1;
    return row;
  });
  const basis: { pivot: number; row: number[] }[] = [];
  const reduce = (row: number[]) => {
    for (const { pivot, row: other } of basis) {
      const factor = row[pivot]!;
      if (Math.abs(factor) > 1e-9)
        for (let column = 0; column < row.length; column++) row[column]! -= factor * other[column]!;
    }
    return row;
  };
  for (const row of rows) {
    const left = reduce(row.slice());
    const pivot = left.findIndex((value) => Math.abs(value) > 1e-9);
    if (pivot < 0) continue;
    const scaled = left.map((value) => value / left[pivot]!);
    for (const one of basis) {
      const factor = one.row[pivot]!;
      one.row = one.row.map((value, column) => value - factor * scaled[column]!);
    }
    basis.push({ pivot, row: scaled });
  }
  const isSpanned = (atoms: readonly number[]) => {
    const row = new Array<number>(places.length * width).fill(0);
    for (const one of atoms) row[one] = 1;
    return reduce(row).every((value) => Math.abs(value) < 1e-6);
  };
  const countOf = (one: number) => {
    const place = places[Math.floor(one / width)]!;
    return (place === "rest" ? counts.rest : counts.places.get(place)!)[one % width] || 0;
  };
  const personsOf = (atoms: readonly number[]) => {
    const byMonth = new Map<number, number>();
    for (const one of atoms) byMonth.set(one % width, (byMonth.get(one % width) ?? 0) + countOf(one));
    const values = [...byMonth.values()];
    return counts.kind === "flow" ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  };
  /** Atoms of a set are those of persons: a place without any in a month may be in it or not. */
  const isLeak = (atoms: readonly number[]) => {
    const persons = personsOf(atoms);
    return persons > 0 && persons < K && isSpanned(atoms);
  };
  return { places, atom, isLeak };
}

function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  return subsets(others).flatMap((set) => [set, [first, ...set]]);
}

describe("buckets of fewer than ten persons", () => {
  it("a small month makes its quarter one; the other quarters stay by month", () => {
    const merged = merge(counted("2020-01", "stock", { a: [30, 9, 31, 30, 30, 30], b: [50, 50, 50, 50, 50, 50] }));
    expect(merged.get("a")).toEqual([BY_QUARTER, BY_MONTH]);
    expect(merged.get(null)).toEqual([BY_MONTH, BY_MONTH]);
    // Everyone less b would be a: b is told by quarter with it.
    expect(merged.get("b")).toEqual([BY_QUARTER, BY_MONTH]);
  });
  it("9, 10 and 0 lie on either side of the limit", () => {
    const two = (value: number) => counted("2020-01", "stock", { a: [20, value, 20], b: [40, 40, 40] });
    expect(merge(two(9)).get("a")).toEqual([BY_QUARTER]);
    expect(merge(two(1)).get("a")).toEqual([BY_QUARTER]);
    for (const value of [0, 10, Number.NaN]) expect(merge(two(value)).get("a")).toEqual([BY_MONTH]);
  });
  it("a quarter that is too few makes its year one, a year that is too few is untold", () => {
    const year = (value: number) => Array.from({ length: 12 }, (_, month) => (month < 3 ? value : 3 * value));
    const large = { c: Array.from({ length: 12 }, () => 200), d: year(20) };
    const merged = merge(counted("2019-01", "stock", { a: year(5), ...large }));
    expect(merged.get("a")).toEqual([BY_YEAR, BY_YEAR, BY_YEAR, BY_YEAR]);
    // Everyone by quarter less the others would be a: the smallest of them is told by year with it.
    expect([merged.get("c"), merged.get("d")]).toEqual([new Array(4).fill(BY_MONTH), new Array(4).fill(BY_YEAR)]);
    const untold = merge(counted("2019-01", "stock", { b: year(2), ...large }));
    expect(untold.get("b")).toEqual([UNTOLD, UNTOLD, UNTOLD, UNTOLD]);
  });
  it("of a flow the persons of three months add up, of a stock they may be the same", () => {
    const places = { a: [4, 4, 4], b: [40, 40, 40], c: [40, 40, 40] };
    expect(merge(counted("2020-01", "flow", places)).get("a")).toEqual([BY_QUARTER]);
    expect(merge(counted("2020-01", "stock", places)).get("a")).toEqual([UNTOLD]);
    expect(amountIn([4, Number.NaN, 8], "flow")).toBe(12);
    expect(amountIn([4, Number.NaN, 8], "stock")).toBe(6);
  });
  it("a quarter or year that is not over is no bucket: it would be told again when it has grown", () => {
    const merged = merge(counted("2020-01", "stock", { a: [30, 30, 30, 9, 30], b: [50, 50, 50, 50, 50] }));
    expect(merged.get("a")).toEqual([BY_MONTH, UNTOLD]);
    expect(merged.get("b")).toEqual([BY_MONTH, UNTOLD]);
  });
  it("few of everyone outside the shown places are a group too", () => {
    const merged = merge(counted("2020-01", "stock", { a: [30, 30, 30], b: [50, 50, 50] }, [4, 4, 4]));
    expect(merged.get("a")).toEqual([UNTOLD]);
    expect(merge(counted("2020-01", "stock", { a: [30, 30, 30], b: [50, 50, 50] }, [14, 0, 10])).get("a")).toEqual([
      BY_MONTH,
    ]);
  });
  it("one place alone, small, takes everyone with it", () => {
    const merged = merge(counted("2020-01", "stock", { a: [30, 9, 30] }));
    expect([merged.get("a"), merged.get(null)]).toEqual([[BY_QUARTER], [BY_QUARTER]]);
  });
});

describe("what has been told before", () => {
  const places = { a: [30, 30, 9], b: [50, 50, 50] };
  it("months that readers have seen are in no bucket", () => {
    const counts = counted("2020-01", "stock", places);
    const merged = merge(counts, (place, period) => place === "a" && period === "2020-01");
    expect(merged.get("a")).toEqual([UNTOLD]);
  });
  it("another place is told more coarsely instead of one that has been told", () => {
    const counts = counted("2020-01", "stock", { ...places, c: [60, 60, 60] });
    expect(merge(counts).get("b")).toEqual([BY_QUARTER]);
    const merged = merge(counts, (place, period) => place === "b" && period.startsWith("2020-0"));
    expect([merged.get("b"), merged.get("c")]).toEqual([[BY_MONTH], [BY_QUARTER]]);
  });
  it("a bucket once told keeps its months untold", () => {
    const counts = counted("2020-01", "stock", { a: [30, 30, 30], b: [50, 50, 50] });
    const shown = (place: string | null, period: string) => place !== null && period === "2020-Q1";
    const merged = merge(counts, shown);
    expect([merged.get("a"), merged.get("b")]).toEqual([[BY_QUARTER], [BY_QUARTER]]);
  });
  it("month by month, release by release: all that was ever told, together, tells no small group", () => {
    const { below } = drawing(77);
    for (let drawn = 0; drawn < 25; drawn++) {
      const months = 15;
      const whole = Object.fromEntries(
        ["a", "b", "c"].map((place) => [place, Array.from({ length: months }, () => below(4) * below(14))]),
      );
      const kind = drawn % 2 === 0 ? "flow" : "stock";
      const ever = new Map<string, { place: string | null; months: number[] }>();
      for (let length = 1; length <= months; length++) {
        const places = Object.fromEntries(Object.entries(whole).map(([place, row]) => [place, row.slice(0, length)]));
        const counts = counted("2020-01", kind, places);
        const merged = merge(counts, (place, period) => ever.has(`${place} ${period}`));
        for (const { place, period, months: own } of toldSums(counts, merged)) {
          const values = own.map((month) => (place === null ? counts.everyone : counts.places.get(place)!)[month]!);
          const amount = amountIn(values, kind);
          if (amount === 0 || amount >= K) ever.set(`${place} ${period}`, { place, months: own });
        }
      }
      expectNoLeak(counted("2020-01", kind, whole), [...ever.values()], `draw ${drawn}`);
    }
  });
});

/** Every group of some places in one month, some months of a quarter, some quarters of a year. */
function expectNoLeak(
  counts: MonthlyCounts,
  sums: readonly { place: string | null; months: number[] }[],
  what: string,
) {
  const { places, atom, isLeak } = spanOf(counts, sums);
  const blocks = [counts.everyone.length > 3 ? [3, 12] : [3]].flat();
  for (const length of blocks)
    for (let from = 0; from < counts.everyone.length; from += length) {
      const months = [...counts.everyone.keys()].slice(from, from + length);
      const parts =
        length === 3 ? months.map((month) => [month]) : [0, 3, 6, 9].map((step) => months.slice(step, step + 3));
      for (const chosen of subsets(parts))
        for (const group of subsets(places)) {
          const atoms = group.flatMap((place) => chosen.flat().map((month) => atom(place, month)));
          if (isLeak(atoms)) expect.fail(`${what}: ${group.join("+")} in months ${chosen.flat().join(" ")}`);
        }
    }
}

describe("no group of 1 to 9 can be computed from what is told (drawn counts)", () => {
  it.each(["flow", "stock"] as const)("one quarter, every set of places and months: %s", (kind) => {
    const { below } = drawing(kind === "flow" ? 31 : 32);
    let merges = 0;
    for (let drawn = 0; drawn < 60; drawn++) {
      const row = () => Array.from({ length: 3 }, () => below(3) * below(12));
      const counts = counted("2020-01", kind, { a: row(), b: row(), c: row() }, drawn % 3 === 0 ? row() : [0, 0, 0]);
      const merged = merge(counts);
      if ([...merged.values()].flat().some((level) => level === BY_QUARTER)) merges++;
      const { places, atom, isLeak } = spanOf(counts, toldSums(counts, merged));
      const atoms = places.flatMap((place) => [0, 1, 2].map((month) => atom(place, month)));
      for (const set of subsets(atoms)) if (isLeak(set)) expect.fail(`draw ${drawn}: ${set}`);
    }
    expect(merges).toBeGreaterThan(10);
  });
  it.each(["flow", "stock"] as const)("two years: %s", (kind) => {
    const { below } = drawing(kind === "flow" ? 41 : 42);
    const seen = new Set<number>();
    for (let drawn = 0; drawn < 40; drawn++) {
      const row = (height: number) => Array.from({ length: 24 }, () => below(4) * below(height));
      const counts = counted("2019-01", kind, { a: row(4), b: row(8), c: row(30) }, row(drawn % 2 === 0 ? 1 : 6));
      const merged = merge(counts);
      for (const level of [...merged.values()].flat()) seen.add(level);
      expectNoLeak(counts, toldSums(counts, merged), `draw ${drawn}`);
    }
    expect([...seen].sort()).toEqual([BY_MONTH, BY_QUARTER, BY_YEAR, UNTOLD]);
  });
  it("and without looking at what is left over it can: the check sees a leak", () => {
    const counts = counted("2020-01", "stock", { a: [30, 9, 30], b: [50, 50, 50] });
    const alone: Merged = new Map([
      [null, [BY_MONTH]],
      ["a", [BY_QUARTER]],
      ["b", [BY_MONTH]],
    ]);
    expect(() => expectNoLeak(counts, toldSums(counts, alone), "alone")).toThrow(/a/);
  });
});

it("writes months, quarters and years as codes", () => {
  expect(monthCode(monthOf("2020-04"))).toBe("2020-04");
  expect(monthCode(monthOf("0987-12") + 1)).toBe("0988-01");
  expect(quarterCode(Math.floor(monthOf("2020-06") / 3))).toBe("2020-Q2");
  expect(yearCode(Math.floor(monthOf("2020-12") / 12))).toBe("2020");
});
