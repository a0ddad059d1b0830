import type { Portrait, StandingRow } from "../../server/findings/portrait.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { DimensionName } from "../pictures/dimensions.tsx";
import { ComparedLists, ComparedTable, type RowList } from "./compared-rows.tsx";
import { Part } from "./part.tsx";

/** How they are: every dimension beside everyone's, strengths before troubles, then what is not settled. */
export function Standing({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, view } = reading;
  const { above, below, unsettled, silent } = portrait.standing;
  const { variable } = portrait.group;
  const row = ({ dimension, cell, everyone }: StandingRow) => ({
    id: dimension.id,
    label: <DimensionName dimension={dimension} reading={reading} />,
    cell,
    everyone,
  });
  const lists: RowList[] = [
    { heading: say("portrait.standing.above"), look: "above", rows: above.map(row) },
    { heading: say("portrait.standing.below"), look: "below", rows: below.map(row) },
    { heading: say("portrait.standing.unsettled"), look: "unsettled", rows: unsettled.map(row) },
    { heading: say("portrait.standing.silent"), look: "unsettled", rows: silent.map(row) },
  ];
  return (
    <Part
      id="standing"
      question={say("portrait.standing.question")}
      heading={<Sentence finding={portrait.said.standing} reading={reading} />}
      sentence={
        <>
          {say("portrait.standing.sentence", { variable })}{" "}
          {say("portrait.standing.made", { variable, outcome: view.outcome ? "yes" : "no" })}
        </>
      }
      method="scores"
      group={portrait.group}
      reading={reading}
      table={
        <ComparedTable
          caption={say("portrait.standing.caption")}
          head={say("pages.table.dimension")}
          lists={lists}
          reading={reading}
        />
      }
    >
      <ComparedLists lists={lists} reading={reading} />
    </Part>
  );
}
