import type { Reference } from "../../data/contracts/reference.ts";
import type { Beside, ReferenceView } from "../../server/findings/reference.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf, placeOn, WHOLE } from "../charts/dot-rows/geometry.ts";
import type { WhiskerMark } from "../charts/dot-rows/whisker.tsx";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Quoted } from "../figures/quoted.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/** The country's young people beside the picture's, question by question: a profile, and no difference. */
export function NationalReference({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { reference: beside, said } = view;
  if (!beside || !said.reference) return null;
  const { reference } = beside;
  const quote = { reference, language };
  return (
    <Figure
      id="reference"
      question={say("pages.reference.question")}
      heading={<Sentence finding={said.reference} reading={reading} />}
      sentence={say.rich("pages.reference.sentence", {
        population: reference.population[language],
        year: () => <Quoted key="year" path="year" value={reference.year} {...quote} />,
        n: () => <Quoted key="n" path="n" value={reference.n} {...quote} />,
      })}
      source={
        <>
          <SourceLine reading={reading} /> · <ReferenceSource reference={reference} reading={reading} />
        </>
      }
      method="measures"
      reading={reading}
      table={<ReferenceTable beside={beside} reading={reading} />}
    >
      <p className="legend reference-legend" aria-hidden="true">
        <span className="legend-now">{whoHere(beside, reading)}</span>
        <span className="legend-register">{say("pages.reference.country")}</span>
      </p>
      <div className="reference-rows">
        <DotRows
          label={say("pages.reference.caption")}
          language={language}
          rows={beside.rows.map((row) => ({
            id: row.item.item,
            label: row.item.name[language],
            marks: marksOf(row),
            text: <RowText row={row} reference={reference} reading={reading} />,
          }))}
        />
      </div>
      {view.cells.release.synthetic && (
        <p className="reference-caution">
          <strong>{say("pages.reference.invented")}</strong>
        </p>
      )}
      <p className="reference-caution">{say("pages.reference.caution")}</p>
      <p className="reference-caution">
        {say.rich(
          "pages.reference.readings",
          Object.fromEntries(
            reference.readings.map(({ id, from, to }) => [
              id,
              () => (
                <span key={id} className="whitespace-nowrap">
                  <Quoted path={`readings/${id}/from`} value={from} {...quote} />–
                  <Quoted path={`readings/${id}/to`} value={to} {...quote} />
                </span>
              ),
            ]),
          ),
        )}
      </p>
    </Figure>
  );
}

/** The reference's mean first, so that the picture's own dot lies above it. */
function marksOf({ item, mean }: Beside): WhiskerMark[] {
  const own = markOf(mean.figure);
  const country = { x: placeOn(WHOLE, item.score), low: null, high: null };
  return [{ look: "register", mark: country }, ...(own ? [{ look: "now" as const, mark: own }] : [])];
}

/** Whom the means are of: all the picture's people, or those of the reference's ages. */
function whoHere({ at }: ReferenceView, { say, view, language }: Reading): string {
  const names = Object.entries(at).map(
    ([variable, code]) =>
      view.cells.release.variables.find(({ id }) => id === variable)?.codes.find((one) => one.code === code)?.name[
        language
      ] ?? code,
  );
  return [say("pages.reference.here"), ...names].join(": ");
}

function RowText({ row, reference, reading }: { row: Beside; reference: Reference; reading: Reading }) {
  const { say, language, kinds } = reading;
  return (
    <>
      <Printed cell={row.mean} language={language} words={kinds} className="number-medium" />{" "}
      <span className="interval">
        <Printed cell={row.mean} part="interval" language={language} words={kinds} />
      </span>{" "}
      <span className="reference-beside">
        {say("pages.reference.country")} <Score row={row} reference={reference} reading={reading} />
      </span>
    </>
  );
}

function Score({ row: { item }, reference, reading }: { row: Beside; reference: Reference; reading: Reading }) {
  const path = `${item.item}/score`;
  return <Quoted reference={reference} path={path} value={item.score} decimals={1} language={reading.language} />;
}

function ReferenceSource({ reference, reading }: { reference: Reference; reading: Reading }) {
  const { say, language } = reading;
  const [year, month] = reference.fieldwork.split("-");
  return (
    <a href={reference.address}>
      {say.rich("pages.reference.source", {
        source: reference.source[language],
        fieldwork: () => (
          <data key="fieldwork" data-reference={`${reference.id}/fieldwork`} value={reference.fieldwork}>
            {Number(month)}/{year}
          </data>
        ),
        n: () => <Quoted key="n" reference={reference} path="n" value={reference.n} language={language} />,
      })}
    </a>
  );
}

function ReferenceTable({ beside: { reference, rows }, reading }: { beside: ReferenceView; reading: Reading }) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  const quote = { reference, decimals: 2, language };
  return (
    <DataTable
      caption={say("pages.reference.caption")}
      columns={[
        say("pages.reference.columns.question"),
        say("pages.reference.columns.here"),
        say("pages.reference.columns.country"),
        say("pages.reference.columns.source"),
      ]}
      rows={rows.map((row) => ({
        id: row.item.item,
        head: row.item.name[language],
        cells: [
          <span key="here" className="full-cell">
            <Printed cell={row.mean} {...print} className="number" />
            <span className="interval">
              <Printed cell={row.mean} part="interval" {...print} />
            </span>
          </span>,
          <Score key="country" row={row} reference={reference} reading={reading} />,
          <span key="source">
            <Quoted path={`${row.item.item}/mean`} value={row.item.mean} {...quote} /> ±{" "}
            <Quoted path={`${row.item.item}/sd`} value={row.item.sd} {...quote} />
          </span>,
        ],
      }))}
    />
  );
}
