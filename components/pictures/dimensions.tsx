import type { DimensionView, Grouping, KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { DotRows } from "../charts/dot-rows/dot-rows.tsx";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { Figure } from "../charts/figure.tsx";
import { Fingerprint } from "../charts/fingerprint/fingerprint.tsx";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled } from "./group-name.ts";
import { SourceLine } from "./source-line.tsx";

/** How they are: the dimensions by group, or of everyone where no groups are published. */
export function Dimensions({ reading, focus }: { reading: Reading; focus: string | null }) {
  const { say, view } = reading;
  const { grouping } = view;
  return (
    <Figure
      id="dimensions"
      question={say("pages.fingerprint.question")}
      heading={<Sentence finding={view.said.dimensions} reading={reading} />}
      sentence={
        grouping
          ? `${say("pages.fingerprint.sentence")} ${say(`pages.compare.made.${grouping.variable}`)}`
          : say("pages.fingerprint.sentenceEveryone")
      }
      source={<SourceLine reading={reading} />}
      method="scores"
      reading={reading}
      table={<DimensionsTable grouping={grouping} reading={reading} />}
    >
      {grouping ? <Fingerprint grouping={grouping} reading={reading} focus={focus} /> : <Everyone reading={reading} />}
    </Figure>
  );
}

function Everyone({ reading }: { reading: Reading }) {
  const { view, say, language, kinds } = reading;
  const rows = view.dimensions.map((dimension) => {
    const cell = view.mean(dimension);
    const mark = markOf(cell?.figure);
    return {
      id: dimension.id,
      label: <DimensionName dimension={dimension} reading={reading} />,
      marks: mark ? [{ mark, look: "now" as const }] : [],
      text: (
        <>
          <Printed cell={cell} language={language} words={kinds} className="number-medium" />{" "}
          <span className="interval">
            <Printed cell={cell} part="interval" language={language} words={kinds} />
          </span>
          <FlagWords cell={cell} say={say} except={["proxy"]} />
        </>
      ),
      apart: dimension.id === "subjective",
    };
  });
  return <DotRows rows={rows} label={say("pages.fingerprint.caption")} language={language} />;
}

export function DimensionName({
  dimension,
  reading: { language, say },
}: {
  dimension: DimensionView;
  reading: Reading;
}) {
  return (
    <>
      {dimension.name[language]}
      {dimension.proxy && <span className="proxy">{say("pages.fingerprint.proxy")}</span>}
    </>
  );
}

function DimensionsTable({ grouping, reading }: { grouping: Grouping | null; reading: Reading }) {
  const { say, view, language } = reading;
  const groups = grouping?.groups ?? [];
  return (
    <DataTable
      caption={say("pages.fingerprint.caption")}
      columns={[
        say("pages.table.dimension"),
        say("pages.fingerprint.everyone"),
        ...groups.map((group) => groupCalled(group, reading)),
      ]}
      rows={view.dimensions.map((dimension) => ({
        id: dimension.id,
        head: dimension.name[language],
        cells: [
          <FullCell key="everyone" cell={view.mean(dimension)} reading={reading} />,
          ...groups.map((group) => <FullCell key={group.code} cell={view.mean(dimension, group)} reading={reading} />),
        ],
      }))}
    />
  );
}

/** A cell with all that it holds: value, limits, difference from everyone with its limits, n. */
export function FullCell({ cell, reading: { language, kinds, say } }: { cell: KeyedCell | null; reading: Reading }) {
  const print = { cell, language, words: kinds };
  const against = comparison(cell, "everyone");
  return (
    <span className="full-cell">
      <span>
        <Printed {...print} className="number" /> <Printed {...print} part="interval" />
      </span>
      {against && (
        <span className={against.settled ? "settled" : "unsettled"}>
          <Printed {...print} part="difference" against="everyone" /> (
          <Printed {...print} part="difference-interval" against="everyone" />){", "}
          {against.settled ? say("pages.table.settled") : say("pages.table.unsettled")}
        </span>
      )}
      {cell?.figure.kind === "value" && cell.figure.n !== null && (
        <span className="interval">
          n = <Printed {...print} part="n" />
        </span>
      )}
      <FlagWords cell={cell} say={say} />
    </span>
  );
}
