import type { KeyedCell } from "../../server/findings/view.ts";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

/** Something a chart would draw: what it is called, and the cell of its number. */
export type Thing = { name: string; cell: KeyedCell | null };

/**
 * What a chart cannot draw, in words: each kind of "no number" once, and what has it. Where nothing at all is drawn a
 * sentence says so, `empty` where the chart has one of its own: no chart is blank.
 */
export function NotDrawn({
  things,
  isBlank,
  empty,
  reading,
}: {
  things: readonly Thing[];
  isBlank: boolean;
  empty?: string;
  reading: Pick<Reading, "say" | "language" | "kinds">;
}) {
  const { say, language, kinds } = reading;
  const without = things.filter(({ cell }) => cell?.figure.kind !== "value");
  const kindOf = ({ cell }: Thing) => cell?.figure.kind ?? "absent";
  return (
    <>
      {isBlank && (
        <p className="empty-face">{empty ?? say(`pages.figure.${things.length > 0 ? "undrawn" : "nothing"}`)}</p>
      )}
      {without.length > 0 && (
        <ul className="not-drawn">
          {[...new Set(without.map(kindOf))].map((kind) => {
            const [first, ...others] = without.filter((thing) => kindOf(thing) === kind);
            return (
              <li key={kind}>
                <Printed cell={first?.cell ?? null} language={language} words={kinds} />{" "}
                {[first, ...others].map((thing) => thing?.name).join(", ")}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
