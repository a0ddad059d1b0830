import type { Group, Grouping } from "../../server/findings/view.ts";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

/** A group's proposed name, with a capital; levels and pile-ups are named by their code where nobody named them. */
export function groupName(grouping: Grouping, group: Group, { say, language }: Reading): string {
  const name = group.name?.[language] ?? say(`figures.group.${grouping.variable}`, { code: group.code });
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** "Ryhmä A", "Taso 2", "Kolme heikkoa tai useampi": what a group is called in a row of groups. */
export function groupCalled(grouping: Grouping, group: Group, { say }: Reading): string {
  return say(`figures.group.${grouping.variable}`, { code: group.code });
}

/** What is settled about a group, strengths first: in which dimensions it is above everyone and in which below. */
export function GroupStory({ group, reading }: { group: Group; reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const settled = view.settled(group);
  const persons = view.persons(group);
  const named = (sign: number) =>
    settled
      .filter(({ difference }) => Math.sign(difference) === sign)
      .map(({ dimension }) => say(`dimensions.${dimension.id}.low`));
  const [above, below] = [named(1), named(-1)];
  const listed = (names: string[]) =>
    names.length === view.dimensions.length ? say("pages.ribbon.all") : names.join(", ");
  return (
    <div className="group-story">
      {above.length > 0 && (
        <p>
          <span className="story-up">{say("pages.ribbon.above")}</span> {listed(above)}
        </p>
      )}
      {below.length > 0 && (
        <p>
          <span className="story-down">{say("pages.ribbon.below")}</span> {listed(below)}
        </p>
      )}
      {settled.length === 0 && <p>{say("pages.ribbon.near")}</p>}
      {persons && (
        <p className="group-persons">
          <Printed cell={persons} language={language} words={kinds} /> {say("pages.ribbon.respondents")}
        </p>
      )}
    </div>
  );
}
