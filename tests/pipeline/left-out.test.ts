import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whoCounts } from "../../server/pipeline/who-counts.ts";
import { temporaryFolder } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import { background, codebook, house, lifeEvent, pairs, SIX, valueAt } from "./made-up.ts";

const PERSONS = 200;
/** A background that so many persons, from one on, have no code of. */
const unknownTo = (count: number, from = 0) =>
  Array.from({ length: PERSONS }, (_, person) => (person >= from && person < from + count ? null : "x"));
const leftOut = (codes: Record<string, (string | null)[]>, unplaced = 0) => {
  const troubles = Int32Array.from({ length: PERSONS }, (_, person) => (person >= PERSONS - unplaced ? -1 : 0));
  return whoCounts(PERSONS, { codes: new Map(Object.entries(codes)), troubles }, 0.05);
};
const out = ({ present }: ReturnType<typeof whoCounts>) =>
  [...present].flatMap((held, person) => (held === 0 ? [person] : []));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => from + place);

describe("who is left out of 200", () => {
  test("ten of whom a background is not known are five in a hundred: left out; eleven stay", () => {
    expect(out(leftOut({ area: unknownTo(10) }))).toEqual(range(0, 10));
    expect(out(leftOut({ area: unknownTo(11) }))).toEqual([]);
  });

  test("fewest first: four of one background and five of another, and then no room for eight", () => {
    const codes = { many: unknownTo(8, 50), some: unknownTo(5, 20), few: unknownTo(4) };
    expect(out(leftOut(codes))).toEqual([...range(0, 4), ...range(20, 25)]);
  });

  test("who lacks two backgrounds counts once", () => {
    expect(out(leftOut({ area: unknownTo(6), gender: unknownTo(10) }))).toEqual(range(0, 10));
  });

  test("without a group as without a background; where they stay, who was placed is told apart", () => {
    const few = leftOut({ area: unknownTo(3) }, 7);
    expect([out(few), few.placed]).toEqual([[...range(0, 3), ...range(193, 200)], null]);
    const many = leftOut({ area: unknownTo(3) }, 30);
    expect(out(many)).toEqual(range(0, 3));
    expect([...many.placed!].reduce((sum, held) => sum + held, 0)).toBe(170);
    expect([...many.unplaced].reduce((sum, held) => sum + held, 0)).toBe(30);
  });

  test("the groupings themselves are no background", () => {
    expect(out(leftOut({ segment: unknownTo(5), band: unknownTo(5, 50), troubles: unknownTo(5, 100) }))).toEqual([]);
  });

  test("nobody, where all is known", () => {
    const { present, placed, unplaced } = leftOut({ area: unknownTo(0) });
    expect([out({ present, placed, unplaced }), placed]).toEqual([[], null]);
  });
});

describe("a release of 420 persons of whom some have no area", () => {
  const SLOW = 120_000;
  const { survey } = threeKinds(51, 420);
  const columns = [background("area", ["n", "s"]), ...pairs(SIX)];
  const event = (id: string) => lifeEvent(`${id}-event`, id, { variables: ["area"], tables: [["segment", "area"]] });
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder("left-out");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    { without: 21, stay: false },
    { without: 22, stay: true },
  ])(
    "$without of 420: they stay in everyone's figures, $stay",
    ({ without, stay }) => {
      const id = `lacking-${without}`;
      const own = house(folder, id);
      const rows = survey.rows.map((row, place) => (place < without ? { ...row, area: "" } : row));
      own.ingest({ codebook: codebook(id, columns), rows });
      const release = own.release(event(id));
      const { unrounded } = own.inspect(release.id);
      // Everybody answered each item: its n is the persons of the cell.
      const counted = (at: string) => unrounded(`item.health-a/mean?wave=2024${at}`).n;
      expect(counted("")).toBe(stay ? 420 : 420 - without);
      // In no cell of an area, and in none of a segment unless they are in everyone's.
      const ofArea = (area: string) => rows.filter((row) => row.area === area).length;
      expect([counted("&area=n"), counted("&area=s")]).toEqual([ofArea("n"), ofArea("s")]);
      const segments = release.segmentation.labels.map(({ code }) => counted(`&segment=${code}`));
      expect(segments.length).toBeGreaterThan(1);
      expect(segments.reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(counted(""));
      expect(valueAt(release, "persons/count?wave=2024").value).toBe(stay ? 420 : 400);
    },
    SLOW,
  );
});
