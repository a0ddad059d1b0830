import { LANGUAGES, type Language, type Names } from "../../data/contracts/names.ts";
import type { ProposedName } from "../segmentation/profile.ts";

/** Words for dimensions and proposed names in one language, as data/words holds them. */
export type SegmentWords = {
  dimensions: Record<string, { name: string; low: string }>;
  segments: {
    "all-high": string;
    "all-low": string;
    even: string;
    high: string;
    low: string;
    and: string;
    between: string;
  };
};

/**
 * What a segment may be called until people name it: "strong X and Y, weaker Z". Neutral, by rule, strengths first
 * (METHOD §3.7); never a diagnosis.
 */
export function nameSegment(name: ProposedName, words: Record<Language, SegmentWords>): Names {
  const inLanguage = (language: Language): string => {
    const { dimensions, segments } = words[language];
    if (name.kind !== "mixed") return segments[name.kind];
    const list = (ids: readonly string[]) => ids.map((id) => dimensions[id]?.low ?? id).join(segments.and);
    const parts = [
      ...(name.high.length > 0 ? [segments.high.replace("{list}", list(name.high))] : []),
      ...(name.low.length > 0 ? [segments.low.replace("{list}", list(name.low))] : []),
    ];
    const text = parts.join(segments.between);
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(language)])) as Names;
}
