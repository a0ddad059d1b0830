import { DataTable } from "../charts/data-table.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "./group-name.ts";

/** The table twin: every group's use of every service, its stored difference from all others, and the verdict. */
export function ActorsTable({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <DataTable
      caption={say("pages.actors.tableCaption")}
      columns={[
        say("pages.actors.columns.service"),
        say("pages.actors.columns.used"),
        say("pages.actors.columns.difference"),
        say("pages.actors.columns.verdict"),
      ]}
      rows={view.actors.flatMap(({ name, levers }) =>
        levers.flatMap(({ service, everyone, groups }) =>
          [everyone, ...groups].map((one) => ({
            id: `${service.id} ${one.group?.code ?? ""}`,
            head: [
              name?.[language],
              service.name[language],
              one.group ? groupCalled(one.group, reading) : say("pages.fingerprint.everyone"),
            ]
              .filter(Boolean)
              .join(", "),
            cells: [
              <span key="used" className="full-cell">
                <Printed cell={one.used} {...print} className="number" />
                <span className="interval">
                  <Printed cell={one.used} part="interval" {...print} />
                </span>
              </span>,
              <span key="difference" className="full-cell">
                <Printed cell={one.used} part="difference" against="others" {...print} />
                <span className="interval">
                  <Printed cell={one.used} part="difference-interval" against="others" {...print} />
                </span>
              </span>,
              one.verdict ? say(`pages.services.marks.${one.verdict}`) : "",
            ],
          })),
        ),
      )}
    />
  );
}
