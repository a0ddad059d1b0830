import fc from "fast-check";
import type { Cell, Figure } from "../../data/contracts/cell.ts";
import type { Places } from "../../data/contracts/places.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { comparison, madeUp, mean, named, share, value } from "./made-up.ts";

/** What a drawn release says of one place in one measure. */
export type Told =
  | { kind: "value"; value: number; difference: number; settled: boolean }
  | { kind: "protected" | "uncertain" | "few" | "most" | "not-asked" | "not-yet" | "absent" };

const told: fc.Arbitrary<Told> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("value" as const),
      value: fc.integer({ min: 3, max: 97 }),
      difference: fc.integer({ min: -30, max: 30 }),
      settled: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...(["protected", "uncertain", "few", "most", "not-asked", "not-yet", "absent"] as const).map((kind) => ({
        kind,
      })),
    ),
  },
);
export type Drawn = { outcome: Told; share: Told; people: Told };
export const drawnPlaces = fc.array(fc.record({ outcome: told, share: told, people: told }), {
  minLength: 2,
  maxLength: 26,
});

export const codeOf = (place: number) => String(place + 1).padStart(2, "0");
/** Names without digits: whatever digit stands in a sentence is then a number of it. */
const nameOf = (place: number) => `Place ${String.fromCharCode(97 + place)}`;

function figureOf(one: Told): Figure | null {
  if (one.kind === "absent") return null;
  if (one.kind !== "value") return { kind: one.kind };
  const versus = [
    comparison("everyone", one.difference, { settled: one.settled }),
    // What is settled against others is not what is asked here.
    comparison("previous-wave", -one.difference, { settled: !one.settled }),
  ];
  return value(one.value, { low: one.value - 2, high: one.value + 2, n: 200, versus });
}

/** A release whose places are told of the outcome, of a group's share and of its people. */
export function storyOfPlaces(
  drawn: Drawn[],
  { classification, places, total = true }: { classification?: string; places?: Places; total?: boolean } = {},
): Story {
  const cells = drawn.flatMap((one, place) => {
    const at = { wave: "2025", area: codeOf(place) };
    const made: [Omit<Cell, "figure">, Told][] = [
      [mean("subjective", at, { kind: "few" }), one.outcome],
      [share({ ...at, segment: "A" }, { kind: "few" }), one.share],
      [{ measure: "persons", statistic: "people", at: { ...at, segment: "A" } }, one.people],
    ];
    return made.flatMap(([cell, says]): Cell[] => {
      const figure = figureOf(says);
      return figure ? [{ ...cell, figure }] : [];
    });
  });
  const story = storyOf(
    madeUp({
      waves: ["2025"],
      dimensions: ["subjective"],
      cells: [
        ...cells,
        mean("subjective", { wave: "2025" }, value(60, { low: 59, high: 61 })),
        ...["A", "B"].map((segment) => share({ wave: "2025", segment }, value(50, { low: 48, high: 52 }))),
        ...(total
          ? [
              {
                measure: "persons",
                statistic: "people" as const,
                at: { wave: "2025", segment: "A" },
                figure: value(71000, { low: 66000, high: 76000 }),
              },
            ]
          : []),
      ],
      variables: [
        { id: "wave", name: named("Wave"), codes: [{ code: "2025", name: named("2025") }] },
        {
          ...{ id: "area", name: named("Area"), ...(classification ? { classification } : {}) },
          codes: drawn.map((_, place) => ({ code: codeOf(place), name: named(nameOf(place)) })),
        },
      ],
    }),
    undefined,
    [],
    places,
  );
  if (!story) throw new Error("no story");
  return story;
}
