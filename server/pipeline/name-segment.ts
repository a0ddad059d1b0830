import type { Language, Names } from "../../data/contracts/names.ts";
import type { Apart, NameApart } from "../segmentation/tell-apart.ts";
import { names, type ReleaseWords } from "./release-words.ts";

/**
 * What a segment may be called until people name it: "stronger: X and Y · weaker: Z". Neutral, by rule, strengths first
 * (METHOD §3.7); never a diagnosis. Segments that would be called alike are told apart at the end.
 */
export function nameSegment(name: NameApart, words: ReleaseWords): Names {
  const inLanguage = (language: Language): string => {
    const { dimensions, release } = words.inLanguage(language);
    const word = (key: string) => release[key] as string;
    const list = (ids: readonly string[]) => ids.map((id) => dimensions[id]?.low ?? id).join(word("and"));
    const filled = (key: string, ids: readonly string[]) => word(key).replace("{list}", list(ids));
    const apart = (step: Apart) => (step.by === "degree" ? word(step.degree) : filled(step.side, [step.dimension]));
    const said =
      name.kind === "mixed"
        ? [
            ...(name.high.length > 0 ? [filled("high", name.high)] : []),
            ...(name.low.length > 0 ? [filled("low", name.low)] : []),
          ]
        : [word(name.kind)];
    const text = [...said, ...name.apart.map(apart)].join(word("between"));
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  };
  return names(inLanguage);
}
