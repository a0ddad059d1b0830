import { LANGUAGES, type Language, type Names } from "../../data/contracts/names.ts";
import type { MissingReasonShown } from "./questions.ts";

/** The words that a release carries with it, in one language: data/words/<language>/dimensions.json and release.json. */
export type WordsOfLanguage = {
  dimensions: Record<string, { name: string; low: string }>;
  release: Record<string, string>;
};

/** The same in three languages, as names of what a release has. */
export type ReleaseWords = {
  /** A word of release.json in all three languages, its {parts} filled in. A word that is not there throws. */
  word(key: string, parts?: (language: Language) => Record<string, string>): Names;
  measures(dimension: string): { dimension: Names; low: Names };
  missing(reason: MissingReasonShown, text: Names): Names;
  serviceQuestion(question: string): Names;
  /** A dimension with satisfaction with life, or two dimensions. */
  together(kind: "driver" | "link", dimensions: readonly string[]): Names;
  inLanguage(language: Language): WordsOfLanguage;
};

export function releaseWords(words: Record<Language, WordsOfLanguage>): ReleaseWords {
  const word: ReleaseWords["word"] = (key, parts) =>
    names((language) => {
      const text = words[language].release[key];
      if (text === undefined) throw new Error(`data/words/${language}/release.json has no "${key}"`);
      const given = parts?.(language) ?? {};
      return text.replace(/\{(\w+)\}/g, (whole, part: string) => given[part] ?? whole);
    });
  const dimensionName = (dimension: string) => (language: Language) =>
    words[language].dimensions[dimension]?.name ?? dimension;
  return {
    word,
    measures: (dimension) => ({
      dimension: names(dimensionName(dimension)),
      low: word("low-score", (language) => ({ dimension: dimensionName(dimension)(language) })),
    }),
    missing: (reason, text) => word(`missing.${reason}`, (language) => ({ text: text[language] })),
    serviceQuestion: (question) => word(question),
    together: (kind, dimensions) =>
      word(kind, (language) => {
        const [first = "", second = ""] = dimensions.map((dimension) => dimensionName(dimension)(language));
        return { first, second };
      }),
    inLanguage: (language) => words[language],
  };
}

/** A text in all three languages. */
export function names(text: (language: Language) => string): Names {
  return Object.fromEntries(LANGUAGES.map((language) => [language, text(language)])) as Names;
}
