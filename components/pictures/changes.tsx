import type { Versus } from "../../data/contracts/cell.ts";
import type { DimensionView } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { differenceLine, differenceMark } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { DimensionName } from "./dimensions.tsx";
import { SourceLine, waveName } from "./source-line.tsx";

/** What is changing: everyone's means now and in the previous wave, and the settled changes of single groups. */
export function Changes({ reading, previous }: { reading: Reading; previous: string }) {
  const { say, view, language, kinds } = reading;
  const before = (dimension: DimensionView) => view.meanIn(previous, dimension);
  const print = { language, words: kinds };
  const line = differenceLine(
    view.dimensions.flatMap((dimension) => comparison(view.mean(dimension), "previous-wave") ?? []),
  );
  const inGroups = view.said.groupChanges;
  return (
    <Figure
      id="changes"
      question={say("pages.changes.question")}
      heading={<Sentence finding={view.said.changes} reading={reading} />}
      sentence={
        <>
          {say("pages.changes.sentence", { now: waveName(reading, view.wave), before: waveName(reading, previous) })}
          {view.said.changes.id === "change-settled" && ` ${say("pages.changes.rest")}`}
          {view.dimensions.some((dimension) => !comparison(view.mean(dimension), "previous-wave")) &&
            ` ${say("pages.changes.incomparable")}`}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="comparisons"
      reading={reading}
      table={
        <DataTable
          caption={say("pages.changes.caption")}
          columns={[
            say("pages.table.dimension"),
            waveName(reading, previous),
            waveName(reading, view.wave),
            say("pages.table.change"),
            say("pages.table.interval"),
            say("pages.table.verdict"),
          ]}
          rows={view.dimensions.map((dimension) => {
            const [then, now] = [before(dimension), view.mean(dimension)];
            return {
              id: dimension.id,
              head: dimension.name[language],
              cells: [
                <Printed key="then" cell={then} {...print} />,
                <Printed key="now" cell={now} {...print} />,
                <Printed key="change" cell={now} part="difference" against="previous-wave" {...print} />,
                <Printed key="limits" cell={now} part="difference-interval" against="previous-wave" {...print} />,
                verdictOf(comparison(now, "previous-wave"), reading),
              ],
            };
          })}
        />
      }
    >
      <DotRows
        label={say("pages.changes.caption")}
        language={language}
        line={line}
        rows={view.dimensions.map((dimension) => {
          const now = view.mean(dimension);
          const change = comparison(now, "previous-wave");
          const mark = differenceMark(change, line);
          return {
            id: dimension.id,
            label: <DimensionName dimension={dimension} reading={reading} />,
            marks: mark
              ? [{ mark, look: "now" as const, tone: change?.settled ? "mark-settled" : "mark-unsettled" }]
              : [],
            apart: dimension.id === "subjective",
            text: (
              <span className={change?.settled ? "settled" : "unsettled"}>
                {change && (
                  <span className="number-medium">
                    <Printed cell={now} part="difference" against="previous-wave" {...print} />
                  </span>
                )}{" "}
                {verdictOf(change, reading)}
                <span className="change interval">
                  <span className="sr-only">{waveName(reading, previous)}: </span>
                  <Printed cell={before(dimension)} {...print} />
                  <span aria-hidden="true"> → </span>
                  <span className="sr-only">, {waveName(reading, view.wave)}: </span>
                  <Printed cell={now} {...print} />
                </span>
                <FlagWords cell={now} say={say} except={["proxy"]} />
              </span>
            ),
          };
        })}
      />
      {inGroups.length > 0 && (
        <div className="group-changes">
          <h3>{say("pages.changes.inGroups")}</h3>
          <ul>
            {inGroups.map((finding) => (
              <li key={JSON.stringify(finding.cells)}>
                <Sentence finding={finding} reading={reading} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Figure>
  );
}

function verdictOf(change: Versus | null, { say }: Reading): string {
  if (!change) return say("pages.table.notCompared");
  return change.settled ? say("pages.changes.settled") : say("pages.changes.unsettled");
}
