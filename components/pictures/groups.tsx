import type { Grouping } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { Ribbon } from "../charts/ribbon/ribbon.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { GroupCards } from "./group-cards.tsx";
import { groupCalled, groupName } from "./group-name.ts";
import { SourceLine } from "./source-line.tsx";

/** Who they are: the ribbon of the groups that lead the picture. */
export function Groups({ grouping, reading, focus }: { grouping: Grouping; reading: Reading; focus: string | null }) {
  const { say, view } = reading;
  return (
    <Figure
      id="groups"
      question={say(`pages.ribbon.question.${grouping.variable}`)}
      heading={<Sentence finding={view.said.shares} reading={reading} />}
      sentence={
        <>
          {say("pages.ribbon.sentence")} {say(`pages.ribbon.kind.${grouping.variable}`)}
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
        focus={focus}
        title={say(`pages.ribbon.title.${grouping.variable}`)}
        description={say("pages.ribbon.sentence")}
      />
      <GroupCards grouping={grouping} reading={reading} focus={focus} />
    </Figure>
  );
}

/** The table twin of a ribbon with its cards: shares, satisfaction with life, changes, respondents. */
export function SharesTable({ grouping, reading }: { grouping: Grouping; reading: Reading }) {
  const { say, language, kinds, view } = reading;
  const print = { language, words: kinds };
  const { outcome } = view;
  const named = grouping.variable === "segment";
  const counted = grouping.groups.some((group) => view.people(group) !== null);
  return (
    <DataTable
      caption={say(`pages.ribbon.title.${grouping.variable}`)}
      columns={[
        say("pages.table.group"),
        ...(named ? [say("pages.table.name")] : []),
        say("pages.table.share"),
        say("pages.table.interval"),
        ...(view.previousWave ? [say("pages.table.change")] : []),
        ...(outcome ? [outcome.name[language]] : []),
        ...(counted ? [say("pages.ribbon.people")] : []),
        say("pages.table.respondents"),
      ]}
      rows={grouping.groups.map((group) => {
        const share = view.share(group);
        const mean = outcome && view.mean(outcome, group);
        return {
          id: group.code,
          head: groupCalled(group, reading),
          cells: [
            ...(named ? [groupName(group, reading)] : []),
            <Printed key="share" cell={share} {...print} />,
            <Printed key="interval" cell={share} part="interval" {...print} />,
            ...(view.previousWave
              ? [
                  <span key="change">
                    <Printed cell={share} part="difference" against="previous-wave" {...print} />{" "}
                    <span className="interval">
                      <Printed cell={share} part="difference-interval" against="previous-wave" {...print} />
                    </span>
                  </span>,
                ]
              : []),
            ...(outcome
              ? [
                  <span key="outcome">
                    <Printed cell={mean} {...print} />{" "}
                    <span className="interval">
                      <Printed cell={mean} part="interval" {...print} />
                    </span>
                  </span>,
                ]
              : []),
            ...(counted
              ? [
                  <span key="people">
                    <Printed cell={view.people(group)} {...print} />{" "}
                    <span className="interval">
                      <Printed cell={view.people(group)} part="interval" {...print} />
                    </span>
                  </span>,
                ]
              : []),
            <Printed key="n" cell={view.persons(group)} {...print} />,
          ],
        };
      })}
    />
  );
}
