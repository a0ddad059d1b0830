import fc from "fast-check";
import { expect, test } from "vitest";
import { collapseClasses, type Margin } from "../../server/statistics/collapse-classes.ts";
import { effectiveSampleSize } from "../../server/statistics/design.ts";
import { postStratify } from "../../server/statistics/post-stratify.ts";
import { RAKING_RULES, rake } from "../../server/statistics/rake.ts";
import { sum } from "../../server/statistics/sum.ts";
import { expectClose, reference } from "./reference.ts";

const PLAIN = { ...RAKING_RULES, trim: null, leastEffective: 0 };

function marginOf(labels: readonly string[], people: Record<string, number>): Margin {
  const names = Object.keys(people);
  return {
    classes: Int32Array.from(labels, (label) => names.indexOf(label)),
    totals: Float64Array.from(names, (name) => people[name]!),
  };
}

function expectWeights(
  got: ReturnType<typeof rake> | ReturnType<typeof postStratify>,
  expected: number[],
  relative: number,
) {
  expect(got.kind).toBe("weights");
  if (got.kind !== "weights") return;
  expect(got.weights).toHaveLength(expected.length);
  for (const [row, weight] of got.weights.entries()) expectClose(weight, expected[row]!, relative);
}

test("R's postStratify: weights to one margin, and to twelve skewed cells", () => {
  const { input, expected } = reference("poststratify");
  expectWeights(postStratify(Float64Array.from(input.w), marginOf(input.age, input.margin)), expected.weights, 1e-10);
  const { data, cells, post_stratified } = reference("survey_more").raking;
  const classes = Int32Array.from(data.age, (age: number, row: number) => 2 * age + data.sex[row]);
  expectWeights(
    postStratify(Float64Array.from(data.w), { classes, totals: Float64Array.from(cells) }),
    post_stratified,
    1e-10,
  );
});

test("R's rake: two margins, untrimmed, with the effective sample size before and after", () => {
  const { input, expected } = reference("raking");
  const margins = [marginOf(input.age, input.margins.age), marginOf(input.region, input.margins.region)];
  const got = rake(Float64Array.from(input.w), margins, PLAIN);
  expectWeights(got, expected.weights, 1e-6);
  expectClose(got.effectiveSampleSize.before, expected.ess_before, 1e-10);
  expectClose(got.effectiveSampleSize.after, expected.ess_after, 1e-6);
  expect(got).toMatchObject({ totalsApart: 0, warning: null, trims: 0 });
});

test("R's rake: three skewed margins", () => {
  const { data, margins, weights } = reference("survey_more").raking;
  const given = Object.keys(margins).map((name) => ({
    classes: Int32Array.from(data[name]),
    totals: Float64Array.from(margins[name]),
  }));
  expectWeights(rake(Float64Array.from(data.w), given, PLAIN), weights, 1e-6);
});

const survey = fc.integer({ min: 1, max: 1e6 }).map((seed) => {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const rows = 300;
  const drawn = (classes: number) => Int32Array.from({ length: rows }, () => Math.floor(next() * classes));
  const people = (classes: number) => {
    const raw = Float64Array.from({ length: classes }, () => 1 + 2 * next());
    return raw.map((part) => (90_000 * part) / sum(raw));
  };
  return {
    weights: Float64Array.from({ length: rows }, () => 0.5 + 2 * next()),
    margins: [4, 3, 2].map((classes) => ({ classes: drawn(classes), totals: people(classes), ordered: classes === 4 })),
  };
});

test("raked weights hold every margin and lie within a third and three times where they started, or are refused", () => {
  fc.assert(
    fc.property(survey, ({ weights, margins }) => {
      const got = rake(weights, margins);
      if (got.kind === "refused") {
        expect(["trimming-not-stable", "too-uneven"]).toContain(got.reason);
        return;
      }
      const scale = 90_000 / sum(weights);
      for (const [row, weight] of got.weights.entries()) {
        expect(weight / (weights[row]! * scale)).toBeGreaterThan(0.3 * (1 - 2e-6));
        expect(weight / (weights[row]! * scale)).toBeLessThan(3 * (1 + 2e-6));
      }
      for (const [place, { classes, totals }] of margins.entries()) {
        const into = got.into[place]!;
        for (let group = 0; group <= Math.max(...into); group++) {
          const people = sum(totals.filter((_, own) => into[own] === group));
          expectClose(sum(got.weights.filter((_, row) => into[classes[row]!] === group)), people, 2e-8);
        }
      }
      expect(got.effectiveSampleSize.after).toBeGreaterThanOrEqual(0.6 * got.effectiveSampleSize.before);
      expectClose(got.effectiveSampleSize.after, effectiveSampleSize(got.weights), 1e-12);
    }),
    { seed: 11, numRuns: 60 },
  );
});

test("whoever delivers weights per thousand or per person gets the same raked weights", () => {
  fc.assert(
    fc.property(survey, ({ weights, margins }) => {
      const one = rake(weights, margins);
      const other = rake(
        weights.map((weight) => weight / 1000),
        margins,
      );
      expect(other.kind).toBe(one.kind);
      if (one.kind === "weights" && other.kind === "weights")
        for (const [row, weight] of one.weights.entries()) expectClose(other.weights[row], weight, 1e-9);
    }),
    { seed: 12, numRuns: 20 },
  );
});

/** 200 rows: half in either class of the first margin, and of the second within it. */
function square(): { weights: Float64Array; one: Int32Array; other: Int32Array } {
  const rows = [...Array(200).keys()];
  return {
    weights: new Float64Array(200).fill(1),
    one: Int32Array.from(rows, (row) => row % 2),
    other: Int32Array.from(rows, (row) => (row >> 1) % 2),
  };
}

test("trimming cuts weights that raking would multiply by four, and what cannot be kept within bounds is refused", () => {
  const weights = new Float64Array(200).fill(1);
  const one = Int32Array.from(weights.keys(), (row) => (row % 10 === 0 ? 0 : 1));
  const other = Int32Array.from(weights.keys(), (row) => (Math.floor(row / 10) % 10 < 3 ? 0 : 1));
  const margins = [
    { classes: one, totals: Float64Array.of(50, 150) }, // 20 of 200 stand for 50
    { classes: other, totals: Float64Array.of(100, 100) }, // 60 of 200 for 100; six rows are in both
  ];
  const highest = (raking: ReturnType<typeof rake>) => (raking.kind === "weights" ? Math.max(...raking.weights) : null);
  const untrimmed = rake(weights, margins, PLAIN);
  const trimmed = rake(weights, margins);
  expect(highest(untrimmed)).toBeGreaterThan(4);
  expect(Math.abs(highest(trimmed)! - 3)).toBeLessThan(1e-5);
  expect(trimmed.trims).toBeGreaterThan(0);
  if (trimmed.kind === "weights") expectClose(sum(trimmed.weights.filter((_, row) => one[row] === 0)), 50, 1e-8);
  const steep = [{ classes: one, totals: Float64Array.of(120, 80) }];
  expect(rake(weights, steep)).toMatchObject({ kind: "refused", reason: "trimming-not-stable" });
  expect(rake(weights, steep, PLAIN).kind).toBe("weights");
});

test("the oracle's own margins ask those of 75 and older for 3.15 times their weight: with bounds they are refused", () => {
  const { input } = reference("raking");
  const margins = [marginOf(input.age, input.margins.age), marginOf(input.region, input.margins.region)];
  const got = rake(Float64Array.from(input.w), margins);
  expect(got).toMatchObject({ kind: "refused", reason: "trimming-not-stable" });
});

test("an effective sample that falls by more than four tenths is refused, by less it is not", () => {
  const weights = new Float64Array(400).fill(1);
  const one = Int32Array.from(weights.keys(), (row) => (row < 100 ? 0 : 1));
  const at = (share: number) =>
    rake(weights, [{ classes: one, totals: Float64Array.of(1000 * share, 1000 * (1 - share)) }], {
      ...RAKING_RULES,
      trim: null,
    });
  // ESS/n = 1 / (s²/.25 + (1 − s)²/.75): .6 at s = .6036
  expect(at(0.6).kind).toBe("weights");
  expect(at(0.61)).toMatchObject({ kind: "refused", reason: "too-uneven" });
});

test("margins that contradict each other are refused, with what was reached", () => {
  const { weights, one } = square();
  const contradiction = [
    { classes: one, totals: Float64Array.of(500, 500) },
    { classes: one, totals: Float64Array.of(900, 100) },
  ];
  expect(rake(weights, contradiction, PLAIN)).toMatchObject({ kind: "refused", reason: "not-converged", cycles: 200 });
  const nobody = [{ classes: new Int32Array(200), totals: Float64Array.of(500, 500) }];
  expect(rake(weights, nobody, { ...PLAIN, fewest: 0 })).toMatchObject({ kind: "refused", reason: "nobody-answered" });
});

test("margins of other totals are brought to the first one's; more than half a percent apart warns", () => {
  const { weights, one, other } = square();
  const at = (total: number) =>
    rake(weights, [
      { classes: one, totals: Float64Array.of(600, 400) },
      { classes: other, totals: Float64Array.of(0.3 * total, 0.7 * total) },
    ]);
  expect(at(1004)).toMatchObject({ kind: "weights", warning: null });
  const apart = at(1006);
  expect(apart).toMatchObject({ kind: "weights", warning: "totals-apart" });
  if (apart.kind === "weights") {
    expectClose(sum(apart.weights), 1000, 1e-8);
    expectClose(sum(apart.weights.filter((_, row) => other[row] === 0)), 300, 1e-7);
  }
});

test("those of unknown class keep their share of the weight", () => {
  const weights = Float64Array.of(1, 1, 2, 2, 4);
  const got = postStratify(weights, { classes: Int32Array.of(0, 0, 1, 1, -1), totals: Float64Array.of(600, 400) });
  expect(got).toMatchObject({ kind: "weights" });
  if (got.kind !== "weights") return;
  expectClose(sum(got.weights), 1000, 1e-12);
  expectClose(got.weights[4], 400, 1e-12);
  expectClose(got.weights[0]! + got.weights[1]!, 360, 1e-12);
  const { one } = square();
  const half = one.map((own, row) => (row < 50 ? -1 : own));
  const raked = rake(new Float64Array(200).fill(3), [{ classes: half, totals: Float64Array.of(600, 400) }]);
  expect(raked.kind).toBe("weights");
  if (raked.kind === "weights") expectClose(sum(raked.weights.filter((_, row) => half[row]! < 0)), 250, 1e-8);
});

test("a small class joins its neighbour where classes are ordered, the other small one where they are not", () => {
  const classes = Int32Array.from([
    ...Array(5).fill(0),
    ...Array(40).fill(1),
    ...Array(60).fill(2),
    ...Array(12).fill(3),
  ]);
  const totals = Float64Array.of(10, 20, 30, 40);
  expect([...collapseClasses({ classes, totals, ordered: true }).into]).toEqual([0, 0, 1, 1]);
  const plain = collapseClasses({ classes, totals });
  expect([...plain.into]).toEqual([0, 0, 1, 0]); // 5 and 12 make 17, and 17 joins 40
  expect([...plain.margin.totals]).toEqual([70, 30]);
  expect([...collapseClasses({ classes, totals }, 5).into]).toEqual([0, 1, 2, 3]);
  expect([...collapseClasses({ classes, totals }, 1000).into]).toEqual([0, 0, 0, 0]);
});

test("every class left has enough respondents, unless one class is left", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 })), {
        minLength: 1,
        maxLength: 9,
      }),
      fc.boolean(),
      (given, ordered) => {
        const classes = Int32Array.from(given.flatMap(([count], own) => Array(count).fill(own)));
        const { margin, into } = collapseClasses({
          classes,
          totals: Float64Array.from(given, ([, people]) => people),
          ordered,
        });
        const groups = margin.totals.length;
        for (let group = 0; groups > 1 && group < groups; group++) {
          expect(margin.classes.filter((own) => own === group).length).toBeGreaterThanOrEqual(20);
          expect(margin.totals[group]).toBeGreaterThan(0);
        }
        if (ordered) expect([...into]).toEqual([...into].sort((one, other) => one - other));
        expect(sum(margin.totals)).toBe(given.reduce((total, [, people]) => total + people, 0));
      },
    ),
    { seed: 13 },
  );
});

test("classes without respondents or without people, weights of nothing and unfit columns are named or refused", () => {
  const weights = Float64Array.of(1, 1, 1);
  const classes = Int32Array.of(0, 0, 1);
  expect(postStratify(weights, { classes, totals: Float64Array.of(5, 5, 5) })).toEqual({
    kind: "refused",
    reason: "nobody-answered",
    classes: [2],
  });
  expect(postStratify(weights, { classes, totals: Float64Array.of(5, 0) })).toEqual({
    kind: "refused",
    reason: "nobody-lives-there",
    classes: [1],
  });
  for (const wrong of [
    () => postStratify(Float64Array.of(1, 0, 1), { classes, totals: Float64Array.of(5, 5) }),
    () => postStratify(Float64Array.of(1, 1), { classes, totals: Float64Array.of(5, 5) }),
    () => postStratify(weights, { classes, totals: Float64Array.of(5) }),
    () => postStratify(weights, { classes, totals: Float64Array.of(5, Number.NaN) }),
    () => rake(weights, []),
    () => rake(Float64Array.of(1, -1, 1), [{ classes, totals: Float64Array.of(5, 5) }]),
    () => rake(weights, [{ classes, totals: Float64Array.of(0, 0) }]),
    () => collapseClasses({ classes, totals: Float64Array.of(5) }),
    () => collapseClasses({ classes, totals: Float64Array.of(5, -5) }),
  ])
    expect(wrong).toThrow(RangeError);
});
