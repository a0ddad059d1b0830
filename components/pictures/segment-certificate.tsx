import type { Finding } from "../../server/findings/finding.ts";
import type { Group } from "../../server/findings/view.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "./group-name.ts";

/**
 * How far a segment can be trusted: one line under its card, and what may be opened: where it differs, whom it
 * overlaps with, which questions set it apart, who is commoner in it. Nothing for groups that are no segments.
 */
export function SegmentCertificate({ group, reading }: { group: Group; reading: Reading }) {
  const said = reading.view.segment(group);
  if (!said) return null;
  return (
    <div className="segment-certificate">
      <p className="certificate-line">
        <Sentence finding={said.stability} reading={reading} />
      </p>
      {said.nearest && (
        <p className="certificate-line">
          <Sentence finding={said.nearest} reading={reading} closed />
        </p>
      )}
      <details className="more">
        <summary>{reading.say("pages.certificate.more", { group: groupCalled(group, reading) })}</summary>
        <SegmentDetails group={group} reading={reading} />
      </details>
    </div>
  );
}

/** All that the certificate says of a segment, for its card and for the method card. */
export function SegmentDetails({ group, reading }: { group: Group; reading: Reading }) {
  const { say, view } = reading;
  const said = view.segment(group);
  if (!said) return null;
  return (
    <div className="segment-details">
      <Standing group={group} reading={reading} />
      <Said heading={say("pages.certificate.overlaps")} findings={said.overlaps} reading={reading} />
      <Said heading={say("pages.certificate.distinguishing")} findings={said.distinguishing} reading={reading} />
      <Said heading={say("pages.certificate.background")} findings={said.background} reading={reading} />
      <Said
        heading={say("pages.certificate.typical")}
        findings={said.typical ? [said.typical] : []}
        reading={reading}
      />
    </div>
  );
}

/** In which dimensions it is settled above everyone and in which below, strengths first. */
function Standing({ group, reading }: { group: Group; reading: Reading }) {
  const { say, view } = reading;
  const settled = view.settled(group);
  const named = (sign: number) =>
    settled
      .filter(({ difference }) => Math.sign(difference) === sign)
      .map(({ dimension }) => say(`dimensions.${dimension.id}.low`));
  const listed = (names: string[]) =>
    names.length === view.dimensions.length ? say("pages.ribbon.all") : names.join(", ");
  const [above, below] = [named(1), named(-1)];
  return (
    <>
      {above.length > 0 && <Part heading={say("pages.ribbon.above")}>{listed(above)}</Part>}
      {below.length > 0 && <Part heading={say("pages.ribbon.below")}>{listed(below)}</Part>}
      {settled.length === 0 && <p>{say("pages.ribbon.near")}</p>}
    </>
  );
}

function Part({ heading, children }: { heading: string; children: string }) {
  return (
    <>
      <p className="details-heading">{heading}</p>
      <p>{children}</p>
    </>
  );
}

function Said({ heading, findings, reading }: { heading: string; findings: Finding[]; reading: Reading }) {
  if (findings.length === 0) return null;
  const [only] = findings;
  return (
    <>
      <p className="details-heading">{heading}</p>
      {only && findings.length === 1 ? (
        <p>
          <Sentence finding={only} reading={reading} />
        </p>
      ) : (
        <ul>
          {findings.map((finding) => (
            <li key={JSON.stringify(finding)}>
              <Sentence finding={finding} reading={reading} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
