import type { ServiceInGroup, ServiceView } from "../../server/findings/services.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "./group-name.ts";
import { SourceLine } from "./source-line.tsx";

/** Who helps: of those who used a service, whose need it met, group by group. */
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
      <DataTable
        caption={say("pages.services.caption")}
        columns={[
          say("pages.services.columns.service"),
          say("pages.fingerprint.everyone"),
          ...groups.map((group) => groupCalled(group, reading)),
        ]}
        rows={view.services.map(({ service, everyone, groups: own }) => ({
          id: service.id,
          head: (
            <>
              {service.name[language]}
              <span className="organisation">{service.organisationName?.[language]}</span>
            </>
          ),
          cells: [everyone, ...own].map((one) => (
            <NeedMet key={one.group?.code ?? "everyone"} one={one} reading={reading} />
          )),
        }))}
      />
    </Figure>
  );
}

/** The share whose need was met, and whether that is clearly more or less than of all others. */
function NeedMet({ one, reading }: { one: ServiceInGroup; reading: Reading }) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <span className={`full-cell service-${one.verdict ?? "none"}`}>
      <Printed cell={one.needMet} {...print} className="number" />
      <span className="interval">
        <Printed cell={one.needMet} part="interval" {...print} />
      </span>
      {(one.verdict === "works" || one.verdict === "fails") && (
        <span className="verdict">{say(`pages.services.verdict.${one.verdict}`)}</span>
      )}
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
        say("pages.services.columns.experience"),
      ]}
      rows={rows.flatMap(({ service, everyone, groups }) =>
        [everyone, ...groups].map((one) => ({
          id: `${service.id} ${one.group?.code ?? ""}`,
          head: `${service.name[language]}, ${one.group ? groupCalled(one.group, reading) : say("pages.fingerprint.everyone")}`,
          cells: [one.used, one.needMet, one.experience].map((cell, place) => (
            <span key={cell?.key ?? String(place)} className="full-cell">
              <Printed cell={cell} {...print} className="number" />
              <span className="interval">
                <Printed cell={cell} part="interval" {...print} />
              </span>
            </span>
          )),
        })),
      )}
    />
  );
}
