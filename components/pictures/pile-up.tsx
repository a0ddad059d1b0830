import type { DimensionView, Group, Grouping } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf, placeOn, WHOLE } from "../charts/dot-rows/geometry.ts";
import type { WhiskerMark } from "../charts/dot-rows/whisker.tsx";
import { Figure } from "../charts/figure.tsx";
import { Ribbon, ShareLine } from "../charts/ribbon/ribbon.tsx";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";
import { GroupBadge } from "./group-badge.tsx";
import { GroupCards } from "./group-cards.tsx";
import { groupCalled, groupInShort } from "./group-name.ts";
import { SharesTable } from "./groups.tsx";
import { SourceLine } from "./source-line.tsx";

/**
 * How the burden piles up: groups by number of low dimensions, what is low in each, and how much commoner none and
 * three or more are than they would be, were the dimensions independent. Where they lead the picture their ribbon
 * stands above already.
 */
export function PileUp({ grouping, reading }: { grouping: Grouping; reading: Reading }) {
  const { say, view } = reading;
  const leads = view.grouping?.variable === "troubles";
  const { pileUp, pileUpLow, pileUpOutcome } = view.said;
  const heading = leads
    ? (pileUpLow ?? pileUpOutcome)
    : view.grouping?.variable === "segment"
      ? pileUp
      : (pileUpOutcome ?? pileUp);
  if (!heading) return null;
  return (
    <Figure
      id="pile-up"
      question={say(leads ? "pages.pileUp.questionLow" : "pages.pileUp.question")}
      heading={<Sentence finding={heading} reading={reading} />}
      sentence={
        <>
          {say("pages.ribbon.kind.troubles")}{" "}
          {say("pages.pileUp.sentence", { count: view.cells.release.segmentation.certificate.dimensions.length })}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="segments"
      reading={reading}
      table={
        <>
          {!leads && <SharesTable grouping={grouping} reading={reading} />}
          <LowTwin grouping={grouping} reading={reading} />
        </>
      }
    >
      {!leads && (
        <>
          <Ribbon
            grouping={grouping}
            reading={reading}
            title={say("pages.ribbon.title.troubles")}
            description={say("pages.ribbon.sentence")}
          />
          <GroupCards grouping={grouping} reading={reading} />
        </>
      )}
      <div className="pile-up-parts">
        {view.lowDimensions.length > 0 && (
          <div>
            <h3>{say("pages.pileUp.low")}</h3>
            {!leads && pileUpLow && (
              <p className="part-says">
                <Sentence finding={pileUpLow} reading={reading} closed />
              </p>
            )}
            <LowTable grouping={grouping} reading={reading} />
          </div>
        )}
        {view.piledUp.length > 0 && (
          <div className="independence">
            <h3>{say("pages.pileUp.independence")}</h3>
            <Independence reading={reading} />
          </div>
        )}
      </div>
    </Figure>
  );
}

/** The groups of which low shares are drawn: none is low in the group without low dimensions. */
function burdened({ groups }: Grouping): Group[] {
  return groups.filter(({ code }) => code !== "0");
}

function LowTable({ grouping, reading }: { grouping: Grouping; reading: Reading }) {
  const { say, view } = reading;
  const groups = burdened(grouping);
  return (
    <table className="low-table">
      <caption className="sr-only">{say("pages.pileUp.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{say("pages.table.dimension")}</span>
          </th>
          <th scope="col" className="low-everyone">
            {say("pages.fingerprint.everyone")}
          </th>
          {groups.map((group) => (
            <th key={group.code} scope="col">
              <span className="low-head">
                <GroupBadge group={group} size={26} />
                <span aria-hidden="true" className="low-word">
                  {groupInShort(group, reading)}
                </span>
                <span className="sr-only">{groupCalled(group, reading)}</span>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.lowDimensions.map((dimension) => (
          <LowRow key={dimension.id} dimension={dimension} groups={groups} reading={reading} />
        ))}
      </tbody>
      {view.outcome && view.low(view.outcome) && (
        <tbody className="outcome">
          <tr>
            <th scope="rowgroup" colSpan={groups.length + 1}>
              {say("pages.pileUp.outcome")}
            </th>
            <td className="low-everyone" />
          </tr>
          <LowRow dimension={view.outcome} groups={groups} reading={reading} />
        </tbody>
      )}
    </table>
  );
}

function LowRow({ dimension, groups, reading }: { dimension: DimensionView; groups: Group[]; reading: Reading }) {
  return (
    <tr>
      <th scope="row">
        <span className="low-name">{dimension.name[reading.language]}</span>
        <span className="low-name-short" aria-hidden="true">
          {reading.say(`dimensions.${dimension.id}.short`)}
        </span>
      </th>
      <td className="low-everyone">
        <LowShare dimension={dimension} reading={reading} />
      </td>
      {groups.map((group) => (
        <td key={group.code}>
          <LowShare dimension={dimension} group={group} reading={reading} />
        </td>
      ))}
    </tr>
  );
}

function LowShare({ dimension, group, reading }: { dimension: DimensionView; group?: Group; reading: Reading }) {
  const cell = reading.view.low(dimension, group);
  return (
    <>
      <span className="low-value">
        <Printed cell={cell} language={reading.language} words={reading.kinds} className="low-number" />{" "}
        <span className="interval">
          <Printed cell={cell} part="interval" language={reading.language} words={reading.kinds} />
        </span>
      </span>
      <ShareLine figure={cell?.figure ?? null} group={group} height={18} />
      <FlagWords cell={cell} say={reading.say} />
    </>
  );
}

function LowTwin({ grouping, reading }: { grouping: Grouping; reading: Reading }) {
  const { say, view, language } = reading;
  const groups = burdened(grouping);
  const outcome = view.outcome && view.low(view.outcome) ? [view.outcome] : [];
  return (
    <DataTable
      caption={say("pages.pileUp.caption")}
      columns={[
        say("pages.table.dimension"),
        say("pages.fingerprint.everyone"),
        ...groups.map((group) => groupCalled(group, reading)),
      ]}
      rows={[...view.lowDimensions, ...outcome].map((dimension) => ({
        id: dimension.id,
        head: dimension.name[language],
        cells: [
          <FullCell key="everyone" cell={view.low(dimension)} reading={reading} />,
          ...groups.map((group) => <FullCell key={group.code} cell={view.low(dimension, group)} reading={reading} />),
        ],
      }))}
    />
  );
}

/** The observed share of none and of three or more beside what it would be, were the dimensions independent. */
function Independence({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  return (
    <>
      <p className="legend" aria-hidden="true">
        <span className="legend-now">{say("pages.pileUp.observed")}</span>
        <span className="legend-register">{say("pages.pileUp.independent")}</span>
      </p>
      <DotRows
        label={say("pages.pileUp.independence")}
        language={language}
        rows={view.piledUp.map(({ group, share, pileUp, said }) => {
          const mark = markOf(share?.figure);
          const marks: WhiskerMark[] = [
            { look: "register", mark: { x: placeOn(WHOLE, pileUp.independent), low: null, high: null } },
            ...(mark ? [{ look: "now" as const, mark }] : []),
          ];
          return {
            id: group.code,
            label: groupCalled(group, reading),
            marks,
            text: (
              <>
                <Printed cell={share} language={language} words={kinds} className="number-medium" />{" "}
                <span className="interval">
                  <Printed cell={share} part="interval" language={language} words={kinds} />
                </span>
                <span className="change">
                  <Sentence finding={said} reading={reading} />
                </span>
              </>
            ),
          };
        })}
      />
      <p className="note">{say("pages.pileUp.note")}</p>
    </>
  );
}
