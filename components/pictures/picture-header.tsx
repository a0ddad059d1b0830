import type { Pointer } from "../../data/contracts/release.ts";
import { day, wholeNumber } from "../figures/format.ts";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { CertificateInShort } from "./certificate-in-short.tsx";
import { waveName } from "./source-line.tsx";

/** As many areas are told by name; more are counted. */
const NAMED_AREAS = 8;

/** Which picture this is, from which wave, of how many people, and what it says first. */
export function PictureHeader({
  reading,
  pointer,
  current,
}: {
  reading: Reading;
  pointer: Pointer | null;
  current: string | null;
}) {
  const { say, language, view, address } = reading;
  const { release } = view.cells;
  const surveys = release.inputs.filter(({ role, waves }) => role === "survey" && waves.includes(view.wave));
  const respondents = exactRespondents(reading);
  const contributors = new Set(release.inputs.map(({ contributor }) => contributor)).size;
  const onScreen = address.query.mode === "screen";
  const ofRelease = address.query.release ? `?release=${address.query.release}` : "";
  const areas = release.variables.find(({ id }) => id === "area")?.codes ?? [];
  return (
    <header className="picture-header">
      <p className="eyebrow">{say("pages.header.eyebrow")}</p>
      <h1>{release.lifeEvent.name[language]}</h1>
      <div className="facts-row">
        <ul className="facts">
          <li>{waveName(reading, view.wave)}</li>
          <li>
            {respondents === null ? (
              <>
                {say("pages.header.about")} <Printed cell={view.persons()} language={language} words={reading.kinds} />{" "}
                {say("pages.ribbon.respondents")}
              </>
            ) : (
              say("pages.header.respondents", { text: wholeNumber(respondents, language), count: respondents })
            )}
          </li>
          {areas.length > 0 && (
            <li>
              {areas.length > NAMED_AREAS
                ? say("pages.header.areas", { count: areas.length })
                : areas.map(({ code, name }) => name?.[language] ?? code).join(", ")}
            </li>
          )}
          <li>{say("pages.header.contributors", { count: contributors })}</li>
          {pointer && <li>{say("pages.header.published", { day: day(pointer.publishedAt, language) })}</li>}
          <li>
            <a href={`${address.path}/method${ofRelease}`}>{say("pages.header.method")}</a>
          </li>
          <li>
            <a href={`${address.path}/explore${ofRelease}`}>{say("pages.explore.heading")}</a>
          </li>
          <li>
            <a href={asking(address, { mode: onScreen ? null : "screen" })}>
              {say(onScreen ? "pages.header.offScreen" : "pages.header.onScreen")}
            </a>
          </li>
        </ul>
        {view.waves.length > 1 && (
          <nav aria-label={say("pages.header.waves")}>
            <ul className="wave-switch">
              {view.waves.map(({ code }) => (
                <li key={code}>
                  <a
                    href={asking(address, { wave: code })}
                    data-keeps=""
                    aria-current={code === view.wave ? "true" : undefined}
                  >
                    <span className="first-capital">{waveName(reading, code)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
      {current && (
        <p className="older-release">
          {say("pages.header.older")} <a href={address.path}>{say("pages.header.toCurrent")}</a>
        </p>
      )}
      <div className="header-columns">
        <div>
          <h2 className="sr-only">{say("pages.header.inShort")}</h2>
          <div className="headline">
            {view.said.headline.map((finding, place) => (
              <p key={finding.id} className={place === 0 ? "headline-first" : undefined}>
                <Sentence finding={finding} reading={reading} closed />
              </p>
            ))}
          </div>
          {view.grouping && <CertificateInShort reading={reading} />}
          <p className="settled-means">{say("pages.header.settled")}</p>
          {surveys.some(({ weighted }) => !weighted) && <p className="protection">{say("pages.header.unweighted")}</p>}
          {release.protection === "threshold-only" && surveys.length > 0 && (
            <p className="protection">
              {say("pages.header.thresholdOnly", { minimum: release.policy.minimumPersons })}{" "}
              <a href={`${address.path}/method#protection`}>{say("pages.header.thresholdMore")}</a>
            </p>
          )}
        </div>
        <InShort reading={reading} />
      </div>
    </header>
  );
}

/** What the further blocks say first, with the way to each. */
function InShort({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  if (view.said.inShort.length === 0) return null;
  return (
    <ul className="in-short" aria-label={say("pages.header.further")}>
      {view.said.inShort.map(({ block, said }) => (
        <li key={block}>
          <a href={`#${block}`}>{say(`pages.${block}.question`)}</a>
          <p>
            <Sentence finding={said} reading={reading} closed />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The exact number of respondents of the wave, over all its surveys; null where there is no survey. */
export function exactRespondents({ view }: Reading): number | null {
  const surveys = view.cells.release.inputs.filter(({ role, waves }) => role === "survey" && waves.includes(view.wave));
  if (surveys.length === 0) return null;
  const ofWave = surveys.flatMap(({ respondentsByWave }) => respondentsByWave.filter(({ wave }) => wave === view.wave));
  return ofWave.reduce((sum, { respondents }) => sum + respondents, 0);
}
