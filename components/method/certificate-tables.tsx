import type { GroupingId } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Certified } from "../figures/certified.tsx";
import { kindWord, Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { waveName } from "../pictures/source-line.tsx";
import { NumberOrDash } from "./measures-part.tsx";

const CERTIFICATE = "segmentation.certificate";

/** Every number of groups that was tried, whether it may be used and, if not, why. */
export function TriedTable({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { certificate, k: chosen } = view.cells.release.segmentation;
  return (
    <DataTable
      caption={say("method.segments.triedCaption")}
      columns={[
        say("method.segments.k"),
        say("method.segments.columns.admissible"),
        say("method.segments.columns.stability"),
        say("method.segments.columns.agreement"),
        say("method.segments.silhouetteColumn"),
        "Calinski–Harabasz",
        say("method.segments.columns.level"),
      ]}
      rows={certificate.tried.map(({ k, admissible, refused }, place) => {
        const path = `${CERTIFICATE}.tried.${place}`;
        const number = (name: string) => <NumberOrDash key={name} path={`${path}.${name}`} reading={reading} />;
        return {
          id: String(k),
          head: (
            <>
              <Certified path={`${path}.k`} reading={reading} />
              {k === chosen && <span className="head-note">{say("method.segments.chosen")}</span>}
            </>
          ),
          cells: [
            admissible
              ? say("method.yes")
              : `${say("method.no")}: ${refused.map((reason) => say(`method.segments.refused.${reason}`)).join(", ")}`,
            number("stability.0"),
            number("agreement"),
            number("silhouette"),
            number("calinskiHarabasz"),
            number("levelShare"),
          ],
        };
      })}
    />
  );
}

/** How the frozen groups fare wave by wave. */
export function WavesTable({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { release } = view.cells;
  const { waves } = release.segmentation.certificate;
  const cell = (measure: string, wave: string) => (
    <Share measure={measure} wave={wave} key={measure} reading={reading} />
  );
  return (
    <DataTable
      caption={say("method.segments.wavesHeading")}
      columns={[
        say("method.segments.columns.wave"),
        say("method.segments.columns.unclassifiable"),
        say("method.segments.columns.atypical"),
        say("method.segments.columns.refit"),
      ]}
      rows={view.waves.map(({ code }) => {
        const place = waves.findIndex(({ wave }) => wave === code);
        const wave = waves[place];
        const atypical = view.cells.find("atypical", "percent", { wave: code });
        return {
          id: code,
          head: waveName(reading, code),
          cells: [
            cell("unclassifiable", code),
            atypical ? (
              <span key="atypical">
                <Printed cell={atypical} language={language} words={kinds} />
                {wave?.atypicalHigh && <span className="flag"> {say("method.segments.atypicalHigh")}</span>}
              </span>
            ) : (
              say("method.segments.noSegments")
            ),
            wave?.refit ? (
              <span key="refit">
                <Certified path={`${CERTIFICATE}.waves.${place}.refit.agreement`} reading={reading} />{" "}
                {say(`method.segments.refit.${wave.refit.reading}`)}
              </span>
            ) : code === release.segmentation.referenceWave ? (
              say("method.segments.reference")
            ) : (
              say("method.segments.noSegments")
            ),
          ],
        };
      })}
    />
  );
}

function Share({ measure, wave, reading }: { measure: string; wave: string; reading: Reading }) {
  const { view, language, kinds } = reading;
  const cell = view.cells.find(measure, "percent", { wave });
  return (
    <>
      <Printed cell={cell} language={language} words={kinds} />{" "}
      <span className="interval">
        <Printed cell={cell} part="interval" language={language} words={kinds} />
      </span>
    </>
  );
}

/** Observed against independent, wave by wave. */
export function PileUpTable({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { pileUp } = view.cells.release.segmentation;
  const groups = view.groupings.find(({ variable }) => variable === "troubles")?.groups ?? [];
  return (
    <DataTable
      caption={say("method.segments.pileUpCaption")}
      columns={[
        say("pages.table.group"),
        say("method.segments.columns.wave"),
        say("method.segments.columns.observed"),
        say("method.segments.columns.independent"),
        say("method.segments.columns.ratio"),
        say("pages.table.interval"),
      ]}
      rows={pileUp.map(({ wave, code }, place) => {
        const path = `segmentation.pileUp.${place}`;
        const group = groups.find((one) => one.code === code);
        return {
          id: path,
          head: group ? groupCalled(group, reading) : code,
          cells: [
            waveName(reading, wave),
            <Printed
              key="observed"
              cell={view.cells.find("persons", "percent", { wave, troubles: code })}
              language={language}
              words={kinds}
            />,
            <NumberOrDash key="independent" path={`${path}.independent`} reading={reading} />,
            <NumberOrDash key="ratio" path={`${path}.ratio`} reading={reading} />,
            <span key="limits">
              <Certified path={`${path}.low`} reading={reading} />–<Certified path={`${path}.high`} reading={reading} />
            </span>,
          ],
        };
      })}
    />
  );
}

/** Where members of a panel moved between two waves: shares of the group that they were in. */
export function FlowsTable({ reading }: { reading: Reading }) {
  const { say, view, kinds } = reading;
  const called = (variable: GroupingId, code: string) =>
    groupCalled({ variable, code, name: null, place: 0, of: 1 }, reading);
  return (
    <DataTable
      caption={say("method.segments.flows")}
      columns={[say("method.segments.columns.from"), say("method.segments.columns.to"), say("pages.table.share")]}
      rows={view.cells.release.segmentation.flows.map(({ variable, from, to, figure }, place) => {
        const path = `segmentation.flows.${place}.figure`;
        return {
          id: path,
          head: `${called(variable, from.code)}, ${waveName(reading, from.wave)}`,
          cells: [
            `${to.code === null ? say("method.segments.otherMoves") : called(variable, to.code)}, ${waveName(reading, to.wave)}`,
            figure.kind === "value" ? (
              <span key="share">
                <Certified path={`${path}.value`} reading={reading} />
                {figure.low !== null && (
                  <span className="interval">
                    {" "}
                    <Certified path={`${path}.low`} reading={reading} />–
                    <Certified path={`${path}.high`} reading={reading} />
                  </span>
                )}
              </span>
            ) : (
              <span key="share" className={`kind kind-${figure.kind}`}>
                {kindWord(figure, kinds)}
              </span>
            ),
          ],
        };
      })}
    />
  );
}
