import type { Grouping } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { Ribbon } from "../charts/ribbon/ribbon.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { groupCalled, groupName } from "./group-story.tsx";
import { SourceLine } from "./source-line.tsx";

/** Who they are: the ribbon of groups. */
export function Groups({ grouping, reading, focus }: { grouping: Grouping; reading: Reading; focus: string | null }) {
  const { say, language, kinds, view } = reading;
  const print = { language, words: kinds };
  return (
    <Figure
      id="groups"
      question={say("pages.ribbon.question")}
      heading={<Sentence finding={view.said.shares} reading={reading} />}
      sentence={
        <>
          {say("pages.ribbon.sentence")} {say(`pages.ribbon.kind.${grouping.variable}`)}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="segments"
      reading={reading}
      table={
        <DataTable
          caption={<Sentence finding={view.said.groups} reading={reading} />}
          columns={[
            say("pages.table.group"),
            say("pages.table.name"),
            say("pages.table.share"),
            say("pages.table.interval"),
            say("pages.table.respondents"),
          ]}
          rows={grouping.groups.map((group) => {
            const share = view.share(group);
            return {
              id: group.code,
              head: groupCalled(grouping, group, reading),
              cells: [
                groupName(grouping, group, reading),
                <Printed key="share" cell={share} {...print} />,
                <Printed key="interval" cell={share} part="interval" {...print} />,
                <Printed key="n" cell={view.persons(group)} {...print} />,
              ],
            };
          })}
        />
      }
    >
      <Ribbon grouping={grouping} reading={reading} focus={focus} />
    </Figure>
  );
}
