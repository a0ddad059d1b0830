import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceLine, differenceMark, markOf, WHOLE } from "../../components/charts/dot-rows/geometry.ts";
import { toneOf } from "../../components/charts/fingerprint/geometry.ts";
import { hasRoomFor, ribbonBands } from "../../components/charts/ribbon/geometry.ts";
import { groupLook } from "../../components/charts/ribbon/group-look.ts";
import { comparison, value } from "../findings/made-up.ts";

describe("ribbon", () => {
  const share = fc.record({ value: fc.integer({ min: 1, max: 60 }), half: fc.integer({ min: 0, max: 5 }) });
  const shares = fc.array(share, { minLength: 1, maxLength: 8 });

  test("bands stand side by side without overlap, as wide as their shares, and never leave the frame", () => {
    fc.assert(
      fc.property(shares, (list) => {
        const bands = ribbonBands(
          list.map(({ value: share, half }, place) => ({
            code: String(place),
            figure: value(share, { low: share - half, high: share + half }),
          })),
        );
        const starts = list.map((_, place) => list.slice(0, place).reduce((sum, one) => sum + one.value, 0));
        const total = Math.max(
          100,
          ...list.map(({ value: share, half }, place) => (starts[place] ?? 0) + share + half),
        );
        let end = 0;
        for (const [place, band] of bands.entries()) {
          expect(band.start).toBeCloseTo(end, 9);
          expect(band.width).toBeCloseTo(((list[place]?.value ?? 0) / total) * 100, 9);
          expect(band.whisker?.low).toBeLessThanOrEqual(band.start + band.width + 1e-9);
          expect(band.whisker?.high).toBeLessThanOrEqual(100 + 1e-9);
          const drawn = (band.whisker?.high ?? 0) - (band.whisker?.low ?? 0);
          expect(drawn).toBeCloseTo(((2 * (list[place]?.half ?? 0)) / total) * 100, 9);
          end = band.start + band.width;
        }
        expect(end).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  test("a group whose share is no number has no band, and its room stays empty", () => {
    const bands = ribbonBands([
      { code: "A", figure: value(60) },
      { code: "B", figure: { kind: "protected" } },
      { code: "C", figure: null },
    ]);
    expect(bands.map(({ code }) => code)).toEqual(["A"]);
    expect(bands[0]?.width).toBe(60);
  });
});

describe("dots", () => {
  test("a dot and its limits stand where the table says, on the whole scale", () => {
    expect(markOf(value(63.4, { low: 61, high: 65.8 }))).toEqual({ x: 63.4, low: 61, high: 65.8 });
    expect(WHOLE).toMatchObject({ from: 0, to: 100 });
  });

  test.each(["few", "most", "uncertain", "not-asked", "not-yet", "protected"] as const)(
    "%s is drawn nowhere",
    (kind) => {
      expect(markOf({ kind })).toBeNull();
    },
  );

  test("differences stand on a fixed line with zero in its middle that holds every limit", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })),
          { maxLength: 12 },
        ),
        (pairs) => {
          const all = pairs.map(([difference, half]) => ({
            low: Math.max(-100, difference - half),
            high: Math.min(100, difference + half),
          }));
          const line = differenceLine(all);
          expect(line.from).toBe(-line.to);
          expect([10, 20, 50, 100]).toContain(line.to);
          for (const { low, high } of all) {
            expect(low).toBeGreaterThanOrEqual(line.from);
            expect(high).toBeLessThanOrEqual(line.to);
          }
        },
      ),
    );
    expect(differenceMark(comparison("previous-wave", 0, { settled: false }), differenceLine([]))?.x).toBe(50);
  });
});

describe("tone", () => {
  test("an unsettled difference has no colour, however large", () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (difference) => {
        expect(toneOf(comparison("everyone", difference, { settled: false }))).toBe("plain");
      }),
    );
    expect(toneOf(null)).toBe("plain");
  });

  test("a settled one is coloured by its sign, in fixed steps", () => {
    const tone = (difference: number) => toneOf(comparison("everyone", difference, { settled: true }));
    expect([tone(0.4), tone(6), tone(12)]).toEqual(["up-1", "up-2", "up-3"]);
    expect([tone(-0.4), tone(-6), tone(-12)]).toEqual(["down-1", "down-2", "down-3"]);
  });
});

describe("looks of groups", () => {
  const looks = (variable: "segment" | "band" | "troubles", of: number) =>
    Array.from({ length: of }, (_, place) => groupLook({ variable, place, of }));

  test("an order is a ramp: from the lightest to the darkest, every step further than the one before", () => {
    fc.assert(
      fc.property(fc.constantFrom("band", "troubles"), fc.integer({ min: 2, max: 5 }), (variable, of) => {
        const steps = looks(variable, of).map(({ className }) => Number(className.replace("group-step-", "")));
        expect([steps[0], steps.at(-1)]).toEqual([0, 4]);
        for (const [place, step] of steps.entries()) if (place > 0) expect(step).toBeGreaterThan(steps[place - 1] ?? 0);
      }),
    );
  });

  test("segments have no order: none takes a step of the ramp, and eight are told apart by colour and by pattern", () => {
    const all = looks("segment", 8);
    expect(all.every(({ className }) => !className.includes("step"))).toBe(true);
    expect(new Set(all.map(({ className }) => className)).size).toBe(8);
    expect(new Set(all.map(({ pattern }) => pattern)).size).toBe(8);
  });

  test("a text is written in a band only where it fits on the narrowest screen that draws the ribbon", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.double({ min: 0, max: 100, noNaN: true }), (text, width) => {
        for (const kind of ["share", "limits", "word"] as const) {
          if (!hasRoomFor(kind, text, width)) continue;
          expect(hasRoomFor(kind, text, Math.min(100, width + 1))).toBe(true);
          expect(text.length * 7).toBeLessThan(width * 8);
        }
      }),
    );
  });
});
