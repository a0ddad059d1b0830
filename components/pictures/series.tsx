import type { SeriesView } from "../../server/findings/series.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { SeriesChart } from "../charts/series/series-chart.tsx";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";

/** Month by month: registers with the limits of their natural variation. */
export function MonthlySeries({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  if (!view.said.series) return null;
  const sources = view.cells.release.inputs.filter(({ role }) => role === "series").map(({ name }) => name[language]);
  return (
    <Figure
      id="series"
      question={say("pages.series.question")}
      heading={<Sentence finding={view.said.series} reading={reading} />}
      sentence={say("pages.series.sentence")}
      source={
        <>
          {say("pages.figure.source")} {sources.join("; ")}
        </>
      }
      method="series"
      reading={reading}
      table={view.series.map((one) => <SeriesTable key={one.series.id} one={one} reading={reading} />)}
    >
      {view.series.map((one) => (
        <div key={one.series.id} className="series">
          <h3>{one.series.name[language]}</h3>
          {one.series.charted && (
            <p className="source">
              {say(`pages.series.charted.${one.series.chart === "change-in-year" ? "year" : "season"}`)}
            </p>
          )}
          <SeriesChart view={one} reading={reading} />
        </div>
      ))}
    </Figure>
  );
}

function SeriesTable({ one: { series, months }, reading }: { one: SeriesView; reading: Reading }) {
  const { say, language, kinds } = reading;
  return (
    <DataTable
      caption={series.name[language]}
      columns={[
        say("pages.series.columns.month"),
        say("pages.series.columns.people"),
        say("pages.series.columns.signal"),
      ]}
      rows={months.map(({ month, cell, isSignal }) => ({
        id: month,
        head: month,
        cells: [
          <span key="people">
            <Printed cell={cell} language={language} words={kinds} className="number" />{" "}
            <FlagWords cell={cell} say={say} />
          </span>,
          isSignal ? say("pages.series.signal") : "–",
        ],
      }))}
    />
  );
}
