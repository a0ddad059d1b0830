import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../command.ts";
import { background, brokenNumbers, codebook, draws, house, lifeEvent, pairs, type Row, SIX } from "./made-up.ts";

/** Five ways to answer; in every dimension all five heights differ. */
const PATTERNS = [0, 1, 2, 3, 4].map((pattern) =>
  SIX.map((_, place) => 2 * ((pattern * (1 + (place % 4)) + place) % 5) + 1),
);
const EVENT = lifeEvent("alike-event", "alike", { variables: ["area"], tables: [["segment", "area"]] });
/** Far above what it takes (a few seconds), far below what as many groups as persons allow took (a minute and a half). */
const SECONDS = 40;

let folder: string;
beforeAll(() => {
  folder = temporaryFolder("few-patterns");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("eight hundred people who answer in five ways", () => {
  test(`are released in ${SECONDS} s: no more groups are tried than there are ways`, { timeout: 300_000 }, () => {
    const random = draws(51);
    const kinds = Array.from({ length: 800 }, (_, person) => person % PATTERNS.length);
    const rows = kinds.map((kind): Row => {
      const heights = PATTERNS[kind] as number[];
      const answers = SIX.flatMap((dimension, place) =>
        ["a", "b"].map((half) => [`${dimension}_${half}`, heights[place] as number] as const),
      );
      return { area: random.below(3) ? "s" : "n", ...Object.fromEntries(answers) };
    });
    const own = house(folder, "alike");
    own.ingest({ codebook: codebook("alike", [background("area", ["n", "s"]), ...pairs(SIX)]), rows });
    const before = performance.now();
    const release = own.release(EVENT);
    expect((performance.now() - before) / 1000).toBeLessThan(SECONDS);
    const { certificate, k } = release.segmentation;
    expect(certificate.tried.map((tried) => tried.k)).toEqual([2, 3, 4, 5]);
    // As many groups as ways to answer: nobody is nearer to another group, and every resample finds them again.
    expect(k).toBe(5);
    const five = certificate.tried.find((tried) => tried.k === 5);
    expect([five?.silhouette, five?.admissible]).toEqual([1, true]);
    expect(brokenNumbers(JSON.parse(own.text(release.id)))).toEqual([]);
    const { labels } = own.inspect(release.id);
    const ways = new Set(labels.map(({ line, segment }) => `${kinds[Number(line) - 2]} ${segment}`));
    expect([labels.length, ways.size]).toEqual([800, 5]);
  });
});
