import type { ReactNode } from "react";
import type { ComparedPair, Comparison } from "../../server/findings/compare.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Folded } from "../page/folded.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { sideCalled, sideInside } from "./side-name.ts";

type Props = { comparison: Comparison; reading: Reading };

/** The table twin: the shares of the groups and the means of the dimensions in both sides, with their stored differences. */
export function CompareTable({ comparison, reading }: Props) {
  const { say, language } = reading;
  return (
    <DataTable
      caption={say("pages.compare.caption", namesIn(comparison, reading))}
      columns={columnsOf(say("pages.compare.column"), { comparison, reading })}
      rows={[
        ...(comparison.shares?.rows ?? []).map((row) => ({
          id: `share ${row.group.code}`,
          head: groupCalled(row.group, reading),
          cells: cellsOf(row, reading),
        })),
        ...comparison.dimensions.map((row) => ({
          id: row.dimension.id,
          head: row.dimension.name[language],
          cells: cellsOf(row, reading),
        })),
      ]}
    />
  );
}

/** The questions within the dimensions, in the instrument's own words. */
export function CompareItems({ comparison, reading }: Props) {
  const { say, language } = reading;
  const items = comparison.dimensions.flatMap((row) => row.items.filter(({ first, second }) => first ?? second));
  if (items.length === 0) return null;
  return (
    <Folded className="more compare-items" summary={say("pages.compare.items")}>
      <p className="note">{say("pages.compare.itemsSentence")}</p>
      <DataTable
        caption={say("pages.compare.captionItems", namesIn(comparison, reading))}
        columns={columnsOf(say("pages.compare.itemColumn"), { comparison, reading })}
        rows={items.map((row) => ({
          id: row.measure.id,
          head: (
            <>
              {row.measure.name[language]}
              {row.measure.direction === "-" && (
                <span className="question-turned"> ({say("portrait.questions.turned")})</span>
              )}
            </>
          ),
          cells: cellsOf(row, reading),
        }))}
      />
    </Folded>
  );
}

function namesIn({ sides: [first, second] }: Comparison, { say, language }: Reading) {
  return { first: sideCalled(first, say, language), second: sideInside(second, say, language) };
}

function columnsOf(head: string, { comparison, reading: { say, language } }: Props): string[] {
  return [
    head,
    ...comparison.sides.map((side) => sideCalled(side, say, language)),
    say("pages.compare.difference"),
    say("pages.compare.verdict"),
  ];
}

function cellsOf({ first, second, stored }: ComparedPair, reading: Reading): ReactNode[] {
  const { say, language, kinds } = reading;
  const print = { cell: stored?.cell ?? null, against: stored?.against, language, words: kinds };
  return [
    <SideCell key="first" cell={first} reading={reading} />,
    <SideCell key="second" cell={second} reading={reading} />,
    stored && (
      <span key="difference">
        <Printed {...print} part="difference" />{" "}
        <span className="interval">
          <Printed {...print} part="difference-interval" />
        </span>
      </span>
    ),
    stored ? say(`pages.table.${stored.versus.settled ? "settled" : "unsettled"}`) : say("pages.compare.notCompared"),
  ];
}

function SideCell({ cell, reading: { say, language, kinds } }: { cell: KeyedCell | null; reading: Reading }) {
  const print = { cell, language, words: kinds };
  return (
    <span>
      <Printed {...print} className="number" />{" "}
      <span className="interval">
        <Printed {...print} part="interval" />
      </span>
      <FlagWords cell={cell} say={say} except={["proxy"]} />
    </span>
  );
}
