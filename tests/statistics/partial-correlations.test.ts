import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { differenceOfCorrelations } from "../../server/statistics/difference-of-correlations.ts";
import { drawnLines } from "../../server/statistics/drawn-lines.ts";
import { type PartialCorrelation, partialCorrelations } from "../../server/statistics/partial-correlations.ts";
import { column, designOf, drawing, expectClose, reference, rowsWhere } from "./reference.ts";

type Numbers = Record<"left" | "right" | "r" | "simple" | "se" | "low" | "high" | "p" | "q" | "drawn", number[]> &
  Record<"n" | "retained" | "ess" | "condition" | "df", [number]>;
type Case = Numbers & {
  data: Record<"stratum" | "unit" | "w", number[]>;
  scores: (number | null)[][];
  members: number[];
  factors?: number[][];
  scale?: [number];
  rscales?: number[];
  out?: [number];
  inflation?: [number];
};
const { cases, difference }: { cases: Record<string, Case>; difference: Record<string, number[]> } =
  reference("partial_correlations");

function designOfCase({ data, factors, scale, rscales }: Case): Design {
  const plain = designOf(data.w, data.stratum, data.unit);
  if (!factors) return plain;
  const weights = factors.map((factor) => plain.weights.map((weight, row) => weight * factor[data.unit[row]!]!));
  return { ...plain, replicates: { weights, scale: scale![0], rscales: Float64Array.from(rscales!), mse: false } };
}

function estimated(design: Design, columns: readonly Float64Array[], members?: Int32Array) {
  const found = partialCorrelations(design, columns, members ?? rowsWhere(design.weights.length, () => true));
  if (found.kind !== "pairs") throw new Error(found.reason);
  return found;
}

const estimatedCase = (made: Case) =>
  estimated(designOfCase(made), made.scores.map(column), Int32Array.from(made.members));

describe.each(Object.entries(cases))("R, %s", (_name, made) => {
  const found = estimatedCase(made);

  test("who is complete, how many they are worth, what is left out", () => {
    expect(found.n).toBe(made.n[0]);
    expectClose(found.retained, made.retained[0], 1e-12);
    expect(found.warning).toBe(made.retained[0] < 0.8 ? "many-missing" : null);
    expectClose(found.effectiveSampleSize, made.ess[0], 1e-10);
    expectClose(found.conditionNumber, made.condition[0], 1e-8);
    expect(found.dropped.map((drop) => drop.column)).toEqual(made.out ?? []);
    if (made.inflation) expectClose(found.dropped[0]!.varianceInflation, made.inflation[0], 1e-8);
  });

  test("r by solve(cov.wt), its error by the design, limits, p, lines", () => {
    expect(found.pairs.map(({ left, right }) => [left, right])).toEqual(
      made.left.map((left, pair) => [left, made.right[pair]]),
    );
    const lines = drawnLines(found.pairs);
    for (const [place, pair] of found.pairs.entries()) {
      expect([pair.degreesOfFreedom, lines[place]!.drawn]).toEqual([made.df[0], made.drawn[place] === 1]);
      expectClose(pair.correlation, made.r[place]!, 1e-8);
      expectClose(pair.simple, made.simple[place]!, 1e-8);
      expectClose(pair.standardError, made.se[place]!, 1e-8);
      expectClose(pair.low, made.low[place]!, 1e-8);
      expectClose(pair.high, made.high[place]!, 1e-8);
      expectClose(pair.pValue, made.p[place]!, 1e-8);
      expectClose(lines[place]!.adjusted, made.q[place]!, 1e-8);
      expect(pair.signsDiffer).toBe(made.r[place]! * made.simple[place]! < 0);
    }
  });
});

test("R: the difference of two groups on Fisher's scale, with Satterthwaite's degrees of freedom", () => {
  const [one, other] = [estimatedCase(cases.weights_only!), estimatedCase(cases.lonely!)];
  one.pairs.forEach((pair, place) => {
    const got = differenceOfCorrelations(pair, other.pairs[place]!);
    expectClose(got.difference, difference.difference![place]!, 1e-8);
    expectClose(got.standardError, difference.se![place]!, 1e-8);
    expectClose(got.degreesOfFreedom, difference.df![place]!, 1e-8);
    expectClose(got.low, difference.low![place]!, 1e-8);
    expectClose(got.high, difference.high![place]!, 1e-8);
    expectClose(got.pValue, difference.p![place]!, 1e-8);
    const turned = differenceOfCorrelations(other.pairs[place]!, pair);
    expect([turned.difference, turned.low, turned.pValue]).toEqual([-got.difference, -got.high!, got.pValue]);
    expect(differenceOfCorrelations(pair, pair)).toMatchObject({ difference: 0, pValue: 1 });
    expect(differenceOfCorrelations(pair, { ...pair, pValue: null })).toMatchObject({ low: null, pValue: null });
  });
});

/** Scores of so many persons that share a cause, drawn; `columns` of them. */
function drawnScores(seed: number, persons: number, columns: number): Float64Array[] {
  const { normal } = drawing(seed);
  const causes = Array.from({ length: persons }, normal);
  return Array.from({ length: columns }, (_, place) =>
    Float64Array.from(causes, (cause) => 50 + 10 * ((place % 3) * 0.3 * cause + normal())),
  );
}

/** `members` all of them, each worth one answer. */
const equal = (persons: number) => simpleDesign(new Float64Array(persons).fill(1));

test("three columns: r₁₂ less what the third explains, (r₁₂ − r₁₃r₂₃)/√((1 − r₁₃²)(1 − r₂₃²))", () => {
  const { pairs } = estimated(equal(400), drawnScores(3, 400, 3));
  const [r12, r13, r23] = pairs.map(({ simple }) => simple) as [number, number, number];
  expectClose(pairs[0]!.correlation, (r12 - r13 * r23) / Math.sqrt((1 - r13 ** 2) * (1 - r23 ** 2)), 1e-11);
  expectClose(pairs[2]!.correlation, (r23 - r12 * r13) / Math.sqrt((1 - r12 ** 2) * (1 - r13 ** 2)), 1e-11);
});

describe("nothing changes", () => {
  const made = cases.clustered!;
  const design = designOfCase(made);
  const columns = made.scores.map(column);
  const members = Int32Array.from(made.members);
  const before = estimated(design, columns, members);
  const same = (after: PartialCorrelation[], sign: (pair: PartialCorrelation) => number = () => 1) => {
    expect(after).toHaveLength(before.pairs.length);
    before.pairs.forEach((pair, place) => {
      const other = after[place]!;
      expect(Math.abs(other.correlation - sign(pair) * pair.correlation)).toBeLessThan(1e-11);
      expectClose(other.standardError, pair.standardError, 1e-9);
      expectClose(other.pValue, pair.pValue!, 1e-7);
    });
  };

  test("when a score is measured on another scale; and when it is turned, its signs turn", () => {
    const rescaled = columns.map((own, place) => own.map((score) => 7 * place - 3 + score * 10 ** (place - 4)));
    same(estimated(design, rescaled, members).pairs);
    const turned = columns.map((own, place) => (place === 4 ? own.map((score) => 100 - score) : own));
    same(estimated(design, turned, members).pairs, ({ left, right }) => (left === 4 || right === 4 ? -1 : 1));
  });

  test("when persons stand in another order, or members are named in another", () => {
    const { uniform } = drawing(8);
    const keys = made.data.w.map(() => uniform());
    const order = [...made.data.w.keys()].sort((one, other) => keys[one]! - keys[other]!);
    const placeOf = new Int32Array(order.length);
    order.forEach((row, place) => {
      placeOf[row] = place;
    });
    const { stratum, unit, w } = made.data;
    const [weights, strata, units] = [w, stratum, unit].map((values) => order.map((row) => values[row]!));
    const shuffled = designOf(weights!, strata, units);
    const moved = columns.map((own) => Float64Array.from(order, (row) => own[row]!));
    const there = members.map((row) => placeOf[row]!).sort();
    same(estimated(shuffled, moved, there).pairs);
    same(estimated(design, columns, members.slice().reverse()).pairs);
  });

  test("when all weights are ten times as large, or somebody outside answers otherwise", () => {
    same(estimated({ ...design, weights: design.weights.map((weight) => 10 * weight) }, columns, members).pairs);
    const inside = new Set(members);
    const otherwise = columns.map((own) => own.map((score, row) => (inside.has(row) ? score : 1e6)));
    same(estimated(design, otherwise, members).pairs);
  });
});

describe("refused, or left out with notice", () => {
  const scores = drawnScores(5, 400, 5);

  test("fewer than 300 complete cases", () => {
    const some = (persons: number) => rowsWhere(400, (row) => row < persons);
    expect(partialCorrelations(equal(400), scores, some(300)).kind).toBe("pairs");
    expect(partialCorrelations(equal(400), scores, some(299))).toMatchObject({
      kind: "refused",
      reason: "few-answers",
      n: 299,
    });
    expect(partialCorrelations(equal(400), scores, some(0))).toMatchObject({
      reason: "few-answers",
      n: 0,
      retained: 0,
    });
    const gap = scores.map((own, place) => own.map((score, row) => (place === 2 && row > 298 ? Number.NaN : score)));
    expect(partialCorrelations(equal(400), gap, some(400))).toMatchObject({ reason: "few-answers", n: 299 });
  });

  test("an effective sample size below 200; fewer than 80 % complete only warns", () => {
    const uneven = simpleDesign(Float64Array.from({ length: 400 }, (_, row) => (row < 190 ? 1 : 1e-6)));
    const everyone = rowsWhere(400, () => true);
    expect(partialCorrelations(uneven, scores, everyone)).toMatchObject({ kind: "refused", reason: "few-effective" });
    const gap = (complete: number) =>
      scores.map((own, place) => own.map((score, row) => (place === 1 && row >= complete ? Number.NaN : score)));
    expect(estimated(equal(400), gap(319)).warning).toBe("many-missing");
    expect(estimated(equal(400), gap(320)).warning).toBeNull();
  });

  test("a copy, a sum and a constant leave; where fewer than three columns stay nothing is said", () => {
    const [a, b, c] = scores as [Float64Array, Float64Array, Float64Array];
    const total = a.map((score, row) => score + b[row]!);
    const constant = a.map(() => 0.1 + 0.2);
    const copies = estimated(equal(400), [a, b, c, a, constant, a]);
    expect(copies.dropped.map(({ column: place, reason }) => [place, reason])).toEqual([
      [4, "no-variance"],
      [5, "follows-from-others"],
      [3, "follows-from-others"],
    ]);
    const without = estimated(equal(400), [a, b, c]);
    expect(copies.pairs).toEqual(without.pairs);
    const summed = estimated(equal(400), [a, b, c, total]);
    expect(summed.dropped).toHaveLength(1);
    expect(summed.dropped[0]!.column).not.toBe(2);
    expect(summed.conditionNumber).toBeLessThanOrEqual(1000);
    const everyone = rowsWhere(400, () => true);
    for (const columns of [
      [a, b, total],
      [a, a, a],
      [a, b, constant],
    ])
      expect(partialCorrelations(equal(400), columns, everyone)).toMatchObject({ reason: "few-columns" });
  });

  test("what a caller must not give", () => {
    const everyone = rowsWhere(400, () => true);
    const infinite = scores.map((own) => own.map((score, row) => (row === 7 ? Number.POSITIVE_INFINITY : score)));
    const wrong: [Float64Array[], Int32Array][] = [
      [scores.slice(0, 2), everyone],
      [[], everyone],
      [scores.map((own) => own.slice(1)), everyone],
      [infinite, everyone],
      [scores, Int32Array.of(...everyone, 400)],
      [scores, Int32Array.of(-1, ...everyone)],
    ];
    for (const [columns, members] of wrong)
      expect(() => partialCorrelations(equal(400), columns, members)).toThrow(RangeError);
  });

  test("without degrees of freedom, or without a variance to be seen, there is r alone", () => {
    const alone = designOf(new Array(400).fill(1), undefined, new Array(400).fill(0));
    for (const pair of estimated(alone, scores).pairs)
      expect(pair).toMatchObject({ degreesOfFreedom: 0, low: null, high: null, pValue: null, understated: true });
    const oneOfEach = designOf(
      new Array(400).fill(1),
      Array.from({ length: 400 }, (_, row) => row % 2),
      Array.from({ length: 400 }, (_, row) => (row % 2) + (row < 350 ? 0 : 2)),
    );
    for (const pair of estimated(
      oneOfEach,
      scores,
      rowsWhere(400, (row) => row < 350),
    ).pairs) {
      expect(pair).toMatchObject({ degreesOfFreedom: 0, low: null, high: null, pValue: null, understated: false });
      expect(pair.standardError).toBeGreaterThan(0.001);
    }
    const twice = scores.map((own) => Float64Array.of(...own, ...own));
    const two = designOf(
      new Array(800).fill(1),
      undefined,
      Array.from({ length: 800 }, (_, row) => Number(row < 400)),
    );
    for (const pair of estimated(two, twice).pairs)
      expect(pair).toMatchObject({ degreesOfFreedom: 1, low: null, high: null, pValue: null });
  });
});

test("whatever was answered, in whatever design: numbers or nulls, r and its limits within −1 and 1", () => {
  const kinds = fc.constantFrom("normal", "binary", "rare", "huge", "tiny", "constant", "copy", "opposite", "gaps");
  const designs = fc.constantFrom("weights", "clusters", "few", "uneven", "replicates");
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.integer(), fc.array(kinds, { minLength: 3, maxLength: 9 }), designs, (seed, of, kind) => {
      const { normal, uniform, below } = drawing(seed);
      const base = Float64Array.from({ length: 340 }, normal);
      const columns = of.map((own) =>
        base.map((score) => {
          if (own === "binary") return Number(score + normal() > 0);
          if (own === "rare") return Number(uniform() < 0.003);
          if (own === "huge") return 1e12 + 1e3 * (score + normal());
          if (own === "tiny") return 1e-9 * (score + normal());
          if (own === "constant") return 40;
          if (own === "copy") return score;
          if (own === "opposite") return 100 - score;
          return own === "gaps" && uniform() < 0.05 ? Number.NaN : score + normal();
        }),
      );
      const plain = base.map(() => (kind === "uneven" ? Math.exp(normal()) : 1));
      const units = plain.map((_, row) => (kind === "few" ? row % 2 : kind === "weights" ? row : row % 17));
      const design = designOf([...plain], undefined, [...units]);
      const replicates = {
        weights: Array.from({ length: 6 }, () => plain.map(() => below(3))),
        scale: 1,
        rscales: new Float64Array(6).fill(1),
        mse: true,
      };
      const all = rowsWhere(340, () => true);
      const found = partialCorrelations(kind === "replicates" ? { ...design, replicates } : design, columns, all);
      seen.add(found.kind === "pairs" ? "pairs" : found.reason);
      expect(notNumbers(found)).toEqual([]);
      if (found.kind !== "pairs") return;
      for (const { correlation, low, high, pValue } of found.pairs) {
        expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
        if (low === null || high === null || pValue === null) continue;
        expect(-1 <= low && low <= correlation && correlation <= high && high <= 1).toBe(true);
        expect(pValue >= 0 && pValue <= 1).toBe(true);
      }
    }),
    { seed: 6, numRuns: 150 },
  );
  expect([...seen].sort()).toEqual(["few-answers", "few-columns", "few-effective", "pairs"]);
});

function notNumbers(answer: unknown, at = "answer"): string[] {
  if (typeof answer === "number") return Number.isFinite(answer) ? [] : [`${at} is ${answer}`];
  if (answer === null || typeof answer !== "object") return [];
  return Object.entries(answer).flatMap(([key, part]) => notNumbers(part, `${at}.${key}`));
}

test("a line is drawn where q ≤ .05 and |r| ≥ .10; a pair without test has none and is not counted", () => {
  const pair = (correlation: number, pValue: number | null) => ({ correlation, pValue });
  const pairs = [pair(0.1, 0.02), pair(-0.1, 0.025), pair(0.0999, 1e-9), pair(0.5, null), pair(0.3, 0.06)];
  expect(drawnLines(pairs).map(({ drawn }) => drawn)).toEqual([true, true, false, false, false]);
  expect(drawnLines(pairs)[3]!.adjusted).toBeNull();
  expectClose(drawnLines(pairs)[0]!.adjusted, 0.025 * (4 / 3), 1e-12);
  expect(drawnLines(pairs, 36).map(({ drawn }) => drawn)).toEqual([false, false, false, false, false]);
  expect(drawnLines([])).toEqual([]);
});

const [SAMPLES, STRATA, CLUSTERS, DRAWN, TAKEN, DIMENSIONS] = [400, 5, 300, 16, 8, 9];

/** 5 strata of 300 clusters of 4 to 36 persons: nine scores of three causes, every third skewed or none. */
function makePopulation(skewed: boolean): Float64Array[][][] {
  const { normal, below } = drawing(20252);
  const loads = Array.from({ length: DIMENSIONS }, () => Array.from({ length: 3 }, () => 0.6 * normal()));
  return Array.from({ length: STRATA }, (_, stratum) =>
    Array.from({ length: CLUSTERS }, () => {
      const size = 4 + below(33);
      const moods = Array.from({ length: 3 }, () => 0.4 * normal());
      const levels = loads.map((_, place) => 0.3 * normal() - 0.05 * size + (place % 4 === 0 ? 0.2 * stratum : 0));
      return Array.from({ length: size }, () => {
        const causes = moods.map((mood) => mood + normal());
        return Float64Array.from(loads, (load, place) => {
          const score = levels[place]! + normal() + load.reduce((sum, own, cause) => sum + own * causes[cause]!, 0);
          return skewed && place % 3 === 1 ? Math.exp(score / 3) : score;
        });
      });
    }),
  );
}

/** 16 clusters a stratum, drawn with replacement, 8 persons of each at most. */
function drawSample(population: Float64Array[][][], { below }: ReturnType<typeof drawing>) {
  const persons: Float64Array[] = [];
  const [weights, strata, units] = [[] as number[], [] as number[], [] as number[]];
  population.forEach((clusters, stratum) => {
    for (let draw = 0; draw < DRAWN; draw++) {
      const taken = clusters[below(CLUSTERS)]!.slice();
      const size = taken.length;
      while (taken.length > TAKEN) taken.splice(below(taken.length), 1);
      for (const person of taken) {
        persons.push(person);
        weights.push(size / taken.length);
        strata.push(stratum);
        units.push(stratum * DRAWN + draw);
      }
    }
  });
  const columns = Array.from({ length: DIMENSIONS }, (_, place) => Float64Array.from(persons, (own) => own[place]!));
  return { design: designOf(weights, strata, units), columns };
}

test.each([false, true])(
  "400 clustered, weighted samples of nine scores: .93 to .97 of the intervals hold r (seconds); skewed: %s",
  (skewed) => {
    const population = makePopulation(skewed);
    const everyone = population.flat(2);
    const all = Array.from({ length: DIMENSIONS }, (_, place) => Float64Array.from(everyone, (own) => own[place]!));
    const truth = estimated(equal(everyone.length), all).pairs;
    const draws = drawing(12);
    let [inside, asIfSingle, pairs, size] = [0, 0, 0, 0];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const { design, columns } = drawSample(population, draws);
      const found = estimated(design, columns);
      size += found.n / SAMPLES;
      found.pairs.forEach(({ correlation, low, high }, place) => {
        const r = truth[place]!.correlation;
        pairs++;
        if (low! <= r && r <= high!) inside++;
        const reach = 1.959964 / Math.sqrt(found.n - DIMENSIONS - 1); // Fisher's own error: n − 3 less the seven others
        if (Math.abs(Math.atanh(correlation) - Math.atanh(r)) <= reach) asIfSingle++;
      });
    }
    console.info(
      `${SAMPLES} samples${skewed ? ", skewed," : ""} of about ${size.toFixed(0)}, ${pairs} intervals: ${((100 * inside) / pairs).toFixed(1)} % hold r; ` +
        `as if drawn singly and normal ${((100 * asIfSingle) / pairs).toFixed(1)} %`,
    );
    expect(pairs).toBe(36 * SAMPLES);
    expect(Math.abs(inside / pairs - 0.95)).toBeLessThanOrEqual(0.02);
    expect(asIfSingle / pairs).toBeLessThan(0.93); // who ignores the design is wrong, so the test can tell
  },
);
