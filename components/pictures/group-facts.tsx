import type { Group } from "../../server/findings/view.ts";
import { comparison } from "../figures/comparison.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

/** The few figures of a group's card: satisfaction with life, how its share has changed, how many answered. */
export function GroupFacts({ group, reading }: { group: Group; reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const outcome = view.outcome && view.mean(view.outcome, group);
  const persons = view.persons(group);
  const people = view.people(group);
  const share = view.share(group);
  const change = comparison(share, "previous-wave");
  const print = { language, words: kinds };
  return (
    <dl className="group-facts">
      {view.outcome && outcome && (
        <div>
          <dt>{view.outcome.name[language]}</dt>
          <dd>
            <strong>
              <Printed cell={outcome} {...print} />
            </strong>{" "}
            <span className="interval">
              (<Printed cell={outcome} part="interval" {...print} />)
            </span>
          </dd>
        </div>
      )}
      {change && (
        <div className={change.settled ? "settled" : "unsettled"}>
          <dt>{say("pages.ribbon.shareChange")}</dt>
          <dd>
            <Printed cell={share} part="difference" against="previous-wave" {...print} />{" "}
            <span className="interval">
              (<Printed cell={share} part="difference-interval" against="previous-wave" {...print} />)
            </span>
            {", "}
            {change.settled ? say("pages.ribbon.changeSettled") : say("pages.ribbon.changeUnsettled")}
          </dd>
        </div>
      )}
      {people?.figure.kind === "value" && (
        <div>
          <dt>{say("pages.ribbon.people")}</dt>
          <dd>
            <strong>
              <Printed cell={people} {...print} />
            </strong>{" "}
            <span className="interval">
              (<Printed cell={people} part="interval" {...print} />)
            </span>{" "}
            <FlagWords cell={people} say={say} except={["incomplete"]} />
          </dd>
        </div>
      )}
      {persons && (
        <div>
          <dt>{say("pages.table.respondents")}</dt>
          <dd>
            <Printed cell={persons} {...print} />
          </dd>
        </div>
      )}
    </dl>
  );
}
