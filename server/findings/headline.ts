import { changeSaid } from "./changes.ts";
import type { Finding } from "./finding.ts";
import { groupAbove, groupBelow, groupsFound } from "./groups.ts";
import type { View } from "./view.ts";

/** What the picture says first: the groups, strengths before troubles, then what changed. */
export function headline(view: View): Finding[] {
  return [groupsFound(view), groupAbove(view), groupBelow(view), changeSaid(view)].filter(
    (finding) => finding !== null,
  );
}

/** What the situation centre says of a picture in one sentence: the group below everyone, else above, else the groups. */
export function oneSentence(view: View): Finding {
  return groupBelow(view) ?? groupAbove(view) ?? groupsFound(view);
}
