import { describe, expect, test } from "vitest";
import { writtenPart } from "../../components/figures/printed.tsx";
import { plainSentence } from "../../components/findings/sentence.tsx";
import { kindWordsOf, type Reading } from "../../components/page/reading.ts";
import { sayIn } from "../../components/words/translator.ts";
import type { Language } from "../../data/contracts/names.ts";
import { LANGUAGES } from "../../data/words/languages.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import type { Finding } from "../../server/findings/finding.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { comparison, madeUp, mean, named, share, value } from "./made-up.ts";

function keysOf(messages: object, above = ""): string[] {
  return Object.entries(messages).flatMap(([key, message]) =>
    typeof message === "string" ? [`${above}${key}`] : keysOf(message, `${above}${key}.`),
  );
}

/** The values that a message chooses by, and its tags. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+),|<(\w+)>/g)].map(([, argument, tag]) => argument ?? tag))].sort();

function messageAt(messages: object, key: string): string {
  return key.split(".").reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], messages) as string;
}

describe("words", () => {
  test.each(LANGUAGES)("%s has every message of Finnish and none beside, with the same values and tags", (language) => {
    expect(keysOf(MESSAGES[language]).sort()).toEqual(keysOf(MESSAGES.fi).sort());
    for (const key of keysOf(MESSAGES.fi)) {
      const [source, message] = [messageAt(MESSAGES.fi, key), messageAt(MESSAGES[language], key)];
      expect(message.trim().length, key).toBeGreaterThan(0);
      const missing = argumentsOf(message).filter((one) => !argumentsOf(source).includes(one));
      expect(missing, `${language} ${key}`).toEqual([]);
    }
  });

  test("a message that is missing is a fault", () => {
    expect(() => sayIn("en")("pages.shell.nothing" as "pages.shell.title")).toThrow();
  });
});

describe("sentences", () => {
  const story = storyOf(
    madeUp({
      waves: ["2024", "2025"],
      cells: [
        share({ wave: "2025", segment: "A" }, value(67, { low: 64, high: 70 })),
        share({ wave: "2025", segment: "B" }, value(33, { low: 30, high: 36 })),
        ...(["material", "health", "social"] as const).flatMap((dimension) => [
          mean(
            dimension,
            { wave: "2025" },
            value(60.5, { versus: [comparison("previous-wave", -2.5, { settled: dimension === "health" })] }),
          ),
          mean(
            dimension,
            { wave: "2025", segment: "A" },
            value(70, { versus: [comparison("everyone", 9.5, { settled: true })] }),
          ),
          mean(
            dimension,
            { wave: "2025", segment: "B" },
            value(41.5, { versus: [comparison("everyone", -19, { settled: true })] }),
          ),
        ]),
      ],
      dimensions: ["material", "health", "social"],
      variables: [
        { id: "wave", name: named("Wave"), codes: ["2024", "2025"].map((code) => ({ code, name: named(code) })) },
        { id: "area", name: named("Area"), codes: [{ code: "1", name: named("Town") }] },
      ],
    }),
  ) as Story;

  const readingIn = (language: Language): Reading => {
    const say = sayIn(language);
    return { view: story, language, say, kinds: kindWordsOf(say), address: { path: "/", query: {} } };
  };

  test.each(LANGUAGES)("%s: the numbers in the text are the cells' numbers, and no other number is", (language) => {
    const reading = readingIn(language);
    const every = (finding: Finding): Finding[] => [finding, ...(finding.list ?? []).flatMap(every)];
    for (const finding of [...story.said.headline, story.said.shares, story.said.changes, story.said.dimensions]) {
      let text = plainSentence(finding, reading);
      for (const { cells } of every(finding)) {
        for (const { key, part, against } of Object.values(cells)) {
          const cell = story.cells.get(key);
          const written = cell && writtenPart(cell, part, language, against)?.text;
          expect(written).toBeTruthy();
          expect(text).toContain(written);
          text = text.replace(written as string, "");
        }
      }
      expect(text, `${language} ${finding.id}`).not.toMatch(/\d/);
    }
  });

  test("Finnish reads as written", () => {
    const texts = story.said.headline.map((finding) =>
      plainSentence(finding, readingIn("fi")).replaceAll("\u00a0", " "),
    );
    expect(texts).toEqual([
      "Ihmiset kuvataan tässä kahtena ryhmänä. Rajat ovat sopimus: vielä ei ole testattu, erottuvatko ryhmät aineistossa oikeasti toisistaan.",
      "67 % (64–70 %) kuuluu ryhmään A. Sen keskiarvo on selvästi kaikkien keskiarvoa korkeampi kolmessa ulottuvuudessa kolmesta: esimerkiksi toimeentulo +9,5, terveys +9,5 ja ihmissuhteet +9,5 pistettä.",
      "Joka kolmas (33 %, 30–36 %) kuuluu ryhmään B. Sen keskiarvo jää selvästi kaikkien keskiarvosta kolmessa ulottuvuudessa kolmesta: esimerkiksi toimeentulo −19,0, terveys −19,0 ja ihmissuhteet −19,0 pistettä.",
      "Edellisestä aallosta muuttui selvästi: terveys −2,5 (−3,5 … −1,5)",
    ]);
  });
});
