import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { DriversDescription, LinksDescription, ServiceVerdict } from "../../data/contracts/release.ts";
import { storyOf } from "../../server/findings/story.ts";
import { comparison, madeUp, named, percent, share, value } from "./made-up.ts";

const WAVE = "2025";
const LEADS = DIMENSIONS.filter((dimension) => dimension !== "subjective");

function storyWith(cells: Cell[], rest: Omit<Parameters<typeof madeUp>[0], "cells">) {
  const story = storyOf(madeUp({ cells, ...rest }));
  if (!story) throw new Error("no story");
  return story;
}

/** Drivers whose importance is given, and which pairs differ by it. */
function driversWith(
  importances: readonly number[],
  differing: [DimensionId, DimensionId][],
  reading: DriversDescription["reading"] = "drivers",
) {
  const cells = LEADS.map(
    (dimension, place): Cell => ({
      ...{ measure: `driver.${dimension}`, statistic: "importance", at: { wave: WAVE } },
      figure: value(importances[place]!, { low: 1, high: 50 }),
    }),
  );
  const drivers: DriversDescription = {
    ...{ wave: WAVE, outcome: "subjective", reading, retained: 98, fewRetained: false, explained: 0.4, differing },
    drivers:
      reading === "drivers"
        ? LEADS.map((dimension) => ({
            ...{
              dimension,
              verdict: "neither" as const,
              low: null,
              high: null,
              inseparableFrom: null,
              opposite: false,
            },
            ranks: { best: 1, worst: 8 },
          }))
        : [],
  };
  return storyWith(reading === "drivers" ? cells : [], { drivers: [drivers] });
}

describe("what lifts and weighs", () => {
  test("of two hundred drawn sets of drivers none is named that another is settled to outdo, and all others are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 }),
        (importances, pairs) => {
          const differing = pairs
            .filter(([more, less]) => importances[more]! > importances[less]!)
            .map(([more, less]): [DimensionId, DimensionId] => [LEADS[more]!, LEADS[less]!]);
          const finding = driversWith(importances, differing).said.drivers!;
          const outdone = new Set(differing.map(([, less]) => `driver.${less}/importance?wave=${WAVE}`));
          const named = finding.list!.map(({ cells }) => cells.share!.key);
          expect(named.some((key) => outdone.has(key))).toBe(false);
          expect(named.length).toBe(LEADS.length - outdone.size);
          // The most important first: what a reader sees is in the order of the numbers beside it.
          const shown = finding.list!.map(
            ({ cells }) => importances[LEADS.findIndex((id) => cells.share!.key.includes(`.${id}/`))]!,
          );
          expect(shown).toEqual([...shown].sort((one, other) => other - one));
        },
      ),
      { numRuns: 200, seed: 5 },
    );
  });

  test.each([
    ["too-few", "tooFew"],
    ["explains-little", "explainsLittle"],
    ["protected", "other"],
  ] as const)("where there are none, why: %s", (reading, said) => {
    const finding = driversWith([], [], reading).said.drivers!;
    expect(finding).toEqual({ id: "drivers-none", values: { reading: said }, cells: {} });
  });

  test("a release of the time before drivers says nothing of them", () => {
    const { said, drivers, links, series, skills } = storyWith([], {});
    expect([said.drivers, said.links, said.skills, said.series, drivers, links, series, skills]).toEqual([
      ...[null, null, null, null, null, null],
      [],
      null,
    ]);
  });
});

describe("whom services help", () => {
  const SERVICES = ["advice", "library", "tutoring", "sports", "clinic"];
  const lifeEvent = {
    ...{ id: "made-up", name: named("Made up"), purpose: named("Tests"), owner: "nobody", ownerName: null },
    services: SERVICES.map((id) => ({ id, name: named(id), organisation: "town", organisationName: null })),
  };
  const story = (verdicts: readonly (readonly [ServiceVerdict["verdict"], number])[]) =>
    storyWith(
      [
        share({ wave: WAVE, segment: "A" }, value(60)),
        share({ wave: WAVE, segment: "B" }, value(40)),
        ...SERVICES.flatMap((id, place) => [
          percent(`service.${id}.need-met`, { wave: WAVE }, value(60)),
          percent(
            `service.${id}.need-met`,
            { wave: WAVE, segment: "A" },
            value(50, {
              versus: [comparison("others", verdicts[place]![1], { settled: verdicts[place]![0] !== "not-settled" })],
            }),
          ),
        ]),
      ],
      {
        lifeEvent,
        services: SERVICES.map((service, place) => ({
          ...{ wave: WAVE, variable: "segment", code: "A", service },
          verdict: verdicts[place]![0],
        })),
      },
    ).said.services!;

  test("of two hundred drawn matrices the heading names failures before successes, three at most, the furthest, and never an unsettled one", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("works" as const, "fails" as const, "not-settled" as const),
            fc.integer({ min: 1, max: 40 }),
          ),
          {
            minLength: 5,
            maxLength: 5,
          },
        ),
        (drawn) => {
          const verdicts = drawn.map(([verdict, size]) => [verdict, verdict === "fails" ? -size : size] as const);
          const finding = story(verdicts);
          const of = (verdict: string) => SERVICES.filter((_, place) => verdicts[place]![0] === verdict);
          const wanted = of("fails").length > 0 ? "fails" : of("works").length > 0 ? "works" : null;
          if (!wanted) {
            expect(finding.id).toBe("services-none");
            return;
          }
          expect(finding.id).toBe(wanted === "fails" ? "services-fail" : "services-work");
          const named = finding.list!.map(({ cells }) => cells.share!.key.split(".")[1]!);
          expect(named.length).toBe(Math.min(3, of(wanted).length));
          expect(named.every((id) => of(wanted).includes(id))).toBe(true);
          const gap = (id: string) => Math.abs(verdicts[SERVICES.indexOf(id)]![1]);
          const left = of(wanted).filter((id) => !named.includes(id));
          for (const one of left) for (const other of named) expect(gap(one)).toBeLessThanOrEqual(gap(other));
          expect(finding.values.more).toBe(of(wanted).length > 3 ? "yes" : "no");
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });
});

describe("what hangs together", () => {
  const pairs = DIMENSIONS.flatMap((left, place) => DIMENSIONS.slice(place + 1).map((right) => [left, right] as const));
  test("only lines are named, at most three, the strongest whichever their sign", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -90, max: 90 }), { minLength: pairs.length, maxLength: pairs.length }),
        fc.array(fc.boolean(), { minLength: pairs.length, maxLength: pairs.length }),
        (sizes, isLine) => {
          const lines = pairs
            .filter((_, place) => isLine[place] && sizes[place] !== 0)
            .map(([left, right]): [DimensionId, DimensionId] => [left, right]);
          const described: LinksDescription = {
            at: { wave: WAVE },
            retained: 97,
            fewRetained: false,
            dropped: [],
            lines,
            rough: [],
          };
          const cells = pairs.map(
            ([left, right], place): Cell => ({
              ...{ measure: `link.${left}.${right}`, statistic: "correlation", at: { wave: WAVE } },
              figure: value(sizes[place]! / 100, { low: -1, high: 1 }),
            }),
          );
          const finding = storyWith(cells, { links: [described] }).said.links!;
          if (lines.length === 0) {
            expect(finding.id).toBe("links-none");
            return;
          }
          const sizeOf = (key: string) =>
            Math.abs(sizes[pairs.findIndex(([left, right]) => key.startsWith(`link.${left}.${right}/`))]!);
          const named = finding.list!.map(({ cells: { correlation } }) => correlation!.key);
          expect(named.length).toBe(Math.min(3, lines.length));
          const least = Math.min(...named.map(sizeOf));
          const others = lines
            .map(([left, right]) => `link.${left}.${right}/correlation?wave=${WAVE}`)
            .filter((key) => !named.includes(key));
          for (const key of others) expect(sizeOf(key)).toBeLessThanOrEqual(least);
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});

test("a skill is said to be missing only where it is asked for above and held below the average", () => {
  const READINGS = ["above", "below", "unsettled"] as const;
  const combinations = READINGS.flatMap((asked) => READINGS.map((held) => ({ asked, held })));
  const cells = combinations.flatMap((_, place): Cell[] => [
    percent(`skill.s${place}.held`, { wave: WAVE }, value(10)),
    percent(`skill.s${place}.asked`, { wave: WAVE }, value(20)),
  ]);
  const { said } = storyWith(cells, {
    skills: {
      codebook: "advertisements",
      names: combinations.map((_, place) => ({ id: `s${place}`, name: named(`skill ${place}`) })),
      weighed: [
        {
          ...{ at: { wave: WAVE }, months: null },
          skills: combinations.map(({ asked, held }, place) => ({
            ...{ skill: `s${place}`, asked, held, ratio: null, places: null },
            cells: {
              held: `skill.s${place}.held/percent?wave=${WAVE}`,
              count: null,
              asked: `skill.s${place}.asked/percent?wave=${WAVE}`,
            },
          })),
        },
      ],
    },
  });
  const wanted = combinations.findIndex(({ asked, held }) => asked === "above" && held === "below");
  expect(said.skills!.list!.map(({ cells: { held } }) => held!.key)).toEqual([
    `skill.s${wanted}.held/percent?wave=${WAVE}`,
  ]);
});

test("a series is said by its last month that holds a number, in words of that month", () => {
  const months = ["2024-11", "2024-12", "2025-01"];
  const at = (month: string) => ({ wave: WAVE, month });
  const series = {
    ...{
      wave: WAVE,
      id: "jobless",
      name: named("The jobless"),
      unit: null,
      counts: "stock" as const,
      direction: "-" as const,
      area: null,
    },
    ...{
      period: "month" as const,
      months,
      chart: "process-limits" as const,
      reading: "concern" as const,
      baseline: null,
    },
    ...{ centre: 100, low: 80, high: 120, seasonal: false, charted: null, runChart: null, gaps: [] },
    signals: [{ rule: "outside" as const, side: "high" as const, months: ["2024-12"] }],
  };
  const people = (month: string, figure: Cell["figure"]): Cell => ({
    measure: "series.jobless",
    statistic: "people",
    at: at(month),
    figure,
  });
  const story = storyWith(
    [people("2024-11", value(100)), people("2024-12", value(140)), people("2025-01", { kind: "protected" })],
    { series: [series, { ...series, area: "837" }] },
  );
  expect(story.said.series!.list).toMatchObject([
    {
      values: { month: "12/2024", reading: "concern" },
      cells: { people: { key: "series.jobless/people?wave=2025&month=2024-12" } },
    },
  ]);
  expect(story.series.map(({ months: own }) => own.map(({ drawn, isSignal }) => [drawn, isSignal]))).toEqual([
    [
      [100, false],
      [140, true],
      [null, false],
    ],
  ]);
});
