import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NARROW, nameLines, spotsOf, WIDE, widthOf } from "../../components/charts/links/geometry.ts";
import { WIDE as DESK, NARROW as PHONE, placesOf } from "../../components/charts/series/geometry.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { LANGUAGES } from "../../data/words/languages.ts";
import { MESSAGES } from "../../data/words/messages.ts";

/** Room for what is written in drawings: a generous letter of Source Sans 3 at 15 and at 17 px, semibold. */
const LETTER = { narrow: 7.4, wide: 8.6 };
type Box = { left: number; right: number; top: number; bottom: number };

describe("the circle of links", () => {
  test.each(LANGUAGES)("%s: on a phone every name is inside the drawing, and no two lie on one another", (language) => {
    const boxes = spotsOf(DIMENSIONS.length, NARROW).map(({ labelX, labelY }, place): Box => {
      const half = (MESSAGES[language].dimensions[DIMENSIONS[place] ?? "health"].short.length * LETTER.narrow) / 2;
      return { left: labelX - half, right: labelX + half, top: labelY - 12, bottom: labelY + 3 };
    });
    for (const [place, box] of boxes.entries()) {
      expect(box.left, DIMENSIONS[place]).toBeGreaterThanOrEqual(0);
      expect(box.right, DIMENSIONS[place]).toBeLessThanOrEqual(NARROW.width);
      expect(Math.min(box.top, NARROW.height - box.bottom), DIMENSIONS[place]).toBeGreaterThanOrEqual(0);
      for (const other of boxes.slice(place + 1)) expect(areApart(box, other)).toBe(true);
    }
  });

  test.each(LANGUAGES)("%s: on a wide screen every line of a name is inside the drawing", (language) => {
    for (const [place, { labelX, anchor }] of spotsOf(DIMENSIONS.length, WIDE).entries()) {
      for (const line of nameLines(MESSAGES[language].dimensions[DIMENSIONS[place] ?? "health"].name, anchor)) {
        const width = line.length * LETTER.wide;
        const left = anchor === "start" ? labelX : anchor === "end" ? labelX - width : labelX - width / 2;
        expect(left, line).toBeGreaterThanOrEqual(0);
        expect(left + width, line).toBeLessThanOrEqual(WIDE.width);
      }
    }
  });

  test("a name in lines is the same name, and no line of more words is too long", () => {
    const words = fc.array(fc.stringMatching(/^[a-zåäö-]{1,30}$/), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(words, fc.constantFrom("start" as const, "middle" as const, "end" as const), (list, anchor) => {
        const lines = nameLines(list.join(" "), anchor);
        expect(lines.join(" ")).toBe(list.join(" "));
        for (const line of lines)
          if (line.includes(" ")) expect(line.length).toBeLessThanOrEqual(anchor === "middle" ? 46 : 23);
      }),
    );
  });

  test("the stronger a link, the thicker its line, whichever its sign", () => {
    const size = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(size, size, (one, other) => {
        expect(widthOf(one)).toBe(widthOf(-one));
        if (one <= other) expect(widthOf(one)).toBeLessThanOrEqual(widthOf(other));
        expect(widthOf(one)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe("months", () => {
  test.each([
    ["phone", PHONE],
    ["desk", DESK],
  ])("on a %s every point, limit and tick stands inside the drawing, and months are in their order", (_, size) => {
    const number = fc.option(fc.integer({ min: -500, max: 2_000_000 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 160 }),
        fc.array(number, { maxLength: 3 }),
        (drawn, limits) => {
          const { points, yOf, ticks } = placesOf(drawn, limits, size);
          expect(points.length).toBe(drawn.filter((one) => one !== null).length);
          const heights = [
            ...points.map(({ y }) => y),
            ...limits.filter((one) => one !== null).map(yOf),
            ...ticks.map(yOf),
          ];
          for (const y of heights) {
            expect(y).toBeGreaterThanOrEqual(size.top);
            expect(y).toBeLessThanOrEqual(size.height - size.bottom);
          }
          for (const [place, { x }] of points.entries()) {
            expect(x).toBeGreaterThanOrEqual(size.left);
            expect(x).toBeLessThanOrEqual(size.width - size.right);
            if (place > 0) expect(x).toBeGreaterThan(points[place - 1]?.x ?? 0);
          }
        },
      ),
    );
  });
});

function areApart(one: Box, other: Box): boolean {
  return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
}
