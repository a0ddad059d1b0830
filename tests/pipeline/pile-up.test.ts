import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { rounded } from "./by-hand.ts";
import { codebook, draws, figures, house, lifeEvent, pairs, type Row, SIX } from "./made-up.ts";

/** All but five persons are low in some dimension: how many have no trouble is nobody's to know. */
const PERSONS = 160;
const ROWS = respondents();

function respondents(): Row[] {
  const random = draws(17);
  return Array.from({ length: PERSONS }, (_, person): Row => {
    const lowIn = person < 5 ? [] : [person % 6, random.below(6), random.below(6), random.below(6)];
    const answers = SIX.flatMap((dimension, place) => {
      const height = lowIn.includes(place) ? 1 + random.below(2) : 6 + random.below(4);
      return ["a", "b"].map((half) => [`${dimension}_${half}`, height] as const);
    });
    return Object.fromEntries(answers);
  });
}

describe("how troubles pile up", () => {
  let folder: string;
  let release: Release;
  beforeAll(() => {
    folder = temporaryFolder("pile-up");
    const own = house(folder, "piled");
    own.ingest({ codebook: codebook("piled", pairs(SIX)), rows: ROWS });
    release = own.release(lifeEvent("piled-event", "piled"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const isLow = (row: Row, dimension: string) =>
    5 * (Number(row[`${dimension}_a`]) + Number(row[`${dimension}_b`])) < 40;
  const troubles = ROWS.map((row) => SIX.filter((dimension) => isLow(row, dimension)).length);

  test("is the file's own share of three or more, beside what it were if dimensions had nothing to do with each other", () => {
    // How many of six independent dimensions are low, one dimension after the other.
    let chances = [1];
    for (const dimension of SIX) {
      const share = ROWS.filter((row) => isLow(row, dimension)).length / PERSONS;
      const before = [...chances, 0];
      chances = before.map((chance, low) => chance * (1 - share) + (before[low - 1] ?? 0) * share);
    }
    const many = chances.slice(3).reduce((sum, chance) => sum + chance, 0);
    const told = release.segmentation.pileUp.find(({ code }) => code === "3+");
    expect(told).toMatchObject({
      independent: rounded(100 * many),
      ratio: rounded(troubles.filter((count) => count >= 3).length / PERSONS / many, 2),
    });
    expect((told?.low ?? 2) < (told?.ratio ?? 1) && (told?.ratio ?? 1) < (told?.high ?? 0)).toBe(true);
  });

  test("tells nobody's troubles where the group is too small to be shown: a ratio is a count as well", () => {
    expect(troubles.filter((count) => count === 0).length).toBe(5);
    expect(figures(release).get("persons/percent?wave=2024&troubles=0")).toEqual({ kind: "protected" });
    expect(release.segmentation.pileUp.map(({ code }) => code)).not.toContain("0");
  });
});
