import type { WhereMeasure, WhereView } from "../../server/findings/where.ts";
import { asking, type Reading } from "../page/reading.ts";
import { GroupBadge } from "./group-badge.tsx";
import { groupCalled, groupInShort, groupName } from "./group-name.ts";

const KINDS = ["mean", "share", "people"] as const;

/** What may be asked of the places: links, so that the address says what is shown and the way back works. */
export function WhereMeasures({ where, reading }: { where: WhereView; reading: Reading }) {
  const { say, view, address } = reading;
  if (where.measures.length < 2) return null;
  return (
    <nav className="where-measures" aria-label={say("pages.where.measures.label")}>
      {KINDS.map((kind) => {
        const offered = where.measures.filter((measure) => measure.kind === kind);
        if (offered.length === 0) return null;
        return (
          <div key={kind} className={`where-measures-${kind}`}>
            <span id={`where-${kind}`}>
              {say(`pages.where.measures.${kind}`, { variable: view.grouping?.variable ?? "segment" })}
            </span>
            <ul aria-labelledby={`where-${kind}`}>
              {offered.map((measure) => (
                <li key={measure.id}>
                  <a
                    href={asking(address, { where: measure.id }, "where")}
                    data-keeps=""
                    aria-current={measure.id === where.chosen.id ? "true" : undefined}
                  >
                    <MeasureInShort measure={measure} reading={reading} />
                  </a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function MeasureInShort({ measure, reading }: { measure: WhereMeasure; reading: Reading }) {
  if (measure.kind === "mean") return measure.dimension.name[reading.language];
  if (measure.group === null) return reading.say("pages.where.measures.everyone");
  return (
    <>
      <GroupBadge group={measure.group} size={22} />
      {measure.group.variable !== "segment" && <span aria-hidden="true">{groupInShort(measure.group, reading)}</span>}
      <span className="sr-only">
        {groupCalled(measure.group, reading)},{" "}
        {reading.say(`pages.where.measures.${measure.kind}`, { variable: measure.group.variable })}
      </span>
    </>
  );
}

/** "Terveys", "Ryhmä A: vahva arki", "Rekisterin ihmiset". */
export function measureName(measure: WhereMeasure, reading: Reading): string {
  if (measure.kind === "mean") return measure.dimension.name[reading.language];
  if (measure.group === null) return reading.say("pages.where.measures.people");
  const [called, name] = [groupCalled(measure.group, reading), groupName(measure.group, reading)];
  return called === name ? name : `${called}: ${name}`;
}
