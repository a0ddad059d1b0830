import type { DimensionView } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";
import { PlaceRows, placeName } from "./place-rows.tsx";
import { SourceLine } from "./source-line.tsx";

/** One dimension by the codes of one background variable, with everyone's mean as the line to compare with. */
export function ByBackground({
  reading,
  dimension,
  variable,
}: {
  reading: Reading;
  dimension: DimensionView;
  variable: string;
}) {
  const { say, view, language } = reading;
  const places = view.places(dimension, variable);
  const everyone = view.mean(dimension);
  const name = view.cells.release.variables.find(({ id }) => id === variable)?.name[language] ?? variable;
  return (
    <Figure
      id={`by-${variable}`}
      question={name}
      heading={<Sentence finding={view.background(dimension, variable)} reading={reading} />}
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
              head: placeName(place, reading),
              cells: [<FullCell key="cell" cell={place.cell} reading={reading} />],
            })),
          ]}
        />
      }
    >
      <PlaceRows places={places} kind="mean" everyone={everyone} label={name} reading={reading} />
    </Figure>
  );
}
