import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { type Line, readCsv, rounded, scoreOfItems, weighedMean } from "./by-hand.ts";
import {
  answer,
  background,
  codebook,
  csv,
  draws,
  figures,
  house,
  lifeEvent,
  pairs,
  type Row,
  SIX,
  type Survey,
  valueAt,
} from "./made-up.ts";

/**
 * Six dimensions, under two hundred persons: too few for groups, enough for an index. In the north the first three
 * dimensions are high and the others low, in the south the other way round; the west is below both in everything.
 */
const HEIGHTS: Record<string, [number, number]> = { n: [8, 5], s: [5, 8], w: [3, 3] };
const COLUMNS = [{ column: "paino", use: "weight" }, background("area", Object.keys(HEIGHTS)), ...pairs(SIX)];
const SURVEY: Survey = { codebook: codebook("indexed", COLUMNS), rows: respondents() };
const EVENT = lifeEvent("indexed-event", "indexed", { variables: ["area"] });

function respondents(): Row[] {
  const random = draws(6);
  return Array.from({ length: 190 }, (): Row => {
    const area = Object.keys(HEIGHTS)[random.below(3)] as string;
    const row: Row = { paino: Number((0.5 + random.next()).toFixed(4)), area };
    SIX.forEach((dimension, place) => {
      const height = (HEIGHTS[area] as [number, number])[place < 3 ? 0 : 1];
      for (const half of ["a", "b"])
        row[`${dimension}_${half}`] = random.below(20) === 0 ? 99 : answer(height + 1.5 * random.normal());
    });
    return row;
  });
}

let folder: string;
let own: ReturnType<typeof house>;
beforeAll(() => {
  folder = temporaryFolder("index");
  own = house(folder, "indexed");
  own.ingest(SURVEY);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = readCsv(csv(SURVEY));
/** The index of those with five of the six dimensions; a dimension that is missing counts neither up nor down. */
function meanIndex(members: readonly Line[], weights: readonly number[], geometric: boolean): number {
  return weighedMean(
    members.flatMap((line) => {
      const known = SIX.flatMap((dimension, place) => {
        const value = scoreOfItems(line, [`${dimension}_a`, `${dimension}_b`]);
        return value === null
          ? []
          : [{ value: geometric ? Math.log(Math.max(value, 1)) : value, weight: weights[place] as number }];
      });
      if (known.length < 5) return [];
      const value = weighedMean(known);
      return [{ value: geometric ? Math.exp(value) : value, weight: Number(line.paino) }];
    }),
  );
}

describe("the summary index", () => {
  test.each([
    { rule: { mean: "arithmetic" }, weights: [1, 1, 1, 1, 1, 1] },
    {
      rule: { mean: "geometric", weights: { health: 2, social: 1, insecurity: 0, environment: 1 } },
      weights: [0, 2, 0, 1, 1, 0],
    },
  ])("is the mean that was asked for: $rule", ({ rule, weights }) => {
    const release = own.release({ ...EVENT, summaryIndex: rule });
    const { unrounded } = own.inspect(release.id);
    for (const area of [null, "n", "s", "w"]) {
      const key = `index.summary/mean?wave=2024${area ? `&area=${area}` : ""}`;
      const members = lines.filter((line) => area === null || line.area === area);
      const expected = meanIndex(members, weights, rule.mean === "geometric");
      expect([key, unrounded(key).value]).toEqual([key, expect.closeTo(expected, 9)]);
      expect(valueAt(release, key).value).toBe(rounded(expected, 1));
    }
  });

  test("says where the order of areas hangs on the weights, and where it does not", () => {
    const release = own.release({ ...EVENT, summaryIndex: { mean: "arithmetic" } });
    expect(release.indexSensitivity.map(({ wave, variable }) => [wave, variable])).toEqual([["2024", "area"]]);
    const [{ ranks, dependsOnWeights } = { ranks: [], dependsOnWeights: null }] = release.indexSensitivity;
    // North and south change places with the weights; the west is last whatever they are.
    expect(dependsOnWeights).toBe(true);
    expect(Object.fromEntries(ranks.map(({ code, low, high }) => [code, [low, high]]))).toEqual({
      n: [1, 2],
      s: [1, 2],
      w: [3, 3],
    });
  });

  test("gives nobody a better rank than who is shown above", () => {
    const release = own.release({ ...EVENT, summaryIndex: { mean: "arithmetic" } });
    const ranks = release.indexSensitivity[0]?.ranks ?? [];
    const shown = ["n", "s"].map((code) => ({
      code,
      mean: valueAt(release, `index.summary/mean?wave=2024&area=${code}`).value,
    }));
    const first = shown.sort((left, right) => right.mean - left.mean)[0]?.code;
    expect(ranks.find(({ rank }) => rank === 1)?.code).toBe(first);
  });

  test("is not there unless it is asked for, and changes nothing else", () => {
    const without = own.release(EVENT);
    const asked = own.release({ ...EVENT, summaryIndex: { mean: "arithmetic" } });
    const rest = (release: Release) => [...figures(release)].filter(([key]) => !key.startsWith("index."));
    expect(without.indexSensitivity).toEqual([]);
    expect(JSON.stringify(without)).not.toContain("index.summary");
    expect(rest(without)).toEqual([...figures(without)]);
    expect(rest(asked)).toEqual(rest(without));
  });

  test("is not made of fewer than five usable dimensions, whatever weights were given", () => {
    const four = house(folder, "four");
    four.ingest({ codebook: codebook("indexed", COLUMNS.slice(0, 10)), rows: SURVEY.rows });
    for (const weights of [undefined, { health: 1 }, { insecurity: 1 }]) {
      const summaryIndex = { mean: "arithmetic", ...(weights && { weights }) };
      const { code, document } = four.tryRelease({ ...EVENT, summaryIndex });
      if (code !== 0) {
        // Weights for nothing that is there are a slip of the pen: they may be refused, but by name.
        expect(document.problems?.map((problem) => problem.code)).toEqual(["index-weights"]);
        continue;
      }
      expect(four.text(document.release as string)).not.toContain("index.summary");
    }
  });

  test("has no weights that are all 0 or that count the outcome in", () => {
    for (const weights of [{ health: 0 }, { subjective: 1 }])
      expect(
        own.tryRelease({ ...EVENT, summaryIndex: { mean: "arithmetic", weights } }).document.problems?.[0],
      ).toMatchObject({
        code: "index-weights",
        where: { path: "summaryIndex.weights" },
      });
  });
});
