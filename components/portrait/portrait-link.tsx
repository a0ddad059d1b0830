import type { Group } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { portraitAddress } from "./portrait-address.ts";

/** From a group on the picture to its page of its own; nothing where the picture shows no such group. */
export function PortraitLink({ group, reading }: { group: Group; reading: Reading }) {
  const { say, view, address } = reading;
  if (!view.groupAsked(group.variable, group.code)) return null;
  return (
    <a
      className="portrait-link"
      href={portraitAddress(group, address)}
      aria-label={say("portrait.linkTo", { group: groupCalled(group, reading) })}
    >
      {say("portrait.link")}
    </a>
  );
}
