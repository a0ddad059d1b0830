import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../data/contracts/release.ts";
import { temporaryFolder } from "../command.ts";
import { type Line, plainMean, readCsv, rounded, score, scoreOfItems } from "./by-hand.ts";
import {
  answer,
  background,
  codebook,
  csv,
  draws,
  figures,
  house,
  item,
  lifeEvent,
  type Row,
  type Survey,
  valueAt,
} from "./made-up.ts";

/**
 * Two waves without weights. The third question of `material` is hard to like and in the south often left empty; in the
 * north nothing is missing. In 2025 the third question of `social` is answered two steps higher than before.
 */
const ITEMS: Record<string, string[]> = {
  material: ["material_a", "material_b", "material_c"],
  health: ["health_a", "health_b"],
  social: ["social_a", "social_b", "social_c"],
};
const WAVES = ["2024", "2025"];
const AREAS = ["n", "s"];
const NOT_APPLICABLE = { missing: [{ code: "97", reason: "not_applicable" }] };
const COLUMNS = [
  { column: "vuosi", use: "wave" },
  background("area", ["n", "s"]),
  ...Object.entries(ITEMS).flatMap(([dimension, items]) =>
    items.map((column) => item(column, dimension, NOT_APPLICABLE)),
  ),
];
const SURVEY: Survey = { codebook: codebook("gaps", COLUMNS), rows: respondents() };

function respondents(): Row[] {
  const random = draws(8);
  return Array.from({ length: 520 }, (_, person): Row => {
    const [vuosi, area] = [WAVES[person % 2] as string, AREAS[random.below(2)] as string];
    const level = 1.5 * random.normal();
    const row: Row = { vuosi, area };
    const give = (column: string, height: number) => {
      row[column] = answer(height + level + random.normal());
    };
    for (const column of ["material_a", "material_b"]) give(column, 7);
    give("material_c", 2);
    for (const column of ["health_a", "health_b"]) give(column, area === "n" ? 6 : 4);
    for (const column of ["social_a", "social_b"]) give(column, 5);
    give("social_c", vuosi === "2025" ? 7 : 5);
    if (area === "s") {
      const chance = random.next();
      if (chance < 0.35) row.material_c = "";
      else if (chance < 0.45) row.material_c = 98;
      // Refused in the first wave alone.
      else if (chance < 0.5 && vuosi === "2024") row.material_c = 99;
      if (random.next() < 0.1) row.health_a = 98;
      if (random.next() < 0.1) row.health_b = 97;
    }
    return row;
  });
}

let folder: string;
let release: Release;
beforeAll(() => {
  folder = temporaryFolder("missing");
  const own = house(folder, "gaps");
  own.ingest(SURVEY);
  release = own.release(lifeEvent("gaps-event", "gaps", { variables: ["area"] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = readCsv(csv(SURVEY));
const inWave = (wave: string) => lines.filter(({ vuosi }) => vuosi === wave);
/** The cells of everyone and of each area in each wave, with who is in them. */
const groups = WAVES.flatMap((wave) => [
  { at: `wave=${wave}`, wave, members: inWave(wave) },
  ...AREAS.map((area) => ({
    at: `wave=${wave}&area=${area}`,
    wave,
    members: inWave(wave).filter((line) => line.area === area),
  })),
]);
/** What a share of so many persons must look like: words or nothing where few stand at an end. */
const shareOf = (events: number, of: number) =>
  events < 3 ? { kind: "few" } : { kind: "value", value: rounded((100 * events) / of) };
const share = (key: string) => {
  const figure = figures(release).get(key);
  return figure?.kind === "value" ? { kind: "value", value: figure.value } : figure;
};

describe("what was left unsaid is told", () => {
  const REASONS = { dont_know: "98", refused: "99", no_answer: "" };
  test("each reason's share of those who were asked is the file's own count", () => {
    let looked = 0;
    for (const [reason, code] of Object.entries(REASONS))
      for (const column of Object.values(ITEMS).flat())
        for (const wave of WAVES) {
          const asked = inWave(wave).filter((line) => line[column] !== "97");
          const events = asked.filter((line) => line[column] === code).length;
          const key = `missing.${column.replace("_", "-")}.${reason}/percent?wave=${wave}`;
          if (events === 0) continue;
          expect([key, share(key)]).toEqual([key, shareOf(events, asked.length)]);
          looked++;
        }
    expect(looked).toBeGreaterThanOrEqual(7);
    expect(release.cells.some(({ measure }) => measure === "missing.social-a.dont_know")).toBe(false);
  });

  test("a reason that nobody gave in a wave that asked is very few, not a question that was not asked", () => {
    expect(inWave("2025").some(({ material_c }) => material_c === "99")).toBe(false);
    expect(figures(release).get("missing.material-c.refused/percent?wave=2025")).toEqual({ kind: "few" });
  });

  test("who lacks too many dimensions to be placed in a group, by area", () => {
    // Three usable dimensions: three quarters of them are all three.
    const lacks = (line: Line) => Object.values(ITEMS).some((items) => scoreOfItems(line, items) === null);
    expect(release.segmentation.certificate.dimensions).toEqual(["material", "health", "social"]);
    // A group like any other: fewer than ten are not told, nor a tenth who could be computed from the rest.
    let looked = 0;
    for (const { at, members } of groups) {
      const events = members.filter(lacks).length;
      const told = share(`unclassifiable/percent?${at}`);
      if (events >= 10 && told?.kind === "value") looked++;
      else expect([at, told]).toEqual([at, { kind: "protected" }]);
      if (told?.kind === "value") expect([at, told]).toEqual([at, shareOf(events, members.length)]);
    }
    expect(looked).toBeGreaterThan(0);
  });
});

describe("what a figure must say of itself", () => {
  /** Missing answers guessed as person mean + item mean − grand mean, over the answers of the wave. */
  const filled = (wave: string, items: readonly string[]) => {
    const answers = (line: Line) => items.map((column) => score(line[column])).filter((value) => value !== null);
    const grand = plainMean(inWave(wave).flatMap(answers));
    const effect = new Map(
      items.map((column) => [column, plainMean(inWave(wave).flatMap((line) => score(line[column]) ?? [])) - grand]),
    );
    return (line: Line) => {
      const given = answers(line);
      if (given.length === 0) return null;
      const own = plainMean(given);
      return plainMean(
        items
          .filter((column) => line[column] !== "97")
          .map((column) => score(line[column]) ?? own + (effect.get(column) as number)),
      );
    };
  };

  test("a mean that moves by more than a point when gaps are guessed depends on them, and no other does", () => {
    const flagged: string[] = [];
    for (const { at, wave, members } of groups)
      for (const [dimension, items] of Object.entries(ITEMS)) {
        const guess = filled(wave, items);
        const scored = plainMean(members.flatMap((line) => scoreOfItems(line, items) ?? []));
        const guessed = plainMean(members.flatMap((line) => guess(line) ?? []));
        const { flags, value } = valueAt(release, `dimension.${dimension}/mean?${at}`);
        expect([at, dimension, value]).toEqual([at, dimension, rounded(scored, 1)]);
        expect([at, dimension, flags.includes("depends-on-missing")]).toEqual([
          at,
          dimension,
          Math.abs(guessed - scored) > 1,
        ]);
        if (flags.includes("depends-on-missing")) flagged.push(`${dimension} ${at}`);
      }
    expect(flagged).toEqual(WAVES.flatMap((wave) => [`material wave=${wave}`, `material wave=${wave}&area=s`]));
    for (const { measure, figure } of release.cells)
      if (!measure.startsWith("dimension.") && figure.kind === "value")
        expect(figure.flags).not.toContain("depends-on-missing");
  });

  test("an item that moved away from its fellows since the reference wave behaves differently, cell by cell", () => {
    const items = ITEMS.social as string[];
    const away = (wave: string, column: string) =>
      inWave(wave).map((line) => (score(line[column]) as number) - (scoreOfItems(line, items) as number));
    for (const column of items) {
      const [before, after] = [away("2024", column), away("2025", column)];
      const spread = Math.sqrt(plainMean(before.map((value) => (value - plainMean(before)) ** 2)));
      const shift = (plainMean(after) - plainMean(before)) / spread;
      const measure = `item.${column.replace("_", "-")}`;
      const told = release.comparability.find((one) => one.measure === measure);
      expect(told).toEqual({ wave: "2025", measure, shift: rounded(shift, 2), differs: Math.abs(shift) > 0.2 });
    }
    expect(release.comparability.find(({ measure }) => measure === "item.social-c")?.shift).toBeGreaterThan(1);
    const differing = new Set(release.comparability.flatMap(({ measure, differs }) => (differs ? [measure] : [])));
    expect(differing.has("item.social-c")).toBe(true);
    expect([...differing].filter((measure) => !measure.startsWith("item.social"))).toEqual([]);
    for (const { measure, statistic, at, figure } of release.cells)
      if (figure.kind === "value" && statistic === "mean")
        expect([measure, at, figure.flags.includes("behaves-differently")]).toEqual([
          measure,
          at,
          at.wave === "2025" && differing.has(measure),
        ]);
  });
});

describe("how many are low", () => {
  test("is the file's own share of scores below forty, for everyone and each area", () => {
    for (const { at, members } of groups)
      for (const [dimension, items] of Object.entries(ITEMS)) {
        const scores = members.flatMap((line) => scoreOfItems(line, items) ?? []);
        const low = scores.filter((value) => value < 40).length;
        expect([at, dimension, share(`low.${dimension}/percent?${at}`)]).toEqual([
          at,
          dimension,
          shareOf(low, scores.length),
        ]);
      }
  });

  test("forty is not low, in whatever order five answers of a scale of seven were added up", () => {
    const columns = ["1", "2", "3", "4", "5"].map((place) => item(`h${place}`, "health", { scale: "seven" }));
    const book = codebook("forty", columns, { scales: { seven: { type: "likert", min: 1, max: 7 } } });
    // 0 + 0 + 5 + 6 + 1 = 12 of 30 steps: 40 of 100.
    const rows = Array.from({ length: 120 }, (_, person): Row => {
      const given = person % 2 ? [1, 1, 6, 7, 2] : [5, 5, 5, 6, 5];
      return Object.fromEntries(columns.map(({ column }, place) => [column, given[place] as number]));
    });
    const own = house(folder, "forty");
    own.ingest({ codebook: book, rows });
    const made = own.release(lifeEvent("forty-event", "forty"));
    expect(valueAt(made, "dimension.health/mean?wave=2024").value).toBe(rounded((40 + (100 * 21) / 30) / 2, 1));
    expect(figures(made).get("low.health/percent?wave=2024")).toEqual({ kind: "few" });
  });
});
