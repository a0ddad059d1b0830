import { actorsSaid } from "./actors.ts";
import { changeSaid, groupSharesChanged } from "./changes.ts";
import { driversSaid } from "./drivers.ts";
import type { Finding } from "./finding.ts";
import { groupAbove, groupBelow } from "./groups.ts";
import { levelsChange, levelsOutcome } from "./levels.ts";
import { pileUpChange, pileUpOutcome, pileUpSaid } from "./pile-up.ts";
import { servicesSaid } from "./services.ts";
import { skillsSaid } from "./skills.ts";
import { groupsFound } from "./verdict.ts";
import type { View } from "./view.ts";
import { weakestSaid } from "./weakest.ts";

/** What the picture says first: whether there are groups, and what leads the picture. */
export function headline(view: View): Finding[] {
  return [groupsFound(view), ...leading(view)].filter((finding) => finding !== null);
}

/** What a further block says, said in short above them all. */
export type InShort = { block: "drivers" | "services" | "actors" | "skills" | "changes"; said: Finding };

/** What weighs and lifts, which services help, what is missing and what changed: where there is something to say of it. */
export function inShort(view: View): InShort[] {
  const [drivers, services, skills] = [driversSaid(view), servicesSaid(view), skillsSaid(view)];
  const actors = actorsSaid(view);
  const changes = view.previousWave ? changeSaid(view) : null;
  const said: [InShort["block"], Finding | null, Finding["id"][]][] = [
    ["drivers", drivers, ["drivers-none"]],
    // Used more and met less says which service falls short, and for whom.
    actors?.id === "actors-unmet" ? ["actors", actors, []] : ["services", services, ["services-none"]],
    ["skills", skills, ["skills-none"]],
    ["changes", changes, []],
  ];
  return said.flatMap(([block, finding, silent]) =>
    finding && !silent.includes(finding.id) ? [{ block, said: finding }] : [],
  );
}

/** Strengths before troubles. Levels and pile-ups say what was not put into them: satisfaction with life, and shares. */
function leading(view: View): (Finding | null)[] {
  switch (view.grouping?.variable) {
    case "segment":
      return [groupAbove(view), groupBelow(view), groupSharesChanged(view)];
    case "band":
      return [levelsOutcome(view), found(weakestSaid(view)), levelsChange(view), pileUpSaid(view)];
    case "troubles":
      return [pileUpSaid(view), found(weakestSaid(view)), pileUpOutcome(view), pileUpChange(view)];
    default:
      return [];
  }
}

/** Of the head of a picture: who is in the weakest group is said where some are more often than others. */
const found = (finding: Finding | null) => (finding?.id === "weakest-more" ? finding : null);

/** What the situation centre says of a picture in one sentence: what leads it, from the heaviest burden on. */
export function oneSentence(view: View): Finding {
  const said = leading(view).filter((finding) => finding !== null);
  const first = view.grouping?.variable === "segment" ? (groupBelow(view) ?? said[0]) : said[0];
  return first ?? groupsFound(view);
}
