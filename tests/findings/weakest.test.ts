import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../data/contracts/release.ts";
import { comparison, named, share, value } from "./made-up.ts";
import { storyShaped } from "./shapes.ts";

const CLASSES = { form: ["a", "b", "c", "d"], area: ["x", "y", "z"] };
type Told =
  | { kind: "value"; share: number; difference: number; settled: boolean }
  | { kind: "protected" }
  | { kind: "absent" };

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.record({
    kind: fc.constant("value" as const),
    share: fc.integer({ min: 3, max: 97 }),
    difference: fc.integer({ min: -30, max: 30 }),
    settled: fc.boolean(),
  }),
  fc.constantFrom({ kind: "protected" as const }, { kind: "absent" as const }),
);
const classes = Object.entries(CLASSES).flatMap(([variable, codes]) => codes.map((code) => ({ variable, code })));

/** A release whose weakest group, a level or a number of troubles, has a drawn share in each class of people. */
function drawn(verdict: Verdict, tells: Told[], group: Record<string, string>) {
  return storyShaped({
    verdict,
    more: classes.flatMap(({ variable, code }, place) => {
      const one = tells[place]!;
      const at = { wave: "2025", ...group, [variable]: code };
      if (one.kind === "absent") return [];
      if (one.kind === "protected") return [share(at, { kind: "protected" })];
      const versus = [
        comparison("others", one.difference, { settled: one.settled }),
        // What everyone says is not what is asked here.
        comparison("everyone", -one.difference, { settled: !one.settled }),
      ];
      return [share(at, value(one.share, { low: one.share - 2, high: one.share + 2, versus }))];
    }),
    rest: {
      variables: [
        { id: "wave", name: named("Wave"), codes: ["2024", "2025"].map((code) => ({ code, name: named(code) })) },
        ...Object.entries(CLASSES).map(([id, codes]) => ({
          ...{ id, name: named(id) },
          codes: codes.map((code) => ({ code, name: named(`Class ${code}`) })),
        })),
      ],
    },
  });
}

const atOf = (key: string) =>
  new Map(
    key
      .split("?")[1]!
      .split("&")
      .map((pair) => pair.split("=") as [string, string]),
  );

describe("who is in the weakest group", () => {
  test.each([
    ["level-only", { band: "1" }],
    ["none", { troubles: "3+" }],
  ] as const)(
    "%s: of two hundred draws exactly the classes settled above all others are named, in their order",
    (verdict, group) => {
      fc.assert(
        fc.property(fc.array(told, { minLength: 7, maxLength: 7 }), (tells) => {
          const story = drawn(verdict, tells, group);
          const anything = tells.some(({ kind }) => kind === "value");
          expect(story.weakest !== null).toBe(anything);
          const above = classes.filter((_, place) => {
            const one = tells[place]!;
            return one.kind === "value" && one.settled && one.difference > 0;
          });
          const finding = story.said.weakest;
          if (!anything) return expect(finding).toBeNull();
          expect(finding?.id).toBe(above.length > 0 ? "weakest-more" : "weakest-none");
          const [variable, code] = Object.entries(group)[0]!;
          const keys = (finding?.list ?? []).map(({ cells }) => atOf(cells.share!.key));
          expect(keys.map((at) => at.get("form") ?? at.get("area"))).toEqual(above.slice(0, 4).map((one) => one.code));
          for (const at of keys) expect(at.get(variable)).toBe(code);
          if (above.length > 0) expect(finding?.values.more).toBe(above.length > 4 ? "yes" : "no");
          // At the head of the picture only what was found is said.
          expect(story.said.headline.some(({ id }) => id === "weakest-more")).toBe(above.length > 0);
          expect(story.said.headline.some(({ id }) => id === "weakest-none")).toBe(false);
        }),
        { numRuns: 200, seed: 6 },
      );
    },
  );

  test("segments have no weakest: nothing is said", () => {
    const tells = classes.map((): Told => ({ kind: "value", share: 40, difference: 20, settled: true }));
    expect(drawn("segments", tells, { band: "1" }).said.weakest).toBeNull();
  });
});
