import { describe, expect, test } from "vitest";
import { writtenPart } from "../../components/figures/printed.tsx";
import { releaseNumber } from "../../components/figures/release-number.ts";
import { plainSentence } from "../../components/findings/sentence.tsx";
import { kindWordsOf, type Reading } from "../../components/page/reading.ts";
import { sayIn } from "../../components/words/translator.ts";
import type { Language } from "../../data/contracts/names.ts";
import { VERDICTS, type Verdict } from "../../data/contracts/release.ts";
import { LANGUAGES } from "../../data/words/languages.ts";
import { MESSAGES } from "../../data/words/messages.ts";
import { type Story, storyOf } from "../../server/findings/story.ts";
import { sentencesOf, withLists } from "./every-finding.ts";
import { comparison, madeUp, mean, named, percent, share, value } from "./made-up.ts";
import { storyShaped } from "./shapes.ts";

function keysOf(messages: object, above = ""): string[] {
  return Object.entries(messages).flatMap(([key, message]) =>
    typeof message === "string" ? [`${above}${key}`] : keysOf(message, `${above}${key}.`),
  );
}

/** The values that a message chooses by, and its tags. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+),|<(\w+)>/g)].map(([, argument, tag]) => argument ?? tag))].sort();

const tagsOf = (message: string) => [...new Set([...message.matchAll(/<(\w+)>/g)].map(([, tag]) => tag))].sort();

function messageAt(messages: object, key: string): string {
  return key.split(".").reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], messages) as string;
}

describe("words", () => {
  test.each(LANGUAGES)("%s has every message of Finnish and none beside, with the same values and tags", (language) => {
    expect(keysOf(MESSAGES[language]).sort()).toEqual(keysOf(MESSAGES.fi).sort());
    for (const key of keysOf(MESSAGES.fi)) {
      const [source, message] = [messageAt(MESSAGES.fi, key), messageAt(MESSAGES[language], key)];
      expect(message.trim().length, key).toBeGreaterThan(0);
      const beside = argumentsOf(message).filter((one) => !argumentsOf(source).includes(one));
      expect(beside, `${language} ${key}`).toEqual([]);
      // A number that the Finnish says and a translation leaves out would be a different finding.
      expect(tagsOf(message), `${language} ${key}`).toEqual(tagsOf(source));
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

  test.each(LANGUAGES)("%s: the numbers in the text are the cells' numbers, and no other number is", (language) => {
    expectNumbersOf(story, language);
  });

  test("Finnish reads as written", () => {
    const texts = said(story).map((finding) =>
      plainSentence(finding, readingOf(story, "fi")).replaceAll("\u00a0", " "),
    );
    expect(texts).toEqual([
      "Ihmiset kuvataan tässä kahtena ryhmänä. Rajat ovat sopimus: vielä ei ole testattu, erottuvatko ryhmät aineistossa oikeasti toisistaan.",
      "67 % (64–70 %) kuuluu ryhmään A. Sen keskiarvo on selvästi kaikkien keskiarvoa korkeampi kolmessa ulottuvuudessa kolmesta: esimerkiksi elintaso +9,5, terveys +9,5 ja ihmissuhteet +9,5 pistettä.",
      "Joka kolmas (33 %, 30–36 %) kuuluu ryhmään B. Sen keskiarvo jää selvästi kaikkien keskiarvosta kolmessa ulottuvuudessa kolmesta: esimerkiksi elintaso −19,0, terveys −19,0 ja ihmissuhteet −19,0 pistettä.",
      "Edellisestä aallosta muuttui selvästi: terveys −2,5 pistettä (−3,5 … −1,5)",
    ]);
  });
});

/** What stands at the top of the picture. */
const said = ({ said: { headline, inShort } }: Story) => [...headline, ...inShort.map((one) => one.said)];

/** How a story is read in a language. */
function readingOf(view: Story, language: Language): Reading {
  const say = sayIn(language);
  return { view, language, say, kinds: kindWordsOf(say), address: { path: "/", query: {} } };
}

/** Every number of every sentence is written as its cell, or its place in the release, holds it; no digit is left over. */
function expectNumbersOf(story: Story, language: Language) {
  const reading = readingOf(story, language);
  for (const finding of sentencesOf(story)) {
    let text = plainSentence(finding, reading);
    const take = (written: string | undefined) => {
      expect(written, `${language} ${finding.id}: ${text}`).toBeTruthy();
      expect(text, `${language} ${finding.id}`).toContain(written);
      text = text.replace(written as string, "");
    };
    for (const { cells, numbers } of withLists(finding)) {
      for (const { key, part, against } of Object.values(cells)) {
        const cell = story.cells.get(key);
        take(cell ? writtenPart(cell, part, language, against)?.text : undefined);
      }
      for (const path of Object.values(numbers ?? {})) {
        const number = story.numberAt(path);
        if (number !== null) take(releaseNumber(path, number, language));
      }
    }
    expect(text, `${language} ${finding.id}`).not.toMatch(/\d/);
  }
}

describe("the words of each verdict", () => {
  const certificate = {
    structure: { statistic: 4.01, pValue: 0.02, references: 99 },
    oneQuestion: "voice" as const,
    weights: { agreement: 0.91 },
    missing: { percent: 17, agreement: 0.82 },
    waves: [{ wave: "2025", atypicalHigh: true, refit: { agreement: 0.83, reading: "holds" as const } }],
    segments: ["A", "B"].map((code) => ({
      code,
      stability: code === "A" ? 0.93 : 0.78,
      reading: "stable" as const,
      profile: [],
      distinguishing: [{ measure: "item.money", d: -1.24 }],
      background: [{ variable: "area", code: "t", ratio: 1.44, low: 1.21, high: 1.72 }],
      typical: [{ variable: "area", code: "t" }],
      overlap: [{ with: code === "A" ? "B" : "A", figure: value(12, { low: 10, high: 14 }) }],
    })),
  };
  const more = [
    percent("unclassifiable", { wave: "2025" }, value(3, { low: 2, high: 5 })),
    percent("atypical", { wave: "2025" }, value(6, { low: 4, high: 8 })),
  ];
  const shaped = (verdict: Verdict) =>
    storyShaped({
      verdict,
      more,
      certificate: { ...certificate, segments: SEGMENTED.includes(verdict) ? certificate.segments : [] },
      change: () => [comparison("previous-wave", 4, { settled: true })],
    });
  const SEGMENTED: Verdict[] = ["segments", "profiles-on-a-continuum", "untested"];

  test.each(VERDICTS.flatMap((verdict) => LANGUAGES.map((language) => [verdict, language] as const)))(
    "%s, %s: no number of its own",
    (verdict, language) => {
      expectNumbersOf(shaped(verdict), language);
    },
  );

  test.each(VERDICTS.filter((verdict) => !SEGMENTED.includes(verdict)))(
    "%s speaks of no group by a letter",
    (verdict) => {
      const story = shaped(verdict);
      for (const language of LANGUAGES) {
        for (const finding of sentencesOf(story))
          expect(plainSentence(finding, readingOf(story, language)), finding.id).not.toMatch(
            /\b([Rr]yhmä\p{L}*|[Gg]rupp|[Gg]roup) [A-Z]\b/u,
          );
      }
    },
  );

  test("types of people are named only to say that these are none", () => {
    const TYPES = /tyyp|typer|types/i;
    const DENIED = /eivätkä ryhmät ole|är inte|are not/;
    for (const verdict of VERDICTS) {
      const story = shaped(verdict);
      for (const language of LANGUAGES) {
        for (const finding of sentencesOf(story)) {
          const text = plainSentence(finding, readingOf(story, language));
          if (TYPES.test(text)) expect(text).toMatch(DENIED);
        }
      }
    }
  });

  test("Finnish of levels and pile-ups reads as written", () => {
    const texts = (verdict: Verdict) => {
      const story = shaped(verdict);
      return said(story).map((finding) => plainSentence(finding, readingOf(story, "fi")).replaceAll("\u00a0", " "));
    };
    expect(texts("level-only")).toEqual([
      "Ihmiset eroavat siinä, kuinka hyvin he voivat, eivät siinä, millä tavalla. Siksi kuva näyttää tasoja eikä ryhmiä.",
      "Tyytyväisyys elämään on ylimmällä tasolla 78,5 (76,5–80,5) ja alimmalla 42,5 (40,5–44,5) pistettä sadasta",
      "Tasojen osuuksissa on selvä muutos edellisestä aallosta: ylin taso 21 % (+4 prosenttiyksikköä, +3 … +5) ja alin taso 21 % (+4 prosenttiyksikköä, +3 … +5)",
      "21 %:lla (19–23 %) ei ole yhtään heikkoa ulottuvuutta. 21 %:lla (19–23 %) niitä on ainakin kolme: se on 1,6 kertaa niin yleistä (1,4–1,8) kuin jos ulottuvuudet eivät liittyisi toisiinsa",
      "Edelliseen aaltoon ei voi verrata: vertailuja ei ole julkaistu.",
    ]);
    expect(texts("none")[1]).toBe(texts("level-only")[3]);
  });
});
