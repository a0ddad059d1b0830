import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell, Versus } from "../../data/contracts/cell.ts";
import { DIMENSIONS, type DimensionId } from "../../data/contracts/names.ts";
import type { ComparisonSaid } from "../../server/findings/compare-said.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { withLists } from "./every-finding.ts";
import { madeUp, mean, named, share, value } from "./made-up.ts";

const AREAS = ["a", "b", "c"];
const [THEN, NOW] = ["2024", "2025"];
const GROUPS = ["A", "B"];

/** What the release is made to hold of one dimension and the asked pair. */
type Held = { kind: "stored"; difference: number; settled: boolean } | { kind: "apart" } | { kind: "protected" };

const held: fc.Arbitrary<Held> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("stored" as const), difference: difference(), settled: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "apart" as const }, { kind: "protected" as const }) },
);
const draws = fc.array(held, { minLength: DIMENSIONS.length, maxLength: DIMENSIONS.length });

function difference() {
  return fc.integer({ min: -200, max: 200 }).map((tenths) => (tenths === 0 ? 0.1 : tenths / 10));
}

const versus = (against: string, { difference, settled }: { difference: number; settled: boolean }): Versus => ({
  ...{ against, difference, settled },
  ...{ low: difference - 0.05, high: difference + 0.05 },
});

type Kind = { asked: string; against: string; at: Cell["at"]; other: Cell["at"] };
const KINDS: Record<string, Kind> = {
  "two areas": { asked: "area:a:b", against: "area=b", at: { wave: NOW, area: "a" }, other: { wave: NOW, area: "b" } },
  "two waves": { asked: `wave:${NOW}:${THEN}`, against: "previous-wave", at: { wave: NOW }, other: { wave: THEN } },
  "a group and everyone": {
    ...{ asked: "segment:B:all", against: "everyone", at: { wave: NOW, segment: "B" }, other: { wave: NOW } },
  },
};

/**
 * A release in which the asked pair holds what was drawn. Every cell holds comparisons with other things too, of the
 * other sign and always settled: whoever reads the wrong one says something else.
 */
function storyHolding(pair: Kind, drawn: readonly Held[]): Story {
  const keyOf = (at: Cell["at"]) => JSON.stringify(Object.entries(at).sort());
  const ats: Cell["at"][] = [
    { wave: THEN },
    { wave: NOW },
    ...AREAS.map((area) => ({ wave: NOW, area })),
    ...GROUPS.map((segment) => ({ wave: NOW, segment })),
  ];
  const figureOf = (at: Cell["at"], place: number): Cell["figure"] => {
    const one = drawn[place]!;
    if (keyOf(at) !== keyOf(pair.at)) return value(50, { low: 48, high: 52 });
    if (one.kind === "protected") return { kind: "protected" };
    const sign = one.kind === "stored" ? -Math.sign(one.difference) : 1;
    const lures = ["everyone", "others", "previous-wave", "area=b", "area=c", "segment=A"].filter(
      (against) => against !== pair.against,
    );
    return value(50, {
      ...{ low: 48, high: 52 },
      versus: [
        ...lures.map((against) => versus(against, { difference: sign * 33, settled: true })),
        ...(one.kind === "stored" ? [versus(pair.against, one)] : []),
      ],
    });
  };
  const story = storyOf(
    madeUp({
      waves: [THEN, NOW],
      segments: GROUPS,
      cells: [
        ...ats.flatMap((at) => DIMENSIONS.map((dimension, place) => mean(dimension, at, figureOf(at, place)))),
        ...GROUPS.map((segment) => share({ wave: NOW, segment }, value(50, { low: 45, high: 55 }))),
      ],
      variables: [
        { id: "wave", name: named("Wave"), codes: [THEN, NOW].map((code) => ({ code, name: named(code) })) },
        { id: "area", name: named("Area"), codes: AREAS.map((code) => ({ code, name: named(`Town ${code}`) })) },
      ],
    }),
    NOW,
  );
  if (!story) throw new Error("no story");
  return story;
}

/** What is wrong with what is said of a pair, by the drawn truth alone; empty where nothing is. */
function faultsOf({ heading, facts }: ComparisonSaid, { at, against }: Kind, drawn: readonly Held[]): string[] {
  const where = (wanted: (one: Held & { kind: "stored" }) => boolean) =>
    DIMENSIONS.filter(
      (_, place) => drawn[place]?.kind === "stored" && wanted(drawn[place] as Held & { kind: "stored" }),
    );
  const higher = where(({ settled, difference }) => settled && difference > 0);
  const lower = where(({ settled, difference }) => settled && difference < 0);
  const compared = where(() => true);
  const isCounted = higher.length + lower.length > 3;
  const ids = [heading, ...facts].flatMap(withLists);
  const keyOf = (dimension: DimensionId) =>
    `dimension.${dimension}/mean?${Object.entries(at)
      .map(([name, code]) => `${name}=${code}`)
      .join("&")}`;
  // The differences as they are said: under which word of direction each stands.
  const said = { higher: [] as string[], lower: [] as string[] };
  const counts = { higher: 0, lower: 0 };
  const faults: string[] = [];
  for (const finding of ids) {
    const side = finding.values.side as "higher" | "lower" | undefined;
    if (side === undefined) continue;
    for (const item of finding.list ?? []) {
      if (item.id === "compare-count") counts[side] = item.values.count as number;
      if (item.id !== "change-item") continue;
      said[side].push(item.cells.difference!.key);
      for (const part of Object.values(item.cells))
        if (part.against !== against) faults.push(`against ${part.against}`);
      if (item.cells.interval?.part !== "difference-interval") faults.push("no interval");
    }
  }
  const named = (id: string) =>
    (facts.find((finding) => finding.id === id)?.list ?? []).map(
      ({ values }) => (values.name as { low: DimensionId }).low,
    );
  const expected = (what: string, is: unknown, wanted: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(is)}`);
  };
  const settled = higher.length + lower.length;
  const id =
    compared.length === 0
      ? "compare-absent"
      : settled === 0
        ? "compare-none"
        : higher.length > 0 && lower.length > 0
          ? "compare-both"
          : "compare-one";
  expected("heading", heading.id, id);
  expected("higher", said.higher, higher.map(keyOf));
  expected("lower", said.lower, lower.map(keyOf));
  if (isCounted) expected("counts", counts, { higher: higher.length, lower: lower.length });
  const unsettled = where((one) => !one.settled);
  expected("unsettled", named("compare-unsettled"), settled > 0 ? unsettled : []);
  const missing = DIMENSIONS.filter((_, place) => drawn[place]?.kind !== "stored");
  expected("missing", named("compare-missing"), compared.length > 0 ? missing : []);
  return faults;
}

describe("two sides beside each other", () => {
  test.each(Object.entries(KINDS))(
    "%s: of two hundred draws each settled dimension is said in its direction by the stored comparison, and nothing else is",
    (_, kind) => {
      fc.assert(
        fc.property(draws, (drawn) => {
          const story = storyHolding(kind, drawn);
          const answer = story.compare(kind.asked);
          // A side of which nothing at all is published is not offered.
          const isOffered = kind.asked.startsWith("wave") || drawn.some((one) => one.kind !== "protected");
          if (!isOffered) return expect(answer?.reading).toBe("not-published");
          expect(answer?.reading).toBe("asked");
          expect(faultsOf(story.compared(answer!.comparison), kind, drawn)).toEqual([]);
        }),
        { numRuns: 200, seed: 6 },
      );
    },
  );

  test("planted: a turned direction, a difference from someone else, one left out and one too many are all seen", () => {
    const kind = KINDS["two areas"]!;
    const drawn: Held[] = DIMENSIONS.map((_, place) => ({
      ...{ kind: "stored" as const, difference: place === 1 ? -4 : 4, settled: place < 2 },
    }));
    const story = storyHolding(kind, drawn);
    const right = story.compared(story.compare(kind.asked)!.comparison);
    expect(faultsOf(right, kind, drawn)).toEqual([]);
    const planted: ((said: ComparisonSaid) => void)[] = [
      ({ heading }) => {
        heading.list![0]!.values.side = "lower";
      },
      ({ heading }) => {
        heading.list![0]!.list![0]!.cells.difference!.against = "everyone";
      },
      ({ heading }) => {
        heading.list!.pop();
      },
      ({ heading }) => {
        heading.list![0]!.list!.push(structuredClone(heading.list![1]!.list![0]!));
      },
      ({ facts }) => {
        facts.splice(0, 1);
      },
    ];
    for (const spoil of planted) {
      const wrong = structuredClone(right);
      spoil(wrong);
      expect(faultsOf(wrong, kind, drawn)).not.toEqual([]);
    }
  });

  test("a pair asked the other way round stands in its stored order, and no sign is turned", () => {
    const drawn: Held[] = DIMENSIONS.map(() => ({ kind: "stored", difference: 4, settled: true }));
    const story = storyHolding(KINDS["two areas"]!, drawn);
    const [one, other] = ["area:a:b", "area:b:a"].map((asked) => story.compare(asked)!);
    expect(other).toEqual(one);
    expect(other!.comparison.sides.map(({ code }) => code)).toEqual(["a", "b"]);
    expect(story.compare(`wave:${THEN}:${NOW}`)).toEqual(story.compare(`wave:${NOW}:${THEN}`));
    expect(story.compare("segment:all:B")).toEqual(story.compare("segment:B:all"));
  });

  test("what is not offered is answered with what is, alike whether it is protected, unknown or an attack", () => {
    const protectedAll: Held[] = DIMENSIONS.map(() => ({ kind: "protected" }));
    const story = storyHolding(KINDS["two areas"]!, protectedAll);
    const first = story.compare();
    expect(first).toMatchObject({ reading: "first", comparison: { asked: "area:b:c" } });
    const hostile = [
      ...[
        "area:a:b",
        "area:nowhere:b",
        "area:b",
        "area",
        ":",
        "::",
        ":::",
        "",
        "all:all:all",
        "area:all:b:c",
        "month:1:2",
      ],
      ...[
        "__proto__:a:b",
        "constructor:prototype:x",
        "area:__proto__:b",
        "area:b:toString",
        "wave:2025:2023",
        "wave:2025:all",
      ],
      ...[
        "segment:A:<script>alert(1)</script>",
        "area:b:' OR 1=1 --",
        "area:b:..%2F..",
        "area:b:\u0000",
        "AREA:b:c",
        `area:${"b".repeat(100000)}:c`,
      ],
    ];
    for (const asked of hostile) {
      const answer = story.compare(asked);
      expect(answer?.reading, asked.slice(0, 40)).toBe("not-published");
      // What stands in its place is the first of the same variable, if that is one; never chosen by what was hidden.
      const variable = ["segment", "wave"].find((one) => asked.startsWith(`${one}:`)) ?? "area";
      const offered = story.comparables.find((one) => one.variable === variable)!;
      expect(answer?.comparison).toEqual(story.compare(offered.first)?.comparison);
    }
    expect(story.compare("area:b:b")).toEqual({ ...first, reading: "same" });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(["first", "asked", "same", "not-published"]).toContain(story.compare(text)?.reading);
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  test("every comparison that is offered has a number on both sides, and the first is by declared order, not by value", () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const story = storyHolding(KINDS["two areas"]!, drawn);
        const offered = story.comparables.find(({ variable }) => variable === "area")!;
        const published = drawn.some(({ kind }) => kind !== "protected") ? AREAS : AREAS.slice(1);
        expect(offered.codes.map(({ code }) => code)).toEqual(published);
        expect(story.compare()?.comparison.asked).toBe(`area:${published[0]}:${published[1]}`);
        for (const { variable, first } of story.comparables) {
          const { sides, dimensions } = story.compare(first)!.comparison;
          expect(sides.map((side) => side.variable)).toEqual([variable, variable]);
          for (const side of ["first", "second"] as const)
            expect(dimensions.some((row) => row[side]?.figure.kind === "value")).toBe(true);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("where nothing can be compared there is no comparison", () => {
    const story = storyOf(
      madeUp({ cells: DIMENSIONS.map((one) => mean(one, { wave: "2025" }, value(50))), segments: [] }),
    );
    expect(story?.comparables).toEqual([]);
    expect(story?.compare("area:a:b")).toBeNull();
  });
});

describe("the groups' shares and the questions of two sides", () => {
  const at = (segment: string, area: string) => ({ wave: NOW, segment, area });
  const cells: Cell[] = [
    ...AREAS.flatMap((area) => DIMENSIONS.map((one) => mean(one, { wave: NOW, area }, value(50)))),
    ...GROUPS.flatMap((segment) => DIMENSIONS.map((one) => mean(one, { wave: NOW, segment }, value(50)))),
    ...DIMENSIONS.map((one) => mean(one, { wave: NOW }, value(50))),
    ...GROUPS.map((segment) => share({ wave: NOW, segment }, value(50))),
    share(at("A", "a"), value(60, { versus: [versus("area=b", { difference: 20, settled: true })] })),
    share(at("B", "a"), value(40, { versus: [versus("area=b", { difference: -3, settled: false })] })),
    ...GROUPS.map((segment) => share(at(segment, "b"), value(50))),
    // A segment's share of those with troubles is no share of the segment: it is never shown as one.
    ...GROUPS.map((segment) => share({ wave: NOW, segment, troubles: "0" }, value(50))),
    ...["0", "1"].map((troubles) => share({ wave: NOW, troubles }, value(50))),
    ...["0", "1"].flatMap((troubles) => DIMENSIONS.map((one) => mean(one, { wave: NOW, troubles }, value(50)))),
  ];
  const story = storyOf(
    madeUp({
      cells,
      waves: [NOW],
      verdict: "segments",
      variables: [
        { id: "wave", name: named("Wave"), codes: [{ code: NOW, name: named(NOW) }] },
        { id: "area", name: named("Area"), codes: AREAS.map((code) => ({ code, name: named(`Town ${code}`) })) },
      ],
    }),
  ) as Story;

  test("only settled differences of shares are said, each by its own stored comparison", () => {
    const { comparison } = story.compare("area:a:b")!;
    const said = story.compared(comparison).facts.find(({ id }) => id === "compare-shares");
    expect(said?.list).toMatchObject([
      {
        values: { variable: "segment", code: "A" },
        cells: { difference: { key: "persons/percent?wave=2025&segment=A&area=a", against: "area=b" } },
      },
    ]);
  });

  test("groups are not asked by a grouping that stands before them, nor where no share is published of both sides", () => {
    expect(story.compare("area:a:c")!.comparison.shares).toBeNull();
    expect(story.compare("segment:A:all")!.comparison.shares).toBeNull();
    expect(story.compare("area:a:all")!.comparison.shares?.rows.map(({ group }) => group.code)).toEqual(GROUPS);
    // Of the segments in two numbers of troubles only one is published: there is nothing to put beside it.
    expect(story.compare("troubles:0:1")!.comparison.shares).toBeNull();
    expect(story.compare("troubles:0:all")!.comparison.shares).not.toBeNull();
  });
});

test("a question that behaves differently in the later wave is said beside what changed", () => {
  const cells = [THEN, NOW].flatMap((wave) => DIMENSIONS.map((one) => mean(one, { wave }, value(50))));
  const comparability = [
    { wave: NOW, measure: "item.money", shift: 0.4, differs: true },
    { wave: NOW, measure: "item.housing", shift: 0.01, differs: false },
  ];
  const story = storyOf(madeUp({ cells, comparability, segments: [] }))!;
  const { facts } = story.compared(story.compare(`wave:${NOW}:${THEN}`)!.comparison);
  expect(facts.find(({ id }) => id === "item-differs")?.list?.map(({ values }) => values.name)).toEqual(["item.money"]);
});
