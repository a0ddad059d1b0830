import type { Tile, WhereMeasure } from "../../server/findings/where.ts";
import { FlagWords } from "../figures/flag-words.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";
import { GroupBadge } from "./group-badge.tsx";
import { groupCalled } from "./group-name.ts";
import { measureName } from "./where-measures.tsx";

/** A tile's numbers: the chosen figure with all that it holds, how many people there are, and each group's share of them. */
export function WherePanel({ tile, measure, reading }: { tile: Tile; measure: WhereMeasure; reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { place, official } = tile;
  const print = { language, words: kinds };
  if (!place)
    return (
      <>
        <h3>{official[language]}</h3>
        <p>{say("pages.where.tile.absentLong")}</p>
      </>
    );
  const { people, groups } = view.placeDetail(tile.code);
  const shown = groups.filter(({ share, people }) => share !== null || people !== null);
  const anyPeople = shown.some(({ people }) => people?.figure.kind === "value");
  return (
    <>
      <h3>{official[language]}</h3>
      <dl className="tile-facts">
        <div>
          <dt>{measureName(measure, reading)}</dt>
          <dd>
            <FullCell cell={place.cell} reading={reading} />
          </dd>
        </div>
        {people && place.cell !== people && (
          <div>
            <dt>{say("pages.where.panel.people")}</dt>
            <dd>
              <Printed cell={people} {...print} className="number" /> <FlagWords cell={people} say={say} />
            </dd>
          </div>
        )}
      </dl>
      {shown.length > 0 && (
        <table className="tile-groups">
          <caption>{say("pages.where.panel.groups")}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{say("pages.table.group")}</span>
              </th>
              <th scope="col">{say("pages.table.share")}</th>
              {anyPeople && <th scope="col">{say("pages.where.panel.peopleIn")}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ group, share, people }) => (
              <tr key={group.code}>
                <th scope="row">
                  <GroupBadge group={group} size={22} />
                  <span className="sr-only">{groupCalled(group, reading)}</span>
                </th>
                <td>
                  <Printed cell={share} {...print} className="number" />{" "}
                  <span className="interval">
                    <Printed cell={share} part="interval" {...print} />
                  </span>
                </td>
                {anyPeople && (
                  <td>
                    <Printed cell={people} {...print} className="number" />{" "}
                    <span className="interval">
                      <Printed cell={people} part="interval" {...print} />
                    </span>
                    <FlagWords cell={people} say={say} except={["incomplete"]} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
