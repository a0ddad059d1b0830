import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../data/contracts/cell.ts";
import type { ServiceVerdict } from "../../data/contracts/release.ts";
import { storyOf } from "../../server/findings/story.ts";
import { comparison, madeUp, named, percent, share, value } from "./made-up.ts";

const WAVE = "2025";
const SEGMENTS = ["A", "B", "C"];

/** Services and the organisations that hold them, the hands of one organisation apart on purpose. */
const SERVICES = [
  { id: "clinic", organisation: "county" },
  { id: "advice", organisation: "town" },
  { id: "welfare", organisation: "county" },
  { id: "sports", organisation: "town" },
].map((one) => ({ ...one, name: named(one.id), organisationName: named(`The ${one.organisation}`) }));

/** How a group's use differs from all others', or what its cell is instead. */
type Drawn = { difference: number; settled: boolean } | "protected" | "absent";
const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ difference: fc.integer({ min: -30, max: 30 }), settled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom("protected" as const, "absent" as const) },
);

const matrices = fc.array(drawn, {
  minLength: SERVICES.length * SEGMENTS.length,
  maxLength: SERVICES.length * SEGMENTS.length,
});
const drawnAt = (matrix: readonly Drawn[], service: number, segment: number) =>
  matrix[service * SEGMENTS.length + segment]!;

function storyWith(cells: Cell[], services: ServiceVerdict[] = [], declared: typeof SERVICES = SERVICES) {
  const story = storyOf(
    madeUp({
      cells: [...SEGMENTS.map((segment) => share({ wave: WAVE, segment }, value(33))), ...cells],
      segments: SEGMENTS,
      variables: [
        { id: "wave", name: named("Wave"), codes: [{ code: WAVE, name: named(WAVE) }] },
        { id: "area", name: named("Area"), codes: ["837", "853"].map((code) => ({ code, name: named(code) })) },
      ],
      lifeEvent: {
        ...{ id: "made-up", name: named("Made up"), purpose: named("Tests"), owner: "nobody", ownerName: null },
        services: declared,
      },
      services,
    }),
  );
  if (!story) throw new Error("no story");
  return story;
}

function cellsOf(matrix: readonly Drawn[]): Cell[] {
  return SERVICES.flatMap(({ id }, service) => [
    percent(`service.${id}.used`, { wave: WAVE }, value(50)),
    ...SEGMENTS.flatMap((segment, place): Cell[] => {
      const one = drawnAt(matrix, service, place);
      if (one === "absent") return [];
      const figure =
        one === "protected"
          ? { kind: "protected" as const }
          : value(50, { versus: [comparison("others", one.difference, { settled: one.settled })] });
      return [percent(`service.${id}.used`, { wave: WAVE, segment }, figure)];
    }),
  ]);
}

/** Truth by another path: the drawn differences themselves, flat, whatever the organisations. */
function truthOf(matrix: readonly Drawn[]) {
  const settled = SERVICES.flatMap(({ id }, service) =>
    SEGMENTS.flatMap((segment, place) => {
      const one = drawnAt(matrix, service, place);
      const key = `service.${id}.used/percent?wave=${WAVE}&segment=${segment}`;
      return typeof one === "object" && one.settled ? [{ key, difference: one.difference }] : [];
    }),
  );
  const less = settled.filter(({ difference }) => difference < 0);
  const more = settled.filter(({ difference }) => difference > 0);
  return less.length > 0 ? { id: "actors-less", all: less } : { id: "actors-more", all: more };
}

describe("who can do what", () => {
  test("of two hundred drawn matrices the heading names only settled differences of reach, the rarer before the commoner, three at most, the furthest", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const finding = storyWith(cellsOf(matrix)).said.actors!;
        const { id, all } = truthOf(matrix);
        if (all.length === 0) {
          const isComparable = matrix.some((one) => typeof one === "object");
          expect(finding).toEqual({
            ...{ id: "actors-none", cells: {} },
            values: { reading: isComparable ? "unsettled" : "incomparable" },
          });
          return;
        }
        expect(finding.id).toBe(id);
        const keys = finding.list!.map(({ cells }) => cells.share!.key);
        expect(keys.length).toBe(Math.min(3, all.length));
        expect(finding.values.more).toBe(all.length > 3 ? "yes" : "no");
        const size = (key: string) => Math.abs(all.find((one) => one.key === key)!.difference);
        for (const left of all.filter(({ key }) => !keys.includes(key)))
          for (const key of keys) expect(Math.abs(left.difference)).toBeLessThanOrEqual(size(key));
        const hands = finding.list!.map(({ values }) => values.organisation);
        expect(hands).toEqual(
          keys.map((key) => SERVICES.find((one) => key.startsWith(`service.${one.id}.`))!.organisationName),
        );
      }),
      { numRuns: 200, seed: 61 },
    );
  });

  test("of two hundred drawn matrices organisations stand as declared, each service once in the hand that holds it, however well it does", () => {
    fc.assert(
      fc.property(matrices, fc.shuffledSubarray(SERVICES, { minLength: 1 }), (matrix, declared) => {
        const { actors } = storyWith(cellsOf(matrix), [], declared);
        expect(actors.map(({ id }) => id)).toEqual([...new Set(declared.map(({ organisation }) => organisation))]);
        for (const { id, levers } of actors)
          expect(levers.map(({ service }) => service.id)).toEqual(
            declared.filter(({ organisation }) => organisation === id).map((one) => one.id),
          );
        for (const { service, groups } of actors.flatMap(({ levers }) => levers))
          for (const [place, { reach }] of groups.entries()) {
            const one = drawnAt(
              matrix,
              SERVICES.findIndex(({ id }) => id === service.id),
              place,
            );
            const truth =
              typeof one !== "object"
                ? null
                : !one.settled || one.difference === 0
                  ? "unsettled"
                  : one.difference < 0
                    ? "less"
                    : "more";
            expect(reach).toBe(truth);
          }
      }),
      { numRuns: 200, seed: 62 },
    );
  });

  test("of two hundred drawn sets of verdicts a place stands beside a service only where it is settled and its number published", () => {
    const verdicts = fc.constantFrom("works" as const, "fails" as const, "not-settled" as const);
    const places = fc.array(fc.record({ verdict: verdicts, hasNumber: fc.boolean() }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(places, (at) => {
        const spots = SERVICES.flatMap(({ id: service }, one) =>
          ["837", "853"].map((code, two) => ({ service, code, ...at[2 * one + two]! })),
        );
        const { actors } = storyWith(
          spots.map(({ service, code, hasNumber }) =>
            percent(
              `service.${service}.need-met`,
              { wave: WAVE, area: code },
              hasNumber ? value(60) : { kind: "uncertain" },
            ),
          ),
          spots.map(({ service, code, verdict }) => ({ wave: WAVE, variable: "area", code, service, verdict })),
        );
        const shown = actors.flatMap(({ levers }) =>
          levers.flatMap(({ service, elsewhere }) =>
            elsewhere.map(({ code, verdict }) => `${service.id} ${code} ${verdict}`),
          ),
        );
        expect(shown.sort()).toEqual(
          spots
            .filter(({ verdict, hasNumber }) => hasNumber && verdict !== "not-settled")
            .map(({ service, code, verdict }) => `${service} ${code} ${verdict}`)
            .sort(),
        );
      }),
      { numRuns: 200, seed: 63 },
    );
  });

  test("services that nobody was asked about are named with their organisations, and no reach is claimed", () => {
    const { actors, services, said } = storyWith([]);
    expect(services).toEqual([]);
    expect(actors.flatMap(({ levers }) => levers).length).toBe(SERVICES.length);
    expect(said.actors).toEqual({ id: "actors-none", values: { reading: "unasked" }, cells: {} });
  });

  test("a life event without services has nobody to name", () => {
    expect(storyWith([], [], []).said.actors).toBeNull();
  });

  test("another wave's verdict is not this wave's", () => {
    const { actors } = storyWith(
      [percent("service.clinic.need-met", { wave: WAVE, area: "837" }, value(60))],
      [{ wave: "2024", variable: "area", code: "837", service: "clinic", verdict: "fails" }],
    );
    expect(actors.flatMap(({ levers }) => levers.flatMap(({ elsewhere }) => elsewhere))).toEqual([]);
  });
});
