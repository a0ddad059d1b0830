import { createTranslator } from "use-intl/core";
import type { Language } from "../../data/contracts/names.ts";
import type { Messages } from "../../data/words/messages.ts";

/** The messages of this page alone: those of all pages are no business of a browser. */
export type ExploreMessages = { explore: Messages["pages"]["explore"] };
export type SayExplore = ReturnType<typeof speakerOf>;

export function speakerOf(messages: ExploreMessages, language: Language) {
  return createTranslator<ExploreMessages, "explore">({
    locale: language,
    messages,
    namespace: "explore",
    timeZone: "Europe/Helsinki",
    onError: (error) => {
      throw error;
    },
  });
}
