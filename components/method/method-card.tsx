import type { Pointer } from "../../data/contracts/release.ts";
import { day, wholeNumber } from "../figures/format.ts";
import type { Reading } from "../page/reading.ts";
import { DataPart } from "./data-part.tsx";
import { GroupsPart } from "./groups-part.tsx";
import { MeasuresPart } from "./measures-part.tsx";
import { Fact, PARTS, Part } from "./part.tsx";
import { ScoresPart } from "./scores-part.tsx";

type Props = { reading: Reading; pointer: Pointer | null };

/** The method card of a picture: where its numbers come from, how they were made, what they are good for. */
export function MethodCard({ reading, pointer }: Props) {
  const { say, language, view, address } = reading;
  const { release } = view.cells;
  return (
    <div className="method">
      <p className="eyebrow">
        <a href={`${address.path}${address.query.release ? `?release=${address.query.release}` : ""}`}>
          {say("method.back")}
        </a>
      </p>
      <h1>
        {say("method.heading")}: {release.lifeEvent.name[language]}
      </h1>
      <p className="lead">{say("method.lead")}</p>
      <nav aria-label={say("method.contents")} className="contents">
        <ul>
          {PARTS.map((part) => (
            <li key={part}>
              <a href={`#${part}`}>{say(`method.${part}.heading`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <DataPart reading={reading} />
      <ScoresPart reading={reading} />
      <MeasuresPart reading={reading} />
      <GroupsPart reading={reading} />
      <Part id="intervals" reading={reading}>
        <p>{say("method.intervals.text")}</p>
      </Part>
      <Part id="comparisons" reading={reading}>
        <p>{say("method.comparisons.text")}</p>
        <p>{say("method.comparisons.settled")}</p>
      </Part>
      {(["drivers", "services", "people", "links", "skills", "series"] as const).map((part) => (
        <Part key={part} id={part} reading={reading}>
          <p>{say(`method.${part}.text`)}</p>
          <p>{say(`method.${part}.limits`)}</p>
        </Part>
      ))}
      <Protection reading={reading} />
      <Part id="limits" reading={reading}>
        <ul>
          {release.synthetic && <li>{say("method.limits.synthetic")}</li>}
          <li>{say("method.limits.cause")}</li>
          <li>{say("method.limits.individual")}</li>
          <li>{say("method.limits.waves")}</li>
        </ul>
      </Part>
      <Part id="owner" reading={reading}>
        <p>{say("method.owner.owner", { name: ownerOf(reading) })}</p>
        <p>{release.lifeEvent.purpose[language]}</p>
      </Part>
      <Versions reading={reading} pointer={pointer} />
      <Part id="tools" reading={reading}>
        <ul>
          {(["0", "1", "2", "3", "4", "5", "6", "7"] as const).map((place) => (
            <li key={place}>{say(`method.tools.list.${place}`)}</li>
          ))}
        </ul>
      </Part>
      <Part id="wrong" reading={reading}>
        <p>{say("method.wrong.text", { name: ownerOf(reading) })}</p>
      </Part>
      <Part id="downloads" reading={reading}>
        <ul className="downloads">
          <li>
            <a href={`/api/published/${release.id}/release.json`}>{say("method.downloads.json")}</a>
          </li>
          <li>
            <a href={`/api/published/${release.id}/cells.csv`}>{say("method.downloads.csv")}</a>
          </li>
        </ul>
      </Part>
    </div>
  );
}

function Protection({ reading }: { reading: Reading }) {
  const { say, language, view, kinds } = reading;
  const { policy, protection, audit } = view.cells.release;
  return (
    <Part id="protection" reading={reading}>
      <p className="verdict">
        {say(`method.protection.levels.${protection}`, {
          minimum: policy.minimumPersons,
          groups: wholeNumber(audit.groups, language),
        })}
      </p>
      <p>
        {say("method.protection.views", { contributors: audit.contributors, coalitions: policy.coalitions.length })}
      </p>
      <p>{say("method.protection.threshold", { minimum: policy.minimumPersons, events: policy.minimumEvents })}</p>
      <p>{say("method.protection.leftOut", { percent: wholeNumber(100 * policy.leftOutAtMost, language) })}</p>
      <p>{say("method.protection.kinds")}</p>
      <dl className="kinds">
        {(["protected", "few", "most", "uncertain", "not-asked", "not-yet"] as const).map((kind) => (
          <div key={kind}>
            <dt>
              <span className={`kind kind-${kind}`}>{kinds[kind]}</span>
            </dt>
            <dd>{say(`method.protection.kind.${kind}`, { events: policy.minimumEvents })}</dd>
          </div>
        ))}
      </dl>
      <p>
        {say("method.protection.policy", {
          by: policy.decidedBy,
          on: day(policy.decidedOn, language),
          version: String(policy.version),
        })}
      </p>
    </Part>
  );
}

function Versions({ reading, pointer }: Props) {
  const { say, language, view } = reading;
  const { release } = view.cells;
  const codebooks = [...new Set(release.inputs.map(({ codebook, version }) => `${codebook} ${version}`))];
  return (
    <Part id="versions" reading={reading}>
      <p>{say("method.versions.text")}</p>
      <dl className="facts-list">
        <Fact name={say("method.versions.release")}>
          <code>{release.id}</code>
        </Fact>
        {pointer && <Fact name={say("method.versions.published")}>{day(pointer.publishedAt, language)}</Fact>}
        <Fact name={say("method.versions.method")}>{release.method}</Fact>
        <Fact name={say("method.versions.codebook")}>{codebooks.join(", ")}</Fact>
        <Fact name={say("method.versions.policy")}>{release.policy.version}</Fact>
        <Fact name={say("method.versions.extract")}>
          {release.inputs.map(({ extract }) => (
            <code key={extract}>{extract} </code>
          ))}
        </Fact>
      </dl>
    </Part>
  );
}

function ownerOf({ view, language }: Reading): string {
  const { ownerName, owner } = view.cells.release.lifeEvent;
  return ownerName?.[language] ?? owner;
}
