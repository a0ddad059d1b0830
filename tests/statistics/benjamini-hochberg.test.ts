import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg } from "../../server/statistics/benjamini-hochberg.ts";
import { reference } from "./reference.ts";

test("R's p.adjust('BH'): the example of the 1995 paper, and a missing p that is not counted", () => {
  const { input, expected } = reference("p_adjust");
  const adjusted = benjaminiHochberg(input.p);
  for (const [place, value] of adjusted.entries()) expect(Math.abs(value! - expected.BH[place])).toBeLessThan(1e-12);
  expect(adjusted.filter((value) => value! <= 0.05)).toHaveLength(expected.n_rejected_BH_05);
  for (const [place, value] of benjaminiHochberg(input.p2).entries()) {
    if (expected.p2_BH[place] === null) expect(value).toBeNull();
    else expect(Math.abs(value! - expected.p2_BH[place])).toBeLessThan(1e-12);
  }
});

test("what is settled is what the step-up rule of the paper rejects", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (pValues) => {
      const sorted = [...pValues].sort((left, right) => left - right);
      const last = sorted.findLastIndex((p, index) => p * pValues.length <= 0.05 * (index + 1));
      const rejected = pValues.filter((p) => last >= 0 && p <= sorted[last]!).length;
      const adjusted = benjaminiHochberg(pValues);
      expect(adjusted.filter((value) => value! <= 0.05)).toHaveLength(rejected);
      for (const [place, value] of adjusted.entries()) {
        expect(value).toBeGreaterThanOrEqual(pValues[place]!);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 2 },
  );
});

test("a family larger than what is given is as if the rest were 1; adding tests never makes a verdict easier", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
      fc.nat(20),
      (pValues, more) => {
        const padded = benjaminiHochberg([...pValues, ...new Array<number>(more).fill(1)]).slice(0, pValues.length);
        const declared = benjaminiHochberg(pValues, pValues.length + more);
        for (const [place, value] of declared.entries()) {
          expect(value).toBeCloseTo(padded[place]!, 12);
          expect(value! + 1e-15).toBeGreaterThanOrEqual(benjaminiHochberg(pValues)[place]!);
        }
      },
    ),
    { seed: 3 },
  );
});

test("no tests, none adjusted; what is no p is refused", () => {
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([null, null])).toEqual([null, null]);
  for (const wrong of [-0.1, 1.1, Number.NaN]) expect(() => benjaminiHochberg([0.5, wrong])).toThrow(RangeError);
  expect(() => benjaminiHochberg([0.1, 0.2], 1)).toThrow(RangeError);
});
