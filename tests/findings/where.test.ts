import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainSentence } from "../../components/findings/sentence.tsx";
import { kindWordsOf, type Reading } from "../../components/page/reading.ts";
import { sayIn } from "../../components/words/translator.ts";
import type { Language } from "../../data/contracts/names.ts";
import { LANGUAGES } from "../../data/words/languages.ts";
import type { Story } from "../../server/findings/story.ts";
import { withLists } from "./every-finding.ts";
import { codeOf, type Drawn, drawnPlaces, storyOfPlaces, type Told } from "./where-drawn.ts";

const readingIn = (view: Story, language: Language): Reading => {
  const say = sayIn(language);
  return { view, language, say, kinds: kindWordsOf(say), address: { path: "/", query: {} } };
};

/** Counted by hand, one by one, from what was drawn. */
function truthOf(drawn: Drawn[], asked: "outcome" | "share") {
  const sides = { above: [] as string[], below: [] as string[] };
  let [unsettled, uncertain, hidden, none] = [0, 0, 0, 0];
  for (let place = 0; place < drawn.length; place++) {
    const one = drawn[place]![asked];
    if (one.kind === "absent") continue;
    if (one.kind === "value") {
      if (one.settled && one.difference > 0) sides.above.push(codeOf(place));
      else if (one.settled && one.difference < 0) sides.below.push(codeOf(place));
      else unsettled++;
    } else if (one.kind === "uncertain") uncertain++;
    else if (one.kind === "protected") hidden++;
    else none++;
  }
  return { ...sides, unsettled, uncertain, hidden, none };
}

/** The codes of places that a finding names, by the keys of its cells, and how many others it says there are. */
function namesIn(list: { cells: Record<string, { key: string }>; values: Record<string, unknown> }[] = []) {
  const codes = list.flatMap(({ cells }) => {
    const keys = Object.values(cells).map(({ key }) => /area=(\d+)/.exec(key)?.[1] as string);
    return keys.length > 0 ? [keys[0] as string] : [];
  });
  const others = list.find(({ cells }) => Object.keys(cells).length === 0)?.values.count ?? 0;
  return { codes, others };
}

/** At most four by name, or five where a fifth would stand alone as "one other"; in the order of their codes. */
const expectedNames = (codes: string[]) =>
  codes.length <= 5 ? { codes, others: 0 } : { codes: codes.slice(0, 4), others: codes.length - 4 };

describe.each([
  ["outcome", "subjective", "where-mean"],
  ["share", "share.A", "where-share"],
] as const)("%s by place", (asked, id, finding) => {
  test("of two hundred draws those settled above and below are named by direction in their order, the others counted", () => {
    fc.assert(
      fc.property(drawnPlaces, (drawn) => {
        const story = storyOfPlaces(drawn);
        const where = story.where(id);
        const offered = drawn.filter((one) => one[asked].kind !== "absent").length > 1;
        const anything = offered && drawn.some((one) => one[asked].kind === "value");
        expect(where?.measures.some((one) => one.id === id) ?? false).toBe(anything);
        if (!where || !anything) return;
        expect(where.chosen.id).toBe(id);
        const truth = truthOf(drawn, asked);
        const said = new Map(where.said.map((one) => [one.id as string, one]));
        for (const side of ["above", "below"] as const) {
          const one = said.get(`${finding}-${side}`);
          if (truth[side].length === 0) expect(one).toBeUndefined();
          else expect(namesIn(one?.list)).toEqual(expectedNames(truth[side]));
        }
        const none = truth.above.length + truth.below.length === 0;
        expect(said.has(`${finding}-none`)).toBe(none);
        const counts = Object.fromEntries(
          (said.get("where-rest")?.list ?? []).map((one) => [one.id.replace("where-rest-", ""), one.values.count]),
        );
        const expected = {
          // Where no place differs, the heading has said so of all of them.
          ...(truth.unsettled > 0 && !none ? { unsettled: truth.unsettled } : {}),
          ...(truth.uncertain > 0 ? { uncertain: truth.uncertain } : {}),
          ...(truth.hidden > 0 ? { protected: truth.hidden } : {}),
          ...(truth.none > 0 ? { none: truth.none } : {}),
        };
        expect(counts).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("people by place", () => {
  test("of two hundred draws: the whole first, then all of a few places, else where the group is settled commoner", () => {
    fc.assert(
      fc.property(drawnPlaces, fc.boolean(), (drawn, total) => {
        const where = storyOfPlaces(drawn, { total }).where("people.A");
        const counted = drawn.flatMap(({ people }, place) => (people.kind === "value" ? [codeOf(place)] : []));
        const told = drawn.filter((one) => one.people.kind !== "absent").length;
        expect(where?.chosen.id === "people.A").toBe(counted.length > 0 && told > 1);
        if (where?.chosen.id !== "people.A") return;
        const ids = where.said.map((one) => one.id).filter((id) => id !== "where-rest");
        const commoner = drawn.flatMap((one, place) =>
          one.people.kind === "value" && one.share.kind === "value" && one.share.settled && one.share.difference > 0
            ? [codeOf(place)]
            : [],
        );
        const second =
          counted.length <= 4 ? ["where-people-places"] : commoner.length > 0 ? ["where-people-commoner"] : [];
        const expected = [...(total ? ["where-people-group"] : []), ...second];
        expect(ids).toEqual(expected.length > 0 ? expected : ["where-people-spread"]);
        const listed = where.said.find((one) => one.id === second[0]);
        if (listed)
          expect(namesIn(listed.list)).toEqual(
            counted.length <= 4 ? { codes: counted, others: 0 } : expectedNames(commoner),
          );
        // Each number of people comes with its limits, and none is compared with anything.
        for (const { cells } of where.said.flatMap(withLists)) {
          if (cells.people) expect(cells.interval).toEqual({ key: cells.people.key, part: "interval" });
          for (const part of Object.values(cells)) expect(part.against).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("what may be asked", () => {
  const some = (kind: Told["kind"]): Told =>
    kind === "value" ? { kind, value: 50, difference: 5, settled: true } : ({ kind } as Told);
  const rows = (count: number, one: Drawn) => Array.from({ length: count }, () => one);

  test("only what is published, the outcome first; what is not offered gives the outcome", () => {
    const all = { outcome: some("value"), share: some("value"), people: some("uncertain") };
    const story = storyOfPlaces(rows(3, all));
    expect(story.where()?.measures.map(({ id }) => id)).toEqual(["subjective", "share.A"]);
    for (const asked of [undefined, "people.A", "share.Z", "__proto__", ""])
      expect(story.where(asked)?.chosen.id, asked).toBe("subjective");
  });

  test("nothing is said of one place alone, nor where no place has a number", () => {
    const one = { outcome: some("value"), share: some("value"), people: some("value") };
    expect(storyOfPlaces(rows(1, one)).where()).toBeNull();
    const none = { outcome: some("protected"), share: some("uncertain"), people: some("absent") };
    expect(storyOfPlaces(rows(4, none)).where()).toBeNull();
  });
});

describe("words", () => {
  test.each(LANGUAGES)(
    "%s: the numbers of a sentence are its cells', and counts are words of their own",
    (language) => {
      fc.assert(
        fc.property(drawnPlaces, fc.constantFrom("subjective", "share.A", "people.A"), (drawn, id) => {
          const story = storyOfPlaces(drawn);
          const reading = readingIn(story, language);
          for (const finding of story.where(id)?.said ?? []) {
            const text = plainSentence(finding, reading);
            const numbers = withLists(finding).flatMap(({ cells }) =>
              Object.values(cells).flatMap(({ key, part }) => {
                const figure = story.cells.get(key)?.figure;
                const held = (...all: (number | null | undefined)[]) => all;
                if (figure?.kind !== "value") return held(null);
                if (part === "difference") return held(figure.versus[0]?.difference);
                return part === "interval" ? held(figure.low, figure.high) : held(figure.value);
              }),
            );
            const digits = (number: unknown) => String(Math.abs(Number(number)));
            const inText = text.replace(/(\d)[\u00a0,](?=\d{3}(?!\d))/g, "$1").match(/\d+(?:[.,]\d+)?/g) ?? [];
            expect(inText.map((one) => digits(one.replace(",", "."))).sort(), text).toEqual(numbers.map(digits).sort());
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(LANGUAGES)("%s: every count up to all the counties has its own word, and more are many", (language) => {
    const reading = readingIn(storyOfPlaces([]), language);
    for (const id of [
      "where-others",
      "where-rest-unsettled",
      "where-rest-uncertain",
      "where-rest-protected",
      "where-rest-none",
    ] as const) {
      const said = Array.from({ length: 24 }, (_, place) =>
        plainSentence({ id, values: { count: place + 1 }, cells: {} }, reading),
      );
      expect(new Set(said).size, id).toBe(24);
      expect(said.join(" ")).not.toMatch(/\d/);
      expect(plainSentence({ id, values: { count: 308 }, cells: {} }, reading)).toBe(said[23]);
    }
  });

  test("Finnish reads as written", () => {
    const at = (difference: number, settled: boolean): Told => ({ kind: "value", value: 40, difference, settled });
    const outcomes: Told[] = [...Array<Told>(6).fill(at(4, true)), at(-3, true), at(1, false), { kind: "protected" }];
    const drawn = outcomes.map((outcome) => ({ outcome, share: outcome, people: at(0, false) }));
    const story = storyOfPlaces(drawn);
    const texts = (id: string) =>
      (story.where(id)?.said ?? []).map((one) => plainSentence(one, readingIn(story, "fi")).replaceAll("\u00a0", " "));
    expect(texts("subjective")).toEqual([
      "subjective on selvästi kaikkien keskiarvoa korkeampi: Place a +4,0, Place b +4,0, Place c +4,0, Place d +4,0 ja kaksi muuta",
      "subjective on selvästi kaikkien keskiarvoa matalampi: Place g −3,0",
      "Alueista yksi ei eroa selvästi ja yksi on suojattu",
    ]);
    expect(texts("share.A")[1]).toBe("Ryhmä A on selvästi harvinaisempi kuin muualla: Place g 40 %");
    expect(texts("people.A")).toEqual([
      "Ryhmä A: rekisterin ihmisistä arviolta 71 000 (66 000–76 000)",
      "Ryhmä A on selvästi yleisempi kuin muualla: Place a noin 40 ihmistä (38–42), Place b noin 40 ihmistä (38–42), Place c noin 40 ihmistä (38–42), Place d noin 40 ihmistä (38–42) ja kaksi muuta",
    ]);
  });
});
