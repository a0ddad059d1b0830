import type { WeakestPlace } from "../../server/findings/weakest.ts";
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

/** Who is in the weakest group of levels, or of a pile-up: its share in each class of people, with everyone's as the line. */
export function Weakest({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { weakest } = view;
  if (!weakest || !view.said.weakest) return null;
  const everyone = view.share(weakest.group);
  const print = { language, words: kinds };
  const row = (place: WeakestPlace) => {
    const mark = markOf(place.cell.figure);
    const others = comparison(place.cell, "others");
    return {
      id: place.code,
      label: place.name?.[language] ?? place.code,
      marks: mark ? [{ mark, look: "now" as const, tone: others?.settled ? "mark-settled" : "mark-unsettled" }] : [],
      reference: markOf(everyone?.figure),
      text: (
        <>
          <Printed cell={place.cell} {...print} className="number-medium" />{" "}
          <span className="interval">
            <Printed cell={place.cell} part="interval" {...print} />
          </span>
          {others && (
            <span className={`change ${others.settled ? "settled" : "unsettled"}`}>
              {say(`pages.weakest.${others.settled ? (others.difference > 0 ? "more" : "fewer") : "unsettled"}`)}
            </span>
          )}
          <FlagWords cell={place.cell} say={say} except={["proxy"]} />
        </>
      ),
    };
  };
  return (
    <Figure
      id="weakest"
      question={say(`pages.weakest.question.${weakest.group.variable === "band" ? "band" : "troubles"}`)}
      heading={<Sentence finding={view.said.weakest} reading={reading} />}
      sentence={say("pages.weakest.sentence")}
      source={<SourceLine reading={reading} />}
      method="comparisons"
      reading={reading}
      table={weakest.variables.map(({ id, name, places }) => (
        <DataTable
          key={id}
          caption={`${say(`pages.weakest.question.${weakest.group.variable === "band" ? "band" : "troubles"}`)} ${name[language]}`}
          columns={[name[language], say("pages.table.share")]}
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
      ))}
    >
      <div className="weakest-variables">
        {weakest.variables.map(({ id, name, places }) => (
          <div key={id}>
            <h3>{name[language]}</h3>
            <DotRows label={name[language]} language={language} rows={places.map(row)} />
          </div>
        ))}
      </div>
    </Figure>
  );
}
