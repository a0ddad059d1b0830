import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ratioOfShares } from "../../server/statistics/ratio-of-shares.ts";
import { wilsonInterval } from "../../server/statistics/wilson.ts";
import { draws } from "../pipeline/made-up.ts";

const share = (events: number, n: number) => ({ value: events / n, ...wilsonInterval(events, n) });

describe("how many times one share another is", () => {
  test("equals R's, from the Wilson limits of prop.test", () => {
    const cases: { counts: [number, number, number, number]; ratio: number[] }[] = JSON.parse(
      readFileSync(new URL("../reference/ratio_of_shares.json", import.meta.url), "utf8"),
    );
    expect(cases.length).toBe(6);
    for (const { counts, ratio } of cases) {
      const [x, n, y, m] = counts;
      const { value, low, high } = ratioOfShares(share(x, n), share(y, m));
      [value, low, high].forEach((own, place) => {
        expect(Math.abs((own as number) / ratio[place]! - 1)).toBeLessThan(1e-7);
      });
    }
  });

  test("turns over with its sides: a/b is one through b/a, limits and all", () => {
    const [left, right] = [share(30, 200), share(12, 150)];
    const there = ratioOfShares(left, right);
    const back = ratioOfShares(right, left);
    expect(there.value).toBeCloseTo(1.875, 12);
    expect(there.low).toBeCloseTo(1 / (back.high as number), 12);
    expect(there.high).toBeCloseTo(1 / back.low, 12);
  });

  test("is as wide as its wider side alone where the other is known exactly", () => {
    const exact = { value: 0.2, low: 0.2, high: 0.2 };
    const { low, high } = ratioOfShares(share(30, 200), exact);
    expect(low).toBeCloseTo(wilsonInterval(30, 200).low / 0.2, 12);
    expect(high).toBeCloseTo(wilsonInterval(30, 200).high / 0.2, 12);
  });

  test("has no upper end beside a share that may be nothing, and none to divide by refuses", () => {
    expect(ratioOfShares(share(5, 50), { value: 0.01, low: 0, high: 0.05 }).high).toBe(null);
    expect(ratioOfShares({ value: 0.1, low: 0, high: 0.2 }, share(5, 50)).low).toBe(0);
    expect(ratioOfShares(share(0, 50), share(5, 50))).toMatchObject({ value: 0, low: 0 });
    expect(() => ratioOfShares(share(5, 50), share(0, 50))).toThrow(RangeError);
    expect(() => ratioOfShares({ value: 0.5, low: 0.6, high: 0.7 }, share(5, 50))).toThrow(RangeError);
    expect(() => ratioOfShares({ value: 0.5, low: 0.4, high: 1.1 }, share(5, 50))).toThrow(RangeError);
  });

  test("holds the true ratio in 94–98 of 100 samples (4 000 draws, fixed seed)", () => {
    const random = draws(2311);
    const binomial = (n: number, p: number) =>
      Array.from({ length: n }, () => random.next() < p).filter(Boolean).length;
    for (const [n, p, m, q] of [
      [400, 0.14, 250, 0.09],
      [120, 0.3, 400, 0.12],
    ] as const) {
      let held = 0;
      for (let sample = 0; sample < 2000; sample++) {
        const { low, high } = ratioOfShares(share(binomial(n, p), n), share(binomial(m, q), m));
        if (low <= p / q && p / q <= (high as number)) held++;
      }
      expect(held / 2000).toBeGreaterThan(0.94);
      expect(held / 2000).toBeLessThan(0.98);
    }
  });
});
