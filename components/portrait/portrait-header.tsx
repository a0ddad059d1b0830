import type { Portrait } from "../../server/findings/portrait.ts";
import type { Group } from "../../server/findings/view.ts";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { GroupBadge } from "../pictures/group-badge.tsx";
import { groupCalled, groupName } from "../pictures/group-name.ts";
import { waveName } from "../pictures/source-line.tsx";
import { portraitAddress, releaseAndWave } from "./portrait-address.ts";

type Props = { portrait: Portrait; reading: Reading; current: string | null };

/** Which group this is, of which life event and wave; how large it is, and how sure. */
export function PortraitHeader({ portrait, reading, current }: Props) {
  const { say, language, view, address } = reading;
  const { group } = portrait;
  const [called, name] = [groupCalled(group, reading), groupName(group, reading)];
  return (
    <header className="portrait-header">
      <Ways portrait={portrait} reading={reading} />
      {current && (
        <p className="older-release">
          {say("pages.header.older")} <a href={address.path}>{say("pages.header.toCurrent")}</a>
        </p>
      )}
      <p className="eyebrow">
        {say("portrait.eyebrow")} · {view.cells.release.lifeEvent.name[language]} · {waveName(reading, view.wave)}
      </p>
      <h1>
        <GroupBadge group={group} size={56} />
        <span>
          <span className="portrait-called">{called}</span>
          {name !== called && <span className="portrait-name">{name}</span>}
        </span>
      </h1>
      <div className="portrait-first">
        <Who portrait={portrait} reading={reading} />
        <HowSure portrait={portrait} reading={reading} />
      </div>
    </header>
  );
}

function Who({ portrait: { group, said }, reading }: Omit<Props, "current">) {
  const { say, view } = reading;
  const { referenceWave } = view.cells.release.segmentation;
  const cut = group.variable === "band" && view.wave === referenceWave ? view.said.levels : null;
  return (
    <div className="portrait-who">
      <p className="headline-first">
        <Sentence finding={said.who} reading={reading} closed />
      </p>
      {[said.people, cut].map(
        (finding) =>
          finding && (
            <p key={finding.id}>
              <Sentence finding={finding} reading={reading} closed />
            </p>
          ),
      )}
      {said.share && (
        <p>
          <Sentence finding={said.share} reading={reading} closed />{" "}
          {said.changes && <Sentence finding={said.changes} reading={reading} closed />}
        </p>
      )}
      {group.variable !== "segment" && <p>{say(`pages.ribbon.kind.${group.variable}`)}</p>}
    </div>
  );
}

/** The certificate in short: how the groups came about, how stable this one is, how many answered. */
function HowSure({ portrait: { group, certificate }, reading }: Omit<Props, "current">) {
  const { say, view, language, kinds } = reading;
  const { verdict } = view.cells.release.segmentation;
  return (
    <aside className="portrait-sure" aria-labelledby="how-sure">
      <h2 id="how-sure">{say("pages.certificate.heading")}</h2>
      <p className="portrait-verdict">{say(`pages.certificate.verdicts.${verdict}`)}</p>
      <ul>
        {certificate && (
          <li>
            <Sentence finding={certificate.stability} reading={reading} />
          </li>
        )}
        {certificate?.nearest && (
          <li>
            <Sentence finding={certificate.nearest} reading={reading} />
          </li>
        )}
        <li>
          {say("portrait.facts.respondents")}{" "}
          <strong>
            <Printed cell={view.persons(group)} language={language} words={kinds} />
          </strong>
        </li>
      </ul>
    </aside>
  );
}

/** Back to the picture, to the neighbours, and to the other waves. On paper there is nowhere to go. */
function Ways({ portrait: { group, previous, next }, reading }: Omit<Props, "current">) {
  const { say, view, address } = reading;
  const picture = asking({ path: address.path, query: releaseAndWave(address.query) }, {}, "groups");
  const to = (other: Group, words: "previous" | "next") => (
    <li>
      <a href={portraitAddress(other, address)} rel={words === "next" ? "next" : "prev"}>
        {say(`portrait.${words}`, { group: groupCalled(other, reading) })}
      </a>
    </li>
  );
  return (
    <nav className="portrait-ways" aria-label={say("portrait.nav")}>
      <ul>
        <li>
          <a href={picture}>{say("portrait.toPicture")}</a>
        </li>
        {previous && to(previous, "previous")}
        {next && to(next, "next")}
      </ul>
      {view.waves.length > 1 && (
        <ul className="wave-switch">
          {view.waves.map(({ code }) => (
            <li key={code}>
              <a
                href={portraitAddress(group, address, { changes: { wave: code } })}
                aria-current={code === view.wave ? "true" : undefined}
              >
                <span className="first-capital">{waveName(reading, code)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}
