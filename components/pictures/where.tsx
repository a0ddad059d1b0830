import type { DimensionView } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";
import { SourceLine } from "./source-line.tsx";

/** Where: one dimension by the codes of one background variable, with everyone's mean as the line to compare with. */
export function Where({
  reading,
  dimension,
  variable,
}: {
  reading: Reading;
  dimension: DimensionView;
  variable: string;
}) {
  const { say, view, language, kinds } = reading;
  const places = view.places(dimension, variable);
  const everyone = view.mean(dimension);
  const name = view.cells.release.variables.find(({ id }) => id === variable)?.name[language] ?? variable;
  const print = { language, words: kinds };
  return (
    <Figure
      id={variable === "area" ? "where" : `by-${variable}`}
      question={variable === "area" ? say("pages.where.question") : name}
      heading={<Sentence finding={view.where(dimension, variable)} reading={reading} />}
      sentence={say("pages.where.sentence", { dimension: dimension.name[language] })}
      source={<SourceLine reading={reading} />}
      method="intervals"
      reading={reading}
      table={
        <DataTable
          caption={say("pages.where.caption", { dimension: dimension.name[language], variable: name })}
          columns={[name, dimension.name[language]]}
          rows={[
            {
              id: "everyone",
              head: say("pages.fingerprint.everyone"),
              cells: [<FullCell key="everyone" cell={everyone} reading={reading} />],
            },
            ...places.map((place) => ({
              id: place.code,
              head: place.name?.[language] ?? place.code,
              cells: [<FullCell key="cell" cell={place.cell} reading={reading} />],
            })),
          ]}
        />
      }
    >
      <DotRows
        label={name}
        language={language}
        rows={places.map((place) => {
          const mark = markOf(place.cell.figure);
          const against = comparison(place.cell, "everyone");
          return {
            id: place.code,
            label: place.name?.[language] ?? place.code,
            marks: mark
              ? [{ mark, look: "now" as const, tone: against?.settled ? "mark-settled" : "mark-unsettled" }]
              : [],
            reference: markOf(everyone?.figure),
            text: (
              <>
                <Printed cell={place.cell} {...print} className="number-medium" />{" "}
                <span className="interval">
                  <Printed cell={place.cell} part="interval" {...print} />
                </span>
                {against && (
                  <span className={`change ${against.settled ? "settled" : "unsettled"}`}>
                    <Printed cell={place.cell} part="difference" against="everyone" {...print} />{" "}
                    {against.settled ? say("pages.table.settled") : say("pages.table.unsettled")}
                  </span>
                )}
                <FlagWords cell={place.cell} say={say} except={["proxy"]} />
              </>
            ),
          };
        })}
      />
    </Figure>
  );
}
