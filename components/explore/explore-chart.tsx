import type { ReactNode } from "react";
import type { Language } from "../../data/contracts/names.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { WhiskerAxis } from "../charts/dot-rows/whisker.tsx";
import { Printed } from "../figures/printed.tsx";
import { ExploreRow, type RowWords } from "./explore-row.tsx";
import type { SayExplore } from "./explore-words.ts";

/** The code of the row that is of no code: all together. */
export const EVERYONE = "";

export type ChartRow = { code: string; name: string; cell: KeyedCell | null };

type Props = {
  /** The field of the address that a row is chosen by. */
  field: string;
  name: string;
  /** What the rows are cut by, and what could not be kept. */
  cut: ReactNode;
  rows: ChartRow[];
  /** Whether the rows are of some of the people: those of everyone stand apart from nobody. */
  compared?: boolean;
  chosen: string;
  everyone: KeyedCell | null;
  language: Language;
  words: RowWords;
  say: SayExplore;
  onChoose: (field: string, code: string) => void;
  /** Whether the table twin is open: its rows are drawn then alone. */
  open: boolean;
  onOpen: (field: string, open: boolean) => void;
};

/** A chart whose rows are choices: what it says, its marks, and the same as a table. */
export function ExploreChart(props: Props) {
  const {
    field,
    name,
    cut,
    rows,
    compared = true,
    chosen,
    everyone,
    language,
    words,
    say,
    onChoose,
    open,
    onOpen,
  } = props;
  return (
    <fieldset className="explore-chart">
      <legend>{name}</legend>
      <p className="explore-cut">{cut}</p>
      <p className="explore-said">{compared && saidOf(rows, say)}</p>
      <div className="explore-axis">
        <WhiskerAxis language={language} />
      </div>
      <div className="explore-rows">
        {rows.map((row) => (
          <ExploreRow
            key={row.code}
            field={field}
            {...row}
            chosen={chosen === row.code}
            everyone={everyone}
            language={language}
            words={words}
            onChoose={onChoose}
          />
        ))}
      </div>
      <details className="twin" open={open} onToggle={(event) => onOpen(field, event.currentTarget.open)}>
        <summary>
          {say("table")}
          <span className="sr-only">: {name}</span>
        </summary>
        {open && (
          <DataTable
            caption={name}
            columns={[name, say("number"), say("interval"), say("against"), say("respondents")]}
            rows={rows.map((row) => ({ id: row.code, head: row.name, cells: tableCells(row, language, words) }))}
          />
        )}
      </details>
    </fieldset>
  );
}

function tableCells({ cell }: ChartRow, language: Language, words: RowWords): ReactNode[] {
  const print = { cell, language, words: words.kinds };
  const against = cell?.figure.kind === "value" ? cell.figure.versus[0] : undefined;
  return [
    <Printed key="value" {...print} />,
    <Printed key="interval" {...print} part="interval" />,
    <span key="against" className={against?.settled ? "settled" : "unsettled"}>
      <Printed {...print} part="difference" against="everyone" />{" "}
      {against && (against.settled ? words.settled : words.unsettled)}
    </span>,
    <Printed key="n" {...print} part="n" />,
  ];
}

/** Which rows stand apart from everyone, by what the release has settled; nothing is compared here. */
function saidOf(rows: ChartRow[], say: SayExplore): string {
  const apart = (sign: number) =>
    rows.flatMap(({ code, name, cell }) => {
      const against = cell?.figure.kind === "value" ? cell.figure.versus[0] : undefined;
      return code !== EVERYONE && against?.settled && Math.sign(against.difference) === sign ? name : [];
    });
  const [above, below] = [apart(1), apart(-1)];
  if (above.length + below.length === 0) return say("said.none");
  return [
    above.length > 0 ? say("said.above", { list: above.join(", ") }) : "",
    below.length > 0 ? say("said.below", { list: below.join(", ") }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}
