import type { ReactNode } from "react";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { Whisker, WhiskerAxis } from "../charts/dot-rows/whisker.tsx";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

/** A figure of the group beside everyone's. */
export type ComparedRow = {
  id: string;
  label: ReactNode;
  cell: KeyedCell | null;
  everyone: KeyedCell | null;
  /** What else is said of the row, under its name. */
  note?: ReactNode;
};

/** Lists of rows, each under its heading; a list without rows is left out. */
export type RowList = { heading: string; look: "above" | "below" | "unsettled"; rows: ComparedRow[] };

/** The group's figure as a dot with its interval, everyone's as an upright; in words the figure and its difference. */
export function ComparedLists({ lists, reading }: { lists: RowList[]; reading: Reading }) {
  const shown = lists.filter(({ rows }) => rows.length > 0);
  return (
    <div className="compared">
      <div className="compared-row compared-axis" aria-hidden="true">
        <WhiskerAxis language={reading.language} />
      </div>
      {shown.map(({ heading, look, rows }) => (
        <div key={heading} className={`compared-list compared-${look}`}>
          <h3>{heading}</h3>
          <ul>
            {rows.map((row) => (
              <Row key={row.id} row={row} reading={reading} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Row({ row: { label, cell, everyone, note }, reading }: { row: ComparedRow; reading: Reading }) {
  const { say } = reading;
  const mark = markOf(cell?.figure);
  const against = comparison(cell, "everyone");
  return (
    <li className="compared-row">
      <span className="compared-label">
        {label}
        {note}
      </span>
      <Whisker
        marks={mark ? [{ mark, look: "now", tone: against?.settled ? "mark-settled" : "mark-unsettled" }] : []}
        reference={markOf(everyone?.figure)}
        height={18}
      />
      <span className="compared-text">
        <Value cell={cell} reading={reading} />
        <Difference cell={cell} reading={reading} />
        <FlagWords cell={cell} say={say} except={["proxy"]} />
      </span>
    </li>
  );
}

/** A value with its interval. */
function Value({ cell, reading: { language, kinds } }: { cell: KeyedCell | null; reading: Reading }) {
  const print = { cell, language, words: kinds };
  return (
    <span className="compared-value">
      <Printed {...print} className="number" />{" "}
      <span className="interval">
        <Printed {...print} part="interval" />
      </span>
    </span>
  );
}

/** The stored difference from everyone with its interval; an arrow where it is settled. */
function Difference({ cell, reading: { language, kinds } }: { cell: KeyedCell | null; reading: Reading }) {
  const against = comparison(cell, "everyone");
  if (!against) return null;
  const print = { cell, language, words: kinds, against: "everyone" };
  return (
    <span className={`compared-difference ${against.settled ? "settled" : "unsettled"}`}>
      {against.settled && <span aria-hidden="true">{against.difference > 0 ? "▲" : "▼"} </span>}
      <Printed {...print} part="difference" />{" "}
      <span className="interval">
        <Printed {...print} part="difference-interval" />
      </span>
    </span>
  );
}

/** The table twin of such lists. */
export function ComparedTable({
  caption,
  head,
  lists,
  reading,
}: {
  caption: string;
  head: string;
  lists: RowList[];
  reading: Reading;
}) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <DataTable
      caption={caption}
      columns={[
        head,
        say("pages.table.group"),
        say("pages.table.interval"),
        say("pages.fingerprint.everyone"),
        say("portrait.difference"),
        say("pages.table.verdict"),
      ]}
      rows={lists.flatMap(({ rows }) =>
        rows.map(({ id, label, cell, everyone }) => {
          const against = comparison(cell, "everyone");
          return {
            id,
            head: label,
            cells: [
              <Printed key="value" cell={cell} {...print} />,
              <Printed key="interval" cell={cell} part="interval" {...print} />,
              <Printed key="everyone" cell={everyone} {...print} />,
              <span key="difference">
                <Printed cell={cell} part="difference" against="everyone" {...print} />{" "}
                <span className="interval">
                  <Printed cell={cell} part="difference-interval" against="everyone" {...print} />
                </span>
              </span>,
              say(`pages.table.${against ? (against.settled ? "settled" : "unsettled") : "notCompared"}`),
            ],
          };
        }),
      )}
    />
  );
}
