import { createTranslator } from "use-intl/core";
import type { Language } from "../../data/contracts/names.ts";
import { MESSAGES, type Messages } from "../../data/words/messages.ts";

/** Says a message of data/words in one language. A message that is missing is a fault, never an empty place. */
export type Say = ReturnType<typeof createTranslator<Messages>>;

const translators = new Map<Language, Say>();

export function sayIn(language: Language): Say {
  const kept = translators.get(language);
  if (kept) return kept;
  const say: Say = createTranslator<Messages>({
    locale: language,
    messages: MESSAGES[language],
    timeZone: "Europe/Helsinki",
    onError: (error) => {
      throw error;
    },
  });
  translators.set(language, say);
  return say;
}
