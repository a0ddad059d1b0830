import { changeSaid } from "./changes.ts";
import type { Finding } from "./finding.ts";
import { groupAbove, groupBelow } from "./groups.ts";
import { levelsChange, levelsOutcome } from "./levels.ts";
import { pileUpChange, pileUpOutcome, pileUpSaid } from "./pile-up.ts";
import { groupsFound } from "./verdict.ts";
import type { View } from "./view.ts";

/** What the picture says first: whether there are groups, what leads the picture, then what changed. */
export function headline(view: View): Finding[] {
  return [groupsFound(view), ...leading(view), changeSaid(view)].filter((finding) => finding !== null);
}

/** Strengths before troubles. Levels and pile-ups say what was not put into them: satisfaction with life, and shares. */
function leading(view: View): (Finding | null)[] {
  switch (view.grouping?.variable) {
    case "segment":
      return [groupAbove(view), groupBelow(view)];
    case "band":
      return [levelsOutcome(view), levelsChange(view), pileUpSaid(view)];
    case "troubles":
      return [pileUpSaid(view), pileUpOutcome(view), pileUpChange(view)];
    default:
      return [];
  }
}

/** What the situation centre says of a picture in one sentence: what leads it, from the heaviest burden on. */
export function oneSentence(view: View): Finding {
  const said = leading(view).filter((finding) => finding !== null);
  const first = view.grouping?.variable === "segment" ? (groupBelow(view) ?? said[0]) : said[0];
  return first ?? groupsFound(view);
}
