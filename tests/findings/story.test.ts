import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Versus } from "../../data/contracts/cell.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { everyNth, type Finding } from "../../server/findings/finding.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { comparison, madeUp, mean, named, share, value } from "./made-up.ts";

const groupShares = [
  share({ wave: "2025", segment: "A" }, value(69, { low: 66, high: 72 })),
  share({ wave: "2025", segment: "B" }, value(31, { low: 28, high: 34 })),
];

/** A picture in which group B differs from everyone by the given comparisons, dimension by dimension. */
function pictureOf(versus: (place: number) => Versus[], groupVersus: (place: number) => Versus[] = () => []): Story {
  const cells = DIMENSIONS.flatMap((dimension, place) => [
    mean(dimension, { wave: "2024" }, value(60)),
    mean(dimension, { wave: "2025" }, value(60 + place, { versus: versus(place) })),
    mean(dimension, { wave: "2025", segment: "A" }, value(62)),
    mean(dimension, { wave: "2025", segment: "B" }, value(50, { versus: groupVersus(place) })),
  ]);
  const story = storyOf(madeUp({ cells: [...cells, ...groupShares] }));
  if (!story) throw new Error("no story");
  return story;
}

const every = (finding: Finding): Finding[] => [finding, ...(finding.list ?? []).flatMap(every)];
const all = (story: Story): Finding[] =>
  [
    ...story.said.headline,
    ...story.said.inShort.map(({ said }) => said),
    ...story.said.groupChanges,
    story.said.changes,
    story.said.dimensions,
    story.said.shares,
  ].flatMap(every);

describe("what is not settled is not said", () => {
  test("a difference as large as one likes is no finding while it is not settled", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 9, maxLength: 9 }), (differences) => {
        const story = pictureOf(
          (place) => [comparison("previous-wave", differences[place] ?? 0, { settled: false })],
          (place) => [
            comparison("everyone", differences[place] ?? 0, { settled: false }),
            comparison("previous-wave", 9, { settled: false }),
          ],
        );
        expect(all(story).map(({ id }) => id)).not.toContain("difference-item");
        expect(story.said.headline.map(({ id }) => id)).toEqual(["groups-untested"]);
        expect(story.said.inShort.map(({ said }) => said.id)).toEqual(["change-none"]);
        expect(story.said.dimensions.id).toBe("fingerprint-unsettled");
        expect(story.said.groupChanges).toEqual([]);
      }),
    );
  });

  test("every number named in a sentence stands in a cell whose comparison is settled", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.boolean()), { minLength: 9, maxLength: 9 }),
        (drawn) => {
          const of = (place: number, against: Versus["against"]) =>
            comparison(against, drawn[place]?.[0] ?? 0, { settled: drawn[place]?.[1] ?? false });
          const story = pictureOf(
            (place) => [of(place, "previous-wave")],
            (place) => [of(place, "everyone")],
          );
          for (const { cells } of all(story)) {
            for (const { key, part, against } of Object.values(cells)) {
              const figure = story.cells.get(key)?.figure;
              expect(figure?.kind).toBe("value");
              if (part.startsWith("difference") && figure?.kind === "value") {
                expect(figure.versus.find((one) => one.against === against)?.settled).toBe(true);
              }
            }
          }
        },
      ),
    );
  });

  test("planted: a settled difference in fewer than half of the dimensions does not make a headline", () => {
    const story = pictureOf(
      () => [],
      (place) => [comparison("everyone", -20, { settled: place < 4 })],
    );
    expect(story.said.headline.map(({ id }) => id)).not.toContain("group-below");
    const more = pictureOf(
      () => [],
      (place) => [comparison("everyone", -20, { settled: place < 5 })],
    );
    expect(more.said.headline.map(({ id }) => id)).toContain("group-below");
  });
});

describe("what is said", () => {
  test("the group below everyone is named with its share, its interval and three dimensions in their own order", () => {
    const story = pictureOf(
      () => [],
      (place) => [comparison("everyone", -10 - place, { settled: true })],
    );
    const below = story.said.headline.find(({ id }) => id === "group-below");
    expect(below?.values).toMatchObject({ code: "B", count: 9, of: 9, extent: "all" });
    expect(below?.cells.share).toEqual({ key: "persons/percent?wave=2025&segment=B", part: "value" });
    expect(below?.list?.map(({ values }) => values.dimension)).toEqual([
      { low: "environment" },
      { low: "insecurity" },
      { low: "subjective" },
    ]);
  });

  test("the first wave has no change; an incomparable one says so; a group's change is said when everyone's is not", () => {
    const first = storyOf(madeUp({ cells: [], waves: ["2025"] }));
    expect(first?.said.changes.id).toBe("change-first");
    expect(pictureOf(() => []).said.changes.id).toBe("change-incomparable");
    const groups = pictureOf(
      () => [comparison("previous-wave", 1, { settled: false })],
      (place) => [comparison("previous-wave", 4, { settled: place === 2 })],
    );
    expect(groups.said.changes).toMatchObject({
      id: "change-groups",
      list: [{ id: "change-group-item", values: { code: "B" } }],
    });
  });

  test("a wave that the release lacks has no story", () => {
    expect(storyOf(madeUp({ cells: [] }), "1999")).toBeNull();
  });

  test("without published groups the picture is of everyone, and says so", () => {
    const story = storyOf(
      madeUp({ cells: [mean("health", { wave: "2025" }, value(60))], segments: [], verdict: "none" }),
    );
    expect(story?.grouping).toBeNull();
    expect(story?.said.headline[0]?.id).toBe("groups-none");
  });

  test("the verdict chooses the grouping that leads: segments, level bands or the pile-up of troubles", () => {
    const at = { wave: "2025" };
    const cells = [
      ...groupShares,
      ...["1", "2"].map((band) => share({ ...at, band }, value(50))),
      ...["0", "3+"].map((troubles) => share({ ...at, troubles }, value(50))),
    ];
    const variables = [
      { id: "wave", name: named("Wave"), codes: [{ code: "2025", name: named("2025") }] },
      { id: "band", name: named("Band"), codes: ["1", "2"].map((code) => ({ code, name: named(code) })) },
    ];
    const leads = (verdict: "untested" | "segments" | "level-only" | "none" | "one-question") =>
      storyOf(madeUp({ cells, verdict, variables, waves: ["2025"] }))?.grouping?.variable;
    expect(leads("untested")).toBe("segment");
    expect(leads("segments")).toBe("segment");
    expect(leads("level-only")).toBe("band");
    expect(leads("none")).toBe("troubles");
    expect(leads("one-question")).toBe("troubles");
  });
});

describe("every so many", () => {
  test.each([
    [50, "half"],
    [33, "third"],
    [25, "fourth"],
    [20, "fifth"],
    [17, "sixth"],
    [16, "sixth"],
    [14, "seventh"],
    [10, "tenth"],
    [40, "other"],
    [29, "other"],
    [3, "other"],
  ])("%i %% is %s", (percent, word) => {
    const cell = { key: "k", ...share({ wave: "1" }, value(percent)) };
    expect(everyNth(cell)).toBe(word);
  });

  test("a share that is no number is not every so many", () => {
    expect(everyNth({ key: "k", ...share({ wave: "1" }, { kind: "protected" }) })).toBe("other");
  });
});
