import type { ReactNode } from "react";
import type { DimensionId } from "../../data/contracts/names.ts";
import type { Pointer, ReleaseInput } from "../../data/contracts/release.ts";
import { DataTable } from "../charts/data-table.tsx";
import { day, decimalNumber, statisticNumber, wholeNumber } from "../figures/format.ts";
import type { Reading } from "../page/reading.ts";
import { waveName } from "../pictures/source-line.tsx";
import { Unclassifiable } from "../pictures/unknowns.tsx";

type Props = { reading: Reading; pointer: Pointer | null };

const PARTS = [
  "data",
  "scores",
  "segments",
  "intervals",
  "comparisons",
  "protection",
  "limits",
  "owner",
  "versions",
  "tools",
  "wrong",
  "downloads",
] as const;

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
      <Data reading={reading} />
      <Scores reading={reading} />
      <Segments reading={reading} />
      <Part id="intervals" reading={reading}>
        <p>{say("method.intervals.text")}</p>
      </Part>
      <Part id="comparisons" reading={reading}>
        <p>{say("method.comparisons.text")}</p>
        <p>{say("method.comparisons.settled")}</p>
      </Part>
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
          {(["0", "1", "2", "3", "4", "5"] as const).map((place) => (
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

function Part({ id, reading, children }: { id: (typeof PARTS)[number]; reading: Reading; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{reading.say(`method.${id}.heading`)}</h2>
      {children}
    </section>
  );
}

function Data({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  return (
    <Part id="data" reading={reading}>
      <p>{say("method.data.text")}</p>
      {view.cells.release.inputs.map((input) => (
        <Source key={input.extract} input={input} reading={reading} />
      ))}
      <p>{say(isWeighted(reading) ? "method.data.weights" : "method.data.unweighted")}</p>
      {view.cells.release.coverage.register !== null && <p>{say("method.data.coverage")}</p>}
    </Part>
  );
}

/** Fewest usable dimensions that segments are looked for in (METHOD §0.1). */
const FEWEST_DIMENSIONS = 5;

function isWeighted({ view }: Reading): boolean {
  return view.cells.release.inputs.every(({ role, weighted }) => role !== "survey" || weighted);
}

/** One extract: who gave it, what it is for, how many answered. */
function Source({ input, reading }: { input: ReleaseInput; reading: Reading }) {
  const { say, language } = reading;
  const unknown = say("method.unknown");
  const survey = input.role === "survey";
  const facts = {
    contributor: input.owner?.[language] ?? input.contributor,
    role: say(`method.data.roles.${input.role}`),
    waves: input.waves.map((wave) => waveName(reading, wave)).join(", "),
    respondents: input.respondents === null ? null : wholeNumber(input.respondents, language),
    weighted: survey ? (input.weighted ? say("method.yes") : say("method.no")) : null,
    without:
      survey && input.weighted && input.withoutWeight !== null ? wholeNumber(input.withoutWeight, language) : null,
    fieldwork: input.fieldwork ? fieldworkOf(input.fieldwork, reading) : survey ? unknown : null,
    rate:
      input.responseRate === null
        ? survey
          ? unknown
          : null
        : statisticNumber(input.responseRate * 100, "percent", language),
    population: input.population?.name[language] ?? (survey ? unknown : null),
    terms: input.terms?.[language] ?? unknown,
  };
  return (
    <div className="source-facts">
      <h3>
        {input.name[language]}, {facts.waves}
      </h3>
      <dl className="facts-list">
        {(Object.keys(facts) as (keyof typeof facts)[]).map(
          (name) =>
            facts[name] !== null && (
              <Fact key={name} name={say(`method.data.columns.${name}`)}>
                {facts[name]}
              </Fact>
            ),
        )}
      </dl>
    </div>
  );
}

function Scores({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { measures } = view.cells.release;
  return (
    <Part id="scores" reading={reading}>
      <p>{say("method.scores.text")}</p>
      <p>{say("method.scores.frame")}</p>
      <ul>
        {view.dimensions.map(({ id, measure, name, proxy }) => (
          <li key={id}>
            {name[language]}:{" "}
            {say("method.scores.items", { count: measures.find((one) => one.id === measure)?.items.length ?? 0 })}
            {proxy ? ` (${say("method.scores.proxy")})` : ""}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Segments({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { segmentation } = view.cells.release;
  const { certificate } = segmentation;
  const name = (id: DimensionId) => say(`dimensions.${id}.name`);
  return (
    <Part id="segments" reading={reading}>
      <h3>{say("method.segments.verdictHeading")}</h3>
      {segmentation.verdict === "none" && certificate.dimensions.length < FEWEST_DIMENSIONS ? (
        <p className="verdict">
          {say("method.segments.notTried", { fewest: FEWEST_DIMENSIONS, count: certificate.dimensions.length })}
        </p>
      ) : (
        <p className="verdict">{say(`method.segments.verdicts.${segmentation.verdict}`)}</p>
      )}
      {segmentation.k !== null && (
        <>
          <p>
            {say("method.segments.text", {
              wave: waveName(reading, segmentation.referenceWave),
              count: certificate.dimensions.length,
              weighted: isWeighted(reading) ? "yes" : "no",
            })}
          </p>
          <p>{say("method.segments.names")}</p>
        </>
      )}
      {certificate.dimensions.length > 0 && (
        <p>
          {say("method.segments.dimensions")} {certificate.dimensions.map(name).join(", ")}.
        </p>
      )}
      {certificate.leftOut.length > 0 && (
        <p>
          {say("method.segments.leftOut")}{" "}
          {certificate.leftOut
            .map(({ dimension, reason }) => `${name(dimension)} (${say(`method.segments.reasons.${reason}`)})`)
            .join(", ")}
          .
        </p>
      )}
      {view.unknown.unclassifiable && (
        <p>
          {say("method.segments.unclassifiable")}{" "}
          <Unclassifiable figure={view.unknown.unclassifiable} reading={reading} />
        </p>
      )}
      {certificate.silhouettes.length > 0 && (
        <>
          <p>
            {say(`method.segments.chosenBy.${certificate.chosenBy}`)} {say("method.segments.silhouette")}
          </p>
          <DataTable
            caption={say("method.segments.silhouetteColumn")}
            columns={[say("method.segments.k"), say("method.segments.silhouetteColumn")]}
            rows={certificate.silhouettes.map(({ k, silhouette }) => ({
              id: String(k),
              head: k,
              cells: [
                `${decimalNumber(silhouette, 2, language)}${k === segmentation.k ? ` – ${say("method.segments.chosen")}` : ""}`,
              ],
            }))}
          />
        </>
      )}
    </Part>
  );
}

function Protection({ reading }: { reading: Reading }) {
  const { say, language, view, kinds } = reading;
  const { policy, protection } = view.cells.release;
  return (
    <Part id="protection" reading={reading}>
      <p className="verdict">{say(`method.protection.levels.${protection}`)}</p>
      <p>{say("method.protection.threshold", { minimum: policy.minimumPersons, events: policy.minimumEvents })}</p>
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

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ownerOf({ view, language }: Reading): string {
  const { ownerName, owner } = view.cells.release.lifeEvent;
  return ownerName?.[language] ?? owner;
}

function fieldworkOf({ from, to }: { from: string; to: string }, { language }: Reading): string {
  const write = (date: string) => (Number.isNaN(Date.parse(date)) ? date : day(date, language));
  return `${write(from)} – ${write(to)}`;
}
