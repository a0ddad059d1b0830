import type { Group, Grouping } from "../../server/findings/view.ts";
import { hasRoomForLimits, ShareLine } from "../charts/ribbon/ribbon.tsx";
import { Printed } from "../figures/printed.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { PortraitLink } from "../portrait/portrait-link.tsx";
import { GroupBadge } from "./group-badge.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupHeard } from "./group-heard.tsx";
import { groupName } from "./group-name.ts";
import { SegmentCertificate } from "./segment-certificate.tsx";

/**
 * The groups of a ribbon in words. Of the grouping that leads each is a link that focuses the group everywhere; each
 * leads to its portrait, and a segment carries its certificate.
 */
export function GroupCards({
  grouping,
  reading,
  focus = null,
}: {
  grouping: Grouping;
  reading: Reading;
  focus?: string | null;
}) {
  const leads = reading.view.grouping?.variable === grouping.variable;
  return (
    <ul
      className={`group-cards group-cards-${Math.min(grouping.groups.length, 6)} ${leads ? "" : "group-cards-beside"}`}
    >
      {grouping.groups.map((group) => (
        <li key={group.code}>
          {leads ? (
            <a
              className="group-card"
              href={asking(reading.address, { segment: focus === group.code ? null : group.code }, "groups")}
              data-segment={group.code}
              data-on={focus === group.code ? "" : undefined}
              aria-current={focus === group.code ? "true" : undefined}
            >
              <CardHead group={group} reading={reading} />
            </a>
          ) : (
            <div className="group-card">
              <CardHead group={group} reading={reading} />
            </div>
          )}
          <GroupFacts group={group} reading={reading} />
          <div>
            <PortraitLink group={group} reading={reading} />
            <SegmentCertificate group={group} reading={reading} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function CardHead({ group, reading }: { group: Group; reading: Reading }) {
  const cell = reading.view.share(group);
  const print = { cell, language: reading.language, words: reading.kinds };
  const inBand = cell?.figure.kind === "value" && hasRoomForLimits(cell.figure.value);
  return (
    <>
      <span className="group-card-head">
        <GroupBadge group={group} />
        <span className="group-card-name">
          <GroupHeard group={group} reading={reading} />
          {groupName(group, reading)
            .split(" · ")
            .map((part) => (
              <span key={part}>{part}</span>
            ))}
        </span>
      </span>
      <span className={inBand ? "group-card-share" : "group-card-share group-card-share-always"}>
        <Printed {...print} className="number-large" />{" "}
        <span className="interval">
          <Printed {...print} part="interval" />
        </span>
      </span>
      <ShareLine group={group} figure={cell?.figure ?? null} />
    </>
  );
}
