import { DataTable } from "../charts/data-table.tsx";
import { Certified } from "../figures/certified.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled, groupName } from "../pictures/group-name.ts";
import { SegmentDetails } from "../pictures/segment-certificate.tsx";
import { waveName } from "../pictures/source-line.tsx";
import { FlowsTable, PileUpTable, TriedTable, WavesTable } from "./certificate-tables.tsx";
import { NumberOrDash } from "./measures-part.tsx";
import { Folded, isWeighted, Part } from "./part.tsx";

/** The certificate of the groups: the verdict, what it rests on, what was tried, each segment, each wave. */
export function GroupsPart({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { segmentation } = view.cells.release;
  const { certificate } = segmentation;
  return (
    <Part id="segments" reading={reading}>
      <h3>{say("method.segments.verdictHeading")}</h3>
      <Verdict reading={reading} />
      {view.said.certificate.length > 0 && (
        <ul className="certificate-list">
          {view.said.certificate.map((finding) => (
            <li key={finding.id}>
              <Sentence finding={finding} reading={reading} />
            </li>
          ))}
        </ul>
      )}
      <HowMade reading={reading} />
      {certificate.tried.length > 0 && (
        <>
          <h3>{say("method.segments.triedHeading")}</h3>
          <p>
            {say(`method.segments.chosenBy.${certificate.chosenBy}`)} {say("method.segments.admissible")}{" "}
            {say("method.segments.silhouette")}
          </p>
          <TriedTable reading={reading} />
          <p className="note">
            {say("method.segments.computed")} <Certified path="segmentation.certificate.resamples" reading={reading} />{" "}
            {say("method.segments.resamples")}, <Certified path="segmentation.certificate.starts" reading={reading} />{" "}
            {say("method.segments.starts")}. {say("method.segments.scale")}
          </p>
        </>
      )}
      {certificate.structure && <Structure reading={reading} />}
      {certificate.segments.length > 0 && <Segments reading={reading} />}
      <h3>{say("method.segments.wavesHeading")}</h3>
      <p>{say("method.segments.wavesText")}</p>
      <WavesTable reading={reading} />
      {segmentation.flows.length > 0 && (
        <Folded summary={say("method.segments.flows")}>
          <p>{say("method.segments.flowsText")}</p>
          <FlowsTable reading={reading} />
        </Folded>
      )}
      <h3>{say("method.segments.orderedHeading")}</h3>
      <p>{say("method.segments.bands", { wave: waveName(reading, segmentation.referenceWave) })}</p>
      <p>{say("method.segments.troubles")}</p>
      {segmentation.pileUp.length > 0 && <PileUpTable reading={reading} />}
    </Part>
  );
}

/** Where groups were not looked for, or borders did not hold, the finding says more than the verdict's own sentence. */
function Verdict({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { groups } = view.said;
  const { verdict } = view.cells.release.segmentation;
  return (
    <p className="verdict">
      {groups.id === "groups-few-dimensions" || groups.id === "groups-unstable" ? (
        <Sentence finding={groups} reading={reading} />
      ) : (
        say(`method.segments.verdicts.${verdict}`)
      )}
    </p>
  );
}

function HowMade({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { segmentation } = view.cells.release;
  const { dimensions, leftOut } = segmentation.certificate;
  return (
    <>
      {segmentation.k !== null && (
        <>
          <p>
            {say("method.segments.text", {
              wave: waveName(reading, segmentation.referenceWave),
              count: dimensions.length,
              weighted: isWeighted(reading) ? "yes" : "no",
            })}
          </p>
          <p>{say("method.segments.names")}</p>
        </>
      )}
      {dimensions.length > 0 && (
        <p>
          {say("method.segments.dimensions")} {dimensions.map((id) => say(`dimensions.${id}.name`)).join(", ")}.
        </p>
      )}
      {leftOut.length > 0 && (
        <p>
          {say("method.segments.leftOut")}{" "}
          {leftOut
            .map(
              ({ dimension, reason }) =>
                `${say(`dimensions.${dimension}.name`)} (${say(`method.segments.reasons.${reason}`)})`,
            )
            .join(", ")}
          .
        </p>
      )}
    </>
  );
}

function Structure({ reading }: { reading: Reading }) {
  const { say } = reading;
  const path = "segmentation.certificate.structure";
  return (
    <>
      <h3>{say("method.segments.structureHeading")}</h3>
      <p>
        {say.rich("method.segments.structure", {
          references: () => <Certified key="references" path={`${path}.references`} reading={reading} />,
          t: () => <Certified key="t" path={`${path}.statistic`} reading={reading} />,
          p: () => <Certified key="p" path={`${path}.pValue`} reading={reading} />,
        })}
      </p>
    </>
  );
}

/** Each published segment on its own, folded; then how far each stands from everyone, dimension by dimension. */
function Segments({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { segments, dimensions } = view.cells.release.segmentation.certificate;
  const groups = view.groupings.find(({ variable }) => variable === "segment")?.groups ?? [];
  return (
    <>
      <h3>{say("method.segments.eachHeading")}</h3>
      <p>{say("method.segments.stability")}</p>
      {groups.map((group) => {
        const said = view.segment(group);
        return (
          said && (
            <details key={group.code} className="more">
              <summary>
                <span>
                  {groupCalled(group, reading)}: <Sentence finding={said.stability} reading={reading} />
                </span>
              </summary>
              <p>{groupName(group, reading)}</p>
              <SegmentDetails group={group} reading={reading} />
            </details>
          )
        );
      })}
      <Folded summary={say("method.segments.profile")}>
        <DataTable
          caption={say("method.segments.profileCaption")}
          columns={[
            say("pages.table.dimension"),
            ...segments.map(({ code }) => say("figures.group.segment", { code })),
          ]}
          rows={dimensions.map((dimension) => ({
            id: dimension,
            head: say(`dimensions.${dimension}.name`),
            cells: segments.map(({ code, profile }, place) => (
              <NumberOrDash
                key={code}
                path={`segmentation.certificate.segments.${place}.profile.${profile.findIndex(
                  (one) => one.dimension === dimension,
                )}.z`}
                reading={reading}
              />
            )),
          }))}
        />
      </Folded>
    </>
  );
}
