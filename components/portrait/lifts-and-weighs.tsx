import type { Portrait } from "../../server/findings/portrait.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { Part } from "./part.tsx";

/** What lifts and weighs: the group's own figures where they are published, else everyone's, and which of them meet here. */
export function LiftsAndWeighs({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, view } = reading;
  const { drivers } = portrait.said;
  if (drivers.length === 0) return null;
  // The group's own figures lead, else what meets here; that everyone's figures are read stands under it.
  const own = drivers.filter(({ id }) => id === "portrait-drivers-own");
  const meeting = drivers.filter(({ id }) => id === "portrait-lifts" || id === "portrait-weighs");
  const leading = [own, meeting, drivers].find(({ length }) => length > 0) ?? [];
  const rest = drivers.filter((finding) => !leading.includes(finding));
  const everyone = view.said.drivers?.id === "drivers-most" ? view.said.drivers : null;
  return (
    <Part
      id="drivers"
      question={say("portrait.drivers.question")}
      heading={leading.map((finding, place) => (
        <span key={finding.id}>
          {place > 0 && " "}
          <Sentence finding={finding} reading={reading} closed={leading.length > 1} />
        </span>
      ))}
      method="drivers"
      group={portrait.group}
      reading={reading}
    >
      <ul className="portrait-says">
        {rest.map((finding) => (
          <li key={finding.id}>
            <Sentence finding={finding} reading={reading} closed />
          </li>
        ))}
        {everyone && (
          <li>
            <strong>{say("portrait.drivers.everyone")}</strong> <Sentence finding={everyone} reading={reading} closed />
          </li>
        )}
      </ul>
      <p className="note">{say("portrait.drivers.caution")}</p>
    </Part>
  );
}
