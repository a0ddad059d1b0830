import type { ReactNode } from "react";
import type { ComparedPair, Comparison } from "../../server/findings/compare.ts";
import type { SideNamed } from "../../server/findings/finding.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { WhiskerAxis } from "../charts/dot-rows/whisker.tsx";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { DimensionName } from "../pictures/dimensions.tsx";
import { sideCalled } from "./side-name.ts";
import { SideSign, TwoMarks } from "./two-marks.tsx";

/** A row for each dimension: both sides on one line, and their stored difference in words. */
export function CompareRows({ comparison, reading }: { comparison: Comparison; reading: Reading }) {
  const { say, language } = reading;
  return (
    <div className="dot-rows compare-rows">
      <div className="dot-row dot-axis">
        <span />
        <WhiskerAxis language={language} />
        <span />
      </div>
      <ul aria-label={say("pages.fingerprint.caption")}>
        {comparison.dimensions.map((row) => (
          <li key={row.dimension.id} className={`dot-row ${row.dimension.id === "subjective" ? "apart" : ""}`}>
            <span className="dot-label">
              <DimensionName dimension={row.dimension} reading={reading} />
            </span>
            <TwoMarks
              first={markOf(row.first?.figure)}
              second={markOf(row.second?.figure)}
              settled={row.stored?.versus.settled ?? null}
            />
            <span className="dot-text">
              <DifferenceWords pair={row} reading={reading} />
              <span className="compare-values">
                <SideValue number={1} side={comparison.sides[0]} cell={row.first} reading={reading} />{" "}
                <SideValue number={2} side={comparison.sides[1]} cell={row.second} reading={reading} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The stored difference with its interval, and whether it is settled; that there is none, where none is stored. */
export function DifferenceWords({ pair, reading }: { pair: ComparedPair; reading: Reading }) {
  const { say, language, kinds } = reading;
  const { stored } = pair;
  if (!stored) return <span className="not-compared">{say("pages.compare.notCompared")}</span>;
  const print = { cell: stored.cell, against: stored.against, language, words: kinds };
  return (
    <span className={stored.versus.settled ? "settled" : "unsettled"}>
      <span className="sr-only">{say("pages.compare.difference")} </span>
      {stored.direction !== 0 && <span aria-hidden="true">{stored.direction > 0 ? "▲" : "▼"} </span>}
      <Printed {...print} part="difference" className="number-medium" />{" "}
      <span className="interval">
        <Printed {...print} part="difference-interval" />
      </span>{" "}
      <span className="compare-verdict">{say(`pages.table.${stored.versus.settled ? "settled" : "unsettled"}`)}</span>
    </span>
  );
}

/** A side's own figure behind its sign. */
export function SideValue({
  number,
  side,
  cell,
  reading,
  more,
}: {
  number: 1 | 2;
  side: SideNamed;
  cell: KeyedCell | null;
  reading: Reading;
  more?: ReactNode;
}) {
  const { language, kinds, say } = reading;
  return (
    <span className="side-value">
      <SideSign number={number} />
      <span className="sr-only">{sideCalled(side, say, language)} </span>
      <Printed cell={cell} language={language} words={kinds} />
      {more}
      <FlagWords cell={cell} say={say} except={["proxy"]} />
    </span>
  );
}
