import type { Figure } from "../../data/contracts/cell.ts";
import { intervalNumbers, statisticNumber, wholeNumber } from "../figures/format.ts";
import { kindWord } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";

/** What we do not know: who is not heard, what is protected, what was not asked, what is not yet tested. */
export function Unknowns({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const { release } = view.cells;
  const unknown = view.unknown;
  const surveys = release.inputs.filter(({ role, waves }) => role === "survey" && waves.includes(view.wave));
  const names = (dimensions: { name: Record<typeof language, string> }[]) =>
    dimensions.map(({ name }) => name[language]).join(", ");
  return (
    <section className="picture-section unknowns" aria-labelledby="unknown-heading" id="unknown">
      <p className="question">{say("pages.unknown.question")}</p>
      <h2 id="unknown-heading">{say("pages.unknown.heading")}</h2>
      <div className="unknown-columns">
        <div>
          <h3>{say("pages.unknown.heard")}</h3>
          <ul>
            <li>
              <Sentence finding={view.said.coverageList} reading={reading} closed />
            </li>
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
            <li>
              {say(surveys.every(({ weighted }) => weighted) ? "pages.unknown.weights" : "pages.unknown.unweighted")}
            </li>
            {unknown.unclassifiable && view.grouping && (
              <li>
                {say("pages.unknown.unclassifiable")}{" "}
                <Unclassifiable reading={reading} figure={unknown.unclassifiable} />
              </li>
            )}
          </ul>
        </div>
        <div>
          <h3>{say("pages.unknown.protectedHeading")}</h3>
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
            {release.protection === "threshold-only" && <li>{say("pages.unknown.thresholdOnly")}</li>}
          </ul>
        </div>
        <div>
          <h3>{say("pages.unknown.testedHeading")}</h3>
          <ul>
            {release.segmentation.verdict === "untested" && <li>{say("pages.unknown.untested")}</li>}
            <li>{say("pages.unknown.multiplicity")}</li>
            <li>{say("pages.unknown.cause")}</li>
            {unknown.notAsked.length > 0 && (
              <li>{say("pages.unknown.notAsked", { names: names(unknown.notAsked) })}</li>
            )}
            {unknown.neverAsked.length > 0 && (
              <li>
                {say("pages.unknown.neverAsked", {
                  names: unknown.neverAsked.map((id) => say(`dimensions.${id}.name`)).join(", "),
                })}
              </li>
            )}
            {unknown.proxies.length > 0 && <li>{say("pages.unknown.proxies", { names: names(unknown.proxies) })}</li>}
          </ul>
        </div>
      </div>
    </section>
  );
}

/** A figure of the certificate, which is no cell: it names the certificate instead of a key. */
export function Unclassifiable({ figure, reading }: { figure: Figure; reading: Reading }) {
  const { language, kinds, view } = reading;
  if (figure.kind !== "value") return <span className={`kind kind-${figure.kind}`}>{kindWord(figure, kinds)}</span>;
  return (
    <span data-certificate={`unclassifiable?wave=${view.wave}`}>
      <strong>{statisticNumber(figure.value, "percent", language)}</strong>
      {figure.low !== null &&
        figure.high !== null &&
        ` (${intervalNumbers(figure.low, figure.high, "percent", language)})`}
    </span>
  );
}
