import type { CoverageRow } from "../../data/contracts/release.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import type { WhiskerMark } from "../charts/dot-rows/whisker.tsx";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import { Folded } from "../page/folded.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/**
 * Who is heard: survey and register side by side, class by class, with the register's own count. All of them where they are
 * few; else those near the register may be opened.
 */
export function Coverage({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const rows = view.coverage;
  const isOpen = ({ reading: read }: CoverageRow) => rows.length <= OPEN || (read !== null && read !== "even");
  const [open, near] = [rows.filter(isOpen), rows.filter((row) => !isOpen(row))];
  return (
    <Figure
      id="coverage"
      question={say("pages.coverage.question")}
      heading={<Sentence finding={view.said.coverage} reading={reading} />}
      sentence={rows.length > 0 ? say("pages.coverage.sentence") : ""}
      source={<SourceLine reading={reading} register />}
      method="data"
      reading={reading}
      table={<CoverageTable rows={rows} reading={reading} />}
    >
      {rows.length > 0 && <Legend reading={reading} />}
      {open.length > 0 && <CoverageRows rows={open} reading={reading} />}
      {near.length > 0 && (
        <Folded className="more" summary={say(open.length > 0 ? "pages.coverage.others" : "pages.coverage.all")}>
          <CoverageRows rows={near} reading={reading} />
        </Folded>
      )}
      {rows.length === 0 && <p className="empty-face">{say("pages.coverage.absent")}</p>}
    </Figure>
  );
}

/** As many rows as one look takes in. */
const OPEN = 15;

function CoverageRows({ rows, reading }: { rows: CoverageRow[]; reading: Reading }) {
  const variables = [...new Set(rows.map(({ variable }) => variable))];
  return (
    <div className="coverage-variables">
      {variables.map((variable) => (
        <div key={variable}>
          <h3>{nameOf(reading, variable)}</h3>
          <DotRows
            label={nameOf(reading, variable)}
            language={reading.language}
            rows={rows
              .filter((row) => row.variable === variable)
              .map((row) => ({
                id: row.code,
                label: codeNameOf(reading, row),
                marks: marksOf(row, reading),
                text: <CoverageText row={row} reading={reading} />,
              }))}
          />
        </div>
      ))}
    </div>
  );
}

function marksOf({ cells }: CoverageRow, { view }: Reading): WhiskerMark[] {
  const marks = [
    { look: "register" as const, key: cells.register },
    { look: "weighted" as const, key: cells.weighted },
    { look: "now" as const, key: cells.sample },
  ];
  return marks.flatMap(({ look, key }) => {
    const mark = markOf(view.cells.get(key)?.figure);
    return mark ? [{ look, mark: { ...mark, low: null, high: null } }] : [];
  });
}

function CoverageText({ row, reading }: { row: CoverageRow; reading: Reading }) {
  const { view, language, kinds, say } = reading;
  const people = view.cells.get(row.cells.people);
  return (
    <>
      <span className="sr-only">{say("pages.coverage.ofRespondents")} </span>
      <Printed cell={view.cells.get(row.cells.sample)} language={language} words={kinds} className="number-medium" />{" "}
      <span className="interval">
        {say("pages.coverage.inRegister")}{" "}
        <Printed cell={view.cells.get(row.cells.register)} language={language} words={kinds} />,{" "}
        {people?.figure.kind === "value"
          ? say.rich("pages.coverage.persons", {
              people: () => <Printed key="people" cell={people} language={language} words={kinds} />,
            })
          : people && <Printed cell={people} language={language} words={kinds} />}
      </span>
      {row.reading && row.reading !== "even" && (
        <span className={`reading reading-${row.reading}`}>{say(`pages.coverage.readings.${row.reading}`)}</span>
      )}
    </>
  );
}

function CoverageTable({ rows, reading }: { rows: CoverageRow[]; reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const print = (key: string) => <Printed key={key} cell={view.cells.get(key)} language={language} words={kinds} />;
  return (
    <DataTable
      caption={say("pages.coverage.caption")}
      columns={[
        say("pages.coverage.class"),
        say("pages.coverage.respondents"),
        say("pages.coverage.sample"),
        say("pages.coverage.weighted"),
        say("pages.coverage.register"),
        say("pages.coverage.people"),
        say("pages.coverage.reading"),
      ]}
      rows={rows.map((row) => ({
        id: `${row.variable}=${row.code}`,
        head: `${nameOf(reading, row.variable)}: ${codeNameOf(reading, row)}`,
        cells: [
          print(row.cells.respondents),
          print(row.cells.sample),
          print(row.cells.weighted),
          print(row.cells.register),
          print(row.cells.people),
          row.reading ? say(`pages.coverage.readings.${row.reading}`) : say("pages.coverage.unread"),
        ],
      }))}
    />
  );
}

function Legend({ reading: { say } }: { reading: Reading }) {
  return (
    <p className="legend" aria-hidden="true">
      <span className="legend-now">{say("pages.coverage.legend.sample")}</span>
      <span className="legend-weighted">{say("pages.coverage.legend.weighted")}</span>
      <span className="legend-register">{say("pages.coverage.legend.register")}</span>
    </p>
  );
}

function nameOf({ view, language }: Reading, variable: string): string {
  return view.cells.release.variables.find(({ id }) => id === variable)?.name[language] ?? variable;
}

function codeNameOf({ view, language }: Reading, { variable, code }: CoverageRow): string {
  return (
    view.cells.release.variables.find(({ id }) => id === variable)?.codes.find((one) => one.code === code)?.name[
      language
    ] ?? code
  );
}
