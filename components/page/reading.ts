import type { Language } from "../../data/contracts/names.ts";
import type { Story } from "../../server/findings/story.ts";
import type { KindWords } from "../figures/printed.tsx";
import type { Say } from "../words/translator.ts";

/** How a picture is being read: which wave, in which language, with which words. */
export type Reading = { view: Story; language: Language; say: Say; kinds: KindWords; address: Address };

/** Where the picture stands and what its address asks, so that links keep what was asked. */
export type Address = { path: string; query: Record<string, string> };

/** The address with some of what it asks changed; `null` takes a question away. */
export function asking({ path, query }: Address, changes: Record<string, string | null>, anchor = ""): string {
  const asked = Object.entries({ ...query, ...changes }).filter((pair): pair is [string, string] => pair[1] !== null);
  const text = new URLSearchParams(asked).toString();
  return `${path}${text ? `?${text}` : ""}${anchor ? `#${anchor}` : ""}`;
}

/** A path in a language: Finnish without a prefix. */
export function pathIn(language: Language, path: string): string {
  if (language === "fi") return path;
  return path === "/" ? `/${language}` : `/${language}${path}`;
}

export function kindWordsOf(say: Say): KindWords {
  return {
    few: say("figures.kinds.few"),
    most: say("figures.kinds.most"),
    uncertain: say("figures.kinds.uncertain"),
    "not-asked": say("figures.kinds.not-asked"),
    "not-yet": say("figures.kinds.not-yet"),
    protected: say("figures.kinds.protected"),
    absent: say("figures.kinds.absent"),
  };
}
