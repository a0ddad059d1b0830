import type { Actor, Elsewhere, Lever, Reach } from "../../server/findings/actors.ts";
import type { ServiceInGroup } from "../../server/findings/services.ts";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { ActorsTable } from "./actors-table.tsx";
import { groupCalled } from "./group-name.ts";
import { CellWhisker } from "./services.tsx";
import { SourceLine } from "./source-line.tsx";
import { VerdictHeard, VerdictLegend, VerdictMark, VerdictSign } from "./verdict-mark.tsx";

/** Who can do what: in whose hands each service is, whom it reaches, and where it meets the need or does not. */
export function Actors({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  if (!view.said.actors) return null;
  return (
    <Figure
      id="actors"
      question={say("pages.actors.question")}
      heading={<Sentence finding={view.said.actors} reading={reading} />}
      sentence={say("pages.actors.sentence")}
      source={<SourceLine reading={reading} />}
      method="services"
      reading={reading}
      table={<ActorsTable reading={reading} />}
    >
      <VerdictLegend reading={reading} />
      <p className="matrix-on-phone">{say("pages.actors.onPhone")}</p>
      <Matrix reading={reading} />
      <Roles reading={reading} />
    </Figure>
  );
}

/** Roles that a phone's blocks would otherwise take from a table's parts. */
const AS = {
  table: { role: "table" },
  part: { role: "rowgroup" },
  row: { role: "row" },
  column: { role: "columnheader", scope: "col" },
  actor: { role: "rowheader", scope: "rowgroup" },
  lever: { role: "rowheader", scope: "row" },
  cell: { role: "cell" },
} as const;

/** Organisations as groups of rows, services as rows, groups of people as columns; on a phone a list. */
function Matrix({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const columns = [
    say("pages.actors.columns.organisation"),
    say("pages.actors.columns.service"),
    say("pages.fingerprint.everyone"),
    ...(view.grouping?.groups ?? []).map((group) => groupCalled(group, reading)),
  ];
  return (
    <table {...AS.table} className="actor-matrix">
      <caption>{say("pages.actors.caption")}</caption>
      <thead {...AS.part}>
        <tr {...AS.row}>
          {columns.map((column) => (
            <th key={column} {...AS.column} className="actor-column">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {view.actors.map((actor) => (
        <tbody key={actor.id} {...AS.part}>
          {actor.levers.map((lever, place) => (
            <LeverRow key={lever.service.id} lever={lever} actor={place === 0 ? actor : null} reading={reading} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** A service; the first of an organisation carries its name for them all. */
function LeverRow({ lever, actor, reading }: { lever: Lever; actor: Actor | null; reading: Reading }) {
  const { say, language } = reading;
  const { service, everyone, groups } = lever;
  return (
    <tr {...AS.row} className="actor-row">
      {actor && (
        <th {...AS.actor} rowSpan={actor.levers.length} className="actor-name">
          {actor.name?.[language] ?? say("pages.actors.unnamed")}
        </th>
      )}
      <th {...AS.lever} className="actor-lever">
        {service.name[language]}
        <ElsewhereList all={lever.elsewhere} reading={reading} />
      </th>
      <td {...AS.cell} className="actor-everyone">
        <span className="matrix-cell">
          <span className="matrix-name">{say("pages.fingerprint.everyone")}</span>
          <Used one={everyone} reading={reading} />
          <span className="matrix-line">
            <CellWhisker cell={everyone.used} beside={everyone.used} isSettled />
          </span>
        </span>
      </td>
      {groups.map((one) => (
        <td key={one.group?.code} {...AS.cell} className={isQuiet(one) ? "actor-reach quiet" : "actor-reach"}>
          <Reached one={one} lever={lever} reading={reading} />
        </td>
      ))}
    </tr>
  );
}

/** Nothing about the group is settled: neither its use nor whether its need is met. */
function isQuiet({ reach, verdict }: Reach): boolean {
  return reach !== "more" && reach !== "less" && verdict !== "works" && verdict !== "fails";
}

/** Who of a group have used a service; at the end of the line, whether it meets their need. */
function Reached({ one, lever, reading }: { one: Reach; lever: Lever; reading: Reading }) {
  const { say } = reading;
  const settled = one.reach === "more" || one.reach === "less" ? one.reach : null;
  const verdict = one.verdict === "works" || one.verdict === "fails" ? one.verdict : null;
  return (
    <span className="matrix-cell">
      <span className="matrix-name">{one.group && groupCalled(one.group, reading)}</span>
      <span className="matrix-body">
        <Used one={one} reading={reading} />
        <span className="matrix-line">
          <CellWhisker cell={one.used} beside={lever.everyone.used} isSettled={settled !== null} />
          <VerdictSign verdict={one.verdict} />
        </span>
        {settled && <span className="matrix-aside">{say(`pages.actors.reach.${settled}`)}</span>}
        {verdict && (
          <span className={`matrix-aside verdict-${verdict}`} aria-hidden="true">
            {say(`pages.actors.verdict.${verdict}`)}
          </span>
        )}
        <VerdictHeard verdict={one.verdict} reading={reading} />
      </span>
    </span>
  );
}

function Used({ one, reading: { language, kinds } }: { one: ServiceInGroup; reading: Reading }) {
  return (
    <span className="matrix-number">
      <Printed cell={one.used} language={language} words={kinds} className="number" />
      <span className="interval">
        <Printed cell={one.used} part="interval" language={language} words={kinds} />
      </span>
    </span>
  );
}

/** Areas and other backgrounds whose people's need a service meets clearly more, or less, often than all others'. */
function ElsewhereList({ all, reading }: { all: Elsewhere[]; reading: Reading }) {
  const { say, view, language, kinds } = reading;
  if (all.length === 0) return null;
  const nameOf = ({ variable, code }: Elsewhere) =>
    view.cells.release.variables.find(({ id }) => id === variable)?.codes.find((one) => one.code === code)?.name[
      language
    ] ?? code;
  return (
    <span className="elsewhere">
      {say("pages.actors.elsewhere")}
      {all.map((one) => (
        <span key={`${one.variable}=${one.code}`} className="elsewhere-one">
          <VerdictMark verdict={one.verdict} reading={reading} /> {nameOf(one)}{" "}
          <Printed cell={one.needMet} language={language} words={kinds} />{" "}
          <span className="interval">
            (<Printed cell={one.needMet} part="interval" language={language} words={kinds} />)
          </span>
        </span>
      ))}
    </span>
  );
}

/** Whose the picture is, who brings the data, and what has been agreed: nothing yet. */
function Roles({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { ownerName } = view.cells.release.lifeEvent;
  return (
    <dl className="actor-roles">
      {ownerName && (
        <div>
          <dt>{say("pages.actors.roles.owner")}</dt>
          <dd>{ownerName[language]}</dd>
        </div>
      )}
      {view.contributors.length > 0 && (
        <div>
          <dt>{say("pages.actors.roles.data")}</dt>
          {view.contributors.map(({ owner, sources }) => (
            <dd key={owner.fi}>
              {owner[language]}: {sources.map((source) => source[language]).join("; ")}
            </dd>
          ))}
        </div>
      )}
      <div>
        <dt>{say("pages.actors.roles.agreed")}</dt>
        <dd>{say("pages.actors.agreed")}</dd>
      </div>
    </dl>
  );
}
