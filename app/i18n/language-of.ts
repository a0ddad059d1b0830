import { notFound } from "next/navigation";
import type { Language } from "../../data/contracts/names.ts";
import { isLanguage } from "./routing.ts";

export type LocaleParams = { params: Promise<{ locale: string }> };

/** The language that the address was routed to. */
export async function languageOf(params: Promise<{ locale: string }>): Promise<Language> {
  const { locale } = await params;
  return isLanguage(locale) ? locale : notFound();
}
