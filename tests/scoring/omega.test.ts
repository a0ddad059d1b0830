import { expect, test } from "vitest";
import { correlations, covariances } from "../../server/scoring/covariance.ts";
import { omegaTotal } from "../../server/scoring/omega.ts";
import { column, reference } from "../statistics/reference.ts";
import { sharing } from "./made-up.ts";

type Case = { answers: (number | null)[][]; shown: string; omega: number; loadings: number[] };
const cases: Record<string, Case> = reference("omega_more").cases;

function omegaOf(columns: readonly Float64Array[]) {
  const whole = columns[0]!.map((_, person) => (columns.some((scores) => Number.isNaN(scores[person]!)) ? 0 : 1));
  return omegaTotal(
    correlations(covariances(columns.map((scores) => scores.filter((_, person) => whole[person] === 1)))),
  );
}

test("R's factanal on invented answers: the same loadings and ω, the same ones not shown", () => {
  const shown = new Set<string>();
  for (const [name, wanted] of Object.entries(cases)) {
    const omega = omegaOf(wanted.answers.map(column));
    shown.add(omega.kind);
    expect(omega.kind, name).toBe(wanted.shown);
    if (omega.kind !== "omega") continue;
    expect(Math.abs(omega.omega - wanted.omega), name).toBeLessThan(1e-6);
    wanted.loadings.forEach((loading, item) => {
      expect(Math.abs(omega.loadings[item]! - loading), `${name}, item ${item}`).toBeLessThan(1e-5);
    });
  }
  expect([...shown].sort()).toEqual(["heywood", "negative-loading", "omega"]);
});

/** R of three items: 1 on the diagonal. */
const three = (r12: number, r13: number, r23: number) =>
  omegaTotal({ size: 3, entries: Float64Array.of(1, r12, r13, r12, 1, r23, r13, r23, 1) });

test("three items settle their loadings by themselves: λ₁² = r₁₂ r₁₃/r₂₃", () => {
  const omega = three(0.42, 0.56, 0.48);
  if (omega.kind !== "omega") throw new Error(omega.kind);
  [0.7, 0.6, 0.8].forEach((loading, item) => {
    expect(omega.loadings[item]).toBeCloseTo(loading, 8);
  });
  expect(omega.omega).toBeCloseTo(2.1 ** 2 / (2.1 ** 2 + 0.51 + 0.64 + 0.36), 8);
});

test("an item that would be the factor itself, or more, is a Heywood case", () => {
  expect(three(0.6, 0.6, 0.36).kind).toBe("heywood");
  expect(three(0.6, 0.6, 0.2).kind).toBe("heywood");
  expect(three(0.6, 0.6, 0.37).kind).toBe("omega");
});

test("items with nothing in common, copies, mirror images and pairs: a named case each", () => {
  const nothing = three(0, 0, 0);
  expect(nothing.kind === "omega" && nothing.omega).toBeCloseTo(0, 4);
  expect(three(1, 1, 1).kind).toBe("heywood");
  expect(three(1, -1, -1).kind).toBe("heywood");
  expect(three(-0.5, -0.5, -0.5).kind).toBe("unsettled");
  expect(three(0.42, -0.56, -0.48).kind).toBe("negative-loading");
  expect(omegaTotal({ size: 2, entries: Float64Array.of(1, 0.4, 0.4, 1) }).kind).toBe("two-items");
});

test("items turned round together, or put in another order, keep their ω", () => {
  const columns = sharing(5, 120, 31);
  const plain = omegaOf(columns);
  if (plain.kind !== "omega") throw new Error(plain.kind);
  for (const other of [columns.map((scores) => scores.map((score) => 100 - score)), [...columns].reverse()]) {
    const omega = omegaOf(other);
    if (omega.kind !== "omega") throw new Error(omega.kind);
    expect(omega.omega).toBeCloseTo(plain.omega, 8);
  }
});

test("items that load alike: ω is α", () => {
  const r = 0.3;
  const entries = Float64Array.from({ length: 36 }, (_, place) => (place % 7 === 0 ? 1 : r));
  const omega = omegaTotal({ size: 6, entries });
  if (omega.kind !== "omega") throw new Error(omega.kind);
  expect(omega.omega).toBeCloseTo((6 * r) / (1 + 5 * r), 9);
});
