import type { Grouping } from "../../server/findings/view.ts";
import { Figure } from "../charts/figure.tsx";
import { Ribbon } from "../charts/ribbon/ribbon.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { GroupCards } from "./group-cards.tsx";
import { SharesTable } from "./groups.tsx";
import { SourceLine } from "./source-line.tsx";

/** How well they are on the whole: the level bands beside the groups that lead the picture. */
export function Levels({ grouping, reading }: { grouping: Grouping; reading: Reading }) {
  const { say, view } = reading;
  const heading = view.said.levelsOutcome ?? view.said.levels;
  if (!heading) return null;
  return (
    <Figure
      id="levels"
      question={say("pages.ribbon.question.band")}
      heading={<Sentence finding={heading} reading={reading} />}
      sentence={
        <>
          {say("pages.ribbon.kind.band")} {say("pages.ribbon.sentence")}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="segments"
      reading={reading}
      table={<SharesTable grouping={grouping} reading={reading} />}
    >
      <Ribbon
        grouping={grouping}
        reading={reading}
        title={say("pages.ribbon.title.band")}
        description={say("pages.ribbon.sentence")}
      />
      <GroupCards grouping={grouping} reading={reading} />
    </Figure>
  );
}
