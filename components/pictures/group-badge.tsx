import type { Group } from "../../server/findings/view.ts";
import { groupLook } from "../charts/ribbon/group-look.ts";
import { GroupSign } from "../charts/ribbon/group-sign.tsx";

/** A group's sign on its pattern and colour: identity in that order. */
export function GroupBadge({ group, size = 30 }: { group: Group; size?: number }) {
  const { className, pattern } = groupLook(group);
  return (
    <svg
      className={`badge ${className}`}
      width={size}
      height={size}
      viewBox="-15 -15 30 30"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="fill" x="-15" y="-15" width="30" height="30" rx="3" />
      <rect x="-15" y="-15" width="30" height="30" rx="3" fill={pattern} />
      <GroupSign group={group} radius={10.5} />
    </svg>
  );
}
