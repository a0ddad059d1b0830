import { describe, expect, test } from "vitest";
import { createRandom, drawNormals, type Random } from "../../server/segmentation/random.ts";
import { type Design, simpleDesign } from "../../server/statistics/design.ts";
import { criticalStudent } from "../../server/statistics/distributions/student.ts";
import { driverImportance } from "../../server/statistics/driver-importance.ts";
import { driverInteractions } from "../../server/statistics/driver-interactions.ts";
import { type Drivers, type DriversQuestion, driversOf } from "../../server/statistics/drivers.ts";
import { shapleyImportance } from "../../server/statistics/shapley-importance.ts";
import { tested, weightedRegression } from "../../server/statistics/weighted-regression.ts";
import { farthest, made, sharedSample, worst } from "./drivers-reference.ts";
import { drawing, rowsWhere } from "./reference.ts";

const seeded = (seed: number) => createRandom(seed.toString(16).padStart(32, "a"));

/** The drivers of a population that has them. */
function answered(question: DriversQuestion, draws = 100): Drivers {
  const answer = driversOf(question, { random: seeded(1), draws });
  if (answer.kind !== "drivers") throw new Error(`drivers expected, not ${answer.kind}`);
  return answer;
}

describe("the shared oracle: life satisfaction and eight scores", () => {
  const { expected, ...sample } = sharedSample();
  const question = { ...sample, population: "everyone" } as const;
  const answer = answered(question, 500);
  const { b, b_se_linearised, p, lmg, r2 } = expected.synth_weighted;

  test("slopes per 10 points, R², and each driver's share of it", () => {
    expect([answer.n, answer.retained, answer.fewRetained]).toEqual([1106, 1, false]);
    expect(Math.abs(answer.rSquared - r2)).toBeLessThan(1e-9);
    expect(
      farthest(
        answer.drivers.map(({ importance }) => importance.share * answer.rSquared),
        lmg,
      ),
    ).toBeLessThan(1e-9);
    const slopes = answer.drivers.map(({ perTenPoints }) => perTenPoints);
    expect(
      worst(
        slopes.map(({ estimate }) => estimate / 10),
        b.slice(1),
      ),
    ).toBeLessThan(1e-7);
    expect(
      worst(
        slopes.map(({ standardError }) => standardError / 10),
        b_se_linearised.slice(1),
      ),
    ).toBeLessThan(1e-7);
    expect(
      worst(
        slopes.map(({ pValue }) => pValue!),
        p.slice(1),
      ),
    ).toBeLessThan(1e-7);
    for (const { estimate, standardError, low, high } of slopes)
      expect(
        farthest(
          [low!, high!],
          [-1, 1].map((side) => estimate + side * criticalStudent(1092) * standardError),
        ),
      ).toBeLessThan(1e-9);
  });

  test("each share and rank lies in its interval, drivers differ as their order says, and none is inseparable", () => {
    const shares = answer.drivers.map(({ importance }) => importance.share);
    answer.drivers.forEach(({ importance, inseparableFrom, opposite, varianceInflation }) => {
      const rank = 1 + shares.filter((other) => other > importance.share).length;
      expect(importance.low!).toBeLessThan(importance.share);
      expect(importance.high!).toBeGreaterThan(importance.share);
      expect(importance.bestRank!).toBeLessThanOrEqual(rank);
      expect(importance.worstRank!).toBeGreaterThanOrEqual(rank);
      expect([inseparableFrom, opposite, varianceInflation < 2]).toEqual([null, false, true]);
    });
    const place = (name: string) => sample.input.order.indexOf(name) - 1;
    expect(answer.differing).toContainEqual([place("social"), place("education")]);
    expect(answer.differing).not.toContainEqual([place("social"), place("health")]); // .275 and .249 of R², n = 1106
    for (const [more, less] of answer.differing) expect(shares[more]!).toBeGreaterThan(shares[less]!);
  });

  test("the same random numbers give the same answer, others another interval of the same share", () => {
    const of = (seed: number) => driversOf(question, { random: seeded(seed), draws: 20 });
    expect(of(5)).toEqual(of(5));
    const [one, other] = [of(5), of(6)] as [Drivers, Drivers];
    expect(one.drivers[0]!.importance.share).toBe(other.drivers[0]!.importance.share);
    expect(one.drivers[0]!.importance.low).not.toBe(other.drivers[0]!.importance.low);
  });
});

describe("whom drivers speak of, and when they say nothing", () => {
  const { normal, uniform } = drawing(23);
  const persons = 400;
  const all = rowsWhere(persons, () => true);
  const design = simpleDesign(Float64Array.from(all, () => 0.5 + uniform()));
  const score = () => Float64Array.from(all, () => 100 * uniform());
  const drivers = [score(), score(), score()];
  const outcome = drivers[0]!.map((one, row) => 20 + 0.3 * one + 0.3 * drivers[1]![row]! + 8 * normal());
  const question: DriversQuestion = { design, outcome, drivers, members: all, population: "everyone" };
  const ask = (change: Partial<DriversQuestion>) =>
    driversOf({ ...question, ...change }, { random: seeded(2), draws: 10 });
  const first = (count: number) => all.slice(0, count);

  test("200 complete cases, or 20 a driver; 300 for a segment's own model", () => {
    expect(ask({ members: first(200) }).kind).toBe("drivers");
    expect(ask({ members: first(199) })).toEqual({
      kind: "too-few",
      n: 199,
      retained: 1,
      fewRetained: false,
      needed: 200,
    });
    expect(ask({ members: first(299), population: "segment" })).toMatchObject({ kind: "too-few", needed: 300 });
    expect(ask({ members: first(300), population: "segment" }).kind).toBe("drivers");
    const eleven = [...drivers, ...Array.from({ length: 8 }, score)];
    expect(ask({ drivers: eleven, members: first(219) })).toMatchObject({ kind: "too-few", needed: 220 });
    expect(ask({ drivers: eleven, members: first(220) }).kind).toBe("drivers");
    expect(ask({ members: Int32Array.of() })).toMatchObject({ kind: "too-few", n: 0, retained: 0, fewRetained: true });
  });

  test("a person counts with every score valid, and a warning says when fewer than 80 % do", () => {
    const gaps = (until: number) => drivers[2]!.map((one, row) => (row < until ? Number.NaN : one));
    const enough = ask({ drivers: [drivers[0]!, drivers[1]!, gaps(80)] });
    expect(enough).toMatchObject({ n: 320, retained: 0.8, fewRetained: false });
    expect(ask({ drivers: [drivers[0]!, drivers[1]!, gaps(81)] })).toMatchObject({ n: 319, fewRetained: true });
    expect(ask({ outcome: outcome.map((one, row) => (row < 40 ? Number.NaN : one)) })).toMatchObject({ n: 360 });
    const kept = ask({ members: all.slice(80) }) as Drivers;
    expect((enough as Drivers).drivers[0]!.perTenPoints.estimate).toBe(kept.drivers[0]!.perTenPoints.estimate);
  });

  test("R² below .10 explains little; what does not vary cannot be estimated", () => {
    const noise = Float64Array.from(all, () => 50 + 10 * normal());
    expect(ask({ outcome: noise })).toMatchObject({ kind: "explains-little", n: 400 });
    const mixed = (share: number) => ask({ outcome: noise.map((one, row) => one + share * outcome[row]!) });
    const [below, above] = [mixed(0.2), mixed(0.3)] as [{ rSquared: number }, Drivers];
    expect(below).toMatchObject({ kind: "explains-little" });
    expect(above.kind).toBe("drivers");
    expect(below.rSquared).toBeLessThan(0.1);
    expect(above.rSquared).toBeGreaterThanOrEqual(0.1);
    expect(ask({ outcome: noise.map(() => 70) }).kind).toBe("not-estimable");
    expect(ask({ drivers: [...drivers, drivers[1]!] }).kind).toBe("not-estimable");
    expect(ask({ outcome: drivers[0]! }).kind).toBe("not-estimable");
  });

  test("VIF above 5, or a slope against the simple correlation: inseparable from the nearest", () => {
    const nearly = (spread: number) => drivers[0]!.map((one) => one + spread * normal());
    const twins = answered({ ...question, drivers: [...drivers, nearly(8)] });
    expect(twins.drivers.map(({ inseparableFrom }) => inseparableFrom)).toEqual([3, null, null, 0]);
    expect(twins.drivers[0]!.varianceInflation).toBeGreaterThan(5);
    const cousins = answered({ ...question, drivers: [...drivers, nearly(16)] });
    expect(cousins.drivers[0]!.varianceInflation).toBeGreaterThan(4);
    expect(cousins.drivers[0]!.inseparableFrom).toBeNull();
    // It goes together with the outcome only through the first driver, from which it takes off.
    const against = nearly(30);
    const turned = outcome.map((one, row) => one + 0.3 * drivers[0]![row]! - 0.25 * against[row]!);
    const told = answered({ ...question, outcome: turned, drivers: [...drivers, against] }).drivers[3]!;
    expect(told).toMatchObject({ opposite: true, inseparableFrom: 0 });
    expect(told.varianceInflation).toBeLessThan(5);
    expect(told.perTenPoints.estimate).toBeLessThan(0);
  });

  test("one driver has all of R²; above twelve, shares still add up to 1", () => {
    const [only] = answered({ ...question, drivers: [drivers[0]!] }).drivers;
    expect(only).toMatchObject({ varianceInflation: 1, inseparableFrom: null });
    expect(only!.importance).toEqual({ share: 1, low: 1, high: 1, bestRank: 1, worstRank: 1 });
    const thirteen = [...drivers, ...Array.from({ length: 10 }, score)];
    const many = answered({ ...question, drivers: thirteen }, 20).drivers;
    expect(many.reduce((total, { importance }) => total + importance.share, 0)).toBeCloseTo(1, 12);
    expect(many.every(({ importance }) => importance.low! < importance.high!)).toBe(true);
  });

  test("a column too short, no driver, an infinite score, one draw: a caller's mistake", () => {
    expect(() => ask({ drivers: [drivers[0]!.slice(1)] })).toThrow(RangeError);
    expect(() => ask({ drivers: [] })).toThrow(RangeError);
    expect(() => ask({ outcome: outcome.with(3, Number.POSITIVE_INFINITY) })).toThrow(RangeError);
    expect(() => driversOf(question, { random: seeded(1), draws: 1 })).toThrow(RangeError);
  });
});

describe("intervals of importance by the design", () => {
  test("replicate weights: R's withReplicates of the shares, nothing drawn, and ranks by what clearly differs", () => {
    const replicated = made.filter(({ expected }) => expected.shares);
    expect(replicated.map(({ name }) => name)).toEqual(["JKn", "bootstrap"]);
    for (const { design, outcome, drivers, rows, expected } of replicated) {
      const model = weightedRegression(design, outcome, drivers, rows)!;
      const found = driverImportance(design, model.spread, { random: seeded(1) })!;
      const { share, se, df } = expected.shares!;
      const limit = (side: number) =>
        share.map((one, at) => Math.max(0, Math.min(1, one + side * criticalStudent(df[0]!) * se[at]!)));
      expect(
        farthest(
          found.drivers.map((one) => one.share),
          share,
        ),
      ).toBeLessThan(1e-12);
      expect(
        farthest(
          found.drivers.map((one) => one.low!),
          limit(-1),
        ),
      ).toBeLessThan(1e-9);
      expect(
        farthest(
          found.drivers.map((one) => one.high!),
          limit(1),
        ),
      ).toBeLessThan(1e-9);
      expect(driverImportance(design, model.spread, { random: seeded(2) })).toEqual(found);
    }
    const { design, outcome, drivers, rows } = replicated[1]!;
    const { spread } = weightedRegression(design, outcome, drivers, rows)!;
    const found = driverImportance(design, spread, { random: seeded(1) })!;
    expect(found.differing).toEqual([
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ]); // .45 and .43 of R² against .07 and .05
    expect(found.drivers.map(({ bestRank, worstRank }) => [bestRank, worstRank])).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
  });

  test("none where the population lies in one unit a stratum", () => {
    const { outcome, drivers, rows, design } = made.find(({ name }) => name === "weights")!;
    const one: Design = { ...design, strata: new Int32Array(outcome.length), units: new Int32Array(outcome.length) };
    const { spread } = weightedRegression(one, outcome, drivers, rows)!;
    const found = driverImportance(one, spread, { random: seeded(1) })!;
    expect(found.drivers.map(({ low, bestRank }) => [low, bestRank])).toEqual(drivers.map(() => [null, null]));
    expect(found.differing).toEqual([]);
  });
});

describe("segments beside the others", () => {
  test.each(made)("R's svyglm(y ~ seg·x): own slopes and their differences from the others': $name", (one) => {
    const found = driverInteractions(one);
    if (found.kind !== "interactions") throw new Error(found.kind);
    const told = found.segments.flatMap((segment) => (segment.kind === "drivers" ? segment.drivers : []));
    const { n, ...expected } = one.expected.interactions;
    expect(found.n).toBe(n[0]);
    for (const part of ["own", "difference"] as const) {
      const slopes = told.map((interaction) => interaction[part]);
      const { b, se, df, low, high, p } = expected[part];
      expect(slopes.map(({ degreesOfFreedom }) => degreesOfFreedom)).toEqual(slopes.map(() => df[0]));
      expect(
        worst(
          slopes.map(({ estimate }) => estimate / 10),
          b,
        ),
      ).toBeLessThan(1e-9);
      expect(
        worst(
          slopes.map(({ standardError }) => standardError / 10),
          se,
        ),
      ).toBeLessThan(1e-9);
      if (!p) expect(slopes.every(({ pValue, low: limit }) => pValue === null && limit === null)).toBe(true);
      else {
        expect(
          worst(
            slopes.map(({ pValue }) => pValue!),
            p,
          ),
        ).toBeLessThan(1e-9);
        expect(
          worst(
            slopes.map((slope) => slope.low! / 10),
            low!,
          ),
        ).toBeLessThan(1e-9);
        expect(
          worst(
            slopes.map((slope) => slope.high! / 10),
            high!,
          ),
        ).toBeLessThan(1e-9);
      }
    }
  });

  test("one of the designs has fewer units than slopes, and so no test", () => {
    expect(made.filter(({ expected }) => !expected.interactions.own.p).map(({ name }) => name)).toEqual(["few_units"]);
  });

  const { normal, uniform } = drawing(31);
  const sizes = [200, 170, 79, 80];
  const segments = Int32Array.from(sizes.flatMap((size, segment) => new Array<number>(size).fill(segment)));
  const members = rowsWhere(segments.length, () => true);
  const driver = Float64Array.from(members, () => 100 * uniform());
  const outcome = driver.map((score, row) => 30 + (segments[row] === 1 ? 0.6 : 0.2) * score + 10 * normal());
  const design = simpleDesign(Float64Array.from(members, () => 0.5 + uniform()));
  const question = { design, outcome, drivers: [driver], members, segments };

  test("a segment of 79 is named and left out; its persons are nobody's others", () => {
    const found = driverInteractions(question);
    expect(found.kind).toBe("interactions");
    expect(found.segments.map(({ kind, segment, n }) => [kind, segment, n])).toEqual([
      ["drivers", 0, 200],
      ["drivers", 1, 170],
      ["too-few", 2, 79],
      ["drivers", 3, 80],
    ]);
    const without = driverInteractions({ ...question, members: members.filter((row) => segments[row] !== 2) });
    expect(without.segments).toEqual(found.segments.filter(({ segment }) => segment !== 2));
    const flat = { ...question, drivers: [driver.map((score, row) => (segments[row] === 3 ? 50 : score))] };
    expect(driverInteractions(flat).kind).toBe("too-few"); // 370 are left
  });

  test("fewer than 400 in all, or one segment, is too few", () => {
    const some = (keep: (row: number) => boolean) => driverInteractions({ ...question, members: members.filter(keep) });
    expect(some((row) => row < 200 || segments[row] === 1)).toMatchObject({ kind: "too-few", n: 370, needed: 400 });
    expect(some((row) => segments[row]! < 3)).toMatchObject({ kind: "too-few", n: 449 });
    expect(driverInteractions({ ...question, segments: segments.map(() => 0) })).toMatchObject({
      kind: "too-few",
      n: 529,
    });
    expect(driverInteractions({ ...question, segments: segments.map(() => -1) })).toMatchObject({
      kind: "too-few",
      n: 0,
    });
    expect(() => driverInteractions({ ...question, segments: segments.slice(1) })).toThrow(RangeError);
  });

  test("the segment that differs is found, and by as much as it differs", () => {
    const found = driverInteractions(question);
    const [first, second] = found.segments.map((one) => (one.kind === "drivers" ? one.drivers[0]! : null));
    expect(second!.difference.pValue!).toBeLessThan(1e-6);
    expect(second!.difference.low!).toBeLessThan(4);
    expect(second!.difference.high!).toBeGreaterThan(4);
    expect(second!.own.estimate - second!.difference.estimate).toBeCloseTo(weightedSlopeOf([0, 3]), 9);
    expect(first!.difference.estimate).toBeLessThan(0);
  });

  /** Slopes of segments by their weights, per 10 points, each fitted alone. */
  function weightedSlopeOf(others: number[]): number {
    const parts = others.map((segment) => {
      const rows = members.filter((row) => segments[row] === segment);
      const weight = rows.reduce((total, row) => total + design.weights[row]!, 0);
      return { weight, slope: 10 * weightedRegression(design, outcome, [driver], rows)!.slopes[0]!.estimate };
    });
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    return parts.reduce((sum, { weight, slope }) => sum + (weight * slope) / total, 0);
  }
});

describe("95 % intervals of known populations", () => {
  const [STRATA, UNITS, PERSONS, DRIVERS] = [4, 20, 8, 4];
  const effects = [0.5, 0.3, 0.15, 0];
  /** The covariance of any two drivers; the units' part of the error and of the first driver's own variance. */
  const [TOGETHER, UNIT_IN_ERROR, UNIT_IN_DRIVER] = [0.35, 0.3, 0.8];

  /**
   * 80 units of 8 persons in 4 strata, unlike weights. A driver is √.35 of a part common to all and √.65 of its own, so that
   * each has variance 1 and any two the covariance .35. Units differ in the first driver and in what no driver explains.
   */
  function sample(random: Random): { design: Design; drivers: Float64Array[]; outcome: Float64Array } {
    const persons = STRATA * UNITS * PERSONS;
    const units = Int32Array.from({ length: persons }, (_, row) => Math.floor(row / PERSONS));
    const [ofUnit, ofPerson] = [drawNormals(2 * STRATA * UNITS, random), drawNormals((2 + DRIVERS) * persons, random)];
    const own = (row: number, which: number) => ofPerson[(2 + DRIVERS) * row + which]!;
    const inUnit = (row: number, which: 0 | 1, part: number) =>
      Math.sqrt(part) * ofUnit[2 * units[row]! + which]! + Math.sqrt(1 - part) * own(row, which);
    const drivers = Array.from({ length: DRIVERS }, (_, j) =>
      Float64Array.from(units, (_, row) => {
        const alone = j === 0 ? inUnit(row, 0, UNIT_IN_DRIVER) : own(row, 1 + j);
        return Math.sqrt(TOGETHER) * own(row, 1 + DRIVERS) + Math.sqrt(1 - TOGETHER) * alone;
      }),
    );
    const outcome = Float64Array.from(units, (_, row) =>
      effects.reduce((y, b, j) => y + b * drivers[j]![row]!, inUnit(row, 1, UNIT_IN_ERROR)),
    );
    const weights = Float64Array.from(units, () => 0.5 + 1.5 * random.next());
    return { design: { weights, strata: units.map((unit) => Math.floor(unit / UNITS)), units }, drivers, outcome };
  }

  /** What the shares of R² are in the whole population. */
  function trueShares(): number[] {
    const size = DRIVERS + 1;
    const among = (j: number, k: number) => (j === k ? 1 : TOGETHER);
    const withOutcome = effects.map((_, j) => effects.reduce((total, b, k) => total + b * among(j, k), 0));
    const covariances = Float64Array.from({ length: size * size }, (_, at) => {
      const [j, k] = [Math.floor(at / size) - 1, (at % size) - 1];
      if (j < 0 && k < 0) return 1 + effects.reduce((total, b, driver) => total + b * withOutcome[driver]!, 0);
      return j < 0 || k < 0 ? withOutcome[Math.max(j, k)]! : among(j, k);
    });
    const parts = [...shapleyImportance(covariances, DRIVERS)];
    const whole = parts.reduce((total, part) => total + part, 0);
    return parts.map((part) => part / whole);
  }

  const percent = (covered: readonly number[], samples: number) => covered.map((count) => (100 * count) / samples);
  const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
  const say = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(", ");

  test("of 1500 clustered, weighted samples of 640, 95 ± 2 % cover each slope (three seconds)", () => {
    const random = seeded(81);
    const covered = effects.map(() => 0);
    const unclustered = effects.map(() => 0);
    for (let one = 0; one < 1500; one++) {
      const { design, drivers, outcome } = sample(random);
      for (const [assumed, count] of [
        [design, covered],
        [simpleDesign(design.weights), unclustered],
      ] as const) {
        const model = weightedRegression(
          assumed,
          outcome,
          drivers,
          rowsWhere(outcome.length, () => true),
        )!;
        model.slopes.forEach((slope, j) => {
          const { low, high } = tested(assumed, slope, model.degreesOfFreedom);
          if (low! <= effects[j]! && effects[j]! <= high!) count[j]!++;
        });
      }
    }
    console.info(
      `slopes covered: ${say(percent(covered, 1500))} %; without their clusters ${say(percent(unclustered, 1500))} %`,
    );
    for (const share of percent(covered, 1500)) expect(Math.abs(share - 95)).toBeLessThan(2);
    expect(percent(unclustered, 1500)[0]!).toBeLessThan(90); // who ignores the clusters is wrong, so the test can tell
  });

  test("of 200 such samples 95 ± 2 % cover the drivers' shares of R², each at least 91 % (six seconds)", () => {
    const random = seeded(82);
    const truth = trueShares();
    const covered = effects.map(() => 0);
    let [said, wrong] = [0, 0];
    for (let one = 0; one < 200; one++) {
      const { design, drivers, outcome } = sample(random);
      const { spread } = weightedRegression(
        design,
        outcome,
        drivers,
        rowsWhere(outcome.length, () => true),
      )!;
      const found = driverImportance(design, spread, { random })!;
      found.drivers.forEach(({ low, high }, j) => {
        if (low! <= truth[j]! && truth[j]! <= high!) covered[j]!++;
      });
      said += found.differing.length;
      wrong += found.differing.filter(([more, less]) => truth[more]! < truth[less]!).length;
    }
    const each = percent(covered, 200);
    console.info(
      `shares of R² ${truth.map((share) => share.toFixed(2)).join(", ")} covered: ${say(each)} %, together ${mean(each).toFixed(1)} %; ` +
        `${((100 * said) / (200 * 6)).toFixed(0)} % of pairs called different, ${wrong} of ${said} the wrong way`,
    );
    expect(Math.abs(mean(each) - 95)).toBeLessThan(2);
    for (const share of each) expect(share).toBeGreaterThanOrEqual(91);
    expect(wrong / (200 * 6)).toBeLessThan(0.025);
    expect(said / (200 * 6)).toBeGreaterThan(0.6);
  });

  test("a driver without any part in R² has an interval near 0 that never holds 0: the stated edge of percentiles (a second)", () => {
    const random = seeded(83);
    let [holds, highest] = [0, 0];
    for (let one = 0; one < 40; one++) {
      const { design, drivers, outcome } = sample(random);
      const idle = drawNormals(outcome.length, random);
      const { spread } = weightedRegression(
        design,
        outcome,
        [...drivers, idle],
        rowsWhere(outcome.length, () => true),
      )!;
      const { low, high } = driverImportance(design, spread, { random, draws: 200 })!.drivers[DRIVERS]!;
      if (low! <= 0) holds++;
      highest = Math.max(highest, high!);
    }
    console.info(
      `a driver of no part: 0 is held by ${holds} of 40 intervals, which reach to ${highest.toFixed(3)} of R² at most`,
    );
    expect(holds).toBe(0);
    expect(highest).toBeLessThan(0.08);
  });
});
