import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/** Skills that people have against skills that work asks for: the line is of people, the words beside it of work. */
export function Skills({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { skills } = view;
  if (!view.said.skills || !skills) return null;
  const print = { language, words: kinds };
  const months = skills.months;
  return (
    <Figure
      id="skills"
      question={say("pages.skills.question")}
      heading={<Sentence finding={view.said.skills} reading={reading} />}
      sentence={
        <>
          {say("pages.skills.sentence")}
          {months && ` ${say("pages.skills.months", { from: months.from, to: months.to })}`}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="skills"
      reading={reading}
      table={
        <DataTable
          caption={say("pages.skills.caption")}
          columns={[
            say("pages.skills.columns.skill"),
            say("pages.skills.columns.held"),
            say("pages.skills.columns.asked"),
            say("pages.skills.columns.count"),
          ]}
          rows={skills.rows.map(({ id, name, held, asked, count }) => ({
            id,
            head: name?.[language] ?? id,
            cells: [held, asked, count].map((cell, place) => (
              <span key={cell?.key ?? String(place)} className="full-cell">
                <Printed cell={cell} {...print} className="number" />
                <span className="interval">
                  <Printed cell={cell} part="interval" {...print} />
                </span>
                <FlagWords cell={cell} say={say} />
              </span>
            )),
          }))}
        />
      }
    >
      <DotRows
        label={say("pages.skills.caption")}
        language={language}
        rows={skills.rows.map(({ id, name, held, asked, isMissing }) => {
          const mark = markOf(held?.figure);
          return {
            id,
            label: name?.[language] ?? id,
            marks: mark ? [{ mark, look: "now" as const, tone: isMissing ? "mark-settled" : "mark-unsettled" }] : [],
            text: (
              <>
                <span className="sr-only">{say("pages.skills.held")} </span>
                <Printed cell={held} {...print} className="number-medium" />{" "}
                <span className="interval">
                  <Printed cell={held} part="interval" {...print} />
                </span>
                <span className={`change ${isMissing ? "settled" : "unsettled"}`}>
                  {say("pages.skills.asked")} <Printed cell={asked} {...print} />
                  {isMissing && ` – ${say("pages.skills.missing")}`}
                </span>
              </>
            ),
          };
        })}
      />
    </Figure>
  );
}
