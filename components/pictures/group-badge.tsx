import type { Grouping } from "../../server/findings/view.ts";
import { patternOf } from "../charts/ribbon/pattern.tsx";

/** A group's letter on its pattern and colour: identity in that order. */
export function GroupBadge({ code, place, size = 30 }: { code: string; place: number; size?: number }) {
  return (
    <svg
      className={`badge ${groupClass(place)}`}
      width={size}
      height={size}
      viewBox="0 0 30 30"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="fill" width="30" height="30" rx="3" />
      <rect width="30" height="30" rx="3" fill={patternOf(place)} />
      <circle cx="15" cy="15" r="10.5" className="letter-ground" />
      <text x="15" y="20.5" textAnchor="middle" className={code.length > 1 ? "letter letter-long" : "letter"}>
        {code}
      </text>
    </svg>
  );
}

/** The colour of a group by its place. Levels of one scale are shades of one colour. */
export function groupClass(place: number): string {
  return `group-${place % 8}`;
}

export function groupingClass(grouping: Grouping | null): string {
  return grouping && grouping.variable !== "segment" ? "ordinal" : "";
}
