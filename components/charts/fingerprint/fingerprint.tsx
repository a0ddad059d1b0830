import type { DimensionView, Group, Grouping, KeyedCell } from "../../../server/findings/view.ts";
import { comparison } from "../../figures/comparison.ts";
import { FlagWords } from "../../figures/flag-words.tsx";
import { Printed } from "../../figures/printed.tsx";
import type { Reading } from "../../page/reading.ts";
import { GroupBadge } from "../../pictures/group-badge.tsx";
import { GroupHeard } from "../../pictures/group-heard.tsx";
import { groupCalled, groupInShort, groupName } from "../../pictures/group-name.ts";
import { markOf } from "../dot-rows/geometry.ts";
import { Whisker } from "../dot-rows/whisker.tsx";
import { toneOf } from "./geometry.ts";

type Props = { grouping: Grouping; reading: Reading; focus: string | null };

/** Groups by dimensions: a heat table on a wide screen, on a narrow one a card for each group, the first one open. */
export function Fingerprint(props: Props) {
  const { view, say } = props.reading;
  if (view.dimensions.length === 0) return <p className="empty-face">{say("pages.figure.nothing")}</p>;
  return (
    <>
      <Legend reading={props.reading} />
      <HeatTable {...props} />
      <GroupProfiles {...props} />
    </>
  );
}

function Legend({ reading: { say } }: { reading: Reading }) {
  return (
    <p className="legend heat-legend" aria-hidden="true">
      <span className="legend-up">{say("pages.fingerprint.legend.up")}</span>
      <span className="legend-down">{say("pages.fingerprint.legend.down")}</span>
      <span className="legend-plain">{say("pages.fingerprint.legend.plain")}</span>
      <span className="legend-everyone">{say("pages.fingerprint.legend.everyone")}</span>
    </p>
  );
}

function HeatTable({ grouping, reading, focus }: Props) {
  const { say, language, kinds, view } = reading;
  const inputs = view.dimensions.filter(({ id }) => id !== "subjective");
  const outcome = view.dimensions.filter(({ id }) => id === "subjective");
  const row = (dimension: DimensionView) => (
    <tr key={dimension.id}>
      <th scope="row">
        {dimension.name[language]}
        {dimension.proxy && <span className="proxy">{say("pages.fingerprint.proxy")}</span>}
      </th>
      <EveryoneCell cell={view.mean(dimension)} reading={reading} />
      {grouping.groups.map((group) => (
        <td
          key={group.code}
          className={toneOf(comparison(view.mean(dimension, group), "everyone"))}
          data-segment={group.code}
          data-on={on(focus, group)}
        >
          <GroupMean dimension={dimension} group={group} reading={reading} />
        </td>
      ))}
    </tr>
  );
  return (
    <table className="fingerprint">
      <caption className="sr-only">{say("pages.fingerprint.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{say("pages.table.dimension")}</span>
          </th>
          <th scope="col">{say("pages.fingerprint.everyone")}</th>
          {grouping.groups.map((group) => (
            <th key={group.code} scope="col" data-segment={group.code} data-on={on(focus, group)}>
              <span className="fingerprint-group">
                <GroupBadge group={group} size={26} />
                <span>
                  {group.variable !== "segment" && (
                    <span className="fingerprint-word" aria-hidden="true">
                      {groupInShort(group, reading)}
                    </span>
                  )}
                  <span className="sr-only">{groupCalled(group, reading)}, </span>
                  <Printed cell={view.share(group)} language={language} words={kinds} />
                </span>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{inputs.map(row)}</tbody>
      {outcome.length > 0 && (
        <tbody className="outcome">
          <tr>
            <th scope="rowgroup" colSpan={grouping.groups.length + 2}>
              {grouping.variable === "segment"
                ? say("pages.fingerprint.outcome")
                : say("pages.fingerprint.outcomePlain")}
            </th>
          </tr>
          {outcome.map(row)}
        </tbody>
      )}
    </table>
  );
}

function EveryoneCell({ cell, reading: { language, kinds, say } }: { cell: KeyedCell | null; reading: Reading }) {
  const mark = markOf(cell?.figure);
  return (
    <td className="everyone">
      <Printed cell={cell} language={language} words={kinds} className="heat-value" />
      {mark && <Whisker marks={[{ mark, look: "bar" }]} height={18} />}
      <FlagWords cell={cell} say={say} except={["proxy"]} />
    </td>
  );
}

function GroupMean({ dimension, group, reading }: { dimension: DimensionView; group: Group; reading: Reading }) {
  const { language, kinds, view } = reading;
  const cell = view.mean(dimension, group);
  const mark = markOf(cell?.figure);
  return (
    <>
      <span className="heat-line">
        <Printed cell={cell} language={language} words={kinds} className="heat-value" />
        <Difference cell={cell} reading={reading} />
      </span>
      {mark && <Whisker marks={[{ mark, look: "bar" }]} reference={markOf(view.mean(dimension)?.figure)} height={18} />}
      <FlagWords cell={cell} say={reading.say} except={["proxy"]} />
    </>
  );
}

/** The difference from everyone in a number and in words: an unsettled one says so and looks so. */
function Difference({ cell, reading: { language, kinds, say } }: { cell: KeyedCell | null; reading: Reading }) {
  const against = comparison(cell, "everyone");
  if (!against) return null;
  return (
    <span className={against.settled ? "difference settled" : "difference unsettled"}>
      <Printed cell={cell} part="difference" against="everyone" language={language} words={kinds} />
      <span className="sr-only">
        {against.settled ? say("pages.fingerprint.settled") : say("pages.fingerprint.unsettled")}
      </span>
    </span>
  );
}

function GroupProfiles({ grouping, reading, focus }: Props) {
  const { language, kinds, view } = reading;
  return (
    <div className="profiles">
      {grouping.groups.map((group) => {
        const open = focus === null ? group.place === 0 : focus === group.code;
        const profile = <Profile group={group} reading={reading} />;
        return (
          <details
            key={group.code}
            className="profile"
            data-segment={group.code}
            data-on={on(focus, group)}
            open={open}
          >
            <summary>
              <GroupBadge group={group} />
              <span>
                <GroupHeard group={group} reading={reading} />
                {groupName(group, reading)}{" "}
                <span className="profile-share">
                  <Printed cell={view.share(group)} language={language} words={kinds} />
                </span>
              </span>
            </summary>
            {open ? profile : <noscript>{profile}</noscript>}
          </details>
        );
      })}
    </div>
  );
}

function Profile({ group, reading }: { group: Group; reading: Reading }) {
  const { language, say, view } = reading;
  return (
    <ul>
      {view.dimensions.map((dimension) => (
        <li
          key={dimension.id}
          className={`${dimension.id === "subjective" ? "outcome-item" : ""} ${toneOf(comparison(view.mean(dimension, group), "everyone"))}`}
        >
          <span className="profile-name">
            {dimension.name[language]}
            {dimension.proxy && <span className="proxy">{say("pages.fingerprint.proxy")}</span>}
          </span>
          <GroupMean dimension={dimension} group={group} reading={reading} />
        </li>
      ))}
    </ul>
  );
}

function on(focus: string | null, group: Group): "" | undefined {
  return focus === group.code ? "" : undefined;
}
