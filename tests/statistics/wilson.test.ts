import { expect, test } from "vitest";
import { betaQuantile } from "../../server/statistics/distributions/beta.ts";
import { moverInterval } from "../../server/statistics/mover.ts";
import { wilsonInterval } from "../../server/statistics/wilson.ts";
import { reference } from "./reference.ts";

const fixture = reference("wilson_newcombe");

test("Wilson's interval is R's prop.test, and Clopper and Pearson's comes out of the same beta quantiles", () => {
  fixture.input.x.forEach((x: number, index: number) => {
    const n = fixture.input.n[index];
    const { low, high } = wilsonInterval(x, n);
    expect(low).toBeCloseTo(fixture.expected.wilson[index][0], 7);
    expect(high).toBeCloseTo(fixture.expected.wilson[index][1], 7);
    if (x > 0) expect(betaQuantile(0.025, x, n - x + 1)).toBeCloseTo(fixture.expected.clopper_pearson[index][0], 9);
    if (x < n) expect(betaQuantile(0.975, x + 1, n - x)).toBeCloseTo(fixture.expected.clopper_pearson[index][1], 9);
  });
  expect(wilsonInterval(0, 12).low).toBe(0);
  expect(wilsonInterval(12, 12).high).toBe(1);
  for (const [events, n] of [
    [1, 0],
    [-1, 4],
    [5, 4],
  ] as const)
    expect(() => wilsonInterval(events, n)).toThrow(RangeError);
});

test("Newcombe's published example, 56 of 70 against 48 of 80, and three edges at two levels", () => {
  for (const [level, expected] of [
    [0.95, fixture.expected.newcombe95],
    [0.9, fixture.expected.newcombe90],
  ] as const) {
    fixture.input.pairs.forEach(([x, n, y, m]: [number, number, number, number], index: number) => {
      const left = { value: x / n, ...wilsonInterval(x, n, level) };
      const right = { value: y / m, ...wilsonInterval(y, m, level) };
      const { low, high } = moverInterval(left, right);
      expect(low).toBeCloseTo(expected[index].lo, 7);
      expect(high).toBeCloseTo(expected[index].hi, 7);
    });
  }
});

test("a share compared with itself differs by exactly nothing, and correlation narrows the interval", () => {
  const share = { value: 0.3, low: 0.2, high: 0.42 };
  const other = { value: 0.5, low: 0.41, high: 0.6 };
  const same = moverInterval({ value: 0.3, low: 0.2, high: 0.4 }, { value: 0.3, low: 0.2, high: 0.4 }, 1);
  expect([same.low, same.high].map((limit) => Math.abs(limit))).toEqual([0, 0]);
  const apart = moverInterval(share, other, 0);
  const together = moverInterval(share, other, 0.6);
  expect(together.high - together.low).toBeLessThan(apart.high - apart.low);
  expect(() => moverInterval(share, other, 1.1)).toThrow(RangeError);
});
