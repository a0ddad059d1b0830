import fc from "fast-check";
import { expect, test } from "vitest";
import { betaQuantile, incompleteBeta } from "../../server/statistics/distributions/beta.ts";
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperTail,
} from "../../server/statistics/distributions/chi-square.ts";
import { fCdf, fQuantile, fUpperTail } from "../../server/statistics/distributions/f.ts";
import { lnGamma } from "../../server/statistics/distributions/gamma.ts";
import { incompleteGamma } from "../../server/statistics/distributions/incomplete-gamma.ts";
import { normalCdf, normalQuantile } from "../../server/statistics/distributions/normal.ts";
import { studentCdf, studentQuantile } from "../../server/statistics/distributions/student.ts";
import { expectClose, reference } from "./reference.ts";

const r = reference("survey_extra");

test("ln Γ is R's lgamma", () => {
  r.lnGamma.z.forEach((z: number, index: number) => {
    expect(Math.abs(lnGamma(z) - r.lnGamma.value[index])).toBeLessThan(
      1e-13 * Math.max(1, Math.abs(r.lnGamma.value[index])),
    );
  });
  expect(() => lnGamma(0)).toThrow(RangeError);
});

test("the beta distribution is R's qbeta and pbeta within 1e-10, from tiny to very many answers", () => {
  const { p, a, b, q, back } = r.beta;
  expect(p.length).toBeGreaterThan(250);
  p.forEach((chance: number, index: number) => {
    expectClose(betaQuantile(chance, a[index], b[index]), q[index], 1e-10);
    expectClose(incompleteBeta(q[index], a[index], b[index]), back[index], 1e-10);
  });
});

test("Student's t is R's qt and pt within 1e-10", () => {
  const { p, df, q, x, cdf } = r.student;
  p.forEach((chance: number, index: number) => {
    expectClose(studentQuantile(chance, df[index]), q[index], 1e-10);
    expectClose(studentCdf(x[index], df[index]), cdf[index], 1e-10);
  });
  expectClose(studentQuantile(0.975, 1), Math.tan(0.475 * Math.PI), 1e-12);
});

test("the normal distribution is R's pnorm and qnorm within 1e-12", () => {
  const { z, cdf, p, q } = r.normal;
  for (const [index, value] of z.entries()) expectClose(normalCdf(value), cdf[index], 1e-12);
  for (const [index, chance] of p.entries()) expect(Math.abs(normalQuantile(chance) - q[index])).toBeLessThan(1e-12);
});

const hard = reference("survey_more").distributions;

test("hard ranges: beta and t are R's within 1e-10 for p from 1e-100, a and b from .01 to 1e5, df to 1e6", () => {
  const { beta, student, normal } = hard;
  beta.p.forEach((p: number, index: number) => {
    const [a, b, q] = [beta.a[index], beta.b[index], beta.q[index]];
    expectClose(betaQuantile(p, a, b), q, 1e-10);
    expectClose(incompleteBeta(q, a, b), beta.back[index], 1e-10);
  });
  student.p.forEach((p: number, index: number) => {
    expectClose(studentQuantile(p, student.df[index]), student.q[index], 1e-10);
    expectClose(studentCdf(student.q[index], student.df[index]), student.back[index], 1e-10);
  });
  for (const [index, p] of normal.p.entries()) expectClose(normalQuantile(p), normal.q[index], 1e-10);
  for (const [index, z] of normal.z.entries()) expectClose(normalCdf(z), normal.cdf[index], 1e-10);
});

test("χ² is R's pchisq on both sides and qchisq within 1e-10, df from .02 to 1e6", () => {
  const { p, df, q, back, above } = hard.chi;
  p.forEach((chance: number, index: number) => {
    expectClose(chiSquareCdf(q[index], df[index]), back[index], 1e-10);
    expectClose(chiSquareUpperTail(q[index], df[index]), above[index], 1e-10);
    if (chance < 0.999) expectClose(chiSquareQuantile(chance, df[index]), q[index], 1e-10);
  });
  expect(chiSquareQuantile(0.95, 2)).toBeCloseTo(-2 * Math.log(0.05), 12);
});

test("F is R's pf on both sides within 1e-10, and qf wherever R's own quantile gives its p back", () => {
  const { p, d1, d2, q, back, above } = hard.f;
  let asPrecise = 0;
  p.forEach((chance: number, index: number) => {
    expectClose(fCdf(q[index], d1[index], d2[index]), back[index], 1e-10);
    expectClose(fUpperTail(q[index], d1[index], d2[index]), above[index], 1e-10);
    const got = fQuantile(chance, d1[index], d2[index]);
    if (chance < 0.5) expectClose(fCdf(got, d1[index], d2[index]), chance, 1e-10);
    else expectClose(fUpperTail(got, d1[index], d2[index]), 1 - chance, 1e-10);
    if (Math.abs(back[index] - chance) > 1e-14 * chance || Math.abs(above[index] - (1 - chance)) > 1e-14 * (1 - chance))
      return;
    expectClose(got, q[index], 1e-10);
    asPrecise++;
  });
  expect(asPrecise).toBeGreaterThan(20);
});

test("F and χ² are where they must be: F of t², F turned over, χ² of many, and both tails together", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true }),
      fc.double({ min: 0.3, max: 4000, noNaN: true }),
      fc.double({ min: 0.3, max: 4000, noNaN: true }),
      (p, one, other) => {
        expectClose(fQuantile(p, one, other), 1 / fQuantile(1 - p, other, one), 1e-9);
        expectClose(fQuantile(p, 1, one), studentQuantile((1 + p) / 2, one) ** 2, 1e-9);
        const x = chiSquareQuantile(p, one);
        expect(chiSquareCdf(x, one) + chiSquareUpperTail(x, one)).toBeCloseTo(1, 14);
        expect(Math.abs(chiSquareCdf(x, one) - p)).toBeLessThan(1e-11);
        expectClose(one * fQuantile(p, one, 1e6), x, 1e-2);
        expect(incompleteGamma(one, x).lower).toBeGreaterThanOrEqual(incompleteGamma(one, x * 0.99).lower);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test("a quantile is the inverse of its distribution, and both sides mirror each other", () => {
  const chance = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const shape = fc.double({ min: 0.05, max: 5000, noNaN: true });
  fc.assert(
    fc.property(chance, shape, shape, (p, a, b) => {
      expect(Math.abs(studentCdf(studentQuantile(p, a), a) - p)).toBeLessThan(1e-10);
      expect(Math.abs(studentCdf(1.3, a) + studentCdf(-1.3, a) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-12);
      expect(Math.abs(incompleteBeta(p, a, b) + incompleteBeta(1 - p, b, a) - 1)).toBeLessThan(1e-10);
      const x = betaQuantile(p, a, b);
      if (x > 1e-300 && x < 1 - 1e-6) expect(Math.abs(incompleteBeta(x, a, b) - p)).toBeLessThan(1e-10);
    }),
    { numRuns: 300 },
  );
});

test("edges are the edges, and what has no meaning is refused", () => {
  expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  expect([studentQuantile(0.5, 3), studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([0, -Infinity, Infinity]);
  expect([normalQuantile(0), normalQuantile(1), normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([
    -Infinity,
    Infinity,
    0,
    1,
  ]);
  expect([fQuantile(0, 2, 3), fQuantile(1, 2, 3), fCdf(0, 2, 3), fUpperTail(Infinity, 2, 3)]).toEqual([
    0,
    Infinity,
    0,
    0,
  ]);
  expect([chiSquareQuantile(0, 2), chiSquareQuantile(1, 2), chiSquareCdf(Infinity, 2)]).toEqual([0, Infinity, 1]);
  expect([studentCdf(-Infinity, 4), studentCdf(Infinity, 4)]).toEqual([0, 1]);
  for (const wrong of [
    () => studentQuantile(0.9, 0),
    () => studentCdf(Number.NaN, 3),
    () => normalCdf(Number.NaN),
    () => betaQuantile(1.1, 1, 1),
    () => betaQuantile(0.5, 0, 1),
    () => incompleteBeta(2, 1, 1),
    () => fCdf(-1, 2, 3),
    () => fCdf(1, 0, 3),
    () => fQuantile(0.5, 2, Infinity),
    () => chiSquareCdf(-1, 2),
    () => chiSquareQuantile(0.5, 0),
    () => chiSquareQuantile(Number.NaN, 2),
    () => incompleteGamma(0, 1),
  ])
    expect(wrong).toThrow(RangeError);
});
