import type { DriverView } from "../../server/findings/drivers.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf, type ScaleLine } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { Certified } from "../figures/certified.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/** Shares of what is explained: a driver with more than half would stand at the end. */
const LINE: ScaleLine = { from: 0, to: 60, ticks: [0, 20, 40, 60] };

/** What lifts, what weighs: how much of satisfaction with life goes together with each dimension. */
export function Drivers({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { drivers } = view;
  if (!view.said.drivers || !drivers) return null;
  const { described, rows } = drivers;
  const print = { language, words: kinds };
  return (
    <Figure
      id="drivers"
      question={say("pages.drivers.question")}
      heading={<Sentence finding={view.said.drivers} reading={reading} />}
      sentence={
        <>
          {rows.length > 0 && say("pages.drivers.sentence")} {say("pages.drivers.caution")}
          {described.fewRetained && ` ${say("pages.drivers.fewRetained")}`}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="drivers"
      reading={reading}
      table={<DriversTable rows={rows} reading={reading} />}
    >
      <DotRows
        label={say("pages.drivers.caption")}
        language={language}
        line={LINE}
        rows={rows.map(({ dimension, importance, said }) => {
          const mark = markOf(importance?.figure, LINE);
          return {
            id: dimension.id,
            label: dimension.name[language],
            marks: mark ? [{ mark, look: "now" as const }] : [],
            text: (
              <>
                <Printed cell={importance} {...print} className="number-medium" />{" "}
                <span className="interval">
                  <Printed cell={importance} part="interval" {...print} />
                </span>
                <span className={`change ${said.verdict === "neither" ? "unsettled" : "settled"}`}>
                  {say(`pages.drivers.verdict.${VERDICTS[said.verdict]}`)}
                </span>
              </>
            ),
          };
        })}
      />
    </Figure>
  );
}

const VERDICTS = {
  "weakens-when-low": "weakens",
  "lifts-when-high": "lifts",
  both: "both",
  neither: "neither",
  "too-few-answers": "tooFew",
} as const;

function DriversTable({ rows, reading }: { rows: DriverView[]; reading: Reading }) {
  const { say, language, kinds, view } = reading;
  const print = { language, words: kinds };
  const nameOf = (id: string) => view.dimensions.find((one) => one.id === id)?.name[language] ?? id;
  return (
    <DataTable
      caption={say("pages.drivers.caption")}
      columns={[
        say("pages.drivers.columns.dimension"),
        say("pages.drivers.columns.importance"),
        say("pages.drivers.columns.ranks"),
        say("pages.drivers.columns.slope"),
        say("pages.drivers.columns.low"),
        say("pages.drivers.columns.high"),
        say("pages.drivers.columns.verdict"),
      ]}
      rows={rows.map(({ dimension, importance, slope, said, path }) => ({
        id: dimension.id,
        head: dimension.name[language],
        cells: [
          <WithInterval key="importance" cell={importance} print={print} />,
          said.ranks ? (
            <span key="ranks">
              <Certified path={`${path}.ranks.best`} reading={reading} />–
              <Certified path={`${path}.ranks.worst`} reading={reading} />
            </span>
          ) : (
            "–"
          ),
          <WithInterval key="slope" cell={slope} print={print} />,
          <SideOf key="low" path={`${path}.low`} reading={reading} />,
          <SideOf key="high" path={`${path}.high`} reading={reading} />,
          <span key="verdict">
            {say(`pages.drivers.verdict.${VERDICTS[said.verdict]}`)}
            {said.inseparableFrom && (
              <span className="flag">
                {" "}
                {say("pages.drivers.inseparable", { dimension: nameOf(said.inseparableFrom) })}
              </span>
            )}
          </span>,
        ],
      }))}
    />
  );
}

function WithInterval({
  cell,
  print,
}: {
  cell: DriverView["slope"];
  print: { language: Reading["language"]; words: Reading["kinds"] };
}) {
  return (
    <span className="full-cell">
      <Printed cell={cell} {...print} className="number" />
      <span className="interval">
        <Printed cell={cell} part="interval" {...print} />
      </span>
    </span>
  );
}

/** How far satisfaction with life lies at a low, or a high, score: a number of the release that is no cell. */
function SideOf({ path, reading }: { path: string; reading: Reading }) {
  if (reading.view.numberAt(`${path}.value`) === null) return "–";
  return (
    <span className="full-cell">
      <Certified path={`${path}.value`} reading={reading} className="number" />
      <span className="interval">
        <Certified path={`${path}.low`} reading={reading} /> … <Certified path={`${path}.high`} reading={reading} />
      </span>
    </span>
  );
}
