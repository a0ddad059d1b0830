import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { Codebook } from "../../data/contracts/codebook.ts";
import { LifeEvent } from "../../data/contracts/life-event.ts";
import { Reference } from "../../data/contracts/reference.ts";
import { storyOf } from "../../server/findings/story.ts";
import { readReferences } from "../../server/store/published/read-references.ts";
import { ROOT } from "../command.ts";
import { madeUp, named, value } from "./made-up.ts";

const WAVE = "2025";
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const REFERENCE = Reference.parse(read("data/references/3x10d-2022.json"));

/** Diak, Puheenvuoro 44, table 1: mean and standard deviation of the ten questions, 0–10. */
const PUBLISHED: Record<string, [number, number]> = {
  "3x10d-health": [6.83, 2.14],
  "3x10d-difficulties": [6.88, 1.99],
  "3x10d-housing": [7.65, 1.86],
  "3x10d-coping": [7.17, 1.93],
  "3x10d-family": [8.23, 1.83],
  "3x10d-friends": [7.12, 2.48],
  "3x10d-finances": [6.02, 2.54],
  "3x10d-strengths": [6.4, 2.15],
  "3x10d-self-esteem": [6.11, 2.45],
  "3x10d-life": [7.01, 1.92],
};

describe("the reference as data", () => {
  test("is what was published, and its scores are the same means on the scale 0–100", () => {
    expect(Object.fromEntries(REFERENCE.items.map(({ item, mean, sd }) => [item, [mean, sd]]))).toEqual(PUBLISHED);
    expect([REFERENCE.n, REFERENCE.fieldwork, REFERENCE.ages]).toEqual([1011, "2022-10", { from: 16, to: 29 }]);
    for (const { item, score } of REFERENCE.items) expect(score).toBeCloseTo(10 * PUBLISHED[item]![0], 10);
  });

  test("stands only beside life events whose codebooks ask its questions so, on its scale, of its ages", () => {
    const codebooks = readdirSync(join(ROOT, "data/codebooks"))
      .filter((name) => name.endsWith(".json"))
      .map((name) => Codebook.parse(read(`data/codebooks/${name}`)));
    for (const { lifeEvent, at } of REFERENCE.beside) {
      const { sources } = LifeEvent.parse(read(`data/life-events/${lifeEvent}.json`));
      const surveys = codebooks.filter(({ id }) =>
        sources.some(({ codebook, role }) => codebook === id && role === "survey"),
      );
      expect(surveys.length, lifeEvent).toBeGreaterThan(0);
      for (const { columns, scales = {} } of surveys) {
        const asked = columns.filter((column) => column.use === "item");
        const shared = REFERENCE.items.flatMap((item) => asked.filter(({ id }) => id === item.item));
        expect(shared.length, lifeEvent).toBeGreaterThan(0);
        for (const { id, wording, scale, direction } of shared) {
          expect(wording, id).toBe(REFERENCE.items.find(({ item }) => item === id)!.wording);
          expect([scales[scale]?.min, scales[scale]?.max, direction], id).toEqual([0, 10, "+"]);
        }
        const ages = columns.find((column) => column.use === "background" && column.id === "age");
        if (ages?.use !== "background" || !ages.bands) throw new Error(`${lifeEvent} has no bands of age`);
        const own = ages.bands.filter(({ code }) => at.age === undefined || code === at.age);
        expect(own.length, lifeEvent).toBeGreaterThan(0);
        for (const { from, to } of own) {
          expect(from).toBeGreaterThanOrEqual(REFERENCE.ages.from);
          expect(to).toBeLessThanOrEqual(REFERENCE.ages.to + 1);
        }
      }
    }
  });

  test("every reference that the repository keeps keeps its contract, and no folder is no reference", async () => {
    expect((await readReferences(join(ROOT, "data/references"))).map(({ id }) => id)).toEqual(["3x10d-2022"]);
    expect(await readReferences(join(ROOT, "data/no-such-folder"))).toEqual([]);
  });
});

describe("the reference beside a picture", () => {
  const items = REFERENCE.items.map(({ item }) => item);
  const storyWith = (cells: Cell[], beside: Reference["beside"] = [{ lifeEvent: "made-up", at: {} }]) => {
    const story = storyOf(
      madeUp({
        cells,
        lifeEvent: {
          ...{ id: "made-up", name: named("Made up"), purpose: named("Tests"), owner: "nobody", ownerName: null },
          services: [],
        },
      }),
      WAVE,
      [{ ...REFERENCE, beside }],
    );
    if (!story) throw new Error("no story");
    return story;
  };
  const cell = (item: string, figure: Cell["figure"], at: Cell["at"] = { wave: WAVE }): Cell => ({
    ...{ measure: `item.${item}`, statistic: "mean", at, figure },
  });

  test("of two hundred drawn profiles no order and no difference is claimed, and every published question stands beside", () => {
    const figure = fc.oneof(
      fc.record({ mean: fc.integer({ min: 5, max: 95 }), half: fc.integer({ min: 1, max: 6 }) }),
      fc.constantFrom("protected" as const, "absent" as const),
    );
    fc.assert(
      fc.property(fc.array(figure, { minLength: items.length, maxLength: items.length }), (drawn) => {
        const story = storyWith(
          drawn.flatMap((one, place) => {
            if (one === "absent") return [];
            if (one === "protected") return [cell(items[place]!, { kind: "protected" })];
            return [cell(items[place]!, value(one.mean, { low: one.mean - one.half, high: one.mean + one.half }))];
          }),
        );
        if (!drawn.some((one) => typeof one === "object")) return expect(story.said.reference).toBeNull();
        expect(story.said.reference).toEqual({ id: "reference-beside", values: {}, cells: {} });
        expect(story.reference!.rows.map(({ item }) => item.item)).toEqual(
          items.filter((_, place) => drawn[place] !== "absent"),
        );
      }),
      { numRuns: 200, seed: 64 },
    );
  });

  test("it stands beside those of its ages alone, and says nothing of a life event that it is not declared for", () => {
    const cells = [
      cell("3x10d-health", value(70, { low: 68, high: 72 })),
      cell("3x10d-health", value(60, { low: 55, high: 65 }), { wave: WAVE, age: "18-24" }),
    ];
    const young = storyWith(cells, [{ lifeEvent: "made-up", at: { age: "18-24" } }]);
    expect(young.reference!.rows.map(({ mean }) => mean.key)).toEqual([
      `item.3x10d-health/mean?wave=${WAVE}&age=18-24`,
    ]);
    const other = storyWith(cells, [{ lifeEvent: "another", at: {} }]);
    expect([other.reference, other.said.reference]).toEqual([null, null]);
  });

  test("where nothing of it may be shown, it is not there", () => {
    const hidden = storyWith([cell("3x10d-health", { kind: "protected" })]);
    expect([hidden.reference, hidden.said.reference]).toEqual([null, null]);
  });
});
