import type { ServiceInGroup, ServiceView } from "../../server/findings/services.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { Whisker } from "../charts/dot-rows/whisker.tsx";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { GroupBadge } from "./group-badge.tsx";
import { groupCalled, groupInShort } from "./group-name.ts";
import { SourceLine } from "./source-line.tsx";
import { VerdictLegend, VerdictMark } from "./verdict-mark.tsx";

/** Whose need a service meets: of those who used it, group by group, and where the experience differs too. */
export function Services({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  if (!view.said.services) return null;
  const groups = view.grouping?.groups ?? [];
  return (
    <Figure
      id="services"
      question={say("pages.services.question")}
      heading={<Sentence finding={view.said.services} reading={reading} />}
      sentence={say("pages.services.sentence")}
      source={<SourceLine reading={reading} />}
      method="services"
      reading={reading}
      table={<ServicesTable rows={view.services} reading={reading} />}
    >
      <VerdictLegend reading={reading} />
      <GroupKey reading={reading} />
      <div className="service-matrix">
        <DataTable
          caption={say("pages.services.caption")}
          columns={[
            say("pages.services.columns.service"),
            say("pages.fingerprint.everyone"),
            ...groups.map((group) => groupCalled(group, reading)),
          ]}
          rows={view.services.map(({ service, everyone, groups: own }) => ({
            id: service.id,
            head: service.name[language],
            cells: [everyone, ...own].map((one) => (
              <NeedMet key={one.group?.code ?? "everyone"} one={one} everyone={everyone} reading={reading} />
            )),
          }))}
        />
      </div>
    </Figure>
  );
}

/** The share whose need was met, with its limits, and whether that is clearly more or less than of all others. */
function NeedMet({ one, everyone, reading }: { one: ServiceInGroup; everyone: ServiceInGroup; reading: Reading }) {
  const { language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <span className="matrix-cell">
      <CellGroup one={one} reading={reading} />
      <span className="matrix-number">
        <Printed cell={one.needMet} {...print} className="number" />
        <span className="interval">
          <Printed cell={one.needMet} part="interval" {...print} />
        </span>
      </span>
      <span className="matrix-line">
        <CellWhisker cell={one.needMet} beside={everyone.needMet} isSettled={one.verdict !== "not-settled"} />
        <VerdictMark verdict={one.needMet?.figure.kind === "value" ? one.verdict : null} reading={reading} />
      </span>
      <Experience cell={one.experience} reading={reading} />
    </span>
  );
}

/** On a phone there is no row of names above the cells: each carries its group's sign. */
function CellGroup({ one, reading }: { one: ServiceInGroup; reading: Reading }) {
  return (
    <span className="matrix-group" aria-hidden="true">
      {one.group ? <GroupBadge group={one.group} size={20} /> : reading.say("pages.fingerprint.everyone")}
    </span>
  );
}

/** What the signs of levels and pile-ups mean; a segment's letter is its name. */
function GroupKey({ reading }: { reading: Reading }) {
  const { grouping } = reading.view;
  if (!grouping || grouping.variable === "segment") return null;
  return (
    <ul className="matrix-key" aria-hidden="true">
      {grouping.groups.map((group) => (
        <li key={group.code}>
          <GroupBadge group={group} size={20} /> {groupInShort(group, reading)}
        </li>
      ))}
    </ul>
  );
}

/** A dot with its limits on the whole scale, and everyone's as an upright mark; hollow where it is not settled. */
export function CellWhisker({
  cell,
  beside,
  isSettled,
}: {
  cell: KeyedCell | null;
  beside: KeyedCell | null;
  isSettled: boolean;
}) {
  const mark = markOf(cell?.figure);
  if (!mark) return null;
  return (
    <Whisker
      marks={[{ mark, look: "now", tone: isSettled ? "" : "mark-unsettled" }]}
      reference={cell === beside ? null : markOf(beside?.figure)}
      height={16}
    />
  );
}

/** How it was, where that is clearly better or poorer than for all others. */
function Experience({ cell, reading }: { cell: KeyedCell | null; reading: Reading }) {
  const { say, language, kinds } = reading;
  const compared =
    cell?.figure.kind === "value" ? cell.figure.versus.find(({ against }) => against === "others") : undefined;
  if (!compared?.settled || compared.difference === 0) return null;
  return (
    <span className="matrix-aside">
      {say(`pages.services.${compared.difference > 0 ? "better" : "worse"}`)}{" "}
      <Printed cell={cell} language={language} words={kinds} />{" "}
      <span className="interval">
        <Printed cell={cell} part="interval" language={language} words={kinds} />
      </span>
    </span>
  );
}

function ServicesTable({ rows, reading }: { rows: readonly ServiceView[]; reading: Reading }) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <DataTable
      caption={say("pages.services.tableCaption")}
      columns={[
        say("pages.services.columns.service"),
        say("pages.services.columns.used"),
        say("pages.services.columns.needMet"),
        say("pages.services.columns.verdict"),
        say("pages.services.columns.experience"),
      ]}
      rows={rows.flatMap(({ service, everyone, groups }) =>
        [everyone, ...groups].map((one) => {
          const [used, needMet, experience] = [one.used, one.needMet, one.experience].map((cell, place) => (
            <span key={cell?.key ?? String(place)} className="full-cell">
              <Printed cell={cell} {...print} className="number" />
              <span className="interval">
                <Printed cell={cell} part="interval" {...print} />
              </span>
            </span>
          ));
          return {
            id: `${service.id} ${one.group?.code ?? ""}`,
            head: `${service.name[language]}, ${one.group ? groupCalled(one.group, reading) : say("pages.fingerprint.everyone")}`,
            cells: [used, needMet, one.verdict ? say(`pages.services.marks.${one.verdict}`) : "", experience],
          };
        }),
      )}
    />
  );
}
