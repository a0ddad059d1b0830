import type { Language } from "../../data/contracts/names.ts";
import type { SideNamed } from "../../server/findings/finding.ts";
import type { Say } from "../words/translator.ts";

/** What one side of a comparison is called: groups by their words, everyone, else by its published name. */
export function sideCalled({ variable, code, name }: SideNamed, say: Say, language: Language): string {
  if (code === "all") return say("pages.compare.everyone");
  if (variable === "troubles") return say("pages.compare.troubles", { code });
  if (variable === "segment" || variable === "band") return say(`figures.group.${variable}`, { code });
  const called = name?.[language] ?? code;
  return called.charAt(0).toLocaleUpperCase(language) + called.slice(1);
}

/** The same in the middle of a sentence: a place keeps its capital. */
export function sideInside(side: SideNamed, say: Say, language: Language): string {
  const called = sideCalled(side, say, language);
  return side.variable === "area" && side.code !== "all"
    ? called
    : called.charAt(0).toLocaleLowerCase(language) + called.slice(1);
}
