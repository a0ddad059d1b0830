import fc from "fast-check";
import { toPoints } from "./reference.ts";

/** As many equal weights. */
export const ones = (rows: number) => new Float64Array(rows).fill(1);

/** Small weighted point sets on a coarse grid (many ties), some coordinates missing, each row with at least two of three. */
export const pointSets = fc
  .record({
    rows: fc.array(
      fc.record({
        at: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
        missing: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 2 }),
        weight: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 6, maxLength: 40 },
    ),
    clusters: fc.integer({ min: 1, max: 5 }),
    number: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ rows, clusters, number }) => ({
    points: toPoints(rows.map(({ at, missing }) => at.map((value, d) => (d === missing ? null : value / 3)))),
    weights: Float64Array.from(rows, ({ weight }) => weight / 4),
    complete: rows.filter(({ missing }) => missing === null).length,
    clusters,
    number,
  }))
  .filter(({ complete }) => complete > 0);
