import fc from "fast-check";
import { expect, test } from "vitest";
import { changeInPanel, joinWaves, type PanelWave } from "../../server/statistics/change-in-panel.ts";
import { simpleDesign } from "../../server/statistics/design.ts";
import { differenceBetweenWaves } from "../../server/statistics/difference.ts";
import { weightedMean } from "../../server/statistics/mean.ts";
import { column, designOf, expectClose, reference, rowsWhere } from "./reference.ts";

type Table = { wave: number[]; person: number[]; w: number[] };

function waveOf(table: Table, wave: number): PanelWave & { rows: Int32Array; members: Int32Array } {
  const rows = rowsWhere(table.wave.length, (row) => table.wave[row] === wave);
  return {
    rows,
    members: Int32Array.from(rows.keys()),
    design: simpleDesign(Float64Array.from(rows, (row) => table.w[row]!)),
    persons: Int32Array.from(rows, (row) => table.person[row]!),
  };
}

test("R's svyglm with the person as unit: change, error and degrees, of 293 who answered twice", () => {
  const { input, expected } = reference("before_after_panel");
  const table = { ...input, person: input.pid };
  const [before, after] = [waveOf(table, 1), waveOf(table, 2)];
  const values = (rows: Int32Array) => Float64Array.from(rows, (row) => input.y[row]);
  const got = changeInPanel(
    joinWaves(after, before),
    { values: values(after.rows), members: after.members },
    { values: values(before.rows), members: before.members },
  )!;
  expectClose(got.difference, expected.change, 1e-8);
  expectClose(got.standardError, expected.se_panel, 1e-8);
  expect(got.degreesOfFreedom).toBe(expected.df_panel);
  expect(got.standardError).toBeLessThan(0.9 * expected.se_ignoring_overlap);
  expect(got.correlation).toBeGreaterThan(0.1);
});

test("R's svyglm on another panel, of a score and of a share", () => {
  const { data, y, e } = reference("survey_more").panel;
  const [before, after] = [waveOf(data, 0), waveOf(data, 1)];
  const joined = joinWaves(after, before);
  for (const [values, expected] of [
    [data.y, y],
    [data.e, e],
  ]) {
    const got = changeInPanel(
      joined,
      { values: column(Array.from(after.rows, (row) => values[row])), members: after.members },
      { values: column(Array.from(before.rows, (row) => values[row])), members: before.members },
    )!;
    expectClose(got.difference, expected.change[0], 1e-9);
    expectClose(got.standardError, expected.se[0], 1e-8);
    expect(got.degreesOfFreedom).toBe(expected.df[0]);
  }
});

const waves = fc.array(
  fc.record({
    weight: fc.double({ min: 0.5, max: 4, noNaN: true }),
    before: fc.integer({ min: 0, max: 100 }),
    step: fc.integer({ min: -5, max: 5 }),
  }),
  { minLength: 5, maxLength: 50 },
);

test("persons who all moved by the same step changed by that step without error", () => {
  fc.assert(
    fc.property(waves, fc.integer({ min: -5, max: 5 }), (drawn, step) => {
      const design = simpleDesign(Float64Array.from(drawn, ({ weight }) => weight));
      const wave = { design, persons: Int32Array.from(drawn.keys()) };
      const members = Int32Array.from(drawn.keys());
      const before = Float64Array.from(drawn, (person) => person.before);
      const after = before.map((value) => value + step);
      const got = changeInPanel(joinWaves(wave, wave), { values: after, members }, { values: before, members })!;
      expect(got.difference).toBeCloseTo(step, 10);
      expect(got.standardError).toBeLessThan(1e-12 * 100);
      expect(got.degreesOfFreedom).toBe(drawn.length - 2);
    }),
    { seed: 4 },
  );
});

test("everybody in both waves with one weight each: the change is the mean of their own changes, as in a paired test", () => {
  fc.assert(
    fc.property(waves, (drawn) => {
      const design = simpleDesign(Float64Array.from(drawn, ({ weight }) => weight));
      const wave = { design, persons: Int32Array.from(drawn.keys()) };
      const members = Int32Array.from(drawn.keys());
      const before = Float64Array.from(drawn, (person) => person.before);
      const after = Float64Array.from(drawn, (person) => person.before + person.step);
      const got = changeInPanel(joinWaves(wave, wave), { values: after, members }, { values: before, members })!;
      const steps = weightedMean(
        design,
        Float64Array.from(drawn, ({ step }) => step),
        members,
      )!;
      expect(got.difference).toBeCloseTo(steps.mean, 9);
      expect(got.standardError).toBeCloseTo(steps.standardError, 9);
    }),
    { seed: 6 },
  );
});

test("nobody in both: the waves are independent; a person without a number is nobody's twin", () => {
  const one = { design: simpleDesign(Float64Array.of(1, 2, 1, 1)), persons: Int32Array.of(1, 2, -1, -1) };
  const other = { design: simpleDesign(Float64Array.of(1, 1, 3)), persons: Int32Array.of(7, -1, -1) };
  const left = { values: Float64Array.of(10, 20, 40, 80), members: Int32Array.of(0, 1, 2, 3) };
  const right = { values: Float64Array.of(5, 30, 60), members: Int32Array.of(0, 1, 2) };
  const joined = joinWaves(one, other);
  expect(joined.together).toBeNull();
  expect(changeInPanel(joined, left, right)).toEqual(
    differenceBetweenWaves(
      weightedMean(one.design, left.values, left.members)!,
      weightedMean(other.design, right.values, right.members)!,
    ),
  );
  const missing = { ...right, values: new Float64Array(3).fill(Number.NaN) };
  expect(changeInPanel(joined, left, missing)).toBeNull();
  expect(() => changeInPanel(joined, right, left)).toThrow(RangeError);
  expect(() => joinWaves(one, { ...other, persons: Int32Array.of(1) })).toThrow(RangeError);
});

test("clusters stay whole, and whoever moved joins the clusters and strata moved between", () => {
  const before = {
    design: designOf([1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 2, 3]),
    persons: Int32Array.of(1, 2, 3, 4, 5, 6),
  };
  const stayed = { ...before, persons: Int32Array.of(1, 12, 3, 14, 5, 16) };
  const design = joinWaves(before, stayed).together!;
  expect(new Set(design.units.slice(0, 6)).size).toBe(4);
  expect([design.units[6], design.units[7], design.units[10]]).toEqual([
    design.units[0],
    design.units[0],
    design.units[4],
  ]);
  expect(design.units[11]).not.toBe(design.units[5]); // nobody links the fourth cluster's waves
  expect(new Set(design.strata).size).toBe(2);
  const moved = joinWaves(before, { ...before, persons: Int32Array.of(5, 12, 13, 14, 15, 16) }).together!;
  expect(moved.units[6]).toBe(moved.units[4]);
  expect(new Set([moved.strata[4], moved.strata[6], moved.strata[8]]).size).toBe(1);
});
