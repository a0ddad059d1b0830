import type { ReactNode } from "react";
import type { Finding } from "../../server/findings/finding.ts";
import { DataTable } from "../charts/data-table.tsx";
import { statisticNumber, wholeNumber } from "../figures/format.ts";
import { Sentence } from "../findings/sentence.tsx";
import { Folded } from "../page/folded.tsx";
import type { Reading } from "../page/reading.ts";
import { FullCell } from "./dimensions.tsx";

/** What we do not know: who is not heard, how well the questions measure, what is protected, what cannot be concluded. */
export function Unknowns({ reading }: { reading: Reading }) {
  const { say } = reading;
  return (
    <section className="picture-section unknowns" aria-labelledby="unknown-heading" id="unknown">
      <p className="question">{say("pages.unknown.question")}</p>
      <h2 id="unknown-heading">{say("pages.unknown.heading")}</h2>
      <div className="unknown-columns">
        <NotHeard reading={reading} />
        <Measures reading={reading} />
        <Protected reading={reading} />
        <Conclusions reading={reading} />
      </div>
    </section>
  );
}

function Block({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div>
      <h3>{heading}</h3>
      {children}
    </div>
  );
}

function Items({ findings, reading }: { findings: (Finding | null)[]; reading: Reading }) {
  return findings
    .filter((finding) => finding !== null)
    .map((finding) => (
      <li key={finding.id}>
        <Sentence finding={finding} reading={reading} closed />
      </li>
    ));
}

function NotHeard({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const surveys = view.cells.release.inputs.filter(({ role, waves }) => role === "survey" && waves.includes(view.wave));
  return (
    <Block heading={say("pages.unknown.heard")}>
      <ul>
        <Items findings={[view.said.coverageList]} reading={reading} />
        {surveys.map(
          ({ extract, name, responseRate }) =>
            responseRate !== null && (
              <li key={extract}>
                {say("pages.unknown.responseRate", {
                  name: name[language],
                  rate: statisticNumber(responseRate * 100, "percent", language),
                })}
              </li>
            ),
        )}
        <li>{say(surveys.every(({ weighted }) => weighted) ? "pages.unknown.weights" : "pages.unknown.unweighted")}</li>
        <Items findings={view.unknown.unplaced} reading={reading} />
      </ul>
      {view.unknown.unplacedBy.length > 0 && <UnplacedTable reading={reading} />}
    </Block>
  );
}

/** Who could not be placed in a group, class by class. */
function UnplacedTable({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { variables } = view.cells.release;
  return (
    <Folded className="more" summary={say("pages.unknown.unplacedBy")}>
      <DataTable
        caption={say("pages.unknown.unplacedBy")}
        columns={[say("pages.coverage.class"), say("pages.table.share")]}
        rows={view.unknown.unplacedBy.map(({ variable, code, cell }) => {
          const named = variables.find(({ id }) => id === variable);
          const name = named?.codes.find((one) => one.code === code)?.name[language] ?? code;
          return {
            id: cell.key,
            head: `${named?.name[language] ?? variable}: ${name}`,
            cells: [<FullCell key="share" cell={cell} reading={reading} />],
          };
        })}
      />
    </Folded>
  );
}

function Measures({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { unknown } = view;
  const names = (dimensions: { name: Record<typeof language, string> }[]) =>
    dimensions.map(({ name }) => name[language]).join(", ");
  const items = [
    unknown.notAsked.length > 0 && say("pages.unknown.notAsked", { names: names(unknown.notAsked) }),
    unknown.neverAsked.length > 0 &&
      say("pages.unknown.neverAsked", {
        names: unknown.neverAsked.map((id) => say(`dimensions.${id}.name`)).join(", "),
      }),
    unknown.leftOut.length > 0 &&
      say("pages.unknown.leftOut", {
        names: unknown.leftOut
          .map(
            ({ dimension, reason }) =>
              `${say(`dimensions.${dimension}.name`)} (${say(`method.segments.reasons.${reason}`)})`,
          )
          .join(", "),
      }),
    unknown.proxies.length > 0 && say("pages.unknown.proxies", { names: names(unknown.proxies) }),
  ].filter((item) => item !== false);
  const found = [unknown.weak, unknown.unanswered, unknown.missingMoves, unknown.differs];
  return (
    <Block heading={say("pages.unknown.measuresHeading")}>
      {items.length === 0 && found.every((finding) => finding === null) ? (
        <p>{say("pages.unknown.measuresFine")}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
          <Items findings={found} reading={reading} />
        </ul>
      )}
    </Block>
  );
}

function Protected({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { release } = view.cells;
  const { unknown } = view;
  return (
    <Block heading={say("pages.unknown.protectedHeading")}>
      <ul>
        <li>
          {say("pages.unknown.protected", {
            protected: wholeNumber(unknown.protected, language),
            cells: wholeNumber(unknown.cells, language),
            minimum: release.policy.minimumPersons,
          })}
        </li>
        {unknown.uncertain > 0 && (
          <li>{say("pages.unknown.uncertain", { uncertain: wholeNumber(unknown.uncertain, language) })}</li>
        )}
        <li>
          {release.protection === "threshold-only"
            ? say("pages.unknown.thresholdOnly")
            : say("pages.unknown.audited", { minimum: release.policy.minimumPersons })}
        </li>
      </ul>
    </Block>
  );
}

function Conclusions({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  const { verdict } = view.cells.release.segmentation;
  return (
    <Block heading={say("pages.unknown.conclusionsHeading")}>
      <ul>
        {verdict === "untested" && <li>{say("pages.unknown.untested")}</li>}
        {verdict === "profiles-on-a-continuum" && <li>{say("pages.unknown.continuum")}</li>}
        <li>{say("pages.unknown.multiplicity")}</li>
        <li>{say("pages.unknown.cause")}</li>
        {view.groupings.some(({ variable }) => variable === "troubles") && <li>{say("pages.unknown.instrument")}</li>}
      </ul>
    </Block>
  );
}
