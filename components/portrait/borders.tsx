import type { Portrait } from "../../server/findings/portrait.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { Part } from "./part.tsx";

/** Where the border runs: how many lie almost as near other groups, and that the border is a convention where it is. */
export function Borders({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, view } = reading;
  const { certificate, group } = portrait;
  const { verdict } = view.cells.release.segmentation;
  return (
    <Part
      id="borders"
      question={say("portrait.overlap.question")}
      heading={
        certificate && certificate.overlaps.length > 0 ? (
          <>
            {say("portrait.overlap.almost")}{" "}
            {certificate.overlaps.map((finding, place) => (
              <span key={JSON.stringify(finding.values)}>
                <span className="portrait-near">
                  <Sentence finding={finding} reading={reading} />
                </span>
                {place < certificate.overlaps.length - 1 && ", "}
              </span>
            ))}
          </>
        ) : (
          say("portrait.overlap.heading")
        )
      }
      method="segments"
      group={group}
      reading={reading}
    >
      {group.variable === "segment" && verdict !== "segments" && (
        <p className="portrait-warning">{say("portrait.overlap.continuum")}</p>
      )}
      {group.variable !== "segment" && <p>{say(`portrait.overlap.${group.variable}`)}</p>}
    </Part>
  );
}
