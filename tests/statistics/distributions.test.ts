import fc from "fast-check";
import { expect, test } from "vitest";
import { betaQuantile, incompleteBeta } from "../../server/statistics/distributions/beta.ts";
import { lnGamma } from "../../server/statistics/distributions/gamma.ts";
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
  expect([studentCdf(-Infinity, 4), studentCdf(Infinity, 4)]).toEqual([0, 1]);
  for (const wrong of [
    () => studentQuantile(0.9, 0),
    () => studentCdf(Number.NaN, 3),
    () => normalCdf(Number.NaN),
    () => betaQuantile(1.1, 1, 1),
    () => betaQuantile(0.5, 0, 1),
    () => incompleteBeta(2, 1, 1),
  ])
    expect(wrong).toThrow(RangeError);
});
