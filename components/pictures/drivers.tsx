import type { DriverView } from "../../server/findings/drivers.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { differenceLine, markOf } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { Certified } from "../figures/certified.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/**
 * What weighs, what lifts: how far satisfaction with life lies from its middle where a dimension is low, and where it is
 * high, and how much of what the dimensions explain together goes with each.
 */
export function Drivers({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { drivers } = view;
  if (!view.said.drivers || !drivers) return null;
  const { described, rows } = drivers;
  const print = { language, words: kinds };
  const line = differenceLine(rows.flatMap(({ said }) => [said.low, said.high].filter(isNumber)));
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
      <ul className="driver-legend" aria-hidden="true">
        <li>
          <span className="driver-key driver-weighs" aria-hidden="true" /> {say("pages.drivers.sides.low")}
        </li>
        <li>
          <span className="driver-key driver-lifts" aria-hidden="true" /> {say("pages.drivers.sides.high")}
        </li>
      </ul>
      <div className="drivers-chart">
        <DotRows
          label={say("pages.drivers.caption")}
          language={language}
          line={line}
          rows={rows.map((row) => ({
            id: row.dimension.id,
            label: (
              <>
                {row.dimension.name[language]}
                <span className="driver-share">
                  {say("pages.drivers.share")} <Printed cell={row.importance} {...print} />{" "}
                  <span className="interval">
                    <Printed cell={row.importance} part="interval" {...print} />
                  </span>
                </span>
              </>
            ),
            marks: SIDES.flatMap(({ side, look }) => {
              const mark = markOf(row.said[side], line);
              return mark ? [{ mark, look, tone: isSettled(row, side) ? "" : "mark-unsettled" }] : [];
            }),
            text: <Sides row={row} reading={reading} />,
          }))}
        />
      </div>
    </Figure>
  );
}

const SIDES = [
  { side: "low", look: "weighs" },
  { side: "high", look: "lifts" },
] as const;

type Limited = Extract<NonNullable<DriverView["said"]["low"]>, { kind: "value" }> & { low: number; high: number };
const isNumber = (figure: DriverView["said"]["low"]): figure is Limited =>
  figure?.kind === "value" && figure.low !== null && figure.high !== null;

/** Whether a verdict says that this side goes together with satisfaction with life. */
function isSettled({ said: { verdict } }: DriverView, side: "low" | "high"): boolean {
  return verdict === "both" || verdict === (side === "low" ? "weakens-when-low" : "lifts-when-high");
}

/** What is seen where the dimension is low and where it is high, a line each. */
function Sides({ row, reading }: { row: DriverView; reading: Reading }) {
  const { say } = reading;
  if (row.said.verdict === "too-few-answers")
    return <span className="unsettled">{say("pages.drivers.verdict.tooFew")}</span>;
  return SIDES.map(({ side }) => {
    const settled = isSettled(row, side);
    return (
      <span key={side} className={`driver-side ${settled ? "settled" : "unsettled"}`}>
        {say.rich(`pages.drivers.${settled ? "settled" : "unsettled"}.${side}`, {
          n: () => <Certified key="n" path={`${row.path}.${side}.value`} reading={reading} className="number" />,
        })}
      </span>
    );
  });
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
