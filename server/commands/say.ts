import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "use-intl/core";
import { z } from "zod";
import { LANGUAGES, type Language } from "../../data/contracts/names.ts";
import type { PrintedProblem, Problem } from "../../data/contracts/problem.ts";

/** The command's words in the language of its surroundings: fi, sv, else en; `--lang` decides. */
export function languageOf(given: string | undefined, locale: string): Language {
  const wanted = (given ?? locale).slice(0, 2).toLowerCase();
  return (LANGUAGES as readonly string[]).includes(wanted) ? (wanted as Language) : "en";
}

export type Speaker = {
  language: Language;
  text: (key: string, fields?: Record<string, string | number>) => string;
  problem: (problem: Problem) => PrintedProblem;
};

export function speakerOf(language: Language, root: string): Speaker {
  z.config(z.locales[language]());
  const messages = JSON.parse(readFileSync(join(root, "data", "words", language, "command.json"), "utf8"));
  const translate = createTranslator({
    locale: language,
    messages,
    onError: (error) => {
      throw error;
    },
  });
  const text: Speaker["text"] = (key, fields = {}) => translate(key as never, fields as never);
  return {
    language,
    text,
    problem: ({ code, where, fields }) => ({
      code,
      message: text(`problems.${code}.message`, fields),
      where,
      todo: text(`problems.${code}.todo`, fields),
    }),
  };
}
