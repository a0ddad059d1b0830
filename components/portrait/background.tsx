import type { Portrait } from "../../server/findings/portrait.ts";
import type { BackgroundRow } from "../../server/findings/portrait-rows.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { ComparedLists, ComparedTable, type RowList } from "./compared-rows.tsx";
import { Part } from "./part.tsx";

/** Who they are by background: the classes of which a clearly larger, or smaller, share than of everyone belongs here. */
export function Background({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, language, view } = reading;
  const { above, below, more } = portrait.backgrounds;
  const row = ({ variable, code, cell, everyone }: BackgroundRow) => {
    const named = view.cells.release.variables.find(({ id }) => id === variable);
    const name = named?.codes.find((one) => one.code === code)?.name[language] ?? code;
    return {
      id: `${variable}=${code}`,
      label: name,
      note: <span className="row-variable"> {named?.name[language]}</span>,
      cell,
      everyone,
    };
  };
  const lists: RowList[] = [
    { heading: say("portrait.background.above"), look: "above", rows: above.map(row) },
    { heading: say("portrait.background.below"), look: "below", rows: below.map(row) },
  ];
  const any = above.length + below.length > 0;
  return (
    <Part
      id="background"
      question={say("portrait.background.question")}
      heading={<Sentence finding={portrait.said.background} reading={reading} />}
      sentence={any && say("portrait.background.sentence")}
      method="comparisons"
      group={portrait.group}
      reading={reading}
      table={
        any && (
          <ComparedTable
            caption={say("portrait.background.caption")}
            head={say("portrait.background.class")}
            lists={lists}
            reading={reading}
          />
        )
      }
    >
      {any && <ComparedLists lists={lists} reading={reading} />}
      {more > 0 && <p className="note">{say("portrait.background.more", { count: more })}</p>}
      {portrait.certificate?.typical && (
        <p className="note">
          <Sentence finding={portrait.certificate.typical} reading={reading} />
        </p>
      )}
    </Part>
  );
}
