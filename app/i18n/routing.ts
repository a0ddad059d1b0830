import { hasLocale } from "next-intl";
import { defineRouting } from "next-intl/routing";
import type { Language } from "../../data/contracts/names.ts";
import { LANGUAGES } from "../../data/words/languages.ts";

/**
 * Finnish without a prefix, Swedish under /sv, English under /en. The address alone says the language: nothing is
 * detected or remembered. next.config.js and proxy.ts carry it out.
 */
const routing = defineRouting({
  locales: LANGUAGES,
  defaultLocale: "fi",
  localePrefix: "as-needed",
  localeDetection: false,
  localeCookie: false,
});

export function isLanguage(text: string): text is Language {
  return hasLocale(routing.locales, text);
}
