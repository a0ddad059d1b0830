import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell, Versus } from "../../data/contracts/cell.ts";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import type { DriversDescription, Measure, ServiceVerdict } from "../../data/contracts/release.ts";
import type { Finding } from "../../server/findings/finding.ts";
import { storyOf } from "../../server/findings/story.ts";
import { madeUp, mean, named, percent, share, value } from "./made-up.ts";

/**
 * A release is drawn as a plain table of numbers; what a portrait must say is worked out of that table, never of the
 * cells. The group is B of three.
 */
const WAVE = "2025";
const CODES = ["A", "B", "C"];
const OWN = { wave: WAVE, segment: "B" };
const QUESTIONS = Array.from({ length: 9 }, (_, place) => `item.q${place}`);
const CLASSES = ["n", "e", "s", "w", "c", "x"];
const SERVICES = ["advice", "library", "tutoring", "sports", "clinic"];

/** A difference in whole points: how large, whether it is settled, and half the width of its interval. */
type Drawn = { difference: number; settled: boolean; half: number };
const drawn = fc
  .record({ size: fc.integer({ min: 1, max: 30 }), sign: fc.constantFrom(-1, 1), half: fc.integer({ min: 1, max: 9 }) })
  .chain(({ size, sign, half }) =>
    fc.boolean().map((wished): Drawn => ({ difference: size * sign, settled: wished && half < size, half })),
  );
const figures = (length: number) => fc.array(fc.option(drawn), { minLength: length, maxLength: length });

const table = fc.record({
  dimensions: figures(DIMENSIONS.length),
  questions: figures(QUESTIONS.length),
  classes: figures(CLASSES.length),
  services: fc.array(fc.constantFrom("works", "fails", "not-settled", "protected", null), {
    minLength: SERVICES.length,
    maxLength: SERVICES.length,
  }),
  slopes: fc.array(fc.boolean(), { minLength: DIMENSIONS.length, maxLength: DIMENSIONS.length }),
  verdicts: fc.array(fc.constantFrom("weakens-when-low", "lifts-when-high", "both", "neither"), {
    minLength: DIMENSIONS.length,
    maxLength: DIMENSIONS.length,
  }),
});
type Table = typeof table extends fc.Arbitrary<infer Drawing> ? Drawing : never;

function versusOf({ difference, settled, half }: Drawn): Versus[] {
  const limits = { low: difference - half, high: difference + half, settled };
  return [
    { against: "everyone", difference, ...limits },
    { against: "others", difference: difference * 2, low: difference * 2 - half, high: difference * 2 + half, settled },
  ];
}

const figureOf = (one: Drawn | null): Cell["figure"] =>
  one ? value(50, { low: 48, high: 52, versus: versusOf(one) }) : { kind: "protected" };

function measureOf(id: string): Measure {
  return {
    ...{ id, name: named(id), statistics: ["mean"], dimension: null, service: null, min: 0, max: 100 },
    ...{ direction: "+", proxy: false, items: [], asked: [WAVE] },
  };
}

function portraitOf({ dimensions, questions, classes, services, slopes, verdicts }: Table) {
  const drivers: DriversDescription = {
    ...{ wave: WAVE, outcome: "subjective", reading: "drivers", retained: 98, fewRetained: false, explained: 0.4 },
    differing: [],
    drivers: DIMENSIONS.slice(0, -1).map((dimension, place) => ({
      ...{ dimension, verdict: verdicts[place] as "both", low: null, high: null, ranks: null },
      ...{ inseparableFrom: null, opposite: false },
    })),
  };
  const cells: Cell[] = [
    ...CODES.map((segment) => share({ wave: WAVE, segment }, value(33, { low: 30, high: 36 }))),
    ...DIMENSIONS.flatMap((dimension, place) => [
      mean(dimension, { wave: WAVE }, value(50)),
      mean(dimension, OWN, figureOf(dimensions[place] ?? null)),
    ]),
    ...QUESTIONS.map(
      (id, place): Cell => ({ ...mean("health", OWN, figureOf(questions[place] ?? null)), measure: id }),
    ),
    ...CLASSES.map((area, place) => share({ ...OWN, area }, figureOf(classes[place] ?? null))),
    ...SERVICES.flatMap((id, place) => [
      percent(`service.${id}.need-met`, { wave: WAVE }, value(60)),
      percent(`service.${id}.need-met`, OWN, services[place] === "protected" ? { kind: "protected" } : value(55)),
    ]),
    ...DIMENSIONS.slice(0, -1).flatMap((dimension, place): Cell[] => [
      { measure: `driver.${dimension}`, statistic: "slope", at: { wave: WAVE }, figure: value(1.5) },
      {
        ...{ measure: `driver.${dimension}`, statistic: "slope", at: OWN },
        figure: slopes[place] ? value(2.5, { low: 2, high: 3 }) : { kind: "uncertain" },
      },
    ]),
  ];
  const own = madeUp({ cells: [], waves: [WAVE] }).release;
  const story = storyOf(
    madeUp({
      ...{ cells, segments: CODES, waves: [WAVE], drivers: [drivers] },
      measures: [...own.measures, ...QUESTIONS.map(measureOf)],
      variables: [
        ...own.variables,
        { id: "area", name: named("Area"), codes: CLASSES.map((code) => ({ code, name: named(code) })) },
      ],
      lifeEvent: {
        ...own.lifeEvent,
        services: SERVICES.map((id) => ({ id, name: named(id), organisation: "town", organisationName: null })),
      },
      services: SERVICES.flatMap((service, place): ServiceVerdict[] => {
        const verdict = services[place];
        if (verdict === null || verdict === "protected") return [];
        return [{ wave: WAVE, variable: "segment", code: "B", service, verdict: verdict as "works" }];
      }),
    }),
  );
  const group = story?.groupAsked("segment", "B");
  if (!story || !group) throw new Error("no story");
  return story.portrait(group);
}

/** The names at the places of a drawn list for which a test holds, in their declared order. */
const at = <One>(names: readonly string[], list: readonly One[], holds: (one: NonNullable<One>) => boolean) =>
  names.filter((_, place) => list[place] !== null && list[place] !== undefined && holds(list[place]));

const above = (one: Drawn) => one.settled && one.difference > 0;
const below = (one: Drawn) => one.settled && one.difference < 0;
const idsOf = (findings: Finding[]) => findings.map(({ id }) => id);
const runs = (seed: number) => ({ numRuns: 200, seed });

describe("a portrait says what the table it was drawn from holds", () => {
  test("two hundred groups: settled above, settled below, not settled and no number, each in the declared order", () => {
    fc.assert(
      fc.property(table, (drawing) => {
        const { standing, said } = portraitOf(drawing);
        const ids = (rows: (typeof standing)["above"]) => rows.map(({ dimension }) => dimension.id);
        const expected = {
          above: at(DIMENSIONS, drawing.dimensions, above),
          below: at(DIMENSIONS, drawing.dimensions, below),
          unsettled: at(DIMENSIONS, drawing.dimensions, ({ settled }) => !settled),
          silent: DIMENSIONS.filter((_, place) => drawing.dimensions[place] === null),
        };
        expect(Object.fromEntries(Object.entries(standing).map(([side, rows]) => [side, ids(rows)]))).toEqual(expected);
        expect([said.standing.values.above, said.standing.values.below]).toEqual([
          expected.above.length,
          expected.below.length,
        ]);
        const sides = `${expected.above.length > 0 ? "a" : ""}${expected.below.length > 0 ? "b" : ""}`;
        expect(said.standing.values.sides).toBe({ ab: "both", a: "above", b: "below", "": "none" }[sides]);
      }),
      runs(11),
    );
  });

  test("two hundred groups: six questions at most, all settled, none left out that is surer, and the rest counted", () => {
    fc.assert(
      fc.property(table, (drawing) => {
        const { questions, said } = portraitOf(drawing);
        const settled = drawing.questions.filter((one) => one?.settled).length;
        const shown = [...questions.above, ...questions.below].map(({ measure }) => measure.id);
        expect(shown.length).toBe(Math.min(6, settled));
        expect(questions.more).toBe(settled - shown.length);
        expect(said.questions.id).toBe(settled > 0 ? "portrait-questions" : "portrait-questions-none");
        for (const [side, holds] of [
          ["above", above],
          ["below", below],
        ] as const) {
          const all = at(QUESTIONS, drawing.questions, holds);
          const own = questions[side].map(({ measure }) => measure.id);
          expect(own).toEqual(all.filter((id) => own.includes(id)));
          expect(own.length).toBeGreaterThanOrEqual(Math.min(3, all.length));
          // The least that the difference from all others may be: twice the drawn one less half its width.
          const least = (id: string) => {
            const one = drawing.questions[QUESTIONS.indexOf(id)];
            return one ? Math.abs(one.difference) * 2 - one.half : Number.NaN;
          };
          const surestLeft = Math.max(...all.filter((id) => !own.includes(id)).map(least));
          for (const id of own) expect(least(id)).toBeGreaterThanOrEqual(surestLeft);
        }
      }),
      runs(12),
    );
  });

  test("two hundred groups: no class of a background that is not settled, four a side at most", () => {
    fc.assert(
      fc.property(table, (drawing) => {
        const { backgrounds, said } = portraitOf(drawing);
        const [over, under] = [at(CLASSES, drawing.classes, above), at(CLASSES, drawing.classes, below)];
        expect(backgrounds.above.map(({ code }) => code).every((code) => over.includes(code))).toBe(true);
        expect(backgrounds.below.map(({ code }) => code).every((code) => under.includes(code))).toBe(true);
        expect(backgrounds.above.length).toBe(Math.min(4, over.length));
        expect(backgrounds.below.length).toBe(Math.min(4, under.length));
        expect(backgrounds.more).toBe(over.length + under.length - backgrounds.above.length - backgrounds.below.length);
        const wanted = over.length > 0 ? "over" : under.length > 0 ? "under" : "none";
        expect(said.background.id).toBe(`portrait-background-${wanted}`);
        const everyone = said.background.cells.everyone?.key;
        expect(everyone ?? "no").toBe(
          said.background.values.known === "yes" ? `persons/percent?wave=${WAVE}&segment=B` : "no",
        );
        expect((said.background.list ?? []).map(({ cells }) => cells.share?.key)).toEqual(
          (wanted === "over" ? backgrounds.above : wanted === "under" ? backgrounds.below : []).map(
            ({ code }) => `persons/percent?wave=${WAVE}&segment=B&area=${code}`,
          ),
        );
      }),
      runs(13),
    );
  });

  test("two hundred groups: services that work before those that fail, the protected apart, nothing said of the rest", () => {
    fc.assert(
      fc.property(table, (drawing) => {
        const { services, said } = portraitOf(drawing);
        const ids = (rows: (typeof services)["works"]) => rows.map(({ service }) => service.id);
        const on = (wanted: (verdict: string | null) => boolean) =>
          SERVICES.filter((_, place) => wanted(drawing.services[place] ?? null));
        expect(Object.fromEntries(Object.entries(services).map(([side, rows]) => [side, ids(rows)]))).toEqual({
          works: on((verdict) => verdict === "works"),
          fails: on((verdict) => verdict === "fails"),
          unsettled: on((verdict) => verdict === "not-settled" || verdict === null),
          silent: on((verdict) => verdict === "protected"),
        });
        const expected = [
          ...(services.works.length > 0 ? ["portrait-services-work"] : []),
          ...(services.fails.length > 0 ? ["portrait-services-fail"] : []),
        ];
        expect(idsOf(said.services)).toEqual(expected.length > 0 ? expected : ["portrait-services-none"]);
      }),
      runs(14),
    );
  });

  test("two hundred groups: its own slopes where they are published, and of everyone's only what meets a settled side", () => {
    fc.assert(
      fc.property(table, (drawing) => {
        const { said } = portraitOf(drawing);
        const leads = DIMENSIONS.slice(0, -1);
        const own = leads.filter((_, place) => drawing.slopes[place]);
        const meets = (holds: (one: Drawn) => boolean, verdict: string) =>
          at(leads, drawing.dimensions, holds).filter((id) =>
            ["both", verdict].includes(drawing.verdicts[DIMENSIONS.indexOf(id as "health")] ?? ""),
          );
        const [lifts, weighs] = [meets(above, "lifts-when-high"), meets(below, "weakens-when-low")];
        expect(idsOf(said.drivers)).toEqual([
          own.length > 0 ? "portrait-drivers-own" : "portrait-drivers-shared",
          ...(lifts.length > 0 ? ["portrait-lifts"] : []),
          ...(weighs.length > 0 ? ["portrait-weighs"] : []),
        ]);
        const listOf = (id: string) =>
          (said.drivers.find((one) => one.id === id)?.list ?? []).map(
            ({ values }) => (values.dimension as { low: string }).low,
          );
        expect(listOf("portrait-drivers-own")).toEqual(own);
        expect(listOf("portrait-lifts")).toEqual(lifts);
        expect(listOf("portrait-weighs")).toEqual(weighs);
      }),
      runs(15),
    );
  });
});

describe("which groups have a portrait", () => {
  const calm: Table = {
    ...{
      dimensions: DIMENSIONS.map(() => null),
      questions: QUESTIONS.map(() => null),
      classes: CLASSES.map(() => null),
    },
    ...{ services: SERVICES.map(() => null), slopes: DIMENSIONS.map(() => false) },
    verdicts: DIMENSIONS.map(() => "neither"),
  };

  test("its neighbours stand in the order of the groups, and there is none past the ends", () => {
    const { previous, next } = portraitOf(calm);
    expect([previous?.code, next?.code]).toEqual(["A", "C"]);
  });

  test("a group that the picture does not show has none", () => {
    const story = storyOf(
      madeUp({
        verdict: "level-only",
        segments: [],
        cells: ["1", "2"].map((band) => share({ wave: "2025", band }, value(50))),
      }),
    );
    expect(story?.groupAsked("band", "1")?.code).toBe("1");
    expect(story?.groupAsked("band", "3")).toBeNull();
    expect(story?.groupAsked("segment", "A")).toBeNull();
    expect(story?.groupAsked("troubles", "0")).toBeNull();
  });

  test("a group whose share is protected says so, and carries no number", () => {
    const story = storyOf(
      madeUp({
        segments: CODES,
        cells: [
          share({ wave: "2025", segment: "A" }, value(60)),
          share({ wave: "2025", segment: "B" }, { kind: "protected" }),
          share({ wave: "2025", segment: "C" }, value(30)),
        ],
      }),
    );
    const group = story?.groupAsked("segment", "B");
    expect(group && story?.portrait(group).said.who).toEqual({
      ...{ id: "portrait-who-hidden", values: { variable: "segment" }, cells: {} },
    });
  });

  test.each([true, false])("the change of its share is the stored one, settled %s", (settled) => {
    const stored: Versus = { against: "previous-wave", difference: 4, low: 1, high: 7, settled };
    const story = storyOf(
      madeUp({
        segments: CODES,
        cells: CODES.map((segment) => share({ wave: "2025", segment }, value(33, { versus: [stored] }))),
      }),
    );
    const group = story?.groupAsked("segment", "C");
    expect(group && story?.portrait(group).said.share).toMatchObject({
      id: "portrait-share-change",
      values: { settled: settled ? "yes" : "no" },
      cells: { difference: { key: "persons/percent?wave=2025&segment=C", against: "previous-wave" } },
    });
  });
});
