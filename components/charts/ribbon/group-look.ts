import type { Group } from "../../../server/findings/view.ts";

/** How many groups can be told apart by colour and pattern; a ninth starts again. */
const LOOKS = 8;
/** The steps of the ordered ramp, from the lightest to the darkest. */
const STEPS = 5;

/**
 * The look of a group. Segments have a colour and a pattern each. Levels and pile-ups are steps of one scale: the
 * heavier the burden, the darker the shade and the denser the pattern; few groups take the ends of the ramp.
 */
export function groupLook({ variable, place, of }: Pick<Group, "variable" | "place" | "of">): {
  className: string;
  pattern: string;
} {
  const name =
    variable === "segment" ? `${place % LOOKS}` : `step-${of > 1 ? Math.round((place * (STEPS - 1)) / (of - 1)) : 0}`;
  return { className: `group-${name}`, pattern: `url(#pattern-${name})` };
}
