import type { KeyedCell } from "../../server/findings/view.ts";
import type { Place, WhereMeasure } from "../../server/findings/where.ts";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf, type ScaleLine, WHOLE } from "../charts/dot-rows/geometry.ts";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

type Props = {
  places: Place[];
  kind: WhereMeasure["kind"];
  /** Drawn as the line to compare with. */
  everyone: KeyedCell | null;
  label: string;
  line?: ScaleLine;
  /** What is said beneath a place's name, by its code. */
  under?: ReadonlyMap<string, string | undefined>;
  reading: Reading;
};

/** Places as dots with their whiskers, in the order of their codes. */
export function PlaceRows({ places, kind, everyone, label, line = WHOLE, under, reading }: Props) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <DotRows
      label={label}
      language={language}
      line={line}
      rows={places.map((place) => {
        const mark = markOf(place.cell.figure, line);
        const against = comparison(place.cell, "everyone");
        const tone = kind === "people" || against?.settled ? "mark-settled" : "mark-unsettled";
        return {
          id: place.code,
          label: (
            <>
              {placeName(place, reading)}
              {under?.get(place.code) && <span className="place-under">{under.get(place.code)}</span>}
            </>
          ),
          marks: mark ? [{ mark, look: "now" as const, tone }] : [],
          reference: kind === "people" ? null : markOf(everyone?.figure, line),
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
  );
}

export function placeName({ code, name, called }: Place, { language }: Reading): string {
  return (called ?? name)?.[language] ?? code;
}
